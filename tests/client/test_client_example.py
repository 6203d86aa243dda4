"""The user's example program runs against the embedded platform from its first line to its last."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

from navixy_async.testing import Platform, World

EXAMPLE = Path(__file__).parents[2] / "examples" / "fleet_tour.py"


async def test_the_tour_ends_well(
    platform: Platform,
    world: World,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NAVIXY_URL", platform.base_url)
    monkeypatch.setenv("NAVIXY_API_KEY", world.accounts[0].api_key)
    await runpy.run_path(str(EXAMPLE))["main"]()
    assert (tmp_path / "yesterday.kml").stat().st_size
    assert capsys.readouterr().out
    performed = platform.stats.by_path
    assert performed["zone/create"] == performed["zone/delete"] == 1
    assert performed["report/tracker/generate"] == performed["report/tracker/delete"] == 1
