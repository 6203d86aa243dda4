"""The ledger knows what it wrote: a change by hand costs no rows, and two streams share a directory."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from navixy_async.errors import HarvestDamaged
from navixy_async.harvest import WriteFailed
from navixy_async.harvest.state.ledger import DayFile, Ledger

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


def test_what_files_were_to_become_is_known_until_they_are_kept(tmp_path: Path) -> None:
    day, path = date(2026, 3, 16), "stream=tracks/account=one/date=2026-03-16/part-0.parquet"
    file = DayFile(path, "one", day, 5, 100, "ab" * 32, whole=False)
    with closing(Ledger(tmp_path / "ledger.sqlite")) as ledger:
        ledger.intend(path, file, late_rows=2)
        ledger.intend("gone", None, late_rows=0)
        assert ledger.intents() == {path: (file, 2), "gone": (None, 0)}
        ((text,),) = ledger.execute("SELECT file FROM intent WHERE file IS NOT NULL")
        assert list(json.loads(text)) == ["path", "account", "day", "rows", "bytes", "sha256", "whole"]
        ledger.keep_files("one", day, {path: file, "gone": None}, spent=False)
        assert (ledger.intents(), ledger.files(), ledger.file(path)) == ({}, [file], file)
        ledger.keep_files("one", day, {path: None}, spent=True)
        assert ledger.files() == []
        for wrong in ("{", "[]", '{"path": 1}', text.replace("2026-03-16", "soon")):
            ledger.execute("INSERT OR REPLACE INTO intent VALUES ('x', ?, 0)", (wrong,))
            with pytest.raises(HarvestDamaged, match="what a file was to become cannot be read"):
                ledger.intents()
