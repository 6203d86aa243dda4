"""Text files, frames and functions: the same rows as everywhere, readable by others' readers."""

from __future__ import annotations

import asyncio
import csv
import json
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest

from navixy_async.errors import InvalidInput
from navixy_async.harvest import Harvests
from navixy_async.harvest.report.verify import verify

from ..support.harvest.model import (
    Fleet,
    Model,
    Point,
    event_truth,
    files_of,
    sec,
    track_truth,
    trip_point_truth,
    trip_truth,
)
from ..support.harvest.power import PowerCut, power_for_files
from .test_run_resume import END, START, world

NAME = "o\"d<d> & 'ü'"

GPX = "{http://www.topografix.com/GPX/1/1}"

KML = "{http://www.opengis.net/kml/2.2}"

GX = "{http://www.google.com/kml/ext/2.2}"


def harvest(model: Model, stream: str = "tracks", **options: Any) -> Any:
    return getattr(Harvests(model.callers()), stream)(start=START, end=END, **options)


def write(model: Model, path: Path, kind: Any, stream: str = "tracks", **options: Any) -> Any:
    return asyncio.run(harvest(model, stream).to_files(path, kind, **options))


def odd() -> Model:
    """Points with everything odd: ties, duplicates, nulls, texts that need care."""
    at_ten = sec("03-16 10:00:00")
    points = [
        Point(at_ten, 0, {"lat": 53.5, "lng": -2.25, "alt": 10, "speed": 5, "satellites": 9, "address": 'a,"b"\nü'}),
        Point(at_ten, 0, {"lat": 53.5, "lng": -2.25, "alt": None, "address": ""}),
        Point(at_ten, 0, {"lat": 53.5, "lng": -2.25, "alt": None, "address": ""}),
        Point(at_ten + 1, 1, {"address": None}),
    ]
    return Model({NAME: Fleet({7: points, 8: points[:1], 9: points[3:]})})


def read_lines(path: Path, kind: str) -> list[dict[str, Any]]:
    if kind == "ndjson":
        return [json.loads(line) for line in path.read_text().splitlines()]
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("kind", ["csv", "ndjson"])
@pytest.mark.parametrize("stream", ["tracks", "events"])
def test_lines_hold_every_row_once(kind: str, stream: str, tmp_path: Path) -> None:
    model = world()
    coverage = write(model, tmp_path, kind, stream)
    key, truth = ("mileage", track_truth) if stream == "tracks" else ("id", event_truth)
    found = []
    for path in sorted(tmp_path.glob(f"stream={stream}/account=*/date=*/part-0.{kind}")):
        label = {"account=depot": "depot", "account=küste": "küste"}[path.parts[-3]]
        for row in read_lines(path, kind):
            moment = datetime.fromisoformat(row["time"])
            assert moment.utcoffset() is not None and row["time"].endswith("Z")
            assert f"date={moment.date()}" == path.parts[-2]
            found.append((label, int(row["tracker_id"]), int(moment.timestamp()), int(float(row[key]))))
    assert coverage.is_complete and sorted(found) == sorted(truth(model, START, END))
    section = json.loads((tmp_path / "manifest.json").read_text())["streams"][stream]
    assert section["rows"] == len(found) and section["parameters"]["files"] == kind


def test_nulls_and_odd_texts_in_lines(tmp_path: Path) -> None:
    write(odd(), tmp_path / "n", "ndjson")
    (path,) = (tmp_path / "n").rglob("*.ndjson")
    rows = read_lines(path, "ndjson")
    assert [row["address"] for row in rows] == ['a,"b"\nü', "", "", None, 'a,"b"\nü', None]
    assert [row["lat"] for row in rows[2:4]] == [53.5, None]
    write(odd(), tmp_path / "c", "csv")
    (path,) = (tmp_path / "c").rglob("*.csv")
    assert [row["address"] for row in read_lines(path, "csv")] == ['a,"b"\nü', "", "", "", 'a,"b"\nü', ""]
    text = path.read_text()
    assert text.startswith('"tracker_id","time","lat"') and "2026-03-16T10:00:00Z" in text
    assert ',"",,,\n' in text and ",,,,\n" in text, "an empty text and none are told apart"


