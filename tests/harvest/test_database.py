"""Databases that would keep rows elsewhere, or not at all: refused before anything is asked, or at the commit."""

from __future__ import annotations

import asyncio
import os
import re
import sqlite3
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from psycopg.conninfo import make_conninfo

from navixy_async.errors import InvalidInput
from navixy_async.harvest import WriteFailed
from navixy_async.harvest.sinks import base

from ..support.harvest import servers
from ..support.harvest.model import Fleet, Model, Point, sec, track_truth
from .test_run_resume import END, START, world
from .test_table import Place, harvest, run


@pytest.fixture
def place(server: str, tmp_path: Path) -> Iterator[Place]:
    with servers.schema(server) as schema:
        yield Place("postgres", tmp_path, server, schema)


def refused(place: Place, says: str, **options: Any) -> None:
    """The harvest is refused in one sentence, and nobody was asked for anything."""
    model = world()
    with pytest.raises(InvalidInput, match=says) as caught:
        run(place, model, **options)
    assert not model.asked and "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "name", [":memory:", ":memory:x", ":MEMORY:", "md:fleet", "motherduck:x", "s3://b/x.db", "https://h/x", "", "a\0b"]
)
def test_names_that_are_no_files_are_refused(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    model = world()
    with pytest.raises(InvalidInput, match=r"does not name a file: name one"):
        asyncio.run(harvest(model).to_duckdb(name))
    assert not model.asked and not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["sqlite:x", "word:rest", "x", "a b/c;d.duckdb", "küste.duckdb", "postgres:x"])
def test_every_other_name_is_a_file(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    model = world()
    assert asyncio.run(harvest(model).to_duckdb(name)).is_complete
    assert (tmp_path / name).is_file()
    assert Place("duckdb", tmp_path / name).rows() == sorted(track_truth(model, START, END))


@pytest.mark.parametrize("what", ["deleted", "replaced", "moved"])
@pytest.mark.parametrize("at", [1, 3])
def test_a_file_that_is_taken_away_is_an_error(
    what: str, at: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, commits = tmp_path / "x.duckdb", 0
    model = world()

    async def pause() -> None:
        nonlocal commits
        if model.count("track/read") == at * 3 and path.exists() and not commits:
            commits += 1
            path.rename(tmp_path / "elsewhere") if what == "moved" else path.unlink()
            if what == "replaced":
                path.write_bytes(b"")
        await asyncio.sleep(0)

    model.pause = pause
    monkeypatch.setattr(base, "PERIOD", 0.0)
    with pytest.raises(WriteFailed, match=r"x\.duckdb is gone: it was deleted, moved or replaced while"):
        asyncio.run(harvest(model).to_duckdb(path))
    assert commits


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda path: sqlite3.connect(path).execute("CREATE TABLE x (y)").connection.close(), "is a SQLite database"),
        (os.mkfifo, "is not a regular file"),
    ],
)
def test_files_of_others_are_refused_in_a_sentence(make: Callable[[Path], object], says: str, tmp_path: Path) -> None:
    make(tmp_path / "x")
    refused(Place("duckdb", tmp_path / "x"), says)


def test_a_table_has_one_name_however_it_is_spelt(tmp_path: Path) -> None:
    place, model = Place("duckdb", tmp_path / "x"), world()
    run(place, model, table="Points")
    model.asked.clear()
    assert run(place, model, table="POINTS", resume=True).is_complete
    assert not model.asked


def test_no_extension_is_loaded_by_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    configs: list[Any] = []
    real = duckdb.connect
    monkeypatch.setattr(duckdb, "connect", lambda *args, **kwargs: configs.append(kwargs) or real(*args, **kwargs))
    asyncio.run(harvest(world()).to_duckdb(tmp_path / "x"))
    (config,) = (each["config"] for each in configs)
    assert config == {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}


def test_a_file_that_this_process_reads_meanwhile_is_written_all_the_same(tmp_path: Path) -> None:
    run(Place("duckdb", tmp_path / "x"), world())
    with duckdb.connect(str(tmp_path / "x")) as reader:
        assert run(Place("duckdb", tmp_path / "x"), world()).is_complete
        assert reader.execute("SELECT count(*) FROM tracks").fetchall() == [(len(track_truth(world(), START, END)),)]


