"""Times at the ends of the calendar are malformed for the platform."""

from __future__ import annotations

import pytest

from navixy_async.testing import World

from .conftest import Raw

TASK = {
    "location": {"lat": 52.5, "lng": 13.4, "address": "Here", "radius": 150},
    "label": "Deliver",
    "from": "2026-03-24T00:00:00Z",
    "to": "2026-03-25T00:00:00Z",
}


@pytest.mark.parametrize("moment", ["9999-12-31T23:59:59-12:00", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00"])
@pytest.mark.parametrize("path", ["history/user/list", "track/read"])
async def test_a_time_that_no_zone_can_write_is_malformed(path: str, moment: str, raw: Raw, world: World) -> None:
    asked = {"from": moment, "to": moment, "limit": 5, "offset": 0, "tracker_id": world.accounts[0].trackers[0].id}
    assert (await raw(path, asked)).error == (400, 7)


async def test_a_stored_text_that_looks_like_such_a_time_comes_back_as_it_is(raw: Raw) -> None:
    text = "9999-12-31T23:59:59-1200"
    made = await raw("task/create", {"task": {**TASK, "description": text}, "create_form": False})
    task = (await raw("task/read", {"task_id": made.json["id"]})).json["value"]
    assert task["description"] == text
