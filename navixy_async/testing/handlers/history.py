"""history/*: lists without an offset, one-second keys, both ends inclusive, one limit for all trackers together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from heapq import merge
from itertools import islice, repeat
from typing import Any

import msgspec

from ..entries import EntrySelection
from ..events import DESCRIPTIONS, ZONE_ID, ZONE_LABEL
from ..fleet import WorldTracker
from ..params import may, need
from ..records import Event
from ..wire import WireError, encode, invalid
from .action import Call, Params, action
from .visibility import clipped, ordered, within_span

RANGE = {"from": need("time"), "to": need("time")}
FILTERS = {
    "events": may("strs"),
    "only_emergency": may("bool", False),
    "only_unread": may("bool", False),
}
LISTING = {
    **RANGE,
    **FILTERS,
    "limit": may("int", low=1),
    "ascending": may("bool", True),
    "add_tracker_label": may("bool", True),
    "add_tracker_files": may("bool", False),
}
ASSET_TYPES = frozenset({"vehicle", "employee"})
ASSETS = {"assets": may("objects"), "asset_types": may("strs", options=ASSET_TYPES)}
YEAR = 365 * 86_400


class WireLocation(msgspec.Struct, omit_defaults=True, gc=False):
    lat: float
    lng: float
    precision: int | None = None


class WireExtra(msgspec.Struct, omit_defaults=True, kw_only=True, gc=False):
    tracker_label: str | None = None
    emergency: bool | None = None
    last_known_location: bool | None = None
    employee_id: int | None = None
    zone_ids: list[int] | None = None
    zone_labels: list[str] | None = None


class WireEntry(msgspec.Struct, omit_defaults=True, kw_only=True):
    """`history_entry`; nulls are left out."""

    id: int
    type: str
    is_read: bool
    message: str
    time: str
    event: str
    tracker_id: int
    rule_id: int | None = None
    track_id: int | None = None
    location: WireLocation
    address: str
    extra: WireExtra


class WireList(msgspec.Struct, omit_defaults=True, kw_only=True):
    success: bool
    list: list[WireEntry]
    limit_exceeded: bool | None = None
    total: int | None = None
    total_unread: int | None = None


@action("history/tracker/list", {"trackers": need("ints", low=1), **LISTING})
def tracker_list(call: Call, p: Params) -> bytes:
    return _page(call, p, _range(call, p), call.trackers(p["trackers"]), of_trackers=True)


@action("history/user/list", LISTING)
def user_list(call: Call, p: Params) -> bytes:
    return _page(call, p, _range(call, p), _open_trackers(call))


@action(
    "history/asset/list",
    {**ASSETS, **LISTING, "add_asset_label": may("bool", True), "add_tracker_label": may("bool", False)},
)
def asset_list(call: Call, p: Params) -> bytes:
    return _page(call, p, _range(call, p), _asset_trackers(call, p), counted=False)


def _page(
    call: Call,
    p: Params,
    bounds: tuple[int, int],
    trackers: list[WorldTracker],
    *,
    of_trackers: bool = False,
    counted: bool = True,
) -> bytes:
    """One page: from the first second that the tariff stores, with the totals if such a list has them."""
    first, limit = bounds
    found = _Found(call, trackers, first, p["to"], p)
    rows = found.page(limit, ascending=p["ascending"])
    cut, totals = found.total > len(rows), counted and call.rules.totals
    return encode(
        WireList(
            success=True,
            list=[_entry(call, row, label=p["add_tracker_label"]) for row in rows],
            limit_exceeded=cut if of_trackers else _exceeded(call, p, first, cut),
            total=found.total if totals else None,
            total_unread=found.unread() if totals else None,
        )
    )


@action("history/asset/count", {**ASSETS, **RANGE, **FILTERS})
def asset_count(call: Call, p: Params) -> dict[str, Any]:
    first, _ = _range(call, p)
    found = _Found(call, _asset_trackers(call, p), first, p["to"], p)
    return {"total": found.total, "total_unread": found.unread()}


@action("history/unread/list", {"limit": may("int", low=1), "from": may("time")})
def unread_list(call: Call, p: Params) -> bytes:
    limit = _limit(call, p)
    found = _unread(call, p)
    rows = found.page(limit, ascending=False)
    return encode(WireList(success=True, list=[_entry(call, row, label=True) for row in rows]))


@action(
    "history/unread/count",
    {"from": may("time"), "type": may("str", options=frozenset({"socket", "tracker", "camera"}))},
)
def unread_count(call: Call, p: Params) -> dict[str, Any]:
    return {"count": _unread(call, p).total if p["type"] in (None, "tracker") else 0}


@action("history/read", {"id": need("int"), "add_tracker_label": may("bool", False)})
def read(call: Call, p: Params) -> dict[str, Any]:
    return {"value": msgspec.to_builtins(_entry(call, _one(call, p["id"]), label=p["add_tracker_label"]))}


@action("history/mark_read", {"id": need("int")}, writes=True)
def mark_read(call: Call, p: Params) -> dict[str, Any]:
    call.state.mark_read(_one(call, p["id"]).id)
    return {}


@action("history/mark_read_all", writes=True)
def mark_read_all(call: Call, p: Params) -> dict[str, Any]:
    call.state.mark_all_read(call.account.id, call.now)
    return {}


@action(
    "history/type/list",
    {"locale": need("str", pattern=r"[A-Za-z]{2}[-_][A-Za-z]{2}"), "only_tracker_events": may("bool", True)},
)
def type_list(call: Call, p: Params) -> dict[str, Any]:
    types = dict(DESCRIPTIONS)
    if not p["only_tracker_events"]:
        types["work_status_change"] = "Work status changed"
    return {"list": [{"type": name, "description": text} for name, text in sorted(types.items())]}


class _Found:
    """Entries of some trackers in [first, last] that have arrived by now and pass the filters."""

    def __init__(self, call: Call, trackers: Iterable[WorldTracker], first: int, last: int, p: Params) -> None:
        self._call, self._p = call, p
        self._first, self._last = first, min(last, call.now)
        self._trackers = list(trackers)
        self._entries = call.world.entries
        self._listings = [self._entries.listing(tracker) for tracker in self._trackers]
        self._choices = self._choose(unread=bool(p.get("only_unread")))

    def _choose(self, *, unread: bool) -> list[EntrySelection]:
        p, call = self._p, self._call
        types = None if p.get("events") is None else frozenset(p["events"])
        kinds = self._entries.kinds(types, emergencies=bool(p.get("only_emergency")), unread=unread)
        everything_came = call.now >= call.world.settled.timestamp()
        had_by = None if everything_came else call.now
        marks = call.state.marks(call.account.id) if unread else None
        return [
            EntrySelection(listing, self._first, self._last, kinds=kinds, had_by=had_by, unread=marks)
            for listing in self._listings
        ]

    @property
    def total(self) -> int:
        return sum(choice.count for choice in self._choices)

    def unread(self) -> int:
        return sum(choice.count for choice in self._choose(unread=True))

    def page(self, limit: int, *, ascending: bool) -> list[Event]:
        """The first `limit` entries in the requested order."""
        found = islice(merge(*map(self._keys, range(len(self._choices)), repeat(ascending))), limit)
        rows: list[Event] = []
        for _, _, number, index in found:
            rows += self._entries.rows(self._trackers[number], (index,))
        return rows

    def _keys(self, number: int, ascending: bool) -> Iterator[tuple[int, int, int, int]]:
        """The sort keys of one tracker's entries, each with the tracker's number and the index of the entry."""
        choice, listing = self._choices[number], self._listings[number]
        times, ids = listing.times, listing.ids
        if ascending:
            return ((times[index], ids[index], number, index) for index in choice.ascending())
        if self._call.rules.tie_order == "reversed":
            return ((-times[index], -ids[index], number, index) for index in choice.descending())
        return ((-times[index], ids[index], number, index) for index in choice.newest_first())


def _range(call: Call, p: Params) -> tuple[int, int]:
    """The first second that the tariff still stores, and the limit of the page."""
    ordered(p)
    within_span(p, call.rules.report_span)
    return clipped(call, p)[0], _limit(call, p)


def _exceeded(call: Call, p: Params, first: int, cut: bool) -> bool:
    """`limit_exceeded` of the lists by user and by asset: clipped by the tariff, or cut short, by the rules."""
    return cut if call.rules.cut_flag == "all" else first > p["from"]


def _limit(call: Call, p: Params) -> int:
    most = call.rules.history_limit
    limit: int | None = p.get("limit")
    if limit is not None and limit > most:
        raise WireError(212)
    return most if limit is None else limit


def _open_trackers(call: Call) -> list[WorldTracker]:
    return [tracker for tracker in call.account.trackers if not tracker.blocked]


def _asset_trackers(call: Call, p: Params) -> list[WorldTracker]:
    """The trackers behind the requested assets; without any, all of both types."""
    types = ASSET_TYPES if p["asset_types"] is None else frozenset(p["asset_types"])
    trackers = _open_trackers(call)
    if p["assets"] is None:
        return [tracker for tracker in trackers if "vehicle" in types or tracker.employee_id is not None]
    wanted: set[tuple[str, int]] = set()
    for asset in p["assets"]:
        if asset.get("type") not in ASSET_TYPES or type(asset.get("id")) is not int:
            raise invalid("assets", "items need an integer id and a type of vehicle or employee")
        wanted.add((asset["type"], asset["id"]))
    return [
        tracker
        for tracker in trackers
        if ("vehicle", tracker.vehicle_id) in wanted or ("employee", tracker.employee_id) in wanted
    ]


def _unread(call: Call, p: Params) -> _Found:
    first = call.now - YEAR if p["from"] is None else p["from"]
    since = call.stored_since
    return _Found(
        call, _open_trackers(call), first if since is None else max(first, since), call.now, {"only_unread": True}
    )


def _one(call: Call, event_id: int) -> Event:
    """One entry of the account that has arrived by now; 201 if there is no such entry."""
    row = call.world.event_by_id(event_id)
    if row is None or row.received.timestamp() > call.now:
        raise WireError(201)
    call.any_tracker(row.tracker_id)
    return row


def _entry(call: Call, row: Event, *, label: bool) -> WireEntry:
    tracker = call.world.trackers[row.tracker_id]
    at_zone = row.event in ("inzone", "outzone")
    return WireEntry(
        id=row.id,
        type="tracker",
        is_read=call.state.is_read(row),
        message=row.message,
        time=call.times.of(row.time),
        event=row.event,
        tracker_id=row.tracker_id,
        rule_id=row.rule_id,
        track_id=row.track_id,
        location=WireLocation(row.lat, row.lng, row.precision),
        address=row.address,
        extra=WireExtra(
            tracker_label=tracker.label if label else None,
            emergency=row.emergency,
            last_known_location=False,
            employee_id=tracker.employee_id,
            zone_ids=[ZONE_ID] if at_zone else None,
            zone_labels=[ZONE_LABEL] if at_zone else None,
        ),
    )