SWALLOWS = """CREATE FUNCTION "{0}".swallow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF NEW.mileage = 7 THEN RETURN NULL; END IF; RETURN NEW; END $$;
CREATE TRIGGER swallow BEFORE INSERT ON "{0}".tracks FOR EACH ROW EXECUTE FUNCTION "{0}".swallow()"""

DROPS = """CREATE FUNCTION "{0}".drop_again() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  DELETE FROM "{0}".tracks AS t USING fresh WHERE fresh.mileage = 7 AND t.tracker_id = fresh.tracker_id
  AND t.time = fresh.time; RETURN NULL; END $$;
CREATE TRIGGER drop_again AFTER INSERT ON "{0}".tracks REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT
EXECUTE FUNCTION "{0}".drop_again()"""

KEEPS = """CREATE FUNCTION "{0}".keep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
CREATE TRIGGER keep BEFORE DELETE ON "{0}".tracks FOR EACH ROW EXECUTE FUNCTION "{0}".keep()"""

RULE = 'CREATE RULE nothing AS ON DELETE TO "{0}".tracks DO INSTEAD NOTHING'


@pytest.mark.parametrize("trap", [SWALLOWS, DROPS, KEEPS, RULE], ids=["swallows", "drops", "keeps", "rule"])
def test_a_table_that_takes_other_rows_than_it_is_sent_fails_the_commit(place: Place, trap: str) -> None:
    run(place, world())
    before = place.rows()
    place.sql(trap.format(place.schema))
    with pytest.raises(WriteFailed, match=r"^the table tracks in .* took [\d,]+ of [\d,]+ rows: a trigger or a rule"):
        run(place, world())
    assert place.rows() == before and place.coverage() is None


def test_a_trigger_that_only_looks_is_none_of_our_business(place: Place) -> None:
    run(place, world())
    place.sql(
        f"""CREATE FUNCTION "{place.schema}".look() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
        CREATE TRIGGER look BEFORE INSERT ON "{place.schema}".tracks FOR EACH ROW
        EXECUTE FUNCTION "{place.schema}".look()"""
    )
    assert run(place, world()).is_complete


@pytest.mark.parametrize(
    ("make", "says"),
    [
        ("CREATE VIEW tracks AS SELECT 1 AS x", "tracks in .* is a view: choose another table"),
        ("CREATE MATERIALIZED VIEW tracks AS SELECT 1 AS x", "is a materialized view: choose"),
        ("CREATE SEQUENCE tracks", "is a sequence: choose"),
        ("CREATE UNLOGGED TABLE tracks (x int)", "is unlogged, and empty after a crash"),
        ("CREATE VIEW navixy_work AS SELECT 1 AS x", "navixy_work in .* is a view"),
        ("CREATE TABLE navixy_held (target int)", "navixy_held in .* is not one of this program's tables"),
    ],
)
def test_what_is_no_table_of_ours_is_refused_first(place: Place, make: str, says: str) -> None:
    place.sql(make)
    if "not one of this" in says:
        with pytest.raises(InvalidInput, match=says):
            run(place, world())
    else:
        refused(place, says)


