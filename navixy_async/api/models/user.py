"""Structs of `user`. The user: login, account, password and personal data.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from ..model import ABSENT, Always, Masked, Model
from .dealer import DealerSettings


class MenuTab(Model, kw_only=True, gc=False):
    """A tab of a menu item."""

    title: str | None = None
    destination: str | None = None


class MenuItem(Model, kw_only=True):
    """An item of the menu."""

    title: str | None = None
    icon: str | None = None
    tabs: list[MenuTab] | None = None


class MenuGroup(Model, kw_only=True):
    """A group of menu items."""

    title: str | None = None
    items: list[MenuItem] | None = None


class MenuPreset(Model, kw_only=True):
    """The menu of the user interface."""

    id: int | None = None
    title: str | None = None
    main: list[MenuGroup] | None = None
    footer: MenuGroup | None = None
    account: list[MenuItem] | None = None
    applications: list[MenuItem] | None = None


class TariffRestrictions(Model, kw_only=True):
    """What a tariff restricts."""

    allowed_maps: list[str] | None = None


class MasterInfo(Model, kw_only=True, gc=False):
    """The owner of the account, if a sub-user is logged in."""

    id: Always[int] = ABSENT
    demo: bool | None = None
    legal_type: str | None = None
    first_name: str | None = None
    middle_name: str | None = None
    last_name: str | None = None
    legal_name: str | None = None
    title: str | None = None
    balance: float | None = None
    bonus: float | None = None


class Privileges(Model, kw_only=True):
    """What a sub-user may do."""

    rights: list[str] | None = None


class UserInfo(Masked, kw_only=True, gc=False):
    """The user who is logged in.

    Attributes:
        legal_type: one of legal_entity, individual, sole_trader.
        default_geocoder: one of google, yandex, progorod, osm, locationiq.
        route_provider: one of progorod, google, osrm.
        time_zone: name of the zone that naive times of this account are in.
        measurement_system: one of metric, imperial, us, metric_gal_us, nautical.
        date_format: one of ddMMyyyy_dots, ddMMyyyy_slashes, MMddyyyy_hyphens, yyyyMMdd_hyphens, dMMMy, dMMMMy.
        hour_mode: one of TWENTY_FOUR_HOURS, TWELVE_HOURS.
    """

    secret_members: ClassVar[tuple[str, ...]] = ("login",)

    id: Always[int] = ABSENT
    login: str | None = None
    title: str | None = None
    phone: str | None = None
    creation_date: datetime | None = None
    balance: float | None = None
    bonus: float | None = None
    locale: str | None = None
    demo: bool | None = None
    verified: bool | None = None
    legal_type: str | None = None
    default_geocoder: str | None = None
    route_provider: str | None = None
    time_zone: str | None = None
    measurement_system: str | None = None
    date_format: str | None = None
    hour_mode: str | None = None
    tin: str | None = None
    iec: str | None = None
    post_country: str | None = None
    post_index: str | None = None
    post_region: str | None = None
    post_city: str | None = None
    post_street_address: str | None = None
    registered_country: str | None = None
    registered_index: str | None = None
    registered_region: str | None = None
    registered_city: str | None = None
    registered_street_address: str | None = None
    first_name: str | None = None
    middle_name: str | None = None
    last_name: str | None = None
    legal_name: str | None = None


class UserAuthAnswer(Masked, kw_only=True, gc=False):
    """What `/user/auth` answers.

    Attributes:
        type: one of authenticated, second_factor_required.
        hash: the session; with a second factor, only good for the code.
        factor_type: one of email.
    """

    secret_members: ClassVar[tuple[str, ...]] = ("hash",)

    type: str | None = None
    hash: Always[str] = ABSENT
    factor_type: str | None = None


class UserAuthCodeVerifyAnswer(Masked, kw_only=True, gc=False):
    """What `/user/auth/code/verify` answers.

    Attributes:
        hash: the session.
    """

    secret_members: ClassVar[tuple[str, ...]] = ("hash",)

    hash: Always[str] = ABSENT


class UserGetInfoAnswer(Model, kw_only=True):
    """What `/user/get_info` answers."""

    paas_id: int | None = None
    paas_settings: DealerSettings | None = None
    user_info: Always[UserInfo] = ABSENT
    master: MasterInfo | None = None
    tariff_restrictions: TariffRestrictions | None = None
    premium_gis: bool | None = None
    features: list[str] | None = None
    privileges: Privileges | None = None
    user_menu: MenuPreset | None = None


class UserGetTariffRestrictionsAnswer(Model, kw_only=True):
    """What `/user/get_tariff_restrictions` answers."""

    value: Always[TariffRestrictions] = ABSENT
