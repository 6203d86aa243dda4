"""A loopback server that does what the test says, and an admission that only takes notes."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import trustme
from aiohttp import web
from aiohttp.test_utils import TestServer

from navixy_async.credentials import SessionHash
from navixy_async.observe.events import Event
from navixy_async.operations import Operation, Replay
from navixy_async.requester import Requester
from navixy_async.sessions import CredentialSource, FixedSource
from navixy_async.settings import BaseUrl, Pool, Retries, Timeouts
from navixy_async.transport.answer import Answer
from navixy_async.transport.pipeline import Pipeline
from tests.support.way_servers import VARIABLES, Server

HASH = "0123456789abcdef" * 2
READ: Operation[Any] = Operation("tracker/list", dict, replay=Replay.READ)
WRITE: Operation[Any] = Operation("tag/create", dict, replay=Replay.WRITE)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Note:
    """A permit that writes down what it was told."""

    waited = 0.0
    local_addr = None

    def __init__(self) -> None:
        self.told: list[str] = []

    def sent(self) -> None:
        self.told.append("sent")

    def answered(self) -> None:
        self.told.append("answered")

    def refused(self, retry_after: float | None = None) -> None:
        self.told.append(f"refused {retry_after}")

    def unsent(self) -> None:
        self.told.append("unsent")

    def lost(self) -> None:
        self.told.append("lost")


class Notes:
    """An admission that lets everything go at once."""

    def __init__(self) -> None:
        self.permits: list[Note] = []

    async def acquire(self, requester: Requester, *, deadline: float | None, front: bool = False) -> Note:
        self.permits.append(Note())
        return self.permits[-1]

    def close(self) -> None:
        """Nobody ever waits here."""

    @property
    def told(self) -> list[list[str]]:
        return [permit.told for permit in self.permits]


def read_body(answer: Answer) -> bytes:
    return answer.body


class Wire:
    """A pipeline to the test's own server, with everything it noted."""

    def __init__(self, pipeline: Pipeline, notes: Notes, events: list[Event]) -> None:
        self.pipeline = pipeline
        self.notes = notes
        self.events = events
        self.source: CredentialSource = FixedSource(SessionHash(HASH))

    async def send(
        self, operation: Operation[Any] = READ, params: dict[str, Any] | None = None, timeout: float | None = None
    ) -> bytes:
        return await self.pipeline.send(operation, params, read_body, Requester(self.source, "fleet"), timeout=timeout)


Connect = Callable[..., Awaitable[Wire]]


@pytest.fixture
async def connect() -> AsyncIterator[Connect]:
    """Serve every path with one handler and give a pipeline to it; both are closed afterwards."""
    servers: list[TestServer] = []
    pipelines: list[Pipeline] = []
    before = asyncio.all_tasks()

    async def start(handler: Handler, **settings: Any) -> Wire:
        app = web.Application(client_max_size=2**26)
        app.router.add_route("*", "/{path:.*}", handler)
        server = TestServer(app, host="127.0.0.1")
        await server.start_server()
        servers.append(server)
        return await point_at(str(server.make_url("/v2")), **settings)

    async def point_at(url: str, **settings: Any) -> Wire:
        notes, events = Notes(), []  # type: tuple[Notes, list[Event]]
        pipeline = Pipeline(
            BaseUrl.parse(url),
            notes,
            timeouts=settings.pop("timeouts", Timeouts(total=20)),
            retries=settings.pop("retries", Retries(base=0.001, longest=0.01)),
            pool=settings.pop("pool", Pool()),
            observer=events.append,
            **settings,
        )
        pipeline.open()
        pipelines.append(pipeline)
        return Wire(pipeline, notes, events)

    start.point_at = point_at  # type: ignore[attr-defined]
    yield start
    for pipeline in pipelines:
        await pipeline.close()
    for server in servers:
        await server.close()
    left = [task for task in asyncio.all_tasks() - before if not task.done() and task is not asyncio.current_task()]
    assert not left, f"tasks were left behind: {left}"


def ok(**members: Any) -> web.Response:
    return web.json_response({"success": True, **members})


def no(code: int, description: str = "", status: int = 400, **members: Any) -> web.Response:
    body = {"success": False, "status": {"code": code, "description": description}, **members}
    return web.json_response(body, status=status)


@pytest.fixture
def no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No variable of this machine names a proxy or certificates."""
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    for name in ("SSL_CERT_FILE", "NAVIXY_CA_FILE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def secured(authority: trustme.CA) -> Server:
    """A server whose certificate only that CA has signed."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1", "platform.example").configure_cert(context)
    return Server(context)


@pytest.fixture
def ca_file(authority: trustme.CA, tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(str(path))
    yield path
    path.unlink()
