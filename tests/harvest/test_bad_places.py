"""Bad places and bad input: a clear sentence or a named hole, and never a wrong file."""

from __future__ import annotations

import asyncio
import errno
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from navixy_async.errors import HarvestDamaged, InvalidInput, InvalidRequest
from navixy_async.harvest import Harvests, WriteFailed
from navixy_async.harvest.account import _repeated
from navixy_async.harvest.sinks import base
from navixy_async.paging.intervals import IntervalSet
from navixy_async.testing import Fault, Rules, World, WorldSpec
from navixy_async.times import TimeRange

from .model import Fleet, Model, Point, event_truth, files_of, rows_of, track_truth
from .small import DAY, END, START, tracks, world
from .test_platform import running, written
from .test_streams import FREE

SHM = Path("/dev/shm")
HALF = timedelta(minutes=30)


def write(model: Model, path: Path, kind: str = "parquet", **options: Any) -> Any:
    if kind == "parquet":
        return asyncio.run(tracks(model).to_parquet(path, **options))
    return asyncio.run(tracks(model).to_files(path, kind, **options))  # type: ignore[arg-type]


# --- the disk -------------------------------------------------------------------------------------------------------


@contextmanager
def failing(owner: Any, name: str, call: int, number: int) -> Iterator[list[int]]:
    """The `call`-th call of a function of the system fails, and every one after it; gives the calls so far."""
    real = getattr(owner, name)
    calls = [0]

    def maybe(*args: Any, **kwargs: Any) -> Any:
        calls[0] += 1
        if calls[0] >= call:
            raise OSError(number, os.strerror(number))
        return real(*args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(base, "PERIOD", 0.0)
        patch.setattr(owner, name, maybe)
        yield calls


@pytest.mark.parametrize("kind", ["parquet", "ndjson", "gpx"])
@pytest.mark.parametrize(("owner", "name"), [(os, "fsync"), (Path, "replace")])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO])
def test_a_disk_that_fails_at_any_call_spoils_nothing(
    owner: Any, name: str, number: int, kind: str, tmp_path: Path
) -> None:
    write(world(), tmp_path / "whole", kind)
    files = files_of(tmp_path / "whole")
    with failing(owner, name, 10**6, number) as calls:
        write(world(), tmp_path / "counted", kind)
    (most,) = calls
    assert most >= 4
    for call in sorted({1, 2, most // 2, most - 3}):
        directory = tmp_path / f"{call}"
        with (
            failing(owner, name, call, number),
            pytest.raises(WriteFailed, match=rf"could not be written to \({os.strerror(number)}\): mend that, then"),
        ):
            write(world(), directory, kind)
        assert "manifest.json" not in files_of(directory)
        assert files_of(directory).items() <= files.items(), "a file that is not whole"
        write(world(), directory, kind, resume=True)
        assert files_of(directory) == files


FULL = """
import asyncio, os, subprocess, sys
from pathlib import Path
import pyarrow.parquet as pq
from navixy_async.harvest import WriteFailed
from navixy_async.harvest.sinks import base
from navixy_async.harvest.account import _repeated
from navixy_async.paging.intervals import IntervalSet
from tests.harvest.small import tracks, world

base.PERIOD = 0.0
place, kilobytes = Path(sys.argv[1]), sys.argv[2]
# In a mount namespace of its own: it goes when the process does.
subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", place], check=True)
whole = asyncio.run(tracks(world()).to_arrow()).num_rows

def rows():
    return sum(pq.read_metadata(path).num_rows for path in place.glob("x/stream=tracks/*/*/*.parquet"))

try:
    asyncio.run(tracks(world()).to_parquet(place / "x"))
except WriteFailed as error:
    print(error)
assert rows() < whole and not (place / "x/manifest.json").exists()
subprocess.run(["mount", "-o", "remount,size=50m", place], check=True)
assert asyncio.run(tracks(world()).to_parquet(place / "x", resume=True)).is_complete
assert rows() == whole
"""


@pytest.mark.parametrize("kilobytes", [40, 100, 150])
def test_a_disk_that_is_really_full(kilobytes: int, tmp_path: Path) -> None:
    alone = ["unshare", "--mount"]
    if not shutil.which("unshare") or subprocess.run([*alone, "true"], capture_output=True, check=False).returncode:
        pytest.skip("nothing may be mounted here")
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    command = [*alone, sys.executable, "-c", FULL, str(tmp_path), str(kilobytes)]
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    (said,) = ended.stdout.splitlines()
    assert "could not be written to" in said and ("No space left" in said or "disk is full" in said)


def test_a_harvest_on_another_file_system_than_the_temporary_one(tmp_path: Path) -> None:
    if not SHM.is_dir() or SHM.stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip("there is no second file system here")
    write(world(), tmp_path / "here")
    with tempfile.TemporaryDirectory(dir=SHM) as there:
        write(world(), Path(there) / "out")
        assert files_of(Path(there) / "out") == files_of(tmp_path / "here")


def test_a_directory_on_two_file_systems_is_a_clear_error(tmp_path: Path) -> None:
    model = world()
    write(model, tmp_path / "whole")

    def across(self: Path, target: Path) -> None:
        raise OSError(errno.EXDEV, os.strerror(errno.EXDEV), str(self))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "replace", across)
        with pytest.raises(WriteFailed, match=r"\(.*date=2026-03-16 and .*tmp are on two file systems\): mend that"):
            write(model, tmp_path / "x")
    write(model, tmp_path / "x", resume=True)
    assert files_of(tmp_path / "x") == files_of(tmp_path / "whole")


@pytest.mark.parametrize("requests", [5, 9, 14, 21])
def test_a_directory_that_is_deleted_half_way(requests: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base, "PERIOD", 0.0)
    model = world()

    async def pause() -> None:
        if len(model.asked) == requests:
            (tmp_path / "x").rename(tmp_path / "gone")  # At once, whatever is being written in it.
            shutil.rmtree(tmp_path / "gone")
        await asyncio.sleep(0)

    model.pause = pause
    with pytest.raises(WriteFailed, match="is gone: somebody deleted it while the harvest was writing; begin it again"):
        asyncio.run(tracks(model, workers=1).to_parquet(tmp_path / "x"))
    assert not (tmp_path / "x").exists(), "nothing is left that could be taken for a harvest"
    model.pause = None
    assert write(model, tmp_path / "x", resume=True).is_complete
    assert rows_of(tmp_path / "x", "tracks", "mileage") == track_truth(model, START, END)


def alter(statement: str) -> Callable[[Path], None]:
    def work(ledger: Path) -> None:
        db = sqlite3.connect(ledger)
        db.execute(statement)
        db.commit()
        db.close()

    return work


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (lambda ledger: ledger.write_bytes(b"junk" * 1000), r"is damaged \(file is not a database\): overwrite the"),
        (lambda ledger: ledger.write_bytes(ledger.read_bytes()[:5000] + b"\xff" * 9000), "is damaged"),
        (alter("UPDATE job SET value = '{' WHERE name = 'definition'"), r"damaged \(its definition cannot be read"),
        (alter("UPDATE job SET value = '[]' WHERE name = 'definition'"), r"damaged \(its definition is no object"),
        (alter("UPDATE work SET start = 'yesterday'"), r"damaged \(a finished piece of work in it cannot be read"),
        (alter("UPDATE work SET trackers = '7'"), r"damaged \(a finished piece of work in it cannot be read"),
        (alter("ALTER TABLE work RENAME COLUMN gaps TO holes"), r"is damaged \(no such column: gaps\)"),
    ],
)
def test_a_damaged_ledger_is_a_clear_error_and_the_files_stay(
    damage: Callable[[Path], None], says: str, tmp_path: Path
) -> None:
    model = world()
    model.trouble = lambda path, params, _: (
        InvalidRequest(7, "no", operation=path) if params.get("tracker_id") == 2 else None
    )
    write(model, tmp_path)
    model.trouble = None
    files = files_of(tmp_path)
    ledger = tmp_path / ".navixy-harvest/tracks/ledger.sqlite"
    damage(ledger)
    for run in (
        lambda: write(model, tmp_path, resume=True),
        lambda: asyncio.run(tracks(model).forecast(tmp_path, resume=True)),
    ):
        with pytest.raises(HarvestDamaged, match=says) as caught:
            run()
        assert "\n" not in str(caught.value)
    assert files_of(tmp_path) == files
    assert write(model, tmp_path, overwrite=True).is_complete
    assert rows_of(tmp_path, "tracks", "mileage") == track_truth(model, START, END)


