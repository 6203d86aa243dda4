"""Trouble that passes by itself, and how long a harvest waits for that."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import TypeVar

from ..errors import (
    ApiError,
    ConnectFailed,
    DeadlineExceeded,
    NavixyError,
    RateLimited,
    ServerFault,
    TransportError,
)

T = TypeVar("T")

log = logging.getLogger("navixy_async")

FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
"""Seconds between two attempts: at first, and at the most."""


def is_passing(error: NavixyError) -> bool:
    """Whether `error` says nothing about the request itself: it is repeated, not recorded as a failure."""
    if isinstance(error, TransportError | ServerFault | RateLimited | DeadlineExceeded):
        return True
    return is_from_gateway(error)


def is_from_gateway(error: NavixyError) -> bool:
    """Whether something on the way answered, and not the platform, which alone knows what is gone or forbidden."""
    return isinstance(error, ApiError) and not error.from_platform


def pause_after(failures: int, first: float = FIRST_PAUSE) -> float:
    """Seconds to wait after so many failures in a row."""
    return min(first * 2.0 ** min(max(failures - 1, 0), 10), LONGEST_PAUSE)


async def patiently(work: Callable[[], Awaitable[T]], patience: float, label: str) -> T:
    """`work`, repeated while there is passing trouble, for `patience` seconds at the most.

    A host that cannot be connected to is not waited for: at the start of a harvest its name is wrong more often than
    not.
    """
    loop = asyncio.get_running_loop()
    until, failures = loop.time() + patience, 0
    while True:
        try:
            return await work()
        except (TransportError, ApiError) as error:
            failures += 1
            if isinstance(error, ConnectFailed) or not is_passing(error) or loop.time() >= until:
                raise
            log.warning("%s: trying again, for up to %.0f s: %s", label, until - loop.time(), error)
        await asyncio.sleep(pause_after(failures))
