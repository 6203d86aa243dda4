"""Discovery: the right base for every documented layout, or who answered what; and no credential to a stranger."""

from __future__ import annotations

import asyncio
import inspect
import ssl
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Any

import pytest
import trustme
from aiohttp import web

from navixy_async import ApiKey, InvalidInput, Navixy, Pool, Timeouts
from navixy_async import discovery as module
from navixy_async.client import ClientSettings
from navixy_async.errors import DiscoveryError
from navixy_async.testing import Platform, Rules, World, WorldSpec
from navixy_async.transport.pipeline import Pipeline

from ..support.layouts import (
    Answer,
    Site,
    cautious,
    cheerful,
    envelope,
    guarded,
    missing,
    names,
    page,
    platform,
    running,
    unknown,
)

KEY = "0f1e2d3c4b5a69788796a5b4c3d2e1f0"
ACTION = "/dealer/get_ui_config"


@pytest.fixture
async def sites() -> AsyncIterator[AsyncExitStack]:
    async with AsyncExitStack() as stack:
        yield stack


@pytest.mark.parametrize("elsewhere", [missing, page, cheerful, unknown])
@pytest.mark.parametrize("inside", [platform, cautious, guarded])
@pytest.mark.parametrize("prefix", ["/api", "/api/v2", "/v2", "", "/api-v2"])
async def test_one_host(sites: AsyncExitStack, prefix: str, inside: Answer, elsewhere: Answer) -> None:
    """Whatever answers outside of the prefix, and whatever the platform thinks of those who ask."""
    site = Site(prefix, inside, elsewhere)
    if prefix == "" and inside is not guarded:
        site.inside = lambda action: inside(action) if not action.startswith(("v2/", "api")) else unknown(action)
    port = await sites.enter_async_context(running(site))
    async with await Navixy.discover(f"http://127.0.0.1:{port}") as navixy:
        assert navixy.base_url.url == f"http://127.0.0.1:{port}{prefix}"
        assert KEY not in site.received
        assert "Authorization" not in site.received
        asked = [path for _, _, path in site.requests if path.endswith(ACTION)]
        assert len(asked) == len(set(asked)) <= 5


@pytest.mark.parametrize("prefix", ["/v2", ""])
async def test_a_host_of_its_own_for_the_interface(sites: AsyncExitStack, prefix: str) -> None:
    website = Site(None, elsewhere=page)
    api = Site(prefix, lambda action: unknown(action) if action.startswith(("v2/", "api")) else platform(action))
    ports = {
        "gps_example_com": await sites.enter_async_context(running(website)),
        "api_gps_example_com": await sites.enter_async_context(running(api)),
    }
    session = await sites.enter_async_context(names(None, **ports))
    for url in ("http://gps.example.com", "http://www.gps.example.com/", "http://api.gps.example.com"):
        navixy = await Navixy.discover(url, session=session)
        assert navixy.base_url.url == f"http://api.gps.example.com{prefix}"
    assert {method for method, _, _ in api.requests if method != "POST"} <= {"GET"}


@pytest.mark.parametrize(
    "answer",
    [
        page,
        cheerful,
        missing,
        unknown,
        lambda _path: web.json_response({}),
        lambda _path: web.json_response([]),
        lambda _path: web.json_response({"success": True, "settings": "none"}),
        lambda _path: web.json_response({"success": False, "error": "Not found"}),
        lambda _path: web.json_response({"success": False, "code": 7, "detail": "x"}),
        lambda _path: web.json_response({"success": False, "status": {"code": 404, "description": "x"}}, status=404),
        lambda _path: web.json_response({"success": False, "status": {"code": 4}}),
        lambda _path: web.Response(body=b"{" * 5000),
        lambda _path: web.Response(body=b'{"success": true, "settings": {'),
        lambda _path: web.Response(body=b"\x00\xff" * 700_000),
        lambda _path: web.Response(status=401, headers={"WWW-Authenticate": "Basic"}),
        lambda _path: web.Response(status=302, headers={"Location": "/login"}),
        lambda _path: web.Response(status=302, headers={"Location": "http://["}),
        lambda _path: web.Response(status=302),
    ],
)
async def test_a_stranger_is_named_and_never_sees_a_credential(sites: AsyncExitStack, answer: Answer) -> None:
    site = Site(None, elsewhere=answer)
    port = await sites.enter_async_context(running(site))
    with pytest.raises(DiscoveryError, match=rf"no Navixy platform was found: http://127\.0\.0\.1:{port}") as caught:
        await Navixy.discover(f"http://127.0.0.1:{port}/login.html?session_key={KEY}#{KEY}")
    for prefix in ("/v2", "/api", "/api/v2", "/api-v2"):
        assert prefix in str(caught.value)
    assert KEY not in site.received
    assert KEY not in str(caught.value)
    assert len(site.requests) == 5


