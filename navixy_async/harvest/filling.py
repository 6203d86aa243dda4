"""What is to be harvested, and how a run fills files or a table: each step safe before the next one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path

from ..errors import InvalidInput
from ..operations import Caller
from ..times import TimeRange, require_aware
from .account import Fleet
from .accounts import HarvestAccounts, Lacking, Past, next_increment, ranges_of, read_past, schedule_of
from .aliases import JsonObject
from .engine import OnError
from .options import DecodePool, Options
from .plan.due import Recall, ranges_of_work, recall_nothing, remaining, total
from .plan.local_days import moment_of
from .plan.schedule import Increments, Schedule
from .report.coverage import Coverage
from .report.coverage_builder import CoverageBuilder
from .sinks.disk import DiskThread
from .sinks.files.dataset import DatasetSink
from .sinks.files.directory import DatasetDirectory, check_labels
from .sinks.files.incremental import IncrementalParquetSink
from .sinks.files.parquet import ParquetSink
from .sinks.files.repair import check_files_are_there, forget_days, forget_missing_files, forget_spoilt_parts
from .sinks.tables.table import TableSink, TableStore
from .state.ledger import FORMAT, OPEN, Ledger
from .state.records import refuse_other, refuse_renamed
from .streams import Stream


@dataclass(frozen=True, slots=True)
class HarvestSpec:
    """What is to be harvested.

    Attributes:
        callers: the accounts.
        stream: what the rows are.
        start: where the range begins; a local date of each account if rows are of days.
        end: where it ends, itself not included; ``None`` for a harvest that is kept current, up to now in every run.
        trackers: ids, sorted; all trackers if ``None``.
        options: how it runs.
        increments: how it is kept current, and by which clock.
    """

    callers: Sequence[Caller]
    stream: Stream
    start: date
    end: date | None
    trackers: Sequence[int] | None
    options: Options
    increments: Increments

    def __post_init__(self) -> None:
        for name, moment in (("start", self.start), ("end", self.end)):
            if moment is not None:
                self._check(name, moment)
        if self.end is not None:
            if isinstance(self.start, datetime) != isinstance(self.end, datetime):
                raise InvalidInput("start and end must both be dates, or both be datetimes: make them alike")
            TimeRange(*map(moment_of, (self.start, self.end)))
        check_labels(self.labels)

    def _check(self, name: str, moment: date) -> None:
        if isinstance(moment, datetime) or not isinstance(moment, date):
            require_aware(moment, name)
        elif not self.stream.by_calendar:
            raise InvalidInput(
                f"{name} is a date ({moment.isoformat()}), and {self.stream.name} are of moments: give it a time, for "
                f"example datetime({moment.year}, {moment.month}, {moment.day}, tzinfo=UTC)"
            )

    @property
    def asked(self) -> TimeRange:
        """What is asked for where no calendar says it otherwise; of a harvest with an end."""
        assert self.end is not None
        return TimeRange(moment_of(self.start), moment_of(self.end))

    @property
    def on_error(self) -> OnError:
        """What a range that fails for good does to a run that keeps what it did."""
        return self.options.on_error or "collect"

    @property
    def schedule(self) -> Schedule:
        """When what was read is due again."""
        return schedule_of(self.stream, self.increments)

    @property
    def labels(self) -> list[str]:
        """What the accounts are called."""
        return [caller.label for caller in self.callers]

    def run(self, executor: ThreadPoolExecutor) -> HarvestAccounts:
        """A run of it."""
        return HarvestAccounts(self.callers, self.stream, self.trackers, self.options, executor)

    async def open_once(self, run: HarvestAccounts, on_error: OnError) -> tuple[CoverageBuilder, Lacking]:
        """A builder for a run that remembers nothing, and what it is to ask for: never what lies ahead."""
        await run.read_fleets({}, on_error, {})
        await run.read_calendars(on_error)
        if self.end is not None:
            left = await remaining(run, self, recall_nothing)
            return left.builder, left.due
        increment = await next_increment(run, self.stream, self.start, self.increments, Past())
        return increment.builder, increment.due

    def definition(self, kind: type[DatasetSink] = ParquetSink) -> JsonObject:
        """What makes it this harvest and no other; accounts come and go while a harvest without an end goes on."""
        return {
            "format": FORMAT,
            "stream": self.stream.name,
            "start": self.start.isoformat(),
            "end": OPEN if self.end is None else self.end.isoformat(),
            "trackers": None if self.trackers is None else list(self.trackers),
            "accounts": OPEN if self.end is None else sorted(self.labels),
            **self.stream.parameters,
            **({} if kind.kind == ParquetSink.kind else {"files": kind.kind}),
        }


# --- files ----------------------------------------------------------------------------------------------------------


async def write_files(spec: HarvestSpec, target: DatasetDirectory, kind: type[DatasetSink]) -> Coverage:
    """Write the files of a harvest with an end, or what they still lack."""
    definition = spec.definition(kind)
    with ExitStack() as stack:
        run, disk = _begin_run(spec, stack, target.root)
        ledger: Ledger | None = None
        known: dict[str, Fleet] = {}
        if target.resume and target.ledger.exists():
            ledger = await _open(target, stack, disk)
            known = await disk.run(partial(_go_on, ledger, definition, target.root))
            await disk.run(partial(forget_spoilt_parts, target, ledger))
            await disk.run(partial(forget_missing_files, target, ledger))
        await run.read_fleets(known, spec.on_error, {})
        await run.read_calendars(spec.on_error)
        left = await remaining(run, spec, _recall_from(ledger, disk))
        if ledger is not None and left.doubted is not None and not spec.stream.by_calendar:
            # Files of whole days cannot be made of what is read once more alone.
            await disk.run(partial(forget_days, ledger, left.again))
            left = await remaining(run, spec, _recall_from(ledger, disk))
        if ledger is None:
            ledger = await _open_new(target, stack, disk)
        new = {label: fleet for label, fleet in run.fleets.items() if label not in known}
        await disk.run(partial(ledger.begin, definition, new))
        await disk.run(partial(ledger.read_again, left.doubted, overlaid=bool(left.again or left.doubted)))
        await _keep_calendars(run, ledger, disk)
        sink = kind(
            disk,
            target=target,
            ledger=ledger,
            stream=spec.stream,
            lacking=total(left.due, left.again),
            zones=left.builder.zones,
            again=left.again,
            unsettled=left.unsettled,
        )
        try:
            return await run.fill(sink, left.builder, left.due, definition, left.outdated)
        finally:
            await sink.close()


async def grow_files(spec: HarvestSpec, target: DatasetDirectory) -> Coverage:
    """Bring what is due now into the files of a harvest without an end."""
    definition = spec.definition()
    with ExitStack() as stack:
        run, disk = _begin_run(spec, stack, target.root)
        ledger: Ledger | None = None
        past = Past()
        if target.resume and target.ledger.exists():
            ledger = await _open(target, stack, disk)
            await disk.run(partial(_go_on, ledger, definition, target.root))
            await disk.run(partial(forget_spoilt_parts, target, ledger))
            await _recover(spec, target, ledger, disk)
            await disk.run(partial(check_files_are_there, target, await disk.run(ledger.files)))
            past = await disk.run(partial(read_past, ledger, spec.stream, spec.schedule))
            refuse_renamed(past.fleets, spec.labels, target.root)
        await run.read_fleets({}, spec.on_error, past.fleets)
        await run.read_calendars(spec.on_error)
        increment = await next_increment(run, spec.stream, spec.start, spec.increments, past)
        if ledger is None:
            ledger = await _open_new(target, stack, disk)
        begin = partial(ledger.begin_run, definition, increment.fleets, increment.began)
        await disk.run(partial(begin, gone=increment.gone, folded=increment.past.folded))
        await _keep_calendars(run, ledger, disk)
        builder = increment.builder
        builder.zones |= await disk.run(ledger.zones)
        sink = IncrementalParquetSink(
            disk,
            held=increment.held,
            target=target,
            ledger=ledger,
            stream=spec.stream,
            lacking=total(increment.due, ranges_of_work(increment.outdated)),
            zones=builder.zones,
        )
        try:
            return await run.fill(sink, builder, increment.due, definition, increment.outdated)
        finally:
            await sink.close()


async def _keep_calendars(run: HarvestAccounts, ledger: Ledger, disk: DiskThread) -> None:
    if run.calendars:
        await disk.run(partial(ledger.keep_calendars, {label: zone.key for label, zone in run.calendars.items()}))


async def _recover(spec: HarvestSpec, target: DatasetDirectory, ledger: Ledger, disk: DiskThread) -> None:
    """Bring into the files what a run that was killed had read."""
    held = await disk.run(lambda: ranges_of(ledger.held()))
    sink = IncrementalParquetSink(
        disk, held=held, target=target, ledger=ledger, stream=spec.stream, lacking={}, zones={}
    )
    try:
        await sink.recover()
    finally:
        await sink.close()


def _begin_run(spec: HarvestSpec, stack: ExitStack, place: Path | TableStore) -> tuple[HarvestAccounts, DiskThread]:
    """A run and its disk's thread, until the stack ends."""
    run = spec.run(stack.enter_context(DecodePool()))
    disk = DiskThread(place) if isinstance(place, Path) else DiskThread(place.place, place.interrupt)
    stack.callback(disk.close)
    return run, disk


