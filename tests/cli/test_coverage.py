"""`navixy coverage` of a harvest's directory: lines, JSON, a table."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from navixy_async.errors import InvalidInput

from ..support.harvest.small import tracks, world
from .conftest import Run, one_sentence


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A finished harvest of two accounts; one tracker of them is blocked."""
    model = world()
    model.fleets["two"].blocked = {12}
    asyncio.run(tracks(model).to_parquet(tmp_path / "out"))
    return tmp_path / "out"


def test_coverage_is_lines_where_no_terminal_is(out: Path, run: Run) -> None:
    outcome = run("coverage", out)
    assert (outcome.code, outcome.err) == (1, f"navixy: {out} is not complete: 1 blocked\n")
    lines = [line.split("\t") for line in outcome.out.splitlines()]
    kinds = ["waiting", "blocked", "clipped", "gap", "failed"]
    assert lines[0] == ["stream", "account", "from", "to", "trackers", "whole", "complete", "rows", *kinds]
    period = ["2026-03-16T00:00:00Z", "2026-03-19T00:00:00Z"]
    assert lines[1] == ["tracks", "one", *period, "3", "3", "100.00 %", "90", "0", "0", "0", "0", "0"]
    assert lines[2] == ["tracks", "two", *period, "3", "2", "66.66 %", "60", "0", "1", "0", "0", "0"]
    assert lines[3:5] == [[""], ["kind", "stream", "account", "tracker_id", "start", "end", "reason"]]
    assert lines[5:] == [["blocked", "tracks", "two", "12", *period, "the tracker is blocked"]]
    accepted = run("coverage", out, "--accept", "blocked")
    assert (accepted.code, accepted.out) == (0, outcome.out)
    assert accepted.err == f"navixy: {out} is complete but for what was accepted: 1 blocked\n"
    assert run("coverage", out, "--accept", "gaps").code == 1
    one_sentence(run("coverage", out, "--accept", "gap"), "--accept 'gap' is not known")


def test_coverage_as_json(out: Path, run: Run) -> None:
    outcome = run("coverage", out, "--json")
    told = json.loads(outcome.out)
    assert outcome.code == 1
    tracks_ = told["streams"]["tracks"]
    assert (tracks_["finished"], tracks_["is_complete"], tracks_["rows"], tracks_["files"]) == (True, False, 150, 6)
    assert [(line["account"], line["rows"], line["blocked"]) for line in tracks_["accounts"]] == [
        ("one", 90, 0),
        ("two", 60, 1),
    ]
    assert [(hole["kind"], hole["tracker_id"]) for hole in told["holes"]] == [("blocked", 12)]


@pytest.mark.parametrize(
    ("accepted", "verdict"),
    [((), "not complete"), (("gaps",), "not complete"), (("blocked", "gaps"), "complete but for what was accepted")],
)
def test_the_verdict_knows_what_was_accepted(out: Path, run: Run, accepted: tuple[str, ...], verdict: str) -> None:
    words = [word for kind in accepted for word in ("--accept", kind)]
    told = json.loads(run("coverage", out, "--json", *words).out)["streams"]["tracks"]
    assert (told["verdict"], told["is_complete"]) == (verdict, False)


def test_coverage_on_a_terminal_is_a_table_and_shows_the_first_holes(
    out: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setattr("navixy_async.cli.commands.coverage._SHOWN", 0)
    monkeypatch.setenv("COLUMNS", "200")
    outcome = run("coverage", out)
    assert "\t" not in outcome.out
    assert "66.66 %" in outcome.out
    assert "and 1 more: --json and --html have all of them" in outcome.out


def test_an_unfinished_harvest_says_what_is_still_to_come(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    model, folder = world(), tmp_path / "out"
    model.trouble = lambda path, params, _: InvalidInput("stop") if params.get("tracker_id") == 13 else None
    with pytest.raises(InvalidInput):
        asyncio.run(tracks(model, workers=1).to_parquet(folder))
    before = {path: path.read_bytes() for path in folder.rglob("*.parquet")}
    outcome = run("coverage", folder, "--json")
    told = json.loads(outcome.out)
    assert outcome.code == 1
    assert "the harvest of tracks is unfinished, resume it" in outcome.err
    assert told["streams"]["tracks"]["finished"] is False
    waiting = [hole for hole in told["holes"] if hole["kind"] == "waiting"]
    assert (13, "2026-03-16T00:00:00Z", "2026-03-19T00:00:00Z") in {
        (hole["tracker_id"], hole["start"], hole["end"]) for hole in waiting
    }
    assert {hole["reason"] for hole in waiting} == {"not requested yet"}
    assert {path: path.read_bytes() for path in folder.rglob("*.parquet")} == before
    model.trouble = None
    assert asyncio.run(tracks(model).to_parquet(folder, resume=True)).is_complete
    assert run("coverage", folder).code == 0
