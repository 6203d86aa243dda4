"""Disks that fail, are full, or are two: a clear error, and never a wrong file."""

from __future__ import annotations

import asyncio
import errno
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from navixy_async.harvest import WriteFailed
from navixy_async.harvest.sinks import base

from ..support.harvest.model import files_of, rows_of, track_truth
from ..support.harvest.small import END, START, tracks, world
from .test_harvest_bad_input import write

SHM = Path("/dev/shm")


@contextmanager
def failing(owner: Any, name: str, call: int, number: int) -> Iterator[list[int]]:
    """The `call`-th call of a function of the system fails, and every one after it; gives the calls so far."""
    real = getattr(owner, name)
    calls = [0]

    def maybe(*args: Any, **kwargs: Any) -> Any:
        calls[0] += 1
        if calls[0] >= call:
            raise OSError(number, os.strerror(number))
        return real(*args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(base, "PERIOD", 0.0)
        patch.setattr(owner, name, maybe)
        yield calls


@pytest.mark.parametrize("kind", ["parquet", "ndjson", "gpx"])
@pytest.mark.parametrize(("owner", "name"), [(os, "fsync"), (Path, "replace")])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO])
def test_a_disk_that_fails_at_any_call_spoils_nothing(
    owner: Any, name: str, number: int, kind: str, tmp_path: Path
) -> None:
    write(world(), tmp_path / "whole", kind)
    files = files_of(tmp_path / "whole")
    with failing(owner, name, 10**6, number) as calls:
        write(world(), tmp_path / "counted", kind)
    (most,) = calls
    assert most >= 4
    for call in sorted({1, 2, most // 2, most - 3}):
        directory = tmp_path / f"{call}"
        with (
            failing(owner, name, call, number),
            pytest.raises(WriteFailed, match=rf"could not be written to \({os.strerror(number)}\): fix that, then"),
        ):
            write(world(), directory, kind)
        assert "manifest.json" not in files_of(directory)
        assert files_of(directory).items() <= files.items(), "a file that is not whole"
        write(world(), directory, kind, resume=True)
        assert files_of(directory) == files


FULL = """
import asyncio, os, subprocess, sys
from pathlib import Path
import pyarrow.parquet as pq
from navixy_async.harvest import WriteFailed
from navixy_async.harvest.sinks import base
from navixy_async.harvest.account import _repeated
from navixy_async.paging.intervals import IntervalSet
from tests.support.harvest.small import tracks, world

base.PERIOD = 0.0
place, kilobytes = Path(sys.argv[1]), sys.argv[2]
# In a mount namespace of its own: it goes when the process does.
subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", place], check=True)
whole = asyncio.run(tracks(world()).to_arrow()).num_rows

def rows():
    return sum(pq.read_metadata(path).num_rows for path in place.glob("x/stream=tracks/*/*/*.parquet"))

try:
    asyncio.run(tracks(world()).to_parquet(place / "x"))
except WriteFailed as error:
    print(error)
assert rows() < whole and not (place / "x/manifest.json").exists()
subprocess.run(["mount", "-o", "remount,size=50m", place], check=True)
assert asyncio.run(tracks(world()).to_parquet(place / "x", resume=True)).is_complete
assert rows() == whole
"""


@pytest.mark.parametrize("kilobytes", [40, 100, 150])
def test_a_disk_that_is_really_full(kilobytes: int, tmp_path: Path) -> None:
    alone = ["unshare", "--mount"]
    if not shutil.which("unshare") or subprocess.run([*alone, "true"], capture_output=True, check=False).returncode:
        pytest.skip("nothing may be mounted here")
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    command = [*alone, sys.executable, "-c", FULL, str(tmp_path), str(kilobytes)]
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    (said,) = ended.stdout.splitlines()
    assert "could not be written to" in said and ("No space left" in said or "disk is full" in said)


def test_a_harvest_on_another_file_system_than_the_temporary_one(tmp_path: Path) -> None:
    if not SHM.is_dir() or SHM.stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip("there is no second file system here")
    write(world(), tmp_path / "here")
    with tempfile.TemporaryDirectory(dir=SHM) as there:
        write(world(), Path(there) / "out")
        assert files_of(Path(there) / "out") == files_of(tmp_path / "here")


def test_a_directory_on_two_file_systems_is_a_clear_error(tmp_path: Path) -> None:
    model = world()
    write(model, tmp_path / "whole")

    def across(self: Path, target: Path) -> None:
        raise OSError(errno.EXDEV, os.strerror(errno.EXDEV), str(self))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "replace", across)
        with pytest.raises(WriteFailed, match=r"\(.*date=2026-03-16 and .*tmp are on two file systems\): fix that"):
            write(model, tmp_path / "x")
    write(model, tmp_path / "x", resume=True)
    assert files_of(tmp_path / "x") == files_of(tmp_path / "whole")


@pytest.mark.parametrize("requests", [5, 9, 14, 21])
def test_a_directory_that_is_deleted_half_way(requests: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base, "PERIOD", 0.0)
    model = world()

    async def pause() -> None:
        if len(model.asked) == requests:
            (tmp_path / "x").rename(tmp_path / "gone")  # At once, whatever is being written in it.
            shutil.rmtree(tmp_path / "gone")
        await asyncio.sleep(0)

    model.pause = pause
    sentence = "is gone: it was deleted while the harvest was writing; start the harvest again"
    with pytest.raises(WriteFailed, match=sentence):
        asyncio.run(tracks(model, workers=1).to_parquet(tmp_path / "x"))
    assert not (tmp_path / "x").exists(), "nothing is left that could be taken for a harvest"
    model.pause = None
    assert write(model, tmp_path / "x", resume=True).is_complete
    assert rows_of(tmp_path / "x", "tracks", "mileage") == track_truth(model, START, END)
