"""What a harvest had read and was damaged since: it is forgotten, so that it is fetched again."""

from __future__ import annotations

import logging
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from ....errors import InvalidInput
from ....paging.intervals import IntervalSet
from ....times import utc_day
from ...state.ledger import DayFile, Ledger, Part
from ...state.records import WorkRecord
from .directory import DatasetDirectory
from .part_files import checksum, digest

log = logging.getLogger("navixy_async")


def forget_spoilt_parts(target: DatasetDirectory, ledger: Ledger) -> None:
    """Forget, with a warning, the work whose rows lie in parts that are not as they were written."""
    faults = {number: _fault(target.part(number), ledger.part(number)) for number in sorted(ledger.parts())}
    if any(faults.values()):
        _settle_intents(target, ledger)
    for number, fault in faults.items():
        if fault:
            log.warning("%s %s: what it held is fetched again", target.part(number), fault)
            _forget_part(target, ledger, number)


def _settle_intents(target: DatasetDirectory, ledger: Ledger) -> None:
    """Files that were about to change when a run was killed, and did: what was merged into them is no longer needed."""
    for path, (file, late_rows) in ledger.intents().items():
        about, final = file or ledger.file(path), target.root / path
        there = digest(final) if final.exists() else None
        if about is not None and there == (file and file.sha256):
            ledger.keep_files(about.account, about.day, {path: file}, spent=True, late_rows=late_rows)


def _fault(path: Path, written: Part | None) -> str:
    try:
        found = path.stat().st_size, checksum(path)
    except FileNotFoundError:
        return "is missing"
    except OSError as error:
        return f"cannot be read ({error.strerror})"
    return "" if written is None or found == (written.bytes, written.checksum) else "is not as it was written"


def _forget_part(target: DatasetDirectory, ledger: Ledger, number: int) -> None:
    days: dict[tuple[str, int], set[date]] = defaultdict(set)
    rows: Counter[tuple[str, int]] = Counter()
    slices = ledger.slices_in(number)
    for one in slices:
        days[one.account, one.work].add(one.day)
        rows[one.account, one.work] += one.rows
    works = ledger.work_of(slices)
    for (account, work), gone in days.items():
        ledger.exchange_work(work, list(_left(works[work], gone, rows[account, work])), gone)
    touched = {(account, day) for (account, _), gone in days.items() for day in gone}
    for account, day in touched - set(ledger.pending_days()):
        _drop_files(target, ledger, account, day)


def _drop_files(target: DatasetDirectory, ledger: Ledger, account: str, day: date) -> None:
    """Files made of rows that are fetched again: whether there will be any is unknown."""
    for file in ledger.files():
        if (file.account, file.day) == (account, day) and not file.whole:
            (target.root / file.path).unlink(missing_ok=True)
            ledger.forget_files(account, day)


def forget_missing_files(target: DatasetDirectory, ledger: Ledger) -> None:
    """Forget, with a warning, the work whose rows were in files that are gone.

    Raises:
        InvalidInput: a file is there, but not as it was written; nothing was forgotten for it.
    """
    missing: dict[tuple[str, date], int] = {}
    files = [file for file in ledger.files() if file.whole]
    for file in files:
        path = target.root / file.path
        if not path.exists():
            log.warning("%s is missing: what it held is fetched again", path)
            missing[file.account, file.day] = 0
        elif path.stat().st_size != file.bytes or digest(path) != file.sha256:
            raise InvalidInput(
                f"{path} is not as it was written: put it back as it was, or delete it, and resume the harvest: then "
                "what it held is fetched again"
            )
    for file in files:  # of a day with a file for each tracker, all are made again
        if (file.account, file.day) in missing:
            missing[file.account, file.day] += file.rows
    for (account, day), rows in missing.items():
        _forget_day(ledger, account, day, rows)


def forget_days(ledger: Ledger, ranges: Mapping[tuple[str, int], IntervalSet]) -> None:
    """Forget, with a warning, the work of all whole days that these ranges touch, so that they are fetched again."""
    touched = {(account, day) for (account, _), parts in ranges.items() for part in parts for day in part.utc_days()}
    rows: Counter[tuple[str, date]] = Counter()
    for file in ledger.files():
        if file.whole and (file.account, file.day) in touched:
            rows[file.account, file.day] += file.rows
    for (account, day), count in rows.items():
        log.warning("%s, %s: was read under a clock that was ahead: it is fetched again", account, day)
        _forget_day(ledger, account, day, count)


def _forget_day(ledger: Ledger, account: str, day: date, rows: int) -> None:
    touching = [(number, work) for number, work in ledger.work_on(account, day).items() if day in work.range.utc_days()]
    # Only the total number of rows is known: those of work that is gone for good come first.
    for number, work in sorted(touching, key=lambda entry: len(list(entry[1].range.utc_days()))):
        share = min(rows, work.rows)
        rows -= share
        ledger.exchange_work(number, list(_left(work, {day}, share)), {day})
    ledger.forget_files(account, day)


def _left(work: WorkRecord, gone: Collection[date], rows: int) -> Iterator[WorkRecord]:
    """Finished work without some days, on which it brought so many rows."""
    lost = IntervalSet(map(utc_day, gone))
    rest = replace(work, rows=work.rows - rows)
    for part in IntervalSet([work.range]) - lost:
        clipped = IntervalSet([work.clipped] if work.clipped else []) & IntervalSet([part])
        gaps = [
            (whose, rest, reason)
            for whose, gap, reason in work.gaps
            for rest in IntervalSet([gap]) & IntervalSet([part])
        ]
        yield replace(rest, range=part, clipped=next(iter(clipped), None), gaps=tuple(gaps))
        rest = replace(rest, rows=0, bytes=0, late=0, odd_rows=0, replaced_texts=0)


def check_files_are_there(target: DatasetDirectory, files: Collection[DayFile]) -> None:
    """Raise OSError for a file of the result that was removed or truncated."""
    for file in files:
        path = target.root / file.path
        if not path.exists() or path.stat().st_size != file.bytes:
            fault = "is not as it was written" if path.exists() else "is missing"
            raise OSError(
                f"{file.path} {fault}, and rows that were read would be lost: put it back, or overwrite the harvest"
            )
