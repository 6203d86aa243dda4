"""Structs of `retranslator`. Retranslators, which forward data to other servers.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins
from typing import ClassVar

from ..model import ABSENT, Always, Masked, Model


class Retranslator(Masked, kw_only=True, gc=False):
    """A retranslator."""

    secret_members: ClassVar[tuple[str, ...]] = ("login", "password")

    id: Always[int] = ABSENT
    name: str | None = None
    protocol_id: int | None = None
    address: str | None = None
    port: int | None = None
    login: str | None = None
    password: str | None = None
    enabled: bool | None = None


class RetranslatorProtocol(Masked, kw_only=True, gc=False):
    """A retranslator protocol."""

    secret_members: ClassVar[tuple[str, ...]] = ("has_login", "has_password", "required_login", "required_password")

    id: Always[int] = ABSENT
    name: str | None = None
    has_login: bool | None = None
    has_password: bool | None = None
    fake_device_id_pattern: str | None = None
    required_login: bool | None = None
    required_password: bool | None = None


class RetranslatorCreateAnswer(Model, kw_only=True, gc=False):
    """What `/retranslator/create` answers."""

    id: Always[int] = ABSENT


class RetranslatorListAnswer(Model, kw_only=True):
    """What `/retranslator/list` answers."""

    list: Always[builtins.list[Retranslator]] = ABSENT


class RetranslatorProtocolListAnswer(Model, kw_only=True):
    """What `/retranslator/protocol/list` answers."""

    list: Always[builtins.list[RetranslatorProtocol]] = ABSENT
