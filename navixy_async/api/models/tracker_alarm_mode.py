"""Structs of `tracker.alarm_mode`. The alarm mode of devices.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

from ..model import ABSENT, Always, Model


class TrackerAlarmModeReadAnswer(Model, kw_only=True, gc=False):
    """What `/tracker/alarm_mode/read` answers."""

    enabled: Always[bool] = ABSENT
