"""Geofences: rows of points, kept per account."""

from __future__ import annotations

from navixy_async.testing import World
from navixy_async.testing.events import ZONE_ID

from .conftest import serving
from .test_collections import listed

ZONE = {"type": "polygon", "label": "Triangle", "color": "112233"}

CORNERS = [{"lat": 1.0, "lng": 2.0}, {"lat": 2.0, "lng": 2.0}, {"lat": 1.5, "lng": 3.0}]


async def test_geofences(world: World) -> None:
    async with serving(world) as raw:
        zones = await listed(raw, "zone")
        assert zones[ZONE_ID]["type"] == "circle"
        assert all("points" not in zone and "bounds" in zone for zone in zones.values())
        one = (await raw("zone/create", {"zone": ZONE, "points": CORNERS})).json["id"]
        read = (await raw("zone/read", {"zone_id": one, "with_points": True})).json["value"]
        assert read["points"] == CORNERS
        assert read["bounds"] == {"nw": {"lat": 2.0, "lng": 2.0}, "se": {"lat": 1.0, "lng": 3.0}}
        assert (await raw("zone/point/list", {"zone_id": one, "count": 2})).json["list"] == [CORNERS[0], CORNERS[2]]
        moved = [{**corner, "lat": corner["lat"] + 1} for corner in CORNERS]
        assert (await raw("zone/point/update", {"zone_id": one, "points": moved})).status == 200
        assert (await raw("zone/read", {"zone_id": one})).json["value"]["bounds"]["nw"]["lat"] == 3.0
        assert (await raw("zone/create", {"zone": {"type": "circle", "label": "x"}})).error == (400, 7)
        page = await raw("zone/list", {"offset": 1, "limit": 2})
        assert [zone["id"] for zone in page.json["list"]] == [ZONE_ID + 1, ZONE_ID + 2]
        tagged = await raw("zone/list", {"tag_ids": [456]})
        assert [zone["id"] for zone in tagged.json["list"]] == [ZONE_ID + 1]
        named = await raw("zone/list", {"filter": "triang"})
        assert [zone["id"] for zone in named.json["list"]] == [one]
        both = [one, ZONE_ID]
        assert (await raw("zone/delete", {"zone_ids": both})).status == 200
        assert set(await listed(raw, "zone")) == {ZONE_ID + 1, ZONE_ID + 2}
