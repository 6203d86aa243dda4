"""The whole way: real client, real connections, the embedded platform and its bad moments, held against its truth."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from navixy_async import ApiKey, InvalidInput, Navixy
from navixy_async.harvest import Coverage, Harvests
from navixy_async.settings import Limits, Retries
from navixy_async.testing import UNLIMITED, Fault, Platform, Rules, World, WorldSpec

SPEC = WorldSpec(
    accounts=3, trackers=6, start=date(2026, 3, 27), days=4, points_per_day=120, events_per_day=15, late=0.5
)

START, END = datetime(2026, 3, 27, 5, 17, tzinfo=UTC), datetime(2026, 3, 31, 2, 3, tzinfo=UTC)

POINT = ("lat", "lng", "alt", "speed", "heading", "satellites", "mileage", "address", "precision", "gsm_lbs", "parking")

EVENT = ("event", "message", "rule_id", "track_id", "lat", "lng", "precision", "address", "is_read")


@asynccontextmanager
async def running(world: World, rules: Rules) -> AsyncIterator[tuple[Platform, Harvests]]:
    """The platform and the harvests of all its accounts."""
    async with Platform(world, rules=rules) as platform:
        retries = Retries(base=0.01, longest=0.05)
        async with Navixy(platform.base_url, limits=Limits(enabled=False), retries=retries) as navixy:
            accounts = [
                navixy.account(ApiKey(account.api_key), label=f"fleet {account.index}") for account in world.accounts
            ]
            yield platform, navixy.harvest(accounts)


def written(directory: Path, stream: str, members: tuple[str, ...], key: str | None) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = []
    for path in sorted(directory.glob(f"stream={stream}/*/*/*.parquet")):
        for row in pq.ParquetFile(path).read().to_pylist():
            assert path.parent.name == f"date={row['time'].date()}"
            rows.append((row["tracker_id"], row["time"], key and row[key], *(row[name] for name in members)))
    return sorted(rows, key=repr)


def truth(world: World, *, blocked: bool = False) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]:
    trackers = [tracker.id for tracker in world.trackers.values() if blocked or not tracker.blocked]
    points = [
        (point.tracker_id, point.time, None, *(getattr(point, name) for name in POINT))
        for tracker in trackers
        for point in world.points(tracker, START, END)
    ]
    events = [
        (event.tracker_id, event.time, event.id, *(getattr(event, name) for name in EVENT))
        for event in world.events(trackers, START, END)
    ]
    return sorted(points, key=repr), sorted(events, key=repr)


def secrets_in(directory: Path, world: World) -> list[Path]:
    """Files, hidden ones too, that hold what nobody may read."""
    secrets = [text.encode() for account in world.accounts for text in (account.api_key, account.password)]
    files = [path for path in directory.rglob("*") if path.is_file()]
    assert any(path.name == "ledger.sqlite" for path in files)
    return [path for path in files if any(secret in path.read_bytes() for secret in secrets)]


async def both(harvests: Harvests, directory: Path) -> tuple[Coverage, Coverage]:
    tracks = await harvests.tracks(start=START, end=END).to_parquet(directory)
    return tracks, await harvests.events(start=START, end=END).to_parquet(directory)


@pytest.mark.parametrize(
    "rules",
    [
        {},
        {"iso_style": "zulu", "history_limit": 7, "track_span": 1, "report_span": 2},
        {"iso_style": "compact", "gzip": False, "max_points": 100, "cut_flag": "all", "totals": False},
        {"iso_datetime": False, "history_limit": 20},
    ],
    ids=["documented", "narrow", "large answers refused", "without offsets"],
)
async def test_files_equal_the_world(rules: dict[str, Any], tmp_path: Path) -> None:
    world = World(SPEC)
    async with running(world, Rules(per_credential=UNLIMITED, per_address=UNLIMITED, **rules)) as (_, harvests):
        coverages = await both(harvests, tmp_path)
    points, events = truth(world)
    assert written(tmp_path, "tracks", POINT, None) == points and len(points) > 3_000
    assert written(tmp_path, "events", EVENT, "id") == events and len(events) > 300
    blocked = {tracker.id for tracker in world.trackers.values() if tracker.blocked}
    for coverage in coverages:
        assert {hole.tracker_id for hole in coverage.holes} == blocked == {hole.tracker_id for hole in coverage.blocked}
        assert bool(coverage.zones) is (rules.get("iso_datetime") is False)
    assert coverages[0].late > 0


async def test_bad_moments_leave_no_trace(tmp_path: Path) -> None:
    world = World(SPEC)
    async with running(world, Rules(per_credential=UNLIMITED, per_address=UNLIMITED)) as (platform, harvests):
        faults = [
            platform.faults.add(Fault(kind=kind, path=path, times=3, probability=0.5))
            for kind in ("cut", "cut_chunked", "not_json", "empty", "unavailable", "unavailable_html", "server_error")
            for path in ("track/read", "history/*")
        ]
        faults += [
            platform.faults.add(Fault(kind=kind, times=2, probability=0.5))
            for kind in ("reset_before", "reset_after", "error_in_200", "throttle")
        ]
        faults.append(platform.faults.add(Fault(kind="too_large", path="track/read", times=3)))
        coverages = await both(harvests, tmp_path)
        assert not any(coverage.failed for coverage in coverages), str(coverages[0])
        assert sum(platform.faults.struck(fault) for fault in faults) > 20
    points, events = truth(world)
    assert written(tmp_path, "tracks", POINT, None) == points
    assert written(tmp_path, "events", EVENT, "id") == events
    assert not secrets_in(tmp_path, world)


async def test_more_events_in_a_second_than_a_page_holds(tmp_path: Path) -> None:
    world = World(WorldSpec(accounts=1, trackers=3, start=date(2026, 3, 27), days=4, points_per_day=20, burst=30))
    rules = Rules(per_credential=UNLIMITED, per_address=UNLIMITED, history_limit=10)
    async with running(world, rules) as (_, harvests):
        coverage = await harvests.events(start=START, end=END).to_parquet(tmp_path)
    found, (_, events) = written(tmp_path, "events", EVENT, "id"), truth(world)
    assert set(found) <= set(events) and len(found) == len(set(found))
    for row in set(events) - set(found):
        assert any(hole.tracker_id == row[0] and row[1] in hole.range for hole in coverage.gaps)


async def test_what_the_tariff_does_not_keep_is_clipped_not_lost(tmp_path: Path) -> None:
    world = World(
        WorldSpec(accounts=2, trackers=3, start=date(2026, 3, 27), days=4, points_per_day=60, store_days=(2, None))
    )
    async with running(world, Rules(per_credential=UNLIMITED, per_address=UNLIMITED)) as (platform, harvests):
        platform.now = END + timedelta(hours=1)
        coverage = await harvests.tracks(start=START, end=END).to_parquet(tmp_path)
    assert {hole.account for hole in coverage.clipped} == {"fleet 0"}
    found, (points, _) = written(tmp_path, "tracks", POINT, None), truth(world)
    assert set(found) < set(points)
    for row in set(points) - set(found):
        late = next(p for p in world.points(row[0], row[1], row[1] + timedelta(seconds=1)))
        assert late.received > END + timedelta(hours=1) or any(
            hole.tracker_id == row[0] and row[1] in hole.range for hole in coverage.clipped
        )


async def test_a_key_that_is_deleted_half_way_stops_its_account_alone(tmp_path: Path) -> None:
    world = World(SPEC)
    async with running(world, Rules(per_credential=UNLIMITED, per_address=UNLIMITED, track_span=1)) as (
        platform,
        harvests,
    ):

        def revoke(progress: Any) -> None:
            if progress.items_done == 12:
                platform.end_session(world.accounts[1].id, keys=True)

        coverage = await harvests.tracks(start=START, end=END, workers=2, progress=revoke).to_parquet(tmp_path)
    assert {hole.account for hole in coverage.failed} == {"fleet 1"}
    assert {hole.code for hole in coverage.failed} <= {3, 4}
    points, _ = truth(world)
    failed = {(hole.tracker_id, hole.range) for hole in coverage.failed}
    expected = [row for row in points if not any(row[0] == tracker and row[1] in span for tracker, span in failed)]
    assert written(tmp_path, "tracks", POINT, None) == expected


@pytest.mark.parametrize("stream", ["raw", "raw_arrived"])
async def test_raw_messages_of_an_installation_on_premises_are_refused_at_once(stream: str, tmp_path: Path) -> None:
    """There is no data warehouse to ask, and nothing is requested of it."""
    async with running(World(SPEC), Rules(prefix="/api")) as (platform, harvests):
        with pytest.raises(InvalidInput, match=r"has no data warehouse \(DWH\)"):
            await getattr(harvests, stream)(start=START, end=END).to_parquet(tmp_path)
        assert not [entry for entry in platform.log if "raw_data" in entry.path]
