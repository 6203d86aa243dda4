"""Odd rows over the whole way: engine, coverage, books and files; and the streams that are no plain lists."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from navixy_async.errors import NavixyError
from navixy_async.harvest import Harvests
from navixy_async.harvest.account import HarvestAccount
from navixy_async.harvest.plan.windows import Item
from navixy_async.harvest.streams import STREAMS, FetchResult
from navixy_async.times import TimeRange

from ..support.harvest.model import Event, Fleet, Model, Point, at, sec
from ..support.harvest.odd_answers import NASTY, Answers

START, END = at("03-16 00:00:00"), at("03-17 00:00:00")

SECOND = timedelta(seconds=1)

REPLACED = "\N{REPLACEMENT CHARACTER}"


@dataclass
class Odd(Model):
    """A platform that writes something else in one place of its answers."""

    spoil: Callable[[str, str, bytes], bytes] = lambda label, path, body: body

    def answer(self, label: str, path: str, params: Mapping[str, Any]) -> bytes:
        return self.spoil(label, path, super().answer(label, path, params))


def replacing(old: bytes, new: bytes, account: str = "one") -> Callable[[str, str, bytes], bytes]:
    return lambda label, path, body: body.replace(old, new) if label == account else body


def day_of_points(count: int, **members: Any) -> list[Point]:
    step = 86_400 // count
    return [Point(sec("03-16 00:00:00") + place * step, place, {"alt": 35, **members}) for place in range(count)]


def world(count: int = 1440, **members: Any) -> Odd:
    return Odd({"one": Fleet({1: day_of_points(count, **members)}), "two": Fleet({2: day_of_points(24)})})


def tracks(model: Model, **options: Any) -> Any:
    return Harvests(model.callers()).tracks(start=START, end=END, **options)


def files(root: Path) -> list[Path]:
    return sorted(root.rglob("*.parquet"))


def one(root: Path, kind: str) -> Path:
    """The file of account one."""
    return next(root.rglob(f"account=one/*/*.{kind}"))


@pytest.mark.parametrize(
    ("told", "found"),
    [
        (b"35.4", 35.4),
        (b'"12"', 12.0),
        (b"4294967295", 4294967295.0),
        (b"-0.5e1", -5.0),
        (b'"12 m"', None),
        (b"NaN", None),
        (b'"NaN"', None),
        (b"1" + b"0" * 100_000, None),
        (b"[" * 100_000 + b"]" * 100_000, None),
        (b'{"m": 12}', None),
    ],
    ids=lambda value: str(value)[:12],
)
async def test_one_odd_value_of_1440_points_costs_a_second_at_the_most(
    told: bytes, found: float | None, tmp_path: Path
) -> None:
    model = world()
    model.fleets["one"].points[1][700].members["alt"] = 77777
    model.spoil = replacing(b"77777", told)
    coverage = await tracks(model).to_parquet(tmp_path)
    rows = pq.ParquetFile(one(tmp_path, "parquet")).read().to_pylist()
    assert [row["alt"] for row in rows] == [35.0] * 700 + [found] + [35.0] * 739
    moment = datetime.fromtimestamp(model.fleets["one"].points[1][700].second, UTC)
    expected = [] if found is not None else [(1, TimeRange(moment, moment + SECOND))]
    assert [(hole.tracker_id, hole.range) for hole in coverage.holes] == expected
    assert coverage.is_complete is (found is not None)
    assert coverage.odd_rows == len(expected) and coverage.rows == 1440 + 24


async def test_a_point_without_a_time_is_a_gap_between_its_neighbours(tmp_path: Path) -> None:
    model = world()
    second = model.fleets["one"].points[1][700].second
    model.spoil = replacing(json.dumps(model.text(second)).encode(), b'"just now"')
    coverage = await tracks(model).to_parquet(tmp_path)
    (hole,) = coverage.holes
    assert hole.range == TimeRange(
        datetime.fromtimestamp(second - 60, UTC), datetime.fromtimestamp(second + 60, UTC) + SECOND
    )
    assert coverage.rows == 1439 + 24 and coverage.odd_rows == 1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"precision": 77777', b'"precision": 4294967295'),
        (b'"precision": 77777', b'"precision": "far"'),
        (b'"id": 1177', b'"id": 9223372036854775808'),
        (b'"id": 1177', b'"id": null'),
        (b'"event": "seventh"', b'"event": {"name": ["seventh"]}'),
        (b'"event": "seventh"', b'"event": "s\xe9venth"'),
    ],
)
async def test_one_odd_event_of_2400_costs_a_second_at_the_most(old: bytes, new: bytes, tmp_path: Path) -> None:
    first = sec("03-16 00:00:00")
    events = [Event(first + number * 30, 1000 + number, 1 + number % 100) for number in range(2400)]
    events[177].event = "seventh"
    events[177].members["location"] = {"lat": 1.0, "lng": 2.0, "precision": 77777}
    fleet = Fleet({tracker: [] for tracker in range(1, 101)}, events)
    model = Odd({"one": fleet, "two": Fleet({101: []}, [Event(first + 5, 1, 101)])})
    model.spoil = replacing(old, new)
    coverage = await Harvests(model.callers()).events(start=START, end=END).to_parquet(tmp_path)
    rows = [row for path in files(tmp_path) for row in pq.ParquetFile(path).read().to_pylist()]
    others = [event.id for event in events if event.id != 1177]
    assert {row["id"] for row in rows} >= {*others, 1} and len(rows) in (2400, 2401)
    assert not coverage.failed
    for hole in coverage.holes:
        assert hole.range == TimeRange(
            datetime.fromtimestamp(events[177].second, UTC), datetime.fromtimestamp(events[177].second + 1, UTC)
        )
        assert hole.tracker_id == events[177].tracker
    assert len(rows) == 2401 or coverage.holes


def is_text(path: Path) -> str:
    return path.read_bytes().decode("utf-8", "strict")


@pytest.mark.parametrize("count", [20, 1440], ids=["small", "large"])
@pytest.mark.parametrize("kind", ["parquet", "csv", "ndjson", "duckdb", "arrow"])
async def test_bytes_that_are_no_utf8_are_replaced_in_every_sink(kind: str, count: int, tmp_path: Path) -> None:
    model = world(count, address="A street in a town that has a long name, in a county that has a longer one")
    model.fleets["one"].points[1][7].members["address"] = "Caf77777 street"
    model.spoil = replacing(b"Caf77777", b"Caf\xe9")
    harvest = tracks(model)
    if kind == "parquet":
        coverage = await harvest.to_parquet(tmp_path)
        path = one(tmp_path, "parquet")
        pq.ParquetFile(path).read().validate(full=True)
        rows = duckdb.execute(f"SELECT address FROM read_parquet('{path}') ORDER BY time").fetchall()
        texts = [row[0] for row in rows]
    elif kind == "duckdb":
        coverage = await harvest.to_duckdb(tmp_path / "all.duckdb")
        with duckdb.connect(str(tmp_path / "all.duckdb")) as db:
            texts = [
                row[0] for row in db.sql("SELECT address FROM tracks WHERE account = 'one' ORDER BY time").fetchall()
            ]
    elif kind == "arrow":
        table = await harvest.to_arrow()
        table.validate(full=True)
        texts = table.filter(pa.compute.equal(table["tracker_id"], 1))["address"].to_pylist()
        coverage = harvest.coverage
    else:
        coverage = await harvest.to_files(tmp_path, kind)
        lines = is_text(one(tmp_path, kind)).splitlines()
        texts = [f"Caf{REPLACED} street" if f"Caf{REPLACED} street" in line else "" for line in lines[kind == "csv" :]]
    assert texts[7] == f"Caf{REPLACED} street" and len(texts) == count
    assert coverage.is_complete and coverage.rows == count + 24
    assert (coverage.replaced_texts, coverage.odd_rows) == (1, 0)
    assert "1 texts were not Unicode" in str(coverage)


async def test_counts_of_odd_rows_survive_a_resume_and_the_manifest_tells_them(tmp_path: Path) -> None:
    model = world()
    model.fleets["one"].points[1][7].members["alt"] = 77777
    model.fleets["one"].points[1][8].members["address"] = "Caf77777"
    model.spoil = lambda label, path, body: body.replace(b"Caf77777", b"Caf\xe9").replace(b": 77777", b': "far"')
    model.trouble = lambda path, params, _: (
        NavixyError("no") if params.get("tracker_id") == 2 and path == "track/read" else None
    )
    first = await tracks(model).to_parquet(tmp_path)
    assert len(first.failed) == 1 and first.odd_rows == 1
    model.trouble = None
    second = await tracks(model).to_parquet(tmp_path, resume=True)
    assert (second.odd_rows, second.replaced_texts, second.rows) == (1, 1, 1464)
    assert [hole.range.span for hole in second.holes] == [SECOND]
    told = json.loads((tmp_path / "manifest.json").read_text())["streams"]["tracks"]["coverage"]
    assert (told["odd_rows"], told["replaced_texts"], told["is_complete"]) == (1, 1, False)
    table = tmp_path / "all.duckdb"
    third = await tracks(model).to_duckdb(table)
    again = await tracks(model).to_duckdb(table, resume=True)
    assert (third.odd_rows, third.replaced_texts) == (again.odd_rows, again.replaced_texts) == (1, 1)


async def test_odd_rows_are_logged_once_with_their_place(caplog: pytest.LogCaptureFixture) -> None:
    model = world(24)
    for point in model.fleets["one"].points[1][3:13]:
        point.members["alt"] = 77777
    model.spoil = replacing(b"77777", b'"far\x1b[31m"')
    with caplog.at_level(logging.WARNING, "navixy_async"):
        await tracks(model, on_error="collect").to_arrow()
    (line,) = [record.getMessage() for record in caplog.records if "odd rows" in record.getMessage()]
    assert "one: tracks: 10 odd rows" in line and "and 5 more" in line
    assert "tracker 1 at 2026-03-16T03:00:00Z alt is" in line and "\x1b" not in line


async def test_thousands_of_odd_rows_are_some_hundreds_of_gaps(tmp_path: Path) -> None:
    model = world(2880)
    for point in model.fleets["one"].points[1][::2]:
        point.members["alt"] = 77777
    model.spoil = replacing(b"77777", b'"far"')
    coverage = await tracks(model).to_parquet(tmp_path)
    assert coverage.odd_rows == 1440 and coverage.rows == 2880 + 24
    assert 100 <= len(coverage.gaps) <= 300
    moments = [datetime.fromtimestamp(point.second, UTC) for point in model.fleets["one"].points[1][::2]]
    assert all(any(moment in hole.range for hole in coverage.gaps) for moment in moments)


def large_body(first: bool, other: str) -> tuple[bytes, int]:
    """More than 6 MB, of which the half is objects in the list of another member."""
    row = b'{"get_time":"2026-03-16T10:00:00+0000","lat":51.5,"lng":-0.25,"alt":35,"address":"A street in some town"}'
    ours = b'"list":[' + b",".join([row] * 32_000) + b"]"
    theirs = f'"{other}":['.encode() + b",".join([row] * 32_000) + b"]"
    parts = [theirs, ours] if first else [ours, theirs]
    return b'{"success":true,' + b",".join(parts) + b"}", 32_000


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize("other", ["more", "details", "a"])
def test_objects_of_another_member_are_no_rows(first: bool, other: str) -> None:
    body, rows = large_body(first, other)
    found = STREAMS["tracks"].layout.read(body, "track/read", fixed={"tracker_id": 1})
    assert len(body) > 6_000_000 and found.batch.num_rows == rows


def test_lists_inside_of_rows_are_no_rows() -> None:
    inner = b'"list":[' + b",".join([b'{"get_time":"2026-03-16T10:00:00+0000"}'] * 40) + b"]"
    row = b'{"get_time":"2026-03-16T10:00:00+0000","address":"},{\\"x\\":[{",' + inner + b"}"
    body = b'{"success":true,"list":[' + b",".join([row] * 5_000) + b"]}"
    found = STREAMS["tracks"].layout.read(body, "track/read", fixed={"tracker_id": 1})
    assert len(body) > 6_000_000 and found.batch.num_rows == 5_000
    assert set(found.batch.column("address").to_pylist()) == {'},{"x":[{'}


class Unforeseen(Exception):
    pass


async def test_any_exception_of_one_item_is_a_hole_of_that_item(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    model = world(24)
    model.trouble = lambda path, params, _: Unforeseen("boom") if params.get("tracker_id") == 1 else None
    coverage = await tracks(model).to_parquet(tmp_path)
    assert {(hole.account, hole.tracker_id, hole.error) for hole in coverage.holes} == {("one", 1, "Unforeseen")}
    assert coverage.rows == 24
    assert any(record.exc_info for record in caplog.records)
    with pytest.raises(NavixyError, match="Unforeseen: boom") as caught:
        await tracks(model, on_error="raise").to_arrow()
    assert isinstance(caught.value.cause, Unforeseen)  # type: ignore[attr-defined]


async def test_any_exception_at_the_beginning_is_the_trouble_of_one_account(tmp_path: Path) -> None:
    model = world(24)
    callers = model.callers()
    real = callers[0].call_bytes

    async def call_bytes(operation: Any, params: Any = None, **more: Any) -> bytes:
        if operation.path == "tracker/list":
            raise Unforeseen("boom")
        return await real(operation, params, **more)

    callers[0].call_bytes = call_bytes  # type: ignore[method-assign]
    coverage = await Harvests(callers).tracks(start=START, end=END).to_parquet(tmp_path)
    assert [(hole.account, hole.tracker_id, hole.error) for hole in coverage.failed] == [("one", None, "Unforeseen")]
    assert coverage.rows == 24


@pytest.mark.parametrize("told", [b"-5", b"9223372036854775808", b"null", b'"x"', b"0", b"1.5", b"[]"])
async def test_an_id_that_is_none_sets_that_tracker_aside_by_name(told: bytes, tmp_path: Path) -> None:
    model = world(24)
    model.fleets["one"].points[77777] = day_of_points(24)
    model.spoil = replacing(b'"id": 77777, "label"', b'"id": ' + told + b', "label"')
    coverage = await tracks(model).to_parquet(tmp_path)
    assert coverage.rows == 48 and not coverage.is_complete and not coverage.failed
    (hole,) = coverage.gaps
    assert (hole.account, hole.tracker_id, hole.range) == ("one", None, TimeRange(START, END))
    again = await tracks(model).to_parquet(tmp_path, resume=True)
    assert again.gaps == coverage.gaps


async def test_an_id_in_quotes_is_an_id(tmp_path: Path) -> None:
    model = world(24)
    model.spoil = replacing(b'"id": 1, "label": "Car 1"', b'"id": "1", "label": null')
    coverage = await tracks(model).to_parquet(tmp_path)
    assert coverage.is_complete and coverage.rows == 48


@pytest.mark.parametrize("limit", [b"true", b"-1", b"1e9", b"1000000000000", b'"many"', b"0"])
async def test_an_absurd_limit_is_not_believed(limit: bytes) -> None:
    model = world(24)
    model.spoil = lambda label, path, body: body.replace(b'"history.max_limit": 1000', b'"history.max_limit": ' + limit)
    [_ async for _ in Harvests(model.callers()).events(start=START, end=END)]
    assert {params["limit"] for _, path, params in model.asked if path == "history/tracker/list"} == {1000}


@pytest.mark.parametrize(
    "told",
    [b'"0001-01-01T00:00:00+05:00"', b'"9999-12-31T23:59:59-05:00"', b"5", b'"noon"', b"[]", b'"1999-01-01T00:00:00Z"'],
)
async def test_a_clock_that_shows_no_time_is_none(told: bytes) -> None:
    with ThreadPoolExecutor(1) as executor:
        answers = Answers({"tracker/get_states": b'{"success": true, "states": {}, "user_time": ' + told + b"}"})
        try:
            shown = await HarvestAccount(answers, executor).read_clock(1)  # type: ignore[arg-type]
        except NavixyError:
            shown = None  # Who asks goes on with the clock of this machine.
    assert shown is None


TRACKERS = (7, 8, 9)

INFO = b'{"success": true, "user_info": {"time_zone": "UTC"}}'


def fetched(stream: str, answers: Mapping[str, bytes], trackers: tuple[int, ...] = TRACKERS) -> FetchResult:
    async def work() -> FetchResult:
        with ThreadPoolExecutor(1) as executor:
            source = HarvestAccount(Answers({"user/get_info": INFO, **answers}), executor)  # type: ignore[arg-type]
            source.trackers = trackers
            return await STREAMS[stream].fetch(source, Item("one", trackers, TimeRange(START, END)))

    return asyncio.run(work())


def is_nothing(value: bytes) -> bool:
    """Null, and texts of nothing but blanks."""
    return value == b"null" or not value.strip(b'" \t')


def gaps_of(found: FetchResult, tracker: int) -> list[TimeRange]:
    from navixy_async.harvest.answers.odd import report_odd_rows  # tests that are older can be collected without it

    gaps = [*found.gaps, *report_odd_rows(found.odd, TRACKERS, TimeRange(START, END), "one").gaps]
    return [part for whose, part, _ in gaps if tracker in whose]


STATE = {
    "source_id": 5,
    "gps": {"updated": "2026-03-16T10:00:00+0000", "location": {"lat": 1.5, "lng": 2.5}, "speed": 5, "gsm_lbs": False},
    "gsm": {"updated": "2026-03-16T10:00:00+0000", "network_name": "Net", "roaming": False, "signal_level": 70},
    "connection_status": "active",
    "movement_status": "moving",
    "ignition": True,
    "last_update": "2026-03-16T10:00:00+0000",
    "battery_level": 80,
    "inputs": [True, False],
    "additional": {"a": {"value": "b"}},
}


@pytest.mark.parametrize("member", [*STATE, "the whole"])
def test_states(member: str) -> None:
    def body(value: bytes) -> bytes:
        odd = {name: json.dumps(told).encode() for name, told in STATE.items()} | {member: value}
        written = b"{" + b",".join(b'"%s": %s' % (name.encode(), told) for name, told in odd.items()) + b"}"
        good = json.dumps(STATE).encode()
        mine = value if member == "the whole" else written
        return b'{"success": true, "states": {"7": %s, "8": %s, "9": %s}}' % (good, mine, good)

    def read(value: bytes) -> tuple[FetchResult, dict[int, Any]]:
        found = fetched("states", {"tracker/get_states": body(value)})
        found.batch.validate(full=True)
        return found, {row["tracker_id"]: row for row in found.batch.to_pylist()}

    _, honest = read(b"null")
    for value in NASTY:
        if b", " in value and value[:1] not in b"[{" and member == "the whole":
            continue
        found, rows = read(value)
        assert (rows[7], rows[9]) == (honest[7], honest[9])
        assert 8 in rows or gaps_of(found, 8)
        if member in ("source_id", "battery_level", "ignition") and rows[8][member] is None:
            assert gaps_of(found, 8) or is_nothing(value)
        assert not gaps_of(found, 7) and not gaps_of(found, 9)


@pytest.mark.parametrize("member", ["mileage", "day", "tracker"])
def test_mileage(member: str) -> None:
    good = b'{"2026-03-16": {"mileage": 5.5}}'
    for value in NASTY:
        if b", " in value and value[:1] not in b"[{" and member != "mileage":
            continue
        mine = {"mileage": b'{"2026-03-16": {"mileage": %s}}', "day": b'{"2026-03-16": %s}', "tracker": b"%s"}[
            member
        ] % value
        body = b'{"success": true, "result": {"7": %s, "8": %s, "9": %s}}' % (good, mine, good)
        found = fetched("mileage", {"tracker/stats/mileage/read": body})
        rows = {row["tracker_id"]: row["mileage"] for row in found.batch.to_pylist()}
        assert rows[7] == rows[9] == 5.5
        empty = is_nothing(value) or value[:1] == b"{"
        assert rows.get(8) is not None or gaps_of(found, 8) or empty
        assert not gaps_of(found, 7) and not gaps_of(found, 9)


def test_engine_hours() -> None:
    for value in NASTY:
        body = b'{"success": true, "value": %s}' % value
        found = fetched("engine_hours", {"tracker/stats/engine_hours/read": body}, (8,))
        (row,) = found.batch.to_pylist()
        assert row["engine_hours"] is not None or gaps_of(found, 8) or is_nothing(value)
