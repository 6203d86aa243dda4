"""The demo tells the truth: what it wrote is held against the world, and nothing odd passes unseen."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from navixy_async.cli.commands.demo import demo as demo_module
from navixy_async.cli.commands.demo import truth
from navixy_async.cli.commands.demo.compare import Difference
from navixy_async.cli.commands.demo.demo import MARK, duckdb_line
from navixy_async.testing import World, WorldSpec
from navixy_async.times import TimeRange

from .conftest import Outcome, Run, one_sentence

TINY = ("--accounts", "2", "--trackers", "2", "--days", "2", "--points", "60")


def report(outcome: Outcome) -> Mapping[str, Any]:
    read: dict[str, Any] = json.loads(outcome.out)
    return read


def test_a_tiny_demo_is_right_and_may_be_repeated(tmp_path: Path, run: Run) -> None:
    out = tmp_path / "demo"
    first = run("demo", "--out", out, *TINY, "--json")
    assert (first.code, first.err) == (0, "")
    told = report(first)
    assert told["complete"] is True
    assert (told["missing"], told["doubled"], told["wrong"], told["refused"]) == (0, 0, 0, 0)
    assert told["compared"] == told["points"] + told["events"] > 100
    assert json.loads((out / MARK).read_text()) == told
    (out / "stream=tracks" / "account=fleet-1" / "date=2026-03-23" / "stray.parquet").write_bytes(b"not ours any more")

    again = run("demo", "--out", out, *TINY)
    assert (again.code, again.err) == (0, "")
    lines = dict(line.split("  ", 1) for line in again.out.splitlines()[2:])
    assert {name: lines[name].strip() for name in lines if name.startswith("rows ")} == {
        "rows missing": "0",
        "rows doubled": "0",
        "rows wrong": "0",
    }
    assert lines["refused (429)"].strip() == "0, as the server counted"
    assert lines["files"].strip() == str(out)
    key = World(WorldSpec(accounts=2)).accounts[0].api_key
    assert key not in first.out + again.out + (out / "manifest.json").read_text()


Tamper = Callable[[Path], None]


def first_file(out: Path, stream: str) -> Path:
    return min(out.glob(f"stream={stream}/*/*/*.parquet"))


def lose_a_row(out: Path) -> None:
    path = first_file(out, "tracks")
    pq.write_table(pq.ParquetFile(path).read().slice(1), path)


def double_a_row(out: Path) -> None:
    path = first_file(out, "events")
    rows = pq.ParquetFile(path).read()
    pq.write_table(pa.concat_tables([rows, rows.slice(0, 1)]), path)


def falsify_a_value(out: Path) -> None:
    path = first_file(out, "tracks")
    rows = pq.ParquetFile(path).read()
    falsified = pc.if_else(pc.equal(rows["time"], rows["time"][3]), 99.0, rows["lat"])
    pq.write_table(rows.set_column(rows.schema.get_field_index("lat"), "lat", falsified), path)


def calm_an_emergency(out: Path) -> None:
    path = first_file(out, "events")
    rows = pq.ParquetFile(path).read()
    turned = ['{"emergency": true}', *rows["extra"].to_pylist()[1:]]
    pq.write_table(rows.set_column(rows.schema.get_field_index("extra"), "extra", pa.array(turned)), path)


def lose_a_file(out: Path) -> None:
    first_file(out, "tracks").unlink()


def put_a_file_elsewhere(out: Path) -> None:
    path = first_file(out, "tracks")
    elsewhere = out / "stream=tracks" / "account=fleet-1" / "date=2027-01-01" / "part-0.parquet"
    elsewhere.parent.mkdir()
    path.rename(elsewhere)


@pytest.fixture(scope="module")
def harvested(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out: Path = tmp_path_factory.mktemp("harvested") / "demo"
    words = [sys.executable, "-m", "navixy_async.cli", "demo", "--out", str(out), *TINY, "--quiet"]
    subprocess.run(words, check=True, capture_output=True, env=os.environ | {"CI": "true"})
    return out


@pytest.mark.parametrize(
    ("tamper", "counts"),
    [
        (lose_a_row, (1, 0, 0)),
        (double_a_row, (0, 1, 0)),
        (falsify_a_value, (0, 0, 1)),
        (calm_an_emergency, (0, 0, 1)),
        (lose_a_file, None),
        (put_a_file_elsewhere, None),
    ],
)
def test_whatever_is_done_to_the_files_is_seen(
    tamper: Tamper, counts: tuple[int, int, int] | None, harvested: Path, tmp_path: Path
) -> None:
    out = tmp_path / "copy"
    for path in harvested.rglob("*.parquet"):
        copy = out / path.relative_to(harvested)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    world = World(demo_module.DemoSize(accounts=2, trackers=2, days=2, points=60).spec())
    asked = TimeRange(datetime(2026, 3, 23, tzinfo=UTC), datetime(2026, 3, 25, tzinfo=UTC))
    labels = {"fleet-1": world.accounts[0].id, "fleet-2": world.accounts[1].id}
    assert not sum(truth.check(world, labels, out, asked).values(), Difference())
    size = pq.ParquetFile(first_file(out, "tracks")).metadata.num_rows
    tamper(out)
    found = sum(truth.check(world, labels, out, asked).values(), Difference())
    if counts is None:
        assert found.missing == size
        assert found.wrong == (size if tamper is put_a_file_elsewhere else 0)
    else:
        assert (found.missing, found.doubled, found.wrong) == counts


@pytest.mark.parametrize("tamper", [lose_a_row, double_a_row, falsify_a_value])
def test_a_demo_that_went_wrong_says_so(
    tamper: Tamper, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def tampered(world: World, accounts: Mapping[str, int], folder: Path, asked: TimeRange) -> dict[str, Difference]:
        tamper(folder)
        return truth.check(world, accounts, folder, asked)

    monkeypatch.setattr(demo_module, "check", tampered)
    outcome = run("demo", "--out", tmp_path / "demo", "--accounts", "1", "--trackers", "1", "--days", "1", "--json")
    told = report(outcome)
    assert outcome.code == 1
    assert told["missing"] + told["doubled"] + told["wrong"] == 1
    assert told["complete"] is False
    assert outcome.err.startswith("navixy: expected ")


def test_the_demo_replaces_nothing_that_is_not_its_own(tmp_path: Path, run: Run) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    one_sentence(run("demo", "--out", tmp_path), "is not empty and was not made by the demo")
    one_sentence(run("demo", "--out", tmp_path / "thesis.txt"), "cannot be used")
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_the_line_for_duckdb_works(harvested: Path, tmp_path: Path) -> None:
    awkward = tmp_path / 'it\'s "mine"'
    awkward.symlink_to(harvested)
    for folder in (harvested, awkward):
        line = duckdb_line(folder)
        assert "\n" not in line
        environment = os.environ | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
        done = subprocess.run(line, shell=True, env=environment, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")
        assert "fleet-2" in done.stdout
        assert "2026-03-24" in done.stdout


@pytest.mark.slow
def test_the_full_demo_keeps_its_promises(tmp_path: Path) -> None:
    """As a person would run it in CI: no terminal, default size, defaults everywhere."""
    words = [sys.executable, "-m", "navixy_async.cli", "demo", "--json"]
    done = subprocess.run(
        words, cwd=tmp_path, env=os.environ | {"CI": "true"}, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    told = json.loads(done.stdout)
    # The rate and the refusals depend on how busy the machine is: the table shows them, benchmarks/ hold them.
    assert (told["missing"], told["doubled"], told["wrong"]) == (0, 0, 0)
    assert (told["accounts"], told["trackers"], told["days"]) == (3, 90, 14)
    assert told["requests"] > 800
    assert 0 < told["rate"] <= told["limit"] == 50
    assert told["out"] == "navixy-demo"
    assert (tmp_path / "navixy-demo" / "manifest.json").exists()
