"""What a harvest remembers between two runs is the same in every database, and what is another harvest is refused."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from navixy_async.errors import HarvestDamaged, InvalidInput
from navixy_async.harvest.account import Fleet
from navixy_async.harvest.sinks.tables.duckdb import DuckDBStore
from navixy_async.harvest.state.ledger import Ledger
from navixy_async.harvest.state.records import ReadRange, ReadRanges, WorkRecord
from navixy_async.harvest.state.store import HarvestState, decode_member, refuse_other, refuse_renamed
from navixy_async.harvest.streams import STREAMS
from navixy_async.times import UTC, TimeRange

NOON = datetime(2026, 3, 16, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
DEFINITION = {"format": 3, "stream": "tracks", "start": "2026-03-16", "end": "open"}
FLEETS = {"north": Fleet((1, 2), (3,), unreadable=2), "empty": Fleet((), ())}


def hour(number: int) -> TimeRange:
    return TimeRange(NOON + number * HOUR, NOON + (number + 1) * HOUR)


@pytest.fixture(params=["ledger", "duckdb"])
def state(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[HarvestState]:
    """The same state, beside files and beside a table."""
    if request.param == "ledger":
        with closing(Ledger(tmp_path / "ledger.sqlite")) as ledger:
            yield ledger
        return
    store = DuckDBStore(tmp_path / "fleet.duckdb", STREAMS["tracks"], None, current=True)
    store.open()
    with closing(store):
        yield store


def done(state: HarvestState, *works: WorkRecord) -> None:
    state.atomically(lambda: state._insert("work", [work.to_row() for work in works]))


def test_nothing_is_remembered_before_a_harvest_begins(state: HarvestState) -> None:
    assert (state.definition(), state.fleets(), state.run()) == (None, {}, None)
    assert (list(state.work()), state.ranges(), state.zones()) == ([], {}, {})


def test_a_bounded_harvest_goes_on_with_its_trackers_and_work(state: HarvestState) -> None:
    work = WorkRecord("north", (1, 2), hour(0), 5, 100, clipped=hour(0), read_at=NOON + 2 * HOUR)
    state.begin(DEFINITION, FLEETS)
    done(state, work)
    state.begin(DEFINITION, {"south": Fleet((9,), ())})
    assert state.definition() == DEFINITION
    assert state.fleets() == FLEETS | {"south": Fleet((9,), ())}
    assert list(state.work()) == [work] and state.run() is None


def test_work_of_a_wrong_clock_is_due_again(state: HarvestState) -> None:
    early, late = (WorkRecord("north", (1,), hour(0), 1, 1, read_at=NOON + wait * HOUR) for wait in (2, 9))
    state.begin(DEFINITION, FLEETS)
    done(state, early, late)
    state.begin(DEFINITION, {}, distrusted=NOON + 5 * HOUR)
    assert list(state.work()) == [replace(late, read_at=NOON), early], "read when it happened, by what is known"


def test_without_resume_everything_that_was_done_is_forgotten(state: HarvestState) -> None:
    state.begin(DEFINITION, FLEETS)
    done(state, WorkRecord("north", (1,), hour(0), 1, 1))
    state.begin(DEFINITION | {"end": "2026-03-17"}, {"south": Fleet((9,), ())}, resume=False)
    assert list(state.work()) == [] and set(state.fleets()) >= {"south"}
    assert state.definition() == DEFINITION | {"end": "2026-03-17"}


def test_the_next_run_keeps_ranges_in_the_place_of_work(state: HarvestState) -> None:
    ranges: ReadRanges = {("north", 1): [ReadRange(hour(0), NOON + HOUR), ReadRange(hour(1), NOON, "gap", "odd")]}
    state.begin_run(DEFINITION, FLEETS, NOON + HOUR, gone={}, ranges={}, changed={})
    done(state, WorkRecord("north", (1,), hour(0), 1, 1))
    left = {"north": Fleet((2,), ())}
    state.begin_run(DEFINITION, left, NOON + 2 * HOUR, gone={"north": [1]}, ranges=ranges, changed=ranges)
    assert (state.fleets(), list(state.work()), state.ranges()) == (left, [], ranges)
    run = state.run()
    assert run is not None and (run.began, run.finished, run.gone) == (NOON + 2 * HOUR, False, {"north": [1]})
    state.finish_run()
    run = state.run()
    assert run is not None and (run.finished, run.gone) == (True, {})


def test_what_fails_half_way_leaves_nothing_behind(state: HarvestState) -> None:
    state.begin(DEFINITION, FLEETS)

    def work() -> None:
        state._insert("work", [WorkRecord("north", (1,), hour(0), 1, 1).to_row()])
        raise KeyError("in the middle")

    with pytest.raises(KeyError, match="in the middle"):
        state.atomically(work)
    assert list(state.work()) == []


def test_a_member_is_a_json_object_or_the_harvest_is_damaged() -> None:
    assert (decode_member("run", None), decode_member("run", '{"a": 1}')) == (None, {"a": 1})
    for text, says in (("{", "its run cannot be read"), ("[1]", "its run is not an object")):
        with pytest.raises(HarvestDamaged, match=says):
            decode_member("run", text)


def test_another_harvest_is_refused_with_what_differs() -> None:
    refuse_other(DEFINITION, dict(DEFINITION), "there", "directory")
    wanted = DEFINITION | {"end": "2026-03-17", "trackers": list(range(7))}
    says = (
        r"^there holds another harvest \(end was open and is now 2026-03-17; trackers was none and is now "
        r"\[0, 1, 2, 3, 4, \.\.\. 7 in all\]\): resume it as it was begun, choose another directory$"
    )
    with pytest.raises(InvalidInput, match=says):
        refuse_other(DEFINITION, wanted, "there", "directory")
    with pytest.raises(InvalidInput, match=r"another version of this package \(format 2; this one writes 3\)"):
        refuse_other(DEFINITION | {"format": 2}, wanted, "there", "directory")


def test_an_account_that_changed_its_digest_is_not_taken_for_a_new_one() -> None:
    old, new = "0123456789ab", "ba9876543210"
    with pytest.raises(InvalidInput, match=f"holds the account '{old}'.* now an account is named '{new}'"):
        refuse_renamed([old, "north"], ["north", new], "there")
    for before, labels in (([old], [old, new]), ([old, new], [old]), (["north"], ["south"]), ([old], ["south"])):
        refuse_renamed(before, labels, "there")
