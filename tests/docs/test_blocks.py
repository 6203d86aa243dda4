"""What the pages print runs: as Python, as commands, as files, against the embedded platform."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from datetime import UTC, date, datetime
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pytest

import navixy_async
from navixy_async import ApiKey, Limits, Navixy
from navixy_async.testing import Fault, Limit, Platform, PlatformProcess, Rules, World, WorldSpec

from ..support.docs.blocks import Block, blocks_of, every_block, run_fragment
from ..support.harvest.model import files_of

SPEC = WorldSpec(accounts=2, trackers=3, start=date(2026, 2, 27), days=18, points_per_day=40, events_per_day=6)
QUICK = Rules(per_credential=Limit(rate=None), per_address=Limit(rate=None))
WORLD = World(SPEC)
FLEET, OTHER = WORLD.accounts
# Whoever runs this earlier than the pages were written would ask for days that lie ahead.
PAST = {
    "2026-11-": "2026-03-",
    "datetime(2026, 11, ": "datetime(2026, 3, ",
    "3, 22, t": "3, 12, t",
    "3, 23, t": "3, 13, t",
}

NAMES = {name: getattr(navixy_async, name) for name in import_module("navixy_async").__all__}
NAMES |= {"datetime": datetime, "UTC": UTC, "asyncio": asyncio, "msgspec": __import__("msgspec")}
RUN = {
    "README.md: navixy_async",  # the two commands that CI runs: see tests/test_project.py and .ci/run
    "README.md: One account",
    "README.md: Read, change, write",
    "README.md: Many accounts",
    "README.md: A harvest",
    "README.md: Hosted and on premises",
    "README.md: A web back end",
    "README.md: Errors",
    "README.md: Testing your own program",
    "CONTRIBUTING.md: Set up",  # as in .ci/run
    "CONTRIBUTING.md: Check a change",
    "CONTRIBUTING.md: Add an action",  # these in tests/docs/test_contributing.py
    "CONTRIBUTING.md: Add an error code",
    "CONTRIBUTING.md: Add a stream",
    "CONTRIBUTING.md: Add a sink",
    "docs/architecture.md: The way of a call",  # these in tests/docs/test_pages.py
    "docs/architecture.md: The way of a harvested row",
    "docs/command-line.md: Who asks",
    "docs/command-line.md: Kept current",
    "docs/flows.md: Checks",
    "docs/flows.md: Dry runs",
    "docs/flows.md: Expressions",
    "docs/flows.md: Flows as files",
    "docs/flows.md: Pictures",
    "docs/flows.md: The audit",
    "docs/flows.md: On the command line, and before a commit",
    "docs/command-line.md: Flows of IoT Logic",  # these in tests/docs/test_flows.py
    "docs/harvest.md: Kept current: harvests without an end",
    "docs/harvest.md: Local days",
    "docs/limits.md: Rate limits",
}
"""The blocks that a test below runs, by page and heading."""


def the(page: str, heading: str, language: str = "python") -> Block:
    (block,) = (block for block in blocks_of(page) if block.heading.startswith(heading) and block.language == language)
    return block.of(**PAST)


@pytest.fixture(scope="module")
def process() -> Iterator[PlatformProcess]:
    with PlatformProcess(SPEC, QUICK) as running:
        yield running


@pytest.fixture
def platform(process: PlatformProcess) -> Iterator[PlatformProcess]:
    yield process
    process.clear_faults()


def ours(block: Block, platform: PlatformProcess) -> str:
    """The block with this platform and a credential for it."""
    return block.of(**{'"eu"': repr(platform.base_url), '"…"': repr(FLEET.api_key)}).text


def test_every_block_of_every_page_is_run_or_is_parsed_below() -> None:
    assert {block.name for block in every_block()} == RUN


@pytest.mark.parametrize("block", every_block(), ids=lambda block: block.name)
def test_every_block_is_what_it_says_it_is(block: Block) -> None:
    match block.language:
        case "python":
            # An await may stand at the top, and one row of a table stands for itself.
            row = re.fullmatch(r"[^\n]+: [^\n]+,\n", block.text)
            compile(f"{{{block.text}}}" if row else block.text, block.name, "exec", flags=0x2000)
        case "sh":
            subprocess.run(["bash", "-n"], input=block.text, text=True, check=True)
        case "toml":
            tomllib.loads(block.text)
        case "json":
            json.loads(block.text)
        case "tsv":
            assert all("\t" in line for line in block.text.splitlines())
        case "yaml":
            assert "\t" not in block.text  # tests/docs/test_flows.py runs its entry
        case "text":
            pass  # a drawing; tests/docs/test_pages.py looks at the modules that it names
        case other:
            pytest.fail(f"{block.name} has a block of {other or 'no language'} that nothing parses")


# --- Python ---------------------------------------------------------------------------------------------------------


def test_one_account(platform: PlatformProcess, capsys: pytest.CaptureFixture[str]) -> None:
    exec(compile(ours(the("README.md", "One account"), platform), "README", "exec"), {"__name__": "block"})
    assert len(capsys.readouterr().out.splitlines()) > 5


async def test_read_change_write(platform: PlatformProcess, capsys: pytest.CaptureFixture[str]) -> None:
    async with Navixy(platform.base_url) as navixy:
        fleet = navixy.account(ApiKey(FLEET.api_key))
        place_id = await fleet.place.create(
            {"label": "Depot", "location": {"lat": 52.5, "lng": 13.4, "radius": 50, "address": "Here"}}
        )
        text = the("README.md", "Read, change, write").text
        await run_fragment(text, {**NAMES, "fleet": fleet, "place_id": place_id})
        assert (await fleet.place.read(place_id)).label == "Yard"
    assert capsys.readouterr().out.startswith("Depot ")


async def test_many_accounts(platform: PlatformProcess) -> None:
    polled: dict[str, int] = {}

    async def poll(account: Any) -> None:
        polled[account.label] = len(await account.tracker.list())

    text = ours(the("README.md", "Many accounts"), platform)
    keys = {"north": FLEET.api_key, "south": OTHER.api_key}
    await run_fragment(text, {**NAMES, "keys": keys, "poll": poll})
    assert polled == {"north": 3, "south": 3}


async def test_a_platform_is_discovered(platform: PlatformProcess, capsys: pytest.CaptureFixture[str]) -> None:
    block = the("README.md", "Hosted and on premises")
    origin = platform.base_url.removesuffix("/v2")
    await run_fragment(block.of(**{'"https://gps.example.com"': repr(origin)}).text, dict(NAMES))
    assert capsys.readouterr().out == f"{platform.base_url}\n"


async def test_a_harvest(
    platform: PlatformProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    async with Navixy(platform.base_url) as navixy:
        names = {**NAMES, "navixy": navixy, "keys": {"north": FLEET.api_key, "south": OTHER.api_key}}
        ended = await run_fragment(the("README.md", "A harvest").text, names)
        assert ended["coverage"].is_complete
        assert capsys.readouterr().out.startswith("tracks ")
        assert len(files_of(tmp_path / "out")) > 20
        monkeypatch.chdir(tmp_path / "out")
        names["accounts"] = ended["accounts"]
        current = await run_fragment(the("docs/harvest.md", "Kept current").text, names)
        assert current["coverage"].rows
        await run_fragment(the("docs/harvest.md", "Local days").of(**{"date(2026, 11, ": "date(2026, 3, "}).text, names)
        assert len(files_of(tmp_path / "out" / "out" / "stream=mileage")) > 20


async def test_errors(platform: PlatformProcess, capsys: pytest.CaptureFixture[str]) -> None:
    text = the("README.md", "Errors").text
    start, end = datetime(2026, 3, 2, tzinfo=UTC), datetime(2026, 3, 3, tzinfo=UTC)
    async with Navixy(platform.base_url) as navixy:
        names = {**NAMES, "fleet": navixy.account(ApiKey(FLEET.api_key)), "start": start, "end": end}
        await run_fragment(text, names)
        assert capsys.readouterr().out == "201 []\n"
        for code, said in ((208, ""), (4, ""), (211, "None")):
            platform.add_fault(Fault(kind="error_in_200", path="track/read", code=code))
            await run_fragment(text, names)
            assert said in capsys.readouterr().out


async def test_testing_your_own_program() -> None:
    text = the("README.md", "Testing").text
    assert text.endswith("    ...\n")
    more = (
        "    key = platform.world.accounts[0].api_key\n    found = await navixy.account(ApiKey(key)).tracker.list()\n"
    )
    assert len((await run_fragment(text + more, NAMES))["found"]) == 20


async def test_limits(platform: PlatformProcess) -> None:
    async with Navixy(platform.base_url) as navixy:
        names = {**NAMES, "navixy": navixy, "key": ApiKey(FLEET.api_key)}
        await run_fragment(the("docs/limits.md", "Rate limits").text, names)
        assert navixy.limiter.limits == Limits(per_address=20)


# --- the web back end -----------------------------------------------------------------------------------------------


class Tenant:
    """Whoever asks, in the program of somebody else."""

    def __init__(self, name: str, hash_: str, trackers: list[int]) -> None:
        self.name, self.hash, self.trackers = name, hash_, trackers


async def test_the_web_back_end_serves_states_and_says_when_to_come_again() -> None:
    block = the("README.md", "A web back end")
    async with Platform(World(SPEC), QUICK) as platform:
        session = platform.open_session(FLEET)
        wanted = [FLEET.trackers[0].id, 4_000_000]

        async def tenant() -> Tenant:
            return Tenant("north", session, wanted)

        names: dict[str, Any] = {"__name__": "block", "Tenant": Tenant, "tenant": tenant}
        exec(compile(block.of(**{'"eu"': repr(platform.base_url)}).text, "README", "exec"), names)
        app = names["app"]
        async with (
            app.router.lifespan_context(app),
            httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://here") as browser,
        ):
            answer = await browser.get("/states")
            assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
            told = answer.json()
            assert list(told["states"]) == [str(wanted[0])]
            assert told["not_exist"] == [wanted[1]]
            assert told["states"][str(wanted[0])]["gps"]["location"]
            platform.faults.add(Fault(kind="throttle", path="tracker/get_states", retry_after="40"))
            answer = await asyncio.wait_for(browser.get("/states"), 4)
            assert answer.status_code == 503
            assert 38 <= int(answer.headers["retry-after"]) <= 40


# --- commands -------------------------------------------------------------------------------------------------------


@pytest.fixture
def shell(platform: PlatformProcess, tmp_path: Path) -> dict[str, str]:
    """The environment of a shell in `tmp_path` that finds this package's command, and an account file."""
    command = tmp_path / "bin" / "navixy"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec {sys.executable} -m navixy_async.cli "$@"\n')
    command.chmod(0o755)
    text = the("docs/command-line.md", "Who asks", "toml").text
    text = text.replace("https://gps.example.com/api-v2", platform.base_url)
    for word in (FLEET.api_key, OTHER.login, OTHER.password):
        text = text.replace('"…"', f'"{word}"', 1)
    accounts = tmp_path / "accounts.toml"
    accounts.write_text(text)
    accounts.chmod(0o600)
    root = str(Path(navixy_async.__file__).parents[1])
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("NAVIXY_")}
    paths = {"PATH": f"{command.parent}:{os.environ['PATH']}", "PYTHONPATH": root, "PYTHONUNBUFFERED": "1"}
    return {**inherited, **paths, "NAVIXY_URL": platform.base_url}