def test_gpx(tmp_path: Path) -> None:
    write(odd(), tmp_path, "gpx")
    files = {path.name: ElementTree.parse(path).getroot() for path in tmp_path.rglob("*.gpx")}
    assert sorted(files) == ["tracker-7.gpx", "tracker-8.gpx", "tracker-9.gpx"]
    seven = files["tracker-7.gpx"]
    assert seven.findtext(f".//{GPX}name") == f"{NAME} 7 2026-03-16"
    assert seven.findtext(f".//{GPX}desc") == "points without coordinates, left out: 1"
    points = seven.findall(f".//{GPX}trkpt")
    assert [point.attrib for point in points] == [{"lat": "53.5", "lon": "-2.25"}] * 3
    assert [[(child.tag.removeprefix(GPX), child.text) for child in point] for point in points[:2]] == [
        [("ele", "10.0"), ("time", "2026-03-16T10:00:00Z"), ("sat", "9")],
        [("time", "2026-03-16T10:00:00Z")],
    ]
    assert files["tracker-8.gpx"].find(f".//{GPX}desc") is None
    assert not files["tracker-9.gpx"].findall(f".//{GPX}trkpt")


def test_kml(tmp_path: Path) -> None:
    write(odd(), tmp_path, "kml")
    (path,) = tmp_path.rglob("tracker-7.kml")
    root = ElementTree.parse(path).getroot()
    assert root.findtext(f".//{KML}name") == f"{NAME} 7 2026-03-16"
    track = root.find(f".//{GX}Track")
    assert track is not None
    assert [element.text for element in track.findall(f"{KML}when")] == ["2026-03-16T10:00:00Z"] * 3
    assert [element.text for element in track.findall(f"{GX}coord")] == ["-2.25 53.5 10.0", "-2.25 53.5", "-2.25 53.5"]


def test_geojson(tmp_path: Path) -> None:
    write(odd(), tmp_path, "geojson")
    features = {}
    for path in tmp_path.rglob("*.geojson"):
        collection = json.loads(path.read_text())
        assert collection["type"] == "FeatureCollection"
        (features[path.name],) = collection["features"]
    seven = features["tracker-7.geojson"]
    assert seven["geometry"] == {"type": "LineString", "coordinates": [[-2.25, 53.5, 10], [-2.25, 53.5], [-2.25, 53.5]]}
    assert seven["properties"]["name"] == f"{NAME} 7 2026-03-16"
    assert seven["properties"]["speeds"] == [5, None, None] and seven["properties"]["without_coordinates"] == 1
    assert features["tracker-8.geojson"]["geometry"] == {"type": "Point", "coordinates": [-2.25, 53.5, 10]}
    assert features["tracker-9.geojson"]["geometry"] is None


def points_of(path: Path) -> tuple[str, list[datetime]]:
    """Title and times of a file for maps."""
    if path.suffix == ".geojson":
        (feature,) = json.loads(path.read_text())["features"]
        title, times = feature["properties"]["name"], feature["properties"]["times"]
    else:
        root = ElementTree.parse(path).getroot()
        names = root.iter(f"{GPX}name" if path.suffix == ".gpx" else f"{KML}name")
        title = "".join(name.text or "" for name in names)
        times = [time.text for time in root.iter(f"{GPX}time" if path.suffix == ".gpx" else f"{KML}when")]
    return title, [datetime.fromisoformat(time) for time in times]


