"""The one thread on which a harvest touches the disk, so that neither the event loop nor the ledger is in two hands."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

import pyarrow as pa

from ..ledger import damage_named
from ..threads import give_way
from . import WriteFailed

T = TypeVar("T")


class DiskThread:
    """Runs work one after the other, away from the event loop.

    Args:
        root: the directory that it is all about, for messages.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="harvest-disk", initializer=give_way)

    def begin(self, work: Callable[[], T]) -> asyncio.Future[T]:
        """Start `work`; its trouble with the disk arrives as WriteFailed."""
        return asyncio.get_running_loop().run_in_executor(self._pool, self._guarded, work)

    async def run(self, work: Callable[[], T]) -> T:
        """Do `work` to its end, even if the waiting task is cancelled meanwhile.

        Raises:
            WriteFailed: the disk, the ledger or a file in it refused.
            HarvestDamaged: the ledger is none, or broken.
        """
        return await uninterrupted(self.begin(work))

    def close(self) -> None:
        """Take no more work."""
        self._pool.shutdown(wait=False)

    def _guarded(self, work: Callable[[], T]) -> T:
        try:
            with damage_named(self._root):
                return work()
        except (OSError, sqlite3.Error, pa.ArrowException) as error:
            if isinstance(error, FileNotFoundError) and not self._root.exists():
                raise WriteFailed(
                    f"{self._root} is gone: somebody deleted it while the harvest was writing; begin it again"
                ) from error
            reason = getattr(error, "strerror", None) or str(error)
            raise WriteFailed(
                f"{self._root} could not be written to ({reason}): mend that, then resume the harvest; "
                "what was finished before is safe"
            ) from error


async def uninterrupted(future: asyncio.Future[T]) -> T:
    """The future's result; a cancellation of the waiting task is passed on once the future is done."""
    cancelled: asyncio.CancelledError | None = None
    while not future.done():
        try:
            await asyncio.wait([future])
        except asyncio.CancelledError as error:
            cancelled = error
    if cancelled is not None:
        if not future.cancelled():
            future.exception()
        raise cancelled
    return future.result()
