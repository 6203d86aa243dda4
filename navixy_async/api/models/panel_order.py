"""Structs of `panel.order`. Orders of devices.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

from datetime import datetime

from ..model import ABSENT, Always, Model


class PanelTrackerBundle(Model, kw_only=True, gc=False):
    """A panel tracker bundle."""

    id: Always[int] = ABSENT
    equip_id: int | None = None
    equip_vendor: str | None = None
    equip_name: str | None = None
    equip_model: str | None = None
    model_code: str | None = None
    imei: str | None = None
    iccid: str | None = None
    assign_time: datetime | None = None
    order_id: int | None = None


class PanelOrder(Model, kw_only=True):
    """A panel order."""

    id: Always[int] = ABSENT
    user_id: int | None = None
    seller_id: int | None = None
    amount: int | None = None
    sum: float | None = None
    type: str | None = None
    payer: str | None = None
    recipient: str | None = None
    contacts: str | None = None
    place: str | None = None
    comment: str | None = None
    creation_time: datetime | None = None
    status: str | None = None
    bundles: list[PanelTrackerBundle] | None = None


class PanelOrderReadAnswer(Model, kw_only=True):
    """What `/panel/order/read` answers."""

    value: Always[PanelOrder] = ABSENT
