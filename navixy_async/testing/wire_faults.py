"""Injects faults on the wire: answers that are cut, dripped, reset or not JSON."""

from __future__ import annotations

import asyncio
import socket
import struct
from typing import NamedTuple

from aiohttp import web

from .faults import Fault

STATUS_SEEN = {
    "reset_before": 0,
    "reset_after": 0,
    "not_json": 200,
    "empty": 200,
    "unavailable_html": 503,
    "too_large": 413,
    "redirect": 302,
}
"""HTTP status that the client sees instead of the platform's own; 0 for no answer at all."""
HTML = b"<html><head><title>503 Service Temporarily Unavailable</title></head><body>nginx</body></html>"


class PendingAnswer(NamedTuple):
    """The answer that would have been sent."""

    body: bytes
    headers: dict[str, str]
    status: int


async def inject(http: web.BaseRequest, fault: Fault, reply: PendingAnswer) -> web.StreamResponse:
    """Answer `http` as `fault` demands; `reply` is what would have been sent without it."""
    kind = fault.kind
    if kind == "latency":
        await asyncio.sleep(fault.seconds)
        return web.Response(body=reply.body, headers=reply.headers, status=reply.status)
    if kind in ("reset_before", "reset_after"):
        return _cut_off(http, reset=True)
    if kind == "stale":
        return _cut_off(http, reset=False)
    if kind in ("cut", "cut_chunked"):
        return await _cut(http, reply, chunked=kind == "cut_chunked")
    if kind == "drip":
        return await _drip(http, reply, fault.seconds)
    if kind == "not_json":
        return web.Response(body=b"<html>Welcome to the portal</html>", content_type="text/html")
    if kind == "empty":
        return web.Response(body=b"", content_type="application/json")
    if kind == "unavailable_html":
        return web.Response(body=HTML, content_type="text/html", status=503)
    if kind == "too_large":
        return web.Response(body=b"<html>413 Request Entity Too Large</html>", content_type="text/html", status=413)
    if kind == "redirect":
        return web.Response(status=302, headers={"Location": fault.location})
    return web.Response(body=reply.body, headers=reply.headers, status=reply.status)


def _cut_off(http: web.BaseRequest, *, reset: bool) -> web.StreamResponse:
    """End the connection without an answer: with a reset, or quietly as after an idle timeout."""
    transport = http.transport
    if transport is not None:
        if reset:
            connection = transport.get_extra_info("socket")
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            transport.abort()
        else:
            transport.close()
    return web.Response()


async def _cut(http: web.BaseRequest, reply: PendingAnswer, *, chunked: bool) -> web.StreamResponse:
    response = web.StreamResponse(status=reply.status, headers=reply.headers)
    if chunked:
        response.enable_chunked_encoding()
    else:
        response.content_length = len(reply.body)
    await response.prepare(http)
    await response.write(reply.body[: max(1, len(reply.body) // 2)])
    if http.transport is not None:
        http.transport.close()
    return response


async def _drip(http: web.BaseRequest, reply: PendingAnswer, seconds: float) -> web.StreamResponse:
    response = web.StreamResponse(status=reply.status, headers=reply.headers)
    response.content_length = len(reply.body)
    await response.prepare(http)
    parts = 10
    step = max(1, -(-len(reply.body) // parts))
    for at in range(0, len(reply.body), step):
        await asyncio.sleep(seconds / parts)
        await response.write(reply.body[at : at + step])
    await response.write_eof()
    return response
