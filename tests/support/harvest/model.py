"""A strict platform in memory: a few actions, their documented rules, and a truth to compare with.

Times inside are whole seconds since 1970. What a test wants to go wrong, it says with `trouble`.
"""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow.parquet as pq

from navixy_async.errors import BatchPoisoned, LimitTooBig, NotFound, SpanTooBig, TrackerBlocked
from navixy_async.operations import Lane, Operation

Trouble = Callable[[str, Mapping[str, Any], int], BaseException | bytes | None]
"""Told the path, the parameters and the number of the request (1, 2, ...): what to raise or answer instead, if any."""

POINT = ("lat", "lng", "alt", "satellites", "mileage", "address", "heading", "speed", "precision")


@dataclass
class Point:
    """A point as the platform holds it; `note` tells apart points that are equal otherwise."""

    second: int
    note: int
    members: dict[str, Any] = field(default_factory=dict)
    arrives: int = 0


@dataclass
class Event:
    second: int
    id: int
    tracker: int
    event: str = "inzone"
    members: dict[str, Any] = field(default_factory=dict)
    arrives: int = 0


@dataclass
class Fleet:
    """One account: its trackers with their points, and its events."""

    points: dict[int, list[Point]] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    blocked: set[int] = field(default_factory=set)
    time_zone: str = "Europe/Berlin"