@pytest.mark.parametrize("kind", ["gpx", "geojson", "kml"])
def test_a_file_per_trip(kind: str, tmp_path: Path) -> None:
    model = placed(world())
    coverage = write(model, tmp_path, kind, "trip_points")
    assert coverage.is_complete and coverage.rows == len(trip_point_truth(model, START, END))
    found = []
    for path in tmp_path.rglob(f"*.{kind}"):
        account, day, tracker = path.parts[-4:-1]
        title, times = points_of(path)
        label = unquote(account.removeprefix("account="))
        number = int(tracker.removeprefix("tracker-"))
        assert times == sorted(times) and day == f"date={times[0].date()}"
        assert path.stem == f"trip-{times[0]:%Y%m%dT%H%M%SZ}"
        assert title == f"{label} {number} {times[0]:%Y-%m-%dT%H:%M:%SZ}"
        found.append((label, number, int(times[0].timestamp()), len(times)))
    assert sorted(found) == trip_truth(model, START, END) and len(found) > 100
    section = json.loads((tmp_path / "manifest.json").read_text())["streams"]["trip_points"]
    assert section["rows"] == coverage.rows and len(section["files"]) == len(found)
    assert verify(tmp_path).is_sound


def placed(model: Model) -> Model:
    """Every point somewhere."""
    for fleet in model.fleets.values():
        for points in fleet.points.values():
            for point in points:
                point.members = {"lat": point.note / 16, "lng": -1.5}
    return model


def test_trips_with_odd_points(tmp_path: Path) -> None:
    write(odd(), tmp_path, "gpx", "trip_points")
    files = {"/".join(path.parts[-2:]): ElementTree.parse(path).getroot() for path in tmp_path.rglob("*.gpx")}
    assert sorted(files) == [
        "tracker-7/trip-20260316T100000Z.gpx",
        "tracker-8/trip-20260316T100000Z.gpx",
        "tracker-9/trip-20260316T100001Z.gpx",
    ]
    seven = files["tracker-7/trip-20260316T100000Z.gpx"]
    assert seven.findtext(f".//{GPX}desc") == "points without coordinates, left out: 1"
    assert len(seven.findall(f".//{GPX}trkpt")) == 3


@pytest.mark.parametrize("kind", ["gpx", "kml"])
def test_characters_that_xml_cannot_hold(kind: str, tmp_path: Path) -> None:
    write(Model({"a\x00b\x1f\ufffe": odd().fleets[NAME]}), tmp_path, kind)
    for path in tmp_path.rglob(f"*.{kind}"):
        assert "a\ufffdb\ufffd\ufffd 7 2026" in path.read_text() or "tracker-7" not in path.name
        ElementTree.parse(path)


@pytest.mark.parametrize(("kind", "stream"), [("csv", "tracks"), ("gpx", "tracks"), ("geojson", "trip_points")])
def test_a_cut_at_any_step_leaves_what_an_undisturbed_run_completes(
    kind: str, stream: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = world(trackers=2, points=20)
    with power_for_files(10**6, monkeypatch) as taken:
        write(model, tmp_path / "whole", kind, stream)
        steps = taken()
    files = files_of(tmp_path / "whole")
    for cut in range(0, steps - 25, 7 if steps < 200 else 31):
        directory = tmp_path / f"cut-{cut}"
        with power_for_files(cut, monkeypatch), pytest.raises(PowerCut):
            write(model, directory, kind, stream)
        assert files_of(directory).items() <= files.items(), "a file that is not whole"
        write(model, directory, kind, stream, resume=True)
        assert files_of(directory) == files


def test_other_kinds_of_files_are_another_harvest(tmp_path: Path) -> None:
    write(world(), tmp_path, "csv")
    with pytest.raises(InvalidInput, match=r"\(files was csv and is now ndjson\)"):
        write(world(), tmp_path, "ndjson", resume=True)
    with pytest.raises(InvalidInput, match=r"\(files was csv and is now none\)"):
        asyncio.run(harvest(world()).to_parquet(tmp_path, resume=True))
    with pytest.raises(InvalidInput, match=r"^kind must be one of csv, ndjson, gpx, geojson, kml, not 'xls'$"):
        write(world(), tmp_path / "x", "xls")
    with pytest.raises(
        InvalidInput, match=r"^gpx files hold the points of tracks or trips \(trip_points\), and events have none"
    ):
        write(world(), tmp_path / "x", "gpx", "events")
    assert not (tmp_path / "x").exists()
