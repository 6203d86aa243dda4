"""The account's time zone changes between two runs: told of, and days are read again; none stands twice or is lost."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from navixy_async.errors import InvalidRequest
from navixy_async.harvest.report.verify import verify

from ..support.harvest import servers
from ..support.harvest.model import Model, day_truth, sec
from ..support.harvest.places import KINDS, Place
from ..support.harvest.power import PowerCut, power_for_files
from .test_due import harvest
from .test_local_days import VALUES, days_found, world, write

FIRST, LAST = date(2026, 3, 2), date(2026, 3, 13)

CHANGES = [
    ("Europe/Berlin", "Asia/Tokyo"),
    ("Asia/Tokyo", "America/Los_Angeles"),
    ("Etc/GMT+12", "Pacific/Kiritimati"),
    ("Pacific/Kiritimati", "Etc/GMT+12"),
]


@pytest.fixture(params=[*(kind for kind in KINDS if kind != "function"), "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    if request.param == "postgres":
        dsn = request.getfixturevalue("server")
        with servers.schema(dsn) as schema:
            yield Place("postgres", tmp_path, dsn, schema)
    else:
        yield Place(request.param, tmp_path)


def moved(model: Model, zone: str) -> None:
    for fleet in model.fleets.values():
        fleet.time_zone = zone


def few_in_plain(cases: Iterable[tuple[str, int, object]]) -> list[Any]:
    """The cases (a place, the number of a change, and more); of most, a few are in the plain suite."""
    found = []
    for at, (kind, change, more) in enumerate(cases):
        plain = (kind == "parquet" and more in (True, "mileage")) or at % 11 == 5
        marks = () if plain else (pytest.mark.proof,)
        found.append(pytest.param(kind, *CHANGES[change], more, marks=marks))
    return found


@pytest.mark.parametrize(
    ("place", "before", "after", "finished"),
    few_in_plain(product(["parquet", "ndjson", "duckdb", "postgres"], range(4), [True, False])),
    indirect=["place"],
)
def test_days_of_a_harvest_with_an_end_are_read_again(
    place: Place, before: str, after: str, finished: bool, caplog: pytest.LogCaptureFixture
) -> None:
    model = world(before, first=FIRST, last=LAST)
    (label,) = model.fleets
    write(place, model, "mileage", FIRST, LAST, now="03-25 00:00:00" if finished else "03-08 20:30:00")
    moved(model, after)
    with caplog.at_level(logging.WARNING, logger="navixy_async"):
        coverage = write(place, model, "mileage", FIRST, LAST, now="03-26 00:00:00")
    assert days_found(place, "mileage") == day_truth(model, FIRST, LAST, 2**40)
    assert coverage.is_complete and coverage.rows == len(place.rows("mileage")) == (LAST - FIRST).days
    assert coverage.calendars == {label: f"{before} then {after}"}
    assert f"its time zone was {before} and is {after} now" in caplog.text
    caplog.clear()
    model.asked.clear()
    again = write(place, model, "mileage", FIRST, LAST, now="03-27 00:00:00")
    assert not [path for _, path, _ in model.asked if "stats" in path] and "time zone" not in caplog.text
    assert days_found(place, "mileage") == day_truth(model, FIRST, LAST, 2**40)
    assert again.is_complete


@pytest.mark.parametrize(
    ("place", "before", "after", "stream"),
    few_in_plain(product(["parquet", "duckdb", "postgres"], range(3), VALUES)),
    indirect=["place"],
)
def test_days_of_a_harvest_without_an_end_are_read_again(place: Place, before: str, after: str, stream: str) -> None:
    model = world(before, first=FIRST, last=LAST)
    for now, zone in (("03-05 12:00:00", before), ("03-07 12:00:00", before), ("03-09 12:00:00", after)):
        moved(model, zone)
        coverage = write(place, model, stream, FIRST, None, now=now)
    assert "then" in next(iter(coverage.calendars.values()))
    write(place, model, stream, FIRST, None, now="03-20 00:00:00")
    over = day_truth(model, FIRST, date(2026, 3, 20), sec("03-20 00:00:00"))
    assert set(days_found(place, stream)) >= set(over)
    assert len(days_found(place, stream)) == len(over) + 1, "and the day that goes on"


def test_a_run_that_is_killed_in_the_middle_of_the_change_is_gone_on_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for steps in (9, 22):
        place = Place("parquet", tmp_path / str(steps))
        model = world("Europe/Berlin", "Asia/Tokyo", first=FIRST, last=LAST)
        write(place, model, "mileage", FIRST, LAST, now="03-25 00:00:00")
        moved(model, "America/New_York")
        with monkeypatch.context() as patch, power_for_files(steps, patch), suppress(PowerCut):
            write(place, model, "mileage", FIRST, LAST, now="03-26 00:00:00")
        assert write(place, model, "mileage", FIRST, LAST, now="03-26 01:00:00").is_complete
        assert days_found(place, "mileage") == day_truth(model, FIRST, LAST, 2**40)
        assert verify(tmp_path / str(steps) / "out").is_sound


def test_days_that_cannot_be_read_again_stay_and_are_named(place: Place) -> None:
    model = world("Europe/Berlin", first=FIRST, last=LAST)
    write(place, model, "mileage", FIRST, LAST, now="03-25 00:00:00")
    moved(model, "Asia/Tokyo")
    model.trouble = lambda path, *_: InvalidRequest(7, "no", operation=path) if "stats" in path else None
    coverage = write(place, model, "mileage", FIRST, LAST, now="03-26 00:00:00")
    assert coverage.failed and coverage.young and not coverage.is_complete
    assert len(place.rows("mileage")) >= (LAST - FIRST).days - 1
    model.trouble = None
    assert write(place, model, "mileage", FIRST, LAST, now="03-27 00:00:00").is_complete
    assert days_found(place, "mileage") == day_truth(model, FIRST, LAST, 2**40)


def test_times_without_offset_that_were_read_in_two_zones_are_told_of(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    model = world("Europe/Berlin", first=FIRST, last=LAST)
    (label,) = model.fleets
    model.naive, model.zone = True, "Europe/Berlin"
    start = datetime(2026, 3, 3, tzinfo=UTC)

    def run(now: str) -> Any:
        model.now = sec(now)
        return asyncio.run(harvest(model, "tracks", start=start).to_parquet(tmp_path, resume=True))

    assert run("03-05 12:00:00").zones == {label: "Europe/Berlin"}
    moved(model, "Asia/Tokyo")
    model.zone = "Asia/Tokyo"
    coverage = run("03-06 12:00:00")
    assert coverage.zones == {label: "Europe/Berlin then Asia/Tokyo"}
    assert "read in Europe/Berlin before, and are read in Asia/Tokyo from now on" in caplog.text
    assert run("03-07 12:00:00").zones == {label: "Europe/Berlin then Asia/Tokyo"}
    told = json.loads((tmp_path / "manifest.json").read_text())["streams"]["tracks"]["coverage"]["zones"]
    assert told == {label: "Europe/Berlin then Asia/Tokyo"}
