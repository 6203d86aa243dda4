"""Requests for many trackers at once, although one of them may spoil the answer for all."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Collection, MutableMapping, Sequence
from typing import TypeVar

from ...errors import NavixyError, NotFound, TooManyTrackers, TrackerBlocked
from ...paging.batches import HalvingQueue

T = TypeVar("T")

log = logging.getLogger("navixy_async")


async def request_in_batches(
    trackers: Sequence[int], ask: Callable[[tuple[int, ...]], Awaitable[T]]
) -> tuple[list[T], dict[int, NavixyError]]:
    """The answers for all available trackers, and the refusal for each of the others.

    A batch that is refused (217, 201, 208), or too large (221), is halved down to the culprits.
    """
    answers: list[T] = []
    refused: dict[int, NavixyError] = {}
    batches = HalvingQueue([tuple(trackers)])
    while batches:
        batch = tuple(batches.next())
        try:
            answers.append(await ask(batch))
        except (NotFound, TrackerBlocked, TooManyTrackers) as error:
            if not error.from_platform:
                raise  # a page of something on the way: no tracker is to blame
            if batches.halve(batch):
                continue
            if isinstance(error, TooManyTrackers):
                raise
            refused[batch[0]] = error
    return answers, refused


def drop_unrequested(by_tracker: MutableMapping[int, T], asked: Collection[int], what: str) -> None:
    """Remove what belongs to trackers that were not asked for, and log it."""
    strangers = by_tracker.keys() - set(asked)
    for tracker in strangers:
        del by_tracker[tracker]
    if strangers:
        log.warning(
            "%s returned %d trackers that were not requested (%d, for example): left out",
            what,
            len(strangers),
            min(strangers),
        )
