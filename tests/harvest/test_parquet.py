"""The files: their bytes depend on the rows alone, they are sorted, and trouble with the disk never spoils one."""

from __future__ import annotations

import asyncio
import errno
import hashlib
import json
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import timedelta
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from navixy_async.harvest import Harvests, WriteFailed, sinks
from navixy_async.harvest.answers.layout import TIMESTAMP
from navixy_async.harvest.sinks import base
from navixy_async.harvest.sinks.disk import DiskThread, uninterrupted
from navixy_async.harvest.sinks.files import directory, parquet, part_files
from navixy_async.harvest.sinks.files.directory import DatasetDirectory
from navixy_async.harvest.sinks.files.part_files import neighbours
from navixy_async.harvest.state.ledger import Ledger, Slice
from navixy_async.harvest.streams.tracks import TRACKS

from .model import Fleet, Model, Point, at, files_of, rows_of, sec, track_truth

START, END = at("03-16 00:00:00"), at("03-18 00:00:00")
FILE = "stream=tracks/account=one/date=2026-03-16/part-0.parquet"


def world(trackers: int = 4, points: int = 50) -> Model:
    draw = random.Random(9)
    fleet = Fleet()
    for tracker in range(1, trackers + 1):
        seconds = sorted(draw.randrange(sec("03-16 00:00:00"), sec("03-18 00:00:00"), 600) for _ in range(points))
        fleet.points[tracker] = [
            Point(second, note, {"address": f"{draw.randrange(50)} Dock Road", "speed": draw.randrange(90)})
            for note, second in enumerate(seconds)
        ]
    return Model({"one": fleet})


def write(path: Path, model: Model, *, resume: bool = False, **options: Any) -> Any:
    harvest = Harvests(model.callers()).tracks(start=START, end=END, **options)
    return asyncio.run(harvest.to_parquet(path, resume=resume))


# --- what is in a file ----------------------------------------------------------------------------------------------


def test_a_file_holds_sorted_columns_with_the_right_types_and_no_time_of_writing(tmp_path: Path) -> None:
    write(tmp_path, world())
    file = pq.ParquetFile(tmp_path / FILE)
    assert file.schema_arrow.equals(TRACKS.layout.schema)
    assert file.schema_arrow.field("time").type == pa.timestamp("us", tz="UTC")
    assert {file.metadata.row_group(0).column(i).compression for i in range(file.metadata.num_columns)} == {"ZSTD"}
    assert set(file.metadata.metadata) <= {b"ARROW:schema"}
    table = file.read()
    assert table["heading"].null_count == table.num_rows, "what the platform did not send is null"
    assert table.select(["tracker_id", "time"]).equals(
        table.sort_by([("tracker_id", "ascending"), ("time", "ascending")]).select(["tracker_id", "time"])
    )


