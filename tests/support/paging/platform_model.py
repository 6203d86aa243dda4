"""A strict model of the platform's history actions, and of its offset lists, as plain callers.

Written from the documented rules only, without a look at the package's own paging code.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, Literal, TypeVar
from zoneinfo import ZoneInfo

import msgspec

from navixy_async.errors import (
    ApiError,
    BatchPoisoned,
    InvalidRequest,
    LimitTooBig,
    NotFound,
    SpanTooBig,
    TrackerBlocked,
)
from navixy_async.operations import Lane, Operation, Replay

T = TypeVar("T")


class HistoryEntry(msgspec.Struct, weakref=True):
    id: int
    time: datetime
    tracker_id: int | None
    event: str


class HistoryAnswer(msgspec.Struct):
    list: list[HistoryEntry]
    limit_exceeded: bool | None = None
    total: int | None = None


TRACKER_LIST: Operation[HistoryAnswer] = Operation("history/tracker/list", HistoryAnswer, replay=Replay.READ)
USER_LIST: Operation[HistoryAnswer] = Operation("history/user/list", HistoryAnswer, replay=Replay.READ)
ASSET_LIST: Operation[HistoryAnswer] = Operation("history/asset/list", HistoryAnswer, replay=Replay.READ)


def entries_of(answer: HistoryAnswer) -> list[HistoryEntry]:
    return answer.list


@dataclass(frozen=True)
class Event:
    """A row of the truth; `second` counts from 1970."""

    id: int
    second: int
    tracker: int | None = 1
    kind: str = "inzone"


@dataclass
class Request:
    path: str
    params: dict[str, Any]


@dataclass
class History:
    """The platform: both ends of a range included, one limit for all trackers, no offset, any order in a second."""

    events: list[Event]
    trackers: tuple[int, ...] = (1,)
    max_limit: int = 1000
    ties: Literal["mirrored", "same", "unrelated"] = "mirrored"
    """How the order inside a second, when descending, belongs to that when ascending."""
    totals: bool = False
    max_span: timedelta | None = None
    tells_span: bool = True
    blocked: frozenset[int] = frozenset()
    missing: frozenset[int] = frozenset()
    names_culprits: bool = False
    listed_kinds: tuple[str, ...] | None = None
    """What history/type/list answers; None: it fails."""
    published_limit: int | None = None
    stored_from: int | None = None
    """Second before which the tariff stores nothing."""
    flag_means: Literal["cut", "clipped"] = "cut"
    leaves_out_start: bool = False
    """An undocumented platform that gives what is after `from`, not what is at it."""
    silent_cap: int | None = None
    """A cap on entries that is applied without an error, shown by limit_exceeded alone."""
    zone: str = "UTC"
    fault: Callable[[int, dict[str, Any]], Exception | None] = lambda number, params: None
    """Asked before every request with its number (from 1); what it returns is raised."""
    before: Callable[[History, int], None] = lambda history, number: None
    """Called before every request, to change the truth."""
    assets: Mapping[int, int] = field(default_factory=dict)
    """Asset id to tracker."""
    requests: list[Request] = field(default_factory=list)
    open_requests: int = 0

    lane: Lane = "bulk"
    label: str = "model"

    async def call(
        self,
        operation: Operation[Any] | str,
        params: Mapping[str, Any] | None = None,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> Any:
        path = operation if isinstance(operation, str) else operation.path
        sent = dict(params or {})
        self.requests.append(Request(path, sent))
        self.open_requests += 1
        try:
            await asyncio.sleep(0)
            self.before(self, len(self.requests))
            fault = self.fault(len(self.requests), sent)
            if fault is not None:
                raise fault
            return self._answer(path, sent)
        finally:
            self.open_requests -= 1

    async def call_bytes(self, *_: Any, **__: Any) -> bytes:
        raise AssertionError("paging reads typed answers")

    @property
    def pages(self) -> list[dict[str, Any]]:
        """The params of the history requests."""
        return [
            request.params for request in self.requests if request.path.endswith("/list") and "limit" in request.params
        ]

    def _answer(self, path: str, params: dict[str, Any]) -> Any:
        if path == "history/type/list":
            assert params["locale"], "locale is required"
            if self.listed_kinds is None:
                raise ApiError(13, "Operation not permitted")
            return {"success": True, "list": [{"type": kind, "description": kind} for kind in self.listed_kinds]}
        if path == "dealer/get_ui_config":
            if self.published_limit is None:
                raise NotFound(12, "Dealer not found")
            return {"success": True, "platform": {"history": {"max_limit": self.published_limit}}}
        return self._history(path, params)

    def _history(self, path: str, params: dict[str, Any]) -> HistoryAnswer:
        start, end = _second(params["from"]), _second(params["to"])
        if end <= start:
            raise InvalidRequest(
                7, "Invalid parameters", extra={"errors": [{"parameter": "to", "error": "before from"}]}
            )
        wanted = self._wanted(path, params)
        if self.max_span is not None and timedelta(seconds=end - start) > self.max_span:
            told = {"max_time_span": f"PT{int(self.max_span.total_seconds())}S"} if self.tells_span else {}
            raise SpanTooBig(211, "Requested time span is too big", extra=told)
        limit = params.get("limit", self.max_limit)
        if limit > self.max_limit:
            raise LimitTooBig(212, "Requested limit is too big")
        ascending = params.get("ascending", True)
        kinds = params.get("events")
        found = [
            event
            for event in self.events
            if start + self.leaves_out_start <= event.second <= end
            and wanted(event)
            and (kinds is None or event.kind in kinds)
            and (self.stored_from is None or event.second >= self.stored_from)
        ]
        found.sort(key=lambda event: self._order(event, ascending))
        if not ascending and self.ties == "mirrored":
            found.reverse()
        shown = found[: min(limit, self.silent_cap or limit)]
        cut = len(shown) < len(found)
        clipped = self.stored_from is not None and start < self.stored_from
        return HistoryAnswer(
            list=[self._entry(event) for event in shown],
            limit_exceeded=cut if self.flag_means == "cut" else clipped,
            total=len(found) if self.totals else None,
        )

    def _wanted(self, path: str, params: dict[str, Any]) -> Callable[[Event], bool]:
        if path == "history/user/list":
            return lambda event: True
        if path == "history/asset/list":
            asked = params.get("assets")
            trackers = set(self.assets.values()) if asked is None else {self.assets[asset["id"]] for asset in asked}
            return lambda event: event.tracker in trackers
        asked = params["trackers"]
        assert asked, "trackers is required"
        assert len(set(asked)) == len(asked)
        bad = [tracker for tracker in asked if tracker in self.blocked or tracker not in self.trackers]
        bad += [tracker for tracker in asked if tracker in self.missing]
        if bad:
            if len(asked) == 1 and asked[0] in self.blocked:
                raise TrackerBlocked(208, "Device blocked", http_status=403)
            extra = {"list": bad} if self.names_culprits else {}
            raise BatchPoisoned(217, "List contains nonexistent entities", extra=extra)
        chosen = set(asked)
        return lambda event: event.tracker in chosen

    def _order(self, event: Event, ascending: bool) -> tuple[int, str]:
        if self.ties == "mirrored" or ascending:
            return (event.second, scatter(event.id))
        return (-event.second, scatter(event.id if self.ties == "same" else -event.id))

    def _entry(self, event: Event) -> HistoryEntry:
        local = datetime.fromtimestamp(event.second, ZoneInfo(self.zone))
        offset = local.utcoffset()
        assert offset is not None
        return HistoryEntry(event.id, local.astimezone(timezone(offset)), event.tracker, event.kind)


def _second(value: Any) -> int:
    assert isinstance(value, datetime), "from and to are required"
    assert value.utcoffset() is not None
    assert value.microsecond == 0, "the wire has whole seconds"
    return int(value.timestamp())


def scatter(number: int) -> str:
    """An order that has nothing to do with the ids."""
    return hashlib.blake2b(str(number).encode(), digest_size=6).hexdigest()


def at(second: int) -> datetime:
    return datetime.fromtimestamp(second, UTC)


def drive(work: Coroutine[Any, Any, T]) -> T:
    """Run `work` to its end without an event loop: the model only ever yields once per request."""
    try:
        while True:
            work.send(None)
    except StopIteration as end:
        result: T = end.value
        return result
