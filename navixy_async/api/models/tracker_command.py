"""Structs of `tracker.command`. Commands kept for trackers.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

from typing import ClassVar, Literal, TypeAlias

from ..model import ABSENT, Always, Model, Unknown
from ..variants import Variants


class StoredCommandHardwareConfig(Model, kw_only=True, gc=False):
    """The `config` of `HardwareCommand`."""

    command: str | None = None
    reliable: bool | None = None


class HardwareCommand(Model, kw_only=True, gc=False, tag_field="type", tag="hardware"):
    """A kept command of the type `hardware`."""

    type: ClassVar[Literal["hardware"]] = "hardware"

    id: Always[int] = ABSENT
    name: str | None = None
    config: StoredCommandHardwareConfig | None = None


class StoredCommandHttpConfigHeaders(Model, kw_only=True, gc=False):
    """The `headers` of `StoredCommandHttpConfig`."""

    key: str | None = None
    value: str | None = None


class StoredCommandHttpConfig(Model, kw_only=True):
    """The `config` of `HttpCommand`."""

    url: str | None = None
    headers: list[StoredCommandHttpConfigHeaders] | None = None
    body: str | None = None


class HttpCommand(Model, kw_only=True, tag_field="type", tag="http"):
    """A kept command of the type `http`."""

    type: ClassVar[Literal["http"]] = "http"

    id: Always[int] = ABSENT
    name: str | None = None
    config: StoredCommandHttpConfig | None = None


class UnknownStoredCommand(Unknown):
    """A variant of `StoredCommand` that this version does not know."""


StoredCommand: TypeAlias = HardwareCommand | HttpCommand | UnknownStoredCommand
"""A command that is kept for a tracker; told apart by `type`."""

STORED_COMMAND = Variants(UnknownStoredCommand, HardwareCommand, HttpCommand)


class TrackerCommandCreateAnswer(Model, kw_only=True, gc=False):
    """What `/tracker/command/create` answers."""

    id: Always[int] = ABSENT


class TrackerCommandUnconfirmedCountAnswer(Model, kw_only=True, gc=False):
    """What `/tracker/command/unconfirmed/count` answers."""

    count: Always[int] = ABSENT