async def _open(target: DatasetDirectory, stack: ExitStack, disk: DiskThread) -> Ledger:
    """Lock the directory, check it once more now that nobody else can change it, and open its ledger."""

    def work() -> Ledger:
        target.check()
        target.prepare()
        ledger = Ledger(target.ledger)
        stack.callback(disk.release, ledger.close)
        return ledger

    stack.callback(disk.release, target.lock())
    return await disk.run(work)


async def _open_new(target: DatasetDirectory, stack: ExitStack, disk: DiskThread) -> Ledger:
    """The same for a harvest that begins; somebody else may have begun one since this one looked."""
    ledger = await _open(target, stack, disk)
    if await disk.run(ledger.definition) is not None:
        raise InvalidInput(f"another harvest began in {target.root} meanwhile: resume it, or choose another directory")
    return ledger


def _go_on(ledger: Ledger, definition: Mapping[str, object], place: Path) -> dict[str, Fleet]:
    """The fleets of the harvest that the ledger is about; it must be the same harvest."""
    stored = ledger.definition()
    if stored is None:
        return {}
    refuse_other(stored, definition, place)
    return ledger.fleets()


def _recall_from(done: Ledger | TableStore | None, disk: DiskThread) -> Recall:
    """What tells a builder what is done already."""
    return recall_nothing if done is None else lambda builder: disk.run(partial(recall, done, builder))


