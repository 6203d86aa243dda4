"""What sinks have in common: rows are buffered for a moment and committed together, one commit at a time."""

from __future__ import annotations

import asyncio
import logging
from abc import ABC, abstractmethod
from collections.abc import Mapping
from functools import partial

import pyarrow as pa

from ...errors import WriteFailed
from ..engine import CompletedItem
from ..report.coverage import Coverage
from .disk import DiskThread

log = logging.getLogger("navixy_async")

FULL = 4 * 1024 * 1024
"""The most bytes of rows to gather."""
PERIOD = 1.0
"""Seconds between two commits, unless the rows fill one sooner."""


class Sink:
    """Where finished items go. An item counts as done once its rows are safe, and not before.

    A sink that keeps nothing needs no more than :meth:`put`.
    """

    async def start(self) -> None:
        """Clean up behind a harvest that was killed."""

    async def put(self, finished: CompletedItem) -> None:
        """Take a finished item; returns when there is room for another one. Raises WriteFailed."""
        raise NotImplementedError

    async def drain(self) -> None:
        """Make all rows safe that were put. Completes even while its task is being cancelled."""

    async def leave(self) -> None:
        """The harvest is cancelled: make safe what can be made safe within seconds. Raises nothing."""

    async def finish(self, coverage: Coverage, parameters: Mapping[str, object]) -> Coverage:
        """All available rows were put: store the coverage, and return it with what the sink knows about it."""
        return coverage

    async def close(self) -> None:
        """Release all resources."""


class BufferedSink(Sink, ABC):
    """Buffers finished items for about a second and commits them on one thread.

    While it writes, the workers fetch, until a full load is waiting: then they wait too.

    Args:
        disk: the thread that all of it happens on.
    """

    def __init__(self, disk: DiskThread) -> None:
        self._disk = disk
        self._gate = asyncio.Lock()
        self._gathered: list[CompletedItem] = []
        self._size = 0
        self._due = 0.0
        self._commit_under_way: asyncio.Future[None] | None = None
        self._broken = False

    @abstractmethod
    def _commit(self, load: list[CompletedItem]) -> None:
        """Make these items safe, and mark them as done. Called on the thread."""

    async def put(self, finished: CompletedItem) -> None:
        """Take a finished item; returns when there is room for another one.

        Raises:
            WriteFailed: an earlier item could not be written.
        """
        self._gathered.append(finished)
        self._size += finished.fetched.batch.nbytes
        loop = asyncio.get_running_loop()
        if self._size < FULL and loop.time() < self._due:
            return
        async with self._gate:
            busy = self._commit_under_way is not None and not self._commit_under_way.done()
            if self._size < FULL and (busy or loop.time() < self._due):
                return
            await self._settle()
            self._begin_commit()

    async def drain(self) -> None:
        """Commit everything that was put. Completes even while its task is being cancelled."""
        async with self._gate:
            await self._settle()
            if not self._broken:
                self._begin_commit()
                await self._settle()

    async def leave(self) -> None:
        """The harvest is cancelled: make safe what can be made safe within seconds. Raises nothing."""
        self._disk.hurry()
        try:
            await self.drain()
        except WriteFailed as error:
            log.warning("what was read last is not kept, and will be requested again: %s", error)

    def _begin_commit(self) -> None:
        load, self._gathered, self._size = self._gathered, [], 0
        if load:
            loop = asyncio.get_running_loop()
            self._due = loop.time() + PERIOD
            self._commit_under_way = self._disk.begin(partial(self._commit, load))

    async def _settle(self) -> None:
        """Wait for the commit under way, whatever happens to this task in the meantime."""
        under_way, self._commit_under_way = self._commit_under_way, None
        if under_way is not None:
            try:
                await self._disk.wait(under_way)
            except WriteFailed:
                self._broken = True
                raise


def with_account_column(finished: CompletedItem, schema: pa.Schema) -> pa.RecordBatch:
    """The rows of an item with the account's label before them, as in `schema`."""
    batch = finished.fetched.batch
    account = pa.repeat(pa.scalar(finished.item.account, pa.string()), batch.num_rows)
    return pa.record_batch([account, *batch.columns], schema=schema)
