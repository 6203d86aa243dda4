"""The dataset as a whole: its manifest, its days, its partitions."""

from __future__ import annotations

import hashlib
import json
from itertools import pairwise
from pathlib import Path

import duckdb

from ..support.harvest.model import at, files_of, sec, track_truth
from .test_parquet import FILE, world, write


def test_the_manifest_knows_every_file_and_its_digest(tmp_path: Path) -> None:
    coverage = write(tmp_path, world())
    section = json.loads((tmp_path / "manifest.json").read_text())["streams"]["tracks"]
    files = {name: data for name, data in files_of(tmp_path).items() if name != "manifest.json"}
    assert {file["path"]: file["sha256"] for file in section["files"]} == {
        name: hashlib.sha256(data).hexdigest() for name, data in files.items()
    }
    assert section["rows"] == coverage.rows == sum(file["rows"] for file in section["files"])
    assert section["coverage"]["is_complete"] is True
    assert section["parameters"] == {
        "format": 3,
        "stream": "tracks",
        "start": "2026-03-16T00:00:00+00:00",
        "end": "2026-03-18T00:00:00+00:00",
        "trackers": None,
        "accounts": ["one"],
    }


def test_days_without_rows_have_no_file_and_are_covered(tmp_path: Path) -> None:
    model = world()
    for points in model.fleets["one"].points.values():
        points[:] = [point for point in points if point.second >= sec("03-17 00:00:00")]
    assert write(tmp_path, model).is_complete
    assert not (tmp_path / FILE).exists()
    assert len(files_of(tmp_path)) == 2


def test_duckdb_reads_the_directory_with_its_partitions(tmp_path: Path) -> None:
    model = world()
    write(tmp_path, model)
    files = f"read_parquet('{tmp_path}/stream=tracks/*/*/*.parquet', hive_partitioning = true)"
    query = f"SELECT account, date, count(*) FROM {files} GROUP BY ALL ORDER BY ALL"
    found = [(account, str(day), count) for account, day, count in duckdb.execute(query).fetchall()]
    days = [at(f"03-{day} 00:00:00") for day in (16, 17, 18)]
    assert found == [
        ("one", start.date().isoformat(), len(track_truth(model, start, end))) for start, end in pairwise(days)
    ]
