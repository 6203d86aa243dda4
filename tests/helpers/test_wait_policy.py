"""What a server says of the progress of long work steers how often it is looked at only so far."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest

from navixy_async.errors import DeadlineExceeded, InvalidInput
from navixy_async.helpers import wait_policy

from ..support.helpers.platform import Platform
from .conftest import Serve

START, END = datetime(2024, 3, 1, tzinfo=UTC), datetime(2024, 3, 8, tzinfo=UTC)


@pytest.mark.parametrize("news", [True, False])
async def test_news_with_every_look_make_hundreds_of_looks_and_not_thousands(
    news: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock, looks = 0.0, 0

    async def sleep(seconds: float) -> None:
        nonlocal clock
        clock += seconds

    monkeypatch.setattr(wait_policy, "monotonic", lambda: clock)
    monkeypatch.setattr(asyncio, "sleep", sleep)
    waits = wait_policy.WaitPolicy(3600.0, "report")
    with pytest.raises(DeadlineExceeded):
        while True:
            looks += 1
            if news:
                waits.poll_sooner()
            await waits.pause()
    assert looks < 700
    assert clock > 3500


async def test_a_percentage_with_fractions_has_grown_when_it_is_a_whole_more(serve: Serve) -> None:
    platform, seen = Platform(), []  # type: tuple[Platform, list[int]]
    platform.steps = [0.1, 0.2, 0.9, 1.5, 1.6, 100]  # type: ignore[list-item]
    fleet = await serve(platform)
    await fleet.reports.read({"plugin_id": 4}, START, END, trackers=[1], progress=seen.append)
    assert seen == [0, 1, 100]


@pytest.mark.parametrize("timeout", [float("nan"), float("inf"), -1.0, "5"])
async def test_a_time_out_that_is_no_time_is_refused_before_anything_is_sent(serve: Serve, timeout: Any) -> None:
    platform = Platform()
    fleet = await serve(platform)
    with pytest.raises(InvalidInput, match="timeout must be a number of seconds"):
        await fleet.reports.read({"plugin_id": 4}, START, END, trackers=[1], timeout=timeout)
    with pytest.raises(InvalidInput, match="timeout must be a number of seconds"):
        await fleet.imports.employees(b"x", ["first_name"], timeout=timeout)
    assert platform.calls == []
