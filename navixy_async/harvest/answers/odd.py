"""Values and rows that are not as documented: what can still be read, and how the rest is reported.

One policy for all streams, written down in docs/harvest.md: what can be read without loss is read; what cannot is null
in its row, or the row is set aside if its tracker or time cannot be known. None of it costs another row.
"""

from __future__ import annotations

import logging
import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from typing import TypeAlias, TypeVar

from ...paging.intervals import IntervalSet
from ...times import SECOND, TimeRange, time_text
from ..aliases import Json, JsonObject
from ..report.coverage import ODD_ROW, ODD_VALUE
from . import wire
from .local_time import FIRST_YEAR, LAST_YEAR, read_time

T = TypeVar("T")
log = logging.getLogger("navixy_async")

MOST_GAPS = 300
"""Per item. If there are more, the nearest are reported as one."""
_SHOWN = 5
"""Odd rows of an item that the log names one by one."""

Value: TypeAlias = tuple[Json, bool]
"""What was read, and whether U+FFFD replaces something in it."""
ValueReader: TypeAlias = Callable[[bytes], Value]
"""Reads one value; raises one of :data:`wire.REFUSALS` if that is impossible without loss."""

_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_WHOLE = re.compile(r"[+-]?\d{1,19}", re.ASCII)
_LEAST, _MOST = -(2**63), 2**63 - 1
_TRUTHS = {"true": True, "1": True, "false": False, "0": False}


# --- single values --------------------------------------------------------------------------------------------------


def number(raw: bytes) -> Value:
    """A number, possibly in quotes; neither NaN nor infinite."""
    value = _plain(raw)
    if isinstance(value, str) and not _NUMBER.fullmatch(value):
        raise ValueError("no number")
    if value is None:
        return None, False
    if isinstance(value, bool):
        raise ValueError("no number")  # a boolean may be written as 0 or 1, but true is not a latitude
    found = float(value)
    if not math.isfinite(found):
        raise ValueError("no number")
    return found, False


def whole(raw: bytes) -> Value:
    """A whole number of 64 bits, possibly in quotes or with a decimal point."""
    value = _plain(raw)
    if value is None:
        return None, False
    if isinstance(value, bool):
        raise ValueError("no number")
    if isinstance(value, str):
        value = int(value) if _WHOLE.fullmatch(value) else number(raw)[0]
    if isinstance(value, float):
        if not value.is_integer():
            raise ValueError("not whole")
        value = int(value)
    if not _LEAST <= value <= _MOST:
        raise ValueError("too large")
    return value, False


def truth(raw: bytes) -> Value:
    """A boolean, possibly as 0 or 1, or in quotes."""
    value = _plain(raw)
    if value is None or isinstance(value, bool):
        return value, False
    if isinstance(value, str):
        return _TRUTHS[value.lower()], False
    if value not in (0, 1):
        raise ValueError("no truth")
    return bool(value), False


def text(raw: bytes) -> Value:
    """A text; anything else as the JSON that was written."""
    if raw[:1] == b'"':
        return wire.text(raw)
    return as_written(raw)


def as_written(raw: bytes) -> Value:
    """A value of any kind, as the platform wrote it."""
    return (None, False) if raw in (b"", b"null") else wire.written(raw)


def moment(raw: bytes) -> Value:
    """A time, aware if it has an offset."""
    if raw == b"null":
        return None, False
    if raw[:1] != b'"':
        raise ValueError("no time")
    return read_time(wire.text(raw)[0]), False


def flag(raw: bytes | None) -> bool:
    """A warning of the platform beside its rows: an unreadable value counts as a warning."""
    if raw is None:
        return False
    try:
        return bool(truth(raw)[0])
    except REFUSALS:
        return True


def whole_or_none(raw: bytes) -> int | None:
    """A whole number; ``None`` if it cannot be read."""
    found: int | None = _or_nothing(whole, raw, (None, False))[0]
    return found


