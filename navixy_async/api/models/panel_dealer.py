"""Structs of `panel.dealer`. The operator: codes, password, settings.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins
from datetime import date, datetime
from typing import Any, ClassVar

from ..model import ABSENT, Always, Masked, Model
from .common import Location


class ActivationCode(Model, kw_only=True, gc=False):
    """An activation code.

    Attributes:
        free_days: in d.
    """

    tariff_id: int | None = None
    bonus_amount: int | None = None
    free_days: int | float | None = None
    money_amount: int | None = None
    code: str | None = None
    activated: bool | None = None
    device_id: int | None = None
    tariff_name: str | None = None
    device_type: str | None = None
    activation_date: datetime | None = None


class NotificationSettings(Model, kw_only=True, gc=False):
    """A notification settings.

    Attributes:
        email_from: one of no-reply@navixy.com, Navixy no-reply@navixy.com.
    """

    email_from: str | None = None
    email_footer: str | None = None
    email_special: str | None = None
    sms_originator: str | None = None
    caller_id: str | None = None


class PanelDealerGetInfoTariffServicePrices(Model, kw_only=True, gc=False):
    """The `service_prices` of `PanelDealerGetInfoTariff`."""

    incoming_sms: float | None = None
    outgoing_sms: float | None = None
    service_sms: float | None = None
    phone_call: int | None = None
    traffic: float | None = None


class PanelDealerGetInfoTariff(Model, kw_only=True, gc=False):
    """What `tariff` is made of in `/panel/dealer/get_info`."""

    license_price: float | None = None
    min_license_pay: float | None = None
    trial: bool | None = None
    premium_gis: bool | None = None
    store_period: str | None = None
    id: Always[int] = ABSENT
    name: str | None = None
    type: str | None = None
    currency: str | None = None
    vat: bool | None = None
    service_prices: PanelDealerGetInfoTariffServicePrices | None = None


class PanelDealerInfoTariffServicePrices(Model, kw_only=True, gc=False):
    """The `service_prices` of `PanelDealerInfoTariff`."""

    incoming_sms: float | None = None
    outgoing_sms: float | None = None
    service_sms: float | None = None
    phone_call: int | None = None
    traffic: float | None = None


class PanelDealerInfoTariff(Model, kw_only=True, gc=False):
    """The `tariff` of `PanelDealerInfo`."""

    license_price: float | None = None
    min_license_pay: float | None = None
    trial: bool | None = None
    premium_gis: bool | None = None
    store_period: str | None = None
    id: Always[int] = ABSENT
    name: str | None = None
    type: str | None = None
    currency: str | None = None
    vat: bool | None = None
    service_prices: PanelDealerInfoTariffServicePrices | None = None


class PanelDealerInfo(Model, kw_only=True):
    """A panel dealer info.

    Attributes:
        contract_type: one of PARTNER, AGENT, PAAS.
        block_status: one of NOT_BLOCKED, INITIAL_BLOCK, BLOCK_LOGIN, CLIENTS_BLOCKED.
    """

    id: Always[int] = ABSENT
    parent_dealer_id: int | None = None
    contract_type: str | None = None
    tariff_id: int | None = None
    tariff: PanelDealerInfoTariff | None = None
    demo_tariff: bool | None = None
    store_period: str | None = None
    demo_ends: str | None = None
    block_status: str | None = None
    legal_name: str | None = None
    active_amount: int | None = None
    active_amount_own: int | None = None
    active_amount_subpaas: int | None = None
    active_limit: int | None = None
    locale: str | None = None
    domain: str | None = None
    favicon: str | None = None
    logo: str | None = None
    paas_activation_date: str | None = None
    features: list[str] | None = None
    default_user_time_zone: str | None = None
    seller_id: int | None = None
    tracker_tariff_end_date: date | None = None
    title: str | None = None
    enable_trackers: bool | None = None
    enable_cameras: bool | None = None
    license_balance: float | None = None
    seller_currency: str | None = None


class PanelDealerSettingsServiceUpdateDefaultMap(Model, kw_only=True, gc=False):
    """What `default_map` is made of in `/panel/dealer/settings/service/update`."""

    type: str | None = None
    location: Location | None = None
    zoom: int | None = None


class PanelDealerSettingsServiceUpdateDefaultUserSettings(Model, kw_only=True, gc=False):
    """What `default_user_settings` is made of in `/panel/dealer/settings/service/update`."""

    geocoder: str | None = None
    route_provider: str | None = None
    measurement_system: str | None = None
    translit: bool | None = None


class ServiceSettingsDefaultMap(Model, kw_only=True, gc=False):
    """The `default_map` of `ServiceSettings`."""

    type: str | None = None
    location: Location | None = None
    zoom: int | None = None


class ServiceSettingsDefaultUserSettings(Model, kw_only=True, gc=False):
    """The `default_user_settings` of `ServiceSettings`."""

    geocoder: str | None = None
    route_provider: str | None = None
    measurement_system: str | None = None
    date_format: str | None = None
    hour_mode: str | None = None
    translit: bool | None = None


class ServiceSettings(Masked, kw_only=True):
    """A service settings."""

    secret_members: ClassVar[tuple[str, ...]] = ("demo_login", "demo_password")

    service_title: str | None = None
    locale: str | None = None
    demo_login: str | None = None
    demo_password: str | None = None
    maps: list[str] | None = None
    default_map: ServiceSettingsDefaultMap | None = None
    currency: str | None = None
    payment_link: str | None = None
    promo_url: str | None = None
    google_client_id: str | None = None
    domain: str | None = None
    favicon: str | None = None
    app_logo: str | None = None
    logo: str | None = None
    document_logo: str | None = None
    login_wallpaper: str | None = None
    desktop_wallpaper: str | None = None
    login_footer: str | None = None
    allow_registration: bool | None = None
    show_mobile_apps: bool | None = None
    default_user_settings: ServiceSettingsDefaultUserSettings | None = None
    display_model_features_link: bool | None = None
    limited_domain: bool | None = None
    allowed_maps: Any = None
    color_theme: str | None = None
    app_color_theme: str | None = None
    privacy_policy_link: str | None = None
    tos: str | None = None
    no_register_commands: bool | None = None
    default_user_time_zone: str | None = None


class PanelDealerActivationCodeCreateAnswer(Model, kw_only=True, gc=False):
    """What `/panel/dealer/activation_code/create` answers."""

    count: Always[int] = ABSENT


class PanelDealerActivationCodeListAnswer(Model, kw_only=True):
    """What `/panel/dealer/activation_code/list` answers."""

    list: Always[builtins.list[ActivationCode]] = ABSENT
    count: Always[int] = ABSENT


class PanelDealerActivationCodeUpdateAnswer(Model, kw_only=True, gc=False):
    """What `/panel/dealer/activation_code/update` answers."""

    count: Always[int] = ABSENT


class PanelDealerGetInfoAnswer(Model, kw_only=True):
    """What `/panel/dealer/get_info` answers.

    Attributes:
        contract_type: one of PARTNER, AGENT, PAAS.
        block_status: one of NOT_BLOCKED, INITIAL_BLOCK, BLOCK_LOGIN, CLIENTS_BLOCKED.
    """

    id: Always[int] = ABSENT
    parent_dealer_id: int | None = None
    contract_type: str | None = None
    tariff_id: int | None = None
    tariff: PanelDealerGetInfoTariff | None = None
    demo_tariff: bool | None = None
    store_period: str | None = None
    demo_ends: str | None = None
    block_status: str | None = None
    legal_name: str | None = None
    active_amount: int | None = None
    active_amount_own: int | None = None
    active_amount_subpaas: int | None = None
    active_limit: int | None = None
    locale: str | None = None
    domain: str | None = None
    favicon: str | None = None
    logo: str | None = None
    paas_activation_date: str | None = None
    features: list[str] | None = None
    default_user_time_zone: str | None = None
    seller_id: int | None = None
    tracker_tariff_end_date: date | None = None
    title: str | None = None
    enable_trackers: bool | None = None
    enable_cameras: bool | None = None
    license_balance: float | None = None
    seller_currency: str | None = None


class PanelDealerSettingsNotificationReadAnswer(Model, kw_only=True, gc=False):
    """What `/panel/dealer/settings/notification/read` answers."""

    value: Always[NotificationSettings] = ABSENT


class PanelDealerSettingsServiceReadAnswer(Model, kw_only=True):
    """What `/panel/dealer/settings/service/read` answers."""

    value: Always[ServiceSettings] = ABSENT
