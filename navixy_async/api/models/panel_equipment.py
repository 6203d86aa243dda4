"""Structs of `panel.equipment`. Kinds of equipment.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins

from ..model import ABSENT, Always, Model


class Equipment(Model, kw_only=True, gc=False):
    """An equipment."""

    equip_id: int | None = None
    model_name: str | None = None
    model_code: str | None = None
    vendor: str | None = None
    name: str | None = None


class PanelEquipmentListAnswer(Model, kw_only=True):
    """What `/panel/equipment/list` answers."""

    list: Always[builtins.list[Equipment]] = ABSENT
