"""Structs of `user.audit`. The audit log: who did what in the account.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins
from datetime import datetime
from typing import Any

from ..model import ABSENT, Always, Model


class AuditRecord(Model, kw_only=True):
    """One action of a user."""

    id: Always[int] = ABSENT
    user_id: int | None = None
    subuser_id: int | None = None
    entry_category: str | None = None
    entry_id: int | None = None
    action: str | None = None
    payload: dict[str, Any] | None = None
    host: str | None = None
    user_agent: str | None = None
    action_date: datetime | None = None


class UserAuditLogListAnswer(Model, kw_only=True):
    """What `/user/audit/log/list` answers."""

    list: Always[builtins.list[AuditRecord]] = ABSENT
