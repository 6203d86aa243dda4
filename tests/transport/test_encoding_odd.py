"""What JSON cannot say is a sentence, before anything is sent: never null, never a raw exception."""

from __future__ import annotations

import dataclasses
import fractions
import json
import math
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from navixy_async import ApiKey, Navixy
from navixy_async.api.runtime.checks import check_range
from navixy_async.errors import InvalidInput
from navixy_async.settings import Limits, Pool, Retries, Timeouts
from navixy_async.transport.encoding import encode_params, encode_query

KEY = "0123456789abcdef" * 2


class Whole(int):
    pass


class Fraction(float):
    pass


@dataclasses.dataclass
class Data:
    lat: float


class Point(msgspec.Struct):
    lat: Any


def deep(levels: int) -> list[Any]:
    value: list[Any] = []
    for _ in range(levels):
        value = [value]
    return value


def endless(kind: str) -> Any:
    if kind == "list":
        items: list[Any] = []
        items.append([items, items])
        return items
    if kind == "dict":
        members: dict[str, Any] = {}
        members["x"] = {"y": members}
        return members
    point = Point(None)
    point.lat = [point]
    return point


NOT_FINITE = [math.nan, math.inf, -math.inf, Fraction("nan"), Decimal("NaN"), Decimal("sNaN"), Decimal("-Infinity")]
ODD: list[Any] = [
    *NOT_FINITE,
    *([value] for value in NOT_FINITE),
    *({"lat": [{"x": value}]} for value in NOT_FINITE),
    *(Point(value) for value in NOT_FINITE),
    Data(math.nan),
    [Data(math.inf)],
    fractions.Fraction(10**400, 3),
    1 << 64,
    -(1 << 63) - 1,
    10**5000,
    Whole(10**5000),
    [{"x": 1 << 70}],
    Point(10**5000),
    "\ud800",
    ["ok", "a\udcffb"],
    {"\udcff": 1},
    {1.5: 2},
    {None: 1},
    {(1, 2): 3},
    b"bytes",
    bytearray(b"x"),
    [memoryview(b"x")],
    object(),
    ...,
    print,
    1j,
    int,
    deep(70),
    deep(100_000),
    endless("list"),
    endless("dict"),
    endless("struct"),
    datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=5))),
    datetime.max.replace(tzinfo=timezone(timedelta(hours=-5))),
]


@pytest.mark.parametrize("value", ODD, ids=lambda value: type(value).__name__)
def test_what_json_cannot_say_is_refused(value: Any) -> None:
    for encode in (encode_params, encode_query):
        with pytest.raises(InvalidInput, match=r"parameter|calendar") as caught:
            encode({"lat": value})
        assert len(str(caught.value)) < 200


@pytest.mark.parametrize("params", [[1], "text", b"{}", 5, [("a", 1)]])
def test_parameters_are_a_mapping(params: Any) -> None:
    for encode in (encode_params, encode_query):
        with pytest.raises(InvalidInput, match="mapping of names"):
            encode(params)


def test_what_is_told_never_quotes_what_may_be_a_secret() -> None:
    with pytest.raises(InvalidInput) as caught:
        encode_params({"password": "hunter2\ud800"})
    assert "hunter2" not in str(caught.value)


def test_what_json_can_say_is_said() -> None:
    params = {
        "date": date(2026, 3, 1),
        "early": datetime(33, 1, 2, tzinfo=UTC),
        "decimal": Decimal("1.50"),
        "whole": Whole(7),
        "fraction": Fraction(1.5),
        "data": Data(2.5),
        5: [(1, 2), {3}],
        "most": (1 << 64) - 1,
        "least": -(1 << 63),
    }
    assert json.loads(encode_params(params)) == {  # type: ignore[arg-type]
        "date": "2026-03-01",
        "early": "0033-01-02T00:00:00+0000",
        "decimal": 1.5,
        "whole": 7,
        "fraction": 1.5,
        "data": {"lat": 2.5},
        "5": [[1, 2], [3]],
        "most": (1 << 64) - 1,
        "least": -(1 << 63),
    }


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.decimals() | st.binary(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3) | st.integers(), inner, max_size=3),
    max_leaves=8,
)


