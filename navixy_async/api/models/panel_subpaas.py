"""Structs of `panel.subpaas`. Operators below this one.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins
from typing import ClassVar

from ..model import ABSENT, Always, Masked, Model


class Subpaas(Masked, kw_only=True, gc=False):
    """A subpaas.

    Attributes:
        block_type: one of NOT_BLOCKED, INITIAL_BLOCK, BLOCK_LOGIN, CLIENTS_BLOCKED.
    """

    secret_members: ClassVar[tuple[str, ...]] = ("login",)

    subpaas_id: int | None = None
    title: str | None = None
    jur_name: str | None = None
    creation_date: str | None = None
    block_type: str | None = None
    users_count: int | None = None
    active_users_count: int | None = None
    trackers_count: int | None = None
    active_trackers_count: int | None = None
    contact_fio: str | None = None
    contact_post: str | None = None
    contact_phone: str | None = None
    login: str | None = None
    email: str | None = None
    jur_country: str | None = None
    link_monitoring: str | None = None


class PanelSubpaasListAnswer(Model, kw_only=True):
    """What `/panel/subpaas/list` answers."""

    list: Always[builtins.list[Subpaas]] = ABSENT


class PanelSubpaasReadAnswer(Model, kw_only=True, gc=False):
    """What `/panel/subpaas/read` answers."""

    value: Always[Subpaas] = ABSENT


class PanelSubpaasSessionCreateAnswer(Masked, kw_only=True, gc=False):
    """What `/panel/subpaas/session/create` answers."""

    secret_members: ClassVar[tuple[str, ...]] = ("hash",)

    hash: Always[str] = ABSENT
