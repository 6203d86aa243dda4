"""Tables in DuckDB and PostgreSQL: each row once, whatever stops the harvest and however often it is repeated."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import duckdb
import psycopg
import pytest

from navixy_async.errors import InvalidInput, InvalidRequest
from navixy_async.harvest import Coverage, Harvests, WriteFailed
from navixy_async.harvest.sinks import base
from navixy_async.harvest.sinks.tables import postgres
from navixy_async.harvest.sinks.tables.duckdb import DuckDBStore
from navixy_async.harvest.sinks.tables.postgres import PostgresStore
from navixy_async.harvest.state.records import WORK, WorkRecord
from navixy_async.times import TimeRange

from ..support.harvest import servers
from ..support.harvest.kills import lives
from ..support.harvest.model import Event, Fleet, Model, Point, at, event_truth, sec, track_truth
from ..support.harvest.power import PowerCut, power_for_tables
from .test_run_resume import END, START, asked_again, world

Rows = list[tuple[str, int, int, int]]


@dataclass
class Place:
    """One database: how it is written to, and read without the package."""

    kind: str
    path: Path
    dsn: str = ""
    schema: str = ""

    def write(self, harvest: Any, **options: Any) -> Any:
        if self.kind == "duckdb":
            return harvest.to_duckdb(self.path, **options)
        return harvest.to_postgres(self.dsn, schema=self.schema, **options)

    def sql(self, text: str) -> list[tuple[Any, ...]]:
        if self.kind == "duckdb":
            if not self.path.exists():
                return []
            with duckdb.connect(str(self.path)) as db:
                return db.execute(text).fetchall()
        with psycopg.connect(self.dsn) as db:
            db.execute(f'SET search_path = "{self.schema}"'.encode())
            cursor = db.execute(text.encode())
            return cursor.fetchall() if cursor.description else []

    def has(self, table: str) -> bool:
        schema = "main" if self.kind == "duckdb" else self.schema
        return bool(
            self.sql(
                f"SELECT 1 FROM information_schema.tables WHERE table_schema = '{schema}' AND table_name = '{table}'"
            )
        )

    def rows(self, table: str = "tracks", key: str = "mileage") -> Rows:
        if not self.has(table):
            return []
        found = self.sql(f"SELECT account, tracker_id, CAST(EXTRACT(epoch FROM time) AS BIGINT), {key} FROM {table}")
        return sorted((account, tracker, second, int(value)) for account, tracker, second, value in found)

    def done(self, table: str = "tracks") -> list[tuple[str, int, TimeRange]]:
        if not self.has("navixy_work"):
            return []
        found = self.sql(f"SELECT {WORK} FROM navixy_work WHERE target = '{table}'")
        work = map(WorkRecord.from_row, found)
        return [(each.account, tracker, each.range) for each in work for tracker in each.trackers]

    def coverage(self, table: str = "tracks") -> str | None:
        found = self.sql(f"SELECT coverage FROM navixy_job WHERE target = '{table}'") if self.has("navixy_job") else []
        return found[0][0] if found else None


@pytest.fixture(params=["duckdb", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    if request.param == "duckdb":
        yield Place("duckdb", tmp_path / "new" / "fleet.duckdb")
        return
    dsn = request.getfixturevalue("server")
    with servers.schema(dsn) as schema:
        yield Place("postgres", tmp_path, dsn, schema)


def harvest(model: Model, stream: str = "tracks", **options: Any) -> Any:
    options = {"start": START, "end": END, "window": timedelta(hours=12), "workers": 3} | options
    return getattr(Harvests(model.callers()), stream)(**options)


def run(place: Place, model: Model, stream: str = "tracks", **options: Any) -> Coverage:
    path = {key: options.pop(key) for key in ("resume", "table") if key in options}
    coverage: Coverage = asyncio.run(place.write(harvest(model, stream, **options), **path))
    return coverage


@pytest.mark.parametrize(
    ("stream", "key", "truth"), [("tracks", "mileage", track_truth), ("events", "id", event_truth)]
)
def test_every_row_is_there_once(place: Place, stream: str, key: str, truth: Callable[..., Rows]) -> None:
    model = world()
    coverage = run(place, model, stream)
    assert coverage.is_complete
    assert place.rows(stream, key) == sorted(truth(model, START, END))
    assert place.coverage(stream) is not None


def test_odd_values_come_back_as_they_were(place: Place) -> None:
    odd = ['"', "", "a,b\nc\\.", "\\N", "ü€😀", "NULL", "'; DROP TABLE tracks; --", None]
    points = [Point(sec("03-16 10:00:00"), 0, {"address": text, "lat": 1 / 3, "alt": None}) for text in odd]
    model = Model({'o"ne, süd\\': Fleet({7: points})})
    run(place, model)
    found = place.sql("SELECT account, address, lat, alt, speed, parking FROM tracks")
    assert sorted(map(repr, found)) == sorted(repr(('o"ne, süd\\', text, 1 / 3, None, None, None)) for text in odd)


def test_texts_with_nul_are_written(place: Place) -> None:
    run(place, Model({"one": Fleet({7: [Point(sec("03-16 10:00:00"), 0, {"address": "a\0b"})]})}))
    assert place.sql("SELECT address FROM tracks") == [("a\0b" if place.kind == "duckdb" else "a\ufffdb",)]


def test_equal_points_all_stay_and_a_second_harvest_brings_none_twice(place: Place) -> None:
    model = Model({"one": Fleet({7: [Point(sec("03-16 10:00:00"), 1)] * 3 + [Point(sec("03-16 10:00:01"), 2)]})})
    run(place, model)
    assert len(place.rows()) == 4
    run(place, model, window=timedelta(hours=5))
    assert place.rows() == track_truth(model, START, END)


def test_a_later_harvest_replaces_its_windows_and_nothing_beside_them(place: Place) -> None:
    model = world()
    run(place, model)
    before = place.rows()
    changed = world()
    for fleet in changed.fleets.values():
        for tracker, points in fleet.points.items():
            fleet.points[tracker] = [Point(point.second, point.note + 1000) for point in points[::2]]
    start, end = at("03-17 03:00:00"), at("03-17 21:00:00")
    coverage = run(place, changed, trackers=[2], start=start, end=end)
    assert coverage.is_complete
    inside = [row for row in before if row[1] == 2 and start.timestamp() <= row[2] < end.timestamp()]
    new = [row for row in track_truth(changed, start, end) if row[1] == 2]
    assert inside and new and inside != new
    assert place.rows() == sorted([row for row in before if row not in inside] + new)


def test_what_could_not_be_read_again_stays_as_it_was(place: Place) -> None:
    model = world()
    run(place, model)
    before = place.rows()
    model.trouble = lambda path, params, _: (
        InvalidRequest(7, "Invalid parameters", operation=path) if params.get("tracker_id") == 2 else None
    )
    assert not run(place, model).is_complete
    assert place.rows() == before


def test_what_the_tariff_does_not_show_any_more_is_kept(place: Place) -> None:
    model = world()
    run(place, model)
    before = place.rows()
    model.kept_since = sec("03-17 12:00:00")
    coverage = run(place, model)
    assert coverage.clipped and coverage.rows < len(before)
    assert place.rows() == before


def test_rows_in_a_gap_take_the_place_of_those_of_their_moment(place: Place) -> None:
    crowd = [Event(sec("03-17 12:00:00"), number, 1) for number in range(1, 30)]
    around = [Event(sec("03-17 11:00:00"), 100, 1), Event(sec("03-17 13:00:00"), 101, 1)]
    model = Model({"one": Fleet({1: []}, [*crowd, *around])}, history_limit=5)
    first = run(place, model, "events")
    assert first.gaps
    seen = place.rows("events", "id")
    assert len(seen) == first.rows >= 4
    assert run(place, model, "events").rows == first.rows
    assert place.rows("events", "id") == seen


def test_several_streams_and_tables_in_one_database(place: Place) -> None:
    model = world()
    run(place, model)
    run(place, model, "events", table="alarms")
    run(place, model, "tracks", table="more_points", trackers=[1])
    assert place.rows() == sorted(track_truth(model, START, END))
    assert place.rows("alarms", "id") == event_truth(model, START, END)
    assert {row[1] for row in place.rows("more_points")} == {1}
    model.asked.clear()
    assert run(place, model, resume=True).is_complete and not model.asked


def inside(done: list[tuple[str, int, TimeRange]], rows: Rows) -> Rows:
    """Those of the rows that belong to work which is done."""
    spans: dict[tuple[str, int], list[tuple[float, float]]] = {}
    for account, tracker, span in done:
        spans.setdefault((account, tracker), []).append((span.start.timestamp(), span.end.timestamp()))
    return [row for row in rows if any(start <= row[2] < end for start, end in spans.get(row[:2], ()))]


@pytest.mark.parametrize("stream", ["tracks", "events"])
def test_a_cut_at_any_step_leaves_what_an_undisturbed_run_completes(
    place: Place, stream: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = world()
    key, truth = ("mileage", track_truth) if stream == "tracks" else ("id", event_truth)
    whole = sorted(truth(model, START, END))
    with power_for_tables(10**6, monkeypatch) as taken:
        undisturbed = run(place, model, stream, table="undisturbed")
        steps = taken()
    assert place.rows("undisturbed", key) == whole and steps > 30
    cuts = 0
    for cut in range(0, steps, 5):
        table = f"cut_{cut}"
        with power_for_tables(cut, monkeypatch):
            try:
                run(place, model, stream, table=table)
            except PowerCut:
                cuts += 1
            else:
                # How many items share a commit depends on the moment, so a run may have fewer steps than the first.
                continue
        done = place.done(table)
        there = place.rows(table, key)
        assert there == inside(done, whole), "rows and marks do not agree"
        assert place.coverage(table) is None or there == whole, "a part that looks whole"
        model.asked.clear()
        resumed = run(place, model, stream, table=table, resume=True)
        assert place.rows(table, key) == whole
        assert not asked_again(model, done)
        assert (resumed.rows, resumed.complete) == (undisturbed.rows, undisturbed.complete)
        assert place.coverage(table) == place.coverage("undisturbed")
    assert cuts >= 5


CHILD = """
import sys
from pathlib import Path
from tests.support.harvest.kills import deadly
from tests.harvest.test_table import Place, run, world
from navixy_async.harvest.sinks import base

