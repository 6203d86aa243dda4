"""history/*: one limit for all trackers, inclusive edges, no offset, read marks that stay."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from navixy_async.testing import Event, Rules, World, WorldSpec

from .conftest import Raw, at, between, serving, wire

YEAR = timedelta(days=365)


def open_trackers(world: World, account: int = 0) -> list[int]:
    return [tracker.id for tracker in world.accounts[account].trackers if not tracker.blocked]


def ids(answer: Any) -> list[int]:
    return [entry["id"] for entry in answer.json["list"]]


async def page(raw: Raw, world: World, trackers: list[int] | None = None, **options: Any) -> Any:
    start, end = options.pop("start", world.start), options.pop("end", world.end)
    asked = {"trackers": trackers or open_trackers(world), **between(start, end), **options}
    return await raw("history/tracker/list", asked)


async def test_entries_are_those_of_the_truth(raw: Raw, world: World) -> None:
    trackers = open_trackers(world)
    day = (world.start + timedelta(days=3), world.start + timedelta(days=4))
    answer = await page(raw, world, start=day[0], end=day[1])
    truth = world.events(trackers, day[0], day[1] + timedelta(seconds=1))
    assert answer.json["total"] == len(truth) == len(answer.json["list"])
    assert answer.json["total_unread"] == sum(not row.is_read for row in truth)
    assert answer.json["limit_exceeded"] is False
    for entry, row in zip(answer.json["list"], truth, strict=True):
        check_entry(world, entry, row)


def check_entry(world: World, entry: dict[str, Any], row: Event) -> None:
    expected = {
        "id": row.id,
        "type": "tracker",
        "is_read": row.is_read,
        "message": row.message,
        "event": row.event,
        "tracker_id": row.tracker_id,
        "rule_id": row.rule_id,
        "track_id": row.track_id,
        "address": row.address,
    }
    assert {name: entry.get(name) for name in expected} == expected
    assert datetime.fromisoformat(entry["time"]) == row.time
    assert (entry["location"]["lat"], entry["location"]["lng"]) == (row.lat, row.lng)
    assert entry["extra"]["tracker_label"] == world.trackers[row.tracker_id].label
    assert entry["extra"]["emergency"] is row.emergency


async def test_the_limit_is_shared_by_all_trackers_and_cuts(world: World) -> None:
    async with serving(world, Rules(history_limit=50)) as raw:
        answer = await page(raw, world)
        truth = world.events(open_trackers(world), world.start, world.end)
        assert ids(answer) == [row.id for row in truth[:50]]
        assert answer.json["limit_exceeded"] is True
        assert answer.json["total"] == len(truth)
        assert ids(await page(raw, world, limit=7)) == [row.id for row in truth[:7]]
        assert (await page(raw, world, limit=51)).error == (400, 212)
        assert (await page(raw, world, limit=0)).error == (400, 7)
        backwards = await page(raw, world, limit=7, ascending=False)
        assert ids(backwards) == [row.id for row in truth[::-1][:7]]


async def test_ties_of_a_descending_list_can_keep_their_order() -> None:
    world = World(WorldSpec(accounts=1, trackers=2, days=1, points_per_day=30, burst=20, days_off=0))
    tracker = world.accounts[0].trackers[0].id
    burst = [row for row in world.events(tracker, world.start, world.end) if row.message.startswith("Burst")]
    moment = burst[0].time
    second = {"start": moment, "end": moment + timedelta(seconds=1), "ascending": False}
    tied = [row.id for row in world.events(tracker, moment, moment + timedelta(seconds=1))]
    async with serving(world) as raw:
        assert ids(await page(raw, world, [tracker], **second)) == tied[::-1]
    async with serving(world, Rules(tie_order="same")) as raw:
        assert ids(await page(raw, world, [tracker], **second)) == tied


async def test_both_edges_are_inclusive_and_the_end_is_after_the_start(raw: Raw, world: World) -> None:
    truth = world.events(open_trackers(world), world.start, world.end)
    first, last = truth[100].time, truth[200].time
    assert ids(await page(raw, world, start=first, end=last)) == [row.id for row in truth if first <= row.time <= last]
    assert (await page(raw, world, start=first, end=first)).error == (400, 7)
    assert (await page(raw, world, start=last, end=first)).error == (400, 7)


async def test_long_ranges_are_211_with_the_span(world: World) -> None:
    async with serving(world, Rules(report_span=3)) as raw:
        span = between(world.start, world.start + timedelta(days=3, seconds=1))
        for path in ("history/tracker/list", "history/user/list", "history/asset/list", "history/asset/count"):
            answer = await raw(path, {"trackers": open_trackers(world), **span})
            assert answer.error == (400, 211)
            assert answer.json["max_time_span"] == "P3D"


async def test_a_blocked_or_unknown_tracker_spoils_the_list(raw: Raw, world: World) -> None:
    blocked = next(tracker.id for tracker in world.accounts[0].trackers if tracker.blocked)
    good = open_trackers(world)
    assert (await page(raw, world, [*good, blocked])).error == (400, 217)
    assert (await page(raw, world, [*good, 1])).error == (400, 217)
    assert (await raw("history/tracker/list", {"trackers": [], **between(world.start, world.end)})).error == (400, 7)


async def test_the_culprits_are_named_only_by_platforms_that_do_so(world: World) -> None:
    blocked = next(tracker.id for tracker in world.accounts[0].trackers if tracker.blocked)
    asked = [*open_trackers(world), blocked, 1]
    for named in (False, True):
        async with serving(world, Rules(name_culprits=named)) as raw:
            listed = await page(raw, world, asked)
            assert listed.json.get("list") == ([blocked, 1] if named else None)
            states = await raw("tracker/get_states", {"trackers": asked})
            assert states.error == (400, 217)
            assert states.json.get("list") == ([1] if named else None)


async def test_filters_keep_what_they_say(raw: Raw, world: World) -> None:
    trackers = open_trackers(world)
    whole = world.events(trackers, world.start, world.end)
    types = await page(raw, world, events=["sos", "inzone"])
    assert ids(types) == [row.id for row in whole if row.event in ("sos", "inzone")][:1000]
    emergency = await page(raw, world, only_emergency=True)
    assert ids(emergency) == [row.id for row in whole if row.emergency][:1000] != []
    unread = await page(raw, world, only_unread=True, limit=30)
    assert ids(unread) == [row.id for row in whole if not row.is_read][:30]
    bare = await page(raw, world, limit=1, add_tracker_label=False)
    assert "tracker_label" not in bare.json["list"][0]["extra"]
    assert (await page(raw, world, events=[])).json["list"] == []


async def test_users_see_all_their_trackers_but_blocked_ones(raw: Raw, world: World) -> None:
    for number, account in enumerate(world.accounts):
        caller = raw.acting_as(account)
        answer = await caller("history/user/list", {**between(world.start, world.end), "limit": 200})
        truth = world.events(open_trackers(world, number), world.start, world.end)
        assert ids(answer) == [row.id for row in truth[:200]]
        assert answer.json["total"] == len(truth)
        assert answer.json["limit_exceeded"] is False, "here it means the tariff"


async def test_the_flag_can_mean_cut_in_all_lists_and_totals_can_be_missing(world: World) -> None:
    async with serving(world, Rules(cut_flag="all", totals=False)) as raw:
        span = {**between(world.start, world.end), "limit": 5}
        for path in ("history/user/list", "history/asset/list"):
            assert (await raw(path, span)).json["limit_exceeded"] is True
        answer = await page(raw, world, limit=5)
        assert answer.json["limit_exceeded"] is True
        assert "total" not in answer.json
        assert "total_unread" not in answer.json


async def test_assets_are_vehicles_and_employees(raw: Raw, world: World) -> None:
    span = between(world.start, world.end)
    trackers = [tracker for tracker in world.accounts[0].trackers if not tracker.blocked]
    one = next(tracker for tracker in trackers if tracker.employee_id is not None)
    truth = world.events(one.id, world.start, world.end)
    for asset in ({"id": one.vehicle_id, "type": "vehicle"}, {"id": one.employee_id, "type": "employee"}):
        answer = await raw("history/asset/list", {**span, "assets": [asset]})
        assert ids(answer) == [row.id for row in truth[:1000]]
        assert "total" not in answer.json
        count = await raw("history/asset/count", {**span, "assets": [asset]})
        unread = sum(not row.is_read for row in truth)
        assert count.json == {"success": True, "total": len(truth), "total_unread": unread}
    driven = [tracker.id for tracker in trackers if tracker.employee_id is not None]
    employees = await raw("history/asset/count", {**span, "asset_types": ["employee"]})
    assert employees.json["total"] == len(world.events(driven, world.start, world.end))
    for wrong in ({"assets": [{"id": 1}]}, {"assets": ["x"]}, {"asset_types": ["ship"]}):
        assert (await raw("history/asset/list", {**span, **wrong})).error == (400, 7)


async def test_reading_marks_stay(world: World) -> None:
    async with serving(world) as raw:
        before = (await raw("history/unread/count")).json["count"]
        newest = (await raw("history/unread/list", {"limit": 2})).json["list"]
        assert [entry["is_read"] for entry in newest] == [False, False]
        assert newest[0]["time"] >= newest[1]["time"]
        assert (await raw("history/mark_read", {"id": newest[0]["id"]})).json == {"success": True}
        assert (await raw("history/read", {"id": newest[0]["id"]})).json["value"]["is_read"] is True
        assert (await raw("history/unread/count")).json["count"] == before - 1
        total = await page(raw, world, limit=1)
        assert total.json["total_unread"] == before - 1
        assert raw.platform.stats.executed["history/mark_read"] == 1

        other = raw.acting_as(world.accounts[1])
        untouched = (await other("history/unread/count")).json["count"]
        await raw("history/mark_read_all")
        assert (await raw("history/unread/count")).json["count"] == 0
        assert (await other("history/unread/count")).json["count"] == untouched > 0


async def test_unread_lists_look_back_one_year_by_default(raw: Raw, world: World) -> None:
    whole = world.events(open_trackers(world), world.start, world.end)
    unread = [row for row in whole if not row.is_read]
    assert (await raw("history/unread/count")).json["count"] == len(unread)
    since = whole[len(whole) // 2].time
    later = await raw("history/unread/count", {"from": wire(since)})
    assert later.json["count"] == sum(row.time >= since for row in unread)
    assert (await raw("history/unread/count", {"type": "camera"})).json["count"] == 0
    raw.platform.now = world.end + YEAR
    assert (await raw("history/unread/count")).json["count"] == 0
    assert (await raw("history/unread/list", {"limit": 1001})).error == (400, 212)


async def test_one_entry_can_be_read_by_its_owner_alone(raw: Raw, world: World) -> None:
    row = world.events(open_trackers(world), world.start, world.end)[0]
    value = (await raw("history/read", {"id": row.id, "add_tracker_label": True})).json["value"]
    check_entry(world, value, row)
    assert (await raw.acting_as(world.accounts[1])("history/read", {"id": row.id})).error == (400, 201)
    assert (await raw("history/read", {"id": 5})).error == (400, 201)
    assert (await raw("history/mark_read", {"id": 5})).error == (400, 201)


async def test_late_entries_are_invisible_until_they_arrive(world: World) -> None:
    trackers = open_trackers(world)
    whole = world.events(trackers, world.start, world.end)
    late = next(row for row in whole if row.received > row.time)
    async with serving(world, now=late.received - timedelta(seconds=1)) as raw:
        day: dict[str, Any] = {"start": late.time - timedelta(seconds=1), "end": late.time + timedelta(seconds=1)}
        assert late.id not in ids(await page(raw, world, **day))
        assert (await raw("history/read", {"id": late.id})).error == (400, 201)
        raw.platform.now = late.received
        assert late.id in ids(await page(raw, world, **day))


async def test_the_tariff_clips_history_too() -> None:
    world = World(WorldSpec(accounts=1, trackers=1, days=10, points_per_day=60, store_days=(15,), days_off=0))
    tracker = world.accounts[0].trackers[0].id
    kept = world.events(tracker, world.settled - timedelta(days=15), world.end)
    async with serving(world) as raw:
        answer = await page(raw, world, [tracker])
        assert ids(answer) == [row.id for row in kept]
        assert answer.json["limit_exceeded"] is False, "in tracker history it means cut"
        by_user = await raw("history/user/list", between(world.start, world.end))
        assert by_user.json["limit_exceeded"] is True


async def test_types_have_descriptions(raw: Raw, world: World) -> None:
    types = (await raw("history/type/list", {"locale": "En-en"})).json["list"]
    known = {entry["type"] for entry in types}
    assert {row.event for row in world.events(list(world.trackers), world.start, world.end)} <= known
    assert all(entry["description"] for entry in types)
    everything = await raw("history/type/list", {"locale": "en_US", "only_tracker_events": False})
    assert len(everything.json["list"]) > len(types)


@pytest.mark.parametrize("limit", [3, 40])
async def test_a_second_with_more_entries_than_a_page_really_is_stuck(limit: int) -> None:
    world = World(WorldSpec(accounts=1, trackers=1, days=1, points_per_day=30, burst=60, days_off=0, burst_trackers=1))
    tracker = world.accounts[0].trackers[0].id
    moment = next(row.time for row in world.events(tracker, world.start, world.end) if row.message.startswith("Burst"))
    async with serving(world, Rules(history_limit=limit)) as raw:
        second = {"start": moment, "end": moment + timedelta(seconds=1)}
        forth = await page(raw, world, [tracker], **second)
        back = await page(raw, world, [tracker], **second, ascending=False)
        assert len(ids(forth)) == limit
        times = [datetime.fromisoformat(entry["time"]) for entry in forth.json["list"]]
        assert set(times) == {moment}
        assert all(a <= b for a, b in pairwise(times))
        seen = set(ids(forth)) | set(ids(back))
        tied = {row.id for row in world.events(tracker, moment, moment + timedelta(seconds=1))}
        assert (tied <= seen) is (2 * limit >= len(tied))


async def test_naive_history_speaks_the_zone_of_the_account(raw: Raw, world: World) -> None:
    kathmandu = raw.acting_as(world.accounts[1])
    trackers = open_trackers(world, 1)
    asked = {"trackers": trackers, "from": "2026-03-25 05:45:00", "to": "2026-03-26 05:44:59"}
    naive = await kathmandu("history/tracker/list", asked, iso=False)
    truth = world.events(trackers, at(2026, 3, 25), at(2026, 3, 26))
    assert ids(naive) == [row.id for row in truth]
    zone = world.accounts[1].zone
    assert naive.json["list"][0]["time"] == truth[0].time.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S")
