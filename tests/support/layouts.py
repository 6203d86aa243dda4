"""Servers with the interface of a platform somewhere below them, and strangers; and names for them."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.test_utils import TestServer

Answer = Callable[[str], web.Response]
"""Makes the answer to an action."""


def envelope(code: int, text: str, status: int = 400) -> web.Response:
    said = {"success": False, "status": {"code": code, "description": text}}
    return web.json_response(said, status=status)


def platform(action: str) -> web.Response:
    """What the platform answers without a credential."""
    if action == "dealer/get_ui_config":
        return web.json_response({"success": True, "dealer": {"id": 7}, "settings": {"domain": "gps.example.com"}})
    return envelope(4, "User or API key not found or session ended")


def cautious(action: str) -> web.Response:
    """The same of a dealer that it does not know by the name of the host."""
    return envelope(12, "Dealer not found") if action == "dealer/get_ui_config" else platform(action)


def guarded(_action: str) -> web.Response:
    """A platform with something before it that wants a session for everything."""
    return envelope(3, "Wrong hash")


def page(_action: str) -> web.Response:
    return web.Response(text="<!doctype html><title>Welcome</title>", content_type="text/html")


def cheerful(_action: str) -> web.Response:
    return web.json_response({"success": True, "list": []})


def unknown(_action: str) -> web.Response:
    return envelope(111, "Wrong handler")


def missing(_action: str) -> web.Response:
    return web.Response(status=404, text="<h1>404</h1>", content_type="text/html")


class Site:
    """One web server: the interface at `prefix`, and `elsewhere` for every other path.

    Attributes:
        requests: method, host and path of each request.
        heads: what each sent beside that, in one text.
    """

    def __init__(self, prefix: str | None, inside: Answer = platform, elsewhere: Answer = missing) -> None:
        self.prefix, self.inside, self.elsewhere = prefix, inside, elsewhere
        self.requests: list[tuple[str, str, str]] = []
        self.heads: list[str] = []
        self.delay: Callable[[str], Awaitable[None]] | None = None
        self.redirect: Callable[[web.Request], str | None] = lambda _request: None
        self.hosted: dict[str, Answer] = {}
        """Answers below further prefixes, such as those of the data warehouse."""

    async def handle(self, request: web.Request) -> web.StreamResponse:
        body = await request.read()
        self.requests.append((request.method, request.host, request.path))
        self.heads.append(f"{request.raw_headers!r}{request.query_string}{body!r}")
        if self.delay is not None:
            await self.delay(request.path)
        location = self.redirect(request)
        if location is not None:
            return web.Response(status=301, headers={"Location": location})
        for prefix, answer in self.hosted.items():
            if request.path.startswith(prefix + "/"):
                return answer(request.path.removeprefix(prefix + "/"))
        if self.prefix is not None and request.path.startswith(self.prefix + "/"):
            return self.inside(request.path.removeprefix(self.prefix + "/"))
        return self.elsewhere(request.path)

    @property
    def received(self) -> str:
        """Everything that was sent here."""
        return f"{self.requests}{self.heads}"


@asynccontextmanager
async def running(site: Site, context: ssl.SSLContext | None = None, host: str = "127.0.0.1") -> AsyncIterator[int]:
    """The port at which `site` is served."""
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", site.handle)
    server = TestServer(app, host=host, scheme="http" if context is None else "https")
    await server.start_server(ssl=context)
    try:
        assert server.port is not None
        yield server.port
    finally:
        await server.close()


class Names(AbstractResolver):
    """Resolves the names that a test gives, to ports of this machine; all others are unknown."""

    def __init__(self, ports: dict[str, int]) -> None:
        self.ports = ports

    async def resolve(self, host: str, port: int = 0, family: Any = 0) -> list[ResolveResult]:
        if host not in self.ports:
            raise OSError(f"{host} is not known")
        return [
            ResolveResult(
                hostname=host,
                host="127.0.0.1",
                port=self.ports[host],
                family=2,
                proto=0,
                flags=0,  # AF_INET
            )
        ]

    async def close(self) -> None:
        """Nothing is open."""


@asynccontextmanager
async def names(context: ssl.SSLContext | None = None, **ports: int) -> AsyncIterator[aiohttp.ClientSession]:
    """An HTTP session for which ``gps_example_com`` and the like are the names of running sites."""
    resolver = Names({name.replace("_", "."): port for name, port in ports.items()})
    connector = aiohttp.TCPConnector(resolver=resolver, use_dns_cache=False, ssl=True if context is None else context)
    async with aiohttp.ClientSession(connector=connector) as session:
        yield session
