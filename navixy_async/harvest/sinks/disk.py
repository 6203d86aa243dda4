"""The one thread on which a harvest touches the disk: it blocks no event loop, and one thread alone uses the ledger."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from time import monotonic
from typing import TypeVar

import pyarrow as pa

from ...errors import WriteFailed
from ..state.ledger import damage_named
from ..threads import lower_priority

T = TypeVar("T")
log = logging.getLogger("navixy_async")

LEAVE = 3.0
"""Seconds in which a running step may finish by itself once the harvest is cancelled."""
GIVE_UP = 5.0
"""Seconds after which the thread is abandoned if nothing helps: a disk that hangs cannot be interrupted."""


class DiskThread:
    """Runs one step after the other, off the event loop.

    The thread ends with the process, whatever it is waiting for; a pool's thread would be joined.

    Args:
        root: the directory, or the name of the database, for messages.
        interrupt: makes the running step end soon; called from another thread.
    """

    def __init__(self, root: Path | str, interrupt: Callable[[], None] | None = None) -> None:
        self._root = root
        self._interrupt = interrupt
        self._work: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._thread: Thread | None = None
        self._leave_by: float | None = None
        self._interrupted = False
        self._left_behind = False

    def begin(self, work: Callable[[], T]) -> asyncio.Future[T]:
        """Start `work`; what the disk refuses is raised as WriteFailed."""
        if self._thread is None:
            self._thread = Thread(target=self._run, name="harvest-disk", daemon=True)
            self._thread.start()
        future: Future[T] = Future()
        self._work.put(partial(_fulfil, future, partial(self._guarded, work)))
        return asyncio.wrap_future(future)

    async def run(self, work: Callable[[], T]) -> T:
        """Finish `work` even if the waiting task is cancelled; but see :meth:`wait`.

        Raises:
            WriteFailed: the disk, the ledger or a file in it refused.
            HarvestDamaged: the file is not a ledger, or is broken.
        """
        return await self.wait(self.begin(work))

    async def wait(self, future: asyncio.Future[T]) -> T:
        """The future's result; a cancellation of the waiting task is passed on once the future is done.

        A step that does not end within seconds of the cancellation is interrupted, and if that does not help,
        abandoned: its effect is whole or absent, as after a kill.

        Raises:
            WriteFailed: the step failed, or was abandoned.
        """
        return await uninterrupted(future, self)

    def hurry(self) -> None:
        """The harvest is cancelled: from now on, no wait is longer than seconds."""
        if self._leave_by is None:
            self._leave_by = monotonic() + LEAVE

    async def finish(self, work: Callable[[], object]) -> None:
        """Do `work` last; an abandoned thread does it when it wakes up, and nothing waits for it."""
        done = self.begin(work)
        if self._left_behind:
            done.add_done_callback(_let_go)
        else:
            try:
                await self.wait(done)
            except WriteFailed:
                if not self._left_behind:
                    raise

    def release(self, work: Callable[[], object]) -> None:
        """Do `work` at once, unless the thread still uses what it releases: then when the thread is done with it."""
        if self._left_behind:
            self._work.put(partial(_fulfil, Future(), work))
        else:
            work()

    def close(self) -> None:
        """Accept no more work."""
        self._work.put(None)

    def time_left(self) -> float | None:
        """Seconds left to wait; ``None`` for no limit."""
        return None if self._leave_by is None else max(self._leave_by - monotonic(), 0.0)

    def is_over(self) -> bool:
        """Whether waiting is over; when its time is up, the thread is interrupted, then abandoned."""
        if self._left_behind or self._leave_by is None or monotonic() < self._leave_by:
            return self._left_behind
        if self._interrupt is not None and not self._interrupted:
            self._interrupted = True
            Thread(target=self._interrupt, name="harvest-interrupt", daemon=True).start()
            self._leave_by = monotonic() + GIVE_UP
            return False
        self._left_behind = True
        log.warning(
            "%s does not answer: the harvest ends without it, and what was finished before is safe; until it answers, "
            "or this program ends, no other harvest can write there",
            self._root,
        )
        return True

    def _run(self) -> None:
        lower_priority()
        while (task := self._work.get()) is not None:
            task()
            del task

    def _guarded(self, work: Callable[[], T]) -> T:
        try:
            with damage_named(Path(self._root)):
                return work()
        except (OSError, sqlite3.Error, pa.ArrowException, MemoryError) as error:
            if isinstance(error, FileNotFoundError) and not Path(self._root).exists():
                raise WriteFailed(
                    f"{self._root} is gone: it was deleted while the harvest was writing; start the harvest again"
                ) from error
            reason = getattr(error, "strerror", None) or str(error) or "out of memory"
            raise not_written(self._root, reason) from error


def not_written(where: object, reason: str) -> WriteFailed:
    """The error for a directory or a database that could not be written to."""
    return WriteFailed(
        f"{where} could not be written to ({reason}): fix that, then resume the harvest; what was finished before is "
        "safe"
    )


def _fulfil(future: Future[T], work: Callable[[], T]) -> None:
    """Do the work and set the future, unless it was cancelled."""
    if not future.set_running_or_notify_cancel():
        return
    try:
        result = work()
    except BaseException as error:  # whatever it is, the waiting task gets it
        future.set_exception(error)
    else:
        future.set_result(result)


async def uninterrupted(future: asyncio.Future[T], thread: DiskThread | None = None) -> T:
    """The future's result; a cancellation of the waiting task is passed on once the future is done.

    Args:
        future: what is waited for.
        thread: the thread that does the work; it knows how long to wait after a cancellation.
    """
    cancelled: asyncio.CancelledError | None = None
    while not future.done() and not (thread and thread.is_over()):
        try:
            await asyncio.wait([future], timeout=thread.time_left() if thread else None)
        except asyncio.CancelledError as error:
            cancelled = error
            if thread:
                thread.hurry()
    if future.done() and cancelled is None:
        return future.result()
    future.add_done_callback(_let_go)
    if cancelled is not None:
        raise cancelled
    raise WriteFailed(
        "the disk or database stopped answering, and the harvest was stopped: resume it when it answers again"
    )


def _let_go(future: asyncio.Future[T]) -> None:
    """Retrieve the outcome that nobody waits for."""
    if not future.cancelled():
        future.exception()
