"""How a harvest runs, and the small things that it runs on."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta

from ..errors import InvalidInput
from ..times import SECOND
from .account import HarvestAccount
from .engine import OnError, Report
from .threads import lower_priority

_DECODERS = 2
_AT_ONCE = 16
"""Accounts that are asked for their trackers at the same time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How a harvest runs; none of it changes which rows it brings."""

    workers: int = 16
    window: timedelta | None = None
    on_error: OnError | None = None
    patience: float = 120.0
    progress: Report | None = None

    def __post_init__(self) -> None:
        if isinstance(self.workers, bool) or not isinstance(self.workers, int) or self.workers < 1:
            raise InvalidInput(f"workers must be a whole number of at least 1, not {self.workers!r}")
        if self.window is not None and not (isinstance(self.window, timedelta) and self.window >= SECOND):
            raise InvalidInput(f"window must be a timedelta of at least one second, not {self.window!r}")
        if self.on_error not in (None, "collect", "raise"):
            raise InvalidInput(f"on_error must be 'collect' or 'raise', not {self.on_error!r}")
        if isinstance(self.patience, bool) or not isinstance(self.patience, int | float) or self.patience < 0:
            raise InvalidInput(f"patience must be a number of seconds, not {self.patience!r}")


class DecodePool(ThreadPoolExecutor):
    """Threads for large answers; leaving does not wait for one that is still at it."""

    def __init__(self) -> None:
        super().__init__(_DECODERS, thread_name_prefix="harvest-decode", initializer=lower_priority)

    def __exit__(self, *_: object) -> None:
        self.shutdown(wait=False, cancel_futures=True)


async def map_bounded(accounts: Iterable[HarvestAccount], work: Callable[[HarvestAccount], Awaitable[None]]) -> None:
    """`work` for each account, a bounded number at the same time; the first failure ends all."""
    left = iter(accounts)

    async def worker() -> None:
        for account in left:
            await work(account)

    try:
        async with asyncio.TaskGroup() as group:
            for _ in range(_AT_ONCE):
                group.create_task(worker())
    except BaseExceptionGroup as failures:
        raise failures.exceptions[0] from None


def tracker_ids(trackers: Iterable[int] | None) -> tuple[int, ...] | None:
    """The ids as asked for, each once, sorted; InvalidInput if one is none."""
    if trackers is None:
        return None
    if isinstance(trackers, int | str):
        raise InvalidInput(f"trackers must be a list of ids, not {trackers!r}")
    ids = list(trackers)
    for each in ids:
        if isinstance(each, int) and each.bit_length() > 63:
            raise InvalidInput(f"trackers must be ids, and a number of {each.bit_length()} bits is none: correct it")
        if isinstance(each, bool) or not isinstance(each, int):
            raise InvalidInput(
                f"trackers must be ids (whole numbers), and {each!r} is none: leave it out for all trackers"
            )
    return tuple(sorted(set(ids)))


def unknown_trackers(unknown: Sequence[int], accounts: Mapping[str, HarvestAccount]) -> str:
    """The sentence for trackers that none of the accounts can see."""
    shown = ", ".join(map(str, unknown[:10])) + (f" and {len(unknown) - 10} more" if len(unknown) > 10 else "")
    noun = "tracker" if len(unknown) == 1 else "trackers"
    names = ", ".join(list(accounts)[:5])
    return f"unknown {noun} {shown}: {names or 'no account'} can see no such id; correct or leave it out"
