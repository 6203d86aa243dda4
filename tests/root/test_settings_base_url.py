"""Base URLs as people write them."""

from __future__ import annotations

import asyncio
import re

import pytest

from navixy_async import ApiKey, InvalidInput, Navixy
from navixy_async.errors import NavixyError, NotFound
from navixy_async.settings import BaseUrl

from ..support.way_servers import KEY, QUICK, Server, serving


@pytest.mark.parametrize("path", ["", "/", "/v2", "/v2/", "/api", "/api-v2/", "/api/v2"])
@pytest.mark.parametrize("region", ["eu", "us", "me"])
def test_the_prefix_of_a_hosted_platform_is_known(region: str, path: str) -> None:
    assert BaseUrl.parse(f"https://api.{region}.navixy.com{path}").url == f"https://api.{region}.navixy.com/v2"


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("https://www.navixy.com/docs/navixy-api/", r"a website for people.* https://api\.eu\.navixy\.com/v2"),
        ("https://developers.navixy.com/user-api", r"a website for people.* https://api\.eu\.navixy\.com/v2"),
        ("https://api.eu.navixy.com/v2/tracker/list", r"must end with the prefix /v2.* https://api\.eu"),
        ("https://gps.example.com/api-v2/docs/index.html", "write the base URL of the API"),
    ],
)
def test_the_url_of_a_page_is_refused_with_the_right_one(url: str, said: str) -> None:
    with pytest.raises(InvalidInput, match=said):
        BaseUrl.parse(url)


async def test_a_base_without_prefix_is_doubted_when_something_else_answers() -> None:
    class Website(Server):
        async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            head = await reader.readuntil(b"\r\n\r\n")
            length = re.search(rb"content-length: (\d+)", head, re.IGNORECASE)
            await reader.readexactly(int(length[1]) if length else 0)
            status = b"404 Not Found" if b"tracker" in head else b"200 OK"
            writer.write(b"HTTP/1.1 %s\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>" % status)

    async with serving(Website()) as port, Navixy(f"http://127.0.0.1:{port}", **QUICK) as navixy:
        account = navixy.account(ApiKey(KEY))
        with pytest.raises(NotFound, match=rf"usually ends like http://127\.0\.0\.1:{port}/v2 or"):
            await account.call("tracker/list")
        with pytest.raises(NavixyError, match=rf"usually ends like http://127\.0\.0\.1:{port}/v2 or"):
            await account.call("place/list")


@pytest.mark.parametrize("prefix", ["/api", "/api/", "/api/v2"])
async def test_an_installation_on_premises_has_neither_data_warehouse_nor_eco_fleet(prefix: str) -> None:
    """Its prefix says so, and a call is refused before anything is sent."""
    server = Server()
    async with serving(server) as port, Navixy(f"http://127.0.0.1:{port}{prefix}", **QUICK) as navixy:
        fleet = navixy.account(ApiKey(KEY))
        with pytest.raises(InvalidInput, match=r"has no data warehouse \(DWH\): the hosted platforms have one"):
            await fleet.dwh.tracker.raw_data.get_inputs(7)
        with pytest.raises(InvalidInput, match="has no eco fleet"):
            await fleet.eco_fleet.trackers.sensors.quality(tracker_id=7, sensor_id=8)
        assert server.heads == []
        await fleet.call("tracker/list")
        assert server.heads[0].startswith(f"POST {prefix.rstrip('/')}/tracker/list")


@pytest.mark.parametrize(
    "url",
    [
        "user:pa55word@gps.example.com",
        "https://user:pa55/word@gps.example.com",
        "gps.example.com/v2?hash=pa55word",
        "https://gps.example.com/v2#pa55word",
    ],
)
def test_no_secret_in_a_url_is_repeated(url: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        BaseUrl.parse(url)
    assert "pa55" not in str(caught.value)


@pytest.mark.parametrize(
    ("status", "kind", "body"),
    [
        (404, "text/html", "<h1>404</h1>"),
        (200, "text/html", "<h1>Welcome</h1>"),
        (400, "application/json", '{"success": false, "status": {"code": 111, "description": "Wrong handler"}}'),
    ],
)
async def test_where_the_data_warehouse_seems_to_be_missing_the_error_says_so(
    status: int, kind: str, body: str
) -> None:
    class OnPremises(Server):
        async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            head = await reader.readuntil(b"\r\n\r\n")
            length = re.search(rb"content-length: (\d+)", head, re.IGNORECASE)
            await reader.readexactly(int(length[1]) if length else 0)
            said = body.encode()
            writer.write(b"HTTP/1.1 %d x\r\nContent-Type: %s\r\n" % (status, kind.encode()))
            writer.write(b"Content-Length: %d\r\n\r\n%s" % (len(said), said))

    async with serving(OnPremises()) as port, Navixy(f"http://127.0.0.1:{port}/v2", **QUICK) as navixy:
        with pytest.raises(NavixyError, match=r"seems to have no data warehouse \(DWH\): only the hosted platforms"):
            await navixy.account(ApiKey(KEY)).dwh.tracker.raw_data.get_inputs(7)
