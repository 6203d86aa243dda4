"""Structs of `beacon`. Beacons that trackers saw.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins
from datetime import datetime

from ..model import ABSENT, Always, Model


class BeaconDataEntryExtData(Model, kw_only=True, gc=False):
    """The `ext_data` of `BeaconDataEntry`."""

    voltage: float | None = None
    temperature: float | None = None
    minor: str | None = None
    major: str | None = None


class BeaconDataEntry(Model, kw_only=True, gc=False):
    """A beacon data entry."""

    tracker_id: int | None = None
    hardware_id: str | None = None
    rssi: int | None = None
    get_time: datetime | None = None
    latitude: float | None = None
    longitude: float | None = None
    ext_data: BeaconDataEntryExtData | None = None


class BeaconDataLastValuesAnswer(Model, kw_only=True):
    """What `/beacon/data/last_values` answers."""

    list: Always[builtins.list[BeaconDataEntry]] = ABSENT


class BeaconDataReadAnswer(Model, kw_only=True):
    """What `/beacon/data/read` answers."""

    list: Always[builtins.list[BeaconDataEntry]] = ABSENT
