"""Calls over real connections: what is sent, what is repeated, what is told, and what is given back."""

from __future__ import annotations

import asyncio
import gzip
import json
import logging
import traceback
from typing import Any

import pytest
from aiohttp import ClientSession, web

from navixy_async import errors as e
from navixy_async.observe.events import Refused, RequestFinished, Retrying
from navixy_async.operations import Operation, Replay
from navixy_async.settings import Pool, Retries, Timeouts

from .conftest import HASH, READ, WRITE, Connect, no, ok


def dropped(request: web.Request) -> web.Response:
    """Break the connection without an answer."""
    assert request.transport is not None
    request.transport.abort()
    return web.Response()


async def test_what_a_request_looks_like(connect: Connect) -> None:
    seen: list[tuple[web.Request, bytes]] = []

    async def handler(request: web.Request) -> web.Response:
        seen.append((request, await request.read()))
        return ok(list=[])

    wire = await connect(handler)
    assert json.loads(await wire.send(READ, {"labels": ["x"]})) == {"success": True, "list": []}
    request, body = seen[0]
    assert (request.method, request.path_qs) == ("POST", "/v2/tracker/list")
    assert request.headers["Authorization"] == f"NVX {HASH}"
    assert request.headers["NVX-ISO-DateTime"] == "true"
    assert request.headers["Content-Type"] == "application/json"
    assert "gzip" in request.headers["Accept-Encoding"]
    assert body == b'{"labels":["x"]}'
    assert HASH not in request.path_qs
    assert wire.notes.told == [["sent", "answered"]]


@pytest.mark.parametrize("way", ["announced", "in chunks", "compressed", "compressed in chunks", "cut"])
async def test_a_large_body_arrives_whole_or_not_at_all(connect: Connect, way: str) -> None:
    text = json.dumps({"success": True, "value": "ab" * 400_000})
    asked = 0

    async def handler(request: web.Request) -> web.StreamResponse:
        nonlocal asked
        asked += 1
        if way == "cut" and asked == 1:
            response = web.StreamResponse(
                headers={"Content-Type": "application/json", "Content-Length": str(len(text))}
            )
            await response.prepare(request)
            await response.write(text[:600_000].encode())
            assert request.transport is not None
            request.transport.close()
            return response
        whole = web.Response(text=text, content_type="application/json")
        if "compressed" in way:
            whole.enable_compression()
        if "chunks" in way:
            whole.enable_chunked_encoding()
        return whole

    wire = await connect(handler)
    assert await wire.send(READ) == text.encode()
    assert asked == (2 if way == "cut" else 1)


async def test_get_actions_carry_their_parameters_in_the_query(connect: Connect) -> None:
    seen: list[str] = []

    async def handler(request: web.Request) -> web.Response:
        seen.append(f"{request.method} {request.path_qs}")
        return ok()

    wire = await connect(handler)
    flow: Operation[Any] = Operation(
        "iot/logic/flow/read", dict, api="iot_logic", method="GET", encoding="query", replay=Replay.READ
    )
    quality: Operation[Any] = Operation(
        "trackers/{tracker_id}/quality", dict, api="eco_fleet", method="GET", replay=Replay.READ
    )
    await wire.send(flow, {"flow_id": 7})
    await wire.send(quality, {"tracker_id": 5, "interval": "P7D"})
    assert seen == ["GET /v2/iot/logic/flow/read?flow_id=7", "GET /eco_fleet/trackers/5/quality?interval=P7D"]


async def test_anonymous_actions_carry_no_credential(connect: Connect) -> None:
    seen: list[bool] = []

    async def handler(request: web.Request) -> web.Response:
        seen.append("Authorization" in request.headers)
        return ok(hash=HASH)

    wire = await connect(handler)
    await wire.send(Operation("user/auth", dict, session="none"), {"login": "a", "password": "b"})
    await wire.send(Operation("dealer/get_ui_config", dict, session="optional"))
    assert seen == [False, True], "who asks decides whose settings are answered"


async def test_connections_are_kept_and_shared(connect: Connect) -> None:
    peers: set[object] = set()

    async def handler(request: web.Request) -> web.Response:
        assert request.transport is not None
        peers.add(request.transport.get_extra_info("peername"))
        return ok()

    wire = await connect(handler)
    for _ in range(20):
        await wire.send()
    assert len(peers) == 1


@pytest.mark.parametrize("status", [500, 503])
async def test_reads_survive_the_platforms_passing_troubles(connect: Connect, status: int) -> None:
    hits = 0

    async def handler(_request: web.Request) -> web.Response:
        nonlocal hits
        hits += 1
        return no(6 if status == 500 else 8, "later", status) if hits < 4 else ok()

    wire = await connect(handler)
    await wire.send()
    assert hits == 4
    assert [event.attempt for event in wire.events if isinstance(event, Retrying)] == [1, 2, 3]
    finished = [event for event in wire.events if isinstance(event, RequestFinished)]
    assert [event.http_status for event in finished] == [status, status, status, 200]
    assert [event.code for event in finished][-1] is None


