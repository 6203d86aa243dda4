"""Structs of `tracker.avatar`. Pictures of trackers.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

from ..model import ABSENT, Always, Model


class TrackerAvatarUploadAnswer(Model, kw_only=True, gc=False):
    """What `/tracker/avatar/upload` answers."""

    value: Always[str] = ABSENT
