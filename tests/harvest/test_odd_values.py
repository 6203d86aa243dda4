"""Any value in any member of any row: all others arrive; the odd one is delivered, null, or a gap of its second."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from navixy_async.harvest.answers import layout

from ..support.harvest.odd_answers import KINDS, NASTY, TRACKER, WINDOW, Kind, anything, fetch, moments

SIZES = {"small": {}, "large": {"SMALL": 0}, "in pieces": {"SMALL": 0, "LARGE": 0, "_PART_BYTES": 400}}
COUNT = 7


@contextmanager
def sized(size: str) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in SIZES[size].items():
            patch.setattr(layout, name, value)
        yield


def told(kind: Kind, fetched: Any) -> Any:
    from navixy_async.harvest.answers.odd import report_odd_rows  # tests that are older can be collected without it

    return report_odd_rows(fetched.odd, (TRACKER,), WINDOW, f"one: {kind.stream}")


def is_gap(gaps: Any, moment: datetime) -> bool:
    return any(moment in gap and TRACKER in whose for whose, gap, _ in gaps)


def readable(value: bytes) -> bool:
    """Whether it is a time, as Python reads it; where such a row belongs is not for this test to say."""
    if value == b'"2026-03-16T24:00:00Z"':
        return True  # The next day's midnight.
    try:
        datetime.fromisoformat(json.loads(value))
    except (ValueError, TypeError, RecursionError):
        return False
    return True


def check(kind: Kind, place: int, member: str, value: bytes, size: str) -> None:
    """`value` in a `member` of the row at that place costs no other row anything, and is not silent."""
    honest = kind.rows(COUNT)
    odd = [dict(row) for row in honest]
    odd[place][member] = value
    with sized(size):
        before, after = fetch(kind, honest), fetch(kind, odd)
    after.batch.validate(full=True)
    moment = moments(COUNT)[place]
    time = "time" if kind.stream == "trip_points" else kind.column
    expected = [row for row in before.batch.to_pylist() if row[time] != moment]
    found = after.batch.to_pylist()
    assert [row for row in found if row in expected] == expected
    others: list[dict[str, Any] | None] = [row for row in found if row not in expected]
    (mine,) = others or [None]
    gaps = [*after.gaps, *told(kind, after).gaps]
    where = expected[0]["trip_start"] if kind.stream == "trip_points" else moment
    if member in (kind.time, *kind.needed):
        # Another time, or another tracker, is another row; what cannot be read is no row.
        assert mine is not None or is_gap(gaps, where) or readable(value) or _is_number(value)
        return
    assert mine is not None
    (original,) = [row for row in before.batch.to_pylist() if row[time] == moment]
    lost = [name for name in original if mine[name] is None and original[name] is not None]
    if "text" in mine and mine["text"] is not None:
        lost.remove("value")  # Texts of sensors have a column of their own.
    if lost and value.strip() not in (b"null", b'""', b'" "') and not _is_empty(value):
        assert is_gap(gaps, where), (lost, value)
    for gap in told(kind, after).gaps:
        assert gap[1].span <= timedelta(seconds=1), "never more than the row's second"


def _is_number(value: bytes) -> bool:
    try:
        return json.loads(value) is not True and float(json.loads(value)) == float(json.loads(value))
    except (ValueError, TypeError, RecursionError, OverflowError):
        return False


def _is_empty(value: bytes) -> bool:
    """Texts of nothing but blanks, and objects without the members that are read."""
    return value[:1] == b"{" or not value.strip(b'" ') or (value[:1] == b'"' and not _text(value).strip())


def _text(value: bytes) -> str:
    try:
        return str(json.loads(value.decode("utf-8", "replace"), strict=False))
    except ValueError:
        return "?"


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("stream", KINDS)
def test_nasty_values_in_every_member(stream: str, size: str) -> None:
    kind = KINDS[stream]
    members = list(kind.rows(1)[0])
    for number, value in enumerate(NASTY):
        check(kind, number % COUNT, members[number % len(members)], value, size)


def fives(rows: list[dict[str, Any]]) -> int:
    return sum(value == 5 for row in rows for value in row.values())


@pytest.mark.parametrize("stream", KINDS)
def test_an_answer_has_the_same_rows_whatever_its_size(stream: str) -> None:
    compare_sizes(stream, step=4)


@pytest.mark.proof
@pytest.mark.parametrize("stream", KINDS)
def test_an_answer_has_the_same_rows_whatever_its_size_for_each_value_and_member(stream: str) -> None:
    compare_sizes(stream, step=1)


def compare_sizes(stream: str, step: int) -> None:
    """Each nasty value in every `step`-th member; values take turns with the member that they begin with."""
    kind = KINDS[stream]
    for number, value in enumerate([*NASTY, b"5.5", b'"5.5"', b"-0.0", b"7.0", b"9007199254740993"]):
        for member in list(kind.rows(1)[0])[number % step :: step]:
            rows = [dict(row) for row in kind.rows(COUNT)]
            rows[number % COUNT][member] = value
            found = []
            for size in SIZES:
                with sized(size):
                    fetched = fetch(kind, rows)
                found.append((fetched.batch.to_pylist(), told(kind, fetched).gaps))
            assert all(one == found[0] for one in found), (member, value)
            if value.strip(b'"') == b"5.5":
                assert fives(found[0][0]) <= fives(fetch(kind, kind.rows(COUNT)).batch.to_pylist()), "cut to 5"


CASES: Any = {
    "stream": st.sampled_from(sorted(KINDS)),
    "place": st.integers(0, COUNT - 1),
    "member": st.integers(0, 20),
    "value": anything,
    "size": st.sampled_from(sorted(SIZES)),
}


@settings(max_examples=60, deadline=None)
@given(**CASES)
def test_any_value_in_any_member(stream: str, place: int, member: int, value: bytes, size: str) -> None:
    kind = KINDS[stream]
    members = list(kind.rows(1)[0])
    check(kind, place, members[member % len(members)], value, size)


@pytest.mark.proof
@settings(max_examples=4000, deadline=None)
@given(**CASES)
def test_any_value_in_any_member_for_long(stream: str, place: int, member: int, value: bytes, size: str) -> None:
    kind = KINDS[stream]
    members = list(kind.rows(1)[0])
    check(kind, place, members[member % len(members)], value, size)
