"""Structs of `tracker.group`. Groups that trackers are sorted into.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins

from ..model import ABSENT, Always, Model


class TrackerGroup(Model, kw_only=True, gc=False):
    """A group of trackers.

    Attributes:
        color: colour as six hexadecimal digits, RRGGBB; RRGGBB.
    """

    id: Always[int] = ABSENT
    title: Always[str] = ABSENT
    color: str | None = None


class TrackerGroupCreateAnswer(Model, kw_only=True, gc=False):
    """What `/tracker/group/create` answers."""

    id: Always[int] = ABSENT


class TrackerGroupListAnswer(Model, kw_only=True):
    """What `/tracker/group/list` answers."""

    list: Always[builtins.list[TrackerGroup]] = ABSENT
