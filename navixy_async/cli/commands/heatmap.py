"""The picture of a harvest: one HTML page that holds everything it shows and loads nothing else."""

from __future__ import annotations

import base64
import html
import json
import sys
import zlib
from array import array
from collections.abc import Mapping, Sequence
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import Any

from ...errors import InvalidInput
from ...harvest.report.archive import STATES, Stored
from ...harvest.report.daily_status import DayTable, day_tables
from ...times import time_text

_TITLES = {
    "complete": "complete",
    "waiting": "not asked for yet, or not over",
    "blocked": "tracker blocked",
    "clipped": "clipped by the tariff",
    "gap": "gap",
    "failed": "failed",
}
_MOST_HOLES = 20_000
"""Holes that a page lists; the map shows all of them."""


class _PageTemplate(Template):
    """The page with ``@@NAME`` where something is filled in: scripts and styles use the usual delimiters themselves."""

    delimiter = "@@"


def write_page(
    path: Path, folder: Path, found: Mapping[str, Stored], summaries: Sequence[Mapping[str, Any]], *, now: datetime
) -> None:
    """Write the page for the harvest in `folder`.

    Raises:
        InvalidInput: `path` cannot be written.
    """
    panels = [
        _panel(table, [(kind, hole) for kind, hole in stored.holes() if hole.account == table.account])
        for stored in found.values()
        for table in day_tables(folder, stored)
    ]
    page = render(panels, summaries, title=str(folder.resolve().name or folder), now=now)
    try:
        path.write_text(page, encoding="utf-8")
    except OSError as error:
        raise InvalidInput(f"{path} cannot be written ({error.strerror}): choose another name for --html") from None


def render(
    panels: Sequence[Mapping[str, Any]], summaries: Sequence[Mapping[str, Any]], *, title: str, now: datetime
) -> str:
    """The page as text."""
    data = {
        "states": [{"name": state, "title": _TITLES[state]} for state in STATES],
        "panels": panels,
        "summaries": summaries,
    }
    # Inside a script element, only this character could end the element.
    text = json.dumps(data, separators=(",", ":"), ensure_ascii=False).replace("<", "\\u003c")
    page = files("navixy_async.cli.commands").joinpath("heatmap.html").read_text(encoding="utf-8")
    made = now.strftime("%Y-%m-%d %H:%M UTC")
    return _PageTemplate(page).substitute(TITLE=html.escape(title), MADE=made, DATA=text)


def _panel(table: DayTable, holes: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    return {
        "stream": table.stream,
        "account": table.account,
        "start": table.days[0].isoformat(),
        "days": len(table.days),
        "trackers": table.trackers,
        "states": _packed(table.states),
        "rows": None if table.rows is None else _packed(_planes(table.rows)),
        "most": max(table.rows, default=0) if table.rows is not None else 0,
        "holes": [
            [hole.tracker_id, kind, time_text(hole.range.start), time_text(hole.range.end), hole.reason]
            for kind, hole in holes[:_MOST_HOLES]
        ],
        "unlisted": max(len(holes) - _MOST_HOLES, 0),
    }


def _planes(rows: array[int]) -> bytes:
    """All lowest bytes, then all second ones, and so on: similar bytes side by side compress better."""
    little = array("I", rows)
    if sys.byteorder == "big":
        little.byteswap()
    raw = little.tobytes()
    return b"".join(raw[plane::4] for plane in range(4))


def _packed(raw: bytes) -> str:
    return base64.b64encode(zlib.compress(raw, 9)).decode()
