"""What do twenty healthy tenants feel of one in trouble, on the same client and host?

    python benchmarks/retry/neighbours.py [--seconds 8] [--only KIND]

A raw server in its own process answers the healthy ones after 40 ms, and each 25th request of theirs with 503, so that
they need retries of their own. For each kind of trouble they are measured twice in turns, without and with the one in
trouble, which asks with eight workers at once as programs do that never give up. Printed are the median and the 95th
percentile of their latency from call to answer (calls that needed no retry), the ratio of the medians, and how many of
their calls failed: their retries are untouched if none did. The limit of the address is set so high that all may ask as
they like: how it is shared is the limiter's own question.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import platform
import statistics
import subprocess
import sys
import time
from collections import Counter

from navixy_async import ApiKey, Limits, Login, Navixy, NavixyError, Pool, Retries, Timeouts
from navixy_async.account import Account
from navixy_async.observe.events import Event, Retrying

HEALTHY, WORKERS = 20, 8
KINDS = ("503", "reset", "silence", "garbage", "retry_after", "page", "deep", "bomb", "endless", "login", "session")

SERVER = r"""
import asyncio, gzip, json, zlib
packer = zlib.compressobj(9, zlib.DEFLATED, 31)
BOMB = b"".join(packer.compress(b" " * 1_000_000) for _ in range(100)) + packer.flush()
OK = b'{"success":true,"list":[]}'
def http(body, status="200 OK", more=""):
    head = f"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n{more}\r\n"
    return head.encode() + body
ENDED = http(b'{"success":false,"status":{"code":4,"description":"ended"}}', "403 Forbidden")
asked = {}
async def endless(writer):
    writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n10\r\n{\"success\": true\r\n")
    while True:
        writer.write(b"2710\r\n" + b" " * 10000 + b"\r\n")
        await writer.drain()
        await asyncio.sleep(0.002)
async def talk(reader, writer):
    try:
        while True:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            lines = head.lower().split("\r\n")
            size = next((int(line[15:]) for line in lines if line.startswith("content-length:")), 0)
            body = await reader.readexactly(size)
            key = head.partition("NVX ")[2][:32]
            path = head.split(" ")[1]
            if path.endswith("user/auth"):
                login = json.loads(body)["login"]
                opened = http(json.dumps({"success": True, "hash": "e" * 32}).encode())
                writer.write(http(b"", "503 Down") if login == "login" else opened)
                continue
            if key.startswith("b"):
                asked[key] = asked.get(key, 0) + 1
                await asyncio.sleep(0.04)
                writer.write(http(b"", "503 Once") if asked[key] % 25 == 0 else http(OK))
                continue
            kind = KINDS[int(key[-4:], 16) if key[0] == "a" else -1]
            if kind == "session": writer.write(ENDED)
            elif kind == "503": writer.write(http(b"", "503 Down"))
            elif kind == "reset": writer.transport.abort(); return
            elif kind == "silence": await asyncio.sleep(100)
            elif kind == "garbage": writer.write(b"\x00\xff" * 500); return
            elif kind == "retry_after": writer.write(http(b"", "429 Slow", "Retry-After: 1800000000\r\n"))
            elif kind == "page": writer.write(http(b"<html>", "401 Who"))
            elif kind == "deep": writer.write(http(b'{"a":' * 100_000))
            elif kind == "bomb": writer.write(http(BOMB, more="Content-Encoding: gzip\r\n"))
            elif kind == "endless": await endless(writer)
            await writer.drain()
    except (OSError, asyncio.IncompleteReadError):
        pass
    finally:
        writer.close()
async def main():
    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()
asyncio.run(main())
"""


async def healthy(account: Account, until: float, seen: list[float], retried: Counter[str]) -> int:
    """Ask once in 0.7 s; latencies of calls that needed no retry go into `seen`, the failures are counted."""
    failures = 0
    while time.monotonic() < until:
        started, before = time.monotonic(), retried[account.label]
        try:
            await account.tracker.list()
        except NavixyError:
            failures += 1
        if retried[account.label] == before:
            seen.append(time.monotonic() - started)
        await asyncio.sleep(max(0.0, 0.7 - (time.monotonic() - started)))
    return failures


async def in_trouble(account: Account) -> None:
    """Ask again and again, a moment after each failure."""
    while True:
        with contextlib.suppress(NavixyError):
            await account.tracker.list(timeout=20)
        await asyncio.sleep(0.5)


async def measure(url: str, kind: str, seconds: float) -> tuple[list[float], list[float], int, float]:
    """Latencies without and with the one in trouble, failures of the healthy, and what is left of the budget."""
    calm: list[float] = []
    beside: list[float] = []
    failures = 0
    retried: Counter[str] = Counter()

    def note(event: Event) -> None:
        if isinstance(event, Retrying):
            retried[event.account] += 1

    settings = {
        "observer": note,
        "retries": Retries(base=0.05, longest=1.0),
        "timeouts": Timeouts(attempt=3.0, read=2.0, close=1.0),
        "limits": Limits(per_address=1000),
        "pool": Pool(largest_answer=20_000_000),
    }
    async with Navixy(url, **settings) as navixy:  # type: ignore[arg-type]
        fleets = [navixy.account(ApiKey("b" * 28 + f"{number:04x}")) for number in range(HEALTHY)]
        credential = Login(kind, "x") if kind in ("login", "session") else ApiKey("a" * 28 + f"{KINDS.index(kind):04x}")
        bad = navixy.account(credential)
        await asyncio.gather(*(fleet.tracker.list() for fleet in fleets))
        for _ in range(2):
            for seen in (calm, beside):
                workers = [asyncio.create_task(in_trouble(bad)) for _ in range(WORKERS if seen is beside else 0)]
                until = time.monotonic() + seconds / 2

                async def one(number: int, until: float = until, seen: list[float] = seen) -> int:
                    await asyncio.sleep(0.7 * number / HEALTHY)
                    return await healthy(fleets[number], until, seen, retried)

                failures += sum(await asyncio.gather(*(one(number) for number in range(HEALTHY))))
                for worker in workers:
                    worker.cancel()
                await asyncio.gather(*workers, return_exceptions=True)
        return calm, beside, failures, navixy._pipeline.budget.left


def main() -> None:
    """Start the server, measure each kind, print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=8.0, help="of each kind, without and with it")
    parser.add_argument("--only", choices=KINDS)
    options = parser.parse_args()
    server = subprocess.Popen(
        [sys.executable, "-c", f"KINDS = {(*KINDS, 'session')!r}\n{SERVER}"], stdout=subprocess.PIPE, text=True
    )
    assert server.stdout is not None
    try:
        url = f"http://127.0.0.1:{server.stdout.readline().strip()}/v2"
        print(f"CPython {platform.python_version()}, {platform.machine()}; {HEALTHY} healthy tenants beside one\n")
        print("| trouble | median alone, ms | beside, ms | ratio | 95 % alone | beside | failed | budget left |")
        print("|---|---|---|---|---|---|---|---|")
        for kind in KINDS if options.only is None else (options.only,):
            calm, beside, failures, left = asyncio.run(measure(url, kind, options.seconds))
            one, two = statistics.median(calm) * 1000, statistics.median(beside) * 1000
            tails = [sorted(seen)[int(len(seen) * 0.95)] * 1000 for seen in (calm, beside)]
            print(
                f"| {kind} | {one:.1f} | {two:.1f} | {two / one:.3f} | {tails[0]:.1f} | {tails[1]:.1f} "
                f"| {failures} | {left:.0f} |",
                flush=True,
            )
    finally:
        server.kill()
        server.wait()


if __name__ == "__main__":
    main()
