"""The truth that the demo is held against."""

from __future__ import annotations

from datetime import UTC, date, datetime

import msgspec

from navixy_async.cli.commands.demo import truth
from navixy_async.testing import Event, Point, World, WorldSpec
from navixy_async.times import TimeRange


def test_the_truth_has_every_member_that_the_platform_shows() -> None:
    for struct, stream, unseen in ((Point, "tracks", {"received", "track_id"}), (Event, "events", {"received"})):
        members = {field.name for field in msgspec.structs.fields(struct)}
        assert members - set(truth.TRUTH[stream].names) == unseen


def test_days_are_cut_where_the_range_is() -> None:
    world = World(WorldSpec(accounts=1, trackers=1, days=2, points_per_day=60, days_off=0))
    account = world.accounts[0].id
    noon = TimeRange(datetime(2026, 3, 23, 12, tzinfo=UTC), datetime(2026, 3, 23, 18, tzinfo=UTC))
    rows = truth.true_rows(world, "tracks", account, date(2026, 3, 23), noon)
    whole = world.points(world.accounts[0].trackers[0].id, noon.start, noon.end)
    assert rows["time"].to_pylist() == [point.time for point in whole]
    assert rows.num_rows > 0
    assert truth.true_rows(world, "tracks", account, date(2026, 3, 24), noon).num_rows == 0
    assert truth.true_rows(world, "tracks", None, date(2026, 3, 23), noon).num_rows == 0
