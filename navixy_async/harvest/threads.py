"""Threads that work beside the event loop without holding it up."""

from __future__ import annotations

import os
import sys
import threading
from contextlib import suppress


def lower_priority() -> None:
    """Let the event loop's thread go first where processors are short (on Linux, where each thread has a priority)."""
    if sys.platform == "linux":
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), min(os.getpriority(os.PRIO_PROCESS, 0) + 5, 19))
