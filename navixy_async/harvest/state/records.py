"""What ledgers and tables remember, as rows and members: the definition, pieces of work, runs, and what they hold."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import msgspec

from ...errors import HarvestDamaged, InvalidInput
from ...times import TimeRange, time_text
from ..aliases import JsonObject, SqlRow
from ..plan.schedule import ReadRanges, decode_ranges
from ..report.coverage import WorkRecord

LEDGER = "ledger.sqlite"
WORK = (
    "account, trackers, start, stop, rows, bytes, late, clipped_start, clipped_stop, gaps, odd_rows, replaced_texts,"
    " read_at, zone"
)
"""The columns of a piece of work, as :func:`work_row` writes and :func:`read_work` reads them."""
WORK_VALUES = ", ".join("?" * len(WORK.split(",")))


DIGEST = re.compile(r"[0-9a-f]{12}")
"""The label of an account that was given none."""


@dataclass(frozen=True, slots=True)
class RunRecord:
    """One run of a harvest without an end."""

    began: datetime
    late_rows: int
    """Rows that turned up in what runs before it had read."""
    finished: bool
    gone: Mapping[str, Sequence[int]]
    """Trackers that it found missing and has not told of yet, by account."""


def refuse_renamed(held: Iterable[str], labels: Iterable[str], place: object) -> None:
    """Raise InvalidInput if an account that was named by a digest of its credential seems to have another name now.

    It would be read from its beginning again and stand there twice. Digests change with the credential, and those of
    logins changed when passwords were left out of them.
    """
    before, now = set(held), set(labels)
    gone = sorted(label for label in before - now if DIGEST.fullmatch(label))
    new = sorted(label for label in now - before if DIGEST.fullmatch(label))
    if gone and new:
        raise InvalidInput(
            f"{place} holds the account {gone[0]!r}, which had no label and was named by a digest of its credential; "
            f"now an account is named {new[0]!r}. If that is the same one, give it the label {gone[0]!r} to go on "
            "(label=, NAVIXY_LABEL, or label in the account file); if not, give it a label of its own"
        )


def refuse_other(
    stored: JsonObject,
    wanted: Mapping[str, object],
    place: Path | str,
    instead: str = "directory, or overwrite it",
) -> None:
    """Raise InvalidInput, naming what differs, unless both describe the same harvest."""
    older, newer = stored.get("format"), wanted.get("format")
    if older != newer:
        raise InvalidInput(
            f"{place} holds a harvest of another version of this package (format {older}; this one writes {newer}): "
            f"go on with the version that began it, or choose another {instead}"
        )
    differences = [
        f"{name} was {_shown(stored.get(name, 'none'))} and is now {_shown(wanted.get(name, 'none'))}"
        for name in sorted({*stored, *wanted})
        if stored.get(name) != wanted.get(name)
    ]
    before, now = stored.get("accounts"), wanted.get("accounts")
    if isinstance(before, list) and isinstance(now, list):
        refuse_renamed(before, now, place)
    if differences:
        raise InvalidInput(
            f"{place} holds another harvest ({'; '.join(differences)}): resume it as it was begun, choose another "
            f"{instead}"
        )


def _shown(value: object) -> str:
    if isinstance(value, list):
        shown = ", ".join(map(str, value[:5]))
        return f"[{shown}, ... {len(value)} in all]" if len(value) > 5 else f"[{shown}]"
    return "all" if value is None else str(value)


def work_row(work: WorkRecord) -> Sequence[object]:
    """A piece of work as the columns of its row."""
    clipped = work.clipped
    gaps = [(whose, (time_text(gap.start), time_text(gap.end)), reason) for whose, gap, reason in work.gaps]
    return (
        work.account,
        json.dumps(work.trackers),
        time_text(work.range.start),
        time_text(work.range.end),
        work.rows,
        work.bytes,
        work.late,
        None if clipped is None else time_text(clipped.start),
        None if clipped is None else time_text(clipped.end),
        json.dumps(gaps),
        work.odd_rows,
        work.replaced_texts,
        None if work.read_at is None else time_text(work.read_at),
        work.zone,
    )


def read_work(row: SqlRow) -> WorkRecord:
    """The piece of work that such a row tells of; HarvestDamaged if it cannot be understood."""
    account, trackers, start, stop, rows, size, late, clip_start, clip_stop, gaps, odd, replaced, read_at, zone = row
    try:
        return WorkRecord(
            account=account,
            trackers=tuple(json.loads(trackers)),
            range=_range(start, stop),
            rows=rows,
            bytes=size,
            late=late,
            clipped=None if clip_start is None else _range(clip_start, clip_stop),
            gaps=tuple((tuple(whose), _range(*gap), reason) for whose, gap, reason in json.loads(gaps)),
            odd_rows=odd,
            replaced_texts=replaced,
            read_at=None if read_at is None else datetime.fromisoformat(read_at),
            zone=zone,
        )
    except (ValueError, TypeError) as error:
        raise unreadable(f"a finished piece of work in it cannot be read ({error})") from None


def unreadable(why: str) -> HarvestDamaged:
    """The trouble of a ledger or a builder that says something that cannot be."""
    return HarvestDamaged(f"the harvest's ledger is damaged ({why}): overwrite it, or choose another place", LEDGER)


def next_run(last: RunRecord | None, began: datetime, gone: Mapping[str, Sequence[int]]) -> RunRecord:
    """The run that follows `last`; what one that was killed had found is told by the one that goes on with it."""
    late_rows = 0 if last is None or last.finished else last.late_rows
    return RunRecord(began, late_rows, finished=False, gone=gone)


def finished_run(run: RunRecord) -> RunRecord:
    """The run at its end, where it has told of the trackers that are gone."""
    return replace(run, finished=True, gone={})


def run_members(run: RunRecord) -> JsonObject:
    """A run as plain members."""
    gone = {label: list(trackers) for label, trackers in run.gone.items()}
    return {"began": time_text(run.began), "late_rows": run.late_rows, "finished": run.finished, "gone": gone}


def read_run(told: JsonObject) -> RunRecord:
    """The run that such members tell of; HarvestDamaged if they cannot be understood."""
    try:
        return RunRecord(datetime.fromisoformat(told["began"]), told["late_rows"], told["finished"], told["gone"])
    except (LookupError, ValueError, TypeError) as error:
        raise unreadable(f"its last run cannot be read ({error})") from None


def decode_rows_of_ranges(rows: Iterable[tuple[str, int, str]]) -> ReadRanges:
    """What such rows say is held; HarvestDamaged if they cannot be understood."""
    try:
        return {(account, tracker): decode_ranges(pieces) for account, tracker, pieces in rows}
    except (msgspec.DecodeError, ValueError, TypeError) as error:
        raise unreadable(f"what it holds cannot be read ({error})") from None


def _range(start: str, stop: str) -> TimeRange:
    return TimeRange(datetime.fromisoformat(start), datetime.fromisoformat(stop))
