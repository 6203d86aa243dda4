"""track/read, track/list in its four variants, track/download and track/visit/list."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any
from xml.sax.saxutils import escape

from ..events import ZONE_ID
from ..fleet import WorldTracker
from ..params import may, need
from ..records import TrackerDay
from ..vehicles import Fix
from ..wire import WireError
from . import point_encoding
from .action import Call, File, Params, action
from .point_encoding import Selection
from .visibility import clipped, ordered, records

POINT_LIMIT = may("int", low=2, high=3000)
RANGE = {"tracker_id": need("int"), "from": need("time"), "to": need("time")}


@action(
    "track/read",
    {
        **RANGE,
        "track_id": may("int"),
        "include_gsm_lbs": may("bool", True),
        "simplify": may("bool", True),
        "point_limit": POINT_LIMIT,
        "filter": may("bool", True),
    },
)
def read(call: Call, p: Params) -> bytes:
    tracker, first, was_clipped = _range(call, p)
    chosen = _chosen(call, tracker, first, p)
    if p["track_id"] is not None:
        chosen = [point_encoding.of_trip(selection, p["track_id"]) for selection in chosen]
    chosen = _thinned(chosen, p)
    most = call.rules.max_points
    if most is not None and sum(len(selection.indexes) for selection in chosen) > most:
        raise WireError(9)
    rows = b",".join([selection.join(call.times) for selection in chosen if selection.indexes])
    exceeded = b"true" if was_clipped else b"false"
    return b'{"success":true,"limit_exceeded":' + exceeded + b',"list":[' + rows + b"]}"


@action(
    "track/list",
    {
        **RANGE,
        "filter": may("bool", True),
        "split": may("bool", True),
        "include_gsm_lbs": may("bool", True),
        "cluster_single_reports": may("bool", False),
        "count_events": may("bool", False),
        "omit_addresses": may("bool", False),
        "with_points": may("bool", False),
        "point_limit": POINT_LIMIT,
    },
)
def list_tracks(call: Call, p: Params) -> dict[str, Any]:
    tracker, first, was_clipped = _range(call, p)
    chosen = _chosen(call, tracker, first, p)
    runs = list(_runs(chosen))
    if tracker.kind == "sparse":
        tracks = _clustered(call, runs) if p["cluster_single_reports"] else [_single(call, run, p) for run in runs]
    elif p["split"]:
        tracks = [_moving(call, tracker, [run], p) for run in runs]
    else:
        tracks = [_moving(call, tracker, runs, p)] if runs else []
    return {"limit_exceeded": was_clipped, "list": tracks}


@action(
    "track/download",
    {
        **RANGE,
        "track_ids": may("ints"),
        "include_gsm_lbs": may("bool", True),
        "simplify": may("bool", True),
        "point_limit": POINT_LIMIT,
        "filter": may("bool", True),
        "format": may("str", "kml", options=frozenset({"kml", "kmz"})),
        "split": may("bool", False),
    },
)
def download(call: Call, p: Params) -> dict[str, Any] | File:
    tracker, first, was_clipped = _range(call, p)
    chosen = _thinned(_chosen(call, tracker, first, p), p)
    runs = list(_runs(chosen))
    if p["track_ids"] is not None:
        runs = [run for run in runs if run.track_id in set(p["track_ids"])]
    if was_clipped and not runs:
        return {"list": [], "limit_exceeded": True}
    parts = [[run] for run in runs] if p["split"] else [runs]
    marks = "".join(_placemark(call, tracker, part) for part in parts if part)
    kml = (
        '<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document>'
        f"<name>{escape(tracker.label)}</name>{marks}</Document></kml>"
    ).encode()
    if p["format"] == "kml":
        return File(kml, "application/vnd.google-earth.kml+xml", "track.kml")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("doc.kml"), kml)
    return File(packed.getvalue(), "application/vnd.google-earth.kmz", "track.kmz")


@action("track/visit/list", {**RANGE, "include_zones": may("bool", True), "include_places": may("bool", True)})
def list_visits(call: Call, p: Params) -> dict[str, Any]:
    tracker = call.any_tracker(p["tracker_id"], unknown=204)
    ordered(p)
    entries = call.world.event_slice(tracker.id, p["from"], p["to"])
    visited = any(entry.event in ("inzone", "outzone") and entry.received.timestamp() <= call.now for entry in entries)
    zones = [ZONE_ID] if visited and p["include_zones"] else []
    return {"value": {"zones": zones, "places": [18_404] if visited and p["include_places"] else []}}


class _TrackPart:
    """Selected records of one track, in order of time; never over two days."""

    def __init__(self, day: TrackerDay, trip: int) -> None:
        self.day, self.trip = day, trip
        self.indexes: list[int] = []

    @property
    def track_id(self) -> int:
        return self.day.track_id(self.trip)

    @property
    def fixes(self) -> list[Fix]:
        return [self.day.pattern.fixes[index] for index in self.indexes]

    @property
    def start(self) -> int:
        return self.day.base + self.day.pattern.seconds[self.indexes[0]]

    @property
    def end(self) -> int:
        return self.day.base + self.day.pattern.seconds[self.indexes[-1]]


def _range(call: Call, p: Params) -> tuple[WorldTracker, int, bool]:
    """The tracker, the first second that the tariff still stores, and whether that clipped the range."""
    ordered(p)
    tracker = call.tracker(p["tracker_id"])
    span = call.rules.track_span
    if span is not None and p["to"] - p["from"] > span * 86_400:
        raise WireError(211)
    return tracker, *clipped(call, p)


def _chosen(call: Call, tracker: WorldTracker, first: int, p: Params) -> list[Selection]:
    days = records(call, tracker, first, p["to"])
    chosen: Iterator[Selection] = (Selection(day, indexes) for day, indexes in days if indexes)
    if not p["include_gsm_lbs"]:
        chosen = map(point_encoding.without_network, chosen)
    if p["filter"]:
        chosen = map(point_encoding.filtered, chosen)
    return list(chosen)


def _thinned(chosen: list[Selection], p: Params) -> list[Selection]:
    if p["simplify"]:
        return point_encoding.simplified(chosen, p["point_limit"] or point_encoding.SIMPLE_LIMIT)
    return point_encoding.thinned(chosen, p["point_limit"]) if p["point_limit"] else chosen


def _runs(chosen: list[Selection]) -> Iterator[_TrackPart]:
    for day, indexes in chosen:
        run: _TrackPart | None = None
        for index in indexes:
            trip = day.pattern.fixes[index].trip
            if trip is None:
                continue
            if run is None or run.trip != trip:
                if run is not None:
                    yield run
                run = _TrackPart(day, trip)
            run.indexes.append(index)
        if run is not None:
            yield run


def _moving(call: Call, tracker: WorldTracker, runs: list[_TrackPart], p: Params) -> dict[str, Any]:
    """A `regular` track of one part, or a `merged` one of several."""
    merged = not p["split"]
    fixes = [fix for run in runs for fix in run.fixes]
    length = sum(max(0.0, run.fixes[-1].mileage - run.fixes[0].mileage) for run in runs)
    seconds = sum(run.end - run.start for run in runs)
    start, end = runs[0].start, runs[-1].end
    fastest = max(fix.speed for fix in fixes)
    events = call.world.event_count(tracker.id, start, end) if p["count_events"] else None
    return {
        "id": None if merged else runs[0].track_id,
        "type": "merged" if merged else "regular",
        "start_date": call.times.text(start),
        "start_address": "" if p["omit_addresses"] else fixes[0].address,
        "end_date": call.times.text(end),
        "end_address": "" if p["omit_addresses"] else fixes[-1].address,
        "max_speed": fastest,
        "avg_speed": min(fastest, int(length / seconds * 3600)) if seconds else 0,
        "length": round(length, 2),
        "points": len(fixes),
        "event_count": events,
        "norm_fuel_consumed": round(length * 0.09, 2) if tracker.index % 2 else None,
        "gsm_lbs": any(fix.gsm_lbs for fix in fixes),
        "bounds": _bounds(fixes),
        "points_list": _points_list(call, runs, p),
    }


def _single(call: Call, run: _TrackPart, p: Params) -> dict[str, Any]:
    fix = run.fixes[0]
    return {
        "id": run.track_id,
        "type": "single_report",
        "start_date": call.times.text(run.start),
        "start_address": "" if p["omit_addresses"] else fix.address,
        "avg_speed": fix.speed,
        "gsm_lbs": bool(fix.gsm_lbs),
        "precision": fix.precision,
        "points_list": _points_list(call, [run], p),
    }


def _clustered(call: Call, runs: list[_TrackPart]) -> list[dict[str, Any]]:
    """Single reports near each other on one day as one `cluster`; the rest unchanged."""
    grouped: list[list[_TrackPart]] = []
    for run in runs:
        last = grouped[-1][-1] if grouped else None
        if last is not None and last.day is run.day and _close_together(last.fixes[0], run.fixes[0]):
            grouped[-1].append(run)
        else:
            grouped.append([run])
    lone = {"omit_addresses": False, "with_points": False, "point_limit": None}
    return [_cluster(call, group) if len(group) > 1 else _single(call, group[0], lone) for group in grouped]


def _close_together(a: Fix, b: Fix) -> bool:
    return abs(a.lat - b.lat) < 0.005 and abs(a.lng - b.lng) < 0.005


def _cluster(call: Call, group: list[_TrackPart]) -> dict[str, Any]:
    fixes = [run.fixes[0] for run in group]
    return {
        "type": "cluster",
        "start_date": call.times.text(group[0].start),
        "start_address": fixes[0].address,
        "end_date": call.times.text(group[-1].end),
        "precision": max(fix.precision or 0 for fix in fixes),
        "points": [{"lat": fix.lat, "lng": fix.lng} for fix in fixes],
        "gsm_lbs": any(fix.gsm_lbs for fix in fixes),
        "bounds": _bounds(fixes),
    }


def _bounds(fixes: list[Fix]) -> dict[str, dict[str, float]]:
    lats, lngs = [fix.lat for fix in fixes], [fix.lng for fix in fixes]
    return {"nw": {"lat": max(lats), "lng": min(lngs)}, "se": {"lat": min(lats), "lng": max(lngs)}}


def _points_list(call: Call, runs: list[_TrackPart], p: Params) -> list[Any] | None:
    if not p["with_points"]:
        return None
    chosen = [Selection(run.day, run.indexes) for run in runs]
    if p["point_limit"]:
        chosen = point_encoding.thinned(chosen, p["point_limit"])
    return [point for selection in chosen for point in point_encoding.as_objects(selection, call.times)]


def _placemark(call: Call, tracker: WorldTracker, runs: list[_TrackPart]) -> str:
    fixes = [fix for run in runs for fix in run.fixes]
    coordinates = " ".join(f"{fix.lng},{fix.lat},{fix.alt}" for fix in fixes)
    begin, end = call.times.text(runs[0].start), call.times.text(runs[-1].end)
    return (
        f"<Placemark><name>{escape(tracker.label)} {begin} - {end}</name>"
        f"<LineString><coordinates>{coordinates}</coordinates></LineString></Placemark>"
    )
