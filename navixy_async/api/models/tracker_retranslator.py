"""Structs of `tracker.retranslator`. Where the data of trackers is forwarded to.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins

from ..model import ABSENT, Always, Model


class TrackerRetranslatorBinding(Model, kw_only=True, gc=False):
    """A tracker retranslator binding."""

    retranslator_id: int | None = None
    fake_device_id: str | None = None


class TrackerRetranslatorListList(Model, kw_only=True, gc=False):
    """What `list` is made of in `/tracker/retranslator/list`."""

    retranslator_id: int | None = None
    fake_device_id: str | None = None


class TrackerRetranslatorListAnswer(Model, kw_only=True):
    """What `/tracker/retranslator/list` answers."""

    list: Always[builtins.list[TrackerRetranslatorListList]] = ABSENT
