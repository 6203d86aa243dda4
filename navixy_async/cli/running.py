"""Running the asynchronous part of a command so that a signal ends it cleanly."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from .failures import Interrupted
from .output import say

T = TypeVar("T")

STOPPING = (signal.SIGINT, signal.SIGTERM)


def run_until_signal(work: Callable[[], Coroutine[Any, Any, T]], *, advice: str = "", farewell: str = "stopping…") -> T:
    """Run `work()` to its end; on SIGINT or SIGTERM cancel it, wait until it has cleaned up, and raise Interrupted.

    Args:
        work: makes the coroutine.
        advice: how to go on, for the one line that is printed after the stop.
        farewell: said when the signal arrives; a second signal does not wait for the clean-up.
    """
    with asyncio.Runner() as runner:
        return runner.run(_guarded(work, advice, farewell))


async def _guarded(work: Callable[[], Coroutine[Any, Any, T]], advice: str, farewell: str) -> T:
    loop = asyncio.get_running_loop()
    task = loop.create_task(work(), name="navixy command")
    stopped = False

    def stop() -> None:
        nonlocal stopped
        stopped = True
        _restore(loop)
        say(farewell)
        task.cancel()

    # Without signal handlers of the loop (Windows), asyncio.Runner cancels us on Ctrl-C by itself.
    with contextlib.suppress(NotImplementedError):
        for number in STOPPING:
            loop.add_signal_handler(number, stop)
    try:
        return await task
    except asyncio.CancelledError:
        if stopped and task.done():
            raise Interrupted(advice) from None
        raise
    finally:
        _restore(loop)
        if not task.done():
            task.cancel()
            await asyncio.wait((task,))


def _restore(loop: asyncio.AbstractEventLoop) -> None:
    with contextlib.suppress(NotImplementedError):
        for number in STOPPING:
            loop.remove_signal_handler(number)
