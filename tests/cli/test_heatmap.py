"""The page of the heat map: every cell, whatever the labels are."""

from __future__ import annotations

import asyncio
import base64
import json
import zlib
from pathlib import Path

import pytest

from ..support.harvest.model import Model
from ..support.harvest.small import fleet, tracks, world
from .conftest import Run, one_sentence


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A finished harvest of two accounts; one tracker of them is blocked."""
    model = world()
    model.fleets["two"].blocked = {12}
    asyncio.run(tracks(model).to_parquet(tmp_path / "out"))
    return tmp_path / "out"


def test_the_picture_is_one_page_that_holds_every_cell(out: Path, run: Run, tmp_path: Path) -> None:
    page = tmp_path / "coverage.html"
    outcome = run("coverage", out, "--html", page)
    assert outcome.out.endswith(f"picture in {page}\n")
    text = page.read_text()
    assert "http" not in text.replace("http-equiv", "")
    assert "default-src 'none'" in text
    data = json.loads(text.partition('type="application/json">')[2].partition("</script>")[0])
    names = [state["name"] for state in data["states"]]
    one, two = data["panels"]
    assert (two["stream"], two["account"], two["start"], two["days"]) == ("tracks", "two", "2026-03-16", 3)
    assert two["trackers"] == [11, 12, 13]
    states = zlib.decompress(base64.b64decode(two["states"]))
    assert [names[state] for state in states] == ["complete"] * 3 + ["blocked"] * 3 + ["complete"] * 3
    for panel, expected in ((one, {1: 30, 2: 30, 3: 30}), (two, {11: 30, 12: 0, 13: 30})):
        planes = zlib.decompress(base64.b64decode(panel["rows"]))
        cells = [int.from_bytes(bytes(planes[cell + plane * 9] for plane in range(4)), "little") for cell in range(9)]
        assert {tracker: sum(cells[3 * at : 3 * at + 3]) for at, tracker in enumerate(panel["trackers"])} == expected
        assert max(cells) == panel["most"]
    assert two["holes"] == [[12, "blocked", "2026-03-16T00:00:00Z", "2026-03-19T00:00:00Z", "the tracker is blocked"]]


def test_the_picture_cannot_be_broken_by_a_label(tmp_path: Path, run: Run) -> None:
    evil = "</script><script>alert(1)</script>%TITLE%"
    model = Model({evil: fleet(range(1, 2))})
    folder = tmp_path / "<b>%DATA%"
    asyncio.run(tracks(model).to_parquet(folder))
    assert run("coverage", folder, "--html", tmp_path / "page.html", "--quiet").code == 0
    text = (tmp_path / "page.html").read_text()
    assert "<script>alert" not in text
    assert text.count("</script>") == 2
    assert "<h1>Coverage of &lt;b&gt;%DATA%</h1>" in text
    data = json.loads(text.partition('type="application/json">')[2].partition("</script>")[0])
    assert data["panels"][0]["account"] == evil


def test_a_picture_that_cannot_be_written_is_one_sentence(out: Path, run: Run, tmp_path: Path) -> None:
    one_sentence(run("coverage", out, "--html", tmp_path / "no" / "page.html"), "cannot be written", "--html", code=2)