def recall(done: Ledger | TableStore, builder: CoverageBuilder) -> None:
    """Tell the builder what is done already."""
    builder.zones |= done.zones()
    for work in done.work():
        builder.deliver(work)


# --- tables ---------------------------------------------------------------------------------------------------------


async def fill_table(spec: HarvestSpec, store: TableStore, *, resume: bool) -> Coverage:
    """Bring what a harvest with an end lacks into its table."""
    definition = spec.definition()
    with ExitStack() as stack:
        run, disk = _begin_run(spec, stack, store)
        try:
            await disk.run(store.open)
            known: dict[str, Fleet] = await disk.run(partial(store.go_on, definition)) if resume else {}
            await run.read_fleets(known, spec.on_error, {})
            await run.read_calendars(spec.on_error)
            left = await remaining(run, spec, _recall_from(store if known else None, disk))
            new = {label: fleet for label, fleet in run.fleets.items() if label not in known}
            await disk.run(partial(store.begin, definition, new, resume=bool(known), doubted=left.doubted))
            sink = TableSink(disk, store=store, zones=left.builder.zones, again=left.again)
            return await run.fill(sink, left.builder, left.due, definition, left.outdated)
        finally:
            await disk.finish(store.close)


async def grow_table(spec: HarvestSpec, store: TableStore, *, resume: bool) -> Coverage:
    """Bring what is due now into the table of a harvest without an end."""
    definition = spec.definition()
    with ExitStack() as stack:
        run, disk = _begin_run(spec, stack, store)
        try:
            await disk.run(store.open)
            known: dict[str, Fleet] = await disk.run(partial(store.go_on, definition)) if resume else {}
            past = await disk.run(partial(read_past, store, spec.stream, spec.schedule)) if known else Past()
            refuse_renamed(past.fleets, spec.labels, store.place)
            await run.read_fleets({}, spec.on_error, past.fleets)
            await run.read_calendars(spec.on_error)
            increment = await next_increment(run, spec.stream, spec.start, spec.increments, past)
            begin = partial(store.begin_run, definition, increment.fleets, increment.began)
            await disk.run(partial(begin, gone=increment.gone, held=increment.past.held))
            builder = increment.builder
            builder.zones |= await disk.run(store.zones)
            sink = TableSink(disk, store=store, zones=builder.zones, held=increment.held)
            return await run.fill(sink, builder, increment.due, definition, increment.outdated)
        finally:
            await disk.finish(store.close)
