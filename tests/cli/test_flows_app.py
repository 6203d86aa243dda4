"""`navixy flows` over files: no network, lines that editors read, exit codes for hooks."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from .conftest import Run, one_sentence

GOOD: dict[str, Any] = {
    "title": "Speed",
    "nodes": [
        {"id": 1, "type": "data_source", "data": {"title": "Trucks", "source_ids": [7]}},
        {"id": 2, "type": "logic", "data": {"title": "Fast", "name": "fast", "condition": "speed > 90"}},
        {"id": 3, "type": "output_endpoint", "data": {"title": "Out", "output_endpoint_type": "output_default"}},
    ],
    "edges": [
        {"from": 1, "to": 2},
        {"from": 2, "to": 3, "type": "then_edge"},
        {"from": 2, "to": 3, "type": "else_edge"},
    ],
}


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("good.json").write_text(json.dumps(GOOD, indent=1))


def write_broken(name: str = "broken.json") -> None:
    text = json.dumps(GOOD, indent=1).replace("speed > 90", "speed >")
    Path(name).write_text(text)


def test_a_sound_flow_is_silence(run: Run) -> None:
    outcome = run("flows", "lint", "good.json")
    assert (outcome.code, outcome.out, outcome.err) == (0, "", "")


def test_an_error_has_file_line_and_column(run: Run) -> None:
    write_broken()
    outcome = run("flows", "lint", "good.json", "broken.json")
    assert outcome.code == 1
    line = next(n for n, text in enumerate(Path("broken.json").read_text().splitlines(), 1) if "speed >" in text)
    start = f"broken.json:{line}:18: error: The formula is invalid: [1:7 parsing error in '>'] [formula]\n"
    assert outcome.out == start


def test_lint_as_json(run: Run) -> None:
    write_broken()
    answer = json.loads(run("flows", "lint", "broken.json", "--json").out)
    assert (answer["files"], answer["errors"], answer["warnings"]) == (1, 1, 0)
    assert answer["findings"][0]["node_ids"] == [2]


def test_a_doubt_fails_only_when_asked_to(run: Run) -> None:
    Path("doubt.json").write_text(json.dumps(GOOD).replace("speed > 90", "value('speed', 0) > 90"))
    outcome = run("flows", "lint", "doubt.json")
    assert outcome.code == 0
    assert ": warning: " in outcome.out
    assert run("flows", "lint", "doubt.json", "--strict").code == 1


def test_a_directory_is_searched_for_flows(run: Run) -> None:
    Path("more/.git").mkdir(parents=True)
    write_broken("more/b.json")
    write_broken("more/.git/c.json")
    Path("more/other.json").write_text('{"endpoints": []}')
    Path("more/cut.json").write_text('{"nodes": [')
    answer = json.loads(run("flows", "lint", ".", "--json").out)
    assert answer["files"] == 3
    assert [row["file"] for row in answer["findings"]] == ["more/b.json", "more/cut.json"]
    Path("empty").mkdir()
    one_sentence(run("flows", "lint", "empty"), "no file of empty holds a flow")


def test_what_is_no_flow_fails(run: Run) -> None:
    Path("list.json").write_text("[1]")
    outcome = run("flows", "lint", "list.json")
    assert (outcome.code, outcome.out.startswith("list.json:1:1: error: The flow cannot be read")) == (1, True)
    one_sentence(run("flows", "lint", "nowhere.json"), "nowhere.json cannot be read")
    one_sentence(run("flows", "draw", "list.json"), "list.json: The flow cannot be read", code=1)


def test_a_picture_goes_to_stdout_or_to_a_file(run: Run) -> None:
    assert run("flows", "draw", "good.json").out.startswith("flowchart LR\n")
    outcome = run("flows", "draw", "good.json", "--as", "html", "--out", "good.html")
    assert (outcome.code, outcome.out) == (0, "")
    assert "<title>good</title>" in Path("good.html").read_text()
    Path("messages.jsonl").write_text('{"speed": 95}\n\n{"speed": 1}\n')
    assert "then 1" in run("flows", "draw", "good.json", "--messages", "messages.jsonl", "--as", "dot").out


def test_messages_are_counted(run: Run) -> None:
    Path("messages.jsonl").write_text('{"speed": 95}\n{"speed": 96}\n')
    outcome = run("flows", "test", "good.json", "messages.jsonl")
    assert outcome.code == 0
    assert outcome.out.splitlines()[:3] == ["messages\t2", "without output\t0", "node 1\t2"]
    assert "branch never taken\t2 else" in outcome.out
    answer = json.loads(run("flows", "test", "good.json", "messages.jsonl", "--json").out)
    assert answer["branches"] == {"2 then": 2}
    assert run("flows", "test", "good.json", "messages.jsonl", "--strict").code == 1


@pytest.mark.parametrize("line", ["[1]", "{", '{"a": 1} x', "\xff"])
def test_a_bad_message_is_one_sentence(run: Run, line: str) -> None:
    Path("messages.jsonl").write_bytes(b"{}\n" + line.encode("latin-1") + b"\n")
    one_sentence(run("flows", "test", "good.json", "messages.jsonl"), "messages.jsonl:2: a message is one JSON object")


def test_a_flow_that_cannot_run_is_one_sentence(run: Run) -> None:
    write_broken()
    Path("messages.jsonl").write_text("{}\n")
    one_sentence(run("flows", "test", "broken.json", "messages.jsonl"), "broken.json", "parsing error", code=1)
    one_sentence(run("flows", "test", "good.json", "none.jsonl"), "none.jsonl cannot be read")


def test_an_expression_is_explained(run: Run) -> None:
    outcome = run("flows", "explain", "speed * 2 + x", "speed=5")
    assert outcome.code == 0
    assert outcome.out.splitlines()[:2] == ["speed * 2 + x = null  (+ with null)", "  speed * 2 = 10  (integer)"]
    answer = json.loads(run("flows", "explain", "speed / 2.0", '{"speed": 5}', "--json").out)
    assert (answer["type"], answer["value"]) == ("double", 2.5)
    one_sentence(run("flows", "explain", "speed >"), "The formula is invalid: [1:7 parsing error in '>']", code=1)


def test_the_audit_of_files(run: Run) -> None:
    outcome = run("flows", "audit", "good.json")
    assert outcome.code == 0
    assert "good.json: notice: The title has no version; add one, such as v1.2 [versions]\n" in outcome.out
    assert "[tested]" in outcome.out
    assert outcome.err.startswith("navixy: not checked without an account: endpoints")
    Path("good.jsonl").write_text('{"speed": 5}\n')
    assert "[tested]" not in run("flows", "audit", "good.json").out
    write_broken()
    broken = run("flows", "audit", "broken.json", "good.json", "--json")
    answer = json.loads(broken.out)
    assert (broken.code, answer["errors"], answer["files"]) == (1, 1, 2)
    assert answer["findings"][0]["rule"] == "formula"
    assert "monitoring of devices" in answer["not_checked"]
    assert broken.err == ""
    assert run("flows", "audit", "good.json", "--strict").code == 0
    Path("same.json").write_text(Path("good.json").read_text())
    assert run("flows", "audit", "good.json", "same.json").code == 0
    assert run("flows", "audit", "good.json", "same.json", "--strict").code == 1


def test_without_a_command_the_help_is_shown(run: Run) -> None:
    outcome = run("flows")
    assert outcome.code == 0
    assert all(f"  {command} " in outcome.out for command in ("lint", "draw", "audit", "test", "explain"))
