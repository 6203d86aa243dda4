"""What an earlier version wrote: verified as it is, and gone on with, or refused with a way that works."""

from __future__ import annotations

import asyncio
import json
import sqlite3
import tarfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from navixy_async.errors import InvalidInput
from navixy_async.harvest import Harvests
from navixy_async.harvest.report.archive import read_archive
from navixy_async.harvest.report.verify import verify
from navixy_async.harvest.sinks.files.part_files import digest

from ..support.harvest import servers
from ..support.harvest.model import data_of, sec
from ..support.harvest.power import PowerCut, power_for_files
from .test_incremental import harvest as current
from .test_incremental import world as current_world
from .test_run_resume import END, START, asked_again, done_so_far, world
from .test_table import Place

NARROWER = ("alt", "speed", "heading", "precision", "satellites")

_BOOKS = {
    "navixy_job": "target TEXT, definition TEXT, zones TEXT, coverage TEXT, open BOOLEAN, run TEXT",
    "navixy_tracker": "target TEXT, account TEXT, id BIGINT, blocked BOOLEAN",
    "navixy_work": "target TEXT, account TEXT, trackers TEXT, start TEXT, stop TEXT, rows BIGINT, bytes BIGINT,"
    " late BIGINT, clipped_start TEXT, clipped_stop TEXT, gaps TEXT",
    "navixy_held": "target TEXT, account TEXT, id BIGINT, pieces TEXT",
}


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with servers.postgres() as dsn:
        yield dsn


