"""Structs of `user.session`. The session in use, and what hangs on it.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

from typing import ClassVar

from ..model import ABSENT, Always, Masked


class PushParameters(Masked, kw_only=True, gc=False):
    """Keys of a browser's push subscription."""

    secret_members: ClassVar[tuple[str, ...]] = ("p256dh", "auth")

    p256dh: str | None = None
    auth: str | None = None


class UserSessionDeliveryCreateAnswer(Masked, kw_only=True, gc=False):
    """What `/user/session/delivery/create` answers.

    Attributes:
        value: the session key.
    """

    secret_members: ClassVar[tuple[str, ...]] = ("value",)

    value: Always[str] = ABSENT


class UserSessionDeliveryReadAnswer(Masked, kw_only=True, gc=False):
    """What `/user/session/delivery/read` answers.

    Attributes:
        value: the session key.
    """

    secret_members: ClassVar[tuple[str, ...]] = ("value",)

    value: Always[str] = ABSENT
