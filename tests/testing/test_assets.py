"""Assets lead to their trackers."""

from __future__ import annotations

from navixy_async.testing import World

from .conftest import Raw, between


async def test_assets_lead_to_their_trackers(raw: Raw, world: World) -> None:
    tracker = next(one for one in world.accounts[0].trackers if one.kind == "van" and one.employee_id is not None)
    window = between(world.start, world.end)
    exact = {**window, "filter": False, "simplify": False}
    for asset in ({"type": "vehicle", "id": tracker.vehicle_id}, {"type": "employee", "id": tracker.employee_id}):
        tracks = (await raw("asset/track/list", {"asset": asset, **window, "filter": False})).json
        plain = (await raw("track/list", {"tracker_id": tracker.id, **window, "filter": False})).json
        assert [one["tracker_id"] for one in tracks["list"]] == [tracker.id]
        assert tracks["list"][0]["tracks"] == plain["list"]
        assert tracks["total"]["count"] == len(world.trips(tracker.id, world.start, world.end))
        points = (await raw("asset/track/read", {"asset": asset, **exact})).json["list"][0]["track_points"]
        assert len(points) == world.count_points(tracker.id, world.start, world.end)
    unknown = {"asset": {"type": "vehicle", "id": 1}, **window}
    assert (await raw("asset/track/list", unknown)).error == (400, 201)
    assert (await raw("asset/track/list", {"asset": {"type": "boat", "id": 1}, **window})).error == (400, 7)
