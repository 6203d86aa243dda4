"""A harvest's files are held against its manifest; whatever happens to one of them is noticed and named."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from navixy_async.errors import InvalidInput
from navixy_async.harvest import Harvests, WriteFailed
from navixy_async.harvest.report.archive import read_archive
from navixy_async.harvest.report.verify import verify
from navixy_async.harvest.sinks.files import dataset

from ..support.harvest.model import files_of
from ..support.harvest.small import END, START, tracks, world

DAY_FILE = "stream=tracks/account=one/date=2026-03-17/part-0.parquet"


@pytest.fixture
async def sound(tmp_path: Path) -> Path:
    """A directory with two finished harvests."""
    out = tmp_path / "out"
    model = world()
    await tracks(model).to_parquet(out)
    await Harvests(model.callers()).events(start=START, end=END).to_parquet(out)
    return out


def faults(root: Path) -> list[tuple[str, str]]:
    return [(problem.fault, problem.path) for problem in verify(root).problems]


def names(root: Path) -> list[Path]:
    return sorted(root.rglob("*"))


async def test_what_was_written_is_sound(sound: Path) -> None:
    before = files_of(sound)
    result = verify(sound)
    assert result.is_sound
    assert result.streams == ("events", "tracks")
    assert (result.files, result.rows) == (12, 360)
    assert result.bytes == sum(len(content) for path, content in before.items() if path.endswith(".parquet"))
    assert files_of(sound) == before


async def test_looking_leaves_nothing_behind(sound: Path) -> None:
    before = names(sound)
    read_archive(sound)
    assert verify(sound).is_sound
    assert names(sound) == before


async def test_a_copy_without_its_state_is_sound_too(sound: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(sound, copy, ignore=shutil.ignore_patterns(".navixy-harvest"))
    assert verify(copy).rows == 360
    assert verify(copy).is_sound


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize(
    ("harm", "fault"),
    [
        (Path.unlink, "missing"),
        (flip, "changed"),
        (lambda path: path.write_bytes(path.read_bytes()[:-1]), "changed"),
        (lambda path: path.write_bytes(b""), "changed"),
    ],
)
async def test_a_harmed_file_is_named(harm: Callable[[Path], object], fault: str, sound: Path) -> None:
    harm(sound / DAY_FILE)
    assert faults(sound) == [(fault, DAY_FILE)]
    assert verify(sound).files == 12
    assert verify(sound).rows == 360 - read_rows(sound)


def read_rows(root: Path) -> int:
    rows: int = next(file.rows for file in read_archive(root)["tracks"].files if file.path == DAY_FILE)
    return rows


async def test_strangers_and_halves_are_named(sound: Path) -> None:
    (sound / "stream=tracks" / "account=one" / "part-1.parquet").write_bytes(b"mine")
    (sound / "notes.txt").write_text("mine")
    (sound / ".navixy-harvest" / "tracks" / "tmp").mkdir(exist_ok=True)
    (sound / ".navixy-harvest" / "tracks" / "tmp" / "2026-03-17.parquet").write_bytes(b"half")
    (sound / ".navixy-harvest" / "manifest.json.tmp").write_bytes(b"{")
    assert faults(sound) == [
        ("half-written", ".navixy-harvest/manifest.json.tmp"),
        ("half-written", ".navixy-harvest/tracks/tmp/2026-03-17.parquet"),
        ("foreign", "notes.txt"),
        ("foreign", "stream=tracks/account=one/part-1.parquet"),
    ]


async def test_a_manifest_that_was_changed_does_not_hide_it(sound: Path) -> None:
    manifest = sound / "manifest.json"
    told = json.loads(manifest.read_text())
    file = next(file for file in told["streams"]["tracks"]["files"] if file["path"] == DAY_FILE)
    file["rows"] += 1
    manifest.write_text(json.dumps(told))
    details = [problem.detail for problem in verify(sound).problems]
    assert len(details) == 3
    rows = pq.read_metadata(sound / DAY_FILE).num_rows
    assert any(f"lists {rows + 1} rows for {DAY_FILE}, but the file has {rows}" in detail for detail in details)
    assert any("180 rows in all, but its files add up to 181" in detail for detail in details)
    assert any("manifest and ledger" in detail for detail in details)


@pytest.mark.parametrize("path", ["../outside.parquet", "/etc/hostname", ".navixy-harvest/lock", ""])
async def test_a_manifest_cannot_point_elsewhere(path: str, sound: Path) -> None:
    (sound.parent / "outside.parquet").write_bytes(b"x")
    told = json.loads((sound / "manifest.json").read_text())
    told["streams"]["tracks"]["files"][0]["path"] = path
    (sound / "manifest.json").write_text(json.dumps(told))
    assert any("is outside the directory" in problem.detail for problem in verify(sound).problems)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"streams": {"tracks": {"rows": "many"}}}'])
async def test_a_damaged_manifest_is_a_finding(content: bytes, sound: Path) -> None:
    (sound / "manifest.json").write_bytes(content)
    assert faults(sound) == [("damaged", "manifest.json")]


async def test_a_damaged_ledger_is_a_finding(sound: Path) -> None:
    (sound / ".navixy-harvest" / "events" / "ledger.sqlite").write_bytes(b"not a database" * 500)
    assert faults(sound) == [("damaged", ".navixy-harvest/events/ledger.sqlite")]
    (sound / "manifest.json").unlink()
    assert ("damaged", ".navixy-harvest/events/ledger.sqlite") in faults(sound)


async def test_an_unfinished_harvest_is_checked_by_its_ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "out"
    monkeypatch.setattr(dataset.DatasetSink, "_finish", _fail)
    with pytest.raises(WriteFailed):
        await tracks(world()).to_parquet(out)
    assert faults(out) == [("unfinished", "stream=tracks")]
    assert verify(out).rows == 180
    flip(out / DAY_FILE)
    assert faults(out) == [("unfinished", "stream=tracks"), ("changed", DAY_FILE)]


def _fail(*_: object) -> None:
    raise sqlite3.OperationalError("disk I/O error")


def test_a_directory_without_a_harvest_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="holds no harvest"):
        verify(tmp_path)
    with pytest.raises(InvalidInput, match="is not a directory"):
        verify(tmp_path / "nowhere")
