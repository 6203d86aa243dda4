"""An account on a platform that makes reports and imports; waits are shortened."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any, Protocol

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from navixy_async import ApiKey, Navixy, Retries, Timeouts
from navixy_async.account import Account
from navixy_async.helpers import wait_policy

from ..support.helpers.platform import Platform


class Serve(Protocol):
    """Starts a platform and gives an account on it; `close` bounds cleaning up, in seconds."""

    async def __call__(self, platform: Platform, *, close: float = 5.0, strict: bool = True) -> Account: ...


@pytest.fixture
async def serve(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Serve]:
    monkeypatch.setattr(wait_policy, "FIRST", 0.005)
    monkeypatch.setattr(wait_policy, "LONGEST", 0.02)
    opened: list[Any] = []
    platforms: list[Platform] = []

    async def start(platform: Platform, *, close: float = 5.0, strict: bool = True) -> Account:
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", platform.handle)
        server = TestServer(app, host="127.0.0.1")
        await server.start_server()
        limits = Timeouts(close=close)
        navixy = Navixy(str(server.make_url("/v2")), retries=Retries(base=0.001), timeouts=limits, strict=strict)
        await navixy.__aenter__()
        opened.extend((server.close, navixy.aclose))
        platforms.append(platform)
        return navixy.account(ApiKey("0123456789abcdef" * 2))

    yield start
    for platform in platforms:
        platform.go_on.set()
    for close in reversed(opened):
        await close()
