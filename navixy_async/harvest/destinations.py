"""Where a harvest writes its rows and keeps its state: files, a table, a function, or nowhere.

A destination is opened, returns its state, and begins once it is known what is due.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from functools import partial
from typing import TypeVar

import pyarrow as pa

from ..errors import InvalidInput
from .plan.due import Due, without_times
from .sinks.base import Sink
from .sinks.callback import CallbackSink
from .sinks.disk import DiskThread
from .sinks.files.dataset import DatasetSink
from .sinks.files.directory import DatasetDirectory
from .sinks.files.incremental import IncrementalParquetSink
from .sinks.files.parquet import ParquetSink
from .sinks.files.repair import check_files_are_there, forget_days, forget_missing_files, forget_spoilt_parts
from .sinks.tables.table import TableSink, TableStore
from .spec import HarvestSpec
from .state.ledger import Ledger, damage_named
from .state.store import HarvestState

T = TypeVar("T")


class Destination:
    """Where a harvest writes its rows; this base remembers nothing."""

    kind = "parquet"
    """The kind of files, as in a harvest's definition."""

    def __init__(self) -> None:
        self._stack = ExitStack()
        """What must be released at the end."""

    async def open(self, spec: HarvestSpec) -> HarvestState | None:
        """The state of the harvest's earlier runs; ``None`` if this is its first.

        Raises:
            InvalidInput: it cannot be used this way, or holds another harvest; nothing was changed.
        """
        return None

    async def call(self, work: Callable[[], T]) -> T:
        """Do `work` on the state, off the event loop."""
        return await asyncio.to_thread(work)

    async def forget(self, due: Due) -> bool:
        """Drop the files of what is read again for want of a time of reading; returns whether there were any."""
        return False

    async def begin(self, spec: HarvestSpec, due: Due) -> Sink:
        """Store what the harvest is about; returns the sink for its rows."""
        raise NotImplementedError

    async def close(self) -> None:
        """Release everything."""
        self._stack.close()


class _Remembering(Destination):
    """What files and tables have in common: all their work happens on one thread."""

    def __init__(self, disk: DiskThread) -> None:
        super().__init__()
        self._disk = disk
        self._stack.callback(disk.close)

    async def call(self, work: Callable[[], T]) -> T:
        """Do `work` on the thread."""
        return await self._disk.run(work)

    async def _begin(self, state: HarvestState, spec: HarvestSpec, due: Due, *, resume: bool) -> None:
        definition, earlier = spec.definition(self.kind), due.earlier
        if due.began is None:
            begin = partial(state.begin, definition, due.fleets, resume=resume, distrusted=due.distrusted)
        else:
            ranges = {"ranges": earlier.ranges, "changed": earlier.changed}
            begin = partial(state.begin_run, definition, due.fleets, due.began, gone=due.gone, **ranges)
        await self._disk.run(begin)
        due.builder.zones |= await self._disk.run(state.zones)


