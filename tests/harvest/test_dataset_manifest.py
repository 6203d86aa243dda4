"""The manifest that others may have touched: what it says of other streams is never lost."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pandas
import polars
import pyarrow.dataset as ds
import pytest

from navixy_async.errors import InvalidInput
from navixy_async.harvest import Harvests
from navixy_async.harvest.report.verify import verify

from ..support.harvest.small import END, START, tracks, world


@pytest.mark.parametrize("content", [b"{", b"[]", b'{"format": "x", "streams": 5}', b"\xff\xfe", b"[" * 100_000])
async def test_one_that_cannot_be_read_is_kept_aside(
    content: bytes, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    out = tmp_path / "out"
    await tracks(world()).to_parquet(out)
    (out / "manifest.json").write_bytes(content)
    with caplog.at_level(logging.WARNING, "navixy_async"):
        await Harvests(world().callers()).events(start=START, end=END).to_parquet(out)
    assert (out / ".navixy-harvest" / "manifest-1.json").read_bytes() == content
    assert "cannot be read, and is kept as" in caplog.text
    await tracks(world()).to_parquet(out, resume=True)
    assert set(json.loads((out / "manifest.json").read_text())["streams"]) == {"events", "tracks"}
    assert verify(out).is_sound


async def test_one_of_another_version_is_refused_and_left_alone(tmp_path: Path) -> None:
    out = tmp_path / "out"
    await tracks(world()).to_parquet(out)
    before = json.dumps({"format": 2, "streams": {"tracks": {"more": 1}}})
    (out / "manifest.json").write_text(before)
    for options in ({}, {"resume": True}, {"overwrite": True}):
        model = world()
        with pytest.raises(InvalidInput, match=r"another version of this program \(format 2\): continue with"):
            await Harvests(model.callers()).events(start=START, end=END).to_parquet(out, **options)
        assert not model.asked
    assert (out / "manifest.json").read_text() == before


def test_its_letters_are_those_of_utf_8_whatever_the_locale_says(tmp_path: Path) -> None:
    code = (
        "import asyncio, sys; from pathlib import Path; from tests.support.harvest.small import *;"
        "from tests.support.harvest.model import Model; out = Path(sys.argv[1]);"
        "model = Model({'K\\u00fcste': world().fleets['one']}); asyncio.run(tracks(model).to_parquet(out));"
        "asyncio.run(Harvests(model.callers()).events(start=START, end=END).to_parquet(out))"
    )
    plain = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    subprocess.run([sys.executable, "-W", "error", "-c", code, str(tmp_path / "out")], env=plain, check=True)
    told = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))["streams"]
    assert set(told) == {"events", "tracks"} and told["tracks"]["parameters"]["accounts"] == ["Küste"]


async def test_readers_take_a_stream_with_its_partitions(tmp_path: Path) -> None:
    coverage = await tracks(world()).to_parquet(tmp_path / "out")
    place = tmp_path / "out" / "stream=tracks"
    assert len(pandas.read_parquet(place)) == coverage.rows
    assert polars.read_parquet(place, hive_partitioning=True).height == coverage.rows
    assert ds.dataset(place, partitioning="hive").count_rows() == coverage.rows
    found = duckdb.execute(
        f"SELECT count(*), count(DISTINCT account) FROM read_parquet('{place}/**/*.parquet')"
    ).fetchall()
    assert found == [(coverage.rows, 2)]
