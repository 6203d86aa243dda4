"""Structs of `tracker.trusted_number`. Phone numbers that devices obey.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins

from ..model import ABSENT, Always, Model


class TrackerTrustedNumberListAnswer(Model, kw_only=True):
    """What `/tracker/trusted_number/list` answers."""

    list: Always[builtins.list[str]] = ABSENT
