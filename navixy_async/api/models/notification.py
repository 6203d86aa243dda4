"""Structs of `notification`. Notices of the operator.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins
from datetime import datetime

from ..model import ABSENT, Always, Model


class Notification(Model, kw_only=True, gc=False):
    """A notification."""

    id: Always[int] = ABSENT
    message: str | None = None
    show_till: datetime | None = None


class NotificationListAnswer(Model, kw_only=True):
    """What `/notification/list` answers."""

    list: Always[builtins.list[Notification]] = ABSENT
