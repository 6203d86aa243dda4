"""`navixy verify` of a harvest's directory, without platform or credential."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from ..support.harvest.small import tracks, world
from .conftest import Run, one_sentence

DAY_FILE = "stream=tracks/account=one/date=2026-03-17/part-0.parquet"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A finished harvest of two accounts; one tracker of them is blocked."""
    model = world()
    model.fleets["two"].blocked = {12}
    asyncio.run(tracks(model).to_parquet(tmp_path / "out"))
    return tmp_path / "out"


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
