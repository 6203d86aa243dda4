"""Structs of `panel.timezone`. Time zones that the platform knows.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins

from ..model import ABSENT, Always, Model
from .timezone import Timezone


class PanelTimezoneListAnswer(Model, kw_only=True):
    """What `/panel/timezone/list` answers."""

    list: Always[builtins.list[Timezone]] = ABSENT
