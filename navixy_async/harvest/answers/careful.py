"""Row by row: strictly if the row allows it, member by member if not.

This is the second reader, for answers that the first one refused. No single row makes it fail: an answer that is JSON
and has the expected list gives all of its rows, except those whose time or tracker cannot be known.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import cached_property
from typing import Generic, TypeVar

import msgspec

from ...times import TimeRange
from ..aliases import Json, JsonObject
from . import wire
from .local_time import in_calendar, in_utc, read_time
from .odd import OddRow, RowSpec, read_row, second_of, stretches

R = TypeVar("R")


@dataclass(slots=True)
class ParsedRow(Generic[R]):
    """One row, as far as it could be read."""

    row: R | None = None
    """``None`` if it was set aside."""
    time: datetime | None = None
    """``None`` if it is unreadable."""
    where: TimeRange | None = None
    """For an odd row, its second or the stretch in which it must lie."""
    values: JsonObject | None = None
    """What could be read of an odd row, by the path of the member."""
    odd: tuple[tuple[str, str], ...] = ()
    repaired: int = 0

    @property
    def is_odd(self) -> bool:
        """Whether it is unreadable in whole or in part."""
        return self.row is None or bool(self.odd or self.repaired)

    def to_odd_row(self, tracker: int | None) -> OddRow:
        """The row as coverage and log name it."""
        return OddRow(self.where, tracker, self.odd, aside=self.row is None, repaired=self.repaired)


@dataclass(frozen=True, slots=True)
class ParsedRows(Generic[R]):
    """All rows of an answer, in its order."""

    all: list[ParsedRow[R]]

    @property
    def rows(self) -> list[R]:
        """Those that were not set aside."""
        return [read.row for read in self.all if read.row is not None]

    @property
    def times(self) -> list[datetime]:
        """Their times in UTC."""
        return [read.time for read in self.all if read.row is not None and read.time is not None]

    def localise(self, zone: tzinfo | None) -> None:
        """Convert the times to UTC, reading those without offset in `zone`; NaiveTimes if there is no zone."""
        known = [read for read in self.all if read.time is not None]
        for read, moment in zip(known, in_utc([read.time for read in known if read.time], zone), strict=True):
            read.time = moment
        self.locate()

    def locate(self) -> None:
        """Note where each odd row was, or must have been."""
        lost = stretches([read.time for read in self.all])
        for index, read in enumerate(self.all):
            if read.is_odd:
                read.where = lost[index] if read.time is None else second_of(read.time)

    def odd(self, tracker: Callable[[JsonObject], int | None]) -> tuple[OddRow, ...]:
        """The rows that are unreadable in whole or in part; `tracker` finds a row's tracker in its values."""
        return tuple(read.to_odd_row(tracker(read.values or {})) for read in self.all if read.is_odd)


class RowReader(Generic[R]):
    """Reads the rows of one kind of answer.

    Args:
        kind: the Struct of a row.
        spec: how each of its members is read where the Struct cannot be.
        is_strict: whether a row that its Struct accepted is correct; the Struct may be wider than the columns.
        make: makes a row from its values by path; the Struct itself if ``None``.
        needed: members without which a row is set aside, besides its time.
    """

    def __init__(
        self,
        kind: type[R],
        spec: RowSpec,
        is_strict: Callable[[R], bool] = lambda _: True,
        *,
        make: Callable[[JsonObject], R] | None = None,
        needed: Collection[str] = (),
    ) -> None:
        self._kind = kind
        self._make = make or (lambda values: kind(**values))
        self._decode = msgspec.json.Decoder(kind).decode
        self._spec = spec
        self._is_strict = is_strict
        self._needed = needed

    @cached_property
    def decode(self) -> Callable[[bytes], Json]:
        """Decodes a whole answer that is as documented: its `list`, `limit_exceeded`, and `total` as written."""
        members: list[tuple[str, object, object]] = [
            ("list", list[self._kind], msgspec.NODEFAULT),  # type: ignore[name-defined]
            ("limit_exceeded", bool | None, None),
            ("total", msgspec.Raw, msgspec.Raw()),
        ]
        return msgspec.json.Decoder(msgspec.defstruct("Answer", members)).decode

    def read(self, raw: bytes | None, time: str) -> ParsedRows[R]:
        """The rows of a list, with their times as written.

        Args:
            raw: the list, as it was written.
            time: name of the member that holds a row's time.

        Raises:
            NotJson: it is not JSON.
            OtherShape: it is not a list.
        """
        raw = b"null" if raw is None else raw
        is_utf8 = wire.is_utf8(raw)
        found = [self.read_row(row, is_utf8=is_utf8) for row in wire.elements(raw)]
        for read in found:
            self._look(read, time)
        return ParsedRows(found)

    def read_row(self, raw: bytes, *, is_utf8: bool = False) -> ParsedRow[R]:
        """One row, whatever its time; NotJson if it is not JSON."""
        try:
            row = self._decode(raw)
            # msgspec does not look into what it passes on raw.
            if self._is_strict(row) and (is_utf8 or wire.is_utf8(raw)):
                return ParsedRow(row)
        except wire.REFUSALS:
            pass
        try:
            read = read_row(raw, self._spec)
        except wire.OtherShape:
            return ParsedRow(values={}, odd=(("the row", wire.shown(raw)),))
        made: R | None = None
        if all(read.values[name] is not None for name in self._needed):
            made = self._make(read.values)
        else:
            read.odd += [(name, "missing") for name in self._needed if read.values[name] is None and not read.odd]
        return ParsedRow(made, values=read.values, odd=tuple(read.odd), repaired=read.repaired)

    def _look(self, read: ParsedRow[R], time: str) -> None:
        """Read the time of a row; without it, the row is set aside."""
        values = read.values
        stated = getattr(read.row, time) if values is None else values.get(time)
        if isinstance(stated, str):
            try:
                read.time = read_time(stated)
            except ValueError:
                read.odd += ((time, wire.shown(stated)),)
        elif isinstance(stated, datetime) and in_calendar(stated):
            read.time = stated
        if read.time is None:
            if values is None:
                read.values = {name: getattr(read.row, name, None) for name in self._spec}
            if not read.odd:
                read.odd = ((time, "missing" if stated is None else wire.shown(str(stated))),)
            read.row, read.repaired = None, 0
