"""The embedded platform: an HTTP server on loopback that answers, and enforces, what the documents say."""

from __future__ import annotations

import asyncio
import time
import zlib
from collections import deque
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from math import ceil
from random import Random
from types import TracebackType
from typing import Any
from weakref import WeakKeyDictionary
from zoneinfo import ZoneInfo

from aiohttp import web

from .control import answer_control
from .faults import BEFORE, Fault, Faults
from .fleet import TrackerAccount
from .handlers import API_PREFIXES, Call, File, PlatformAction, Redirect, api_of, resolve
from .limits import Gate, RequestCounter, make_counter
from .params import check, decoded
from .request import ParsedRequest, parse
from .rules import Rules
from .sessions import IssuedCredential, Sessions
from .state import State
from .stats import LogEntry, Stats
from .upload import receive
from .wire import Times, WireError, encode, without_nulls
from .wire_faults import STATUS_SEEN, PendingAnswer, inject
from .world import World

JSON, PROBLEM = "application/json", "application/problem+json"
LARGEST_BODY = 64 << 20
"""Files above 16 MB are refused by the platform's own rule; anything above this gets a bare 413."""
GZIP_FROM, THREAD_FROM = 1024, 256 * 1024
"""Sizes in bytes from which bodies are compressed, and compressed off the loop."""


