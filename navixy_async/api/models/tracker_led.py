"""Structs of `tracker.led`. The light of devices.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

from ..model import ABSENT, Always, Model


class TrackerLedReadAnswer(Model, kw_only=True, gc=False):
    """What `/tracker/led/read` answers."""

    value: Always[bool] = ABSENT