@pytest.mark.parametrize("rows", [1, 7, 60, 10**6])
def test_row_groups_are_full_wherever_the_rows_came_from(
    rows: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(part_files, "ROW_GROUP", rows)
    model = world()
    write(tmp_path / "a", model, window=timedelta(hours=1))
    write(tmp_path / "b", model, window=timedelta(days=2), workers=1)
    assert files_of(tmp_path / "a") == files_of(tmp_path / "b")
    metadata = pq.ParquetFile(tmp_path / "a" / FILE).metadata
    sizes = [metadata.row_group(number).num_rows for number in range(metadata.num_row_groups)]
    assert sizes[:-1] == [rows] * (len(sizes) - 1) and 0 < sizes[-1] <= rows
    assert rows_of(tmp_path / "a", "tracks", "mileage") == track_truth(model, START, END)


@given(st.lists(st.integers(1, 60_000) | st.integers(1, 60).map(lambda trackers: trackers * 997), max_size=12))
@example([997] * 150)
@example([5_000] * 30)
@settings(max_examples=8, deadline=None)
def test_the_bytes_of_a_large_file_do_not_tell_in_which_pieces_its_rows_came(cuts: list[int]) -> None:
    rows = 200_000
    moments = pa.array(range(sec("03-16 00:00:00") * 10**6, sec("03-16 00:00:00") * 10**6 + rows), TIMESTAMP)
    notes = [None if note % 7 == 0 else f"{note * 7919} Dock Road" for note in range(rows)]
    trackers = [row // 997 for row in range(rows)]
    table = pa.table({"tracker_id": pa.array(trackers, pa.int64()), "time": moments, "address": notes})
    ends = [*(end for end in accumulate(cuts) if end < rows), rows]

    class Pieces:
        def __init__(self, ends: list[int]) -> None:
            self.starts = [0, *ends]

        def read(self, place: Slice) -> Any:
            return table.slice(self.starts[place.position], place.rows).combine_chunks().to_batches()[0]

    def bytes_of(ends: list[int]) -> bytes:
        slices = [
            Slice("one", START.date(), trackers[start], trackers[end - 1], 1, number, end - start, number)
            for number, (start, end) in enumerate(pairwise([0, *ends]))
        ]
        with tempfile.TemporaryDirectory() as directory:
            path = Path(directory) / "day.parquet"
            pieces: Any = Pieces(ends)
            tables = part_files.sorted_tables(slices, pieces, ["tracker_id", "time"])
            assert part_files.write_day(path, table.schema, tables) == rows
            return path.read_bytes()

    assert bytes_of(ends) == bytes_of([rows])


def test_every_file_is_on_the_disk_before_anything_is_said_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[tuple[str, str]] = []

    def watch(owner: Any, name: str, what: Callable[..., str]) -> None:
        real = getattr(owner, name)

        def watched(*args: Any, **kwargs: Any) -> Any:
            result = real(*args, **kwargs)
            done.append((name, what(*args)))
            return result

        monkeypatch.setattr(owner, name, watched)

    for owner in (part_files, directory):
        watch(owner, "sync", lambda path: path.name)
    watch(Ledger, "commit", lambda *_: "")
    watch(Path, "replace", lambda path, _: path.name)
    watch(Ledger, "keep_file", lambda _, file: file.path)
    write(tmp_path, world())
    commit = done.index(("commit", ""))
    assert done[commit - 2 : commit] == [("sync", "1.arrow"), ("sync", "parts")]
    for place, (step, name) in enumerate(done):
        if step == "keep_file":
            assert done[place - 1][0] == "sync", "the directory has the new name"
            renamed = max(at for at in range(place) if done[at][0] == "replace")
            assert ("sync", done[renamed][1]) in done[:renamed] and name.endswith("part-0.parquet")
    assert [step for step, _ in done].count("keep_file") == 2


def test_the_manifest_knows_every_file_and_its_digest(tmp_path: Path) -> None:
    coverage = write(tmp_path, world())
    section = json.loads((tmp_path / "manifest.json").read_text())["streams"]["tracks"]
    files = {name: data for name, data in files_of(tmp_path).items() if name != "manifest.json"}
    assert {file["path"]: file["sha256"] for file in section["files"]} == {
        name: hashlib.sha256(data).hexdigest() for name, data in files.items()
    }
    assert section["rows"] == coverage.rows == sum(file["rows"] for file in section["files"])
    assert section["coverage"]["is_complete"] is True
    assert section["parameters"] == {
        "format": 3,
        "stream": "tracks",
        "start": "2026-03-16T00:00:00+00:00",
        "end": "2026-03-18T00:00:00+00:00",
        "trackers": None,
        "accounts": ["one"],
    }


def test_days_without_rows_have_no_file_and_are_covered(tmp_path: Path) -> None:
    model = world()
    for points in model.fleets["one"].points.values():
        points[:] = [point for point in points if point.second >= sec("03-17 00:00:00")]
    assert write(tmp_path, model).is_complete
    assert not (tmp_path / FILE).exists()
    assert len(files_of(tmp_path)) == 2


def test_nothing_is_left_in_the_parts_when_all_days_are_whole(tmp_path: Path) -> None:
    write(tmp_path, world())
    state = tmp_path / ".navixy-harvest" / "tracks"
    assert sorted(path.name for path in state.rglob("*") if path.is_file()) == ["ledger.sqlite"]


def test_duckdb_reads_the_directory_with_its_partitions(tmp_path: Path) -> None:
    model = world()
    write(tmp_path, model)
    files = f"read_parquet('{tmp_path}/stream=tracks/*/*/*.parquet', hive_partitioning = true)"
    query = f"SELECT account, date, count(*) FROM {files} GROUP BY ALL ORDER BY ALL"
    found = [(account, str(day), count) for account, day, count in duckdb.execute(query).fetchall()]
    days = [at(f"03-{day} 00:00:00") for day in (16, 17, 18)]
    assert found == [
        ("one", start.date().isoformat(), len(track_truth(model, start, end))) for start, end in pairwise(days)
    ]


def test_slices_with_common_trackers_are_sorted_together() -> None:
    def place(first: int, last: int) -> Slice:
        return Slice("one", START.date(), first, last, 1, 0, 1, 0)

    slices = [place(1, 1), place(1, 1), place(2, 9), place(3, 4), place(9, 12), place(13, 13)]
    assert [len(group) for group in neighbours(slices)] == [2, 3, 1]
    assert list(neighbours([])) == []


# --- trouble with the disk ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("what", ["part", "ledger", "day", "manifest"])
def test_a_full_disk_is_a_clear_error_and_the_harvest_goes_on_where_it_was(
    what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = world()
    write(tmp_path / "whole", model)
    full = OSError(errno.ENOSPC, "No space left on device")

    def refuse(*args: Any, **_: Any) -> None:
        if args[-1] is not None:
            raise full

    with monkeypatch.context() as patch:
        owner, name = {
            "part": (part_files.PartFiles, "write"),
            "ledger": (Ledger, "commit"),
            "day": (parquet, "write_day"),
            "manifest": (DatasetDirectory, "write_manifest"),
        }[what]
        patch.setattr(owner, name, refuse)
        with pytest.raises(
            WriteFailed, match=r"could not be written to \(No space left on device\): mend that, then resume"
        ) as caught:
            write(tmp_path / "x", model)
        assert caught.value.__cause__ is full
    assert "manifest.json" not in files_of(tmp_path / "x")
    assert files_of(tmp_path / "x").items() <= files_of(tmp_path / "whole").items()
    assert write(tmp_path / "x", model, resume=True).is_complete
    assert files_of(tmp_path / "x") == files_of(tmp_path / "whole")


LIMITED = """
import resource, sys
from pathlib import Path
from navixy_async.harvest import WriteFailed
from tests.harvest.test_parquet import world, write

resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
try:
    write(Path(sys.argv[1]), world(points=5_000))
except WriteFailed as error:
    print(error)
else:
    print("written")
"""


@pytest.mark.parametrize("limit", [20_000, 60_000])
def test_a_disk_that_takes_no_more_bytes(limit: int, tmp_path: Path) -> None:
    model = world(points=5_000)
    write(tmp_path / "whole", model)
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    command = [sys.executable, "-c", LIMITED, str(tmp_path / "x"), str(limit)]
    said = subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout
    assert "could not be written to" in said and "then resume the harvest" in said
    assert files_of(tmp_path / "x").items() <= files_of(tmp_path / "whole").items()
    write(tmp_path / "x", model, resume=True)
    assert files_of(tmp_path / "x") == files_of(tmp_path / "whole")


async def test_no_more_is_fetched_than_the_disk_takes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    model = world(trackers=60, points=20)
    monkeypatch.setattr(base, "FULL", 1)
    go_on = asyncio.Event()
    loop = asyncio.get_running_loop()
    real = part_files.PartFiles.write
    begun = asyncio.Event()

    def slow(self: Any, number: int, batches: Any) -> None:
        loop.call_soon_threadsafe(begun.set)
        asyncio.run_coroutine_threadsafe(go_on.wait(), loop).result()
        real(self, number, batches)

    monkeypatch.setattr(part_files.PartFiles, "write", slow)
    harvest = Harvests(model.callers()).tracks(start=START, end=END, workers=3)
    running = asyncio.create_task(harvest.to_parquet(tmp_path))
    await begun.wait()
    for _ in range(300):
        await asyncio.sleep(0)
    asked = model.count("track/read")
    go_on.set()
    assert (await running).is_complete
    assert asked <= 2 * 3 + 1


# --- the disk's thread ----------------------------------------------------------------------------------------------


async def test_work_on_the_disk_is_finished_before_a_cancellation_goes_on(tmp_path: Path) -> None:
    thread = DiskThread(tmp_path)
    go_on = asyncio.Event()
    loop = asyncio.get_running_loop()
    done = []

    def work() -> None:
        asyncio.run_coroutine_threadsafe(go_on.wait(), loop).result()
        done.append(1)

    task = asyncio.create_task(thread.run(work))
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.sleep(0)
    assert not task.done()
    go_on.set()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert done == [1] and task.cancelled()
    thread.close()


async def test_the_result_or_the_error_of_a_future_passes_through() -> None:
    future: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    future.set_result(5)
    assert await uninterrupted(future) == 5
    failed: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    failed.set_exception(WriteFailed("full"))
    with pytest.raises(WriteFailed):
        await uninterrupted(failed)
    assert sinks.WriteFailed is WriteFailed
