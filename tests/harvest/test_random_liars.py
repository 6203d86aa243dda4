"""Random servers of history that lie, through the engine: every row once, or the harvest is not complete."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from navixy_async.harvest import Harvests
from navixy_async.operations import Lane, Operation
from navixy_async.paging import PagingError
from tests.support.paging.liar import Liar, Lies, Row

from ..support.harvest.small import batches

START = datetime(2026, 3, 16, tzinfo=UTC)
TRACKERS = (1, 2, 3)


class Account:
    """A liar as the account of a harvest."""

    lane: Lane = "bulk"
    label = "liar"

    def __init__(self, liar: Liar, limit: int) -> None:
        self.liar = liar
        self.limit = limit
        self.requests = 0

    async def call(self, *_: Any, **__: Any) -> Any:
        raise AssertionError("harvests read bytes")

    async def call_bytes(self, operation: Operation[Any] | str, params: Any = None, **_: Any) -> bytes:
        await asyncio.sleep(0)
        self.requests += 1
        path = operation if isinstance(operation, str) else operation.path
        return json.dumps({"success": True, **self._answer(path, params or {})}).encode()

    def _answer(self, path: str, params: Mapping[str, Any]) -> dict[str, Any]:
        if path == "tracker/list":
            return {"list": [{"id": tracker} for tracker in TRACKERS]}
        if path == "dealer/get_ui_config":
            return {"platform": {"history.max_limit": self.limit}}
        if path == "history/type/list":
            return {"list": [{"type": kind} for kind in self.liar.kinds]}
        if path == "tracker/get_states":
            return {"states": {}}
        assert path == "history/tracker/list", path
        answer: dict[str, Any] = msgspec.to_builtins(self.liar._history(dict(params)))
        return answer


def rows_of(drawn: list[tuple[int, int, int, int]], *, shared: bool) -> list[Row]:
    start = int(START.timestamp())
    return [
        Row(7 if shared else number, start + minute * 60, tracker, "abc"[kind], f"{number}.{copy}")
        for number, (minute, tracker, kind, copies) in enumerate(drawn)
        for copy in range(copies)
    ]


CLAIMS = st.lists(st.sampled_from(["right", "none", "window", "page", "more", "less"]), min_size=1, max_size=3)
searches = given(
    drawn=st.lists(
        st.tuples(st.integers(0, 300), st.sampled_from(TRACKERS), st.integers(0, 2), st.sampled_from([1, 1, 2, 5])),
        max_size=40,
    ),
    shared=st.booleans(),
    caps=st.lists(st.integers(1, 12), min_size=1, max_size=3),
    totals=CLAIMS,
    flags=st.lists(st.sampled_from(["right", "none", "always", "never"]), min_size=1, max_size=3),
    strays=st.sampled_from([0, 0, 3, 10]),
    strangers=st.sampled_from([0, 0, 3, 10]),
    limit=st.integers(2, 20),
    seed=st.integers(0, 2**32),
)


async def search(
    *,
    drawn: Any,
    shared: bool,
    caps: list[int],
    totals: list[str],
    flags: list[str],
    strays: int,
    strangers: int,
    limit: int,
    seed: int,
) -> None:
    rows = rows_of(drawn, shared=shared)
    lies = Lies(tuple(caps), tuple(totals), tuple(flags), strays, strangers)
    account = Account(Liar(rows, lies, seed), limit)
    harvest = Harvests([account]).events(start=START, end=START + timedelta(hours=6), on_error="collect")
    found = Counter(
        (row["message"], row["time"], row["tracker_id"])
        for batch in await batches(harvest)
        for row in batch.to_pylist()
    )
    truth = Counter((row.message, datetime.fromtimestamp(row.second, UTC), row.tracker) for row in rows)
    assert harvest.coverage is not None
    assert found == truth or not harvest.coverage.is_complete
    assert account.requests < 10_000
    assert {hole.error for hole in harvest.coverage.failed} <= {PagingError.__name__}


@settings(max_examples=60, deadline=timedelta(seconds=20))
@searches
def test_every_row_once_or_not_complete(**drawn: Any) -> None:
    asyncio.run(search(**drawn))


@pytest.mark.proof
@settings(max_examples=600, deadline=timedelta(seconds=60))
@searches
def test_every_row_once_or_not_complete_in_many_worlds(**drawn: Any) -> None:
    asyncio.run(search(**drawn))
