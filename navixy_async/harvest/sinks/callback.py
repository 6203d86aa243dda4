"""Batches passed to a function of the user."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pyarrow as pa

from ..engine import CompletedItem
from .base import Sink, with_account_column


class CallbackSink(Sink):
    """Passes every batch to an async function, one at a time; nothing is remembered between two harvests.

    Args:
        take: the function; what it raises ends the harvest.
        schema: the schema of the batches.
    """

    def __init__(self, take: Callable[[pa.RecordBatch], Awaitable[object]], schema: pa.Schema) -> None:
        self._take = take
        self._schema = schema
        self._turn = asyncio.Lock()

    async def put(self, finished: CompletedItem) -> None:
        """Pass on the rows of an item; returns when the function returned."""
        if finished.fetched.batch.num_rows:
            async with self._turn:
                await self._take(with_account_column(finished, self._schema))
