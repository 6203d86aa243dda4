"""Threads that work beside the event loop without blocking it."""

from __future__ import annotations

import os
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

_DECODERS = 2


def lower_priority() -> None:
    """Let the event loop's thread go first when processors are busy (on Linux, where each thread has a priority)."""
    if sys.platform == "linux":
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), min(os.getpriority(os.PRIO_PROCESS, 0) + 5, 19))


class DecodePool(ThreadPoolExecutor):
    """Threads for large answers; leaving does not wait for one that is still working."""

    def __init__(self) -> None:
        super().__init__(_DECODERS, thread_name_prefix="harvest-decode", initializer=lower_priority)

    def __exit__(self, *_: object) -> None:
        self.shutdown(wait=False, cancel_futures=True)
