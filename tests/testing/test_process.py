"""The platform in a process of its own: it serves, can be turned from outside, and never outlives its parent."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import aiohttp
import pytest

import navixy_async
from navixy_async.testing import Fault, Latency, Limit, Platform, PlatformProcess, Rules, World, WorldSpec

SPEC = WorldSpec(accounts=1, trackers=2, days=2, points_per_day=40, time_zones=("Asia/Kathmandu",))


def ask(url: str, key: str) -> tuple[int, dict[str, object]]:
    request = Request(f"{url}/tracker/list", data=b"{}", method="POST")
    request.add_header("Authorization", f"NVX {key}")
    request.add_header("Content-Type", "application/json")
    try:
        with urlopen(request, timeout=10) as answer:
            return answer.status, json.loads(answer.read())
    except HTTPError as error:
        return error.code, json.loads(error.read())


def test_it_serves_the_same_world_and_obeys() -> None:
    world = World(SPEC)
    account = world.accounts[0]
    rules = Rules(per_credential=Limit(rate=30, kind="leaky_bucket", burst=9), latency=Latency(base=0.001))
    with PlatformProcess(SPEC, rules, now=world.start + timedelta(days=2)) as process:
        status, body = ask(process.base_url, account.api_key)
        assert status == 200
        assert [one["id"] for one in body["list"]] == [tracker.id for tracker in account.trackers]  # type: ignore[attr-defined]
        assert process.stats()["by_path"] == {"tracker/list": 1}
        process.add_fault(Fault(kind="unavailable"))
        assert ask(process.base_url, account.api_key)[0] == 503
        process.add_fault(Fault(kind="unavailable", times=None))
        process.clear_faults()
        session = process.open_session(account.id)
        assert ask(process.base_url, session)[0] == 200
        assert process.end_session(account.id) == 1
        assert ask(process.base_url, session)[0] == 400
        process.set_now(world.settled)
        process.reset_stats()
        assert process.stats()["requests"] == 0
        pid = process.pid
        assert pid is not None
    assert not alive(pid)
    assert process.pid is None


async def test_it_is_an_async_context_manager_too() -> None:
    async with PlatformProcess(SPEC) as process:
        assert process.base_url.startswith("http://127.0.0.1:")
        assert process.spec == SPEC


def test_it_is_started_before_it_is_asked() -> None:
    with pytest.raises(RuntimeError, match="is not running"):
        PlatformProcess(SPEC).stats()


def launch(spec: bytes) -> subprocess.Popen[bytes]:
    child = subprocess.Popen(
        [sys.executable, "-m", "navixy_async.testing"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert child.stdin is not None
    child.stdin.write(spec)
    child.stdin.flush()
    return child


def close(child: subprocess.Popen[bytes]) -> None:
    for stream in (child.stdin, child.stdout, child.stderr):
        if stream is not None and not stream.closed:
            stream.close()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_signals_end_it_cleanly(number: signal.Signals) -> None:
    child = launch(b"{}\n")
    assert child.stdout is not None
    line = json.loads(child.stdout.readline())
    assert set(line) == {"base_url", "origin"}
    child.send_signal(number)
    assert child.wait(10) == 0
    close(child)


def test_it_ends_when_its_parent_does() -> None:
    child = launch(b"{}\n")
    assert child.stdout is not None
    assert child.stdin is not None
    child.stdout.readline()
    child.stdin.close()
    assert child.wait(10) == 0
    close(child)


def test_a_wrong_specification_is_one_sentence() -> None:
    child = launch(b'{"spec": {"accounts": "many"}}\n')
    assert child.wait(10) == 2
    assert child.stderr is not None
    text = child.stderr.read().decode()
    assert "cannot be read" in text
    assert "Traceback" not in text
    close(child)


async def test_a_platform_that_was_down_comes_back_at_its_address() -> None:
    platform = Platform(World(SPEC))
    await platform.start()
    url = f"{platform.base_url}/tracker/list"
    async with aiohttp.ClientSession() as http:
        for _ in range(2):
            async with http.post(url) as answer:
                assert answer.status == 400
            await platform.stop()
            with pytest.raises(aiohttp.ClientConnectionError):
                await http.post(url)
            await platform.start()
    assert platform.stats.requests == 2
    await platform.stop()


async def test_stopping_drops_those_who_wait_and_leaves_no_task() -> None:
    before = asyncio.all_tasks()
    async with aiohttp.ClientSession() as http:
        async with Platform(World(SPEC), Rules(service=3600.0)) as platform:
            waiting = asyncio.create_task(http.post(f"{platform.base_url}/tracker/list"))
            in_flight = 0
            while not in_flight:
                async with http.get(f"{platform.origin}/control/stats") as answer:
                    in_flight = (await answer.json())["in_flight"]
        with pytest.raises(aiohttp.ClientConnectionError):
            await waiting
    assert asyncio.all_tasks() == before


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_proxies_of_the_environment_are_not_asked_for_a_child(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.setattr("urllib.request._opener", None)  # what urlopen remembers of the environment as it was
    with PlatformProcess(SPEC) as process:
        assert process.stats()["requests"] == 0


def test_a_child_that_prints_something_else_first_is_reported_and_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sitecustomize.py").write_text("print('welcome to this machine', flush=True)\n")
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}:{Path(navixy_async.__file__).parents[1]}")
    process = PlatformProcess(SPEC)
    with pytest.raises(RuntimeError, match="did not say where it listens"):
        process.start()
    assert process.pid is None


def test_what_runs_is_not_started_again() -> None:
    with PlatformProcess(SPEC) as process:
        with pytest.raises(RuntimeError, match="is already running"):
            process.start()
        assert process.stats()["requests"] == 0
