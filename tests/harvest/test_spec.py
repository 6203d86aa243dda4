"""What is harvested, and how: what makes no sense is refused when it is asked, and what is the same harvest goes on."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from navixy_async.errors import InvalidInput
from navixy_async.harvest import Harvests
from navixy_async.harvest.plan.schedule import Increments
from navixy_async.harvest.spec import HarvestSpec, tracker_ids
from navixy_async.harvest.state.store import FORMAT
from navixy_async.times import TimeRange

from ..support.harvest.small import world as two_accounts
from .test_directory import END, START, world

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def spec(stream: str = "tracks", **options: Any) -> HarvestSpec:
    harvests = Harvests(two_accounts().callers())
    made: HarvestSpec = getattr(harvests, stream)(**{"start": START, "end": END} | options)._spec
    return made


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"start": datetime(2026, 3, 16), "end": END}, "start is a naive datetime"),
        ({"start": START, "end": datetime(2026, 3, 17)}, "end is a naive datetime"),
        ({"start": "2026-03-16", "end": END}, "start must be a datetime with a time zone, not str"),
        ({"start": END, "end": START}, "must be after the start"),
        ({"start": START, "end": START}, "must be after the start"),
        ({"start": START, "end": END, "workers": 0}, "workers must be a whole number of at least 1, not 0"),
        ({"start": START, "end": END, "window": timedelta(0)}, "window must be a timedelta of at least one second"),
        ({"start": START, "end": END, "on_error": "skip"}, "on_error must be 'collect' or 'raise', not 'skip'"),
        ({"start": START, "end": END, "patience": -1}, "patience must be a number of seconds, not -1"),
        ({"start": START, "end": END, "trackers": ["x"]}, "'x' is not an id"),
        ({"start": START, "end": END, "trackers": "12"}, "trackers must be a list of ids, not '12'"),
        ({"start": START, "end": END, "trackers": 12}, "trackers must be a list of ids, not 12"),
        ({"start": START, "end": END, "trackers": [True]}, "True is not an id"),
    ],
)
@pytest.mark.parametrize("stream", ["tracks", "events"])
def test_what_makes_no_sense_is_refused_when_it_is_asked(options: dict[str, Any], says: str, stream: str) -> None:
    with pytest.raises(InvalidInput, match=re.escape(says)) as caught:
        getattr(Harvests(world().callers()), stream)(**options)
    assert "\n" not in str(caught.value)


def test_ids_are_sorted_without_repeats() -> None:
    assert tracker_ids(None) is None
    assert tracker_ids(iter([12, 3, 12])) == (3, 12)
    with pytest.raises(InvalidInput, match="a number of 65 bits is not an id"):
        tracker_ids([2**64])


def test_dates_are_for_streams_of_days_and_not_mixed_with_datetimes() -> None:
    with pytest.raises(InvalidInput, match=r"start is a date \(2026-03-16\), and tracks are of moments"):
        spec(start=date(2026, 3, 16), end=date(2026, 3, 17))
    with pytest.raises(InvalidInput, match="start and end must both be dates or both be datetimes"):
        spec("mileage", start=date(2026, 3, 16), end=END)
    assert spec("mileage", start=date(2026, 3, 16), end=date(2026, 3, 18)).asked(END).span == 2 * DAY


def test_a_harvest_without_an_end_asks_up_to_now_and_never_for_nothing() -> None:
    current = spec(end=None)
    assert current.is_open and not spec().is_open
    assert current.asked(START + HOUR) == TimeRange(START, START + HOUR)
    assert current.asked(START - DAY).end == START - DAY, "it begins later than now: an empty range there is not"
    assert spec().asked(START - DAY) == TimeRange(START, END)


def test_the_definition_says_what_makes_it_another_harvest_and_nothing_else() -> None:
    bounded = spec(trackers=[3, 1])
    assert bounded.definition() == {
        "format": FORMAT,
        "stream": "tracks",
        "start": START.isoformat(),
        "end": END.isoformat(),
        "trackers": [1, 3],
        "accounts": ["one", "two"],
        **bounded.stream.parameters,
    }
    faster = replace(bounded, options=replace(bounded.options, workers=2), increments=Increments(look_back=DAY))
    assert faster.definition() == bounded.definition(), "how it runs changes no row"
    assert bounded.definition("csv") == bounded.definition() | {"files": "csv"}
    assert bounded.definition("parquet") == bounded.definition()
    current = spec(end=None).definition()
    assert (current["end"], current["accounts"]) == ("open", "open"), "accounts come and go"


def test_what_settles_late_is_read_again_for_longer() -> None:
    increments = Increments(look_back=HOUR, rereads=[DAY])
    events, trips, mileage = (
        replace(spec(name), increments=increments).schedule for name in ("events", "trips", "mileage")
    )
    stream = spec("trips").stream
    assert trips.look_back == max(HOUR, stream.settles) and trips.margin == stream.settles > timedelta(0)
    assert mileage.margin == timedelta(0), "a day of a calendar begins where it begins"
    assert events.look_back >= HOUR
