"""Documented examples that are adapted to the request: its trackers, its user, its mode of times."""

from __future__ import annotations

from typing import Any, cast
from zoneinfo import ZoneInfo

import pytest

from navixy_async.testing import World, WorldSpec
from navixy_async.testing.handlers.action import Call
from navixy_async.testing.handlers.adapt_answer import at_home, epoch_of, in_mode
from navixy_async.testing.wire import Times


class Asked:
    """As much of a call as an answer is adapted to."""

    def __init__(self, times: Times) -> None:
        self.account = World(WorldSpec(accounts=1, trackers=2, days=1)).accounts[0]
        self.credential = object()
        self.times = times


@pytest.fixture
def call() -> Call:
    return cast("Call", Asked(Times(ZoneInfo("Europe/Berlin"), "zulu")))


def test_times_are_written_in_the_mode_of_the_request_at_any_depth(call: Call) -> None:
    shown = {"a": ["2026-03-01T12:00:00+0100", {"b": "2026-03-01T11:00:00Z"}], "c": "2026-03-01", "d": 5}
    same = "2026-03-01T11:00:00Z"
    assert in_mode(call, shown) == {"a": [same, {"b": same}], "c": "2026-03-01", "d": 5}
    assert epoch_of(call, "2026-03-01 12:00:00") is not None
    assert [epoch_of(call, wrong) for wrong in ("2026-13-01 12:00:00", "tomorrow, I hope to", 7)] == [None] * 3


def test_an_example_names_the_accounts_own_trackers_and_user(call: Call) -> None:
    asked: Any = {"trackers": [11, 12]}
    sample = {"1": {"tracker_id": 1, "user_id": 2, "other_id": 3}}
    own = {"tracker_id": call.account.trackers[0].id, "user_id": call.account.id, "other_id": 3}
    assert at_home(call, asked, sample) == {"11": own, "12": own}
    one: Any = {"tracker_id": 12}
    assert at_home(call, one, [{"tracker_id": 1}]) == [{"tracker_id": 12}]
