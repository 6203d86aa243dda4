"""``util:``: no argument whatever surprises it."""

from __future__ import annotations

from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st

from navixy_async.flows import Expression
from navixy_async.flows.expressions.collections import type_name
from navixy_async.flows.expressions.functions_util import TABLE, UtilFunction, format_time
from navixy_async.flows.expressions.numbers import Failure

from .test_arithmetic import VALUES


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(TABLE), st.data())
def test_each_gives_a_value_or_its_own_failure(function: UtilFunction, data: st.DataObject) -> None:
    counts = [n for n in range(function.least, (function.most or 4) + 1) if (function.name, n) != ("hexToLong", 2)]
    arguments = [data.draw(VALUES) for _ in range(data.draw(st.sampled_from(counts)))]
    with suppress(Failure):
        assert type_name(function.call(arguments)) != "unknown"


@given(st.integers(0, 9_999_999_999_999_999))
def test_bcd_there_and_back(number: int) -> None:
    assert Expression("util:fromBcd(util:toBcd(n))").evaluate({"n": number}) == number


@given(st.integers(-(2**63), 2**63 - 1))
def test_hexadecimal_there_and_back(number: int) -> None:
    assert Expression("util:hexToLong(util:hex(n, 8))").evaluate({"n": number}) == number


def test_texts_are_bounded() -> None:
    assert "65,536" in Expression("util:leftPad('a', 2000000000)").explain().why


def test_times_beyond_the_calendar_are_said() -> None:
    assert format_time([1_720_618_553_000]) == "2024-07-10T13:35:53.000Z"
    assert "year 9999" in Expression("dtFormat(9223372036854775807)").explain().why
