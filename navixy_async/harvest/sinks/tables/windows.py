"""The windows whose rows are replaced, as a table themselves, so that a database can join them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import TypeAlias

import pyarrow as pa
import pyarrow.compute as pc

from ....paging.intervals import IntervalSet
from ....times import TimeRange
from ...answers.layout import TIMESTAMP, within
from ...engine import CompletedItem

_INSTANT = timedelta(microseconds=1)
WINDOWS = pa.schema([("account", pa.string()), ("tracker_id", pa.int64()), ("start", TIMESTAMP), ("stop", TIMESTAMP)])
Moments: TypeAlias = Counter[tuple[str, int, datetime]]
"""How many rows an account's tracker has at a moment."""


def windows_of(load: Iterable[CompletedItem], time: str) -> pa.Table:
    """What the rows of these items replace.

    Where the platform did not show everything (any more), older rows are worth keeping: there, new ones replace only
    those of the same tracker and moment.
    """
    found: list[tuple[str, int, datetime, datetime]] = []
    for finished in load:
        work, batch = finished.work, finished.fetched.batch
        kept: dict[int, IntervalSet] = {}
        for tracker in work.trackers:
            kept[tracker] = work.partly(tracker)
            parts = IntervalSet([work.range]) - kept[tracker]
            found += [(work.account, tracker, part.start, part.end) for part in parts]
        if any(kept.values()):
            moments = zip(batch.column("tracker_id").to_pylist(), batch.column(time).to_pylist(), strict=True)
            found += [
                (work.account, tracker, moment, moment + _INSTANT)
                for tracker, moment in sorted(set(moments))
                if IntervalSet([TimeRange(moment, moment + _INSTANT)]) & kept.get(tracker, IntervalSet())
            ]
    return _table(found)


def read_before(load: Iterable[CompletedItem], held: Mapping[tuple[str, int], IntervalSet]) -> pa.Table:
    """The parts of the items' windows that had been read before."""
    return _table(
        (finished.work.account, tracker, part.start, part.end)
        for finished in load
        for tracker in finished.work.trackers
        for part in IntervalSet((finished.work.range,)) & held.get((finished.work.account, tracker), IntervalSet())
    )


def moments_within(load: Iterable[CompletedItem], time: str, held: Mapping[tuple[str, int], IntervalSet]) -> Moments:
    """The moments of the items' rows that lie in what had been read before."""
    found: Moments = Counter()
    for finished in load:
        work, batch = finished.work, finished.fetched.batch
        for tracker in work.trackers:
            for part in IntervalSet((work.range,)) & held.get((work.account, tracker), IntervalSet()):
                rows = within(batch, time, part)
                theirs = rows.filter(pc.equal(rows.column("tracker_id"), tracker)).column(time)
                for count in pc.value_counts(theirs).to_pylist():
                    found[work.account, tracker, count["values"]] += count["counts"]
    return found


def _table(rows: Iterable[tuple[str, int, datetime, datetime]]) -> pa.Table:
    columns = list(zip(*rows, strict=True)) or [()] * len(WINDOWS)
    return pa.table(dict(zip(WINDOWS.names, columns, strict=True)), schema=WINDOWS)
