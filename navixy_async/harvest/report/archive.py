"""What a harvest's directory holds: by its manifest, or by the ledger of a harvest that is not finished.

Only reads, and needs nothing but the directory: no platform, no credential.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, tzinfo
from pathlib import Path
from typing import Literal, TypeAlias

import msgspec

from ...errors import HarvestDamaged, InvalidInput
from ...times import SECOND, TimeRange, zone
from ..aliases import JsonObject, Keywords
from ..plan.due import hull
from ..plan.local_days import begin_of, days_asked_of, moment_of
from ..sinks.files.directory import MANIFEST, STATE
from ..state.ledger import DayFile, Ledger
from ..state.records import RunRecord
from ..state.store import FORMAT, OPEN
from ..streams import STREAMS, RereadPolicy
from .coverage import RANGES, Coverage, Hole
from .coverage_builder import CoverageBuilder
from .pending import Parts, Pending

State: TypeAlias = Literal["complete", "waiting", "blocked", "clipped", "gap", "failed"]
STATES: tuple[State, ...] = ("complete", "waiting", "blocked", "clipped", "gap", "failed")
"""What a range can be, the mildest first.

``waiting``: not requested yet, because the harvest is unfinished or the range was not over.
"""


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
    files: tuple[DayFile, ...]
    coverage: _Coverage
    parameters: JsonObject = {}


class _Manifest(msgspec.Struct):
    streams: dict[str, _Section]


@dataclass(frozen=True, slots=True)
class Stored:
    """One stream in a harvest's directory.

    Attributes:
        coverage: what was read, and what is missing.
        files: the files of the result.
        rows: how many rows the result should hold.
        waiting: ranges that an unfinished harvest has not asked for yet.
        pending: rows of an unfinished harvest that are in no whole file yet, by account and day.
        finished: whether the harvest was completed, and the manifest describes it.
        has_end: whether it is finished, and for a range with an end.
    """

    coverage: Coverage
    files: tuple[DayFile, ...]
    rows: int
    waiting: tuple[Hole, ...] = ()
    pending: tuple[Pending, ...] = ()
    finished: bool = True
    has_end: bool = False

    def counted_files(self) -> Iterator[DayFile]:
        """The files whose rows count; those of days that are pending as a whole do not."""
        again = {(part.account, part.day) for part in self.pending if part.instead}
        return (file for file in self.files if (file.account, file.day) not in again)

    @property
    def is_complete(self) -> bool:
        """Whether the harvest is finished, and without a hole of any kind."""
        return self.finished and self.coverage.is_complete

    def holes(self) -> Iterator[tuple[State, Hole]]:
        """Every hole with its kind, the gravest kind first."""
        for kind in reversed(STATES[1:]):
            holes: tuple[Hole, ...] = getattr(self.coverage, "gaps" if kind == "gap" else kind)
            yield from ((kind, hole) for hole in (*holes, *(self.waiting if kind == "waiting" else ())))

    def fleets(self) -> dict[str, list[int]]:
        """The trackers of the harvest, by account; none where they were never read."""
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
        HarvestDamaged: the manifest or a ledger cannot be understood.
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
            f"{root / MANIFEST} is damaged ({error}): resume each harvest in it, which rewrites it", MANIFEST
        ) from None
    except OSError as error:
        raise InvalidInput(f"{root / MANIFEST} cannot be read ({error.strerror}): change its permissions") from None


def ledger_files(root: Path, stream: str) -> tuple[DayFile, ...] | None:
    """The files of a stream as its ledger knows them; ``None`` if it has no ledger.

    Raises:
        HarvestDamaged: the ledger cannot be understood.
    """
    path = root / STATE / stream / "ledger.sqlite"
    if not path.exists():
        return None
    with _opened(path) as ledger:
        return tuple(ledger.files())


@contextmanager
def _opened(path: Path) -> Iterator[Ledger]:
    """A ledger to read from; HarvestDamaged if it cannot be understood."""
    try:
        with closing(Ledger(path, read_only=True)) as ledger:
            yield ledger
    except HarvestDamaged:
        raise
    except (sqlite3.Error, ValueError, LookupError, TypeError) as error:
        raise HarvestDamaged(
            f"{path} is damaged or locked ({error}): wait until it is free, or overwrite it", _inside(path)
        ) from None


def _inside(path: Path) -> str:
    return f"{STATE}/{path.parent.name}/{path.name}"


def _finished(name: str, section: _Section) -> Stored:
    members: Keywords = msgspec.structs.asdict(section.coverage)
    asked = TimeRange(members.pop("start"), members.pop("end"))
    complete = {
        (account, tracker): tuple(TimeRange(*part) for part in parts)
        for account, trackers in members.pop("complete").items()
        for tracker, parts in trackers.items()
    }
    members |= {kind: tuple(hole.hole() for hole in members[kind]) for kind in RANGES}
    members["asked"] = {account: TimeRange(*part) for account, part in members["asked"].items()}
    has_end = section.parameters.get("end", OPEN) != OPEN
    return Stored(Coverage(name, asked, complete, **members), section.files, section.rows, has_end=has_end)


def _read_ledger(path: Path, stream: str) -> Stored | None:
    """What an unfinished harvest has brought so far; ``None`` if it never began."""
    with _opened(path) as ledger:
        definition = ledger.definition()
        if definition is None:
            return None
        if (other := definition.get("format")) != FORMAT:
            raise HarvestDamaged(
                f"{path} is of an unfinished harvest of another version of this package (format {other}; this one "
                f"reads {FORMAT}): continue with the version that began it, or overwrite it",
                _inside(path),
            )
        return _unfinished(ledger, path.parent.parent.parent, stream, definition)


def pending_by_tracker(root: Path, stream: str) -> Iterator[tuple[str, date, Mapping[int, int]]]:
    """Rows that are in no whole file yet, by account, day and tracker.

    Raises:
        HarvestDamaged: the ledger cannot be understood.
    """
    with _opened(root / STATE / stream / "ledger.sqlite") as ledger, Parts(root, stream, ledger) as parts:
        yield from parts.by_tracker()


def _unfinished(ledger: Ledger, root: Path, stream: str, definition: JsonObject) -> Stored:
    run, calendars = ledger.run(), ledger.calendars()
    zones = {label: zone(name) for label, name in calendars.items()}
    by_account = {label: _asked(stream, definition, run, zone) for label, zone in zones.items()}
    asked = hull(by_account) or _asked(stream, definition, run, UTC)
    builder = CoverageBuilder(stream, asked, by_account=by_account, calendars=calendars)
    fleets = ledger.fleets()
    for label, fleet in fleets.items():
        builder.expect(label, fleet.open)
        builder.block(label, fleet.blocked)
    builder.zones |= ledger.zones()
    builder.restore_ranges(ledger.ranges())
    if run is not None:
        days_begin = {label: begin_of(run.began, zone) for label, zone in zones.items()}
        builder.began(run.began, days_begin, has_end=False)
    for work in ledger.work():
        builder.deliver(work)
    coverage = builder.close()
    # A ledger stores only what was done: it does not separate what failed from what was never requested.
    waiting = [replace(hole, reason="not requested yet") for hole in coverage.failed]
    accounts = fleets if definition["accounts"] == OPEN else definition["accounts"]
    waiting += [Hole(label, None, asked, "not requested yet") for label in accounts if label not in fleets]
    with Parts(root, stream, ledger) as parts:
        pending = tuple(parts.days())
    files = tuple(ledger.files())
    found = Stored(replace(coverage, failed=()), files, 0, tuple(waiting), pending, finished=False)
    # Rows that earlier runs read are in the files, but in no count of the ledger.
    rows = sum(file.rows for file in found.counted_files()) + sum(part.rows for part in pending)
    return replace(found, rows=rows)


def _asked(stream: str, definition: JsonObject, run: RunRecord | None, zone: tzinfo) -> TimeRange:
    """The range of the harvest, or of its last run if it has no end; days are those of the zone."""
    if run is not None and STREAMS[stream].reread == RereadPolicy.SNAPSHOT:
        return TimeRange(run.began, run.began + SECOND)
    start, end = _moment(definition["start"]), None if run is not None else _moment(definition["end"])
    if STREAMS[stream].by_calendar:
        return days_asked_of(start, end, moment_of(start) if run is None else run.began, zone)
    return TimeRange(moment_of(start), run.began if run is not None else moment_of(end or start))


def _moment(text: str) -> date:
    """A date or a datetime, as definitions have them."""
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
