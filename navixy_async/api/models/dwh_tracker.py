"""Structs of `dwh.tracker`. Raw data of trackers, from the data warehouse.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

from ..model import ABSENT, Always, Model


class DwhTrackerRawDataGetInputsAnswer(Model, kw_only=True):
    """What `/tracker/raw_data/get_inputs` answers."""

    discrete_inputs: int | None = None
    discrete_outputs: int | None = None
    inputs: list[str] | None = None
    states: Always[list[str]] = ABSENT
