"""Random small worlds for the properties: few seconds, many ties, days that begin and end in the middle."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import strategies as st

from navixy_async.times import UTC

from .model import Event, Fleet, Model, Point

START = datetime(2026, 3, 14, 21, 30, tzinfo=UTC)
BASE = int(START.timestamp())
SPAN = 3 * 86_400
LABELS = ("north", "süd & mehr")


@st.composite
def seconds(draw: st.DrawFn, most: int, base: int = BASE) -> list[int]:
    """Seconds in order, with repeats, dense around a few moments and around midnight."""
    moments = draw(
        st.lists(st.sampled_from([0, 1, 9_000, 9_001, 95_400, 100_000, SPAN - 1, SPAN, SPAN + 1]), max_size=most)
    )
    spread = draw(st.lists(st.integers(-5, SPAN + 5), max_size=most))
    return sorted(base + second for second in moments + spread)


@st.composite
def worlds(draw: st.DrawFn, base: int = BASE) -> Model:
    """One or two accounts with up to four trackers each; ids never repeat within an account."""
    fleets = {}
    for place, label in enumerate(LABELS[: draw(st.integers(1, 2))]):
        trackers = range(1 + 10 * place, 1 + 10 * place + draw(st.integers(0, 4)))
        points = {}
        for tracker in trackers:
            points[tracker] = [
                Point(second, note, draw(st.sampled_from([{}, {"lat": 1.5, "buffered": True}])))
                for note, second in enumerate(draw(seconds(8, base)))
            ]
        events = []
        if points:
            owners = st.sampled_from(sorted(points))
            kinds = st.sampled_from(["inzone", "sos"])
            events = [
                Event(second, number, draw(owners), draw(kinds))
                for number, second in enumerate(draw(seconds(15, base)), 1)
            ]
        blocked = draw(st.sets(st.sampled_from(sorted(points)), max_size=1)) if points else set()
        fleets[label] = Fleet(points, events, blocked)
    return Model(
        fleets,
        edges=draw(st.sampled_from(["[]", "(]", "[)", "()"])),
        max_span=draw(st.sampled_from([None, timedelta(days=2), timedelta(hours=7), timedelta(minutes=91)])),
        tell_span=draw(st.booleans()),
        late_last=draw(st.booleans()),
        history_limit=draw(st.integers(2, 8)),
        zone=draw(st.sampled_from(["UTC", "Asia/Kathmandu", "Europe/Berlin"])),
    )


@st.composite
def periods(draw: st.DrawFn, base: int = BASE) -> tuple[datetime, datetime]:
    """What is asked for: all of the world or a part of it, cut anywhere."""
    first = draw(st.sampled_from([0, 1, 3_600, 86_400]))
    last = draw(st.sampled_from([SPAN, SPAN - 1, 95_400, 95_401]))
    return datetime.fromtimestamp(base + first, UTC), datetime.fromtimestamp(base + last, UTC)
