"""Structs of `eco_fleet`. Resampled data and its quality.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

from ..model import ABSENT, Always, Model


class EcoFleetTrackersResamplingResamplingProps(Model, kw_only=True, gc=False):
    """What `resampling_props` is made of in `/eco_fleet/trackers/{tracker_id}/resampling`.

    Attributes:
        data_type: one of FUEL, SPEED, MOVEMENT, LNG, LAT.
        resampling_method: one of FOLLOWING, PREVIOUS, MEDIAN_IN_WINDOW, AVERAGE_IN_WINDOW, AVERAGE.
        delta: in s.
    """

    data_type: str | None = None
    resampling_method: str | None = None
    delta: int | float | None = None
    fixed_value: float | None = None


class EcoFleetTrackersSensorsQualityAnswer(Model, kw_only=True, gc=False):
    """What `/trackers/{tracker_id}/sensors/{sensor_id}/quality` answers.

    Attributes:
        smoothness: 1.0 to 10.0.
    """

    smoothness: Always[float] = ABSENT
