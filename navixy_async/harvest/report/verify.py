"""Whether the files of a harvest are still those that were written, and hold what they should: read to their end."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Literal, TypeAlias

import msgspec

from ...errors import HarvestDamaged
from ..aliases import JsonObject
from ..sinks.files.directory import MANIFEST, STATE
from ..sinks.files.part_files import digest
from ..state.ledger import DayFile
from ..streams import STREAMS
from .archive import Stored, ledger_files, read_archive
from .file_reader import Expected, Faulty, count_rows

Fault: TypeAlias = Literal["missing", "changed", "foreign", "half-written", "unfinished", "damaged"]
_AT_ONCE = min(4, os.cpu_count() or 1)
_AHEAD = 64
"""The most files that wait for a free thread."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One difference from the manifest."""

    fault: Fault
    path: str
    """Relative to the harvest's directory, with ``/``."""
    detail: str

    def __str__(self) -> str:
        return f"{self.fault}: {self.path}: {self.detail}"


@dataclass(slots=True)
class Verified:
    """What was checked, and what is wrong."""

    streams: tuple[str, ...] = ()
    files: int = 0
    rows: int = 0
    bytes: int = 0
    problems: list[Problem] = field(default_factory=list)

    @property
    def is_sound(self) -> bool:
        """Whether every file is there, unchanged, and nothing else."""
        return not self.problems

    def to_json(self) -> JsonObject:
        """Plain members for a JSON object."""
        return {"is_sound": self.is_sound, **msgspec.to_builtins(self)}


def verify(root: Path) -> Verified:
    """Check every file of a harvest's directory against its manifest; nothing is changed.

    Digests are recomputed, and each file is read to its end with a reader for its kind: columns, texts, days, order and
    number of rows must be those of its stream. If a harvest is not finished, its ledger says what the files must be.

    Raises:
        InvalidInput: there is no harvest in the directory.
    """
    result = Verified()
    try:
        found = read_archive(root)
    except HarvestDamaged as error:
        result.problems.append(Problem("damaged", error.path, str(error)))
        return result
    result.streams = tuple(found)
    result.problems += _about_the_state(root, found)
    listed = [(file, expected) for name, stored in found.items() for file, expected in _expected(name, stored)]
    for file, problem in _in_threads(root, listed):
        result.files += 1
        if problem is None:
            result.rows += file.rows
            result.bytes += file.bytes
        else:
            result.problems.append(problem)
    for name, stored in found.items():
        counted = sum(file.rows for file in stored.files)
        if stored.finished and counted != stored.rows:
            result.problems.append(
                Problem(
                    "damaged", MANIFEST, f"{name}: {stored.rows:,} rows in all, but its files add up to {counted:,}"
                )
            )
    result.problems += _strangers(root, {file.path for file, _ in listed})
    result.problems.sort(key=lambda problem: (problem.path, problem.fault))
    return result


def _expected(name: str, stored: Stored) -> Iterator[tuple[DayFile, Expected | None]]:
    """Each file of a stream, with what it should hold."""
    stream = STREAMS.get(name)
    # Where a harvest is kept current, rows of trackers that left the account stay.
    fleets = stored.fleets() if stored.has_end else {}
    for file in stored.files:
        yield file, None if stream is None else Expected(stream, file.day, fleets.get(file.account))


def _in_threads(
    root: Path, files: Iterable[tuple[DayFile, Expected | None]]
) -> Iterator[tuple[DayFile, Problem | None]]:
    """Each file and what is wrong with it; hashing releases the interpreter's lock, so threads read in parallel."""
    left = iter(files)
    with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="verify") as threads:
        while batch := list(islice(left, _AHEAD)):
            found = threads.map(lambda listed: check_file(root, *listed), batch)
            yield from zip((file for file, _ in batch), found, strict=True)


def check_file(root: Path, file: DayFile, expected: Expected | None) -> Problem | None:
    """What is wrong with one file, if anything is."""
    if not _is_inside(file.path):
        return Problem("damaged", MANIFEST, f"it names {file.path!r}, which is outside the directory")
    path = root / file.path
    try:
        size = path.stat().st_size
        if size != file.bytes:
            return Problem("changed", file.path, f"{size:,} bytes instead of {file.bytes:,}")
        if digest(path) != file.sha256:
            return Problem("changed", file.path, "its SHA-256 digest differs")
        rows = file.rows if expected is None else count_rows(path, expected)
    except FileNotFoundError:
        return Problem("missing", file.path, f"its {file.rows:,} rows are gone")
    except Faulty as error:
        return Problem("damaged", file.path, str(error))
    except OSError as error:
        return Problem("damaged", file.path, f"it cannot be read: {error}")
    if rows != file.rows:
        return Problem("damaged", MANIFEST, f"it lists {file.rows:,} rows for {file.path}, but the file has {rows:,}")
    return None


def _is_inside(path: str) -> bool:
    pure = PurePosixPath(path)
    return not pure.is_absolute() and ".." not in pure.parts and bool(pure.parts) and pure.parts[0] != STATE


def _about_the_state(root: Path, found: dict[str, Stored]) -> Iterator[Problem]:
    """Harvests that have not finished, and what killed ones left behind."""
    for name, stored in found.items():
        if not stored.finished:
            yield Problem("unfinished", f"stream={name}", "the harvest was not completed: resume it")
            continue
        try:
            known = ledger_files(root, name)
        except HarvestDamaged as error:
            yield Problem("damaged", error.path, str(error))
            continue
        if known is not None and sorted(_core(known)) != sorted(_core(stored.files)):
            yield Problem("damaged", MANIFEST, f"{name}: manifest and ledger name different files, rows or digests")
    for scratch in sorted([*root.glob(f"{STATE}/*/tmp/*"), *root.glob(f"{STATE}/*.tmp")]):
        yield Problem("half-written", scratch.relative_to(root).as_posix(), "left behind by a harvest that was killed")


def _core(files: Iterable[DayFile]) -> Iterator[tuple[str, int, str]]:
    return ((file.path, file.rows, file.sha256) for file in files)


def _strangers(root: Path, known: set[str]) -> Iterator[Problem]:
    """Files that no harvest made: readers of the whole directory would read them as rows."""
    for folder, folders, names in os.walk(root):
        here = Path(folder)
        if here == root:
            folders[:] = [name for name in folders if name != STATE]
        for name in names:
            path = (here / name).relative_to(root).as_posix()
            if path not in known and path != MANIFEST:
                yield Problem("foreign", path, "neither the manifest nor a ledger lists it")
