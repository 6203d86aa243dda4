"""Structs of `user.settings`. Settings of the account, and free values of its user interface.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

from ..model import ABSENT, Always, Model


class BalanceAlertSettings(Model, kw_only=True):
    """Where warnings about the balance go."""

    emails: list[str] | None = None


class FileStorageSettings(Model, kw_only=True, gc=False):
    """Settings of the file storage."""

    auto_overwrite: bool | None = None


class UserSettings(Model, kw_only=True, gc=False):
    """Settings of an account.

    Attributes:
        measurement_system: one of metric, imperial, us, metric_gal_us, nautical.
        date_format: one of ddMMyyyy_dots, ddMMyyyy_slashes, MMddyyyy_hyphens, yyyyMMdd_hyphens, dMMMy, dMMMMy.
        hour_mode: one of TWENTY_FOUR_HOURS, TWELVE_HOURS.
        geocoder: one of google, yandex, progorod, osm, locationiq.
        route_provider: one of google, progorod, osrm.
    """

    time_zone: str | None = None
    locale: str | None = None
    measurement_system: str | None = None
    date_format: str | None = None
    hour_mode: str | None = None
    geocoder: str | None = None
    route_provider: str | None = None
    translit: bool | None = None


class UserSettingsReadAnswer(Model, kw_only=True):
    """What `/user/settings/read` answers."""

    first_user_balance_warning_period: str | None = None
    second_user_balance_warning_period: str | None = None
    settings: Always[UserSettings] = ABSENT
    file_storage_settings: FileStorageSettings | None = None
    balance_alert_settings: BalanceAlertSettings | None = None


class UserSettingsUiReadAnswer(Model, kw_only=True, gc=False):
    """What `/user/settings/ui/read` answers."""

    value: str | None = None
