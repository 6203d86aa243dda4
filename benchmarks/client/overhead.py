"""What does a call cost beside the barest thing that could do it?

    python benchmarks/client/overhead.py

One server in its own process answers a small JSON body at once. In turns, and several times over, the same number of
calls is made by a bare aiohttp + msgspec loop, by this client (limiter and observer off), and by httpx + json if it is
installed. Printed is CPU time of this process per call: median over the rounds, and the ratio to the bare loop.
"""

from __future__ import annotations

import asyncio
import json
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable

import aiohttp
import msgspec

from navixy_async import Limits, Navixy, SessionHash
from navixy_async.api.models.tracker import Tracker

CALLS, ROUNDS = 3000, 5
HASH = "0123456789abcdef" * 2

SERVER = """
import asyncio
BODY = b'{"success":true,"list":[{"id":10191086,"label":"Chevrolet Equinox","group_id":0,"source":{"id":10118726,' \\
    b'"device_id":"359632100002001","model":"telfmm00a","blocked":false,"tariff_id":5856}}]}'
HEAD = b"HTTP/1.1 200 OK\\r\\nContent-Type: application/json\\r\\nContent-Length: %d\\r\\n\\r\\n" % len(BODY)
class Quick(asyncio.Protocol):
    def connection_made(self, transport):
        self.transport, self.got = transport, b""
    def data_received(self, data):
        self.got += data
        while (head := self.got.find(b"\\r\\n\\r\\n")) >= 0:
            lower = self.got[:head].lower()
            at = lower.find(b"content-length:")
            size = int(lower[at + 15:].split(b"\\r\\n")[0]) if at >= 0 else 0
            if len(self.got) < head + 4 + size:
                return
            self.got = self.got[head + 4 + size:]
            self.transport.write(HEAD + BODY)
async def main():
    server = await asyncio.get_running_loop().create_server(Quick, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()
asyncio.run(main())
"""


class BareAnswer(msgspec.Struct, rename={"trackers": "list"}):
    """The answer as a user of bare msgspec would write it."""

    trackers: list[Tracker]
    success: bool = True


async def many(call: Callable[[], Awaitable[object]], concurrency: int) -> float:
    """CPU microseconds per call over `CALLS` calls by `concurrency` workers."""
    left = iter(range(CALLS))

    async def worker() -> None:
        for _ in left:
            await call()

    started = time.process_time()
    await asyncio.gather(*(worker() for _ in range(concurrency)))
    return (time.process_time() - started) / CALLS * 1e6


async def measure(url: str, concurrency: int) -> dict[str, list[float]]:
    """CPU per call of each way, round by round."""
    figures: dict[str, list[float]] = {}
    decode = msgspec.json.Decoder(BareAnswer).decode
    headers = {"Authorization": f"NVX {HASH}", "Content-Type": "application/json", "NVX-ISO-DateTime": "true"}
    async with (
        aiohttp.ClientSession(headers=headers, cookie_jar=aiohttp.DummyCookieJar()) as session,
        Navixy(url, limits=Limits(enabled=False)) as navixy,
    ):
        fleet = navixy.account(SessionHash(HASH))

        async def bare() -> object:
            async with session.post(f"{url}/tracker/list", data=b"{}") as response:
                return decode(await response.read()).trackers

        ways: dict[str, Callable[[], Awaitable[object]]] = {
            "bare aiohttp + msgspec": bare,
            "navixy_async, limiter off": fleet.tracker.list,
        }
        client = None
        try:
            import httpx  # a peer, measured only if somebody installed it
        except ImportError:
            print("httpx is not installed: left out")
        else:
            client = httpx.AsyncClient(headers=headers)

            async def other() -> object:
                assert client is not None
                response = await client.post(f"{url}/tracker/list", content=b"{}")
                return json.loads(response.content)["list"]

            ways["httpx + json"] = other
        for _ in range(ROUNDS):
            for name, call in ways.items():
                figures.setdefault(name, []).append(await many(call, concurrency))
        if client is not None:
            await client.aclose()
    return figures


def main() -> None:
    """Start the server, measure, print the table."""
    server = subprocess.Popen([sys.executable, "-c", SERVER], stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    try:
        url = f"http://127.0.0.1:{server.stdout.readline().strip()}/v2"
        print(f"CPython {platform.python_version()}, {platform.machine()}, aiohttp {aiohttp.__version__}")
        for concurrency in (16, 64):
            figures = asyncio.run(measure(url, concurrency))
            base = statistics.median(figures["bare aiohttp + msgspec"])
            for name, values in figures.items():
                middle = statistics.median(values)
                print(f"{concurrency:3} at once  {name:28} {middle:7.1f} µs CPU per call   x {middle / base:5.2f}")
    finally:
        server.kill()
        server.wait()


if __name__ == "__main__":
    main()
