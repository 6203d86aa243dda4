"""A harvest's directory as it lies there: what its manifest says, or its ledgers where a harvest is not finished.

Only reads. Needs nothing but the directory: no platform, no credential.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, tzinfo
from pathlib import Path
from typing import Literal, TypeAlias

import msgspec

from ...errors import HarvestDamaged, InvalidInput
from ...times import SECOND, TimeRange, zone
from ..aliases import JsonObject
from ..plan.due import hull
from ..plan.local_days import begin_of, days_asked_of, moment_of
from ..sinks.files.directory import MANIFEST, STATE
from ..state.ledger import Ledger
from ..state.records import RunRecord
from ..state.store import FORMAT, OPEN
from ..streams import STREAMS, RereadPolicy
from .coverage import Coverage, Hole
from .coverage_builder import CoverageBuilder
from .pending import Parts, Pending

State: TypeAlias = Literal["complete", "waiting", "blocked", "clipped", "gap", "failed"]
STATES: tuple[State, ...] = ("complete", "waiting", "blocked", "clipped", "gap", "failed")
"""What can be the matter with a range, the mildest first.

``waiting``: not asked for yet, because the harvest is unfinished, or because it was not over yet.
"""


class StoredFile(msgspec.Struct, frozen=True):
    """One file of the result, as manifest or ledger describe it."""

    path: str
    """Relative to the harvest's directory, with ``/``."""
    rows: int
    bytes: int
    sha256: str
    whole: bool = True
    account: str | None = None
    date: date | None = None


class _Hole(msgspec.Struct):
    account: str
    tracker_id: int | None
    start: datetime
    end: datetime
    reason: str
    error: str | None = None
    code: int | None = None

    def hole(self) -> Hole:
        return Hole(self.account, self.tracker_id, TimeRange(self.start, self.end), self.reason, self.error, self.code)


class _Coverage(msgspec.Struct):
    start: datetime
    end: datetime
    rows: int
    complete: dict[str, dict[int, list[tuple[datetime, datetime]]]]
    late: int = 0
    late_rows: int = 0
    odd_rows: int = 0
    replaced_texts: int = 0
    zones: dict[str, str] = msgspec.field(default_factory=dict)
    clipped: list[_Hole] = msgspec.field(default_factory=list)
    gaps: list[_Hole] = msgspec.field(default_factory=list)
    failed: list[_Hole] = msgspec.field(default_factory=list)
    blocked: list[_Hole] = msgspec.field(default_factory=list)
    waiting: list[_Hole] = msgspec.field(default_factory=list)
    young: list[_Hole] = msgspec.field(default_factory=list)
    calendars: dict[str, str] = msgspec.field(default_factory=dict)
    asked: dict[str, tuple[datetime, datetime]] = msgspec.field(default_factory=dict)


class _Section(msgspec.Struct):
    rows: int
    files: tuple[StoredFile, ...]
    coverage: _Coverage


class _Manifest(msgspec.Struct):
    streams: dict[str, _Section]


@dataclass(frozen=True, slots=True)
class Stored:
    """One stream in a harvest's directory.

    Attributes:
        coverage: what is there, and what is not.
        files: the files of the result.
        rows: rows that the result is said to hold.
        waiting: ranges that an unfinished harvest did not ask for yet.
        pending: rows of an unfinished harvest that are in no whole file yet, by account and day.
        finished: whether the harvest came to its end, and the manifest describes it.
    """

    coverage: Coverage
    files: tuple[StoredFile, ...]
    rows: int
    waiting: tuple[Hole, ...] = ()
    pending: tuple[Pending, ...] = ()
    finished: bool = True

    def counted_files(self) -> Iterator[StoredFile]:
        """The files whose rows count: not those that hold again what is still pending."""
        again = {(part.account, part.day) for part in self.pending if part.instead}
        return (file for file in self.files if (file.account, file.date) not in again)

    @property
    def is_complete(self) -> bool:
        """Whether the harvest is finished, and without a hole of any kind."""
        return self.finished and self.coverage.is_complete

    def holes(self) -> Iterator[tuple[State, Hole]]:
        """Every hole with its kind, the gravest kind first."""
        kinds: tuple[tuple[State, tuple[Hole, ...]], ...] = (
            ("failed", self.coverage.failed),
            ("gap", self.coverage.gaps),
            ("clipped", self.coverage.clipped),
            ("blocked", self.coverage.blocked),
            ("waiting", self.coverage.waiting + self.waiting),
        )
        for kind, holes in kinds:
            for hole in holes:
                yield kind, hole

    def fleets(self) -> dict[str, list[int]]:
        """The trackers that the harvest is about, by account; an account that never told its trackers has none."""
        found: dict[str, set[int]] = {account: set() for account in self.coverage.zones}
        for account, tracker in self.coverage.complete:
            found.setdefault(account, set()).add(tracker)
        for _, hole in self.holes():
            trackers = found.setdefault(hole.account, set())
            if hole.tracker_id is not None:
                trackers.add(hole.tracker_id)
        return {account: sorted(found[account]) for account in sorted(found)}


