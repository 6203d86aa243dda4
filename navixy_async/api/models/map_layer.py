"""Structs of `map_layer`. Map layers made of KML files.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins

from ..model import ABSENT, Always, Model


class MapLayer(Model, kw_only=True, gc=False):
    """A map layer."""

    id: Always[int] = ABSENT
    label: str | None = None


class MapLayerListList(Model, kw_only=True, gc=False):
    """What `list` is made of in `/map_layer/list`."""

    id: Always[int] = ABSENT
    label: str | None = None


class MapLayerListAnswer(Model, kw_only=True):
    """What `/map_layer/list` answers."""

    list: Always[builtins.list[MapLayerListList]] = ABSENT


class MapLayerUploadAnswer(Model, kw_only=True, gc=False):
    """What `/map_layer/upload` answers."""

    id: Always[int] = ABSENT
