"""`navixy coverage`: which parts of a harvest are complete, and where the holes are."""

from __future__ import annotations

import math
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from ...harvest.report.archive import STATES, Stored, read_archive
from ...harvest.report.coverage import verdict
from ...times import time_text
from ..exit_codes import ExitCode
from ..output import notify, write, write_json, write_rows
from ..progress import show_activity
from .harvest import check_accepted

_SHOWN = 20
_HOLES = tuple(state for state in STATES if state != "complete")
_ACCEPTED_AS = {"blocked": "blocked", "clipped": "clipped", "gaps": "gap"}


def coverage(folder: Path, *, html: Path | None, accepted: Sequence[str], as_json: bool, quiet: bool) -> ExitCode:
    """Print a line for each stream and account, then the holes; with `html`, also draw them as a page."""
    check_accepted(accepted)
    found = read_archive(folder)
    summaries = [line for name, stored in found.items() for line in summarise(name, stored)]
    holes = [
        {"kind": kind, "stream": name, **hole.to_json()}
        for name, stored in found.items()
        for kind, hole in stored.holes()
    ]
    if html is not None:
        from .heatmap import write_page  # needs pyarrow

        with show_activity(f"counting the rows in {folder}", quiet=quiet or as_json):
            write_page(html, folder, found, summaries, now=datetime.now(UTC))
    if as_json:
        verdicts = {name: _verdict(stored, accepted) for name, stored in found.items()}
        write_json({"directory": str(folder), "streams": _streams(found, summaries, verdicts), "holes": holes})
    else:
        columns = ("stream", "account", "from", "to", "trackers", "whole", "complete", "rows", *_HOLES)
        write_rows(columns, ([_cell(name, line[name]) for name in columns] for line in summaries))
        _write_holes(holes)
        if html is not None:
            write(f"picture in {html}")
    return _judge(folder, found, holes, accepted)


def summarise(name: str, stored: Stored) -> list[dict[str, Any]]:
    """One line per account: trackers, how many of them are whole, the complete share of their time, rows, holes."""
    covered = stored.coverage
    rows = Counter[str]()
    for file in stored.counted_files():
        rows[file.account] += file.rows
    for part in stored.pending:
        rows[part.account] += part.rows
    counts: dict[tuple[str, str], int] = {}
    for kind, hole in stored.holes():
        counts[hole.account, kind] = counts.get((hole.account, kind), 0) + 1
    whole, lines = covered.whole, []
    for account, trackers in stored.fleets().items():
        ranges = [covered.complete.get((account, tracker), ()) for tracker in trackers]
        span = sum((part.span for parts in ranges for part in parts), timedelta(0))
        asked = covered.asked_of(account)
        line: dict[str, Any] = {
            "stream": name,
            "account": account,
            "from": time_text(asked.start),
            "to": time_text(asked.end),
            "trackers": len(trackers),
            "whole": sum(1 for tracker in trackers if (account, tracker) in whole),
            "complete": span / (asked.span * len(trackers)) if trackers else 0.0,
            "rows": rows[account],
        }
        line |= {kind: counts.get((account, kind), 0) for kind in _HOLES}
        lines.append(line)
    return lines


def percent(share: float) -> str:
    """`share` with two digits, rounded down: what is incomplete never looks like 100 %."""
    return f"{math.floor(share * 10_000) / 100:.2f} %"


def _verdict(stored: Stored, accepted: Sequence[str]) -> str:
    """The verdict on one stream; an unfinished one is not complete, whatever was accepted."""
    if not stored.finished:
        return verdict(["unfinished"], ())
    fine = {_ACCEPTED_AS[kind] for kind in accepted}
    return verdict([kind for kind, _ in stored.holes()], fine)


def _streams(
    found: Mapping[str, Stored], summaries: Sequence[Mapping[str, Any]], verdicts: Mapping[str, str]
) -> dict[str, Any]:
    return {
        name: {
            "from": time_text(stored.coverage.range.start),
            "to": time_text(stored.coverage.range.end),
            "finished": stored.finished,
            "is_complete": stored.is_complete,
            "verdict": verdicts[name],
            "rows": stored.rows,
            "late": stored.coverage.late,
            "odd_rows": stored.coverage.odd_rows,
            "replaced_texts": stored.coverage.replaced_texts,
            "files": len(stored.files),
            "zones": dict(stored.coverage.zones),
            "accounts": [line for line in summaries if line["stream"] == name],
        }
        for name, stored in found.items()
    }


def _write_holes(holes: Sequence[Mapping[str, Any]]) -> None:
    """All of them as JSON, the first few as text."""
    if not holes:
        return
    shown = holes[:_SHOWN] if sys.stdout.isatty() else holes
    write("")
    columns = ("kind", "stream", "account", "tracker_id", "start", "end", "reason")
    write_rows(columns, ([hole[name] for name in columns] for hole in shown))
    if len(shown) < len(holes):
        write(f"and {len(holes) - len(shown):,} more: --json and --html have all of them")


def _judge(
    folder: Path, found: Mapping[str, Stored], holes: Sequence[Mapping[str, Any]], accepted: Sequence[str]
) -> ExitCode:
    fine = {_ACCEPTED_AS[kind] for kind in accepted}
    counts = Counter(hole["kind"] for hole in holes)
    unfinished = [name for name, stored in found.items() if not stored.finished]
    if fine.issuperset(counts) and not unfinished:
        if counts:
            notify(f"{folder} is complete but for what was accepted: {_counted(counts)}")
        return ExitCode.OK
    left = Counter({kind: count for kind, count in counts.items() if kind not in fine})
    said = [_counted(left)] if left else []
    said += [f"the harvest of {name} is unfinished, resume it" for name in unfinished]
    notify(f"{folder} is not complete: {', '.join(said)}")
    return ExitCode.INCOMPLETE


def _counted(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{counts[kind]:,} {kind}" for kind in reversed(_HOLES) if kind in counts)


def _cell(name: str, value: Any) -> object:
    return percent(value) if name == "complete" else value