async def test_writes_that_reached_the_server_are_sent_once(connect: Connect) -> None:
    done: list[str] = []

    async def handler(request: web.Request) -> web.Response:
        done.append(await request.text())
        if len(done) == 1:
            return no(14, "Database unavailable", 503)
        return dropped(request)

    wire = await connect(handler)
    with pytest.raises(e.ServerFault) as fault:
        await wire.send(WRITE)
    assert fault.value.attempts == 1
    with pytest.raises(e.ConnectionLost) as lost:
        await wire.send(WRITE)
    assert not lost.value.unsent
    assert len(done) == 2
    assert wire.notes.told[-1] == ["sent", "lost"]


async def test_a_read_on_a_broken_connection_is_sent_again(connect: Connect) -> None:
    hits = 0

    async def handler(request: web.Request) -> web.Response:
        nonlocal hits
        hits += 1
        return dropped(request) if hits == 1 else ok()

    wire = await connect(handler)
    await wire.send()
    assert hits == 2
    assert wire.notes.told == [["sent", "lost"], ["sent", "answered"]]


async def test_nobody_listens_so_even_a_write_is_tried_again(connect: Connect, unused_tcp_port: int) -> None:
    wire = await connect.point_at(f"http://127.0.0.1:{unused_tcp_port}/v2")  # type: ignore[attr-defined]
    with pytest.raises(e.ConnectFailed) as failed:
        await wire.send(WRITE)
    assert failed.value.unsent
    assert failed.value.attempts == Retries().attempts
    assert wire.notes.told == [["unsent"]] * 5


async def test_a_refusal_goes_to_the_limiter_and_is_queued_again(connect: Connect) -> None:
    hits = 0

    async def handler(_request: web.Request) -> web.Response:
        nonlocal hits
        hits += 1
        if hits == 1:
            response = no(15, "Too many requests", 429)
            response.headers["Retry-After"] = "3"
            return response
        if hits == 2:
            return no(15, "Too many requests", 200)
        return ok()

    wire = await connect(handler)
    await wire.send(WRITE)
    assert hits == 3, "a refused write was not executed, so it may go again"
    assert wire.notes.told[0] == ["sent", "refused 3.0", "refused 3.0"]
    assert wire.notes.told[1][-1] == "refused None"
    assert [event.retry_after for event in wire.events if isinstance(event, Refused)] == [3.0, None]


async def test_a_report_under_way_is_no_matter_of_the_rate(connect: Connect) -> None:
    async def handler(_request: web.Request) -> web.Response:
        return no(15, "Too many requests", 429)

    wire = await connect(handler)
    with pytest.raises(e.RateLimited):
        await wire.send(Operation("report/tracker/generate", dict, cap="report"))
    assert wire.notes.told == [["sent", "answered"]]


async def test_one_report_at_a_time(connect: Connect) -> None:
    running = most = 0

    async def handler(_request: web.Request) -> web.Response:
        nonlocal running, most
        running += 1
        most = max(most, running)
        for _ in range(20):
            await asyncio.sleep(0)
        running -= 1
        return ok(id=1)

    wire = await connect(handler)
    report: Operation[object] = Operation("report/tracker/generate", dict, cap="report")
    await asyncio.gather(*(wire.send(report) for _ in range(5)))
    assert most == 1


async def test_endless_refusals_surface(connect: Connect) -> None:
    async def handler(_request: web.Request) -> web.Response:
        return no(15, "Too many requests", 429)

    wire = await connect(handler, retries=Retries(refusals=2))
    with pytest.raises(e.RateLimited) as limited:
        await wire.send()
    assert limited.value.attempts == 3


async def test_the_connection_is_free_before_any_wait(connect: Connect) -> None:
    """With one connection and large error bodies, a retry that held its answer would wait for itself for ever."""
    hits = 0

    async def handler(_request: web.Request) -> web.Response:
        nonlocal hits
        hits += 1
        return web.Response(status=503, body=b"x" * 2_000_000) if hits < 3 else ok()

    wire = await connect(handler, pool=Pool(size=1))
    await asyncio.gather(wire.send(), wire.send())
    assert hits == 4


async def test_a_cut_body_is_asked_for_again(connect: Connect) -> None:
    hits = 0

    async def handler(request: web.Request) -> web.StreamResponse:
        nonlocal hits
        hits += 1
        if hits > 2:
            return ok()
        response = web.StreamResponse(headers={"Content-Type": "application/json"})
        if hits == 1:
            response.content_length = 1000
        else:
            response.enable_chunked_encoding()
        await response.prepare(request)
        await response.write(b'{"success": true, "list": [')
        return dropped(request)

    wire = await connect(handler)
    assert json.loads(await wire.send()) == {"success": True}
    assert hits == 3


async def test_silence_is_ended_and_the_call_goes_again(connect: Connect) -> None:
    hits = 0
    release = asyncio.Event()

    async def handler(_request: web.Request) -> web.Response:
        nonlocal hits
        hits += 1
        if hits == 1:
            await release.wait()
        return ok()

    wire = await connect(handler, timeouts=Timeouts(total=20, read=0.05))
    await wire.send()
    release.set()
    assert hits == 2


