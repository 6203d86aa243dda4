"""A server of history that lies: short pages, strays, other trackers' rows, shared ids, wrong flags and counts.

One thing can be relied on: an answer that it cut says so somehow, by its flag, by its count, or by its length. Nobody
could find out otherwise.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import msgspec

from navixy_async.errors import ApiError, SpanTooBig
from navixy_async.operations import Lane, Operation, Replay


class Row(msgspec.Struct, frozen=True):
    id: int
    second: int
    tracker: int
    kind: str
    message: str


class Entry(msgspec.Struct):
    id: int
    time: datetime
    tracker_id: int
    event: str
    message: str


class Answer(msgspec.Struct):
    list: list[Entry]
    limit_exceeded: bool | None = None
    total: int | None = None


OPERATION: Operation[Answer] = Operation("history/tracker/list", Answer, replay=Replay.READ)


@dataclass
class Lies:
    """What the server does wrong; each is drawn anew for each answer."""

    caps: tuple[int, ...] = (1000,)
    """Rows that an answer may hold, whatever was asked for."""
    totals: tuple[str, ...] = ("right",)
    """``right``, ``none``, ``window`` (of the first range asked), ``page`` (what the answer holds), ``more`` than there
    are, or ``less`` than the answer holds."""
    flags: tuple[str, ...] = ("right",)
    """``right``, ``none``, ``always`` or ``never``."""
    strays: int = 0
    """Of ten answers, how many hold rows from outside of the range that was asked for."""
    strangers: int = 0
    """Of ten answers, how many hold rows of trackers that were not asked for."""


@dataclass
class Liar:
    """Answers about `rows`, and counts its requests."""

    rows: list[Row]
    lies: Lies
    seed: int = 0
    kinds: tuple[str, ...] = ("a", "b", "c")
    requests: int = 0
    window: int | None = None
    lane: Lane = "bulk"
    label: str = "liar"
    chance: random.Random = field(default_factory=random.Random)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)

    async def call(
        self,
        operation: Operation[Any] | str,
        params: Mapping[str, Any] | None = None,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> Any:
        await asyncio.sleep(0)
        self.requests += 1
        path = operation if isinstance(operation, str) else operation.path
        if path == "history/type/list":
            return {"list": [{"type": kind} for kind in self.kinds]}
        if path != OPERATION.path:
            raise ApiError(13, "Operation not permitted", operation=path)
        return self._history(dict(params or {}))

    async def call_bytes(self, *_: Any, **__: Any) -> bytes:
        raise AssertionError("paging reads typed answers")

    def _history(self, params: dict[str, Any]) -> Answer:
        low, high = int(params["from"].timestamp()), int(params["to"].timestamp())
        assert low < high
        ascending = params["ascending"]
        found = [
            row
            for row in self.rows
            if low <= row.second <= high
            and row.tracker in params["trackers"]
            and ("events" not in params or row.kind in params["events"])
        ]
        found.sort(key=lambda row: (row.second, row.message), reverse=not ascending)
        if self.window is None:
            self.window = len(found)
        limit = min(params["limit"], self.chance.choice(self.lies.caps))
        shown = found[:limit]
        cut = len(shown) < len(found)
        total, flag = self._claims(len(found), len(shown), cut=cut)
        if cut and len(shown) < params["limit"] and not flag and (total is None or total <= len(shown)):
            total = len(found)
        rows = self._with_strays(shown, low, high, params["trackers"])
        return Answer([_entry(row) for row in rows], flag, total)

    def _claims(self, found: int, shown: int, *, cut: bool) -> tuple[int | None, bool | None]:
        counts = {
            "right": found,
            "none": None,
            "window": self.window,
            "page": shown,
            "more": found + self.chance.randint(1, 50),
            "less": self.chance.choice([0, shown // 2]),
        }
        flags = {"right": cut, "none": None, "always": True, "never": False}
        return counts[self.chance.choice(self.lies.totals)], flags[self.chance.choice(self.lies.flags)]

    def _with_strays(self, shown: list[Row], low: int, high: int, asked: list[int]) -> list[Row]:
        rows = list(shown)
        if self.chance.randrange(10) < self.lies.strays:
            second = self.chance.choice([low - 1, low - 5000, high + 1, high + 5000])
            rows.insert(self.chance.choice([0, len(rows), len(rows) // 2]), Row(7, second, asked[0], "a", "stray"))
        if self.chance.randrange(10) < self.lies.strangers:
            second = self.chance.randint(low, high)
            rows.insert(self.chance.randint(0, len(rows)), Row(8, second, 99, "a", "of a stranger"))
        return rows


@dataclass
class Refuser:
    """A platform that finds every range too long, whatever it says that it allows."""

    told: str | None
    requests: list[float] = field(default_factory=list)
    lane: Lane = "bulk"
    label: str = "refuser"

    async def call(self, operation: Any, params: Any = None, *, timeout: Any = None, lane: Any = None) -> Any:
        await asyncio.sleep(0)
        self.requests.append((params["to"] - params["from"]).total_seconds())
        extra = {} if self.told is None else {"max_time_span": self.told}
        raise SpanTooBig(211, "Requested time span is too big", extra=extra)

    async def call_bytes(self, *_: Any, **__: Any) -> bytes:
        raise AssertionError("paging reads typed answers")


def _entry(row: Row) -> Entry:
    return Entry(row.id, datetime.fromtimestamp(row.second, UTC), row.tracker, row.kind, row.message)