@given(JSON)
@example(Decimal("1E+999999"))
def test_every_value_is_sent_as_it_is_or_refused(value: Any) -> None:
    try:
        sent = encode_params({"x": value})
    except InvalidInput:
        return
    read = json.loads(sent, parse_float=Decimal, parse_constant=lambda name: pytest.fail(f"{name} was sent"))["x"]
    plain = json.loads(json.dumps(value, default=str)) if not isinstance(value, Decimal) else None
    if plain is None or isinstance(plain, int | str | bool):
        assert isinstance(value, Decimal) or read == plain


@pytest.mark.parametrize(
    "path",
    [
        *("../../x", "//evil.example/x", "a/../b", "tracker//list", "tracker/list?x=1", "tracker/list#x", "%2e%2e/x"),
        *(
            "https://evil.example/x",
            "a\nb",
            "a b",
            "a\\b",
            "tracker/..",
            "",
            "/",
            "a\x00",
            "тrасker/list",
            "x;y",
            "a@b",
        ),
        *(None, 5, b"tracker/list", ["tracker/list"]),
    ],
)
async def test_a_path_that_leads_elsewhere_is_refused(path: Any) -> None:
    async with Navixy("http://127.0.0.1:9/v2") as navixy:
        account = navixy.account(ApiKey(KEY))
        for call in (account.call, account.call_bytes, account.call_file):
            with pytest.raises(InvalidInput, match="path") as caught:
                await call(path)
            assert "evil" not in str(caught.value)


async def test_an_operation_of_ones_own_leads_nowhere_else_either() -> None:
    from navixy_async.operations import Operation

    async with Navixy("http://127.0.0.1:9/v2") as navixy:
        for path in ("../../x", "//evil.example", "a?b=c"):
            with pytest.raises(InvalidInput, match="path"):
                await navixy.account(ApiKey(KEY)).call(Operation(path, dict))


@pytest.mark.parametrize("timeout", [math.nan, math.inf, -math.inf, -1, "5", True, 10**400, [5], 1e300])
async def test_an_impossible_timeout_is_refused(timeout: Any) -> None:
    async with Navixy("http://127.0.0.1:9/v2") as navixy:
        with pytest.raises(InvalidInput, match="timeout must be a number of seconds"):
            await navixy.account(ApiKey(KEY)).call("tracker/list", timeout=timeout)


@pytest.mark.parametrize("lane", ["urgent", "", 5, b"bulk", ["bulk"], {}])
async def test_an_unknown_lane_is_refused(lane: Any) -> None:
    async with Navixy("http://127.0.0.1:9/v2") as navixy:
        with pytest.raises(InvalidInput, match="unknown lane"):
            await navixy.account(ApiKey(KEY)).call("tracker/list", lane=lane)
        with pytest.raises(InvalidInput, match="unknown lane"):
            navixy.account(ApiKey(KEY), lane=lane)


@pytest.mark.parametrize("wrong", [math.nan, math.inf, -1, "5", True, None, 10**400, [1]])
def test_no_setting_takes_what_is_no_number(wrong: Any) -> None:
    makers: list[Any] = [
        *(lambda name=name: Timeouts(**{name: wrong}) for name in ("attempt", "connect", "read", "close")),
        *(lambda name=name: Retries(**{name: wrong}) for name in ("attempts", "base", "longest", "budget", "refusals")),
        *(lambda name=name: Pool(**{name: wrong}) for name in ("size", "keepalive", "dns_ttl")),
        *(lambda name=name: Limits(**{name: wrong}) for name in ("per_credential", "burst", "guaranteed_share")),
        lambda: Navixy("eu").account(ApiKey(KEY), weight=wrong),
    ]
    for make in makers:
        with pytest.raises(InvalidInput) as caught:
            make()
        assert len(str(caught.value)) < 200


@pytest.mark.parametrize("label", ["", " ", 5, b"x", ["x"]])
def test_a_label_is_text(label: Any) -> None:
    with pytest.raises(InvalidInput, match="label"):
        Navixy("eu").account(ApiKey(KEY), label=label)


def test_a_bound_is_told_of_numbers_that_python_does_not_write() -> None:
    with pytest.raises(InvalidInput, match="a number beyond 64 bits"):
        check_range("limit", 10**5000, most=100)