async def test_what_each_host_answered_is_said(sites: AsyncExitStack) -> None:
    port = await sites.enter_async_context(running(Site(None, elsewhere=page)))
    session = await sites.enter_async_context(names(gps_example_com=port))
    with pytest.raises(DiscoveryError) as caught:
        await Navixy.discover("http://gps.example.com/panel", session=session)
    assert str(caught.value) == (
        "no Navixy platform was found: "
        "http://gps.example.com (/panel, /v2, /api, /api/v2, /api-v2, /): answers HTTP 200, but not with JSON; "
        "http://api.gps.example.com: cannot connect to api.gps.example.com: its name cannot be resolved"
    )


class Secured:
    """Certificates of a CA of the test's own."""

    def __init__(self) -> None:
        self.ca = trustme.CA()
        self.client = ssl.create_default_context()
        self.ca.configure_trust(self.client)

    def server(self, *hosts: str) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.ca.issue_cert(*hosts).configure_cert(context)
        return context


@pytest.fixture(scope="module")
def secured() -> Secured:
    return Secured()


@pytest.mark.parametrize("keeps_path", [True, False])
async def test_a_redirect_to_https_is_followed_with_a_post(
    sites: AsyncExitStack, secured: Secured, keeps_path: bool
) -> None:
    """Also if it leads to the root; and nothing is asked twice."""
    site, plain = Site("/api"), Site(None)
    port = await sites.enter_async_context(running(site, secured.server("127.0.0.1")))
    plain.redirect = lambda request: f"https://127.0.0.1:{port}{request.path if keeps_path else '/'}?seen=1"
    plain_port = await sites.enter_async_context(running(plain))
    session = await sites.enter_async_context(names(secured.client))
    navixy = await Navixy.discover(f"http://127.0.0.1:{plain_port}", session=session)
    assert navixy.base_url.url == f"https://127.0.0.1:{port}/api"
    assert {method for method, _, _ in (*site.requests, *plain.requests)} == {"POST"}
    assert len(plain.requests) == 1


async def test_a_redirect_to_another_host_is_followed_if_it_came_encrypted(
    sites: AsyncExitStack, secured: Secured, caplog: pytest.LogCaptureFixture
) -> None:
    site, first = Site("/v2"), Site(None)
    first.redirect = lambda request: f"https://platform.example.org{request.path}"
    ports = {
        "gps_example_com": await sites.enter_async_context(running(first, secured.server("gps.example.com"))),
        "platform_example_org": await sites.enter_async_context(running(site, secured.server("platform.example.org"))),
    }
    session = await sites.enter_async_context(names(secured.client, **ports))
    navixy = await Navixy.discover("gps.example.com", session=session)
    assert navixy.base_url.url == "https://platform.example.org/v2"
    assert "gps.example.com leads to platform.example.org" in caplog.text


@pytest.mark.parametrize(
    ("url", "target", "why"),
    [
        ("http://gps.example.com", "https://elsewhere.example.org", "give its URL if you trust it"),
        ("https://gps.example.com", "http://gps.example.com", "that is not encrypted, and is not followed"),
    ],
)
async def test_a_redirect_that_would_lead_a_credential_astray_is_not_followed(
    sites: AsyncExitStack, secured: Secured, url: str, target: str, why: str
) -> None:
    trap, first = Site("/v2"), Site(None)
    first.redirect = lambda request: f"{target}{request.path}"
    context = secured.server("gps.example.com", "elsewhere.example.org")
    ports = {"elsewhere_example_org": await sites.enter_async_context(running(trap, context))}
    ports["gps_example_com"] = await sites.enter_async_context(
        running(first, context if url.startswith("https") else None)
    )
    session = await sites.enter_async_context(names(secured.client, **ports))
    with pytest.raises(DiscoveryError, match=why):
        await Navixy.discover(url, session=session)
    assert trap.requests == []


async def test_redirects_in_a_circle_end(sites: AsyncExitStack) -> None:
    one, two = Site(None), Site(None)
    ports = [await sites.enter_async_context(running(site)) for site in (one, two)]
    one.redirect = lambda request: f"http://127.0.0.1:{ports[1]}/a{request.path}"
    two.redirect = lambda request: f"http://127.0.0.1:{ports[0]}/b{request.path}"
    with pytest.raises(DiscoveryError, match="redirects to"):
        await Navixy.discover(f"http://127.0.0.1:{ports[0]}")
    assert len(one.requests) + len(two.requests) < 100


