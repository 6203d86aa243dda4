"""Something stands between us and the platform and answers in its place: nothing that it says ends anything."""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from navixy_async import ApiKey, Limits, Login, Navixy, Retries, Timeouts
from navixy_async.errors import AccessDenied, ApiError, NotFound, SessionEnded, TariffRestricted
from navixy_async.harvest import Coverage

from ..support.harvest.model import Model, rows_of, track_truth
from ..support.harvest.small import DAY, END, START, world
from ..support.transport.raw import Asked, http, raw_server

SHORT = 0.05
"""The longest pause here, so that a moment of patience has room for many tries."""


@pytest.fixture(autouse=True)
def short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("navixy_async.harvest.transient.LONGEST_PAUSE", SHORT)


KEY = "0123456789abcdef" * 2
HTML = b"<html><body><h1>HTTP Status 404</h1></body></html>"


@dataclass
class Gateway:
    """What stands before the platform: the answer that it gives, for as long as it `stands`."""

    status: int = 404
    kind: str | None = "text/html"
    body: bytes = HTML
    answers: int = 0
    """How many requests it keeps from the platform; the others go through."""
    only: int | None = None
    """The tracker whose requests it takes for itself; all if not given."""
    met: int = 0

    def takes(self, asked: Asked) -> bool:
        if self.only is not None and asked.params.get("tracker_id") != self.only:
            return False
        self.met += 1
        return self.met <= self.answers


def _times(params: Mapping[str, Any]) -> dict[str, Any]:
    return {name: datetime.fromisoformat(value) if name in ("from", "to") else value for name, value in params.items()}


async def harvested(gateway: Gateway, target: Path, *, patience: float = 60, model: Model | None = None) -> Coverage:
    """A harvest of one account through the gateway."""
    model = model or world()

    async def answer(asked: Asked, writer: asyncio.StreamWriter) -> None:
        if gateway.takes(asked):
            writer.write(http(gateway.body, f"{gateway.status} Gateway", gateway.kind))
            return
        try:
            body = model.answer("one", asked.path, _times(asked.params))
        except ApiError as error:
            refusal = {"success": False, "status": {"code": error.code, "description": error.description}}
            writer.write(http(json.dumps(refusal).encode(), "400 Bad Request"))
        else:
            writer.write(http(body))

    async with (
        raw_server(answer) as server,
        Navixy(
            server.url,
            limits=Limits(enabled=False),
            retries=Retries(base=0.001, longest=0.01),
            timeouts=Timeouts(total=10),
        ) as navixy,
    ):
        fleet = navixy.account(ApiKey(KEY), label="one")
        harvest = fleet.harvest.tracks(start=START, end=END, window=DAY, patience=patience, workers=2)
        return await harvest.to_parquet(target)


def truth(model: Model) -> list[Any]:
    return [row for row in track_truth(model, START, END) if row[0] == "one"]


PAGES = [
    Gateway(404),
    Gateway(403),
    Gateway(401),
    Gateway(402),
    Gateway(404, None, b""),
    Gateway(403, "application/json", b'{"message": "no route matched with those values"}'),
    Gateway(401, "application/json", b'{"success": false, "status": {"description": "who are you?"}}'),
    Gateway(502),
    Gateway(200),
    Gateway(200, "application/json", b'{"message": "service is being updated"}'),
    Gateway(302),
]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.status}-{page.kind}")
async def test_a_page_of_a_gateway_ends_neither_trackers_nor_accounts(page: Gateway, tmp_path: Path) -> None:
    # More than one call repeats by itself.
    gateway = Gateway(page.status, page.kind, page.body, answers=6)
    coverage = await harvested(gateway, tmp_path)
    assert gateway.met > gateway.answers
    assert coverage.is_complete, str(coverage)
    assert rows_of(tmp_path, "tracks", "mileage") == truth(world())


