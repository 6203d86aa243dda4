"""The directory: what may be in it, who may write, and what must be left alone."""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pyarrow.dataset as ds
import pytest
from hypothesis import given
from hypothesis import strategies as st

from navixy_async.errors import InvalidInput, InvalidRequest
from navixy_async.harvest import Harvests
from navixy_async.harvest.sinks.files import directory as target_module
from navixy_async.harvest.sinks.files.directory import DatasetDirectory, check_labels, quote_label

from ..support.harvest.model import Fleet, Model, Point, at, files_of, rows_of, sec

START, END = at("03-16 00:00:00"), at("03-17 00:00:00")


def world(*labels: str) -> Model:
    points = [Point(sec("03-16 10:00:00"), 1), Point(sec("03-16 10:00:00"), 2)]
    return Model({label: Fleet({number: list(points)}) for number, label in enumerate(labels or ("one",), 1)})


async def write(path: Path, model: Model | None = None, **options: Any) -> Any:
    return await Harvests((model or world()).callers()).tracks(start=START, end=END).to_parquet(path, **options)


def tree(root: Path) -> dict[str, bytes | None]:
    """Everything under the directory, hidden or not."""
    return {str(path.relative_to(root)): path.read_bytes() if path.is_file() else None for path in root.rglob("*")}


async def test_unknown_trackers_are_named_before_anything_is_written(tmp_path: Path) -> None:
    harvest = Harvests(world("one", "two").callers()).tracks([1, 77, 5], start=START, end=END)
    with pytest.raises(InvalidInput, match=r"^unknown trackers 5, 77: one, two can see no such id; correct or leave"):
        await harvest.to_parquet(tmp_path / "new")
    assert not (tmp_path / "new").exists()
    with pytest.raises(InvalidInput, match="unknown trackers 5, 77"):
        await anext(aiter(harvest))


async def test_a_directory_with_anything_in_it_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    refused: list[dict[str, Any]] = [{}, {"resume": True}]
    for options in refused:
        with pytest.raises(InvalidInput, match=r"is not empty \(it holds 'thesis.txt'\): choose an empty directory"):
            await write(tmp_path, **options)
        assert tree(tmp_path) == {"thesis.txt": b"years of work"}


async def test_a_directory_with_a_harvest_in_it_is_refused_unless_told(tmp_path: Path) -> None:
    await write(tmp_path)
    before = tree(tmp_path)
    with pytest.raises(
        InvalidInput, match="already holds a harvest of tracks; resume it, overwrite it, or choose another"
    ):
        await write(tmp_path)
    with pytest.raises(InvalidInput, match="resume and overwrite contradict each other"):
        await write(tmp_path, resume=True, overwrite=True)
    assert tree(tmp_path) == before


