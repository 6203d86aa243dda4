"""A harvest as its user holds it: checked when made, run by iterating over it or by writing it to a directory."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from os import PathLike
from pathlib import Path
from typing import Any, Literal

import pyarrow as pa

from ..errors import ClientClosed, InvalidInput, NavixyError
from ..operations import Caller
from ..times import TimeRange
from .columns import in_order
from .coverage import Book, Coverage
from .engine import Deliver, Engine, Finished, OnError
from .forecast import Forecast, count_all, recall
from .ledger import FORMAT, Ledger, refuse_other
from .options import Decoders, Options, each, tracker_ids, unknown_trackers
from .plan import AccountPlan, WindowRule
from .sinks.disk import DiskThread
from .sinks.extras import require
from .sinks.gather import Sink, labelled
from .sinks.hands import FunctionSink
from .sinks.parquet import ParquetSink
from .sinks.tables import TableSink, TableStore
from .sinks.target import Target, check_labels
from .source import Fleet, Source
from .streams import Stream

_AHEAD = 4
"""Batches that may wait for somebody who iterates."""


class Harvest:
    """Every row of one stream in a range of time: iterate over it, or write it to a directory.

    ::

        harvest = fleet.harvest.tracks(start=start, end=end)
        async for batch in harvest: ...                  # pyarrow.RecordBatch, each row once
        coverage = await harvest.to_parquet("out/")      # the rows in files, and what they cover

    Made by :class:`Harvests`. It may be run more than once; each run asks anew.
    """

    def __init__(
        self,
        callers: Sequence[Caller],
        stream: Stream,
        asked: TimeRange,
        trackers: Iterable[int] | None,
        options: Options,
    ) -> None:
        self._callers = tuple(callers)
        self._stream = stream
        self._asked = asked
        self._trackers = tracker_ids(trackers)
        self._options = options
        self.coverage: Coverage | None = None
        """What the last run that came to its end brought, and what it did not."""
        check_labels(caller.label for caller in self._callers)

    def __repr__(self) -> str:
        return f"Harvest({self._stream.name!r}, {self._asked}, accounts={len(self._callers)})"

    @property
    def schema(self) -> Any:
        """The pyarrow.Schema of the batches: the account's label, then the columns of the stream."""
        return self._stream.layout.schema.insert(0, pa.field("account", pa.string()))

    async def __aiter__(self) -> AsyncGenerator[Any, None]:
        """Record batches as they come in, sorted by time within each tracker of a batch.

        The first range that fails for good raises, unless the harvest was made with ``on_error="collect"``. When the
        iteration ends, :attr:`coverage` tells about blocked trackers, clipped ranges, gaps and failures. Who leaves
        early should close it (``contextlib.aclosing``), as any asynchronous generator.
        """
        ready: asyncio.Queue[Any] = asyncio.Queue()
        room = asyncio.Semaphore(_AHEAD)

        async def deliver(finished: Finished) -> None:
            if finished.fetched.batch.num_rows:
                await room.acquire()
                ready.put_nowait(labelled(finished, self.schema))

        async def produce() -> None:
            try:
                await self._run(deliver)
            finally:
                ready.put_nowait(None)

        producer = asyncio.create_task(produce(), name=f"harvest-{self._stream.name}")
        try:
            while (batch := await ready.get()) is not None:
                room.release()
                yield batch
            await producer
        finally:
            producer.cancel()
            await asyncio.wait([producer])
            if not producer.cancelled():
                producer.exception()

    async def to_parquet(self, path: str | PathLike[str], *, resume: bool = False, overwrite: bool = False) -> Coverage:
        """Write every row to ``path/stream=…/account=…/date=YYYY-MM-DD/part-0.parquet`` (UTC days).

        Files are sorted by tracker and time and appear whole or not at all; ``manifest.json`` is written at the end.
        After a failure, a cancellation or a kill, the same call with `resume` goes on from what is safely written, and
        the result equals that of an undisturbed run.

        Args:
            path: the directory; made if it does not exist.
            resume: go on with the harvest in it (or begin one, if it is empty).
            overwrite: drop the harvest of the same stream in it first.

        Returns:
            What the files cover, with every hole named. Failures are collected, unless ``on_error="raise"``.

        Raises:
            InvalidInput: unknown trackers, or the directory cannot be used like that; nothing was written.
            WriteFailed: the rows could not be written (a full disk, for example); resume when that is mended.
            NavixyError: the trackers of no account could be read.
        """
        return await self._to_files(ParquetSink, path, resume=resume, overwrite=overwrite)

    async def to_files(
        self,
        path: str | PathLike[str],
        kind: Literal["csv", "ndjson", "gpx", "geojson", "kml"],
        *,
        resume: bool = False,
        overwrite: bool = False,
    ) -> Coverage:
        """Write text files: CSV or NDJSON per account and UTC day; GPX, GeoJSON or KML per tracker and day, or trip.

        All else is as in :meth:`to_parquet`. GPX, GeoJSON and KML hold tracks (``tracker-1.gpx``) or trip_points
        (``tracker-1/trip-20260316T081502Z.gpx``, its start), and tell how many points without coordinates they lack.
        """
        from .sinks import texts  # noqa: PLC0415 - for those who use it

        sinks = (texts.CsvSink, texts.NdjsonSink, texts.GpxSink, texts.GeoJsonSink, texts.KmlSink)
        sink = next((sink for sink in sinks if sink.kind == kind), None)
        if sink is None:
            raise InvalidInput(f"kind must be one of {', '.join(sink.kind for sink in sinks)}, not {kind!r}")
        sink.check(self._stream)
        return await self._to_files(sink, path, resume=resume, overwrite=overwrite)

    async def to_function(self, take: Callable[[Any], Awaitable[object]]) -> Coverage:
        """Await ``take(batch)`` for every pyarrow.RecordBatch, one at a time; what it raises ends the harvest.

        Nothing is remembered: a harvest that is begun again hands over everything again. What fails on the platform's
        side is collected in the coverage, unless ``on_error="raise"``.
        """
        if not callable(take):
            raise InvalidInput(f"take must be an async function of one record batch, not {take!r}")
        sink = FunctionSink(take, self.schema)
        with Decoders() as executor:
            sources = self._sources(executor)
            book = Book(self._stream.name, self._asked)
            fleets = await self._read_fleets(sources, {}, book, self._options.on_error or "collect")
            self._expect(book, fleets)
            await self._run_into(sink, sources, fleets, book, {})
            self.coverage = book.close()
        return self.coverage

    async def to_arrow(self) -> Any:
        """Every row in one pyarrow.Table, sorted by account, then as the stream's files are; :attr:`coverage` is set.

        As when iterating, the first range that fails for good raises, unless ``on_error="collect"`` was asked for.
        """
        table = pa.Table.from_batches([batch async for batch in self], schema=self.schema)
        return in_order(table, ["account", *self._stream.order])

    async def to_polars(self) -> Any:
        """:meth:`to_arrow` as a polars.DataFrame. Needs polars."""
        polars = require("polars", "polars", "to_polars()")
        return polars.from_arrow(await self.to_arrow())

    async def to_pandas(self) -> Any:
        """:meth:`to_arrow` as a pandas.DataFrame; columns keep Arrow's types, so that nulls stay null. Needs pandas."""
        pandas = require("pandas", "pandas", "to_pandas()")
        return (await self.to_arrow()).to_pandas(types_mapper=pandas.ArrowDtype)

    async def to_duckdb(self, path: str | PathLike[str], *, table: str | None = None, resume: bool = False) -> Coverage:
        """Write every row to a table of a DuckDB file. Needs duckdb (the extra ``duckdb``).

        The table may hold rows of earlier harvests: each window of a tracker that was read takes the place of what the
        table held for it. Rows and the mark that they are there are one transaction, so each row is there once.

        Args:
            path: the file; made if it does not exist.
            table: its name; the stream's if not given. Columns: the account's label, then those of the stream.
            resume: go on with the harvest of the table that did not come to its end.

        Returns:
            What was read and written, with every hole named. Failures are collected, unless ``on_error="raise"``.

        Raises:
            InvalidInput: unknown trackers, or the file or table cannot be used like that; nothing was written.
            WriteFailed: the rows could not be written (a full disk, for example); resume when that is mended.
            NavixyError: the trackers of no account could be read.
        """
        require("duckdb", "duckdb", "writing to a DuckDB file")
        from .sinks.duckdb import DuckDBStore  # noqa: PLC0415 - an extra

        return await self._fill(DuckDBStore(Path(path), self._stream, table), resume=resume)

    async def to_postgres(
        self, dsn: str, *, schema: str = "public", table: str | None = None, resume: bool = False
    ) -> Coverage:
        """Write every row to a table in PostgreSQL, by COPY. Needs psycopg (the extra ``postgres``).

        The table may hold rows of earlier harvests, as with :meth:`to_duckdb`, and further columns, if they have
        defaults.

        Args:
            dsn: ``postgresql://user:password@host:port/database`` or ``key=value`` pairs; the password is never shown.
            schema: where the table is, or is to be made.
            table: its name; the stream's if not given.
            resume: go on with the harvest of the table that did not come to its end.

        Returns:
            What was read and written, with every hole named. Failures are collected, unless ``on_error="raise"``.

        Raises:
            InvalidInput: unknown trackers, or the database or table cannot be used like that; nothing was written.
            WriteFailed: the rows could not be written (the server is gone, for example); resume when that is mended.
            NavixyError: the trackers of no account could be read.
        """
        require("psycopg", "postgres", "writing to PostgreSQL")
        from .sinks.postgres import PostgresStore  # noqa: PLC0415 - an extra

        return await self._fill(PostgresStore(dsn, self._stream, schema, table), resume=resume)

    async def forecast(
        self, path: str | PathLike[str] | None = None, *, resume: bool = False, overwrite: bool = False
    ) -> Forecast:
        """What a run would ask for. Only trackers and limits of the accounts are asked; nothing is written.

        Args:
            path: where :meth:`to_parquet` would write; refused as it would refuse.
            resume: leave out what the harvest in `path` has done already.
            overwrite: as for :meth:`to_parquet`.

        Raises:
            InvalidInput: unknown trackers, or the directory cannot be used like that.
            NavixyError: the trackers of no account could be read.
        """
        book = Book(self._stream.name, self._asked)
        known: dict[str, Fleet] = {}
        if path is not None:
            target = Target(Path(path), self._stream.name, resume=resume, overwrite=overwrite)
            known = await asyncio.to_thread(recall, target, self._definition(), book)
        with Decoders() as executor:
            sources = self._sources(executor)
            fleets = await self._read_fleets(sources, known, book, "collect")
            self._expect(book, fleets)
            lacking = self._lacking(fleets, book)
            due = {label for (label, _), ranges in lacking.items() if ranges}
            await each([sources[label] for label in due], Source.read_allowed)
        opening = {label: (label not in known) + (label in due) for label in fleets}
        failed = [hole for hole in book.close().failed if hole.tracker_id is None]
        rules = {label: (self._windows(sources[label]), sources[label].allowed.history_limit) for label in fleets}
        work = partial(count_all, fleets=fleets, lacking=lacking, rules=rules, opening=opening, failed=failed)
        batch, workers = self._stream.batch, self._options.workers
        return await asyncio.to_thread(work, self._stream.name, self._asked, batch=batch, workers=workers)

    # --- both ways --------------------------------------------------------------------------------------------------

    async def _run(self, deliver: Deliver) -> None:
        with Decoders() as executor:
            sources = self._sources(executor)
            book = Book(self._stream.name, self._asked)
            fleets = await self._read_fleets(sources, {}, book, self._options.on_error or "raise")
            self._expect(book, fleets)
            await self._harvest(sources, fleets, book, deliver, self._options.on_error or "raise")
            self.coverage = book.close()

    async def _to_files(
        self, kind: type[ParquetSink], path: str | PathLike[str], *, resume: bool, overwrite: bool
    ) -> Coverage:
        target = Target(Path(path), self._stream.name, resume=resume, overwrite=overwrite)
        target.check()
        with ExitStack() as stack:
            self.coverage = await self._write(target, stack, kind)
        return self.coverage

    async def _write(self, target: Target, stack: ExitStack, kind: type[ParquetSink]) -> Coverage:
        on_error = self._options.on_error or "collect"
        definition = self._definition()
        if kind is not ParquetSink:
            definition["files"] = kind.kind
        sources = self._sources(stack.enter_context(Decoders()))
        disk = DiskThread(target.root)
        stack.callback(disk.close)
        book = Book(self._stream.name, self._asked)
        ledger: Ledger | None = None
        fleets: dict[str, Fleet] = {}
        if target.resume and target.ledger.exists():
            ledger = await self._open(target, stack, disk)
            fleets = await disk.run(partial(_go_on, ledger, definition, target.root))
        begun = frozenset(fleets)
        fleets = await self._read_fleets(sources, fleets, book, on_error)
        self._expect(book, fleets)
        if ledger is None:
            ledger = await self._open(target, stack, disk)
        new = {label: fleet for label, fleet in fleets.items() if label not in begun}
        await disk.run(partial(_begin, ledger, definition, new, book))
        sink = kind(
            disk,
            target=target,
            ledger=ledger,
            stream=self._stream,
            lacking=self._lacking(fleets, book),
            zones=book.zones,
        )
        try:
            await self._run_into(sink, sources, fleets, book, definition)
        finally:
            await sink.close()
        return book.close()

    async def _run_into(
        self,
        sink: Sink,
        sources: Mapping[str, Source],
        fleets: Mapping[str, Fleet],
        book: Book,
        definition: Mapping[str, Any],
    ) -> None:
        await sink.start()
        try:
            await self._harvest(sources, fleets, book, sink.put, self._options.on_error or "collect")
        finally:
            await sink.drain()
        await sink.finish(book.close(), definition)

    async def _fill(self, store: TableStore, *, resume: bool) -> Coverage:
        """Write to a table."""
        definition = self._definition()
        with ExitStack() as stack:
            sources = self._sources(stack.enter_context(Decoders()))
            disk = DiskThread(Path(store.place))
            stack.callback(disk.close)
            book = Book(self._stream.name, self._asked)
            sink = TableSink(disk, store=store, zones=book.zones)
            try:
                await disk.run(store.open)
                known: dict[str, Fleet] = await disk.run(partial(store.go_on, definition)) if resume else {}
                fleets = await self._read_fleets(sources, known, book, self._options.on_error or "collect")
                self._expect(book, fleets)
                new = {label: fleet for label, fleet in fleets.items() if label not in known}
                await disk.run(partial(store.begin, definition, new, resume=bool(known)))
                await disk.run(partial(_recall, store, book))
                await self._run_into(sink, sources, fleets, book, definition)
            finally:
                await sink.close()
            self.coverage = book.close()
        return self.coverage

    async def _harvest(
        self,
        sources: Mapping[str, Source],
        fleets: Mapping[str, Fleet],
        book: Book,
        deliver: Deliver,
        on_error: OnError,
    ) -> None:
        """Ask for everything that the book says is lacking."""
        lacking = self._lacking(fleets, book)
        due = [sources[label] for label in fleets if any(lacking[label, tracker] for tracker in fleets[label].open)]
        for source in due:
            source.trackers = fleets[source.label].open
        await each(due, Source.read_allowed)
        plans = [
            AccountPlan(
                source.label,
                {tracker: lacking[source.label, tracker] for tracker in fleets[source.label].open},
                self._windows(source),
                batch=self._stream.batch,
            )
            for source in due
        ]
        engine = Engine(
            self._stream,
            sources,
            plans,
            book,
            deliver,
            workers=self._options.workers,
            on_error=on_error,
            patience=self._options.patience,
            report=self._options.progress,
        )
        await engine.run()

    def _windows(self, source: Source) -> WindowRule:
        rule = self._stream.windows(source.allowed)
        wished = self._options.window
        if wished is None:
            return rule
        longest = min(rule.longest, wished)
        return replace(rule, first=min(rule.first, longest), longest=longest)

    def _sources(self, executor: ThreadPoolExecutor) -> dict[str, Source]:
        return {caller.label: Source(caller, executor) for caller in self._callers}

    async def _read_fleets(
        self, sources: Mapping[str, Source], known: Mapping[str, Fleet], book: Book, on_error: OnError
    ) -> dict[str, Fleet]:
        """The trackers of every account that can be read; the others are given up, unless they are all there is."""
        fleets = dict(known)
        failures: dict[str, NavixyError] = {}

        async def read(source: Source) -> None:
            try:
                fleets[source.label] = await source.read_fleet()
            except (InvalidInput, ClientClosed):
                raise
            except NavixyError as error:
                if on_error == "raise":
                    raise
                failures[source.label] = error

        await each([source for label, source in sources.items() if label not in known], read)
        if failures and len(failures) == len(sources):
            raise next(iter(failures.values()))
        if self._trackers is not None:
            wanted = frozenset(self._trackers)
            found = {tracker for fleet in fleets.values() for tracker in (*fleet.open, *fleet.blocked)}
            if unknown := sorted(wanted - found):
                if failures:
                    raise next(iter(failures.values()))
                raise InvalidInput(unknown_trackers(unknown, sources))
            fleets = {label: fleet.only(wanted) for label, fleet in fleets.items()}
        for label, failure in failures.items():
            book.lose_account(label, failure)
        return {label: fleets[label] for label in sources if label in fleets}

    def _expect(self, book: Book, fleets: Mapping[str, Fleet]) -> None:
        for label, fleet in fleets.items():
            book.expect(label, fleet.open)
            book.block(label, fleet.blocked)

    def _lacking(self, fleets: Mapping[str, Fleet], book: Book) -> dict[tuple[str, int], Any]:
        return {
            (label, tracker): book.lacking(label, tracker) for label, fleet in fleets.items() for tracker in fleet.open
        }

    def _definition(self) -> dict[str, Any]:
        return {
            "format": FORMAT,
            "stream": self._stream.name,
            "start": self._asked.start.isoformat(),
            "end": self._asked.end.isoformat(),
            "trackers": None if self._trackers is None else list(self._trackers),
            "accounts": sorted(caller.label for caller in self._callers),
            **self._stream.parameters,
        }

    async def _open(self, target: Target, stack: ExitStack, disk: DiskThread) -> Ledger:
        """Lock the directory, check it once more now that nobody else can change it, and open its ledger."""

        def work() -> Ledger:
            target.check()
            target.prepare()
            ledger = Ledger(target.ledger)
            stack.callback(ledger.close)
            return ledger

        stack.enter_context(target.locked())
        return await disk.run(work)


def _go_on(ledger: Ledger, definition: Mapping[str, Any], place: Path) -> dict[str, Fleet]:
    """The fleets of the harvest that the ledger is about; it must be the same harvest."""
    stored = ledger.definition()
    if stored is None:
        return {}
    refuse_other(stored, definition, place)
    return ledger.fleets()


def _begin(ledger: Ledger, definition: Mapping[str, Any], new: Mapping[str, Fleet], book: Book) -> None:
    """Keep what the harvest is about, and tell the book what is done already."""
    ledger.begin(definition, new)
    _recall(ledger, book)


def _recall(done: Ledger | TableStore, book: Book) -> None:
    book.zones |= done.zones()
    for work in done.work():
        book.deliver(work)