class Platform:
    """One running platform over `world`, under `rules`.

    ``async with Platform(world) as platform`` serves at `platform.base_url` in the running loop. Platform time
    (`now`) stands still where it was set, by default after the last late point has arrived, unless the rules make it
    run.
    """

    def __init__(
        self,
        world: World,
        rules: Rules | None = None,
        *,
        now: datetime | None = None,
        host: str = "127.0.0.1",
        port: int = 0,
    ) -> None:
        self.world = world
        self.rules = rules or Rules()
        self._host, self._port = host, port
        self._now, self._now_set_at = (now or world.settled).timestamp(), time.monotonic()
        self.stats = Stats(self.rules.log_size)
        self.faults = Faults(self.rules.seed)
        self.state = State(world)
        self.sessions = Sessions(world, self.rules, int(self._now))
        self._gate = Gate(self._make_counter, count_refused=self.rules.count_refused)
        self._random = Random(self.rules.seed)
        self._times: dict[tuple[str, bool], Times] = {}
        self._served: WeakKeyDictionary[asyncio.BaseTransport, int] = WeakKeyDictionary()
        self._server: _Server | None = None
        self._runner: web.ServerRunner | None = None
        self._handlers: set[asyncio.Task[Any]] = set()

    # ---- life ---------------------------------------------------------------------------------------------------

    async def __aenter__(self) -> Platform:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    async def start(self) -> None:
        """Listen; with port 0 the system chooses one."""
        self._server = _Server(
            self._handle,
            self.stats,
            request_factory=_make_request,
            keepalive_timeout=self.rules.keepalive,
            access_log=None,
        )
        self._runner = web.ServerRunner(self._server, shutdown_timeout=0.2)
        await self._runner.setup()
        await web.TCPSite(self._runner, self._host, self._port, backlog=1024).start()
        self._port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        """Close the listener and every connection, and end the requests whose clients have already left."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None
        left = [task for task in self._handlers if not task.done()]
        for task in left:
            task.cancel()
        if left:
            await asyncio.wait(left)

    @property
    def origin(self) -> str:
        """``http://127.0.0.1:PORT``"""
        return f"http://{self._host}:{self._port}"

    @property
    def base_url(self) -> str:
        """Where the Backend API is: ``http://127.0.0.1:PORT/v2``."""
        return self.origin + self.rules.prefix

    # ---- for tests ----------------------------------------------------------------------------------------

    @property
    def now(self) -> datetime:
        """Platform time, UTC. Late points exist once it has passed their arrival."""
        return datetime.fromtimestamp(self._epoch(), UTC)

    @now.setter
    def now(self, moment: datetime) -> None:
        if moment.utcoffset() is None:
            raise ValueError("platform time is an aware datetime, not a naive one")
        self._now, self._now_set_at = moment.timestamp(), time.monotonic()

    @property
    def log(self) -> deque[LogEntry]:
        """The last requests, oldest first."""
        return self.stats.log

    def end_session(self, account: TrackerAccount | int, *, keys: bool = False) -> int:
        """End every session of an account, with `keys` its API keys too; how many credentials ended."""
        account_id = account if isinstance(account, int) else account.id
        return self.sessions.end_of(account_id, keys=keys)

    def open_session(self, account: TrackerAccount) -> str:
        """The hash of a fresh session of an account."""
        return self.sessions.open_session(account, int(self._epoch()))

    # ---- one request --------------------------------------------------------------------------------------------

    async def _handle(self, http: web.BaseRequest) -> web.StreamResponse:
        prefix = self.rules.prefix
        if http.path.startswith("/control/"):
            return await answer_control(self, http)
        if http.path.startswith("/upload/"):
            return await receive(http, self.state.slots, int(self._epoch()))
        beside = next(
            (f"{api}:{http.path[len(at) :]}" for api, at in API_PREFIXES.items() if http.path.startswith(at)), None
        )
        if beside is None and http.path != prefix and not http.path.startswith(prefix + "/"):
            return web.Response(status=404, text="Not found")
        stats = self.stats
        task = asyncio.current_task()
        assert task is not None
        self._handlers.add(task)
        stats.in_flight += 1
        stats.most_in_flight = max(stats.most_in_flight, stats.in_flight)
        try:
            return await self._serve(http, (beside or http.path[len(prefix) :]).strip("/"))
        finally:
            stats.in_flight -= 1
            self._handlers.discard(task)

    async def _serve(self, http: web.BaseRequest, path: str) -> web.StreamResponse:
        served_before = self._count_connection(http)
        body = await http.read()
        before, after = self.rules.latency.draw(self._random)
        if before:
            await asyncio.sleep(before)
        exchange = self._parse(http, path, body)
        account = None if exchange.known is None else exchange.known.account.id
        if served_before and (stale := self.faults.take(path, account, unseen=True)) is not None:
            self.stats.faults[stale.kind] += 1
            return await inject(http, stale, PendingAnswer(b"", {}, 0))
        self._admit(exchange)
        if not exchange.over:
            exchange.fault = self.faults.take(path, account)
        reply = self._reply(exchange)
        self._note(exchange, reply)
        if self.rules.service and not exchange.over:
            await asyncio.sleep(self.rules.service)
        if after:
            await asyncio.sleep(after)
        body, headers = await self._packed(http, reply)
        if exchange.fault is not None:
            return await inject(http, exchange.fault, PendingAnswer(body, headers, reply.status))
        return web.Response(body=body, headers=headers, status=reply.status)

    def _parse(self, http: web.BaseRequest, path: str, body: bytes) -> _Exchange:
        kind = http.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        try:
            request = parse(http.method, path, query=http.query, content_type=kind, headers=http.headers, body=body)
        except WireError as error:
            request = ParsedRequest(path=path, given={}, textual=True, hash=None, iso=False)
            return _Exchange(path, str(http.remote), request, None, malformed=error)
        return _Exchange(path, str(http.remote), request, self.sessions.peek(request.hash))

    def _count_connection(self, http: web.BaseRequest) -> int:
        transport = http.transport
        if transport is None:
            return 0
        served = self._served.get(transport, 0)
        self._served[transport] = served + 1
        return served

    def _admit(self, exchange: _Exchange) -> None:
        """Count the request: from this moment on, and no earlier, the platform has it."""
        address, known, stats = f"ip:{exchange.address}", exchange.known, self.stats
        exchange.keys = (address,) if known is None else (known.label, address)
        exchange.now = time.monotonic()
        exchange.over = self._gate.admit(exchange.keys, exchange.now)
        stats.requests += 1
        stats.by_path[exchange.path] += 1
        stats.by_address[exchange.address] += 1
        if known is not None:
            stats.by_credential[known.label] += 1
        stats.counted(exchange.keys, exchange.now, exchange.over)

    def _reply(self, exchange: _Exchange) -> _Reply:
        """The platform's answer; executes the action unless something prevents it."""
        try:
            if exchange.over:
                raise WireError(15, headers=self._retry_after(exchange.keys, exchange.now))
            if exchange.malformed is not None:
                raise exchange.malformed
            if exchange.fault is not None and exchange.fault.kind in BEFORE:
                self._answer_instead(exchange.fault, exchange.known)
            return self._execute(exchange.request)
        except WireError as error:
            if api_of(exchange.path) in API_PREFIXES:
                status, body = error.problem()
                return _Reply(body, PROBLEM, status, error.headers, code=error.code)
            if exchange.path.startswith("iot/logic/"):
                error = error.of_iot_logic(exchange.path)
            return _Reply(error.body(), JSON, error.http, error.headers, code=error.code)

    def _answer_instead(self, fault: Fault, known: IssuedCredential | None) -> None:
        if fault.kind == "session_ended":
            if known is not None and known.kind != "api_key":
                self.sessions.end(known)
            raise WireError(4)
        if fault.kind == "throttle":
            raise WireError(15, headers={} if fault.retry_after is None else {"Retry-After": fault.retry_after})
        if fault.kind == "unavailable":
            raise WireError(fault.code or 8)
        if fault.kind == "server_error":
            raise WireError(fault.code or 1)
        if fault.kind == "error_in_200":
            raise WireError(fault.code or 6, http=200)
        raise WireError(6)

    def _execute(self, request: ParsedRequest) -> _Reply:
        action, in_path = resolve(request.path)
        if action.method not in (None, request.method):
            raise WireError(112)
        epoch = int(self._epoch())
        credential = self._authenticate(action, request, epoch)
        iso = request.iso and self.rules.iso_datetime
        times = self._times_of("UTC" if credential is None else credential.account.time_zone, iso=iso)
        params = check({**request.given, **in_path}, action.params, times, textual=request.textual)
        if action.loose:
            params = decoded({**request.given, **in_path}, action.params, textual=request.textual)
        call = Call(
            self.state.world,
            self.state,
            self.sessions,
            self.rules,
            times,
            epoch,
            credential,
            self.origin,
            request.files,
        )
        answer = action.handler(call, params)
        if isinstance(answer, File):
            headers = {"Content-Disposition": f'attachment; filename="{answer.name}"'} if answer.name else {}
            return _Reply(answer.content, answer.content_type, 200, headers, executed=True)
        if isinstance(answer, Redirect):
            return _Reply(b"", JSON, 302, {"Location": answer.location}, executed=True)
        if isinstance(answer, dict):
            answer = encode({"success": True, **without_nulls(answer)})
        return _Reply(answer, JSON, 200, {}, executed=True)

    def _authenticate(self, action: PlatformAction, request: ParsedRequest, epoch: int) -> IssuedCredential | None:
        if action.session in ("none", "optional"):
            return self.sessions.find(request.hash, epoch) if request.hash is not None else None
        credential = self.sessions.find(request.hash, epoch)
        wanted = {
            "session_or_api_key": ("session", "api_key"),
            "standard_session_only": ("session",),
            "second_factor_session": ("second_factor",),
            "emailed_link_session": ("session",),
            "panel_session": ("panel",),
            "root_access": (),
        }[action.session]
        if credential.kind not in wanted:
            raise WireError(action.refusal)
        return credential

    def _times_of(self, zone: str, *, iso: bool) -> Times:
        key = (zone, iso)
        if key not in self._times:
            self._times[key] = Times(ZoneInfo(zone), self.rules.iso_style if iso else None)
        return self._times[key]

    def _retry_after(self, keys: tuple[str, ...], now: float) -> dict[str, str]:
        if self.rules.retry_after == "none":
            return {}
        seconds = max(1, ceil(self._gate.wait(keys, now)))
        if self.rules.retry_after == "seconds":
            return {"Retry-After": str(seconds)}
        return {"Retry-After": format_datetime(datetime.fromtimestamp(time.time() + seconds, UTC), usegmt=True)}

    def _make_counter(self, key: str) -> RequestCounter | None:
        limit = self.rules.per_address if key.startswith("ip:") else self.rules.per_credential
        if limit.rate is None:
            return None
        return make_counter(limit.kind, limit.rate, limit.period, limit.burst)

    def _note(self, exchange: _Exchange, reply: _Reply) -> None:
        stats, fault, known = self.stats, exchange.fault, exchange.known
        status, code = reply.status, reply.code
        if fault is not None and fault.kind in STATUS_SEEN:
            status, code = STATUS_SEEN[fault.kind], None
        stats.by_status[status] += 1
        if code is not None:
            stats.by_code[code] += 1
        if reply.executed:
            stats.executed[exchange.path] += 1
        if fault is not None:
            stats.faults[fault.kind] += 1
        stats.log.append(
            LogEntry(
                time=exchange.now,
                path=exchange.path,
                credential=None if known is None else known.label,
                address=exchange.address,
                status=status,
                code=code,
                fault=None if fault is None else fault.kind,
                executed=reply.executed,
            )
        )

    async def _packed(self, http: web.BaseRequest, reply: _Reply) -> tuple[bytes, dict[str, str]]:
        """Body and headers as they are sent, compressed if that is worthwhile."""
        body, headers = reply.body, {"Content-Type": reply.content_type, **reply.headers}
        if self.rules.gzip and len(body) > GZIP_FROM and "gzip" in http.headers.get("Accept-Encoding", ""):
            body = await asyncio.to_thread(_gzip, body) if len(body) > THREAD_FROM else _gzip(body)
            headers["Content-Encoding"] = "gzip"
        self.stats.bytes_out += len(body)
        return body, headers

    def _epoch(self) -> float:
        return self._now + (time.monotonic() - self._now_set_at) * self.rules.clock_speed


