"""A program of a user, for the type checker only: nobody runs it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import assert_type

from navixy_async.api.models.checkin import CheckinListAnswer
from navixy_async.api.models.history import HistoryEntry, HistoryTrackerListAnswer
from navixy_async.api.models.track import ClusterTrack, RegularTrack, Track, TrackPoint, TrackReadAnswer, UnknownTrack
from navixy_async.api.models.tracker import Tracker, TrackerGetStatesAnswer, TrackerState
from navixy_async.api.models.tracker_readings import TrackerReadings
from navixy_async.api.models.zone import Zone
from navixy_async.api.resources import Resources
from navixy_async.files import FileBytes


async def use(fleet: Resources) -> None:
    start, end = datetime(2024, 1, 1, tzinfo=UTC), datetime(2024, 1, 2, tzinfo=UTC)
    trackers = await fleet.tracker.list(labels=["bus"])
    assert_type(trackers, list[Tracker])
    assert_type(trackers[0].id, int)
    assert_type(trackers[0].source.device_id, str | int | None)
    ids = [tracker.id for tracker in trackers]
    states = await fleet.tracker.get_states(ids, list_blocked=True)
    assert_type(states, TrackerGetStatesAnswer)
    assert_type(states.states[1], TrackerState)
    track = await fleet.track.read(tracker_id=1, from_=start, to=end, simplify=False, filter=False, lane="bulk")
    assert_type(track, TrackReadAnswer)
    assert_type(track.list[0], TrackPoint)
    for entry in (await fleet.track.list(1, start, end)).list:
        assert_type(entry, Track)
        if isinstance(entry, RegularTrack):
            assert_type(entry.length, float | None)
        elif isinstance(entry, ClusterTrack):
            assert_type(entry.end_date, datetime)
        elif isinstance(entry, UnknownTrack):
            print(entry.tag)
    pager = fleet.history.tracker.list(trackers=ids, from_=start, to=end, events=["inzone"])
    assert_type(await pager, HistoryTrackerListAnswer)
    async for event in pager:
        assert_type(event, HistoryEntry)
        assert_type(event.time, datetime)
    assert_type(await fleet.tracker.group.create(title="a", color="FF0000"), int)
    assert_type(await fleet.tracker.readings.batch_list(ids), dict[int, TrackerReadings])
    assert_type(await fleet.track.download(1, start, end, format="kmz"), FileBytes)
    assert_type(await fleet.zone.upload("zones.kml"), list[Zone])
    assert_type(await fleet.zone.upload("zones.kml", dry_run=True), list[Zone])
    assert_type(await fleet.zone.upload("zones.kml", dry_run=False), list[int])
    assert_type(await fleet.zone.upload("zones.kml", dry_run=bool(ids)), list[Zone] | list[int])
    assert_type(await fleet.checkin.list(), CheckinListAnswer)
    assert_type(await fleet.checkin.list(format="pdf"), FileBytes)
    assert_type(await fleet.user.settings.ui.read("key"), str | None)
    await fleet.user.auth(login="a", password="b")
    await fleet.user.auth.code.verify("1")
    await fleet.user.session.renew(timeout=3.0)
