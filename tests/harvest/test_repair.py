"""Parts and files that somebody, or a disk, spoilt between two lives of a harvest: they are fetched again."""

from __future__ import annotations

import asyncio
import json
import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from navixy_async.errors import InvalidInput
from navixy_async.harvest import Harvests
from navixy_async.harvest.report.verify import verify
from navixy_async.harvest.sinks import base
from navixy_async.harvest.sinks.files.directory import DatasetDirectory
from navixy_async.harvest.sinks.files.incremental import IncrementalParquetSink
from navixy_async.harvest.sinks.files.repair import forget_spoilt_parts
from navixy_async.harvest.state import ledger
from navixy_async.harvest.state.records import WorkRecord
from navixy_async.times import TimeRange

from ..support.harvest.model import Model, data_of, files_of, sec, track_truth
from ..support.harvest.places import Place as Somewhere
from ..support.harvest.power import PowerCut, power_for_files
from .test_incremental import Clock
from .test_incremental import harvest as current
from .test_incremental import world as current_world
from .test_run_resume import END, START, world


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[random.Random(str(path)).randrange(len(content))] ^= 4
    path.write_bytes(content)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def zeros(path: Path) -> None:
    size = path.stat().st_size
    path.write_bytes(path.read_bytes()[: size // 2] + bytes(size - size // 2))


HARMS = [flip, cut, zeros, Path.unlink]


def marked(out: Path) -> list[Path]:
    """The parts that the ledger knows: what was not marked before the kill is fetched again anyhow."""
    with closing(sqlite3.connect(out / ".navixy-harvest" / "tracks" / "ledger.sqlite")) as db:
        numbers = [number for (number,) in db.execute("SELECT DISTINCT part FROM slice")]
    return [out / ".navixy-harvest" / "tracks" / "parts" / f"{number}.arrow" for number in numbers]


def job(model: Model, **options: Any) -> Any:
    usual: dict[str, Any] = {"start": START, "end": END, "window": timedelta(hours=30), "workers": 2}
    return Harvests(model.callers()).tracks(**usual | options)


def killed_half_way(out: Path, patch: pytest.MonkeyPatch, steps: int = 60) -> None:
    """A harvest that left parts behind."""
    with power_for_files(steps, patch), pytest.raises(PowerCut):
        asyncio.run(job(world()).to_parquet(out))


@pytest.mark.parametrize("harm", HARMS)
@pytest.mark.parametrize("steps", [20, 28, 40])
def test_a_part_that_was_spoilt_is_fetched_again(
    harm: Callable[[Path], object], steps: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    whole = asyncio.run(job(world()).to_parquet(tmp_path / "whole"))
    killed_half_way(tmp_path / "out", monkeypatch, steps)
    parts = marked(tmp_path / "out")
    assert parts, "nothing was left behind: kill it elsewhere"
    for path in parts:
        harm(path)
    coverage = asyncio.run(job(world()).to_parquet(tmp_path / "out", resume=True))
    assert files_of(tmp_path / "out") == files_of(tmp_path / "whole")
    assert (coverage.rows, coverage.complete) == (whole.rows, whole.complete)
    assert "what it held is fetched again" in caplog.text
    assert verify(tmp_path / "out").is_sound


def finished(out: Path) -> list[Path]:
    asyncio.run(job(world()).to_parquet(out))
    return sorted(out.rglob("*.parquet"))


def test_a_day_that_vanished_is_fetched_again(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    files = finished(tmp_path / "out")
    before = files_of(tmp_path / "out")
    files[1].unlink()
    model = world()
    coverage = asyncio.run(job(model).to_parquet(tmp_path / "out", resume=True))
    assert files_of(tmp_path / "out") == before and coverage.is_complete
    assert coverage.rows == len(track_truth(world(), START, END))
    assert f"{files[1]} is missing: what it held is fetched again" in caplog.text
    asked = [params for _, path, params in model.asked if path == "track/read"]
    assert asked and all((params["to"] - params["from"]) <= timedelta(days=1, seconds=2) for params in asked)


@pytest.mark.parametrize("harm", [flip, cut])
def test_a_day_that_was_changed_is_told_and_what_is_said_helps(harm: Callable[[Path], object], tmp_path: Path) -> None:
    files = finished(tmp_path / "out")
    before = files_of(tmp_path / "out")
    harm(files[0])
    with pytest.raises(InvalidInput, match=r"is not as it was written: put it back as it was, or delete it, and res"):
        asyncio.run(job(world()).to_parquet(tmp_path / "out", resume=True))
    files[0].unlink()
    assert asyncio.run(job(world()).to_parquet(tmp_path / "out", resume=True)).is_complete
    assert files_of(tmp_path / "out") == before


def test_one_of_many_files_of_a_day_that_vanished(tmp_path: Path) -> None:
    out = tmp_path / "out"
    asyncio.run(job(world()).to_files(out, "geojson"))
    before = files_of(out)
    sorted(out.rglob("*.geojson"))[2].unlink()
    assert asyncio.run(job(world()).to_files(out, "geojson", resume=True)).is_complete
    assert files_of(out) == before


@pytest.mark.parametrize("harm", HARMS)
def test_a_part_of_a_harvest_without_an_end_is_fetched_again(
    harm: Callable[[Path], object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    model = current_world(trackers=3, days=3)
    model.now = sec("03-12 09:00:00")
    undisturbed = Somewhere("parquet", tmp_path / "whole")
    asyncio.run(undisturbed.write(current(model)))
    with monkeypatch.context() as patch:
        patch.setattr(base, "PERIOD", 0.0)
        patch.setattr(IncrementalParquetSink, "_make_files", stop_at(1))
        with pytest.raises(PowerCut):
            asyncio.run(current(model).to_parquet(tmp_path / "out" / "out", resume=True))
    parts = sorted((tmp_path / "out").rglob("*.arrow"))
    assert parts
    harm(parts[-1])
    assert asyncio.run(current(model).to_parquet(tmp_path / "out" / "out", resume=True)).is_complete
    assert data_of(tmp_path / "out" / "out") == data_of(tmp_path / "whole" / "out")
    mended, whole = (_manifest(tmp_path / place / "out") for place in ("out", "whole"))
    # Coverage counts what its run read: where two parts were written before the cut, only one of them is read again.
    for told in (mended, whole):
        del told["streams"]["tracks"]["coverage"]["rows"]
    assert mended == whole
    assert "what it held is fetched again" in caplog.text
    assert Somewhere("parquet", tmp_path / "out").rows("tracks")
    start = current(model)._spec.start
    assert isinstance(start, datetime)
    assert len(track_truth(model, start, Clock(model)())) == len(undisturbed.rows("tracks"))


def _manifest(root: Path) -> Any:
    return json.loads((root / "manifest.json").read_bytes())


def stop_at(calls: int) -> Callable[..., None]:
    """The power goes before the files of that commit are made."""
    real, count = IncrementalParquetSink._make_files, 0

    def make(self: Any, days: Any) -> None:
        nonlocal count
        count += 1
        if count >= calls:
            raise PowerCut
        real(self, days)

    return make


def test_work_is_looked_up_and_not_read_through_for_each_piece_that_is_spoilt(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    day = START.replace(hour=0)
    works = [
        WorkRecord("depot", (tracker,), TimeRange(at, at + timedelta(days=1)), 5, 100)
        for at in (day + timedelta(days=number) for number in range(40))
        for tracker in range(1, 21)
    ]
    read: list[Any] = []
    real = WorkRecord.from_row
    with closing(ledger.Ledger(tmp_path / "ledger.sqlite")) as books:
        for part in range(4):
            load = works[200 * part : 200 * (part + 1)]
            slices = [
                ledger.Slice(
                    "depot", work.range.start.date(), work.trackers[0], work.trackers[0], part + 1, place, 5, place
                )
                for place, work in enumerate(load)
            ]
            books.commit(load, slices, {}, ledger.Part(part + 1, 1, 1))
        monkeypatch.setattr(WorkRecord, "from_row", lambda row: read.append(row) or real(row))
        target = DatasetDirectory(tmp_path / "out", "tracks", resume=True, overwrite=False)
        target.parts.mkdir(parents=True)
        forget_spoilt_parts(target, books)
        assert not books.parts() and not list(books.work())
    assert len(read) == 800
