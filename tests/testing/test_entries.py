"""Pages of events are found without making the others; what they hold is what a plain filter of the truth gives."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from navixy_async.testing import Event, Rules, World, WorldSpec

from .conftest import serving, wire

TYPES = ("ignition", "track_end", "speedup", "inzone", "offline", "online", "sos", "info", "input_change", "no such")


def expected(world: World, trackers: list[int], asked: dict[str, Any], now: datetime, read: set[int]) -> list[Event]:
    """The entries by a plain look at every one of them."""
    types = asked.get("events")
    return [
        row
        for row in world.events(trackers, asked["start"], min(asked["end"], now) + timedelta(seconds=1))
        if row.received <= now
        and (types is None or row.event in types)
        and (not asked.get("only_emergency") or row.emergency)
        and not (asked.get("only_unread") and (row.is_read or row.id in read))
    ]


def queries(draw: random.Random, world: World, count: int) -> Iterator[dict[str, Any]]:
    whole = world.events(list(world.trackers), world.start, world.end)
    for _ in range(count):
        start = draw.choice(whole).time if draw.random() < 0.5 else world.start
        asked: dict[str, Any] = {
            "start": start,
            "end": start + timedelta(seconds=draw.choice([1, 7200, 86_400, 10**6])),
        }
        if draw.random() < 0.4:
            asked["events"] = draw.sample(TYPES, draw.randrange(4))
        for name in ("only_emergency", "only_unread"):
            if draw.random() < 0.4:
                asked[name] = draw.random() < 0.7
        yield asked


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("tie_order", ["reversed", "same"])
async def test_pages_totals_and_marks_are_those_of_a_plain_filter(seed: int, tie_order: Any) -> None:
    draw = random.Random(seed)
    spec = WorldSpec(
        seed=seed, accounts=1, trackers=4, days=4, points_per_day=30, events_per_day=10, late=0.6, burst=12 * (seed % 2)
    )
    world = World(spec)
    trackers = [tracker.id for tracker in world.accounts[0].trackers if not tracker.blocked]
    now = world.settled if seed % 3 == 0 else world.start + timedelta(hours=30 + 20 * seed)
    read: set[int] = set()
    async with serving(world, Rules(tie_order=tie_order), now=now) as raw:
        for number, asked in enumerate(queries(draw, world, 40)):
            if number == 12:
                arrived = [row for row in world.events(trackers, world.start, now) if row.received <= now]
                read |= {row.id for row in draw.sample(arrived, min(len(arrived), 9))}
                for event_id in read:
                    assert (await raw("history/mark_read", {"id": event_id})).status == 200
            if number == 30:
                read |= {row.id for row in world.events(trackers, world.start, now) if row.received <= now}
                assert (await raw("history/mark_read_all")).status == 200
            some = draw.sample(trackers, draw.randrange(1, len(trackers) + 1))
            right = expected(world, some, asked, now, read)
            limit, ascending = draw.choice([1, 5, 1000]), draw.random() < 0.5
            filters = {name: value for name, value in asked.items() if name not in ("start", "end")}
            sent = {"trackers": some, "from": wire(asked["start"]), "to": wire(asked["end"]), **filters}
            told = (await raw("history/tracker/list", {**sent, "limit": limit, "ascending": ascending})).json
            if not ascending:
                down = 1 if tie_order == "same" else -1
                right.sort(key=lambda row: (-row.time.timestamp(), down * row.id))
            assert [entry["id"] for entry in told["list"]] == [row.id for row in right[:limit]]
            assert told["total"] == len(right)
            assert told["total_unread"] == sum(not (row.is_read or row.id in read) for row in right)
            assert told["limit_exceeded"] is (len(right) > limit)


async def test_accounts_that_take_turns_have_nothing_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each page once made all entries anew of whatever tracker had been crowded out by the other accounts'."""
    monkeypatch.setattr("navixy_async.testing.world.CACHED_EVENTS", 1, raising=False)
    world = World(WorldSpec(accounts=2, trackers=40, days=12, points_per_day=30, events_per_day=12, blocked=0))
    made = 0
    shuffle = random.Random.shuffle

    def counted(self: random.Random, items: Any) -> None:
        nonlocal made
        made += 1  # of each day's entries, once
        shuffle(self, items)

    monkeypatch.setattr(random.Random, "shuffle", counted)
    async with serving(world, Rules(history_limit=50)) as raw:
        asked = {"from": wire(world.start), "to": wire(world.end)}
        callers = [raw.acting_as(account, account.api_key) for account in world.accounts]
        for caller, account in zip(callers, world.accounts, strict=True):
            await caller("history/tracker/list", {**asked, "trackers": [tracker.id for tracker in account.trackers]})
        before, made = made, 0
        for _ in range(3):
            for caller, account in zip(callers, world.accounts, strict=True):
                answer = await caller(
                    "history/tracker/list", {**asked, "trackers": [tracker.id for tracker in account.trackers]}
                )
                assert len(answer.json["list"]) == 50
    assert before > 700
    assert made < 100
