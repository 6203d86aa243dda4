"""Structs of `asset_group`. Groups that link vehicles, employees and trackers.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins
from typing import Any

from ..model import ABSENT, Always, Model
from .common import Asset


class AssetGroup(Model, kw_only=True):
    """An asset group."""

    id: Always[int] = ABSENT
    name: str | None = None
    assets: list[Asset] | None = None


class AssetGroupObject(Model, kw_only=True):
    """An asset group object."""

    group_id: int | None = None
    asset: dict[str, Any] | None = None


class AssetGroupCreateAnswer(Model, kw_only=True):
    """What `/asset_group/create` answers."""

    id: Always[int] = ABSENT
    reassigned_assets: list[AssetGroupObject] | None = None


class AssetGroupListAnswer(Model, kw_only=True):
    """What `/asset_group/list` answers."""

    list: Always[builtins.list[AssetGroup]] = ABSENT


class AssetGroupSetAnswer(Model, kw_only=True):
    """What `/asset_group/set` answers."""

    reassigned_assets: Always[list[AssetGroupObject]] = ABSENT
