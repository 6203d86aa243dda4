"""Where rows go: a destination says what it remembers, changes nothing before it begins, and lets go of all it has."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from navixy_async.errors import HarvestDamaged, InvalidInput
from navixy_async.harvest import Harvests
from navixy_async.harvest.destinations import (
    Destination,
    FilesDestination,
    ForecastDestination,
    FunctionDestination,
    TableDestination,
)
from navixy_async.harvest.plan.due import Due
from navixy_async.harvest.report.coverage_builder import CoverageBuilder
from navixy_async.harvest.sinks.files.directory import DatasetDirectory
from navixy_async.harvest.sinks.tables.duckdb import DuckDBStore
from navixy_async.harvest.spec import HarvestSpec
from navixy_async.times import TimeRange

from ..support.harvest.model import files_of
from ..support.harvest.small import END, START, tracks, world


def spec() -> HarvestSpec:
    return tracks(world())._spec


def target(root: Path, *, resume: bool = True) -> DatasetDirectory:
    return DatasetDirectory(root, "tracks", resume=resume, overwrite=False)


def due() -> Due:
    return Due(CoverageBuilder("tracks", TimeRange(START, END)), {}, {})


def everything(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}


async def test_what_remembers_nothing_begins_anew_and_works_in_a_thread() -> None:
    destination = Destination()
    assert await destination.open(spec()) is None and not await destination.forget(due())
    assert await destination.call(lambda: 7) == 7
    with pytest.raises(NotImplementedError):
        await destination.begin(spec(), due())
    await destination.close()


async def test_what_is_due_is_checked_before_a_function_gets_anything() -> None:
    async def take(batch: Any) -> None:
        raise AssertionError("nothing was asked for")

    def check(found: Due) -> None:
        raise InvalidInput(f"{found.builder.stream} are not wanted")

    destination = FunctionDestination(take, tracks(world()).schema, check)
    assert await destination.open(spec()) is None
    with pytest.raises(InvalidInput, match="tracks are not wanted"):
        await destination.begin(spec(), due())


async def test_a_forecast_looks_at_the_ledger_and_changes_not_a_byte(tmp_path: Path) -> None:
    await tracks(world()).to_parquet(tmp_path)
    before = everything(tmp_path)
    destination = ForecastDestination(target(tmp_path))
    state = await destination.open(spec())
    assert state is not None
    assert len(await destination.call(lambda: list(state.work()))) > 0
    await destination.close()
    assert everything(tmp_path) == before
    for nothing in (None, target(tmp_path / "new")):
        empty = ForecastDestination(nothing)
        assert await empty.open(spec()) is None
        await empty.close()
    assert not (tmp_path / "new").exists()


async def test_a_forecast_of_another_harvest_or_of_damage_is_refused_like_the_harvest(tmp_path: Path) -> None:
    await tracks(world()).to_parquet(tmp_path)
    other = Harvests(world().callers()).tracks(start=START, end=END, trackers=[1])._spec
    destination = ForecastDestination(target(tmp_path))
    with pytest.raises(InvalidInput, match=r"holds another harvest \(trackers was all and is now \[1\]\)"):
        await destination.open(other)
    await destination.close()
    ledger = target(tmp_path).ledger
    await asyncio.to_thread(ledger.write_bytes, b"no database at all" * 100)
    destination = ForecastDestination(target(tmp_path))
    with pytest.raises(HarvestDamaged, match=r"ledger of .* is damaged"):
        await destination.open(spec())
    await destination.close()


async def test_files_have_the_directory_until_they_let_go_of_it(tmp_path: Path) -> None:
    first, second = (FilesDestination(target(tmp_path)) for _ in range(2))
    assert await first.open(spec()) is None and not files_of(tmp_path)
    sink = await first.begin(spec(), due())
    with pytest.raises(InvalidInput, match="another harvest is writing to"):
        await second.begin(spec(), due())
    await second.close()
    await sink.close()
    await first.close()
    third = FilesDestination(target(tmp_path))
    assert await third.open(spec()) is not None, "it began, so it can be gone on with"
    await third.close()


async def test_a_harvest_that_began_since_this_one_looked_is_left_alone(tmp_path: Path) -> None:
    late = FilesDestination(target(tmp_path))
    assert await late.open(spec()) is None
    await tracks(world()).to_parquet(tmp_path)
    before = files_of(tmp_path)
    with pytest.raises(InvalidInput, match=r"another harvest began in .* meanwhile"):
        await late.begin(spec(), due())
    await late.close()
    assert files_of(tmp_path) == before
    with sqlite3.connect(target(tmp_path).ledger) as db:
        assert db.execute("SELECT count(*) FROM work").fetchone()[0] > 0
    db.close()


async def test_a_table_is_let_go_of_even_if_it_cannot_be_used(tmp_path: Path) -> None:
    path = tmp_path / "fleet.duckdb"
    first, second = (TableDestination(DuckDBStore(path, spec().stream, None), resume=True) for _ in range(2))
    assert await first.open(spec()) is None and not path.exists(), "nothing is made before it begins"
    with pytest.raises(InvalidInput, match="another harvest is writing to"):
        await second.open(spec())
    await second.close()
    await (await first.begin(spec(), due())).close()
    await first.close()
    third = TableDestination(DuckDBStore(path, spec().stream, None), resume=True)
    assert await third.open(spec()) is not None
    await third.close()
