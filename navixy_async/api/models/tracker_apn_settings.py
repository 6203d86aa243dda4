"""Structs of `tracker.apn_settings`. The mobile access point of trackers.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

from ..model import ABSENT, Always, Model
from .apn_settings import ApnSettings


class TrackerApnSettingsReadAnswer(Model, kw_only=True, gc=False):
    """What `/tracker/apn_settings/read` answers."""

    value: Always[ApnSettings] = ABSENT
