"""The committed surface is what the facts give, formatted as the house formats, and costs nothing until it is used."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from navixy_async.api.codegen.catalogue import CATALOGUE, load
from navixy_async.api.codegen.generate import ROOM, changed_files, changed_pages, generate, reference
from navixy_async.api.runtime.index import known_paths

PYTHON = sys.executable


def run(*arguments: str, seed: str = "0") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [PYTHON, *arguments], capture_output=True, text=True, check=False, env={**os.environ, "PYTHONHASHSEED": seed}
    )


def test_the_committed_output_equals_the_facts() -> None:
    assert changed_files(generate()) == []


def test_the_committed_reference_equals_the_facts() -> None:
    pages = reference()
    assert changed_pages(pages) == []
    assert sum(len(text) for text in pages.values()) < 1_000_000
    coverage = pages["coverage.md"]
    assert all(f"| `{path}` |" in coverage for path in known_paths())


@pytest.mark.parametrize("seed", ["1", "2"])
def test_the_output_does_not_depend_on_the_order_of_sets(seed: str) -> None:
    done = run("-m", "navixy_async.api.codegen.generate", "--check", seed=seed)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_difference_is_named(tmp_path: Path) -> None:
    files = generate()
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert changed_files(files, tmp_path) == []
    (tmp_path / "models" / "track.py").write_text("edited", encoding="utf-8")
    (tmp_path / "models" / "left_over.py").write_text("", encoding="utf-8")
    (tmp_path / "resources" / "track.py").unlink()
    assert changed_files(files, tmp_path) == ["models/left_over.py", "models/track.py", "resources/track.py"]


def test_the_output_is_formatted() -> None:
    done = run("-m", "ruff", "format", "--check", str(ROOM / "models"), str(ROOM / "resources"))
    assert done.returncode == 0, done.stdout


def test_a_changed_fact_changes_the_output(tmp_path: Path) -> None:
    folder = copy_of_catalogue(tmp_path)
    facts = json.loads((folder / "track.json").read_text(encoding="utf-8"))
    (limit,) = (row for row in facts["actions"]["track/read"]["params"] if row["name"] == "point_limit")
    limit["max"] = 1234
    (folder / "track.json").write_text(json.dumps(facts), encoding="utf-8")
    assert changed_files(generate(load(folder))) == ["resources/track.py"]


def test_a_resource_is_loaded_when_it_is_first_used() -> None:
    script = """
import sys
def loaded():
    start = ("navixy_async.api.models.", "navixy_async.api.resources.", "navixy_async.api.codegen.writer")
    return sorted(name.removeprefix("navixy_async.api.") for name in sys.modules if name.startswith(start))
import navixy_async
from navixy_async.api.resources import Resources
from navixy_async.api.runtime.index import find
assert find("tracker/list").replay.value == "read"
print(loaded())
class Caller:
    lane, label = "bulk", "x"
resources = Resources(Caller())
resources.tracker
print(loaded())
resources.tracker.group
print("resources.tracker_group" in loaded())
print("navixy_async.api.codegen.catalogue" in sys.modules)
"""
    done = run("-c", script)
    assert done.stdout.splitlines() == [
        "[]",
        "['models.common', 'models.tracker', 'models.tracker_command', 'models.tracker_readings', 'resources.tracker', "
        "'resources.tracker_registration']",
        "True",
        "False",
    ], done.stderr


def copy_of_catalogue(folder: Path) -> Path:
    target = folder / "catalogue"
    shutil.copytree(CATALOGUE, target)
    return target