def test_settings_of_the_user_stay(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    from navixy_async.harvest.sinks.tables.postgres import PostgresStore  # its name is older than the test

    seen: list[Any] = []
    real = PostgresStore.commit
    names = ("lock_timeout", "statement_timeout", "synchronous_commit", "search_path", "application_name")

    def commit(self: Any, *args: Any) -> None:
        seen.append([self.execute(f"SHOW {name}")[0][0] for name in names])
        real(self, *args)

    monkeypatch.setattr(PostgresStore, "commit", commit)
    said = "-c lock_timeout=7s -c statement_timeout=90s -c synchronous_commit=remote_apply -c search_path=x"
    run(
        Place("postgres", place.path, make_conninfo(place.dsn, options=said, application_name="mine"), place.schema),
        world(),
    )
    assert seen[0] == ["7s", "90s", "remote_apply", "x", "mine"]
    run(
        Place("postgres", place.path, make_conninfo(place.dsn, options="-c synchronous_commit=off"), place.schema),
        world(),
    )
    assert seen[-1][:3] == ["2min", "0", "on"]


HOSTILE = """CREATE SCHEMA evil;
CREATE FUNCTION evil.hashtext(text) RETURNS int LANGUAGE sql AS 'SELECT 1/0';
CREATE FUNCTION evil.count() RETURNS bigint LANGUAGE sql AS 'SELECT 0::bigint';
CREATE FUNCTION evil.unnest(text[]) RETURNS SETOF text LANGUAGE sql AS 'SELECT NULL::text WHERE false';
CREATE TYPE evil.text AS (x int)"""


def test_a_search_path_that_hides_the_servers_own_names(place: Place) -> None:
    place.sql(HOSTILE)
    try:
        dsn = make_conninfo(place.dsn, options="-c search_path=evil,pg_temp,pg_catalog")
        assert run(Place("postgres", place.path, dsn, place.schema), world()).is_complete
        assert place.rows() == sorted(track_truth(world(), START, END))
    finally:
        place.sql("DROP SCHEMA evil CASCADE")


def test_names_cannot_clash(place: Place) -> None:
    long = "t" * 40 + "racks"
    run(place, world(), table="tracks_by_time")
    run(place, world())
    for table in (long + "_1", long + "_2", "Tracks"):
        run(place, world(), table=table)
    names = [
        name for (name,) in place.sql(f"SELECT indexname::text FROM pg_indexes WHERE schemaname = '{place.schema}'")
    ]
    assert len(names) == len(set(names)) == 5 and all(len(name.encode()) < 64 for name in names)
    assert place.rows("tracks") == sorted(track_truth(world(), START, END))


def test_many_harvests_make_the_books_at_once(place: Place) -> None:
    async def all_at_once() -> list[Any]:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(place.write(harvest(world()), table=f"t{number}")) for number in range(6)]
        return [task.result() for task in tasks]

    assert all(coverage.is_complete for coverage in asyncio.run(all_at_once()))
    assert place.sql("SELECT count(*) FROM navixy_job") == [(6,)]


def test_no_frame_of_an_error_shows_the_password(place: Place) -> None:
    with servers.guarded(place.dsn) as dsn:
        wrong = dsn.replace("right-word", "hunter2-geheim")
        job, caught = harvest(world()), list[InvalidInput]()
        for asked in (wrong, wrong + " bogus=1", wrong.replace("password", "pass word")):
            try:
                asyncio.run(_into(job, [asked], place.schema))
            except InvalidInput as error:
                caught.append(error)
        assert len(caught) == 3
        for refusal in caught:
            told: BaseException | None = refusal
            while told is not None:
                frames = traceback.TracebackException.from_exception(told, capture_locals=True)
                ours = [frame for frame in frames.stack if frame.filename != __file__]
                assert ours and not re.search("hunter2", "".join(str(frame.locals) for frame in ours))
                assert "hunter2" not in str(told)
                told = told.__context__


async def _into(job: Any, asked: list[str], schema: str) -> None:
    await job.to_postgres(asked.pop(), schema=schema)


@pytest.mark.parametrize("version", [0, 10**9])
def test_a_line_that_copy_takes_for_the_end(
    place: Place, version: int, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from navixy_async.harvest.sinks.tables import postgres  # has it only now

    monkeypatch.setattr(postgres, "COPY_TO_THE_END", version)
    texts = ["a\n\\.\nb", "\\.", "\n\\.\n", "x\r\n\\.\r\ny", "plain", "a\0\n\\.", None]
    points = [Point(sec("03-16 10:00:00") + at, at, {"address": text}) for at, text in enumerate(texts)]
    run(place, Model({"one": Fleet({7: points})}))
    found = [text for (text,) in place.sql("SELECT address FROM tracks ORDER BY time")]
    assert found == [text and text.replace("\0", "\ufffd") for text in texts]
    assert "1 texts contained NUL" in caplog.text
