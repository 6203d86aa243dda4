"""Structs of `bill`. Bills of the account.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

from datetime import datetime

from ..model import ABSENT, Always, Model


class Bill(Model, kw_only=True):
    """A bill.

    Attributes:
        status: one of created, settled, canceled.
    """

    order_id: int | None = None
    created: datetime | None = None
    sum: float | None = None
    status: str | None = None
    positions: list[str] | None = None
    link: str | None = None


class BillCreateAnswer(Model, kw_only=True, gc=False):
    """What `/bill/create` answers."""

    value: Always[int] = ABSENT


class BillListAnswer(Model, kw_only=True):
    """What `/bill/list` answers."""

    count: Always[int] = ABSENT
    bills: list[Bill] | None = None
