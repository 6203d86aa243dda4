"""Batches: split by the limits, merged again, and every tracker accounted for."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

import msgspec
import pytest

from navixy_async.api.resources import Resources
from navixy_async.errors import BatchPoisoned, InvalidInput, NotFound, ServerFault, TooManyTrackers, TrackerBlocked
from navixy_async.helpers.batches import Batches, in_batches

from ..support.api import FakeCaller

GONE, BLOCKED = frozenset((5, 77, 903)), frozenset((8, 500))


def error(kind: Any, code: int) -> Any:
    return kind(code, "x", http_status=400, operation="x")


class Platform:
    """Refuses a list as soon as one of its trackers is wrong."""

    def __init__(self, most: int = 1000) -> None:
        self.most = most
        self.asked: list[int] = []
        self.running = self.peak = 0

    async def ask(self, group: list[int]) -> Mapping[int, str]:
        self.asked.append(len(group))
        self.running += 1
        self.peak = max(self.peak, self.running)
        await asyncio.sleep(0)
        self.running -= 1
        if len(group) > self.most:
            raise error(TooManyTrackers, 221)
        if set(group) & GONE:
            raise error(BatchPoisoned, 217)
        if set(group) & BLOCKED:
            raise error(TrackerBlocked, 208)
        return {tracker: f"value {tracker}" for tracker in group if tracker != 40}


async def test_every_tracker_is_in_exactly_one_part() -> None:
    platform = Platform()
    result = await in_batches(platform.ask, [*range(1, 1001), 3, 3], size=128)
    assert set(result.missing) == GONE | {40}
    assert set(result.blocked) == BLOCKED
    assert result.failed == {}
    assert set(result.ok) == set(range(1, 1001)) - GONE - BLOCKED - {40}
    assert list(result.ok) == sorted(result.ok)
    assert not result.complete
    assert platform.asked[0] == 128
    assert len(platform.asked) < 8 + 5 * 2 * 8
    assert platform.peak <= 4


async def test_a_smaller_limit_than_documented_is_found() -> None:
    platform = Platform(most=10)
    result = await in_batches(platform.ask, range(100, 140), size=128)
    assert result.complete
    assert len(result.ok) == 40


async def test_a_failure_stands_at_the_trackers_that_it_hit() -> None:
    async def ask(group: list[int]) -> Mapping[int, int]:
        if 1 in group:
            raise error(ServerFault, 1)
        return dict.fromkeys(group, 0)

    result = await in_batches(ask, range(20), size=10)
    assert set(result.failed) == set(range(10))
    assert set(result.ok) == set(range(10, 20))


async def test_no_trackers_are_no_request() -> None:
    platform = Platform()
    assert (await in_batches(platform.ask, [], size=10)).complete
    assert platform.asked == []


@pytest.mark.parametrize("limits", [{"size": 0}, {"size": 1, "at_once": 0}])
async def test_limits_that_make_no_sense(limits: dict[str, int]) -> None:
    with pytest.raises(InvalidInput):
        await in_batches(Platform().ask, [1], **limits)


async def test_a_fault_of_the_program_is_no_result() -> None:
    async def ask(_group: list[int]) -> Mapping[int, int]:
        raise ZeroDivisionError

    with pytest.raises(ExceptionGroup):
        await in_batches(ask, [1], size=1)


class Answers(FakeCaller):
    """Answers a batch action with a value for each tracker."""

    def __init__(self, member: str, value: Any) -> None:
        super().__init__()
        self.member, self.value = member, value

    async def call(self, operation: Any, params: Any = None, **rest: Any) -> Any:
        if 7 in params["trackers"] and self.member != "states":
            self._note(operation, params, None, None)
            raise error(NotFound, 201)
        given = {str(tracker): self.value for tracker in params["trackers"] if tracker not in (7, 9)}
        body = {self.member: given, **({"blocked": [7], "not_exist": [9]} if self.member == "states" else {})}
        self.body = msgspec.json.encode(body)
        return await super().call(operation, params, **rest)


@pytest.mark.parametrize(
    ("name", "member", "value", "size"),
    [
        ("states", "states", {"source_id": 1}, 2000),
        ("readings", "result", {"inputs": []}, 500),
        ("sensors", "result", [{"type": "metering", "id": 1}], 500),
        ("inputs", "data", {"inputs": [True]}, 500),
        ("outputs", "result", [], 500),
        ("statuses", "value", {"current_status": None}, 500),
    ],
)
async def test_the_platforms_batch_actions(name: str, member: str, value: Any, size: int) -> None:
    caller = Answers(member, value)
    result = await getattr(Batches(Resources(caller)), name)(range(1, 3000))
    assert set(result.ok) == set(range(1, 3000)) - {7, 9}
    assert result.blocked == ((7,) if name == "states" else ())
    assert result.missing == ((9,) if name == "states" else (7, 9))
    assert max(len(params["trackers"]) for _, params in caller.calls) == size


async def test_a_platform_that_finds_every_number_too_many_is_asked_a_few_times() -> None:
    asked: list[int] = []

    async def ask(group: list[int]) -> dict[int, str]:
        asked.append(len(group))
        raise TooManyTrackers(221, "Too many trackers")

    result = await in_batches(ask, range(2000), size=500)
    assert len(result.failed) == 2000 and not result.missing
    assert len(asked) <= 4 * 10
