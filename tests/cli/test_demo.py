"""The demo tells the truth: what it wrote is held against the world, and nothing odd passes unseen."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from navixy_async.cli.commands.demo import demo as demo_module
from navixy_async.cli.commands.demo import truth
from navixy_async.cli.commands.demo.compare import Difference, compare
from navixy_async.cli.commands.demo.demo import MARK, duckdb_line
from navixy_async.cli.stats import RequestStats
from navixy_async.limits import BudgetSnapshot, LimitsSnapshot
from navixy_async.observe import Refused, RequestFinished, Retrying
from navixy_async.testing import Event, Point, World, WorldSpec
from navixy_async.times import TimeRange

from .conftest import Outcome, Run, one_sentence

TINY = ("--accounts", "2", "--trackers", "2", "--days", "2", "--points", "60")


# --- the comparison -------------------------------------------------------------------------------------------------


def table(*rows: tuple[Any, ...]) -> pa.Table:
    names = ("tracker_id", "time", "speed", "address")
    kinds = (pa.int64(), pa.timestamp("us", "UTC"), pa.int64(), pa.string())
    columns: list[list[Any]] = [list(values) for values in zip(*rows, strict=True)] if rows else [[], [], [], []]
    return pa.table([pa.array(values, kind) for values, kind in zip(columns, kinds, strict=True)], names=names)


A, B, C = (1, 10, 50, "x"), (1, 20, None, None), (2, 10, 0, "")


@pytest.mark.parametrize(
    ("truth_rows", "written_rows", "expected"),
    [
        ([], [], Difference()),
        ([A, B, C], [C, A, B], Difference(compared=3)),
        ([A, A], [A, A], Difference(compared=2)),
        ([A, B, C], [A, C], Difference(compared=3, missing=1)),
        ([A, A], [A], Difference(compared=2, missing=1)),
        ([A, B], [A, B, B, B], Difference(compared=2, doubled=2)),
        ([A, B], [A, (1, 20, 0, None)], Difference(compared=2, wrong=1)),
        ([A, B], [A, (1, 20, None, "")], Difference(compared=2, wrong=1)),
        ([A], [A, (3, 10, 1, "y")], Difference(compared=1, wrong=1)),
        ([A, B, C], [A, A, (1, 20, 7, None)], Difference(compared=3, missing=1, doubled=1, wrong=1)),
        ([], [A], Difference(wrong=1)),
        ([A], [], Difference(compared=1, missing=1)),
    ],
)
def test_every_difference_is_found(
    truth_rows: list[tuple[Any, ...]], written_rows: list[tuple[Any, ...]], expected: Difference
) -> None:
    found = compare(table(*truth_rows), table(*written_rows), ("tracker_id", "time"))
    assert (found.compared, found.missing, found.doubled, found.wrong) == (
        expected.compared,
        expected.missing,
        expected.doubled,
        expected.wrong,
    )
    assert bool(found) is bool(expected)
    assert bool(found.examples) is bool(found)


def test_further_columns_and_other_types_do_not_matter() -> None:
    written = table(A, B).append_column("more", pa.array([1, 2]))
    written = written.set_column(2, "speed", written["speed"].cast(pa.int32()))
    assert not compare(table(B, A), written, ("tracker_id", "time"))


def test_differences_add_up() -> None:
    total = sum([Difference(5, 1, 0, 0, ("a", "b")), Difference(7, 0, 2, 1, ("c", "d"))], Difference())
    assert total == Difference(12, 1, 2, 1, ("a", "b", "c"))


def test_the_truth_has_every_member_that_the_platform_shows() -> None:
    for struct, stream, unseen in ((Point, "tracks", {"received", "track_id"}), (Event, "events", {"received"})):
        members = {field.name for field in msgspec.structs.fields(struct)}
        assert members - set(truth.TRUTH[stream].names) == unseen


# --- the numbers ----------------------------------------------------------------------------------------------------


def budget(limit: int) -> BudgetSnapshot:
    return BudgetSnapshot(name=None, limit=limit, rate=limit, pace=limit, busy=0, waiting=0, paused_for=0.0, refused=0)


def snapshot(waiting: int, granted: int, *, credentials: int = 3) -> LimitsSnapshot:
    return LimitsSnapshot(
        host="h",
        enabled=True,
        waiting=waiting,
        in_flight=0,
        granted=granted,
        refused=0,
        paced=False,
        lanes=(),
        addresses=(budget(50),),
        credentials=(budget(20),) * credentials,
        paths=(),
    )


def test_the_rate_is_taken_only_while_the_limiter_had_work() -> None:
    stats = RequestStats()
    for now, waiting, granted in (
        (0, 0, 0),
        (1, 5, 5),
        (2, 5, 54),
        (3, 1, 102),
        (4, 0, 110),
        (9, 0, 110),
        (10, 3, 111),
    ):
        stats.observe(snapshot(waiting, granted), now)
    assert stats.busy == 2
    assert stats.achieved == (102 - 5) / 2
    assert stats.limit == 50
    stats.observe(snapshot(3, 111, credentials=1), 10.1)
    assert stats.limit == 20


def test_a_moment_of_work_gives_no_rate() -> None:
    stats = RequestStats()
    assert stats.achieved is None
    stats.observe(snapshot(1, 0), 0.0)
    stats.observe(snapshot(1, 10), 0.25)
    assert stats.achieved is None
    assert stats.rate == 40


def test_the_meter_counts_events() -> None:
    stats = RequestStats()
    finished: dict[str, Any] = {
        "operation": "a/b",
        "lane": "bulk",
        "account": "x",
        "attempt": 1,
        "queued": 0.0,
        "seconds": 0.1,
    }
    stats(RequestFinished(http_status=200, code=None, size=100, **finished))
    stats(RequestFinished(http_status=429, code=15, size=20, **finished))
    stats(Refused(account="x", operation="a/b", lane="bulk", retry_after=None))
    stats(Retrying(account="x", operation="a/b", attempt=1, wait=0.1, cause="ConnectionLost"))
    assert (stats.requests, stats.bytes, stats.refused, stats.retries) == (2, 120, 1, 1)


# --- the whole ------------------------------------------------------------------------------------------------------


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


def test_days_are_cut_where_the_range_is() -> None:
    world = World(WorldSpec(accounts=1, trackers=1, days=2, points_per_day=60, days_off=0))
    account = world.accounts[0].id
    noon = TimeRange(datetime(2026, 3, 23, 12, tzinfo=UTC), datetime(2026, 3, 23, 18, tzinfo=UTC))
    rows = truth.true_rows(world, "tracks", account, date(2026, 3, 23), noon)
    whole = world.points(world.accounts[0].trackers[0].id, noon.start, noon.end)
    assert rows["time"].to_pylist() == [point.time for point in whole]
    assert rows.num_rows > 0
    assert truth.true_rows(world, "tracks", account, date(2026, 3, 24), noon).num_rows == 0
    assert truth.true_rows(world, "tracks", None, date(2026, 3, 23), noon).num_rows == 0


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
