"""Structs of `transaction`. Movements of money of the account.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins
from datetime import datetime

from ..model import ABSENT, Always, Model


class Transaction(Model, kw_only=True, gc=False):
    """A transaction."""

    description: str | None = None
    type: str | None = None
    subtype: str | None = None
    timestamp: datetime | None = None
    user_id: int | None = None
    dealer_id: int | None = None
    tracker_id: int | None = None
    amount: float | None = None
    new_balance: float | None = None
    old_balance: float | None = None
    bonus_amount: float | None = None
    new_bonus: float | None = None
    old_bonus: float | None = None


class TransactionListAnswer(Model, kw_only=True):
    """What `/transaction/list` answers."""

    list: Always[builtins.list[Transaction]] = ABSENT
