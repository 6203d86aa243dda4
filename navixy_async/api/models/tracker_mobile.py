"""Structs of `tracker.mobile`. The mobile application as a tracker.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

from ..model import ABSENT, Always, Model
from .tracker import Tracker


class TrackerMobileRegisterAnswer(Model, kw_only=True):
    """What `/tracker/mobile/register` answers."""

    value: Always[Tracker] = ABSENT
