"""Downloads of tracks as KML and KMZ."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta

import pytest

from navixy_async.testing import World
from navixy_async.testing.fleet import WorldTracker

from .conftest import Raw
from .test_track import WHOLE, ask


@pytest.fixture
def busy(world: World) -> WorldTracker:
    return next(tracker for tracker in world.accounts[0].trackers if tracker.kind == "van")


async def test_downloads_are_kml_or_kmz(raw: Raw, world: World, busy: WorldTracker) -> None:
    span = (world.start, world.start + timedelta(days=4))
    plain = await raw("track/download", ask(busy, *span, split=True, **WHOLE))
    assert plain.headers["Content-Type"] == "application/vnd.google-earth.kml+xml"
    assert plain.body.count(b"<Placemark>") == len(world.trips(busy.id, *span))
    packed = await raw("track/download", ask(busy, *span, format="kmz", **WHOLE))
    with zipfile.ZipFile(io.BytesIO(packed.body)) as archive:
        assert archive.namelist() == ["doc.kml"]
        assert archive.read("doc.kml").count(b"<Placemark>") == 1
    assert (await raw("track/download", ask(busy, *span, format="gpx"))).error == (400, 7)