def read_archive(root: Path) -> dict[str, Stored]:
    """Every stream in the directory, by name.

    Raises:
        HarvestDamaged: its manifest or a ledger cannot be understood.
        InvalidInput: there is no harvest in it.
    """
    if not root.is_dir():
        raise InvalidInput(f"{root} is not a directory: name the one that a harvest was written to")
    found = _read_manifest(root)
    for ledger in sorted(root.glob(f"{STATE}/*/ledger.sqlite")):
        name = ledger.parent.name
        if name not in found and (unfinished := _read_ledger(ledger, name)) is not None:
            found[name] = unfinished
    if not found:
        raise InvalidInput(f"{root} holds no harvest: name the directory that was given to --out")
    return dict(sorted(found.items()))


def _read_manifest(root: Path) -> dict[str, Stored]:
    """The finished streams in the directory, by name; none if it has no manifest."""
    try:
        manifest = msgspec.json.decode((root / MANIFEST).read_bytes(), type=_Manifest)
        return {name: _finished(name, section) for name, section in manifest.streams.items()}
    except FileNotFoundError:
        return {}
    except (msgspec.DecodeError, InvalidInput) as error:
        raise HarvestDamaged(
            f"{root / MANIFEST} is damaged ({error}): resume each harvest in it, which writes it anew", MANIFEST
        ) from None
    except OSError as error:
        raise InvalidInput(f"{root / MANIFEST} cannot be read ({error.strerror}): change its permissions") from None


def ledger_files(root: Path, stream: str) -> tuple[StoredFile, ...] | None:
    """The files of a stream as its ledger knows them; ``None`` if it has no ledger.

    Raises:
        HarvestDamaged: the ledger cannot be understood.
    """
    path = root / STATE / stream / "ledger.sqlite"
    if not path.exists():
        return None
    try:
        with closing(Ledger(path, read_only=True)) as ledger:
            return _files_of(ledger)
    except (sqlite3.Error, ValueError) as error:
        raise _damaged(path, error) from None


def _finished(name: str, section: _Section) -> Stored:
    stored = section.coverage
    complete = {
        (account, tracker): tuple(TimeRange(*part) for part in parts)
        for account, trackers in stored.complete.items()
        for tracker, parts in trackers.items()
    }
    coverage = Coverage(
        stream=name,
        range=TimeRange(stored.start, stored.end),
        complete=complete,
        clipped=tuple(hole.hole() for hole in stored.clipped),
        gaps=tuple(hole.hole() for hole in stored.gaps),
        failed=tuple(hole.hole() for hole in stored.failed),
        blocked=tuple(hole.hole() for hole in stored.blocked),
        waiting=tuple(hole.hole() for hole in stored.waiting),
        young=tuple(hole.hole() for hole in stored.young),
        calendars=stored.calendars,
        asked={account: TimeRange(*part) for account, part in stored.asked.items()},
        rows=stored.rows,
        late=stored.late,
        late_rows=stored.late_rows,
        odd_rows=stored.odd_rows,
        replaced_texts=stored.replaced_texts,
        zones=stored.zones,
    )
    return Stored(coverage, section.files, section.rows)


