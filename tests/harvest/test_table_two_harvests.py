"""A table that is kept current and corrected: each of its two harvests goes on as if the other were not there."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from navixy_async.errors import InvalidInput, InvalidRequest
from navixy_async.harvest import Coverage, Harvests, Increments

from ..support.harvest.model import Model, sec, track_truth
from ..support.harvest.places import Place as Somewhere
from .test_incremental import START, Clock, harvest, world
from .test_table import Place, place
from .test_table_increments import run

__all__ = ["place"]  # a fixture

DAY = timedelta(days=1)


def punctual() -> Model:
    """Nothing comes late, so that all is there after each run."""
    model = world(trackers=2)
    for fleet in model.fleets.values():
        for points in fleet.points.values():
            for point in points:
                point.arrives = point.second
    return model


def correct(place: Place, model: Model, *, resume: bool, **options: Any) -> Coverage:
    """A harvest of two days that are over, for one tracker."""
    usual: dict[str, Any] = {"trackers": [1], "start": START, "end": START + 2 * DAY, "window": DAY / 2}
    harvest = Harvests(model.callers()).tracks(**usual | options)
    coverage: Coverage = asyncio.run(place.write(harvest, resume=resume))
    return coverage


def seconds_asked(model: Model) -> float:
    spans: list[timedelta] = [params["to"] - params["from"] for _, path, params in model.asked if path == "track/read"]
    return sum(span.total_seconds() for span in spans)


def trouble(path: str, params: Any, _: Any) -> Exception | None:
    return InvalidRequest(7, "Invalid parameters", operation=path) if params.get("tracker_id") == 1 else None


@pytest.mark.parametrize("resume", [False, True])
@pytest.mark.parametrize("ends", ["well", "with holes"])
def test_a_correction_forgets_nothing_that_is_held(place: Place, resume: bool, ends: str) -> None:
    model = punctual()
    run(place, model, sec("03-14 09:00:00"))
    model.trouble = trouble if ends == "with holes" else None
    for _ in range(2):
        assert correct(place, model, resume=resume).is_complete == (ends == "well")
    model.trouble = None
    model.asked.clear()
    coverage = run(place, model, sec("03-14 10:00:00"))
    assert coverage.is_complete and coverage.range.start == START
    assert seconds_asked(model) < 2 * 36 * 3600 + 8 * 3600, "it asks again for what it holds"
    assert place.rows() == sorted(track_truth(model, START, Clock(model)()))


def test_a_correction_that_broke_is_resumed_after_runs_of_the_other(place: Place) -> None:
    model = punctual()
    run(place, model, sec("03-14 09:00:00"))
    model.trouble = lambda path, params, _: (
        trouble(path, params, _) if params.get("from") and params["from"] >= START + DAY else None
    )
    assert not correct(place, model, resume=False).is_complete
    model.trouble = None
    assert run(place, model, sec("03-14 10:00:00")).is_complete
    model.asked.clear()
    assert correct(place, model, resume=True).is_complete
    assert 0 < seconds_asked(model) <= DAY.total_seconds() + 10, "what it had done is not asked for again"
    assert place.rows() == sorted(track_truth(model, START, Clock(model)()))


@pytest.mark.parametrize("where", ["table", "files"])
@pytest.mark.parametrize("ends", ["well", "with holes"])
def test_another_kept_current_harvest_is_refused_by_one_rule(
    place: Place, where: str, ends: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    model = punctual()
    somewhere: Any = place if where == "table" else Somewhere("parquet", tmp_path_factory.mktemp("files"))
    model.now = sec("03-14 09:00:00")
    model.trouble = trouble if ends == "with holes" else None

    def once(**options: Any) -> Coverage:
        asked: dict[str, Any] = {"start": START, "increments": Increments(clock=Clock(model))} | options
        job = Harvests(model.callers()).tracks(**asked)
        coverage: Coverage = asyncio.run(place.write(job, resume=True) if where == "table" else somewhere.write(job))
        return coverage

    once()
    model.asked.clear()
    for options, says in (
        ({"start": START + DAY}, r"\(start was 2026-.* and is now 2026-"),
        ({"trackers": [1]}, r"\(trackers was all and is now \[1\]\)"),
    ):
        with pytest.raises(InvalidInput, match=r"holds another harvest " + says):
            once(**options)
    assert not model.count("track/read")
    model.trouble = None
    assert once().is_complete


def test_a_table_that_is_dropped_takes_both_with_it(place: Place, caplog: pytest.LogCaptureFixture) -> None:
    model = punctual()
    run(place, model, sec("03-14 09:00:00"))
    place.sql("DROP TABLE " + (f'"{place.schema}".tracks' if place.kind == "postgres" else "tracks"))
    assert correct(place, model, resume=False).is_complete
    assert "what kept it current begins again from its start" in caplog.text
    assert run(place, model, sec("03-14 10:00:00")).is_complete
    assert place.rows() == sorted(track_truth(model, START, Clock(model)()))


def test_late_rows_are_the_same_number_everywhere(place: Place, tmp_path_factory: pytest.TempPathFactory) -> None:
    files, found = Somewhere("parquet", tmp_path_factory.mktemp("files")), []
    model = world()
    for night in range(8):
        # A point that vanishes and one that comes late at another moment: one late row, and not none.
        if night == 3:
            points = next(iter(model.fleets.values())).points
            points[1] = points[1][1:]
        now = sec("03-11 01:30:00") + night * 86_400
        in_table = run(place, model, now).late_rows
        model.now = now
        found.append((in_table, asyncio.run(files.write(harvest(model))).late_rows))
    assert sum(one for one, _ in found) > 5
    assert all(one == other for one, other in found), found
