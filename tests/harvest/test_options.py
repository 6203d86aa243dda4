"""Options of a harvest that make no sense are refused when they are given."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest

from navixy_async.errors import InvalidInput
from navixy_async.harvest import Harvests

from .test_directory import END, START, world


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