def test_an_emptied_ledger_is_none(tmp_path: Path) -> None:
    write(world(), tmp_path)
    (tmp_path / ".navixy-harvest/tracks/ledger.sqlite").write_bytes(b"")
    with pytest.raises(InvalidInput, match="holds tracks, but no ledger to resume from"):
        write(world(), tmp_path, resume=True)


# --- what is asked --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("stream", ["tracks", "events", "trips", "trip_points", "raw_arrived", "mileage"])
@pytest.mark.parametrize("start", [datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC) - DAY])
def test_ranges_beyond_all_calendars_are_refused(stream: str, start: datetime) -> None:
    with pytest.raises(InvalidInput, match=r"must lie between 1970 and 9000: correct its years$"):
        getattr(Harvests(world().callers()), stream)(start=start, end=start + DAY)


@pytest.mark.parametrize("stream", ["tracks", "events", "trips", "trip_points"])
@pytest.mark.parametrize("start", [datetime(1970, 1, 1, tzinfo=UTC), datetime(8999, 12, 1, tzinfo=UTC)])
def test_ranges_at_the_ends_of_time_are_empty_and_what_lies_ahead_waits(
    stream: str, start: datetime, tmp_path: Path
) -> None:
    harvest = getattr(Harvests(world().callers()), stream)(start=start, end=start + 3 * DAY)
    coverage = asyncio.run(harvest.to_parquet(tmp_path))
    assert coverage.rows == 0 and coverage.holes == coverage.waiting
    assert coverage.is_complete is (start.year == 1970)


