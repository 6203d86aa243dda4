"""An unfinished harvest counts what it has: rows that wait for their day to become whole are there, and are shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from navixy_async.cli.commands.coverage import summarise
from navixy_async.errors import InvalidRequest
from navixy_async.harvest import Harvest, Harvests, Increments
from navixy_async.harvest.report.archive import STATES, Stored, read_archive
from navixy_async.harvest.report.daily_status import day_tables

from ..support.harvest.model import Model, at
from ..support.harvest.small import DAY, END, START, world

COMPLETE = STATES.index("complete")


class Stop(BaseException):
    """The harvest's process is gone."""


def stopping(model: Model, *, at_request: int) -> None:
    """From this request on, the process is gone."""
    left = iter(range(at_request))

    def trouble(path: str, params: Mapping[str, Any], _: Any) -> None:
        if path in ("track/read", "history/tracker/list") and next(left, None) is None:
            raise Stop

    model.trouble = trouble


def harvest(model: Model, stream: str, **options: Any) -> Harvest:
    job: Harvest = getattr(Harvests(model.callers()), stream)(start=START, end=END, window=DAY, workers=1, **options)
    return job


def stored(folder: Path, stream: str) -> Stored:
    return read_archive(folder)[stream]


def cells(folder: Path, found: Stored) -> dict[tuple[str, int, Any], tuple[int, int]]:
    """State and rows by account, tracker and day."""
    drawn = {}
    for table in day_tables(folder, found):
        assert table.rows is not None
        for place, tracker in enumerate(table.trackers):
            for number, day in enumerate(table.days):
                cell = place * len(table.days) + number
                drawn[table.account, tracker, day] = table.states[cell], table.rows[cell]
    return drawn


def truth(model: Model, stream: str) -> Counter[tuple[str, int, Any]]:
    rows: Counter[tuple[str, int, Any]] = Counter()
    for account, fleet in model.fleets.items():
        for tracker, points in fleet.points.items():
            rows.update((account, tracker, at_day(point.second)) for point in points)
    return rows


def at_day(second: int) -> Any:
    return (at("01-01 00:00:00").replace(year=1970) + timedelta(seconds=second)).date()


@pytest.mark.parametrize("stream", ["tracks", "events"])
@pytest.mark.parametrize("requests", [1, 5, 9])
async def test_finished_days_of_an_unfinished_harvest_show_their_rows(
    stream: str, requests: int, tmp_path: Path
) -> None:
    model = world()
    stopping(model, at_request=requests if stream == "tracks" else min(requests, 4))
    with pytest.raises((Stop, BaseExceptionGroup)):
        await harvest(model, stream).to_parquet(tmp_path / "out")
    found = stored(tmp_path / "out", stream)
    assert not found.finished
    drawn, right = cells(tmp_path / "out", found), truth(model, stream)
    done = {key: rows for key, (state, rows) in drawn.items() if state == COMPLETE}
    assert done
    assert done == {key: right[key] for key in done}
    assert found.rows == sum(rows for _, rows in drawn.values()) > 0
    lines = summarise(stream, found)
    assert {line["account"]: line["rows"] for line in lines if line["rows"]} == dict(
        sum((Counter({account: rows}) for (account, _, _), (_, rows) in drawn.items()), Counter())
    )


async def test_a_day_that_failed_in_part_is_not_counted_twice(tmp_path: Path) -> None:
    """Its file holds what came, and so do the parts: for the harvest that is to bring the rest."""
    model = world()

    def refuse(path: str, params: Mapping[str, Any], _: Any) -> Exception | None:
        failing = params.get("tracker_id") in (3, 13)
        return InvalidRequest(7, "Invalid parameters", operation=path) if failing else None

    model.trouble = refuse
    assert (await harvest(model, "tracks").to_parquet(tmp_path / "out")).failed
    stopping(model, at_request=4)
    with pytest.raises((Stop, BaseExceptionGroup)):
        await harvest(model, "tracks").to_parquet(tmp_path / "out", resume=True)
    found = stored(tmp_path / "out", "tracks")
    assert not found.finished
    drawn = cells(tmp_path / "out", found)
    assert found.rows == sum(rows for _, rows in drawn.values())
    right = truth(model, "tracks")
    done = {key: rows for key, (state, rows) in drawn.items() if state == COMPLETE}
    assert done == {key: right[key] for key in done}
    assert {tracker for _, tracker, _ in done} >= {1, 2, 3, 11, 12}


async def test_what_a_harvest_without_an_end_reads_again_counts_once(tmp_path: Path) -> None:
    model, now = world(), [START + timedelta(hours=50)]
    right = Counter(
        (account, tracker)
        for account, fleet in model.fleets.items()
        for tracker, points in fleet.points.items()
        for point in points
        if point.second < (START + timedelta(hours=60)).timestamp()
    )

    def run() -> Harvest:
        increments = Increments(look_back=timedelta(hours=5), rereads=(), clock=lambda: now[0])
        return Harvests(model.callers()).tracks(start=START, window=DAY, workers=1, increments=increments)

    await run().to_parquet(tmp_path / "out", resume=True)
    now[0] = START + timedelta(hours=60)
    stopping(model, at_request=4)
    with pytest.raises((Stop, BaseExceptionGroup)):
        await run().to_parquet(tmp_path / "out", resume=True)
    found = stored(tmp_path / "out", "tracks")
    drawn = cells(tmp_path / "out", found)
    assert found.rows == sum(rows for _, rows in drawn.values())
    read = [key for key, parts in found.coverage.complete.items() if parts == (found.coverage.range,)]
    assert 0 < len(read) < 6
    for account, tracker in read:
        rows = sum(rows for (name, number, _), (_, rows) in drawn.items() if (name, number) == (account, tracker))
        assert rows == right[account, tracker]


async def test_a_part_that_is_gone_has_no_rows_and_ends_nothing(tmp_path: Path) -> None:
    model = world()
    stopping(model, at_request=4)
    with pytest.raises((Stop, BaseExceptionGroup)):
        await harvest(model, "events").to_parquet(tmp_path / "out")
    for part in (tmp_path / "out").rglob("*.arrow"):
        part.write_bytes(b"")
    found = stored(tmp_path / "out", "events")
    assert found.rows > 0
    assert cells(tmp_path / "out", found)