def lines_of(block: Block) -> list[str]:
    return [line for text in block.text.splitlines() if (line := re.sub(r"\s+#.*", "", text).strip())]


def run_line(line: str, place: Path, environment: dict[str, str], *, until: bytes = b"") -> SimpleNamespace:
    """Run one line as a shell does; one that goes on for ever is stopped by Ctrl-C once it has printed `until`."""
    with subprocess.Popen(
        ["bash", "-ec", f"exec {line}" if until else line],
        cwd=place,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    ) as child:
        assert child.stdout is not None
        out = b""
        if until:
            for text in child.stdout:
                out += text
                if until in text:
                    break
            child.send_signal(signal.SIGINT)
        out += child.stdout.read()
    return SimpleNamespace(code=child.returncode, out=out.decode())


def test_the_commands_of_a_harvest(shell: dict[str, str], tmp_path: Path) -> None:
    first, *lines = lines_of(the("README.md", "A harvest", "sh"))
    assert first == "export NAVIXY_API_KEY=…"
    shell["NAVIXY_API_KEY"] = FLEET.api_key
    assert any("locale=" in line for line in lines)
    for line in lines:
        if "--every" in line:
            done = run_line(line, tmp_path, shell, until=b"the next run starts")
            assert done.code == 130, done
        elif line == "navixy simulate":
            assert run_line(line, tmp_path, shell, until=b"Ctrl-C").code == 0
        else:
            done = run_line(line, tmp_path, shell)
            assert done.code == 0, f"{line}: {done.out}"
    assert (tmp_path / "coverage.html").stat().st_size > 10_000


def test_the_commands_of_harvests_that_are_kept_current(shell: dict[str, str], tmp_path: Path) -> None:
    for line in lines_of(the("docs/command-line.md", "Kept current", "sh")):
        done = run_line(line, tmp_path, shell, until=b"the next run starts")
        assert done.code == 130, f"{line}: {done.out}"
        assert " rows from " in done.out
