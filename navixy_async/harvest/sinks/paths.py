"""GPX, GeoJSON and KML of the points of one tracker on one day, or of one trip.

A point without coordinates has no place in them: it is left out, and the file says how many were. A missing altitude
stays missing. XML cannot hold control characters: they become U+FFFD.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any, TextIO, TypeAlias
from xml.sax.saxutils import escape

import msgspec

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_CHUNK = 16 * 1024
Write: TypeAlias = Callable[[TextIO, str, Any], None]


def write_gpx(file: TextIO, name: str, points: Any) -> None:
    """GPX 1.1: one track of one segment; altitude in m, number of satellites."""
    file.write(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<gpx version="1.1" creator="navixy_async" xmlns="http://www.topografix.com/GPX/1/1">\n'
        f"<trk><name>{_xml(name)}</name>{_said('desc', points)}<trkseg>\n"
    )
    for point in _placed(points):
        file.write(f'<trkpt lat="{point["lat"]!r}" lon="{point["lng"]!r}">')
        if point["alt"] is not None:
            file.write(f"<ele>{point['alt']}</ele>")
        file.write(f"<time>{_time(point['time'])}</time>")
        if point["satellites"] is not None:
            file.write(f"<sat>{point['satellites']}</sat>")
        file.write("</trkpt>\n")
    file.write("</trkseg></trk>\n</gpx>\n")


def write_kml(file: TextIO, name: str, points: Any) -> None:
    """KML 2.2 with one gx:Track: the times of all points, then their places, on the ground."""
    file.write(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<kml xmlns="http://www.opengis.net/kml/2.2" xmlns:gx="http://www.google.com/kml/ext/2.2"><Document>\n'
        f"<Placemark><name>{_xml(name)}</name>{_said('description', points)}<gx:Track>\n"
    )
    for point in _placed(points):
        file.write(f"<when>{_time(point['time'])}</when>\n")
    for point in _placed(points):
        height = "" if point["alt"] is None else f" {point['alt']}"
        file.write(f"<gx:coord>{point['lng']!r} {point['lat']!r}{height}</gx:coord>\n")
    file.write("</gx:Track></Placemark>\n</Document></kml>\n")


def write_geojson(file: TextIO, name: str, points: Any) -> None:
    """RFC 7946: one feature, a LineString (a Point if there is but one), with the times of its positions."""
    placed = list(_placed(points))
    positions = [[p["lng"], p["lat"]] if p["alt"] is None else [p["lng"], p["lat"], p["alt"]] for p in placed]
    geometry: dict[str, Any] | None = {"type": "LineString", "coordinates": positions}
    if len(positions) == 1:
        geometry = {"type": "Point", "coordinates": positions[0]}
    elif not positions:
        geometry = None
    properties = {
        "name": name,
        "tracker_id": points.column("tracker_id")[0].as_py(),
        "without_coordinates": points.num_rows - len(placed),
        "times": [_time(p["time"]) for p in placed],
        "speeds": [p["speed"] for p in placed],
    }
    feature = {"type": "Feature", "properties": properties, "geometry": geometry}
    file.write(msgspec.json.encode({"type": "FeatureCollection", "features": [feature]}).decode() + "\n")


PATHS: Mapping[str, Write] = {"gpx": write_gpx, "kml": write_kml, "geojson": write_geojson}


def _placed(points: Any) -> Iterator[dict[str, Any]]:
    columns = points.select(["time", "lat", "lng", "alt", "speed", "satellites"])
    for batch in columns.to_batches(max_chunksize=_CHUNK):
        for point in batch.to_pylist():
            if point["lat"] is not None and point["lng"] is not None:
                yield point


def _said(element: str, points: Any) -> str:
    missing = points.num_rows - sum(1 for _ in _placed(points))
    return f"<{element}>points without coordinates, left out: {missing}</{element}>" if missing else ""


def _time(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")


def _xml(text: str) -> str:
    return escape(_NO_XML.sub("\ufffd", text))
