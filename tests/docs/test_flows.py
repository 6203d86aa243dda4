"""The page on flows: its block runs, and its table of functions is the table."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest

from navixy_async.cli import main
from navixy_async.flows import FUNCTIONS, audit
from navixy_async.testing import Platform, World, WorldSpec

from ..support.docs.blocks import blocks_of
from ..support.source import ROOT

PAGE = ROOT / "docs" / "flows.md"


def table() -> str:
    lines = ["| function | gives | what | |", "|---|---|---|---|"]
    for function in FUNCTIONS.values():
        note = "" if function.certainty == "documented" else function.certainty
        where = "logic nodes only" if function.only_logic else ""
        remarks = ", ".join(filter(None, (note, where)))
        lines.append(
            f"| `{function.name}({function.parameters})` | {function.result} | {function.summary} | {remarks} |"
        )
    return "\n".join(lines)


def test_the_table_of_functions_is_the_table() -> None:
    found = re.search(r"<!-- functions -->\n(.*)\n<!-- /functions -->", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    assert found[1] == table()


def test_the_printed_check_runs(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (block,) = (block for block in blocks_of("docs/flows.md") if block.heading == "Checks")
    monkeypatch.chdir(tmp_path)
    Path("flow.json").write_text('{"nodes": [{"id": 1, "type": "data_source"}]}', encoding="utf-8")
    exec(compile(block.text, "docs/flows.md", "exec"), {})
    first, *_ = capsys.readouterr().out.splitlines()
    assert first == "A flow starting from data source node #1 must have an output endpoint node [1] [] True"


def test_the_printed_dry_run_runs(capsys: pytest.CaptureFixture[str]) -> None:
    (block,) = (block for block in blocks_of("docs/flows.md") if block.heading == "Dry runs")
    exec(compile(block.text, "docs/flows.md", "exec"), {})
    printed = capsys.readouterr().out.splitlines()
    assert printed[1] == "2 then None"
    assert printed[-1] == "1"


async def test_the_printed_change_and_push_runs(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (block,) = (block for block in blocks_of("docs/flows.md") if block.heading == "Flows as files")
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    exec(compile(block.text, "docs/flows.md", "exec"), names)
    world = World(WorldSpec(accounts=1, trackers=1))
    async with Platform(world) as platform:
        await names["change_and_push"](platform.base_url, world.accounts[0].api_key)
    assert capsys.readouterr().out.splitlines() == ["[] []"]
    assert (tmp_path / "flows-of-fleet" / "flows").is_dir()


def test_the_printed_expressions_give_what_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    (block,) = (block for block in blocks_of("docs/flows.md") if block.heading == "Expressions")
    names: dict[str, object] = {}
    exec(compile(block.text, "docs/flows.md", "exec"), names)
    printed = capsys.readouterr().out.splitlines()
    assert printed[0] == "(fuel_level - 5) / 2 > 10 && speed == 0 = true  (boolean)"
    assert printed[-1] == "The formula is invalid: [1:7 parsing error in '>']"


FLOW = """{"nodes": [
 {"id": 1, "type": "data_source", "data": {"title": "Trucks", "source_ids": [7]}},
 {"id": 2, "type": "output_endpoint", "data": {"title": "Out", "output_endpoint_type": "output_default"}}
], "edges": [{"from": 1, "to": 2}]}"""


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the reader's own files lie."""
    monkeypatch.chdir(tmp_path)
    Path("flows").mkdir()
    for path in ("flow.json", "flows/speed.json"):
        Path(path).write_text(FLOW, encoding="utf-8")
    Path("messages.jsonl").write_text('{"speed": 5}\n', encoding="utf-8")


@pytest.mark.usefixtures("repository")
def test_the_printed_pictures_are_drawn(capsys: pytest.CaptureFixture[str]) -> None:
    (block,) = (block for block in blocks_of("docs/flows.md") if block.heading == "Pictures")
    exec(compile(block.text, "docs/flows.md", "exec"), {})
    assert capsys.readouterr().out.startswith("flowchart LR\n")
    assert "<svg" in Path("flow.html").read_text(encoding="utf-8")


@pytest.mark.usefixtures("repository")
def test_the_printed_audit_runs(capsys: pytest.CaptureFixture[str]) -> None:
    (block,) = (block for block in blocks_of("docs/flows.md") if block.heading == "The audit")
    names: dict[str, Any] = {}
    exec(compile(block.text, "docs/flows.md", "exec"), names)
    printed = capsys.readouterr().out.splitlines()
    assert "speed.json: notice: The flow has no description; say what it is for [plan]" in printed
    assert "'rotation': 'credentials_since'" in printed[-1]
    table = re.search(r"\| rule \|.*?\n\n", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert table is not None
    needed = set(re.findall(r"`(\w+)`", " ".join(line.split("|")[3] for line in table[0].strip().splitlines())))
    assert needed == set(audit({}).not_checked.values())


@pytest.mark.usefixtures("repository")
def test_the_printed_commands_run() -> None:
    (block,) = (block for block in blocks_of("docs/command-line.md") if block.heading == "Flows of IoT Logic")
    lines = block.text.splitlines()
    assert [line.split()[2] for line in lines][:2] == ["lint", "draw"]
    for line in lines:
        assert main(shlex.split(line)[1:]) == 0, line
    assert Path("speed.html").is_file()


@pytest.mark.usefixtures("repository")
def test_the_printed_hook_runs() -> None:
    (block,) = (block for block in blocks_of("docs/flows.md") if block.language == "yaml")
    (entry,), (files,) = re.findall(r"entry: (.*)", block.text), re.findall(r"files: (.*)", block.text)
    assert re.search(files, "flows/speed.json")
    assert not re.search(files, "package.json")
    assert main([*shlex.split(entry)[1:], "flows/speed.json"]) == 0
    Path("flows/speed.json").write_text(FLOW.replace('"to": 2', '"to": 3'), encoding="utf-8")
    assert main([*shlex.split(entry)[1:], "flows/speed.json"]) == 1
