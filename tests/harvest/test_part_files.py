"""Parts: on the disk before anything is said of them, and gone when all days are whole."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from navixy_async import files
from navixy_async.harvest.sinks.files import directory, part_files
from navixy_async.harvest.state.ledger import Ledger

from .test_parquet import world, write


def test_every_file_is_on_the_disk_before_anything_is_said_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[tuple[str, str]] = []

    def watch(owner: Any, name: str, what: Callable[..., str]) -> None:
        real = getattr(owner, name)

        def watched(*args: Any, **kwargs: Any) -> Any:
            result = real(*args, **kwargs)
            done.append((name, what(*args)))
            return result

        monkeypatch.setattr(owner, name, watched)

    for owner in (part_files, directory, files):
        watch(owner, "sync", lambda path: path.name)
    watch(Ledger, "commit", lambda *_: "")
    watch(Path, "replace", lambda path, _: path.name)
    watch(Ledger, "keep_files", lambda *args: " ".join(args[3]))
    write(tmp_path, world())
    commit = done.index(("commit", ""))
    assert done[commit - 2 : commit] == [("sync", "1.arrow"), ("sync", "parts")]
    for place, (step, name) in enumerate(done):
        if step == "keep_files":
            assert done[place - 1][0] == "sync", "the directory has the new name"
            renamed = max(at for at in range(place) if done[at][0] == "replace")
            assert ("sync", done[renamed][1]) in done[:renamed] and name.endswith("part-0.parquet")
    assert [step for step, _ in done].count("keep_files") == 2


def test_nothing_is_left_in_the_parts_when_all_days_are_whole(tmp_path: Path) -> None:
    write(tmp_path, world())
    state = tmp_path / ".navixy-harvest" / "tracks"
    assert sorted(path.name for path in state.rglob("*") if path.is_file()) == ["ledger.sqlite"]