def _read_ledger(path: Path, stream: str) -> Stored | None:
    """What an unfinished harvest has brought so far; ``None`` if it never began."""
    try:
        with closing(Ledger(path, read_only=True)) as ledger:
            definition = ledger.definition()
            if definition is None:
                return None
            if (other := definition.get("format")) != FORMAT:
                raise HarvestDamaged(
                    f"{path} is of an unfinished harvest of another version of this package (format {other}; this one "
                    f"reads {FORMAT}): go on with the version that began it, or overwrite it",
                    f"{STATE}/{stream}/{path.name}",
                )
            return _unfinished(ledger, path.parent, definition)
    except HarvestDamaged:
        raise
    except (sqlite3.Error, ValueError, LookupError, TypeError) as error:
        raise _damaged(path, error) from None


def pending_by_tracker(root: Path, stream: str) -> Iterator[tuple[str, date, Mapping[int, int]]]:
    """Rows that are in no whole file yet, by account, day and tracker.

    Raises:
        HarvestDamaged: the ledger cannot be understood.
    """
    path = root / STATE / stream / "ledger.sqlite"
    try:
        with closing(Ledger(path, read_only=True)) as ledger:
            yield from _parts(ledger, path.parent).by_tracker()
    except (sqlite3.Error, ValueError, LookupError, TypeError) as error:
        raise _damaged(path, error) from None


def _parts(ledger: Ledger, folder: Path) -> Parts:
    return Parts(folder, folder.name, ledger, None if ledger.run() is None else ledger.ranges())


def _unfinished(ledger: Ledger, folder: Path, definition: JsonObject) -> Stored:
    stream, run = folder.name, ledger.run()
    calendars = ledger.calendars()
    by_account = {label: _asked(stream, definition, run, zone(name)) for label, name in calendars.items()}
    asked = hull(by_account) or _asked(stream, definition, run, UTC)
    builder = CoverageBuilder(stream, asked, by_account=by_account, calendars=calendars)
    fleets = ledger.fleets()
    for label, fleet in fleets.items():
        builder.expect(label, fleet.open)
        builder.block(label, fleet.blocked)
    builder.zones |= ledger.zones()
    builder.restore_ranges(ledger.ranges())
    if run is not None:
        builder.began(
            run.began, {label: begin_of(run.began, zone(name)) for label, name in calendars.items()}, has_end=False
        )
    for work in ledger.work():
        builder.deliver(work)
    coverage = builder.close()
    # A ledger keeps what was done: what failed stands in it no more than what was never asked for.
    waiting = [replace(hole, reason="not asked for yet") for hole in coverage.failed]
    accounts = fleets if definition["accounts"] == OPEN else definition["accounts"]
    waiting += [Hole(label, None, asked, "not asked for yet") for label in accounts if label not in fleets]
    pending = tuple(_parts(ledger, folder).days())
    found = Stored(
        replace(coverage, failed=()), _files_of(ledger), 0, waiting=tuple(waiting), pending=pending, finished=False
    )
    # What earlier runs read is in the files, and in no book's count.
    rows = sum(file.rows for file in found.counted_files()) + sum(part.rows for part in pending)
    return replace(found, rows=rows)


def _asked(stream: str, definition: JsonObject, run: RunRecord | None, zone: tzinfo) -> TimeRange:
    """What the harvest, or its last run if it has no end, is about; days are those of the zone."""
    if run is not None and STREAMS[stream].reread == RereadPolicy.SNAPSHOT:
        return TimeRange(run.began, run.began + SECOND)
    start, end = _moment(definition["start"]), None if run is not None else _moment(definition["end"])
    if STREAMS[stream].by_calendar:
        return days_asked_of(start, end, moment_of(start) if run is None else run.began, zone)
    return TimeRange(moment_of(start), run.began if run is not None else moment_of(end or start))


def _moment(text: str) -> date:
    """A date or a datetime, as definitions have them."""
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


def _files_of(ledger: Ledger) -> tuple[StoredFile, ...]:
    return tuple(
        StoredFile(file.path, file.rows, file.bytes, file.sha256, file.whole, file.account, file.day)
        for file in ledger.files()
    )


def _damaged(path: Path, error: Exception) -> HarvestDamaged:
    inside = f"{STATE}/{path.parent.name}/{path.name}"
    return HarvestDamaged(f"{path} is damaged or locked ({error}): wait for whoever uses it, or overwrite it", inside)
