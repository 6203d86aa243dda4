"""A harvest as its user sees it: checked when made, run by iterating over it or by writing it somewhere."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pyarrow as pa

from ..errors import InvalidInput, TrackerBlocked
from ..masking import Secret
from .answers.layout import in_order
from .destinations import Destination, FilesDestination, FunctionDestination, TableDestination
from .forecast import Forecast, forecast
from .plan.due import Due
from .report.coverage import KINDS, Coverage
from .run import run
from .sinks._optional import require
from .sinks.files.dataset import DatasetSink
from .sinks.files.directory import DatasetDirectory
from .sinks.files.parquet import ParquetSink
from .spec import HarvestSpec

if TYPE_CHECKING:
    import pandas
    import polars

log = logging.getLogger("navixy_async")

_AHEAD = 4
"""Batches that may wait for whoever iterates."""


class Harvest:
    """Every row of one stream in a range of time: iterate over it, or write it to a directory.

    ::

        harvest = fleet.harvest.tracks(start=start, end=end)
        async for batch in harvest: ...                  # pyarrow.RecordBatch, each row once
        coverage = await harvest.to_parquet("out/")      # the rows in files, and what they cover

    Made by :class:`Harvests`. It may be run more than once; each run sends new requests.
    """

    def __init__(self, spec: HarvestSpec) -> None:
        self._spec = spec
        self.coverage: Coverage | None = None
        """What the last finished run brought, and what it did not."""

    def __repr__(self) -> str:
        spec = self._spec
        end = "now" if spec.end is None else spec.end.isoformat()
        return f"Harvest({spec.stream.name!r}, [{spec.start.isoformat()}, {end}), accounts={len(spec.callers)})"

    @property
    def schema(self) -> pa.Schema:
        """The schema of the batches: the account's label, then the columns of the stream."""
        return self._spec.stream.layout.schema.insert(0, pa.field("account", pa.string()))

    async def __aiter__(self) -> AsyncGenerator[pa.RecordBatch, None]:
        """Record batches as they come in, sorted by time within each tracker of a batch.

        When the iteration ends, :attr:`coverage` lists blocked trackers, clipped ranges, gaps and failures; if
        anything is missing, the logger ``navixy_async`` warns of it. Close the harvest when leaving early
        (``contextlib.aclosing``), like any asynchronous generator.

        Raises, unless the harvest was made with ``on_error="collect"``:
            TrackerBlocked: a tracker that was requested by its id is blocked; no row was requested.
            NavixyError: the first range that failed for good.
        """
        ready: asyncio.Queue[pa.RecordBatch | None] = asyncio.Queue()
        room = asyncio.Semaphore(_AHEAD)

        on_error = self._spec.options.on_error or "raise"

        async def take(batch: pa.RecordBatch) -> None:
            await room.acquire()
            ready.put_nowait(batch)

        def check(due: Due) -> None:
            if self._spec.trackers is not None and on_error == "raise":
                _refuse_blocked(due)

        async def produce() -> None:
            try:
                self.coverage = await run(self._spec, FunctionDestination(take, self.schema, check), on_error)
                report_holes(self.coverage)
            finally:
                ready.put_nowait(None)

        producer = asyncio.create_task(produce(), name=f"harvest-{self._spec.stream.name}")
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
        After a failure, a cancellation or a kill, the same call with `resume` continues from what is safely written,
        and the result equals that of an undisturbed run.

        Args:
            path: the directory; created if it does not exist.
            resume: continue the harvest in it (or begin one, if it is empty).
            overwrite: drop the harvest of the same stream in it first.

        Returns:
            What the files cover, with every hole named. Failures are collected, unless ``on_error="raise"``.

        Raises:
            InvalidInput: unknown trackers, or the directory cannot be used this way; nothing was written.
            WriteFailed: the rows could not be written (a full disk, for example); fix the cause, then resume.
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

        Everything else is as in :meth:`to_parquet`. GPX, GeoJSON and KML hold tracks (``tracker-1.gpx``) or trip_points
        (``tracker-1/trip-20260316T081502Z.gpx``, its start), and state how many points without coordinates are left
        out.
        """
        from .sinks.files.text import TEXT_SINKS  # for those who use it

        if kind not in TEXT_SINKS:
            raise InvalidInput(f"kind must be one of {', '.join(TEXT_SINKS)}, not {kind!r}")
        sink = TEXT_SINKS[kind]
        sink.check(self._spec.stream)
        if self._spec.end is None:
            raise InvalidInput(
                "text files need a harvest with an end: give an end, or write Parquet or a table instead"
            )
        return await self._to_files(sink, path, resume=resume, overwrite=overwrite)

    async def to_function(self, take: Callable[[pa.RecordBatch], Awaitable[object]]) -> Coverage:
        """Await ``take(batch)`` for every pyarrow.RecordBatch, one at a time; what it raises ends the harvest.

        Nothing is remembered: a harvest that is started again hands over everything again. Failures on the platform's
        side are collected in the coverage, unless ``on_error="raise"``.
        """
        if not callable(take):
            raise InvalidInput(f"take must be an async function of one record batch, not {take!r}")
        return await self._run(FunctionDestination(take, self.schema))

    async def to_arrow(self) -> pa.Table:
        """Every row in one pyarrow.Table, sorted by account, then as the stream's files are; :attr:`coverage` is set.

        As when iterating, the first range that fails for good raises, and so does a blocked tracker that was requested
        by its id, unless ``on_error="collect"`` is given; a warning says what else is missing.
        """
        table = pa.Table.from_batches([batch async for batch in self], schema=self.schema)
        return in_order(table, ["account", *self._spec.stream.order])

    async def to_polars(self) -> polars.DataFrame:
        """:meth:`to_arrow` as a polars.DataFrame. Needs polars."""
        library = require("polars", "polars", "to_polars()")
        frame: polars.DataFrame = library.from_arrow(await self.to_arrow())
        return frame

    async def to_pandas(self) -> pandas.DataFrame:
        """:meth:`to_arrow` as a pandas.DataFrame; columns keep Arrow's types, so that nulls stay null. Needs pandas."""
        library = require("pandas", "pandas", "to_pandas()")
        frame: pandas.DataFrame = (await self.to_arrow()).to_pandas(types_mapper=library.ArrowDtype)
        return frame

    async def to_duckdb(self, path: str | PathLike[str], *, table: str | None = None, resume: bool = False) -> Coverage:
        """Write every row to a table of a DuckDB file. Needs duckdb (the extra ``duckdb``).

        The table may hold rows of earlier harvests: each window of a tracker that was read replaces what the table
        held for it. Rows and the record of them are one transaction, so each row is there once.

        Args:
            path: the file; created if it does not exist.
            table: its name; the stream's if not given. Columns: the account's label, then those of the stream.
            resume: continue the unfinished harvest of the table.

        Returns and raises what :meth:`to_parquet` does: InvalidInput also of a table that cannot be used this way.
        """
        require("duckdb", "duckdb", "writing to a DuckDB file")
        from .sinks.tables.duckdb import DuckDBStore  # an extra

        store = DuckDBStore(path, self._spec.stream, table, current=self._spec.is_open)
        return await self._run(TableDestination(store, resume=resume))

    async def to_postgres(
        self, dsn: str, *, schema: str = "public", table: str | None = None, resume: bool = False
    ) -> Coverage:
        """Write every row to a table in PostgreSQL, by COPY. Needs psycopg (the extra ``postgres``).

        The table may hold rows of earlier harvests, as with :meth:`to_duckdb`, and further columns, if they have
        defaults.

        Args:
            dsn: ``postgresql://user:password@host:port/database`` or ``key=value`` pairs; the password is never shown.
            schema: where the table is, or will be created.
            table: its name; the stream's if not given.
            resume: continue the unfinished harvest of the table.

        Returns and raises what :meth:`to_parquet` does: InvalidInput also of a table that cannot be used this way.
        """
        require("psycopg", "postgres", "writing to PostgreSQL")
        from .sinks.tables.postgres import PostgresStore  # an extra

        secret = Secret(dsn)
        del dsn  # an error must not carry it away in the locals of this frame
        store = PostgresStore(secret, self._spec.stream, schema, table, current=self._spec.end is None)
        return await self._run(TableDestination(store, resume=resume))

    async def forecast(
        self, path: str | PathLike[str] | None = None, *, resume: bool = False, overwrite: bool = False
    ) -> Forecast:
        """What a run would request. Only trackers and limits of the accounts are requested; nothing is written.

        Args:
            path: where :meth:`to_parquet` would write; refused as it would refuse.
            resume: leave out what the harvest in `path` has already done.
            overwrite: as for :meth:`to_parquet`.

        Raises:
            InvalidInput: unknown trackers, or the directory cannot be used this way.
            NavixyError: the trackers of no account could be read.
        """
        target = None
        if path is not None:
            target = DatasetDirectory(Path(path), self._spec.stream.name, resume=resume, overwrite=overwrite)
        return await forecast(self._spec, target)

    async def _to_files(
        self, kind: type[DatasetSink], path: str | PathLike[str], *, resume: bool, overwrite: bool
    ) -> Coverage:
        target = DatasetDirectory(Path(path), self._spec.stream.name, resume=resume, overwrite=overwrite)
        target.check()
        return await self._run(FilesDestination(target, kind))

    async def _run(self, destination: Destination) -> Coverage:
        self.coverage = await run(self._spec, destination)
        return self.coverage


def _refuse_blocked(due: Due) -> None:
    """Rows of a blocked tracker cannot be read: a table without it must not pass for what was requested by id."""
    blocked = [(label, tracker) for label, fleet in due.fleets.items() for tracker in fleet.blocked]
    if blocked:
        (label, tracker), others = blocked[0], len(blocked) - 1
        more = f" (and {others} more)" if others else ""
        raise TrackerBlocked(
            208,
            f"{label}/{tracker} is blocked{more}: leave it out, or take what there is with on_error='collect'",
            operation="tracker/list",
        )


def report_holes(coverage: Coverage) -> None:
    """Log one warning if anything that was requested is missing: how many holes of each kind, and the first one."""
    counts = [f"{len(holes)} {kind}" for kind in KINDS if (holes := getattr(coverage, kind))]
    if counts:
        log.warning(
            "%s: not complete, ranges by kind: %s; the first: %s", coverage.stream, ", ".join(counts), coverage.holes[0]
        )
