"""Structs of `panel.tracker.bundle`. Bundles: a device and a card in the stock.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins

from ..model import ABSENT, Always, Model
from .panel_order import PanelTrackerBundle


class PanelTrackerBundleListAnswer(Model, kw_only=True):
    """What `/panel/tracker/bundle/list` answers."""

    list: Always[builtins.list[PanelTrackerBundle]] = ABSENT
    count: Always[int] = ABSENT


class PanelTrackerBundleReadAnswer(Model, kw_only=True, gc=False):
    """What `/panel/tracker/bundle/read` answers."""

    value: Always[PanelTrackerBundle] = ABSENT
