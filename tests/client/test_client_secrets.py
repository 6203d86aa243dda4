"""Every way to print × every credential × every failure: no secret.

A raw server repeats whatever the client sent (headers, body, and both in other spellings) in every place of an answer
that reaches an exception.
"""

from __future__ import annotations

import asyncio
import base64
import copy
import io
import json
import logging
import pickle
import re
import traceback
import warnings
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Literal
from urllib.parse import quote, unquote

import msgspec
import pytest
import rich.console
import rich.pretty
import rich.traceback

from navixy_async import ApiKey, Login, Navixy, PanelLogin, SessionHash
from navixy_async.errors import ApiError, NavixyError, SecondFactorRequired
from navixy_async.operations import Operation, Replay
from navixy_async.settings import Retries, Timeouts

KEY = "0f1e2d3c4b5a69788796a5b4c3d2e1f0"

HASH = "a0b1c2d3e4f5061728394a5b6c7d8e9f"

OPENED = "77aa88bb99cc00dd11ee22ff33445566"

NAME = "operator+night@fleet.example"

PASSWORD = 'pa"ss wörd/9&<\\x>'

CREDENTIALS: dict[str, Callable[[], Any]] = {
    "ApiKey": lambda: ApiKey(KEY),
    "SessionHash": lambda: SessionHash(HASH),
    "Login": lambda: Login(NAME, PASSWORD, dealer_id=7),
    "PanelLogin": lambda: PanelLogin(NAME, PASSWORD),
}

ALL = (KEY, HASH, OPENED, NAME, PASSWORD)

SENT = {"ApiKey": (KEY,), "SessionHash": (HASH,), "Login": (OPENED,), "PanelLogin": (OPENED,)}
"""What each kind sends beside name and password, which stand among the parameters of the test."""


def spellings(secrets: Iterable[str]) -> set[str]:
    found: set[str] = set()
    for secret in secrets:
        found |= {secret, secret.upper(), json.dumps(secret)[1:-1], quote(secret, safe=""), quote(secret)}
        found |= {base64.b64encode(secret.encode()).decode().rstrip("="), repr(secret)[1:-1]}
        found.add(base64.b64encode(f"{NAME}:{secret}".encode()).decode().rstrip("="))
    return found


SECRETS = re.compile("|".join(map(re.escape, sorted(spellings(ALL), key=len, reverse=True))))


def find_secret(text: str) -> str | None:
    """The neighbourhood of the first secret in `text`."""
    found = SECRETS.search(text) or SECRETS.search(unquote(text))
    return None if found is None else found.string[max(0, found.start() - 200) : found.end() + 60]


