"""The ledger knows what it wrote: a change by hand costs no rows, and two streams share a directory."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from navixy_async.harvest import WriteFailed

from ..support.harvest.model import event_truth, files_of
from .test_run_resume import END, START, run, world


def test_a_ledger_that_was_changed_by_hand_costs_no_rows(tmp_path: Path) -> None:
    model = world()
    run(model, tmp_path)
    before = {name: data for name, data in files_of(tmp_path).items() if name != "manifest.json"}
    db = sqlite3.connect(tmp_path / ".navixy-harvest/tracks/ledger.sqlite")
    db.execute("DELETE FROM work WHERE trackers = '[2]'")
    db.commit()
    db.close()
    with pytest.raises(WriteFailed, match="is whole already, and the ledger has more rows for it"):
        run(model, tmp_path, resume=True)
    assert {name: data for name, data in files_of(tmp_path).items() if name != "manifest.json"} == before


def test_two_streams_share_a_directory(tmp_path: Path) -> None:
    model = world()
    run(model, tmp_path, "tracks")
    run(model, tmp_path, "events")
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    assert set(manifest["streams"]) == {"tracks", "events"}
    assert manifest["streams"]["events"]["rows"] == len(event_truth(model, START, END))
    before = {name: data for name, data in files_of(tmp_path).items() if name.startswith("stream=tracks")}
    run(model, tmp_path, "events", overwrite=True)
    assert {name: data for name, data in files_of(tmp_path).items() if name.startswith("stream=tracks")} == before
    assert json.loads((tmp_path / "manifest.json").read_text()) == manifest
