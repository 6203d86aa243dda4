"""Structs of `panel.tariff`. Tariffs of the operator.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins

from ..model import ABSENT, Always, Model


class PanelTariffServicePrices(Model, kw_only=True, gc=False):
    """The `service_prices` of `PanelTariff`."""

    incoming_sms: float | None = None
    outgoing_sms: float | None = None
    service_sms: float | None = None
    phone_call: float | None = None
    traffic: float | None = None


class PanelTariff(Model, kw_only=True, gc=False):
    """A panel tariff.

    Attributes:
        type: one of monthly, activeday.
        device_type: one of tracker, camera, socket.
    """

    id: Always[int] = ABSENT
    name: str | None = None
    group_id: int | None = None
    active: bool | None = None
    type: str | None = None
    price: float | None = None
    early_change_price: float | None = None
    device_limit: int | None = None
    has_reports: bool | None = None
    store_period: str | None = None
    device_type: str | None = None
    proportional_charge: bool | None = None
    service_prices: PanelTariffServicePrices | None = None


class PanelTariffDefaults(Model, kw_only=True, gc=False):
    """A panel tariff defaults.

    Attributes:
        free_days: in d.
    """

    tariff_id: int | None = None
    activation_bonus: float | None = None
    free_days: int | float | None = None
    free_days_device_limit: int | None = None


class PanelTariffListWholesaleServicePrices(Model, kw_only=True, gc=False):
    """What `wholesale_service_prices` is made of in `/panel/tariff/list`."""

    incoming_sms: float | None = None
    outgoing_sms: float | None = None
    service_sms: float | None = None
    phone_call: float | None = None
    traffic: float | None = None


class PanelTariffCreateAnswer(Model, kw_only=True, gc=False):
    """What `/panel/tariff/create` answers."""

    id: Always[int] = ABSENT


class PanelTariffDefaultsReadAnswer(Model, kw_only=True, gc=False):
    """What `/panel/tariff/defaults/read` answers."""

    tracker: PanelTariffDefaults | None = None
    camera: PanelTariffDefaults | None = None


class PanelTariffListAnswer(Model, kw_only=True):
    """What `/panel/tariff/list` answers."""

    list: Always[builtins.list[PanelTariff]] = ABSENT
    wholesale_service_prices: PanelTariffListWholesaleServicePrices | None = None
    count: Always[int] = ABSENT


class PanelTariffReadAnswer(Model, kw_only=True, gc=False):
    """What `/panel/tariff/read` answers."""

    value: Always[PanelTariff] = ABSENT
