"""Structs of `timezone`. Time zones that the platform knows.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins

from ..model import ABSENT, Always, Model


class Timezone(Model, kw_only=True):
    """A time zone.

    Attributes:
        zone_id: its name, such as Europe/Berlin.
        base_offset: in h.
        dst_offset: in h.
    """

    zone_id: Always[str] = ABSENT
    description: str | None = None
    base_offset: float | None = None
    dst_offset: int | float | None = None
    country_code: str | None = None
    alt_ids: list[str] | None = None


class TimezoneListAnswer(Model, kw_only=True):
    """What `/timezone/list` answers."""

    list: Always[builtins.list[Timezone]] = ABSENT
