"""Structs of `panel.account`. The session of the panel.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

from typing import ClassVar

from ..model import ABSENT, Always, Masked, Model


class PanelAccountAuthAnswer(Masked, kw_only=True):
    """What `/panel/account/auth` answers."""

    secret_members: ClassVar[tuple[str, ...]] = ("hash",)

    hash: Always[str] = ABSENT
    permissions: dict[str, list[str]] | None = None


class PanelAccountGetPermissionsAnswer(Model, kw_only=True):
    """What `/panel/account/get_permissions` answers."""

    permissions: Always[dict[str, list[str]]] = ABSENT
