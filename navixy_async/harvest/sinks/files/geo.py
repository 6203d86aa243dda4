"""GPX, GeoJSON and KML of the points of one tracker on one day, or of one trip.

A point without coordinates, or with coordinates that are not on the earth, is left out, and the file says how many
were. A missing altitude stays missing. XML cannot hold control characters: they become U+FFFD. Files are
valid by the schemas of their formats whatever the rows hold, and are written point by point.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import islice
from typing import TextIO, TypeAlias
from xml.sax.saxutils import escape

import msgspec
import pyarrow as pa
import pyarrow.compute as pc

from ....times import time_text
from ...aliases import JsonObject

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_CHUNK = 16 * 1024
Write: TypeAlias = Callable[[TextIO, str, pa.Table], int]
"""Writes points under a name; returns how many of them are in the file."""


def write_gpx(file: TextIO, name: str, points: pa.Table) -> int:
    """GPX 1.1: one track of one segment; altitude in m, number of satellites."""
    placed = on_earth(points)
    file.write(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<gpx version="1.1" creator="navixy_async" xmlns="http://www.topografix.com/GPX/1/1">\n'
        f"<trk><name>{_xml(name)}</name>{_said('desc', points, placed)}<trkseg>\n"
    )
    written = 0
    for point in _points(placed):
        # 180 degrees east is 180 west, and the schema knows only the latter.
        lng = -180.0 if point["lng"] == 180 else point["lng"]
        file.write(f'<trkpt lat="{_plain(point["lat"])}" lon="{_plain(lng)}">')
        if _is_number(point["alt"]):
            file.write(f"<ele>{_plain(point['alt'])}</ele>")
        file.write(f"<time>{time_text(point['time'])}</time>")
        if point["satellites"] is not None and point["satellites"] >= 0:
            file.write(f"<sat>{_plain(point['satellites'])}</sat>")
        file.write("</trkpt>\n")
        written += 1
    file.write("</trkseg></trk>\n</gpx>\n")
    return written


def write_kml(file: TextIO, name: str, points: pa.Table) -> int:
    """KML 2.2 with one gx:Track: the times of all points, then their positions, on the ground."""
    placed = on_earth(points)
    file.write(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<kml xmlns="http://www.opengis.net/kml/2.2" xmlns:gx="http://www.google.com/kml/ext/2.2"><Document>\n'
        f"<Placemark><name>{_xml(name)}</name>{_said('description', points, placed)}<gx:Track>\n"
    )
    for point in _points(placed):
        file.write(f"<when>{time_text(point['time'])}</when>\n")
    written = 0
    for point in _points(placed):
        height = f" {_plain(point['alt'])}" if _is_number(point["alt"]) else ""
        file.write(f"<gx:coord>{_plain(point['lng'])} {_plain(point['lat'])}{height}</gx:coord>\n")
        written += 1
    file.write("</gx:Track></Placemark>\n</Document></kml>\n")
    return written


def write_geojson(file: TextIO, name: str, points: pa.Table) -> int:
    """RFC 7946: one feature, a LineString (a Point if there is but one), with the times of its positions."""
    placed = on_earth(points)
    properties = {
        "name": name,
        "tracker_id": points.column("tracker_id")[0].as_py(),
        "without_coordinates": points.num_rows - placed.num_rows,
    }
    file.write('{"type":"FeatureCollection","features":[{"type":"Feature","properties":')
    file.write(msgspec.json.encode(properties).decode()[:-1] + ',"times":[')
    _listed(file, (time_text(point["time"]) for point in _points(placed)))
    file.write('],"speeds":[')
    _listed(file, (point["speed"] for point in _points(placed)))
    file.write(']},"geometry":')
    written = 0
    if placed.num_rows < 2:
        first = next((_position(point) for point in _points(placed)), None)
        geometry = None if first is None else {"type": "Point", "coordinates": first}
        file.write(msgspec.json.encode(geometry).decode())
        written = placed.num_rows
    else:
        file.write('{"type":"LineString","coordinates":[')
        written = _listed(file, (_position(point) for point in _points(placed)))
        file.write("]}")
    file.write("}]}\n")
    return written


GEO_WRITERS: Mapping[str, Write] = {"gpx": write_gpx, "kml": write_kml, "geojson": write_geojson}


def on_earth(points: pa.Table) -> pa.Table:
    """The points whose coordinates are on the earth."""
    lat, lng = (points.column(name) for name in ("lat", "lng"))
    # Null and NaN compare as false or null.
    known = pc.and_(pc.less_equal(pc.abs(lat), 90.0), pc.less_equal(pc.abs(lng), 180.0))
    return points.filter(pc.fill_null(known, False))


def _listed(file: TextIO, values: Iterable[object]) -> int:
    """Write values as the inside of a JSON list, a chunk at a time; returns how many there were."""
    left, written = iter(values), 0
    while some := list(islice(left, _CHUNK)):
        file.write(("," if written else "") + msgspec.json.encode(some).decode()[1:-1])
        written += len(some)
    return written


def _position(point: JsonObject) -> list[float]:
    return [point["lng"], point["lat"], *([point["alt"]] if _is_number(point["alt"]) else [])]


def _points(points: pa.Table) -> Iterator[JsonObject]:
    columns = points.select(["time", "lat", "lng", "alt", "speed", "satellites"])
    for batch in columns.to_batches(max_chunksize=_CHUNK):
        yield from batch.to_pylist()


def _said(element: str, points: pa.Table, placed: pa.Table) -> str:
    missing = points.num_rows - placed.num_rows
    return f"<{element}>points without coordinates, left out: {missing}</{element}>" if missing else ""


def _is_number(value: float | None) -> bool:
    return value is not None and math.isfinite(value)


def _plain(value: float) -> str:
    """A number as a decimal without exponent that reads back equal."""
    text = repr(value)
    return format(Decimal(text), "f") if "e" in text else text


def _xml(text: str) -> str:
    return escape(_NO_XML.sub("\ufffd", text))