async def test_past_its_patience_only_the_windows_are_lost_that_the_gateway_took(tmp_path: Path) -> None:
    gateway = Gateway(404, answers=10**9, only=2)
    coverage = await harvested(gateway, tmp_path, patience=1)
    assert {hole.tracker_id for hole in coverage.failed} <= {2, None}
    assert rows_of(tmp_path, "tracks", "mileage") == [row for row in truth(world()) if row[1] != 2]
    assert sum((hole.range.span for hole in coverage.failed), START - START) == END - START
    # The same command again brings the rest.
    assert not coverage.is_complete


async def test_what_comes_back_within_the_patience_is_read_though_others_went_on(tmp_path: Path) -> None:
    coverage = await harvested(Gateway(403, answers=22, only=2), tmp_path)
    assert coverage.is_complete, str(coverage)
    assert rows_of(tmp_path, "tracks", "mileage") == truth(world())


@pytest.mark.proof
@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    status=st.sampled_from([200, 201, 204, 301, 302, 307, 400, 401, 402, 403, 404, 405, 409, 410, 418, 451, 499])
    | st.sampled_from([500, 502, 503, 504, 520, 599]),
    kind=st.sampled_from([None, "text/html", "text/plain", "application/json", "application/octet-stream", "a/b"]),
    body=st.sampled_from([b"", HTML, b"{}", b"[]", b'{"message": "x"}', b"null", b"denied", b'{"success": false}'])
    | st.binary(max_size=50),
    answers=st.integers(0, 25),
    only=st.none() | st.integers(1, 3),
)
def test_within_its_patience_no_random_gateway_costs_a_row(
    tmp_path_factory: pytest.TempPathFactory, status: int, kind: str | None, body: bytes, **rest: Any
) -> None:
    target = tmp_path_factory.mktemp("gateway")
    gateway = Gateway(status, kind, b"" if status == 204 else body, **rest)
    if status < 400:
        gateway.answers //= 3  # a call repeats these once, or not at all, and pauses are what takes time here
    coverage = asyncio.run(harvested(gateway, target))
    assert coverage.is_complete, str(coverage)
    assert rows_of(target, "tracks", "mileage") == truth(world())


@pytest.mark.parametrize(
    ("status", "kind"), [(404, NotFound), (403, AccessDenied), (402, TariffRestricted), (401, SessionEnded)]
)
async def test_a_single_call_repeats_a_page_and_then_tells_it_by_its_class(status: int, kind: type[ApiError]) -> None:
    pages = [1]

    async def answer(asked: Asked, writer: asyncio.StreamWriter) -> None:
        if pages[0] > 0:
            pages[0] -= 1
            writer.write(http(HTML, f"{status} Gateway", "text/html"))
        else:
            writer.write(http(b'{"success": true, "list": []}'))

    async with raw_server(answer) as server, Navixy(server.url, retries=Retries(base=0.001, attempts=3)) as navixy:
        fleet = navixy.account(ApiKey(KEY))
        assert await fleet.tracker.list() == []
        pages[0] = 10
        with pytest.raises(kind) as told:
            await fleet.tracker.list()
        assert type(told.value) is kind
        assert (told.value.attempts, told.value.from_platform, pages[0]) == (3, False, 7)
        with pytest.raises(kind):
            await fleet.tag.delete(tag_id=1)
        assert pages[0] == 6, "a write is not repeated"


async def test_a_gateways_401_costs_a_login_no_session() -> None:
    logins, pages = 0, 0

    async def answer(asked: Asked, writer: asyncio.StreamWriter) -> None:
        nonlocal logins, pages
        if asked.path == "user/auth":
            logins += 1
            writer.write(http(json.dumps({"success": True, "hash": f"0123456789abcdef{logins:016x}"}).encode()))
        elif pages > 0:
            pages -= 1
            writer.write(http(HTML, "401 Unauthorized", "text/html"))
        else:
            writer.write(http(b'{"success": true, "list": []}'))

    async with raw_server(answer) as server, Navixy(server.url, retries=Retries(base=0.001)) as navixy:
        fleet = navixy.account(Login("user", "pass-0a1b2c3d"))
        for _ in range(5):
            pages = random.randint(1, 3)
            await fleet.tracker.list()
        assert logins == 1