async def test_one_deadline_covers_everything(connect: Connect) -> None:
    release = asyncio.Event()

    async def handler(_request: web.Request) -> web.Response:
        await release.wait()
        return ok()

    wire = await connect(handler)
    with pytest.raises(e.DeadlineExceeded) as late:
        await wire.send(timeout=0.1)
    release.set()
    assert late.value.operation == "tracker/list"
    assert late.value.attempts == 1


async def test_a_retry_that_would_come_too_late_is_not_waited_for(connect: Connect) -> None:
    async def handler(_request: web.Request) -> web.Response:
        response = no(8, "later", 503)
        response.headers["Retry-After"] = "60"
        return response

    wire = await connect(handler)
    with pytest.raises(e.ServerFault) as fault:
        await wire.send(timeout=5)
    assert fault.value.retry_after == 60
    assert len(wire.notes.permits) == 1


async def test_cancellation_is_passed_on_and_the_permit_closed(connect: Connect) -> None:
    arrived, release = asyncio.Event(), asyncio.Event()

    async def handler(_request: web.Request) -> web.Response:
        arrived.set()
        await release.wait()
        return ok()

    wire = await connect(handler)
    call = asyncio.create_task(wire.send())
    await arrived.wait()
    call.cancel()
    with pytest.raises(asyncio.CancelledError):
        await call
    release.set()
    assert wire.notes.told == [["sent", "lost"]]


async def test_redirects_are_never_followed(connect: Connect) -> None:
    paths: list[str] = []

    async def handler(request: web.Request) -> web.Response:
        paths.append(request.path)
        return web.Response(status=302, headers={"Location": "/elsewhere?hash=123"})

    wire = await connect(handler)
    with pytest.raises(e.UnexpectedRedirect, match="/elsewhere") as redirect:
        await wire.send()
    assert "123" not in str(redirect.value)
    assert paths == ["/v2/tracker/list"]


async def test_large_and_compressed_answers_arrive_whole(connect: Connect) -> None:
    rows = [{"n": number} for number in range(100_000)]

    async def handler(_request: web.Request) -> web.Response:
        body = gzip.compress(json.dumps({"success": True, "list": rows}).encode())
        return web.Response(body=body, content_type="application/json", headers={"Content-Encoding": "gzip"})

    wire = await connect(handler)
    assert json.loads(await wire.send())["list"] == rows


async def test_no_exception_keeps_the_credential(connect: Connect, caplog: pytest.LogCaptureFixture) -> None:
    async def handler(request: web.Request) -> web.StreamResponse:
        if request.path.endswith("cut"):
            response = web.StreamResponse()
            response.content_length = 10
            await response.prepare(request)
        return dropped(request)

    wire = await connect(handler, retries=Retries(attempts=1))
    caplog.set_level(logging.DEBUG)
    kinds: list[tuple[str, Replay, type[e.NavixyError]]] = [
        ("cut", Replay.READ, e.UnreadableAnswer),
        ("cut", Replay.WRITE, e.DoneButUnreadError),
        ("drop", Replay.WRITE, e.ConnectionLost),
    ]
    for path, replay, kind in kinds:
        with pytest.raises(kind) as caught:
            await wire.send(Operation(path, dict, replay=replay))
        chain: BaseException | None = caught.value
        while chain is not None:
            assert HASH not in f"{chain!r} {chain} {vars(chain)}"
            chain = chain.__cause__ or chain.__context__
        assert HASH not in "".join(traceback.format_exception(caught.value))
    assert HASH not in caplog.text


async def test_a_closed_client_says_so(connect: Connect) -> None:
    async def handler(_request: web.Request) -> web.Response:
        return ok()

    wire = await connect(handler)
    await wire.pipeline.close()
    with pytest.raises(e.ClientClosed, match="async with Navixy"):
        await wire.send()


async def test_another_loop_is_refused(connect: Connect) -> None:
    async def handler(_request: web.Request) -> web.Response:
        return ok()

    wire = await connect(handler)

    def elsewhere() -> None:
        with pytest.raises(e.ClientClosed, match="another event loop"):
            asyncio.run(wire.send())

    await asyncio.to_thread(elsewhere)


async def test_a_borrowed_session_is_used_and_left_open(connect: Connect) -> None:
    seen: list[str | None] = []

    async def handler(request: web.Request) -> web.Response:
        seen.append(request.headers.get("NVX-ISO-DateTime"))
        return ok()

    async with ClientSession() as session:
        wire = await connect(handler, session=session)
        await wire.send()
        await wire.pipeline.close()
        assert not session.closed
    assert seen == ["true"]
    assert wire.notes.told == [["sent", "answered"]]


async def test_a_failing_observer_hurts_nobody(connect: Connect, caplog: pytest.LogCaptureFixture) -> None:
    async def handler(_request: web.Request) -> web.Response:
        return ok()

    def broken(_event: object) -> None:
        raise RuntimeError("no room on the dashboard")

    wire = await connect(handler)
    wire.pipeline.observer = broken
    await wire.send()
    assert "the observer failed on RequestFinished" in caplog.text
