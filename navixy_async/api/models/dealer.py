"""Structs of `dealer`. The operator of the platform, and the limits that the platform works with.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

from typing import ClassVar

from msgspec import field

from ..model import ABSENT, Always, Masked, Model
from .common import Location
from .user_settings import UserSettings


class Dealer(Model, kw_only=True, gc=False):
    """The operator."""

    id: Always[int] = ABSENT
    ui_domain: str | None = None
    company_url: str | None = None


class PlatformLimits(Model, kw_only=True, gc=False):
    """The limits that this platform works with.

    Attributes:
        history_max_limit: most entries in one answer of `history`; `history.max_limit` on the wire.
        report_max_time_span: longest period of reports and history; an ISO 8601 duration, see `times.parse_duration`;
            `report.max_time_span` on the wire.
        stats_max_allowed_trackers: most trackers in one request for statistics; `stats.max_allowed_trackers` on the
            wire.
        stats_max_time_span: longest period of statistics; an ISO 8601 duration, see `times.parse_duration`;
            `stats.max_time_span` on the wire.
        file_storage_hard_max_file_size: in bytes; `file_storage.hard_max_file_size` on the wire.
        form_max_fields_count: `form.max_fields_count` on the wire.
        form_file_field_max_file_size: in bytes; `form.file_field.max_file_size` on the wire.
        form_file_field_max_files_per_field: `form.file_field.max_files_per_field` on the wire.
        form_file_field_max_count: `form.file_field.max_count` on the wire.
    """

    iso_datetime_support: bool | None = None
    history_max_limit: int | None = field(default=None, name="history.max_limit")
    report_max_time_span: str | None = field(default=None, name="report.max_time_span")
    stats_max_allowed_trackers: int | None = field(default=None, name="stats.max_allowed_trackers")
    stats_max_time_span: str | None = field(default=None, name="stats.max_time_span")
    file_storage_hard_max_file_size: int | float | None = field(default=None, name="file_storage.hard_max_file_size")
    form_max_fields_count: int | None = field(default=None, name="form.max_fields_count")
    form_file_field_max_file_size: int | float | None = field(default=None, name="form.file_field.max_file_size")
    form_file_field_max_files_per_field: int | None = field(default=None, name="form.file_field.max_files_per_field")
    form_file_field_max_count: int | None = field(default=None, name="form.file_field.max_count")


class DefaultMap(Model, kw_only=True, gc=False):
    """The map that opens first."""

    type: str | None = None
    location: Location | None = None
    zoom: int | None = None


class TrackerModelFilter(Model, kw_only=True):
    """Which tracker models may be registered.

    Attributes:
        exclusion: whether `values` are the forbidden ones.
    """

    exclusion: bool | None = None
    values: list[str] | None = None


class InternalSettings(Model, kw_only=True, gc=False):
    """Settings for the operator's own use."""

    light_registration: bool | None = None
    demo_tracker_source_id: int | None = None
    demo_tracker_label: str | None = None


class DealerSettings(Masked, kw_only=True):
    """What the operator set for the user interface.

    Attributes:
        currency: ISO 4217.
    """

    secret_members: ClassVar[tuple[str, ...]] = ("demo_login", "demo_password")

    domain: str | None = None
    service_title: str | None = None
    locale: str | None = None
    demo_login: str | None = None
    demo_password: str | None = None
    maps: list[str] | None = None
    default_map: DefaultMap | None = None
    currency: str | None = None
    payment_link: str | None = None
    promo_url: str | None = None
    google_client_id: str | None = None
    favicon: str | None = None
    logo: str | None = None
    app_logo: str | None = None
    login_wallpaper: str | None = None
    desktop_wallpaper: str | None = None
    monitoring_logo: str | None = None
    login_footer: str | None = None
    allow_registration: bool | None = None
    show_mobile_apps: bool | None = None
    show_call_notifications: bool | None = None
    default_user_settings: UserSettings | None = None
    display_model_features_link: bool | None = None
    color_theme: str | None = None
    app_color_theme: str | None = None
    privacy_policy_link: str | None = None
    tos: str | None = None
    tracker_model_filter: TrackerModelFilter | None = None
    internal: InternalSettings | None = None
    no_register_commands: bool | None = None


class DealerGetUiConfigAnswer(Model, kw_only=True):
    """What `/dealer/get_ui_config` answers."""

    dealer: Dealer | None = None
    settings: Always[DealerSettings] = ABSENT
    demo_ends: str | None = None
    premium_gis: bool | None = None
    features: list[str] | None = None
    platform: Always[PlatformLimits] = ABSENT
