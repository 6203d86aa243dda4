"""Structs of `subscription`. Subscriptions to payment services.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins
from datetime import datetime

from ..model import ABSENT, Always, Model


class AvangateSubscription(Model, kw_only=True, gc=False):
    """An avangate subscription."""

    reference: str | None = None
    code: str | None = None
    quantity: int | None = None
    expiration_date: datetime | None = None


class SubscriptionAvangateListAnswer(Model, kw_only=True):
    """What `/subscription/avangate/list` answers."""

    list: Always[builtins.list[AvangateSubscription]] = ABSENT
