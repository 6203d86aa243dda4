"""Structs of `apn_settings`. Settings of mobile access points (APN).

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

from typing import ClassVar

from ..model import ABSENT, Always, Masked, Model


class ApnSettings(Masked, kw_only=True, gc=False):
    """An APN settings."""

    secret_members: ClassVar[tuple[str, ...]] = ("password",)

    name: str | None = None
    user: str | None = None
    password: str | None = None
    operator_name: str | None = None


class ApnSettingsReadAnswer(Model, kw_only=True, gc=False):
    """What `/apn_settings/read` answers."""

    value: Always[ApnSettings] = ABSENT
