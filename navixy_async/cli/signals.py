"""Running the asynchronous part of a command so that a signal ends it cleanly."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from .exit_codes import ExitCode, Interrupted
from .output import notify

T = TypeVar("T")

STOPPING = (signal.SIGINT, signal.SIGTERM)


def run_until_signal(work: Callable[[], Coroutine[Any, Any, T]], *, advice: str = "", farewell: str = "stopping…") -> T:
    """Run `work()` to its end; on SIGINT or SIGTERM cancel it, wait until it has cleaned up, and raise Interrupted.

    Args:
        work: makes the coroutine.
        advice: how to continue, for the line that is printed after the stop.
        farewell: printed when the signal arrives; on a second signal the process ends without cleaning up, which a
            harvest survives like any other kill.
    """
    with asyncio.Runner() as runner:
        return runner.run(_guarded(work, advice, farewell))


async def _guarded(work: Callable[[], Coroutine[Any, Any, T]], advice: str, farewell: str) -> T:
    loop = asyncio.get_running_loop()
    task = loop.create_task(work(), name="navixy command")
    stopped = False

    def stop() -> None:
        nonlocal stopped
        if stopped:
            _leave_at_once(advice)
        stopped = True
        notify(farewell)
        task.cancel()

    before = {number: signal.getsignal(number) for number in STOPPING}
    # Where loops have no signal handlers (Windows), asyncio.Runner itself cancels the task on Ctrl-C.
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
        with contextlib.suppress(NotImplementedError):
            for number in STOPPING:
                loop.remove_signal_handler(number)
                signal.signal(number, before[number])


def _leave_at_once(advice: str) -> None:
    if sys.stderr.isatty():
        sys.stderr.write("\x1b[?25h\n")  # a progress line may have hidden the cursor
    notify(f"stopped at once. {advice}".strip())
    os._exit(ExitCode.INTERRUPTED)
