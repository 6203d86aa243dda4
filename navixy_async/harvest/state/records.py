"""What a harvest remembers, as values and as rows: finished work, ranges that were read, and runs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated, Literal, TypeAlias

import msgspec

from ...errors import HarvestDamaged
from ...paging.intervals import IntervalSet
from ...times import TimeRange, time_text
from ..aliases import JsonObject, SqlRow
from ..report.coverage import SHOWN_IN_FULL

LEDGER = "ledger.sqlite"
WORK = (
    "account, trackers, start, stop, rows, bytes, late, clipped_start, clipped_stop, gaps, odd_rows, replaced_texts,"
    " read_at, zone"
)
"""The columns of finished work, as :meth:`WorkRecord.to_row` writes and `from_row` reads them."""

TrackerRanges: TypeAlias = Mapping[tuple[str, int], IntervalSet]
"""Ranges by account and tracker."""


@dataclass(frozen=True, slots=True)
class WorkRecord:
    """What is known of one finished item besides its rows."""

    account: str
    trackers: tuple[int, ...]
    range: TimeRange
    rows: int
    bytes: int
    late: int = 0
    clipped: TimeRange | None = None
    """The part of the range that the platform cut, if it did."""
    gaps: tuple[tuple[tuple[int, ...], TimeRange, str], ...] = ()
    """Trackers, range and reason of what could not be read."""
    odd_rows: int = 0
    """Rows that could not be read, or only in part."""
    replaced_texts: int = 0
    read_at: datetime | None = None
    """What the clock said when the run that read it began; ``None`` for data that never changes later."""
    zone: str | None = None
    """The zone whose days the rows are, for rows of local days."""

    def partly(self, tracker: int) -> IntervalSet:
        """Where the platform did not show all data of a tracker: what was read there before stays."""
        gaps = [gap for whose, gap, reason in self.gaps if tracker in whose and reason not in SHOWN_IN_FULL]
        return IntervalSet([*gaps, *([self.clipped] if self.clipped else [])]) & IntervalSet([self.range])

    def to_row(self) -> Sequence[object]:
        """The columns of its row, as :data:`WORK` names them."""
        clipped = self.clipped
        return (
            self.account,
            json.dumps(self.trackers),
            *_texts(self.range),
            self.rows,
            self.bytes,
            self.late,
            *((None, None) if clipped is None else _texts(clipped)),
            json.dumps([(whose, _texts(gap), reason) for whose, gap, reason in self.gaps]),
            self.odd_rows,
            self.replaced_texts,
            None if self.read_at is None else time_text(self.read_at),
            self.zone,
        )

    @classmethod
    def from_row(cls, row: SqlRow) -> WorkRecord:
        """The work that such a row describes; HarvestDamaged if it cannot be understood."""
        account, trackers, start, stop, rows, size, late, clip_start, clip_stop, gaps, odd, texts, read_at, zone = row
        try:
            return cls(
                account,
                tuple(json.loads(trackers)),
                _range(start, stop),
                rows,
                size,
                late,
                None if clip_start is None else _range(clip_start, clip_stop),
                tuple((tuple(whose), _range(*gap), reason) for whose, gap, reason in json.loads(gaps)),
                odd,
                texts,
                read_at=None if read_at is None else datetime.fromisoformat(read_at),
                zone=zone,
            )
        except (ValueError, TypeError) as error:
            raise unreadable(f"finished work in it cannot be read ({error})") from None


@dataclass(frozen=True, slots=True)
class ReadRange:
    """A range of one tracker that was read: when, and what became of it."""

    range: TimeRange
    read_at: datetime
    """When the run that read it began: everything that the platform had by then is there."""
    kind: Literal["complete", "clipped", "gap"] = "complete"
    reason: str = ""
    """Of a gap."""
    zone: str | None = None
    """The zone whose days its rows are, for rows of local days."""


ReadRanges: TypeAlias = dict[tuple[str, int], list[ReadRange]]
"""What was read, by account and tracker: ascending, without overlaps."""


def encode_ranges(ranges: Iterable[ReadRange]) -> str:
    """The ranges as one JSON text that people can read."""
    rows = []
    for read in ranges:
        row = [*_texts(read.range), time_text(read.read_at)]
        if read.kind != "complete" or read.zone is not None:
            row += [read.kind, read.reason]
        if read.zone is not None:
            row.append(read.zone)
        rows.append(row)
    return msgspec.json.encode(rows).decode()


def decode_ranges(text: str) -> list[ReadRange]:
    """The ranges that such a text holds; HarvestDamaged if it cannot be understood."""
    try:
        return [
            ReadRange(_range(start, end), datetime.fromisoformat(at), *rest)
            for start, end, at, *rest in msgspec.json.decode(text)
        ]
    except (msgspec.DecodeError, ValueError, TypeError) as error:
        raise unreadable(f"what it says was read cannot be understood ({error})") from None


@dataclass(frozen=True, slots=True)
class RunRecord:
    """One run of a harvest without an end."""

    began: Annotated[datetime, msgspec.Meta(tz=True)]
    late_rows: int
    """Rows that turned up in ranges that earlier runs had read."""
    finished: bool
    gone: Mapping[str, Sequence[int]]
    """Trackers that it found missing and has not reported yet, by account."""

    @classmethod
    def after(cls, last: RunRecord | None, began: datetime, gone: Mapping[str, Sequence[int]]) -> RunRecord:
        """The run after `last`; if that one was killed, the next one reports what it had found."""
        late_rows = 0 if last is None or last.finished else last.late_rows
        return cls(began, late_rows, finished=False, gone=gone)

    def at_its_end(self) -> RunRecord:
        """The run once it has reported the trackers that are gone."""
        return replace(self, finished=True, gone={})

    def to_json(self) -> JsonObject:
        """Plain members for a JSON object."""
        gone = {label: list(trackers) for label, trackers in self.gone.items()}
        return {"began": time_text(self.began), "late_rows": self.late_rows, "finished": self.finished, "gone": gone}

    @classmethod
    def from_json(cls, members: JsonObject) -> RunRecord:
        """The run that such members describe; HarvestDamaged if they cannot be understood."""
        try:
            return msgspec.convert(members, cls)
        except msgspec.ValidationError as error:
            raise unreadable(f"its last run cannot be read ({error})") from None


def unreadable(why: str) -> HarvestDamaged:
    """The error for a state that says something impossible."""
    return HarvestDamaged(f"the harvest's ledger is damaged ({why}): overwrite it, or choose another directory", LEDGER)


def _texts(span: TimeRange) -> tuple[str, str]:
    return time_text(span.start), time_text(span.end)


def _range(start: str, stop: str) -> TimeRange:
    return TimeRange(datetime.fromisoformat(start), datetime.fromisoformat(stop))
