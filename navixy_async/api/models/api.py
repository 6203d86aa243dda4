"""Structs of `api`. API keys of the account: credentials of their own that do not expire.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins
from datetime import datetime
from typing import ClassVar

from ..model import ABSENT, Always, Masked, Model


class IssuedApiKey(Masked, kw_only=True, gc=False):
    """An API key of the account.

    Attributes:
        hash: the key itself; hex32.
    """

    secret_members: ClassVar[tuple[str, ...]] = ("hash",)

    hash: Always[str] = ABSENT
    create_date: datetime | None = None
    title: str | None = None


class ApiKeyCreateAnswer(Model, kw_only=True, gc=False):
    """What `/api/key/create` answers."""

    value: Always[IssuedApiKey] = ABSENT


class ApiKeyListAnswer(Model, kw_only=True):
    """What `/api/key/list` answers."""

    list: Always[builtins.list[IssuedApiKey]] = ABSENT
