"""The files: their bytes depend on the rows alone, they are sorted, and trouble with the disk never spoils one."""

from __future__ import annotations

import asyncio
import errno
import os
import random
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from navixy_async.harvest import Harvests, WriteFailed
from navixy_async.harvest.sinks.files import parquet, part_files
from navixy_async.harvest.sinks.files.directory import DatasetDirectory
from navixy_async.harvest.state.ledger import Ledger
from navixy_async.harvest.streams.tracks import TRACKS

from ..support.harvest.model import Fleet, Model, Point, at, files_of, rows_of, sec, track_truth

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
            WriteFailed, match=r"could not be written to \(No space left on device\): fix that, then resume"
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
