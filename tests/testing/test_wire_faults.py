"""Faults on the connection: resets, cut bodies, slow ones, stale connections."""

from __future__ import annotations

import asyncio

import aiohttp
import pytest

from navixy_async.testing import Rules

from .conftest import Raw, serving
from .test_faults import CREATE, WORLD, executed, inject


@pytest.fixture
async def raw():  # type: ignore[no-untyped-def]
    async with serving(WORLD) as caller:
        yield caller


async def test_resets_come_before_or_after_the_action(raw: Raw) -> None:
    inject(raw, "reset_before")
    with pytest.raises((aiohttp.ClientOSError, aiohttp.ServerDisconnectedError)):
        await raw(*CREATE)
    assert executed(raw) == 0
    inject(raw, "reset_after")
    with pytest.raises((aiohttp.ClientOSError, aiohttp.ServerDisconnectedError)):
        await raw(*CREATE)
    assert executed(raw) == 1
    assert [entry.status for entry in raw.platform.log] == [0, 0]
    assert [entry.executed for entry in raw.platform.log] == [False, True]


@pytest.mark.parametrize("kind", ["cut", "cut_chunked"])
async def test_cut_bodies_are_shorter_than_promised(raw: Raw, kind: str) -> None:
    inject(raw, kind)
    with pytest.raises(aiohttp.ClientPayloadError):
        await raw(*CREATE)
    assert executed(raw) == 1


async def test_a_slow_body_drips(raw: Raw) -> None:
    inject(raw, "drip", seconds=0.2)
    begin = asyncio.get_running_loop().time()
    url = f"{raw.platform.base_url}/tracker/list"
    async with raw.http.post(url, headers={"Authorization": f"NVX {raw.hash}"}) as response:
        pieces = [piece async for piece, _ in response.content.iter_chunks()]
    assert len(pieces) > 1
    assert asyncio.get_running_loop().time() - begin >= 0.19


async def test_stale_connections_close_before_the_platform_sees_the_request(raw: Raw) -> None:
    inject(raw, "stale")
    assert (await raw(*CREATE)).status == 200
    with pytest.raises((aiohttp.ServerDisconnectedError, aiohttp.ClientOSError)):
        await raw(*CREATE)
    assert executed(raw) == 1
    assert raw.platform.stats.requests == 1
    assert (await raw(*CREATE)).status == 200
    assert raw.platform.stats.connections_opened == 2


async def test_idle_connections_are_closed_after_the_keepalive() -> None:
    async with serving(WORLD, Rules(keepalive=0.05)) as raw:
        host, port = raw.platform.origin.removeprefix("http://").split(":")
        reader, writer = await asyncio.open_connection(host, int(port))
        writer.write(b"POST /v2/tracker/list HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n")
        assert await reader.readline() == b"HTTP/1.1 400 Bad Request\r\n"
        assert b"Wrong hash" in await reader.read(), "the answer, then the end of the connection"
        writer.close()
        await writer.wait_closed()
