"""A ledger that is damaged or empty."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from navixy_async.errors import HarvestDamaged, InvalidInput, InvalidRequest

from ..support.harvest.model import files_of, rows_of, track_truth
from ..support.harvest.small import END, START, tracks, world
from .test_harvest_bad_input import write


def alter(statement: str) -> Callable[[Path], None]:
    def work(ledger: Path) -> None:
        db = sqlite3.connect(ledger)
        db.execute(statement)
        db.commit()
        db.close()

    return work


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (lambda ledger: ledger.write_bytes(b"junk" * 1000), r"is damaged \(file is not a database\): overwrite the"),
        (lambda ledger: ledger.write_bytes(ledger.read_bytes()[:5000] + b"\xff" * 9000), "is damaged"),
        (alter("UPDATE job SET value = '{' WHERE name = 'definition'"), r"damaged \(its definition cannot be read"),
        (alter("UPDATE job SET value = '[]' WHERE name = 'definition'"), r"damaged \(its definition is not an object"),
        (alter("UPDATE work SET start = 'yesterday'"), r"damaged \(finished work in it cannot be read"),
        (alter("UPDATE work SET trackers = '7'"), r"damaged \(finished work in it cannot be read"),
        (alter("ALTER TABLE work RENAME COLUMN gaps TO holes"), r"is damaged \(no such column: gaps\)"),
    ],
)
def test_a_damaged_ledger_is_a_clear_error_and_the_files_stay(
    damage: Callable[[Path], None], says: str, tmp_path: Path
) -> None:
    model = world()
    model.trouble = lambda path, params, _: (
        InvalidRequest(7, "no", operation=path) if params.get("tracker_id") == 2 else None
    )
    write(model, tmp_path)
    model.trouble = None
    files = files_of(tmp_path)
    ledger = tmp_path / ".navixy-harvest/tracks/ledger.sqlite"
    damage(ledger)
    for run in (
        lambda: write(model, tmp_path, resume=True),
        lambda: asyncio.run(tracks(model).forecast(tmp_path, resume=True)),
    ):
        with pytest.raises(HarvestDamaged, match=says) as caught:
            run()
        assert "\n" not in str(caught.value)
    assert files_of(tmp_path) == files
    assert write(model, tmp_path, overwrite=True).is_complete
    assert rows_of(tmp_path, "tracks", "mileage") == track_truth(model, START, END)


def test_an_emptied_ledger_is_none(tmp_path: Path) -> None:
    write(world(), tmp_path)
    (tmp_path / ".navixy-harvest/tracks/ledger.sqlite").write_bytes(b"")
    with pytest.raises(InvalidInput, match="holds tracks, but no ledger to resume from"):
        write(world(), tmp_path, resume=True)