async def test_a_prefix_of_ones_own_is_asked_first(sites: AsyncExitStack) -> None:
    site = Site("/fleet/api-v2")
    port = await sites.enter_async_context(running(site))
    navixy = await Navixy.discover(f"http://127.0.0.1:{port}/fleet/api-v2/")
    assert navixy.base_url.url == f"http://127.0.0.1:{port}/fleet/api-v2"
    assert site.requests[0][2] == f"/fleet/api-v2{ACTION}"


async def test_ipv6(sites: AsyncExitStack) -> None:
    try:
        port = await sites.enter_async_context(running(Site("/api"), host="::1"))
    except OSError:
        pytest.skip("this machine has no IPv6")
    navixy = await Navixy.discover(f"http://[::1]:{port}")
    assert navixy.base_url.url == f"http://[::1]:{port}/api"


@pytest.mark.parametrize("url", ["eu", "ME", "https://api.us.navixy.com", "http://api.me.navixy.com/api"])
async def test_a_region_needs_no_call(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(Pipeline, "send")
    navixy = await Navixy.discover(url)
    assert navixy.base_url.url in {f"https://api.{region}.navixy.com/v2" for region in ("eu", "us", "me")}
    assert navixy.base_url.without == ()


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("https://user:pa55word@gps.example.com", "no user name or password"),
        ("https://www.navixy.com/docs", "a website for people"),
        ("mars", "unknown region"),
        ("", "name the platform"),
        ("ftp://gps.example.com", "http or https"),
    ],
)
async def test_what_cannot_be_a_platform_is_refused(url: str, said: str) -> None:
    with pytest.raises(InvalidInput, match=said) as caught:
        await Navixy.discover(url)
    assert "pa55" not in str(caught.value)


@pytest.mark.parametrize("timeout", [-1, float("nan"), True, "5"])
async def test_a_time_out_that_makes_no_sense_is_refused(timeout: Any) -> None:
    with pytest.raises(InvalidInput, match="timeout must be a number of seconds"):
        await Navixy.discover("https://gps.example.com", timeout=timeout)


async def test_a_name_that_no_host_can_have(sites: AsyncExitStack) -> None:
    with pytest.raises((DiscoveryError, InvalidInput)):
        await Navixy.discover(f"https://{'a' * 70}.example.com")
    with pytest.raises((DiscoveryError, InvalidInput)):
        await Navixy.discover("https://gps example.com")