@dataclass
class Model:
    """The platform.

    Attributes:
        edges: which of the two edges of a track's period count: "[]", "(]", "[)" or "()".
        max_span: the longest period; beyond it, 211.
        tell_span: whether the 211 says how long it may be.
        kept_since: what is older is not shown any more (and flagged).
        late_last: whether points that were sent late come at the end of an answer, and not at their time.
        zone: the offset that times are written with; ``naive`` leaves the offset out.
        now: the platform's own clock; it is not told if ``None``. What arrives later is not there yet.
    """

    fleets: dict[str, Fleet]
    edges: str = "[]"
    max_span: timedelta | None = None
    tell_span: bool = False
    kept_since: int | None = None
    history_limit: int = 1000
    zone: str = "UTC"
    naive: bool = False
    late_last: bool = False
    now: int | None = None
    trouble: Trouble | None = None
    pause: Callable[[], Any] | None = None
    asked: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)

    def callers(self) -> list[Caller]:
        return [Caller(self, label) for label in self.fleets]

    def count(self, path: str) -> int:
        return sum(1 for _, asked, _ in self.asked if asked == path)

    def has(self, thing: Point | Event) -> bool:
        """Whether it happened and arrived by now."""
        return self.now is None or max(thing.second, thing.arrives) <= self.now

    def in_order(self, points: list[Point]) -> list[Point]:
        """The points of one tracker as the platform gives them."""
        return sorted(points, key=lambda point: bool(point.members.get("buffered"))) if self.late_last else points

    def text(self, second: int) -> str:
        moment = datetime.fromtimestamp(second, UTC).astimezone(ZoneInfo(self.zone))
        return moment.strftime("%Y-%m-%d %H:%M:%S" if self.naive else "%Y-%m-%dT%H:%M:%S%z")

    def answer(self, label: str, path: str, params: Mapping[str, Any]) -> bytes:
        self.asked.append((label, path, dict(params)))
        if self.trouble is not None:
            instead = self.trouble(path, params, len(self.asked))
            if isinstance(instead, bytes):
                return instead
            if instead is not None:
                raise instead
        fleet = self.fleets[label]
        known: dict[str, Callable[[Fleet, Mapping[str, Any]], dict[str, Any]]] = {
            "tracker/list": self._tracker_list,
            "dealer/get_ui_config": self._ui_config,
            "user/get_info": lambda fleet, _: {"user_info": {"id": 1, "time_zone": fleet.time_zone}},
            "history/type/list": lambda *_: {
                "list": [{"type": name, "description": name} for name in ("inzone", "sos")]
            },
            "tracker/get_states": self._states,
            "track/read": self._track_read,
            "track/list": self._track_list,
            "history/tracker/list": self._history,
            "tracker/stats/mileage/read": self._mileage,
            "tracker/stats/engine_hours/read": self._engine_hours,
        }
        return json.dumps({"success": True, **known[path](fleet, params)}).encode()

    def _tracker_list(self, fleet: Fleet, params: Mapping[str, Any]) -> dict[str, Any]:
        assert not params
        return {
            "list": [
                {
                    "id": tracker,
                    "label": f"Car {tracker}",
                    "source": {"id": tracker, "blocked": tracker in fleet.blocked},
                }
                for tracker in fleet.points
            ]
        }

    def _states(self, fleet: Fleet, params: Mapping[str, Any]) -> dict[str, Any]:
        return {"states": {}} if self.now is None else {"states": {}, "user_time": self.text(self.now)}

    def _ui_config(self, fleet: Fleet, params: Mapping[str, Any]) -> dict[str, Any]:
        return {"platform": {"history.max_limit": self.history_limit}}

    def _period(self, path: str, params: Mapping[str, Any]) -> tuple[int, int]:
        start, end = params["from"], params["to"]
        assert start.utcoffset() is not None and end.utcoffset() is not None
        first, last = int(start.timestamp()), -int(-end.timestamp() // 1)
        assert first <= last
        if self.max_span is not None and timedelta(seconds=last - first) > self.max_span:
            span = f"PT{int(self.max_span.total_seconds())}S"
            raise SpanTooBig(
                211,
                "Requested time span is too big",
                operation=path,
                extra={"max_time_span": span} if self.tell_span else {},
            )
        return first, last

    def _points(self, path: str, fleet: Fleet, params: Mapping[str, Any]) -> tuple[list[Point], bool]:
        """The points of the period in the order of the platform, and whether it was clipped."""
        tracker = params["tracker_id"]
        if tracker in fleet.blocked:
            raise TrackerBlocked(208, "Device blocked", http_status=403, operation=path)
        if tracker not in fleet.points:
            raise NotFound(201, "Not found in database", operation=path)
        first, last = self._period(path, params)
        first += self.edges[0] == "("
        last -= self.edges[1] == ")"
        clipped = self.kept_since is not None and first < self.kept_since
        if self.kept_since is not None:
            first = max(first, self.kept_since)
        return [
            point for point in self.in_order(fleet.points[tracker]) if first <= point.second <= last and self.has(point)
        ], clipped

    def _track_read(self, fleet: Fleet, params: Mapping[str, Any]) -> dict[str, Any]:
        assert params["simplify"] is False and params["filter"] is False
        points, clipped = self._points("track/read", fleet, params)
        rows = [
            {"get_time": self.text(point.second), "mileage": float(point.note), **point.members} for point in points
        ]
        return {"limit_exceeded": clipped, "list": rows}

    def _track_list(self, fleet: Fleet, params: Mapping[str, Any]) -> dict[str, Any]:
        """Trips of what it sees: those at the edges of the period are cut there."""
        assert params["filter"] is False and params["split"] is True and params["cluster_single_reports"] is False
        points, clipped = self._points("track/list", fleet, params)
        rows = [
            {"start_date": self.text(first), "end_date": self.text(last), "points": count, "type": "regular"}
            for first, last, count in trips_of(points)
        ]
        return {"limit_exceeded": clipped, "list": rows}

    def _mileage(self, fleet: Fleet, params: Mapping[str, Any]) -> dict[str, Any]:
        """A kilometre for each point of a day by the account's clock."""
        assert not fleet.blocked & set(params["trackers"])
        first, last = self._period("tracker/stats/mileage/read", params)
        days = sorted({local_date(fleet, second) for second in (*range(first, last, 900), last)})
        counts = {tracker: Counter(self._dates(fleet, tracker, first, last)) for tracker in params["trackers"]}
        result = {
            str(tracker): {day.isoformat(): {"mileage": float(by_day[day])} for day in days}
            for tracker, by_day in counts.items()
        }
        return {"result": result, "limit_exceeded": False}

    def _engine_hours(self, fleet: Fleet, params: Mapping[str, Any]) -> dict[str, Any]:
        """An hour for each point."""
        first, last = self._period("tracker/stats/engine_hours/read", params)
        return {"value": float(len(list(self._dates(fleet, params["tracker_id"], first, last))))}

    def _dates(self, fleet: Fleet, tracker: int, first: int, last: int) -> Iterator[date]:
        for point in fleet.points[tracker]:
            if first <= point.second <= last and self.has(point):
                yield local_date(fleet, point.second)

    def _history(self, fleet: Fleet, params: Mapping[str, Any]) -> dict[str, Any]:
        path = "history/tracker/list"
        trackers = set(params["trackers"])
        assert trackers and len(trackers) == len(params["trackers"])
        if bad := trackers & fleet.blocked | trackers - set(fleet.points):
            raise BatchPoisoned(217, "List contains nonexistent entities", operation=path, extra={"blocked": list(bad)})
        limit = params.get("limit", 1000)
        if limit > self.history_limit:
            raise LimitTooBig(212, "Requested limit is too big", operation=path)
        first, last = self._period(path, params)
        assert first < last
        wanted = params.get("events")
        found = [
            event
            for event in fleet.events
            if event.tracker in trackers and first <= event.second <= last and (wanted is None or event.event in wanted)
            if self.has(event)
        ]
        found.sort(key=lambda event: (event.second, event.id), reverse=params.get("ascending") is False)
        rows = [
            {
                "id": event.id,
                "time": self.text(event.second),
                "tracker_id": event.tracker,
                "event": event.event,
                "type": "tracker",
                "message": f"message {event.id}",
                **event.members,
            }
            for event in found[:limit]
        ]
        return {"list": rows, "limit_exceeded": len(found) > limit, "total": len(found)}


@dataclass
class Caller:
    """One account of the model."""

    model: Model
    label: str
    lane: Lane = "interactive"

    async def call_bytes(
        self,
        operation: Operation[Any] | str,
        params: Mapping[str, Any] | None = None,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> bytes:
        assert lane == "bulk" and timeout is not None
        if self.model.pause is not None:
            await self.model.pause()
        else:
            await asyncio.sleep(0)
        path = operation if isinstance(operation, str) else operation.path
        return self.model.answer(self.label, path, params or {})

    async def call(self, *_: Any, **__: Any) -> Any:
        raise AssertionError("harvests decode for themselves")


def local_date(fleet: Fleet, second: int) -> date:
    """The day by the account's clock."""
    return datetime.fromtimestamp(second, ZoneInfo(fleet.time_zone)).date()


def day_truth(model: Model, start: date, end: date, over: int) -> list[tuple[str, int, int, int]]:
    """Account, tracker, first second and number of points of every local day from start to end that is over by then.

    Days are found by stepping through the minutes of the account's clock.
    """
    rows = []
    for label, fleet in sorted(model.fleets.items()):
        first = int(datetime(start.year, start.month, start.day, tzinfo=UTC).timestamp()) - 15 * 3600
        last = int(datetime(end.year, end.month, end.day, tzinfo=UTC).timestamp()) + 15 * 3600
        begins: dict[date, int] = {}
        for minute in range(first, last, 60):
            begins.setdefault(local_date(fleet, minute), minute)
        days = sorted(begins)
        for day, following in pairwise(days):
            if start <= day < end and begins[following] <= over:
                rows += [
                    (
                        label,
                        tracker,
                        begins[day],
                        sum(local_date(fleet, p.second) == day for p in points if model.has(p)),
                    )
                    for tracker, points in sorted(fleet.points.items())
                    if tracker not in fleet.blocked
                ]
    return sorted(rows)


def at(text: str) -> datetime:
    """``03-16 12:00:05`` of 2026, UTC."""
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=UTC)


def stopped_at(moment: datetime) -> Callable[[], datetime]:
    """A clock that stands still."""
    return lambda: moment


def sec(text: str) -> int:
    """The same in seconds since 1970."""
    return int(at(text).timestamp())


def track_truth(model: Model, start: datetime, end: datetime) -> list[tuple[str, int, int, int]]:
    """Account, tracker, second and note of every point in [start, end), in the order that files must have."""
    return [
        (label, tracker, point.second, point.note)
        for label, fleet in sorted(model.fleets.items())
        for tracker, points in sorted(fleet.points.items())
        if tracker not in fleet.blocked
        for point in sorted(model.in_order(points), key=lambda point: point.second)
        if start.timestamp() <= point.second < end.timestamp() and model.has(point)
    ]


def event_truth(model: Model, start: datetime, end: datetime) -> list[tuple[str, int, int, int]]:
    """Account, tracker, second and id of every event in [start, end)."""
    return sorted(
        (label, event.tracker, event.second, event.id)
        for label, fleet in model.fleets.items()
        for event in fleet.events
        if event.tracker not in fleet.blocked
        and start.timestamp() <= event.second < end.timestamp()
        and model.has(event)
    )


STOP = 600
"""Seconds without a point that end a trip."""


def trips_of(points: Iterable[Point]) -> list[tuple[int, int, int]]:
    """First second, last second and points of each trip."""
    trips: list[tuple[int, int, int]] = []
    for second in sorted(point.second for point in points):
        if trips and second - trips[-1][1] <= STOP:
            trips[-1] = (trips[-1][0], second, trips[-1][2] + 1)
        else:
            trips.append((second, second, 1))
    return trips


def trip_truth(model: Model, start: datetime, end: datetime) -> list[tuple[str, int, int, int]]:
    """Account, tracker, first second and number of points of every trip that begins in [start, end)."""
    return [
        (label, tracker, first, count)
        for label, fleet in sorted(model.fleets.items())
        for tracker, points in sorted(fleet.points.items())
        if tracker not in fleet.blocked
        for first, _, count in trips_of(points)
        if start.timestamp() <= first < end.timestamp()
    ]


def trip_point_truth(model: Model, start: datetime, end: datetime) -> list[tuple[str, int, int, int]]:
    """Account, tracker, second in which the trip begins, and note of every point of these trips, in order."""
    return [
        (label, tracker, first, point.note)
        for label, tracker, first, _ in trip_truth(model, start, end)
        for begin, last, _ in trips_of(model.fleets[label].points[tracker])
        if begin == first
        for point in sorted(model.in_order(model.fleets[label].points[tracker]), key=lambda point: point.second)
        if first <= point.second <= last
    ]


def files_of(root: Path) -> dict[str, bytes]:
    """Every visible file of a harvest: its path and its bytes."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and ".navixy-harvest" not in path.parts
    }


def data_of(root: Path) -> dict[str, bytes]:
    """The same without the manifest, which tells how the harvest went."""
    return {path: data for path, data in files_of(root).items() if path != "manifest.json"}


def rows_of(root: Path, stream: str, key: str, time: str = "time") -> list[tuple[str, int, int, int]]:
    """Account, tracker, second and `key` of every row in a harvest's files; each file is checked on the way."""
    rows: list[tuple[str, int, int, int]] = []
    for path in sorted(root.glob(f"stream={stream}/*/*/*.parquet")):
        account, day = (part.split("=", 1)[1] for part in path.parts[-3:-1])
        table = pq.ParquetFile(path).read()
        found = [
            (account, tracker, int(moment.timestamp()), int(value))
            for tracker, moment, value in zip(
                table["tracker_id"].to_pylist(), table[time].to_pylist(), table[key].to_pylist(), strict=True
            )
        ]
        assert found, "a day without rows has no file"
        assert {datetime.fromtimestamp(row[2], UTC).date() for row in found} == {date.fromisoformat(day)}
        assert [row[:3] for row in found] == sorted(row[:3] for row in found)
        rows += found
    return sorted(rows, key=lambda row: row[:3])


def batch_rows(batches: Iterable[Any], key: str) -> list[tuple[str, int, int, int]]:
    """The same of record batches."""
    rows = [
        (row["account"], row["tracker_id"], int(row["time"].timestamp()), int(row[key]))
        for batch in batches
        for row in batch.to_pylist()
    ]
    return sorted(rows, key=lambda row: row[:3])
