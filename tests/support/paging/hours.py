"""What the tests of the walk share: an hour to ask for, entries to fill it, and a reader."""

from __future__ import annotations

from typing import Any

from navixy_async.operations import Operation
from navixy_async.paging import Gap, Page, walk

from .platform_model import TRACKER_LIST, Event, HistoryEntry, at, drive, entries_of

START = 1_774_742_400
HOUR = {"from": at(START), "to": at(START + 3600)}


def read(
    history: Any, operation: Operation[Any] = TRACKER_LIST, **params: Any
) -> tuple[list[Page[HistoryEntry]], list[Gap]]:
    async def run() -> tuple[list[Page[HistoryEntry]], list[Gap]]:
        pages, gaps = [], []
        async for step in walk(history, operation, {**HOUR, **params}, items=entries_of):
            if isinstance(step, Gap):
                gaps.append(step)
            else:
                pages.append(step)
        return pages, gaps

    return drive(run())


def ids(pages: list[Page[HistoryEntry]]) -> list[int]:
    return [entry.id for page in pages for entry in page.items]


def spread(count: int, *, every: int = 1, tracker: int = 1, first: int = 0) -> list[Event]:
    return [Event(first + n + 1, START + n * every, tracker) for n in range(count)]


def crowd(count: int, *, second: int = 100, tracker: int = 1, kind: str = "inzone", first: int = 10_000) -> list[Event]:
    return [Event(first + n, START + second, tracker, kind) for n in range(count)]
