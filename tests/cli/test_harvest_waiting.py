"""`navixy harvest` of a period that ends ahead, and of local days: what waits is told, shown, and brought later."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from navixy_async.testing import Limit, PlatformProcess, Rules, World, WorldSpec

from .conftest import Run, one_sentence

SPEC = WorldSpec(accounts=2, trackers=3, days=4, points_per_day=40, blocked=0, late=0.0)

QUICK = Rules(per_credential=Limit(rate=None), per_address=Limit(rate=None))

WORLD = World(SPEC)

START = datetime(SPEC.start.year, SPEC.start.month, SPEC.start.day, tzinfo=UTC)

DAYS = ("--from", SPEC.start.isoformat(), "--to", (SPEC.start + timedelta(days=4)).isoformat())


@pytest.fixture(scope="module")
def process() -> Iterator[PlatformProcess]:
    with PlatformProcess(SPEC, QUICK) as running:
        yield running


@pytest.fixture
def accounts(process: PlatformProcess, account_file: Callable[..., Path]) -> Path:
    known = "".join(
        f'[[account]]\nlabel = "{label}"\napi_key = "{account.api_key}"\n'
        for label, account in zip(("north", "south"), WORLD.accounts, strict=True)
    )
    return account_file(f'url = "{process.base_url}"\n{known}')


def rows(out: Path, stream: str) -> list[dict[str, Any]]:
    return [
        row for path in out.glob(f"stream={stream}/*/*/*.parquet") for row in pq.ParquetFile(path).read().to_pylist()
    ]


def points(until: datetime) -> int:
    return sum(len(WORLD.points(tracker, START, until)) for tracker in WORLD.trackers)


def test_a_period_that_ends_ahead_waits_is_shown_and_is_brought_by_the_same_command(
    process: PlatformProcess, accounts: Path, tmp_path: Path, run: Run
) -> None:
    out = tmp_path / "out"
    command = ("harvest", "tracks", *DAYS, "--out", out, "--account-file", accounts)
    noon = START + timedelta(days=2, hours=12)
    process.set_now(noon)
    first = run(*command)
    assert first.code == 1
    assert "not complete" in first.out and "waiting: 6" in first.out and "young: of 6 trackers" in first.out
    assert "6 waiting; fetch what was not over yet, later, with: navixy harvest tracks" in first.err
    assert first.err.rstrip().endswith("--resume")
    assert len(rows(out, "tracks")) == points(noon)
    shown = run("coverage", out)
    assert shown.code == 1 and "6 waiting" in shown.err and "was not over yet" in shown.out
    told = json.loads(run("coverage", out, "--json").out)
    assert {hole["kind"] for hole in told["holes"]} == {"waiting"} and not told["streams"]["tracks"]["is_complete"]
    assert run("coverage", out, "--html", tmp_path / "page.html").code == 1
    assert "not over" in (tmp_path / "page.html").read_text()
    assert run("verify", out).code == 0
    process.set_now(WORLD.end + timedelta(days=9))
    second = run(*command, "--resume")
    assert (second.code, second.err) == (0, "")
    assert len(rows(out, "tracks")) == points(START + timedelta(days=4))
    assert run("coverage", out).code == 0
    process.reset_stats()
    assert run(*command, "--resume").code == 0
    assert not process.stats()["by_path"], "nothing is due"


def test_dates_are_local_days_for_streams_of_days(
    process: PlatformProcess, accounts: Path, tmp_path: Path, run: Run
) -> None:
    process.set_now(WORLD.end + timedelta(days=9))
    out = tmp_path / "out"
    done = run("harvest", "tracks", "mileage", *DAYS, "--out", out, "--account-file", accounts, "--json")
    assert done.code == 0
    tracks, mileage = map(json.loads, done.out.splitlines())
    assert (tracks["start"], tracks["end"]) == ("2026-03-23T00:00:00Z", "2026-03-27T00:00:00Z")
    assert set(mileage["calendars"].values()) == {account.time_zone for account in WORLD.accounts}
    found = rows(out, "mileage")
    assert {row["day"] for row in found} == {SPEC.start + timedelta(days=number) for number in range(4)}
    assert len(found) == 4 * 6
    for row in found:
        zone = WORLD.account(WORLD.trackers[row["tracker_id"]].account_id).zone
        midnight = datetime(row["day"].year, row["day"].month, row["day"].day, tzinfo=zone)
        assert row["time"] == midnight.astimezone(UTC)
        following = (midnight + timedelta(days=1)).astimezone(UTC)
        assert row["mileage"] == pytest.approx(
            WORLD.mileage(row["tracker_id"], row["time"], following)[row["day"]], abs=0.011
        )


def test_the_command_that_goes_on_says_the_same_days(
    process: PlatformProcess, accounts: Path, tmp_path: Path, run: Run
) -> None:
    process.set_now(START + timedelta(days=1, hours=12))
    for period in (DAYS, ("--from", "2026-03-23T00:00:00Z", "--to", "2026-03-27T00:00:00Z")):
        out = tmp_path / period[1][-2]
        first = run("harvest", "mileage", *period, "--out", out, "--account-file", accounts)
        assert first.code == 1
        words = first.err.rstrip().partition("with: navixy ")[2].split()
        assert list(period) == words[2:6]
        assert run(*words).code == 1
    one_sentence(
        run("harvest", "mileage", *DAYS, "--out", tmp_path / "0", "--account-file", accounts, "--resume"),
        "holds another harvest",
    )
    assert date.fromisoformat(DAYS[1]) == SPEC.start
