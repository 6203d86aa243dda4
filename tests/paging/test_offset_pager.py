"""OffsetPager over lists with and without a total, of any length, moving and misbehaving ones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from navixy_async.errors import InvalidInput
from navixy_async.operations import Lane, Operation, Replay
from navixy_async.paging import OffsetPager, PagingError

from ..support.paging.platform_model import drive


class Zone(msgspec.Struct):
    id: int | None
    label: str = ""


class ZoneList(msgspec.Struct):
    list: list[Zone] | None
    count: int | None = None


ZONES: Operation[ZoneList] = Operation("zone/list", ZoneList, replay=Replay.READ)


@dataclass
class Lists:
    """A platform with one list."""

    rows: list[Zone]
    totals: bool = True
    default_limit: int | None = None
    cap: int | None = None
    ignores_offset: bool = False
    before: Callable[[Lists, int], None] = lambda lists, number: None
    requests: list[dict[str, Any]] = field(default_factory=list)
    lane: Lane = "interactive"
    label: str = "model"

    async def call(self, operation: Any, params: Any = None, *, timeout: Any = None, lane: Any = None) -> Any:
        self.requests.append(dict(params))
        self.before(self, len(self.requests))
        offset = 0 if self.ignores_offset else params.get("offset", 0)
        limit = params.get("limit", self.default_limit) or len(self.rows) or 1
        rows = self.rows[offset : offset + min(limit, self.cap or limit)]
        return ZoneList(list(rows), len(self.rows) if self.totals else None)

    async def call_bytes(self, *_: Any, **__: Any) -> bytes:
        raise AssertionError("paging reads typed answers")


def zones(count: int) -> list[Zone]:
    return [Zone(1000 - number) for number in range(count)]


def pager(lists: Lists, **params: Any) -> OffsetPager[ZoneList, Zone]:
    return OffsetPager(lists, ZONES, params, items=lambda answer: answer.list)


def collect(lists: Lists, **params: Any) -> list[Zone]:
    return drive(pager(lists, **params).collect())


@pytest.mark.parametrize("totals", [True, False])
@pytest.mark.parametrize(
    ("rows", "with_total", "without"), [(0, 1, 1), (1, 1, 1), (9, 1, 1), (10, 1, 2), (11, 2, 2), (20, 2, 3), (25, 3, 3)]
)
def test_everything_once_in_as_few_requests_as_can_be_known(
    rows: int, with_total: int, without: int, totals: bool
) -> None:
    lists = Lists(zones(rows), totals=totals)
    assert collect(lists, limit=10) == zones(rows)
    assert len(lists.requests) == (with_total if totals else without)


@pytest.mark.parametrize("totals", [True, False])
def test_the_first_request_is_the_users_own(totals: bool) -> None:
    lists = Lists(zones(25), totals=totals, default_limit=10)
    assert collect(lists, order_by="label") == zones(25)
    assert lists.requests == [
        {"order_by": "label"},
        {"order_by": "label", "offset": 10},
        {"order_by": "label", "offset": 20},
    ]


def test_it_begins_at_the_users_offset() -> None:
    for totals in (True, False):
        lists = Lists(zones(25), totals=totals)
        assert collect(lists, limit=10, offset=7) == zones(25)[7:]
        assert [request["offset"] for request in lists.requests] == [7, 17]
        assert collect(Lists(zones(25), totals=totals), limit=10, offset=40) == []


def test_awaited_it_is_one_page_as_given() -> None:
    lists = Lists(zones(25))

    async def page() -> ZoneList:
        return await pager(lists, limit=10, offset=5)

    answer = drive(page())
    assert (answer.list, answer.count) == (zones(25)[5:15], 25)
    assert lists.requests == [{"limit": 10, "offset": 5}]


def test_pages_are_the_platforms_answers() -> None:
    async def read() -> list[int]:
        return [len(answer.list or ()) async for answer in pager(Lists(zones(25)), limit=10).pages()]

    assert drive(read()) == [10, 10, 5]


def test_a_platform_that_gives_less_than_the_limit_is_followed_by_its_total() -> None:
    lists = Lists(zones(25), cap=4)
    assert collect(lists, limit=10) == zones(25)
    assert len(lists.requests) == 7


def test_without_a_limit_and_a_total_a_page_shorter_than_another_is_the_last() -> None:
    for rows, requests in ((0, 1), (7, 2), (20, 3), (25, 3)):
        lists = Lists(zones(rows), totals=False, default_limit=10)
        assert collect(lists) == zones(rows)
        assert len(lists.requests) == requests


def test_a_page_that_repeats_itself_is_an_error_and_no_endless_loop() -> None:
    for rows in (zones(20), [Zone(None, f"row {number}") for number in range(20)]):
        for totals in (True, False):
            lists = Lists(rows, totals=totals, ignores_offset=True)
            with pytest.raises(PagingError, match="offsets 0 and 10"):
                collect(lists, limit=10)
            assert len(lists.requests) == 2


@pytest.mark.parametrize("rows", [zones(20), [Zone(None, f"row {number}") for number in range(20)]])
def test_a_list_without_total_and_limit_may_come_whole(rows: list[Zone]) -> None:
    """Its pages say nothing of offsets without a limit: whoever heeds none has given all of it."""
    lists = Lists(rows, totals=False, ignores_offset=True)
    assert collect(lists) == rows
    assert lists.requests == [{}, {"offset": 20}]


def test_a_whole_list_may_grow_between_two_answers() -> None:
    def grow(lists: Lists, number: int) -> None:
        if number == 2:
            lists.rows.append(Zone(5000))

    lists = Lists(zones(20), totals=False, ignores_offset=True, before=grow)
    assert collect(lists) == [*zones(20), Zone(5000)]
    assert len(lists.requests) == 3


@pytest.mark.parametrize("odd", [5, "text", {"a": 1}, None, True])
def test_what_is_no_list_is_no_page(odd: Any) -> None:
    class Odd(Lists):
        async def call(self, *args: Any, **kwargs: Any) -> Any:
            answer = await super().call(*args, **kwargs)
            answer.list = odd
            return answer

    with pytest.raises(PagingError, match="holds no list"):
        collect(Odd(zones(20)))


def test_a_list_that_ends_before_its_own_total_is_an_error() -> None:
    class Short(Lists):
        async def call(self, *args: Any, **kwargs: Any) -> Any:
            answer = await super().call(*args, **kwargs)
            answer.count = 30
            return answer

    seen = []

    async def read() -> None:
        async for zone in pager(Short(zones(25)), limit=10):
            seen.append(zone)

    with pytest.raises(PagingError, match="counts 30"):
        drive(read())
    assert seen == zones(25)


def test_an_answer_without_its_list_is_an_error() -> None:
    class Bare(Lists):
        async def call(self, *args: Any, **kwargs: Any) -> Any:
            return ZoneList(None)

    with pytest.raises(PagingError, match="no list"):
        collect(Bare([]))


def test_rows_that_move_back_are_given_once() -> None:
    def insert(lists: Lists, number: int) -> None:
        if number > 1:
            lists.rows.insert(0, Zone(number))

    lists = Lists(zones(25), before=insert)
    found = [zone.id for zone in collect(lists, limit=10)]
    assert len(found) == len(set(found))
    assert set(found) >= {zone.id for zone in zones(25)}


def test_equal_rows_without_ids_are_all_given() -> None:
    rows = [Zone(None, "a"), Zone(None, "a"), Zone(None, "b"), Zone(None, "a"), Zone(None, "a")]
    assert collect(Lists(rows), limit=3) == rows


def test_rows_without_ids_are_distinguished_by_their_content() -> None:
    rows = [Zone(None, f"row {number}") for number in range(20)]
    assert collect(Lists(rows, totals=False), limit=5) == rows


def test_answers_and_items_may_be_plain_objects() -> None:
    class Plain:
        lane: Lane = "bulk"
        label = "model"

        async def call(self, operation: Any, params: Any = None, **_: Any) -> Any:
            rows = [{"id": number} for number in range(25)][params.get("offset", 0) :][:10]
            return {"success": True, "list": rows, "count": 25}

        async def call_bytes(self, *_: Any, **__: Any) -> bytes:
            return b""

    operation: Operation[dict[str, Any]] = Operation("zone/list", dict)
    rows = drive(OffsetPager(Plain(), operation, {}, items=lambda answer: answer["list"]).collect())
    assert [row["id"] for row in rows] == list(range(25))


@pytest.mark.parametrize("params", [{"limit": 0}, {"limit": -1}, {"offset": -1}, {"limit": "10"}, {"offset": True}])
def test_bad_bounds_are_refused_before_anything_is_sent(params: dict[str, Any]) -> None:
    lists = Lists(zones(3))
    with pytest.raises(InvalidInput, match="whole number"):
        collect(lists, **params)
    assert not lists.requests


@settings(max_examples=200, deadline=None)
@given(
    rows=st.integers(0, 60),
    limit=st.one_of(st.none(), st.integers(1, 15)),
    default=st.integers(1, 15),
    offset=st.one_of(st.none(), st.integers(0, 70)),
    totals=st.booleans(),
)
def test_any_list_is_read_whole(rows: int, limit: int | None, default: int, offset: int | None, totals: bool) -> None:
    params = {name: value for name, value in (("limit", limit), ("offset", offset)) if value is not None}
    lists = Lists(zones(rows), totals=totals, default_limit=default)
    assert collect(lists, **params) == zones(rows)[offset or 0 :]
    left = max(rows - (offset or 0), 0)
    assert len(lists.requests) <= -(-left // (limit or default)) + (0 if totals and left else 1)


def test_items_that_share_an_id_are_all_given() -> None:
    rows = [Zone(7, f"zone {n}") for n in range(500)]
    assert collect(Lists(rows, default_limit=100)) == rows
    assert collect(Lists(rows, totals=True, default_limit=100)) == rows


def test_a_total_that_is_less_than_what_came_ends_nothing() -> None:
    class Short(Lists):
        async def call(self, *args: Any, **more: Any) -> Any:
            answer = await super().call(*args, **more)
            answer.count = 5
            return answer

    assert collect(Short(zones(95), totals=True), limit=10) == zones(95)


def test_a_list_in_no_order_whose_items_come_twice_and_never_is_not_whole() -> None:
    """As many as it counts, but not the ones it counts: what is missing would be missing in silence."""

    class Shuffled(Lists):
        async def call(self, operation: Any, params: Any = None, **more: Any) -> Any:
            self.rows = self.rows[3:] + self.rows[:3]
            return await super().call(operation, params, **more)

    with pytest.raises(PagingError, match="twice"):
        collect(Shuffled(zones(95), totals=True), limit=10)
