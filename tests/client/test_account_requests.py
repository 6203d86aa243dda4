"""What typed methods send: path, headers and body, as the documents have them.

aioresponses stands in for the network here, so these tests speak of shapes only; behaviour is shown on real servers.
"""

from __future__ import annotations

import inspect
import json
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from unittest.mock import Mock

import pytest
from aiohttp import ClientResponse
from aioresponses import aioresponses
from yarl import URL

from navixy_async import Account, InvalidInput, Navixy, NotFound, SessionHash

BASE = "https://gps.example.com/api-v2"

HASH = "0123456789abcdef" * 2

START = datetime(2026, 3, 1, 12, tzinfo=timezone(timedelta(hours=2)))


class Response(ClientResponse):
    """aiohttp 3.14 wants a stream writer that aioresponses 0.7.9 does not give."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        if "stream_writer" in inspect.signature(ClientResponse.__init__).parameters:
            kwargs.setdefault("stream_writer", Mock(output_size=0))
        super().__init__(*args, **kwargs)


@pytest.fixture
def wire() -> Iterator[aioresponses]:
    """The network, as far as these tests need one."""
    with aioresponses() as mocked:
        yield mocked


@pytest.fixture
async def fleet(wire: aioresponses) -> AsyncIterator[Account]:
    """An account whose requests the test looks at."""
    async with Navixy(BASE) as navixy:
        yield navixy.account(SessionHash(HASH))


def answer(wire: aioresponses, path: str, status: int = 200, body: object = None, **members: Any) -> None:
    wire.post(
        f"{BASE}/{path}",
        status=status,
        body=json.dumps(body or {"success": True, **members}),
        content_type="application/json",
        response_class=Response,
    )


def sent(wire: aioresponses, path: str) -> dict[str, Any]:
    (request,) = wire.requests["POST", URL(f"{BASE}/{path}")]
    headers = request.kwargs["headers"]
    assert headers["Authorization"] == f"NVX {HASH}"
    assert headers["NVX-ISO-DateTime"] == "true"
    assert request.kwargs["allow_redirects"] is False
    body: dict[str, Any] = json.loads(request.kwargs["data"]._value)
    return body


async def test_unset_parameters_are_left_to_the_platform(wire: aioresponses, fleet: Account) -> None:
    answer(wire, "tracker/list", list=[])
    assert await fleet.tracker.list() == []
    assert sent(wire, "tracker/list") == {}


async def test_times_bounds_and_booleans(wire: aioresponses, fleet: Account) -> None:
    answer(wire, "track/read", list=[], limit_exceeded=False)
    await fleet.track.read(tracker_id=1, from_=START, to=START + timedelta(days=1), simplify=False, filter=False)
    assert sent(wire, "track/read") == {
        "tracker_id": 1,
        "from": "2026-03-01T10:00:00+0000",
        "to": "2026-03-02T10:00:00+0000",
        "simplify": False,
        "filter": False,
    }


async def test_one_page_of_history_is_asked_for_as_it_stands(wire: aioresponses, fleet: Account) -> None:
    answer(wire, "history/tracker/list", list=[], limit_exceeded=False)
    page = await fleet.history.tracker.list(trackers=[1, 2], from_=START, to=START + timedelta(hours=1), limit=10)
    assert page.list == []
    assert sent(wire, "history/tracker/list") == {
        "trackers": [1, 2],
        "from": "2026-03-01T10:00:00+0000",
        "to": "2026-03-01T11:00:00+0000",
        "limit": 10,
    }


async def test_a_group_is_made_with_odd_characters(wire: aioresponses, fleet: Account) -> None:
    answer(wire, "tracker/group/create", id=5)
    assert await fleet.tracker.group.create(title='Ω "ночь" 🚚', color="00FF00") is not None
    assert sent(wire, "tracker/group/create") == {"title": 'Ω "ночь" 🚚', "color": "00FF00"}


async def test_wrong_input_sends_nothing(wire: aioresponses, fleet: Account) -> None:
    with pytest.raises(InvalidInput, match="naive"):
        await fleet.track.read(tracker_id=1, from_=datetime(2026, 1, 1), to=datetime(2026, 1, 2))
    with pytest.raises(InvalidInput, match="after"):
        await fleet.track.read(tracker_id=1, from_=START, to=START)
    with pytest.raises(InvalidInput, match="3000"):
        await fleet.track.read(tracker_id=1, from_=START, to=datetime(2026, 4, 1, tzinfo=UTC), point_limit=3001)
    assert not wire.requests


async def test_an_error_answer_is_raised_as_its_kind(wire: aioresponses, fleet: Account) -> None:
    told = {"success": False, "status": {"code": 201, "description": "Not found in database"}}
    answer(wire, "tracker/read", 400, told)
    with pytest.raises(NotFound, match="Not found in database"):
        await fleet.tracker.read(tracker_id=7)