@pytest.fixture(params=["duckdb", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    if request.param == "duckdb":
        yield Place("duckdb", tmp_path / "old.duckdb")
        return
    dsn = request.getfixturevalue("server")
    with servers.schema(dsn) as schema:
        yield Place("postgres", tmp_path, dsn, schema)


def made_older(place: Place) -> None:
    """The books of a table, and its columns, as the version with format 2 made them."""
    for book, columns in _BOOKS.items():
        names = ", ".join(part.split()[0] for part in columns.split(","))
        place.sql(f"CREATE TABLE older AS SELECT {names} FROM {book}")
        place.sql(f"DROP TABLE {book}")
        place.sql(f"CREATE TABLE {book} ({columns})")
        place.sql(f"INSERT INTO {book} SELECT * FROM older")
        place.sql("DROP TABLE older")
    place.sql("UPDATE navixy_job SET definition = replace(definition, '\"format\": 3', '\"format\": 2')")
    for name in NARROWER:
        place.sql(f'ALTER TABLE tracks ALTER COLUMN "{name}" TYPE INTEGER')


def columns(place: Place, table: str) -> list[str]:
    schema = "main" if place.kind == "duckdb" else place.schema
    found = place.sql(
        f"SELECT column_name FROM information_schema.columns WHERE table_schema = '{schema}'"
        f" AND table_name = '{table}' ORDER BY ordinal_position"
    )
    return [name for (name,) in found]


def test_a_table_of_an_earlier_version_is_refused_and_left_to_it_or_changed_as_the_sentence_says(place: Place) -> None:
    model = current_world()
    model.now = sec("03-12 09:00:00")
    asyncio.run(place.write(current(model), resume=True))
    made_older(place)
    before = place.rows(), {book: (columns(place, book), place.sql(f"SELECT * FROM {book}")) for book in _BOOKS}
    says = r"another version .* continue with the version that began it, .* without re"
    with pytest.raises(InvalidInput, match=says):
        asyncio.run(place.write(current(model), resume=True))
    after = place.rows(), {book: (columns(place, book), place.sql(f"SELECT * FROM {book}")) for book in _BOOKS}
    assert after == before, "the version that began it could not go on"
    with pytest.raises(
        InvalidInput, match=r"made by another version .* \((ALTER TABLE .*)\) and begin without resume$"
    ) as told:
        asyncio.run(place.write(current(model)))
    for statement in str(told.value).partition("(")[2].rpartition(")")[0].split("; "):
        place.sql(statement)
    assert asyncio.run(place.write(current(model))).is_complete
    assert place.rows() == before[0]
    assert asyncio.run(place.write(current(model), resume=True)).is_complete
    assert place.rows() == before[0]


def test_files_whose_numbers_are_narrower_are_sound(tmp_path: Path) -> None:
    out = tmp_path / "out"
    asyncio.run(Harvests(world().callers()).tracks(start=START, end=END).to_parquet(out))
    manifest = json.loads((out / "manifest.json").read_bytes())
    for file in manifest["streams"]["tracks"]["files"]:
        table = pq.read_table(out / file["path"], partitioning=None)
        for name in NARROWER:
            place = table.schema.get_field_index(name)
            table = table.set_column(place, name, table.column(name).cast(pa.int32()))
        pq.write_table(table, out / file["path"])
        file |= {"bytes": (out / file["path"]).stat().st_size, "sha256": digest(out / file["path"])}
    (out / "manifest.json").write_text(json.dumps(manifest))
    with closing(sqlite3.connect(out / ".navixy-harvest" / "tracks" / "ledger.sqlite")) as db:
        for file in manifest["streams"]["tracks"]["files"]:
            db.execute("UPDATE file SET bytes = :bytes, sha256 = :sha256 WHERE path = :path", file)
        db.commit()
    assert [str(problem) for problem in verify(out).problems] == []


def test_an_unfinished_harvest_of_an_earlier_version_is_named_as_that(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    with monkeypatch.context() as patch, pytest.raises(PowerCut), power_for_files(25, patch):
        asyncio.run(Harvests(world().callers()).tracks(start=START, end=END).to_parquet(out))
    with closing(sqlite3.connect(out / ".navixy-harvest" / "tracks" / "ledger.sqlite")) as db:
        db.execute("UPDATE job SET value = replace(value, '\"format\": 3', '\"format\": 2')")
        for name in ("odd_rows", "replaced_texts", "read_at", "zone"):
            db.execute(f"ALTER TABLE work DROP COLUMN {name}")
        db.commit()
    says = (
        r"^[^(]*of another version of this package \(format 2; this one reads 3\): "
        r"continue with the version that began it"
    )
    with pytest.raises(InvalidInput, match=says):
        read_archive(out)
    (problem,) = verify(out).problems
    assert "of another version of this package" in problem.detail


@pytest.fixture
def begun(tmp_path: Path) -> Path:
    """Harvests that the last version with two books began and did not finish, with the power cut in between.

    ``bounded``: the one of ``test_run_resume``, cut after two parts and some files; ``open``: a run of
    ``test_incremental``, and a second one cut before its rows were merged; ``open.duckdb``: the first run into a table.
    """
    with tarfile.open(Path(__file__).parent / "data" / "begun_before_one_state.tar.gz") as archive:
        archive.extractall(tmp_path, filter="data")
    return tmp_path


def test_a_harvest_that_the_version_with_two_books_began_is_finished(begun: Path, tmp_path: Path) -> None:
    model = world()
    done = done_so_far(begun / "bounded", "tracks")
    assert done and read_archive(begun / "bounded")["tracks"].pending
    whole = Harvests(world().callers()).tracks(start=START, end=END)
    asyncio.run(whole.to_parquet(tmp_path / "whole"))
    resumed = Harvests(model.callers()).tracks(start=START, end=END)
    coverage = asyncio.run(resumed.to_parquet(begun / "bounded", resume=True))
    assert coverage.is_complete and not asked_again(model, done)
    assert data_of(begun / "bounded") == data_of(tmp_path / "whole")
    assert verify(begun / "bounded").is_sound


def test_files_that_the_version_with_two_books_kept_current_stay_current(begun: Path, tmp_path: Path) -> None:
    model = current_world()
    for now, name in (("03-12 09:00:00", "whole"), ("03-14 09:00:00", "whole"), ("03-14 09:00:00", "begun")):
        model.now = sec(now)
        asyncio.run(current(model).to_parquet(begun / "open" if name == "begun" else tmp_path / name, resume=True))
    assert data_of(begun / "open") == data_of(tmp_path / "whole")
    assert verify(begun / "open").is_sound


def test_a_table_that_the_version_with_two_books_kept_current_stays_current(begun: Path) -> None:
    model, table = current_world(), Place("duckdb", begun / "open.duckdb")
    before = table.rows()
    model.now = sec("03-12 09:00:00")
    again = asyncio.run(table.write(current(model), resume=True))
    assert again.is_complete and again.rows < len(before) / 10, "only the last hour is read again"
    assert table.rows() == before
    model.now = sec("03-14 09:00:00")
    fresh = Place("duckdb", begun / "fresh.duckdb")
    for one in (table, fresh):
        assert asyncio.run(one.write(current(model), resume=True)).is_complete
    assert table.rows() == fresh.rows()
