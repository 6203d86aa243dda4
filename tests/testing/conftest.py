"""The platform is judged by raw requests here, never through our own client."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest

from navixy_async.testing import Platform, Rules, World, WorldSpec
from navixy_async.testing.fleet import TrackerAccount

SMALL = WorldSpec(accounts=3, trackers=8, days=14, points_per_day=60, events_per_day=12, days_off=0.15, late=0.3)


@pytest.fixture(scope="session")
def world() -> World:
    """Three accounts (Berlin, Kathmandu, Sydney) over the changes of the clock in Berlin and in Sydney."""
    return World(SMALL)


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> dict[str, Any]:
        decoded: dict[str, Any] = json.loads(self.body)
        return decoded

    @property
    def error(self) -> tuple[int, int | None]:
        """HTTP status and the platform's code."""
        return self.status, self.json.get("status", {}).get("code")


class Raw:
    """Raw requests to one platform, as one account."""

    def __init__(self, platform: Platform, http: aiohttp.ClientSession, account: TrackerAccount | None) -> None:
        self.platform, self.http, self.account = platform, http, account
        self.hash = None if account is None else account.api_key

    def acting_as(self, account: TrackerAccount | None, hash_: str | None = None) -> Raw:
        other = Raw(self.platform, self.http, account)
        if hash_ is not None:
            other.hash = hash_
        return other

    async def __call__(
        self,
        path: str,
        params: dict[str, Any] | None = None,
        *,
        iso: bool = True,
        headers: dict[str, str] | None = None,
        **options: Any,
    ) -> Answer:
        sent = {} if self.hash is None else {"Authorization": f"NVX {self.hash}"}
        if iso:
            sent["NVX-ISO-DateTime"] = "true"
        options.setdefault("json", params or {})
        return await self.send("POST", path, headers={**sent, **(headers or {})}, **options)

    async def send(self, method: str, path: str, **options: Any) -> Answer:
        url = f"{self.platform.base_url}/{path}"
        async with self.http.request(method, url, allow_redirects=False, **options) as response:
            return Answer(response.status, response.headers, await response.read())


@asynccontextmanager
async def serving(world: World, rules: Rules | None = None, **options: Any) -> AsyncIterator[Raw]:
    """A platform over `world` and somebody who asks it, first as the first account."""
    async with Platform(world, rules, **options) as platform, aiohttp.ClientSession() as http:
        yield Raw(platform, http, world.accounts[0])


@pytest.fixture
async def raw(world: World) -> AsyncIterator[Raw]:
    """The documented platform."""
    async with serving(world) as caller:
        yield caller


@pytest.fixture(autouse=True)
def no_errors_in_the_server(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A handler that raises would look like a fault that nobody asked for."""
    yield
    failed = [record.getMessage() for record in caplog.records if record.name == "aiohttp.server"]
    assert not failed


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc,arg-type]


def wire(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S+0000")


def between(start: datetime, end: datetime) -> dict[str, str]:
    return {"from": wire(start), "to": wire(end)}
