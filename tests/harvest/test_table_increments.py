"""A harvest without an end into tables: kept current in one transaction a piece, whatever stops it."""

from __future__ import annotations

import asyncio
import random
from typing import Any

import psycopg
import pytest

from navixy_async.errors import InvalidInput, InvalidRequest
from navixy_async.harvest import Coverage, Harvests, WriteFailed
from navixy_async.harvest.sinks import base
from navixy_async.harvest.sinks.tables import table

from ..support.harvest.model import Fleet, Model, Point, event_truth, sec, track_truth
from .test_incremental import START, Clock, harvest, world
from .test_table import Place, place

__all__ = ["place"]  # a fixture


def run(place: Place, model: Model, now: int, stream: str = "tracks", **options: Any) -> Coverage:
    model.now = now
    coverage: Coverage = asyncio.run(place.write(harvest(model, stream, **options), resume=True))
    return coverage


@pytest.mark.parametrize("stream", ["tracks", "events"])
def test_runs_end_with_the_rows_of_one_harvest(place: Place, stream: str) -> None:
    model, late = world(), 0
    for night in range(12):
        coverage = run(place, model, sec("03-11 01:30:00") + night * 86_400, stream)
        assert coverage.is_complete
        late += coverage.late_rows
    assert late > 10
    truth = track_truth if stream == "tracks" else event_truth
    now = Clock(model)()
    assert place.rows(stream, "mileage" if stream == "tracks" else "id") == sorted(truth(model, START, now))


def test_late_rows_are_counted(place: Place) -> None:
    noon = sec("03-10 12:00:00")
    model = Model({"one": Fleet({1: [Point(noon, 1), Point(noon + 60, 2, arrives=noon + 86_400)]})})
    assert run(place, model, sec("03-11 02:00:00")).late_rows == 0
    found = run(place, model, sec("03-12 02:00:00"))
    assert (found.late_rows, found.rows) == (1, 2)
    assert run(place, model, sec("03-12 03:00:00")).late_rows == 0
    assert len(place.rows()) == 2


def test_a_run_that_breaks_is_gone_on_with(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    model, draw = world(trackers=2, days=3), random.Random(5)
    real, left = table.TableStore.commit, 0

    def commit(*args: Any) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise WriteFailed("the power is gone")
        real(*args)

    now = sec("03-11 01:00:00")
    with monkeypatch.context() as patch:
        patch.setattr(base, "PERIOD", 0.0)
        patch.setattr(table.TableStore, "commit", commit)
        while now < sec("03-22 00:00:00"):
            left = draw.randrange(4)
            try:
                run(place, model, now)
                now += 50_000
            except WriteFailed:
                now += 300
    assert run(place, model, now).is_complete
    assert place.rows() == sorted(track_truth(model, START, Clock(model)()))


def test_a_harvest_with_an_end_forgets_nothing_that_keeps_the_table_current(place: Place) -> None:
    model = world(trackers=2)
    run(place, model, sec("03-12 09:00:00"))
    whole = Harvests(model.callers()).tracks(start=START, end=Clock(model)())
    assert asyncio.run(place.write(whole)).is_complete
    model.asked.clear()
    assert run(place, model, sec("03-12 10:00:00")).is_complete
    spans = [params["to"] - params["from"] for _, path, params in model.asked if path == "track/read"]
    assert sum(span.total_seconds() for span in spans) < 4 * 12 * 3600, "it asks again for what it holds"
    assert place.rows() == sorted(track_truth(model, START, Clock(model)()))


def test_a_table_that_was_dropped_is_missed(place: Place) -> None:
    model = world(trackers=2)
    run(place, model, sec("03-12 09:00:00"))
    drop(place)
    with pytest.raises(InvalidInput, match=r"the table tracks in .* is gone, and with it rows that were read: put it"):
        run(place, model, sec("03-12 10:00:00"))


def test_beginning_anew_forgets_what_was_read(place: Place) -> None:
    model = world(trackers=2)
    run(place, model, sec("03-12 09:00:00"))
    run(place, model, sec("03-12 10:00:00"))
    drop(place)
    model.trouble = lambda path, params, _: (
        InvalidRequest(7, "Invalid parameters", operation=path) if params.get("tracker_id") == 2 else None
    )
    assert len(asyncio.run(place.write(harvest(model))).failed) == 2
    model.trouble = None
    assert run(place, model, sec("03-12 11:00:00")).is_complete
    assert place.rows() == sorted(track_truth(model, START, Clock(model)()))


def drop(place: Place) -> None:
    if place.kind == "duckdb":
        place.sql("DROP TABLE tracks")
    else:
        with psycopg.connect(place.dsn, autocommit=True) as db:
            db.execute(f'DROP TABLE "{place.schema}".tracks'.encode())


def test_a_start_in_the_future_is_refused(place: Place) -> None:
    with pytest.raises(InvalidInput, match=r"the harvest begins at .* and it is .* now"):
        run(place, world(), sec("03-09 00:00:00"))
    assert not place.has("tracks")