base.PERIOD = 0.02
model = deadly(world(trackers=12, points=300), int(sys.argv[5]))
run(Place(sys.argv[1], Path(sys.argv[2]), sys.argv[3], sys.argv[4]), model, resume=True)
print(model.count("track/read"))
"""


@pytest.mark.slow
def test_kill_minus_nine_at_random_moments(place: Place) -> None:
    whole = sorted(track_truth(world(trackers=12, points=300), START, END))
    needed = 12 * 2 * 5  # windows of 12 hours in 56

    def left() -> int:
        done = place.done()
        assert place.rows() == inside(done, whole), "rows and marks do not agree"
        assert place.coverage() is None, "a part that looks whole"
        return needed - len(done)

    *after_kills, too_many = lives(CHILD, [place.kind, str(place.path), place.dsn, place.schema], left, seed=7)
    assert needed > after_kills[0] > after_kills[-1] > 0, "something was done in each life, and never all of it"
    assert too_many == 0, "finished items were asked for again"
    assert place.rows() == whole and place.coverage() is not None


def test_a_finished_harvest_is_not_asked_for_again_and_another_one_begins_anew(place: Place) -> None:
    model = world()
    first = run(place, model)
    model.asked.clear()
    assert run(place, model, resume=True) == first
    assert not model.asked
    later = run(place, model, resume=True, end=END + timedelta(hours=5))
    assert later.is_complete and later.range.end > END
    assert place.rows() == sorted(track_truth(model, START, END + timedelta(hours=5)))


def test_failed_ranges_are_asked_for_again(place: Place) -> None:
    model = world()
    model.trouble = lambda path, params, _: (
        InvalidRequest(7, "Invalid parameters", operation=path) if params.get("tracker_id") == 2 else None
    )
    assert len(run(place, model).failed) == 2
    model.trouble = None
    model.asked.clear()
    assert run(place, model, resume=True).is_complete
    assert {params["tracker_id"] for _, path, params in model.asked if path == "track/read"} == {2}
    assert place.rows() == sorted(track_truth(model, START, END))


def test_another_harvest_is_not_gone_on_with(place: Place) -> None:
    model = world()
    model.trouble = lambda path, params, _: (
        InvalidRequest(7, "Invalid parameters", operation=path) if params.get("tracker_id") == 2 else None
    )
    run(place, model)
    rows = place.rows()
    with pytest.raises(
        InvalidInput, match=r"^the table tracks in .* holds another harvest \(end was 2026-03-18T17.* or begin without"
    ):
        run(place, model, resume=True, end=END + timedelta(hours=1))
    assert place.rows() == rows


async def test_a_cancelled_harvest_keeps_what_it_had_and_goes_on_there(place: Place) -> None:
    model = world()
    reached = asyncio.Event()

    async def pause() -> None:
        if len(model.asked) == 12:
            reached.set()
        await asyncio.sleep(0)

    model.pause = pause
    task = asyncio.create_task(place.write(harvest(model)))
    await reached.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    done = place.done()
    assert done
    model.asked.clear()
    assert (await place.write(harvest(model), resume=True)).is_complete
    assert not asked_again(model, done)
    assert place.rows() == sorted(track_truth(model, START, END))


def test_unknown_trackers_change_nothing(place: Place) -> None:
    with pytest.raises(InvalidInput, match="unknown tracker 77"):
        run(place, world(), trackers=[77])
    assert not place.has("tracks") and not place.has("navixy_job")
    assert place.kind == "postgres" or not place.path.parent.exists()


@pytest.mark.parametrize("name", ["", "a b", 'x"; DROP TABLE y', "9", "navixy_job", "x" * 60, 5])
def test_odd_names_of_tables_are_refused(place: Place, name: Any) -> None:
    with pytest.raises(InvalidInput, match=r"^(table must be a name of letters|the table navixy_job could be)"):
        run(place, world(), table=name)


def test_a_table_of_something_else_is_left_alone(place: Place) -> None:
    run(place, world(), "events")
    before = place.sql("SELECT count(*) FROM events")
    with pytest.raises(
        InvalidInput, match=r"^the table events in .* does not hold tracks \(its alt, speed, .* are miss"
    ):
        run(place, world(), "tracks", table="events")
    assert place.sql("SELECT count(*) FROM events") == before
    assert place.coverage("events") is not None


def test_columns_of_ones_own_may_be_added(place: Place) -> None:
    model = world()
    run(place, model)
    place.sql("ALTER TABLE tracks ADD COLUMN note VARCHAR(9) DEFAULT 'x'")
    run(place, model)
    assert place.rows() == sorted(track_truth(model, START, END))
    assert place.sql("SELECT DISTINCT note FROM tracks") == [("x",)]


async def test_two_harvests_at_once_are_refused(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "LOCK_WAIT", 0.05)
    model = world()
    reached, go_on = asyncio.Event(), asyncio.Event()

    async def pause() -> None:
        reached.set()
        await go_on.wait()

    model.pause = pause
    first = asyncio.create_task(place.write(harvest(model)))
    await reached.wait()
    with pytest.raises(InvalidInput, match=r"^another harvest is writing to .*: wait until it is done"):
        await place.write(harvest(world()))
    go_on.set()
    assert (await first).is_complete
    assert (await place.write(harvest(world()))).is_complete


def test_a_database_that_takes_no_more(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    model = world()
    kind = duckdb.IOException if place.kind == "duckdb" else psycopg.errors.DiskFull
    store: Any = DuckDBStore if place.kind == "duckdb" else PostgresStore
    real, calls = store.replace, 0

    def refuse(*args: Any) -> None:
        nonlocal calls
        calls += 1
        real(*args)
        if calls == 2:  # The first takes one item, the second what came meanwhile: there may be no third.
            raise kind("No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(base, "PERIOD", 0.0)
        patch.setattr(store, "replace", refuse)
        with pytest.raises(WriteFailed, match=r"could not be written to \(No space left on device\): fix that, then"):
            run(place, model)
    assert place.coverage() is None
    assert run(place, model, resume=True).is_complete
    assert place.rows() == sorted(track_truth(model, START, END))


SECRET = "hunter2-geheim"


@pytest.mark.parametrize(
    "dsn",
    [
        f"postgresql://u:{SECRET}@127.0.0.1:1/x",
        f"host=127.0.0.1 port=1 password={SECRET} dbname=x",
        f"postgres {SECRET}@host",
        f"{SECRET}=x",
        f"postgresql://u:{SECRET} x@[h/x",
        f"postgresql://u:{SECRET}%zz@h/x",
        f"host={SECRET}.invalid password={SECRET}",
    ],
)
def test_wrong_dsns_are_one_sentence_without_the_password(dsn: str, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput) as caught:
        run(Place("postgres", tmp_path, dsn, "public"), world())
    said = str(caught.value) + repr(caught.value)
    assert "\n" not in str(caught.value) and "DSN" in said
    assert SECRET not in said.replace(f"{SECRET}.invalid", "")
    assert caught.value.__cause__ is None and caught.value.__suppress_context__


def test_a_wrong_password_is_one_sentence_without_it(server: str, tmp_path: Path) -> None:
    with servers.guarded(server) as dsn:
        with pytest.raises(InvalidInput) as caught:
            run(Place("postgres", tmp_path, dsn.replace("right-word", SECRET), "public"), world())
        assert "password authentication failed" in str(caught.value) and SECRET not in str(caught.value)
        with pytest.raises(InvalidInput, match="has no schema 'nowhere'"):
            run(Place("postgres", tmp_path, dsn, "nowhere"), world())
        # Allowed to look, but not to make tables.
        with servers.schema(server) as schema, pytest.raises(WriteFailed, match="permission denied for schema") as told:
            run(Place("postgres", tmp_path, dsn, schema), world())
        assert "right-word" not in repr(told.value)


def test_a_schema_that_is_not_there_is_named(server: str, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="has no schema 'nowhere': create it or name another one"):
        run(Place("postgres", tmp_path, server, "nowhere"), world())


def test_a_server_that_goes_away_for_good_is_a_clear_error_and_the_harvest_goes_on(
    server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = world()
    with servers.schema(server) as schema:
        place = Place("postgres", tmp_path, server, schema)
        real, calls = PostgresStore.replace, 0

        def gone(self: PostgresStore, *args: Any) -> None:
            nonlocal calls
            calls += 1
            if calls >= 2:  # The first takes one item, the second what came meanwhile: there may be no third.
                own = self.execute("SELECT pg_backend_pid()")[0][0]
                place.sql(f"SELECT pg_terminate_backend({own})")
            real(self, *args)

        with monkeypatch.context() as patch:
            patch.setattr(base, "PERIOD", 0.0)
            patch.setattr(postgres, "PAUSES", (0.01, 0.01))
            patch.setattr(PostgresStore, "replace", gone)
            with pytest.raises(WriteFailed, match=r"^the PostgreSQL database .* could not be written to \(.*\): fix "):
                run(place, model)
        assert calls == 4, "once well, then as often as it is repeated"
        assert run(place, model, resume=True).is_complete
        assert place.rows() == sorted(track_truth(model, START, END))