class Echo:
    """A server that says what it was told; the test decides how."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.beside: tuple[str, ...] = (NAME, PASSWORD)
        self.only: bytes | None = None
        """The only path that fails."""
        self.refuse_login = False
        self.fault = "none"
        self.busy = asyncio.Event()
        self.tasks: set[asyncio.Task[Any]] = set()

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.tasks.add(asyncio.current_task())  # type: ignore[arg-type]
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                length = re.search(rb"content-length: (\d+)", head, re.IGNORECASE)
                body = await reader.readexactly(int(length[1])) if length else b""
                logs_in = b"/auth " in head
                if logs_in and not self.refuse_login:
                    self._answer(writer, {"success": True, "hash": OPENED})
                elif self.only is not None and self.only not in head:
                    tracker = {"id": 7, "label": "van", "group_id": 0, "source": {"id": 1, "blocked": False}}
                    self._answer(writer, {"success": True, "list": [tracker]})
                elif b"/logout " in head:
                    self._answer(writer, {"success": True})
                else:
                    await self._fail(writer, head.decode() + body.decode())
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    def _answer(self, writer: asyncio.StreamWriter, body: Any, *, status: str = "200 OK", more: str = "") -> None:
        text = body if isinstance(body, bytes) else json.dumps(body).encode()
        head = f"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {len(text)}\r\n{more}\r\n"
        writer.write(head.encode() + text)

    async def _fail(self, writer: asyncio.StreamWriter, said: str) -> None:
        known = () if self.refuse_login else SENT[self.kind]
        told = [said, *spellings((*self.beside, *known))]
        plain = " ".join((*(quote(each, safe="") for each in self.beside), *known))
        refusal: dict[str, Any] = {"success": False, "status": {"code": 4, "description": " ".join(told)}}
        refusal |= {"errors": [{"parameter": plain, "error": told}], plain: {plain: told}, "list": told}
        fault = self.fault
        if fault == "refused":
            refusal["status"]["code"] = 102 if self.refuse_login else 7
            self._answer(writer, refusal, status=f"400 {plain}", more=f"X-Echo: {plain}\r\n")
        elif fault == "ended":
            self._answer(writer, refusal, status="401 Unauthorized")
        elif fault == "html":
            self._answer(writer, f"<html>{plain}".encode(), status=f"403 {plain}")
        elif fault == "fault":
            refusal["status"]["code"] = 1
            self._answer(writer, refusal, status="503 Down", more="Retry-After: 0\r\n")
        elif fault == "redirect":
            self._answer(
                writer,
                b"",
                status="302 Found",
                more=f"Location: https://{known[0] if known else 'x'}.example/{quote(plain)}\r\n",
            )
        elif fault == "cut":
            self._answer(writer, json.dumps({"success": True, "list": told}).encode()[:-3])
        elif fault == "enum":
            self._answer(writer, {"success": True, "value": "".join(known[:1])})
        elif fault == "protocol":
            writer.write(f"HTTP/9.9 {plain}\r\n\r\n".encode())
            writer.close()
        elif fault == "header":
            writer.write(f"HTTP/1.1 200 OK\r\nBad {plain}\r\n\r\n".encode())
            writer.close()
        elif fault == "reset":
            writer.transport.abort()
        else:
            self.busy.set()
            await asyncio.sleep(30)


class Opened(msgspec.Struct):
    value: Literal["a", "b"]


TYPED: Operation[Any] = Operation("tracker/list", Opened, replay=Replay.READ)

FAULTS = ["refused", "ended", "html", "fault", "redirect", "cut", "protocol", "enum", "header", "reset"]

FAULTS += ["timeout", "cancelled", "closed", "input", "file"]


async def fail(navixy: Navixy, account: Any, echo: Echo, fault: str) -> BaseException:
    """What a call ends with."""
    path = "panel/tracker/list" if type(account).__name__ == "PanelAccount" else "tracker/list"
    echo.fault = fault
    if fault == "input":
        return await caught(account.call(path, {"hash": KEY, "password": PASSWORD}))
    if fault == "file":
        echo.fault = "refused"
        return await caught(account.call_file(path, {"password": PASSWORD, "login": NAME}))
    if fault == "timeout":
        return await caught(account.call(path, {"password": PASSWORD}, timeout=0.15))
    if fault in ("cancelled", "closed"):
        task = asyncio.ensure_future(caught(account.call(path, {"password": PASSWORD})))
        await echo.busy.wait()
        if fault == "cancelled":
            task.cancel()
        else:
            await navixy.aclose()
        return await task
    return await caught(account.call(TYPED if fault == "enum" else path, {"password": PASSWORD, "login": NAME}))


async def caught(call: Awaitable[Any]) -> BaseException:
    try:
        await call
    except BaseException as error:
        # The frames of the test are its own affair.
        return error.with_traceback(error.__traceback__ and error.__traceback__.tb_next)
    raise AssertionError("it did not fail")


@asynccontextmanager
async def platform(echo: Echo) -> AsyncIterator[str]:
    server = await asyncio.start_server(echo, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v2"
    finally:
        server.close()
        for task in echo.tasks:
            task.cancel()
        await asyncio.gather(*echo.tasks, return_exceptions=True)


def chain(error: BaseException) -> Iterator[BaseException]:
    """`error` and all that it carries along, whether a traceback would show it or not."""
    left, seen = [error], set()
    while left:
        each = left.pop()
        if id(each) in seen:
            continue
        seen.add(id(each))
        yield each
        left += [next_ for next_ in (each.__cause__, each.__context__) if next_ is not None]
        left += each.exceptions if isinstance(each, BaseExceptionGroup) else ()


def walk(trace: TracebackType | None) -> Iterator[tuple[str, Any]]:
    while trace is not None:
        for name, value in trace.tb_frame.f_locals.items():
            yield f"{trace.tb_frame.f_code.co_qualname} {name}", value
        trace = trace.tb_next


def printed(error: BaseException) -> Iterator[tuple[str, str]]:
    """All ways to print an exception, as reporters of errors do it."""
    for each in chain(error):
        yield "str", str(each)
        yield "repr", repr(each)
        yield "format", f"{each}"
        yield "args", repr(each.args)
        yield "vars", repr(vars(each))
        yield "pretty", rich.pretty.pretty_repr(vars(each))
        if isinstance(each, NavixyError) and not isinstance(each, SecondFactorRequired):
            yield "pickle", pickle.dumps(each).decode("latin-1")
            yield "copy", repr(vars(copy.copy(each)))
        for name, value in walk(each.__traceback__):
            yield f"local {name}", repr(value)
            yield f"rich {name}", rich.pretty.pretty_repr(value, max_depth=6)
            yield f"vars {name}", repr(getattr(value, "__dict__", ""))
            slots = [slot for kind in type(value).__mro__ for slot in getattr(kind, "__slots__", ())]
            yield f"slots {name}", repr([getattr(value, slot, None) for slot in slots if slot not in ("body",)])
    yield "traceback", "".join(traceback.format_exception(error))
    yield "locals", "".join(traceback.TracebackException.from_exception(error, capture_locals=True).format())
    screen = io.StringIO()
    console = rich.console.Console(file=screen, width=400)
    console.print(
        rich.traceback.Traceback.from_exception(
            type(error), error, error.__traceback__, show_locals=True, extra_lines=0
        )
    )
    yield "rich", screen.getvalue()


def taking_turns() -> Iterator[Any]:
    """Every fault meets a login, which is two calls, and one of the other kinds; with all of them it is a proof."""
    others = [kind for kind in CREDENTIALS if kind != "Login"]
    for at, fault in enumerate(FAULTS):
        for kind in CREDENTIALS:
            plain = kind in ("Login", others[at % len(others)])
            yield pytest.param(kind, fault, marks=() if plain else (pytest.mark.proof,))


@pytest.mark.parametrize(("kind", "fault"), list(taking_turns()))
async def test_no_failure_shows_a_secret(kind: str, fault: str, caplog: pytest.LogCaptureFixture) -> None:
    """With the loop in debug mode, everything logged, and every way to print tried."""
    credential = CREDENTIALS[kind]()
    loop = asyncio.get_running_loop()
    loop.set_debug(True)
    loop.slow_callback_duration = 0.0
    caplog.set_level(logging.DEBUG)
    events: list[Any] = []
    echo = Echo(kind)
    found: list[tuple[str, str]] = []
    quick: dict[str, Any] = {
        "retries": Retries(attempts=2, base=0.001, longest=0.01, budget=3),
        "timeouts": Timeouts(total=5, attempt=5, close=0.2),
    }
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        for refuse_login in (
            (False, True) if isinstance(credential, Login) and fault not in ("enum", "input") else (False,)
        ):
            echo.refuse_login = refuse_login
            echo.busy.clear()
            async with platform(echo) as url, Navixy(url, observer=events.append, **quick) as navixy:
                is_panel = kind == "PanelLogin"
                account = navixy.panel_account(credential) if is_panel else navixy.account(credential)
                error = await fail(navixy, account, echo, fault)
                assert isinstance(error, NavixyError | asyncio.CancelledError), error
                found += printed(error)
                found += [("snapshot", repr(navixy.limiter.snapshot())), ("tasks", repr(asyncio.all_tasks()))]
                found += [("client", repr(vars(navixy))), ("client", rich.pretty.pretty_repr(navixy, max_depth=8))]
    loop.set_debug(False)
    found += [("warning", str(each.message)) for each in warned]
    found += [("event", repr(each) + rich.pretty.pretty_repr(each)) for each in events]
    found += [(f"log {record.name}", record.getMessage()) for record in caplog.records if "test_" not in record.message]
    leaks = [f"{way}: {leak}" for way, text in found if (leak := find_secret(text))]
    assert not leaks, f"{len(leaks)} leaks\n" + "\n".join(leaks[:8])


METHODS: dict[str, Callable[[Any], Awaitable[Any]]] = {
    "set": lambda account: account.user.password.set(old_password=PASSWORD, new_password=PASSWORD),
    "auth": lambda account: account.user.auth(login=NAME, password=PASSWORD),
}


@pytest.mark.parametrize("method", METHODS)
async def test_no_method_that_takes_a_password_carries_it_away(method: str) -> None:
    echo = Echo("ApiKey")
    echo.refuse_login, echo.fault = True, "refused"
    echo.beside = (PASSWORD,) if method == "set" else echo.beside
    async with platform(echo) as url, Navixy(url, retries=Retries(attempts=1)) as navixy:
        error = await caught(METHODS[method](navixy.account(ApiKey(KEY))))
    assert isinstance(error, ApiError)
    leaks = [f"{way}: {leak}" for way, text in printed(error) if (leak := find_secret(text))]
    assert not leaks, f"{len(leaks)} leaks\n" + "\n".join(leaks[:8])


@pytest.mark.parametrize("fault", ["refused", "ended", "fault", "redirect", "cut"])
async def test_no_file_of_a_harvest_holds_what_a_server_repeats(fault: str, tmp_path: Path) -> None:
    """Neither coverage nor manifest, ledger or picture; the reasons of holes come from the server."""
    echo = Echo("ApiKey")
    echo.fault, echo.beside, echo.only = fault, (), b"/track/read "
    quick: dict[str, Any] = {"retries": Retries(attempts=1), "timeouts": Timeouts(total=5, attempt=5, close=0.2)}
    start = datetime(2026, 3, 1, tzinfo=UTC)
    async with platform(echo) as url, Navixy(url, **quick) as navixy:
        harvest = navixy.account(ApiKey(KEY), label="north").harvest
        job = harvest.tracks([7], start=start, end=start + timedelta(days=1), patience=0.2)
        coverage = await job.to_parquet(tmp_path / "out")
    assert coverage.failed
    assert find_secret(str(coverage) + repr(coverage) + json.dumps(coverage.to_json())) is None
    for path in tmp_path.rglob("*"):  # noqa: ASYNC240 - nothing else is to be done meanwhile
        if path.is_file():
            assert find_secret(path.read_bytes().decode("latin-1")) is None, path.name
