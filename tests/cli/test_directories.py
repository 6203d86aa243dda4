"""What the command tells of a harvest's directory, without platform or credential."""

from __future__ import annotations

import asyncio
import base64
import json
import zlib
from pathlib import Path

import pytest

from navixy_async.errors import InvalidInput

from ..harvest.model import Model
from ..harvest.small import fleet, tracks, world
from .conftest import Run, one_sentence

DAY_FILE = "stream=tracks/account=one/date=2026-03-17/part-0.parquet"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A finished harvest of two accounts; one tracker of them is blocked."""
    model = world()
    model.fleets["two"].blocked = {12}
    asyncio.run(tracks(model).to_parquet(tmp_path / "out"))
    return tmp_path / "out"


# --- verify ---------------------------------------------------------------------------------------------------------


def test_sound_files_are_exit_code_0(out: Path, run: Run) -> None:
    outcome = run("verify", out)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith("tracks: sound; 6 files, 150 rows in ")
    told = json.loads(run("verify", out, "--json").out)
    assert (told["is_sound"], told["files"], told["rows"], told["problems"]) == (True, 6, 150, [])


def test_changed_files_are_exit_code_1_and_named(out: Path, run: Run) -> None:
    (out / DAY_FILE).unlink()
    (out / "stray.parquet").write_bytes(b"x")
    outcome = run("verify", out)
    assert outcome.code == 1
    assert outcome.err == f"navixy: {out} differs from its manifest: 1 foreign, 1 missing\n"
    lines = [line.split("\t") for line in outcome.out.splitlines()]
    assert lines[0] == ["fault", "path", "detail"]
    assert [line[:2] for line in lines[1:3]] == [["foreign", "stray.parquet"], ["missing", DAY_FILE]]
    outcome = run("verify", out, "--json")
    assert outcome.code == 1
    assert [problem["fault"] for problem in json.loads(outcome.out)["problems"]] == ["foreign", "missing"]


@pytest.mark.parametrize("command", ["coverage", "verify"])
def test_a_directory_without_a_harvest_is_one_sentence(command: str, tmp_path: Path, run: Run) -> None:
    one_sentence(run(command, tmp_path), "holds no harvest", code=2)
    one_sentence(run(command, tmp_path / "nowhere"), "is not a directory", code=2)
    one_sentence(run(command), "Missing argument", code=2)


# --- coverage -------------------------------------------------------------------------------------------------------


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


def test_coverage_tells_machines(out: Path, run: Run) -> None:
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
    assert {hole["reason"] for hole in waiting} == {"not asked for yet"}
    assert {path: path.read_bytes() for path in folder.rglob("*.parquet")} == before
    model.trouble = None
    assert asyncio.run(tracks(model).to_parquet(folder, resume=True)).is_complete
    assert run("coverage", folder).code == 0


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