@dataclass(slots=True)
class _Exchange:
    """One request on its way through the platform."""

    path: str
    address: str
    request: ParsedRequest
    known: IssuedCredential | None
    malformed: WireError | None = None
    keys: tuple[str, ...] = ()
    over: tuple[str, ...] = ()
    now: float = 0.0
    """Monotonic moment at which it was counted."""
    fault: Fault | None = None


@dataclass(slots=True)
class _Reply:
    """An answer before it is put on the wire."""

    body: bytes
    content_type: str
    status: int
    headers: dict[str, str]
    code: int | None = None
    executed: bool = False


def _gzip(body: bytes) -> bytes:
    packer = zlib.compressobj(1, zlib.DEFLATED, 31)
    return packer.compress(body) + packer.flush()


def _make_request(message: Any, payload: Any, protocol: Any, writer: Any, task: asyncio.Task[None]) -> web.BaseRequest:
    loop = asyncio.get_running_loop()
    return web.BaseRequest(message, payload, protocol, writer, task, loop, client_max_size=LARGEST_BODY)


class _Server(web.Server):
    """Counts connections."""

    def __init__(self, handler: Any, stats: Stats, **options: Any) -> None:
        super().__init__(handler, **options)
        self._stats = stats

    def connection_made(self, handler: Any, transport: asyncio.Transport) -> None:
        super().connection_made(handler, transport)
        self._stats.connections_opened += 1
        self._stats.connections_open += 1

    def connection_lost(self, handler: Any, exc: BaseException | None = None) -> None:
        super().connection_lost(handler, exc)
        self._stats.connections_open -= 1
