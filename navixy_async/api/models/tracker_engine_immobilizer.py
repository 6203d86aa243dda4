"""Structs of `tracker.engine_immobilizer`. The engine's immobilizer.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

from ..model import ABSENT, Always, Model


class TrackerEngineImmobilizerReadAnswer(Model, kw_only=True, gc=False):
    """What `/tracker/engine_immobilizer/read` answers."""

    enabled: Always[bool] = ABSENT