def id_of(name: str) -> int | None:
    """A member's name as an id; ``None`` if it is not one."""
    return int(name) if _ID.fullmatch(name) and 0 < int(name) <= _MOST else None


_ID = re.compile(r"\d{1,19}", re.ASCII)


def ids(raw: bytes | None) -> list[int]:
    """The ids in a list; everything else is left out."""
    found = []
    for part in _or_nothing(wire.elements, raw, list[bytes]()):
        found_id = whole_or_none(part)
        if found_id is not None:
            found.append(found_id)
    return found


def _or_nothing(read: Callable[[bytes], T], raw: bytes | None, nothing: T) -> T:
    try:
        return nothing if raw is None else read(raw)
    except REFUSALS:
        return nothing


def _plain(raw: bytes) -> Json:
    """A single value; a text without surrounding blanks, and null if nothing is left."""
    value = wire.value(raw)
    return (value.strip() or None) if isinstance(value, str) else value


REFUSALS = (*wire.REFUSALS, LookupError)


# --- rows -----------------------------------------------------------------------------------------------------------

RowSpec: TypeAlias = Mapping[str, ValueReader]
"""What is read of a row: the dotted paths of its members, and how each is read."""


@dataclass(slots=True)
class RowValues:
    """What could be read of a row."""

    values: JsonObject
    """By the path of the member."""
    odd: list[tuple[str, str]]
    """Members that could not be read, and the beginning of their values."""
    repaired: int = 0
    """Texts in which U+FFFD stands for something."""


def read_row(raw: bytes, spec: RowSpec) -> RowValues:
    """The members of one object, one by one.

    Raises:
        NotJson: it is not JSON.
        OtherShape: it is not an object.
    """
    row = RowValues({}, [])
    objects: dict[str, dict[str, bytes]] = {"": wire.members(raw)}
    for path, kind in spec.items():
        row.values[path] = None
        value = _find(path, objects, row)
        if value is None:
            continue
        try:
            row.values[path], repaired = kind(value)
        except REFUSALS:
            row.odd.append((path, wire.shown(value)))
        else:
            row.repaired += repaired
    return row


def read_rows(raw: bytes | None, spec: RowSpec) -> list[RowValues | None]:
    """The rows of a list; ``None`` for one that is no object. Raises as :func:`wire.elements`."""
    found: list[RowValues | None] = []
    for row in wire.elements(raw or b"null"):
        try:
            found.append(read_row(row, spec))
        except wire.OtherShape:
            found.append(None)
    return found


def _find(path: str, objects: dict[str, dict[str, bytes]], row: RowValues) -> bytes | None:
    """The member at the end of a path, as it was written; ``None`` if something on the way is not there."""
    *way, last = path.split(".")
    at = ""
    for name in way:
        raw = objects[at].get(name)
        at = f"{at}.{name}" if at else name
        if at not in objects:
            objects[at] = {}
            if raw is not None and raw != b"null":
                try:
                    objects[at] = wire.members(raw)
                except REFUSALS:
                    row.odd.append((at, wire.shown(raw)))
    return objects[at].get(last)


@dataclass(frozen=True, slots=True)
class OddRow:
    """One row that is unreadable in whole or in part."""

    where: TimeRange | None
    """Its second, or the stretch in which its time must lie; ``None``: the whole requested range."""
    tracker: int | None
    """``None`` if it may belong to any requested one."""
    odd: tuple[tuple[str, str], ...] = ()
    """Members, and the beginning of their values."""
    aside: bool = False
    """Whether the row was set aside; else the members are null in it."""
    repaired: int = 0
    """Texts in which U+FFFD replaces invalid characters."""

    def __str__(self) -> str:
        who = "" if self.tracker is None else f"tracker {self.tracker} "
        when = "" if self.aside or self.where is None else f"at {time_text(self.where.start)} "
        what = ", ".join(f"{member} is {value}" for member, value in self.odd)
        return f"{who}{when}{what} ({'set aside' if self.aside else 'null'})"


