"""A coverage can be read by people and machines."""

from __future__ import annotations

import asyncio
import dataclasses
import json
from pathlib import Path

import pytest

from navixy_async.errors import (
    InvalidRequest,
)
from navixy_async.harvest import Coverage

from ..support.harvest.model import sec
from ..support.harvest.small import tracks, world


def test_a_coverage_can_be_read_by_people_and_machines(tmp_path: Path) -> None:
    model = world(kept_since=sec("03-16 05:00:00"))
    model.fleets["one"].blocked = {1}
    bad = InvalidRequest(7, "Invalid parameters", operation="track/read")
    model.trouble = lambda path, params, _: bad if params.get("tracker_id") == 2 else None
    coverage: Coverage = asyncio.run(tracks(model).to_parquet(tmp_path))
    text = str(coverage)
    for word in ("tracks", "not complete", "failed: 1", "one/2", "code 7", "clipped by the tariff: 4", "blocked: 1"):
        assert word in text
    assert json.loads(json.dumps(coverage.to_json()))["failed"][0]["tracker_id"] == 2
    assert len(coverage.holes) == 6
    with pytest.raises(dataclasses.FrozenInstanceError):
        coverage.rows = 0  # type: ignore[misc]