async def test_a_file_is_no_directory(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    for path in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(InvalidInput, match=r"cannot be a directory, because .*file is a file: choose another path"):
            await write(path)


async def test_a_place_that_cannot_be_written_to_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.access", lambda *_: False)
    with pytest.raises(InvalidInput, match="is not writable: choose another path"):
        await write(tmp_path / "new")
    with pytest.raises(InvalidInput, match="is not writable: choose another directory or change its permissions"):
        await write(tmp_path)
    assert not tree(tmp_path)
    monkeypatch.undo()

    def refuse(*_: Any, **__: Any) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(InvalidInput, match=r"is not writable \(Permission denied\): choose another directory"):
        await write(tmp_path / "new")


async def test_resuming_without_a_ledger_is_refused_where_there_is_data(tmp_path: Path) -> None:
    await write(tmp_path)
    (tmp_path / ".navixy-harvest/tracks/ledger.sqlite").unlink()
    with pytest.raises(InvalidInput, match="holds tracks, but no ledger to resume from"):
        await write(tmp_path, resume=True)


async def test_resuming_what_was_never_begun_begins_it(tmp_path: Path) -> None:
    assert (await write(tmp_path / "deep" / "new", resume=True)).rows == 2


async def test_overwriting_replaces_the_harvest_and_nothing_else(tmp_path: Path) -> None:
    await write(tmp_path, world("one", "two"))
    (tmp_path / "notes.txt").write_text("mine")
    await write(tmp_path, world("three"), overwrite=True)
    assert {name.split("/")[1] for name in files_of(tmp_path) if "/" in name} == {"account=three"}
    assert (tmp_path / "notes.txt").read_text() == "mine"
    await write(tmp_path / "fresh", overwrite=True)


async def test_unknown_trackers_do_not_cost_the_harvest_that_was_to_be_overwritten(tmp_path: Path) -> None:
    await write(tmp_path)
    before = tree(tmp_path)
    with pytest.raises(InvalidInput, match="unknown tracker 9:"):
        await Harvests(world().callers()).tracks([9], start=START, end=END).to_parquet(tmp_path, overwrite=True)
    assert tree(tmp_path) == before


async def test_a_second_harvest_into_the_directory_is_refused_while_one_runs(tmp_path: Path) -> None:
    running, go_on = asyncio.Event(), asyncio.Event()
    model = world()

    async def pause() -> None:
        if model.count("dealer/get_ui_config"):
            running.set()
            await go_on.wait()

    model.pause = pause
    first = asyncio.create_task(write(tmp_path, model))
    await running.wait()
    refused: list[dict[str, Any]] = [{}, {"resume": True}, {"overwrite": True}]
    for options in refused:
        with pytest.raises(InvalidInput, match=r"another harvest is writing to|already holds a harvest"):
            await write(tmp_path, **options)
    with pytest.raises(
        InvalidInput, match=r"another harvest is writing to .*: wait until it is done or choose another"
    ):
        await Harvests(world().callers()).events(start=START, end=END).to_parquet(tmp_path)
    go_on.set()
    assert (await first).is_complete
    assert (await write(tmp_path, resume=True)).is_complete


def test_the_lock_holds_against_other_processes_and_ends_with_them(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from navixy_async.harvest.sinks.files.directory import DatasetDirectory\n"
        "unlock = DatasetDirectory(Path(sys.argv[1]), 'tracks', resume=False, overwrite=False).lock()\n"
        "print('locked', flush=True); sys.stdin.read()"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert other.stdout is not None and other.stdin is not None
    assert other.stdout.readline() == "locked\n"
    target = DatasetDirectory(tmp_path, "tracks", resume=False, overwrite=False)
    with pytest.raises(InvalidInput, match="another harvest is writing to"):
        target.lock()
    other.kill()
    other.wait()
    other.stdin.close()
    other.stdout.close()
    target.lock()()


async def test_a_place_that_cannot_be_locked_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> None:
        raise OSError(37, "No locks available")

    monkeypatch.setattr(target_module, "_lock", refuse)
    with pytest.raises(InvalidInput, match=r"cannot be locked \(No locks available\): choose a directory"):
        await write(tmp_path)


async def test_labels_become_partitions_that_readers_understand(tmp_path: Path) -> None:
    labels = ("plain", "Süd & West/1=2", "100%", " spaced ", "../../escape", "日本")
    await write(tmp_path, world(*labels))
    assert {name.split("/")[2] for name in files_of(tmp_path) if "/" in name} == {"date=2026-03-16"}
    partitions = ds.partitioning(flavor="hive", schema=None)
    found = ds.dataset(tmp_path / "stream=tracks", format="parquet", partitioning=partitions).to_table()
    assert sorted(set(found["account"].to_pylist())) == sorted(labels)
    assert {name.split("/")[0] for name in files_of(tmp_path)} == {"manifest.json", "stream=tracks"}


@given(st.lists(st.text(min_size=1, max_size=8), min_size=2, max_size=2, unique=True))
def test_two_labels_never_share_a_directory(labels: list[str]) -> None:
    one, other = map(quote_label, labels)
    assert one != other
    # Letters of any script stay as they are: who looks for a directory finds it, and 255 bytes are as many letters.
    assert re.fullmatch(r"[A-Za-z0-9._~%-]*", "".join(filter(str.isascii, one)))
    assert one.isprintable()


@pytest.mark.parametrize(
    ("labels", "says"),
    [
        (["a", "a"], "two accounts are labelled 'a': give each account a label of its own"),
        (["depot", "Depot"], "two accounts are labelled 'Depot'"),
        ([" "], "an account has an empty label"),
        (["__HIVE_DEFAULT_PARTITION__"], "which readers take for null"),
        (["ü" * 124], "is too long for a directory"),
        (["a/" * 64], "is too long for a directory"),
        (["\udcff"], "is not UTF-8 text: write it again"),
        (["caf\u00e9", "CAFE\u0301"], "two accounts are labelled"),
        (["0123456789ab"] * 2, "two accounts without a label have the same login or key"),
    ],
)
def test_labels_that_cannot_be_told_apart_are_refused(labels: list[str], says: str) -> None:
    with pytest.raises(InvalidInput, match=says):
        check_labels(labels)


@pytest.mark.parametrize(
    "label", ["Süd", "парк «Север»", "日本の車両", "أسطول", "क्षेत्र", "🚚" * 61, "ж" * 123, "x" * 247, "a'b\"c", "%41"]
)
async def test_labels_of_any_script_are_read_back_as_they_were(label: str, tmp_path: Path) -> None:
    await write(tmp_path, world(label))
    partitions = ds.partitioning(flavor="hive", schema=None)
    found = ds.dataset(tmp_path / "stream=tracks", format="parquet", partitioning=partitions).to_table()
    assert set(found["account"].to_pylist()) == {label}
    (directory,) = (tmp_path / "stream=tracks").iterdir()
    if label.isalpha() or label.startswith("🚚"):
        assert directory.name == f"account={label}", "people find it, and its length is that of the label"


async def test_a_directory_of_the_old_quoting_is_gone_on_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Earlier versions quoted every byte that is no ASCII letter."""
    label = "Süd"
    with monkeypatch.context() as before:
        before.setattr(target_module, "quote_label", lambda text: quote(text, safe=""))
        await write(tmp_path, world(label))
    old = files_of(tmp_path)
    assert any("account=S%C3%BCd" in name for name in old)
    await write(tmp_path, world(label), resume=True)
    assert set(files_of(tmp_path)) == set(old)


async def test_an_account_that_was_named_by_an_old_digest_is_not_read_anew(tmp_path: Path) -> None:
    """Digests of logins were taken over the password; whoever resumes such a harvest is told how to go on."""
    await write(tmp_path, world("0123456789ab"))
    with pytest.raises(InvalidInput, match=r"holds the account '0123456789ab'.* give it the label '0123456789ab'"):
        await write(tmp_path, world("fedcba987654"), resume=True)


async def test_an_account_kept_current_under_an_old_digest_is_not_read_anew(tmp_path: Path) -> None:
    await Harvests(world("0123456789ab").callers()).tracks(start=START).to_parquet(tmp_path)
    with pytest.raises(InvalidInput, match=r"holds the account '0123456789ab'.* give it the label '0123456789ab'"):
        await Harvests(world("fedcba987654").callers()).tracks(start=START).to_parquet(tmp_path, resume=True)
    await Harvests(world("0123456789ab").callers()).tracks(start=START).to_parquet(tmp_path, resume=True)
    await Harvests(world("north").callers()).tracks(start=START).to_parquet(tmp_path, resume=True)


def test_accounts_with_one_label_are_refused_before_anything_is_asked() -> None:
    callers = world().callers()
    with pytest.raises(InvalidInput, match="two accounts are labelled 'one'"):
        Harvests(callers * 2).tracks(start=START, end=END)


async def test_a_broken_manifest_is_replaced(tmp_path: Path) -> None:
    await write(tmp_path)
    good = (tmp_path / "manifest.json").read_bytes()
    for broken in (b"{", b"[]", b"null"):
        (tmp_path / "manifest.json").write_bytes(broken)
        await write(tmp_path, resume=True)
        assert (tmp_path / "manifest.json").read_bytes() == good


async def test_nothing_says_what_the_files_are_while_they_change(tmp_path: Path) -> None:
    model = world()
    seen: list[bool] = []

    async def pause() -> None:
        seen.append((tmp_path / "manifest.json").exists())

    model.trouble = lambda path, *_: InvalidRequest(7, "no", operation=path) if path == "track/read" else None
    assert not (await write(tmp_path, model)).is_complete
    model.trouble, model.pause = None, pause
    await write(tmp_path, model, resume=True)
    assert seen[0] and not any(seen[1:]), "until the time is known, nothing changes"
    seen.clear()
    await write(tmp_path, model, overwrite=True)
    assert seen == [True, True, False, False], "until trackers and time are known, the old harvest stands"
    assert rows_of(tmp_path, "tracks", "mileage")[0][1:] == (1, sec("03-16 10:00:00"), 1)