def test_ids_that_no_platform_has(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"^trackers must be ids, and a number of 6643857 bits is none: correct it$"):
        Harvests(world().callers()).tracks([1, 10**2_000_000], start=START, end=END)
    with pytest.raises(InvalidInput, match="unknown trackers -5, 0"):
        asyncio.run(Harvests(world().callers()).tracks([0, -5], start=START, end=END).to_parquet(tmp_path / "x"))
    assert not (tmp_path / "x").exists()
    model = world()
    model.fleets["one"].points[2**70] = []
    coverage = write(model, tmp_path / "y")
    # Such a tracker is a gap of its account, and no reason to leave out the others.
    assert not coverage.failed and [(hole.account, hole.tracker_id) for hole in coverage.gaps] == [("one", None)]
    assert {row[0] for row in rows_of(tmp_path / "y", "tracks", "mileage")} == {"one", "two"}


@pytest.mark.parametrize("kind", ["parquet", "csv", "gpx"])
def test_nothing_to_harvest_is_complete(kind: str, tmp_path: Path) -> None:
    for name, model in (
        ("no trackers", Model({"none": Fleet()})),
        ("no points", Model({"one": Fleet({1: [], 2: []})})),
    ):
        coverage = write(model, tmp_path / name, kind)
        assert coverage.is_complete and coverage.rows == 0
        assert set(files_of(tmp_path / name)) == {"manifest.json"}
        assert write(model, tmp_path / name, kind, resume=True) == coverage


# --- the platform ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("stream", ["tracks", "events"])
def test_a_tracker_that_is_deleted_half_way_is_a_hole_from_there(stream: str, tmp_path: Path) -> None:
    model = world(history_limit=5)
    gone = model.fleets["one"].points[2]

    def trouble(path: str, params: Mapping[str, Any], _: int) -> BaseException | None:
        """From the second day on it is not there."""
        if params.get("from") is None or params["from"] < START + DAY - timedelta(seconds=1):
            return None
        model.fleets["one"].points.pop(2, None)
        return None

    model.trouble = trouble
    harvest = getattr(Harvests(model.callers()), stream)(start=START, end=END, window=DAY, workers=1)
    coverage = asyncio.run(harvest.to_parquet(tmp_path))
    model.fleets["one"].points[2] = gone
    truth = (track_truth if stream == "tracks" else event_truth)(model, START, END)
    found = rows_of(tmp_path, stream, "mileage" if stream == "tracks" else "id")
    assert {(hole.account, hole.tracker_id) for hole in coverage.failed} == {("one", 2)}
    holes = [hole.range for hole in coverage.failed]
    lost = {row for row in truth if row[:2] == ("one", 2) and any(moment(row[2]) in hole for hole in holes)}
    assert lost and sorted(set(truth) - lost) == sorted(found), "all but the hole, and nothing of it"
    assert any(row[:2] == ("one", 2) for row in found)


def moment(second: int) -> datetime:
    return datetime.fromtimestamp(second, UTC)


@pytest.mark.parametrize("name", ["Asia/Calcutta", "Asia/Kolkata", "US/Eastern", "GMT"])
def test_old_names_of_zones_are_understood(name: str, tmp_path: Path) -> None:
    zone = {"Asia/Calcutta": "Asia/Kolkata", "US/Eastern": "America/New_York"}.get(name, name)
    model = world(naive=True, zone=zone)
    for fleet in model.fleets.values():
        fleet.time_zone = name
    coverage = write(model, tmp_path)
    assert coverage.is_complete and set(coverage.zones.values()) == {name}
    assert rows_of(tmp_path, "tracks", "mileage") == track_truth(model, START, END)


