"""verify reads what it verifies: files whose digests are right, and whose rows cannot be read or belong elsewhere."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from navixy_async.harvest.report.verify import verify

from ..support.harvest.small import tracks, world

DAY = "stream=tracks/account=one/date=2026-03-17"


def signed(root: Path, path: Path) -> None:
    """Let the manifest say what the file is now, as if it had been written like that."""
    shutil.rmtree(root / ".navixy-harvest", ignore_errors=True)
    told = json.loads((root / "manifest.json").read_text())
    content = path.read_bytes()
    for file in told["streams"]["tracks"]["files"]:
        if file["path"] == path.relative_to(root).as_posix():
            file |= {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    (root / "manifest.json").write_text(json.dumps(told))


def rewritten(change: Callable[[Any], Any]) -> Callable[[Path], None]:
    def harm(path: Path) -> None:
        pq.write_table(change(pq.read_table(path, partitioning=None)), path)

    return harm


def with_bytes_that_are_no_text(table: Any) -> Any:
    raw = pa.array([b"Caf\xe9 street"] * table.num_rows, pa.binary())
    broken = pa.Array.from_buffers(pa.string(), len(raw), raw.buffers())
    return table.set_column(table.column_names.index("address"), table.schema.field("address"), broken)


def of_the_day_after(table: Any) -> Any:
    moved = pa.array([moment + timedelta(days=1) for moment in table["time"].to_pylist()], table["time"].type)
    return table.set_column(table.column_names.index("time"), "time", moved)


def of_another_tracker(table: Any) -> Any:
    theirs = pa.array([77] * table.num_rows, pa.int64())
    return table.set_column(table.column_names.index("tracker_id"), "tracker_id", theirs)


@pytest.mark.parametrize(
    ("harm", "says"),
    [
        (rewritten(with_bytes_that_are_no_text), "it cannot be read: .*UTF8"),
        (rewritten(of_the_day_after), "it holds rows of other days than 2026-03-17"),
        (rewritten(of_another_tracker), "it holds rows of tracker 77, which is not part of the harvest"),
        (rewritten(lambda table: table.take(list(range(table.num_rows))[::-1])), "its rows are out of order"),
        (
            rewritten(lambda table: table.append_column("mine", table["lat"])),
            "its column mine .* does not belong to the stream",
        ),
        (lambda path: path.write_bytes(b"PAR1" + bytes(5000) + b"PAR1"), "it cannot be read: "),
    ],
)
async def test_parquet(harm: Callable[[Path], object], says: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    await tracks(world()).to_parquet(out)
    path = out / DAY / "part-0.parquet"
    harm(path)
    signed(out, path)
    (problem,) = verify(out).problems
    assert (problem.fault, problem.path) == ("damaged", f"{DAY}/part-0.parquet")
    assert re.search(says, problem.detail), problem.detail


def replaced(old: bytes, new: bytes, times: int = 1) -> Callable[[bytes], bytes]:
    return lambda content: content.replace(old, new, times)


@pytest.mark.parametrize(
    ("kind", "harm", "says"),
    [
        ("csv", replaced(b"\n", b"\n7,\xff\xfe,", 2), "cannot be read"),
        ("csv", replaced(b"2026-03-17T", b"2026-03-18T"), "other days than"),
        ("csv", lambda content: content[: content[:-1].rindex(b"\n") + 1], "but the file has"),
        ("ndjson", lambda content: content[:-9], "cannot be read"),
        ("ndjson", replaced(b"2026-03-17T", b"2026-03-18T"), "other days than"),
        ("ndjson", lambda content: content + content[: content.index(b"\n") + 1], "but the file has"),
        ("gpx", lambda content: content[: len(content) // 2], "cannot be read"),
        ("gpx", replaced(b"left out: ", b"left out: 1"), "but the file has"),
        ("kml", lambda content: content[: len(content) // 2], "cannot be read"),
        ("geojson", lambda content: content[: len(content) // 2], "cannot be read"),
        ("geojson", replaced(b'"times":[', b'"times":["x"'), "different numbers of times and positions"),
    ],
)
async def test_texts(kind: Any, harm: Callable[[bytes], bytes], says: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    await tracks(world()).to_files(out, kind)
    assert verify(out).is_sound
    path = sorted((out / DAY).glob(f"*.{kind}"))[0]
    before = path.read_bytes()
    path.write_bytes(harm(before))
    assert path.read_bytes() != before
    signed(out, path)
    (problem,) = verify(out).problems
    assert says in problem.detail and problem.fault == "damaged"