class FilesDestination(_Remembering):
    """A directory of files.

    Args:
        target: the directory.
        sink: which files.
    """

    def __init__(self, target: DatasetDirectory, sink: type[DatasetSink] = ParquetSink) -> None:
        super().__init__(DiskThread(target.root))
        self.kind = sink.kind
        self._target = target
        self._sink = sink
        self._ledger: Ledger | None = None

    async def open(self, spec: HarvestSpec) -> HarvestState | None:
        """The ledger, after dropping what was damaged and completing a run that was killed."""
        target = self._target
        if not target.resume or not target.ledger.exists():
            return None
        ledger = await self._open_ledger()
        await self.call(partial(ledger.go_on, spec.definition(self.kind)))
        await self.call(partial(forget_spoilt_parts, target, ledger))
        if spec.is_open:
            await self._recover(spec, ledger)
            await self.call(lambda: check_files_are_there(target, ledger.files()))
        else:
            await self.call(partial(forget_missing_files, target, ledger))
        return ledger

    async def _open_ledger(self) -> Ledger:
        """Lock the directory, check it again now that nobody else can change it, and open its ledger."""
        target, disk = self._target, self._disk

        def work() -> Ledger:
            target.check()
            target.prepare()
            ledger = Ledger(target.ledger)
            self._stack.callback(disk.release, ledger.close)
            return ledger

        self._stack.callback(disk.release, target.lock())
        self._ledger = await disk.run(work)
        return self._ledger

    async def _recover(self, spec: HarvestSpec, ledger: Ledger) -> None:
        """Merge into the files what a killed run had read."""
        held = await self.call(lambda: without_times(ledger.ranges()))
        sink = IncrementalParquetSink(
            self._disk, target=self._target, ledger=ledger, stream=spec.stream, lacking={}, zones={}, held=held
        )
        try:
            await sink.recover()
        finally:
            await sink.close()

    async def forget(self, due: Due) -> bool:
        """Files of whole days need more than what is read again."""
        if self._ledger is None or due.builder.calendars:
            return False
        await self.call(partial(forget_days, self._ledger, due.again))
        return True

    async def begin(self, spec: HarvestSpec, due: Due) -> Sink:
        """Store what the harvest is about in the ledger; another one may have begun since the last look."""
        if (ledger := self._ledger) is None:
            ledger = await self._open_ledger()
            if await self.call(ledger.definition) is not None:
                raise InvalidInput(
                    f"another harvest began in {self._target.root} meanwhile: resume it, or choose another directory"
                )
        await self._begin(ledger, spec, due, resume=True)
        if due.again or due.distrusted:
            await self.call(ledger.overlay)
        if due.builder.calendars:
            await self.call(partial(ledger.keep_calendars, due.builder.calendars))
        kind = self._sink if due.began is None else IncrementalParquetSink
        return kind(
            self._disk,
            target=self._target,
            ledger=ledger,
            stream=spec.stream,
            lacking=due.touched,
            zones=due.builder.zones,
            again=due.again,
            unsettled=due.unsettled,
            held=due.read_before or {},
        )


class TableDestination(_Remembering):
    """A table of a database.

    Args:
        store: the table.
        resume: continue the unfinished harvest of the table.
    """

    def __init__(self, store: TableStore, *, resume: bool) -> None:
        super().__init__(DiskThread(store.where, store.interrupt))
        self._store = store
        self._resume = resume

    async def open(self, spec: HarvestSpec) -> HarvestState | None:
        """The state beside the table, if there is a harvest to continue."""
        await self.call(self._store.open)
        self._resume = self._resume and await self.call(partial(self._store.go_on, spec.definition()))
        return self._store if self._resume else None

    async def begin(self, spec: HarvestSpec, due: Due) -> Sink:
        """Create the tables, and store what the harvest is about."""
        await self._begin(self._store, spec, due, resume=self._resume)
        zones = due.builder.zones
        return TableSink(self._disk, store=self._store, zones=zones, held=due.read_before, again=due.again)

    async def close(self) -> None:
        """Release the database."""
        try:
            await self._disk.finish(self._store.close)
        finally:
            await super().close()


class FunctionDestination(Destination):
    """A function of the user's own.

    Args:
        take: takes every record batch, one at a time; what it raises ends the harvest.
        schema: of the batches.
        check: checks what is due before anything is requested.
    """

    def __init__(
        self,
        take: Callable[[pa.RecordBatch], Awaitable[object]],
        schema: pa.Schema,
        check: Callable[[Due], None] | None = None,
    ) -> None:
        super().__init__()
        self._sink = CallbackSink(take, schema)
        self._check = check

    async def begin(self, spec: HarvestSpec, due: Due) -> Sink:
        """Nothing is kept."""
        if self._check is not None:
            self._check(due)
        return self._sink


class ForecastDestination(Destination):
    """What a harvest into files would go on from; nothing is changed, and it never begins.

    Args:
        target: the directory, if it is known.
    """

    def __init__(self, target: DatasetDirectory | None) -> None:
        super().__init__()
        self._target = target

    async def open(self, spec: HarvestSpec) -> HarvestState | None:
        """The ledger, read-only, if there is one."""
        return await self.call(partial(self._open, spec))

    def _open(self, spec: HarvestSpec) -> HarvestState | None:
        target = self._target
        if target is None:
            return None
        target.check()
        if not (target.resume and target.ledger.exists()):
            return None
        ledger = Ledger(target.ledger, read_only=True)
        self._stack.callback(ledger.close)
        return ledger if ledger.go_on(spec.definition()) else None

    async def call(self, work: Callable[[], T]) -> T:
        """Do `work` in a thread."""
        if self._target is None:
            return await super().call(work)
        with damage_named(self._target.root):
            return await super().call(work)
