"""Numbers and how one becomes another."""

from __future__ import annotations

import math
from decimal import Decimal

import pytest

from navixy_async.flows import Big, Float, Long
from navixy_async.flows.expressions import numbers
from navixy_async.flows.expressions.numbers import CoercionFailure, Failure


def test_plain_ints_are_as_long_as_they_must_be() -> None:
    assert [numbers.kind_of(numbers.whole(n)) for n in (2**31 - 1, 2**31, -(2**31), 2**63, -(2**63))] == [
        "integer", "long", "integer", "bigint", "long",
    ]  # fmt: skip


def test_a_float_shows_the_shortest_number() -> None:
    assert Float(0.1) != 0.1
    assert Float(0.1).shortest == 0.1
    assert Float(1e39).shortest == math.inf


@pytest.mark.parametrize(
    ("value", "long", "integer"),
    [
        (3.99, 3, 3),
        (-3.99, -3, -3),
        (1e300, 2**63 - 1, 2**31 - 1),
        (math.nan, 0, 0),
        (Long(2**32 + 1), 2**32 + 1, 1),
        (Big(2**64 + 5), 5, 5),
        (Decimal("7.9"), 7, 7),
        (Decimal("1e999999"), 0, 0),
        ("12", 12, 12),
        ("", 0, 0),
        (True, 1, 1),
    ],
)
def test_whole_numbers_are_wrapped_or_cut(value: object, long: int, integer: int) -> None:
    assert (numbers.to_long(value), numbers.to_int(value)) == (long, integer)


@pytest.mark.parametrize("value", ["abc", "1.5", " 7", [1], None])
def test_what_is_no_number_fails(value: object) -> None:
    with pytest.raises(CoercionFailure):
        numbers.to_big(value)


def test_doubles_are_written_as_java_does() -> None:
    values = [100.0, 1e7, 1.5e-4, 0.001, -0.0, math.inf, 1.7976931348623157e308, 123456.789]
    written = ["100.0", "1.0E7", "1.5E-4", "0.001", "-0.0", "Infinity", "1.7976931348623157E308", "123456.789"]
    assert [numbers.number_text(value) for value in values] == written


def test_numbers_that_are_too_large_are_refused_by_name() -> None:
    assert "cannot be simulated" in str(numbers.parse_number("9" * 5_000))
    with pytest.raises(Failure, match="cannot be simulated"):
        numbers.to_big(Decimal("1e99999"))
    with pytest.raises(Failure, match="cannot be simulated"):
        numbers.big(10**5_000)


def test_a_whole_number_beyond_all_doubles_is_infinite() -> None:
    assert [numbers.to_double(Big(10**400)), numbers.to_double(Big(-(10**400)))] == [math.inf, -math.inf]