@pytest.mark.parametrize(
    "name", ["Mars/Phobos", "US/Pacific-New", "", "../../etc/passwd", "Europe/Berlin\n", "x" * 9000]
)
def test_a_zone_that_nobody_knows_is_a_hole_and_no_wrong_row(name: str, tmp_path: Path) -> None:
    model = world(naive=True)
    model.fleets["one"].time_zone = name
    model.fleets["two"].time_zone = "UTC"
    coverage = write(model, tmp_path)
    assert {(hole.account, hole.error) for hole in coverage.failed} == {("one", "ZoneUnknown")}
    assert {hole.range for hole in coverage.failed} == {coverage.range}
    assert all("time zone" in hole.reason for hole in coverage.failed)
    assert rows_of(tmp_path, "tracks", "mileage") == [row for row in track_truth(model, START, END) if row[0] == "two"]
    asked = sum(label == "one" and path == "user/get_info" for label, path, _ in model.asked)
    assert asked <= 16, "it is asked for by those under way, not by every window"


@pytest.mark.parametrize("window", [None, timedelta(hours=1)])
def test_an_hour_that_happens_twice_is_named_where_times_have_no_offset(
    window: timedelta | None, tmp_path: Path
) -> None:
    """02:30 by the second pass of the clock, and nothing that tells so; a window may end between the passes."""
    moments = [datetime(2026, 10, 24, 22, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)]
    points = [Point(int(moment.timestamp()), note) for note, moment in enumerate(moments)]
    model = Model({"one": Fleet({1: points}, time_zone="Europe/Berlin")}, zone="Europe/Berlin", naive=True)
    start = datetime(2026, 10, 24, tzinfo=UTC)
    harvest = Harvests(model.callers()).tracks(start=start, end=start + 3 * DAY, window=window)
    coverage = asyncio.run(harvest.to_parquet(tmp_path))
    (gap,) = coverage.gaps
    twice = TimeRange(datetime(2026, 10, 25, 0, tzinfo=UTC), datetime(2026, 10, 25, 2, tzinfo=UTC))
    assert gap.tracker_id == 1 and "clock goes back" in gap.reason
    # An answer without rows leaves no doubt, whatever its times would have been.
    assert (
        moments[1] in gap.range and gap.range.end == twice.end and gap.range.start in (twice.start, moments[1] - HALF)
    )
    assert not any(moments[1] in part for part in coverage.complete["one", 1])
    assert rows_of(tmp_path, "tracks", "mileage")[0][2:] == (points[0].second, 0)
    assert not coverage.failed and not coverage.is_complete


@pytest.mark.parametrize(
    ("zone", "turn", "minutes"),
    [
        ("Europe/Berlin", datetime(2026, 10, 25, 1, tzinfo=UTC), 60),
        ("America/New_York", datetime(2026, 11, 1, 6, tzinfo=UTC), 60),
        ("Australia/Lord_Howe", datetime(2026, 4, 4, 15, tzinfo=UTC), 30),
        ("Asia/Kathmandu", None, 0),
    ],
)
def test_what_happens_twice(zone: str, turn: datetime | None, minutes: int) -> None:
    year = TimeRange(datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC))
    found = _repeated(year, ZoneInfo(zone))
    back = timedelta(minutes=minutes)
    assert found == ([] if turn is None else [TimeRange(turn - back, turn + back)])
    parts = [each for part in year.split(timedelta(hours=7)) for each in _repeated(part, ZoneInfo(zone))]
    assert IntervalSet(parts) == IntervalSet(found), "whatever the windows are"


async def test_clock_steps_do_not_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The wall clock jumps by years at every look, while the platform refuses, breaks off and asks to wait."""
    draw = random.Random(1)
    monkeypatch.setattr(time, "time", lambda: draw.uniform(0, 4e9))
    monkeypatch.setattr(time, "time_ns", lambda: draw.randrange(4 * 10**18))
    world = World(WorldSpec(accounts=2, trackers=3, days=3, points_per_day=60))
    start, end = world.start, world.end
    async with running(world, Rules(**FREE)) as (platform, harvests):
        for kind in ("throttle", "unavailable", "cut", "reset_after"):
            platform.faults.add(Fault(kind=kind, path="track/read", times=3, probability=0.5))
        coverage = await harvests.tracks(start=start, end=end, window=DAY).to_parquet(tmp_path)
    assert not coverage.failed
    truth = [(point.tracker_id, point.time, None) for one in world.trackers for point in world.points(one, start, end)]
    assert written(tmp_path, "tracks", (), None) == sorted(truth, key=repr)
