"""Structs of `tracker.tags`. Tags of trackers.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

from ..model import Model


class TrackerTagsSetTagBindings(Model, kw_only=True, gc=False):
    """What `tag_bindings` is made of in `/tracker/tags/set`."""

    tag_id: int | None = None
    ordinal: int | None = None