async def test_one_prefix_that_never_answers_hides_no_other(
    sites: AsyncExitStack, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even while it could still answer: others are asked soon, and who is certain is not kept waiting."""
    monkeypatch.setattr(module, "HEAD_START", 0.05)
    site = Site("/api-v2")
    never = asyncio.Event()

    async def hang(path: str) -> None:
        if path.startswith(("/v2", "/api/")):
            await never.wait()

    site.delay = hang
    port = await sites.enter_async_context(running(site))
    navixy = await Navixy.discover(f"http://127.0.0.1:{port}")
    assert navixy.base_url.url == f"http://127.0.0.1:{port}/api-v2"
    never.set()


async def test_a_host_that_never_answers_is_given_up_in_time(sites: AsyncExitStack) -> None:
    site = Site("/v2")
    never = asyncio.Event()

    async def hang(_path: str) -> None:
        await never.wait()

    site.delay = hang
    port = await sites.enter_async_context(running(site))
    with pytest.raises(DiscoveryError, match=r"/v2\): .*time|was not asked, because time ran out"):
        await Navixy.discover(f"http://127.0.0.1:{port}", timeout=0.3)
    never.set()


async def test_a_cancelled_discovery_stops(sites: AsyncExitStack) -> None:
    site = Site("/v2")
    asked, never = asyncio.Event(), asyncio.Event()

    async def hang(_path: str) -> None:
        asked.set()
        await never.wait()

    site.delay = hang
    port = await sites.enter_async_context(running(site))
    task = asyncio.ensure_future(Navixy.discover(f"http://127.0.0.1:{port}"))
    await asked.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    never.set()


async def test_a_bad_moment_hides_no_platform(sites: AsyncExitStack) -> None:
    site = Site("/api")
    failures = {f"/api{ACTION}": 1}
    inside = site.inside

    def shaken(action: str) -> web.Response:
        if failures.pop(f"/api/{action}", 0):
            return web.Response(status=502, text="Bad Gateway", content_type="text/html")
        return inside(action)

    site.inside = shaken
    port = await sites.enter_async_context(running(site))
    navixy = await Navixy.discover(f"http://127.0.0.1:{port}")
    assert navixy.base_url.url == f"http://127.0.0.1:{port}/api"


async def test_a_certificate_that_is_not_trusted_is_said_once(sites: AsyncExitStack, secured: Secured) -> None:
    site = Site("/v2")
    port = await sites.enter_async_context(running(site, secured.server("127.0.0.1")))
    with pytest.raises(DiscoveryError, match=r"not trusted .*--ca-file") as caught:
        await Navixy.discover(f"https://127.0.0.1:{port}")
    assert str(caught.value).count("not trusted") == 1
    assert site.requests == []


async def test_nobody_at_home() -> None:
    with pytest.raises(DiscoveryError, match=r"http://127\.0\.0\.1:1: cannot connect"):
        await Navixy.discover("http://127.0.0.1:1", pool=Pool(size=2), timeouts=Timeouts(connect=2))


async def test_the_limiter_has_counted_the_calls(sites: AsyncExitStack) -> None:
    site = Site("/api-v2")
    port = await sites.enter_async_context(running(site))
    async with await Navixy.discover(f"http://127.0.0.1:{port}") as navixy:
        assert navixy.limiter.snapshot().granted == len(site.requests)
        await navixy.account(ApiKey(KEY)).call("dealer/get_ui_config")
        assert navixy.limiter.snapshot().granted == len(site.requests)


def _problem(_action: str) -> web.Response:
    said = {"type": "errors/unauthorized", "title": "Wrong hash", "status": 401}
    return web.json_response(said, status=401, content_type="application/problem+json")


@pytest.mark.parametrize(
    ("hosted", "without"),
    [
        ({}, ("dwh", "eco_fleet")),
        ({"/dwh/v1": _problem, "/eco_fleet": _problem}, ()),
        ({"/dwh/v1": _problem, "/eco_fleet": page}, ("eco_fleet",)),
        ({"/dwh/v1": cheerful, "/eco_fleet": unknown}, ("dwh", "eco_fleet")),
        ({"/dwh/v1": guarded, "/eco_fleet": guarded}, ("dwh", "eco_fleet")),
        ({"/dwh/v1": lambda _action: envelope(1, "Database error", 500), "/eco_fleet": _problem}, ()),
    ],
)
async def test_interfaces_that_are_missing_are_said_at_once(
    sites: AsyncExitStack, hosted: dict[str, Answer], without: tuple[str, ...]
) -> None:
    site = Site("/api-v2")
    site.hosted = hosted
    port = await sites.enter_async_context(running(site))
    async with await Navixy.discover(f"http://127.0.0.1:{port}") as navixy:
        assert navixy.base_url.without == without
        fleet, asked = navixy.account(ApiKey(KEY)), len(site.requests)
        calls: dict[str, Any] = {
            "dwh": lambda: fleet.dwh.tracker.raw_data.get_inputs(7),
            "eco_fleet": lambda: fleet.eco_fleet.trackers.sensors.quality(tracker_id=7, sensor_id=8),
        }
        for api in without:
            with pytest.raises(InvalidInput, match=r"has no (data warehouse|eco fleet)"):
                await calls[api]()
        assert len(site.requests) == asked


def test_discovery_takes_every_setting_of_the_client() -> None:
    keywords = inspect.signature(Navixy.__init__).parameters.values()
    assert {one.name for one in keywords if one.kind is one.KEYWORD_ONLY} == set(ClientSettings.__annotations__)


async def test_what_was_found_can_be_given_to_another_client(sites: AsyncExitStack) -> None:
    port = await sites.enter_async_context(running(Site("/api-v2")))
    found = await Navixy.discover(f"http://127.0.0.1:{port}")
    assert Navixy(found.base_url).base_url == found.base_url


@pytest.mark.parametrize("prefix", ["/api", "/api/v2", "/v2", "/api-v2", ""])
async def test_the_embedded_platform_is_found(prefix: str) -> None:
    world = World(WorldSpec(seed=7, accounts=1, trackers=1, days=1))
    async with Platform(world, Rules(prefix=prefix)) as embedded, await Navixy.discover(embedded.origin) as navixy:
        assert navixy.base_url.url == embedded.base_url
        assert len(await navixy.account(ApiKey(world.accounts[0].api_key)).tracker.list()) == 1
