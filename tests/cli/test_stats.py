"""Requests and the rate at which they left, counted while the limiter had work."""

from __future__ import annotations

from typing import Any

from navixy_async.cli.stats import RequestStats
from navixy_async.limits import BudgetSnapshot, LimitsSnapshot
from navixy_async.observe import Refused, RequestFinished, Retrying


def budget(limit: int) -> BudgetSnapshot:
    return BudgetSnapshot(name=None, limit=limit, rate=limit, pace=limit, busy=0, waiting=0, paused_for=0.0, refused=0)


def snapshot(waiting: int, granted: int, *, credentials: int = 3) -> LimitsSnapshot:
    return LimitsSnapshot(
        host="h",
        enabled=True,
        waiting=waiting,
        in_flight=0,
        granted=granted,
        refused=0,
        paced=False,
        lanes=(),
        addresses=(budget(50),),
        credentials=(budget(20),) * credentials,
        paths=(),
    )


def test_the_rate_is_taken_only_while_the_limiter_had_work() -> None:
    stats = RequestStats()
    for now, waiting, granted in (
        (0, 0, 0),
        (1, 5, 5),
        (2, 5, 54),
        (3, 1, 102),
        (4, 0, 110),
        (9, 0, 110),
        (10, 3, 111),
    ):
        stats.observe(snapshot(waiting, granted), now)
    assert stats.busy == 2
    assert stats.achieved == (102 - 5) / 2
    assert stats.limit == 50
    stats.observe(snapshot(3, 111, credentials=1), 10.1)
    assert stats.limit == 20


def test_a_moment_of_work_gives_no_rate() -> None:
    stats = RequestStats()
    assert stats.achieved is None
    stats.observe(snapshot(1, 0), 0.0)
    stats.observe(snapshot(1, 10), 0.25)
    assert stats.achieved is None
    assert stats.rate == 40


def test_the_meter_counts_events() -> None:
    stats = RequestStats()
    finished: dict[str, Any] = {
        "operation": "a/b",
        "lane": "bulk",
        "account": "x",
        "attempt": 1,
        "queued": 0.0,
        "seconds": 0.1,
    }
    stats(RequestFinished(http_status=200, code=None, size=100, **finished))
    stats(RequestFinished(http_status=429, code=15, size=20, **finished))
    stats(Refused(account="x", operation="a/b", lane="bulk", retry_after=None))
    stats(Retrying(account="x", operation="a/b", attempt=1, wait=0.1, cause="ConnectionLost"))
    assert (stats.requests, stats.bytes, stats.refused, stats.retries) == (2, 120, 1, 1)
