"""The one thread on which a harvest touches the disk, so that neither the event loop nor the ledger is in two hands."""

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
"""Seconds in which a step that is under way may come to its end by itself, once the harvest is cancelled."""
GIVE_UP = 5.0
"""Seconds after which the thread is left behind, if nothing helps: a disk that hangs cannot be interrupted."""


class DiskThread:
    """Runs work one after the other, away from the event loop.

    The thread ends with the process, whatever it waits for: it is no thread of a pool, which would be waited for.

    Args:
        root: the directory, or the name of the database, that it is all about, for messages.
        interrupt: makes the step that is under way end soon; called from another thread.
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
        """Start `work`; its trouble with the disk arrives as WriteFailed."""
        if self._thread is None:
            self._thread = Thread(target=self._run, name="harvest-disk", daemon=True)
            self._thread.start()
        future: Future[T] = Future()
        self._work.put(partial(_fulfil, future, partial(self._guarded, work)))
        return asyncio.wrap_future(future)

    async def run(self, work: Callable[[], T]) -> T:
        """Do `work` to its end, even if the waiting task is cancelled meanwhile; but see :meth:`wait`.

        Raises:
            WriteFailed: the disk, the ledger or a file in it refused.
            HarvestDamaged: the ledger is none, or broken.
        """
        return await self.wait(self.begin(work))

    async def wait(self, future: asyncio.Future[T]) -> T:
        """The future's result; a cancellation of the waiting task is passed on once the future is done.

        A step that does not end within seconds of the cancellation is interrupted, and if that does not help, left to
        itself: what it does is whole or not done, as after a kill.

        Raises:
            WriteFailed: it refused, or it was left behind.
        """
        return await uninterrupted(future, self)

    def hurry(self) -> None:
        """The harvest is cancelled: from now on, nothing is waited for longer than seconds."""
        if self._leave_by is None:
            self._leave_by = monotonic() + LEAVE

    async def finish(self, work: Callable[[], object]) -> None:
        """Do `work` last; a thread that was left behind does it when it wakes up, and nobody waits for it."""
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
        """Do `work` here and now, unless the thread still uses what it lets go of: then when that is done."""
        if self._left_behind:
            self._work.put(partial(_fulfil, Future(), work))
        else:
            work()

    def close(self) -> None:
        """Take no more work."""
        self._work.put(None)

    def time_left(self) -> float | None:
        """Seconds that may still be waited; ``None`` for as long as it takes."""
        return None if self._leave_by is None else max(self._leave_by - monotonic(), 0.0)

    def is_over(self) -> bool:
        """Whether nothing is waited for any more; the thread is interrupted, then left behind, when its time is up."""
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
                    f"{self._root} is gone: somebody deleted it while the harvest was writing; begin it again"
                ) from error
            reason = getattr(error, "strerror", None) or str(error) or "out of memory"
            raise WriteFailed(
                f"{self._root} could not be written to ({reason}): mend that, then resume the harvest; "
                "what was finished before is safe"
            ) from error


def _fulfil(future: Future[T], work: Callable[[], T]) -> None:
    """Do the work that somebody waits for, unless nobody does any more."""
    if not future.set_running_or_notify_cancel():
        return
    try:
        result = work()
    except BaseException as error:  # whatever it is, whoever waits is to know
        future.set_exception(error)
    else:
        future.set_result(result)


async def uninterrupted(future: asyncio.Future[T], thread: DiskThread | None = None) -> T:
    """The future's result; a cancellation of the waiting task is passed on once the future is done.

    Args:
        future: what is waited for.
        thread: the thread that does it, which knows how long it may be waited for after a cancellation.
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
    raise WriteFailed("the place did not answer any more, and the harvest was stopped: resume it when it does")


def _let_go(future: asyncio.Future[T]) -> None:
    """Nobody asks any more how it went."""
    if not future.cancelled():
        future.exception()