def second_of(time: datetime) -> TimeRange:
    """The second of a row."""
    start = time.replace(microsecond=0)
    return TimeRange(start, start + SECOND)


def stretches(times: Sequence[datetime | None]) -> dict[int, TimeRange]:
    """Where the rows without a time must lie, by the times of their neighbours in the order of the answer."""
    known = [time for time in times if time is not None]
    if len(known) == len(times):
        return {}
    first, last = _EVER.start, _EVER.end
    if known and known[0] > known[-1]:
        first, last = last, first
    after, following = last, []
    for time in reversed(times):
        following.append(after)
        after = after if time is None else time
    following.reverse()
    before, found = first, {}
    for index, time in enumerate(times):
        if time is None:
            low, high = sorted((before, following[index]))
            found[index] = TimeRange(low.replace(microsecond=0), high.replace(microsecond=0) + SECOND)
        else:
            before = time
    return found


_EVER = TimeRange(datetime(FIRST_YEAR, 1, 1, tzinfo=UTC), datetime(LAST_YEAR, 12, 31, tzinfo=UTC))


# --- reports --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OddReport:
    """The odd rows of an item, as coverage has them."""

    gaps: tuple[tuple[tuple[int, ...], TimeRange, str], ...] = ()
    odd_rows: int = 0
    replaced_texts: int = 0


def report_odd_rows(odd: Iterable[OddRow], trackers: tuple[int, ...], asked: TimeRange, who: str) -> OddReport:
    """Log the odd rows of an item, once for all of them, and say where in coverage they are gaps.

    Args:
        odd: the rows; those outside the requested range belong to other items.
        trackers: of the item.
        asked: the item's range.
        who: account and stream, for the log.
    """
    found: dict[tuple[tuple[int, ...], str], list[TimeRange]] = {}
    named: list[OddRow] = []
    odd_rows = replaced = 0
    for row in odd:
        where = _inside(row.where, asked)
        if where is None or (row.tracker is not None and row.tracker not in trackers):
            continue
        replaced += row.repaired
        if row.odd or row.aside:
            odd_rows += 1
            whose = trackers if row.tracker is None else (row.tracker,)
            found.setdefault((whose, ODD_ROW if row.aside else ODD_VALUE), []).append(where)
            if len(named) < _SHOWN:
                named.append(row)
    if odd_rows:
        more = f"; and {odd_rows - len(named)} more" if odd_rows > len(named) else ""
        log.warning("%s: %d odd rows in %s: %s%s", who, odd_rows, asked, "; ".join(map(str, named)), more)
    if replaced:
        log.warning("%s: %d texts in %s are not Unicode: U+FFFD replaces the invalid characters", who, replaced, asked)
    most = max(MOST_GAPS // max(len(found), 1), 1)
    gaps = tuple((whose, part, reason) for (whose, reason), parts in found.items() for part in few(parts, most))
    return OddReport(gaps, odd_rows, replaced)


def _inside(where: TimeRange | None, asked: TimeRange) -> TimeRange | None:
    if where is None:
        return asked
    start, end = max(where.start, asked.start), min(where.end, asked.end)
    return TimeRange(start, end) if start < end else None


def few(parts: Iterable[TimeRange], most: int) -> tuple[TimeRange, ...]:
    """The ranges as one set of at most so many; if there are more, the nearest are joined."""
    ranges = IntervalSet(parts).ranges
    if len(ranges) <= most:
        return ranges
    apart = sorted((after.start - before.end, index) for index, (before, after) in enumerate(pairwise(ranges), 1))
    cuts = sorted(index for _, index in apart[len(ranges) - most :])
    return tuple(
        TimeRange(ranges[first].start, ranges[last - 1].end) for first, last in pairwise([0, *cuts, len(ranges)])
    )
