"""What the platform knows of every documented action."""

from __future__ import annotations

import csv

import pytest

from navixy_async.testing.facts import CATALOGUE, READS, documented

ROWS = [
    row
    for row in csv.DictReader((CATALOGUE / "index.tsv").read_text("utf-8").splitlines(), delimiter="\t")
    if row["api"] != "websocket"
]


def test_every_action_of_the_index_is_known_once() -> None:
    found = documented()
    assert len(found) == len(ROWS)
    assert {(action.api, action.path.rpartition(":")[2]) for action in found.values()} == {
        (row["api"], row["path"]) for row in ROWS
    }
    assert all(":" in path for path, action in found.items() if action.api in ("dwh", "eco_fleet"))


def test_an_action_has_its_parts_and_bounds() -> None:
    read = documented()["track/download"]
    assert (read.resource, read.verb, read.replay) == ("track", "download", "read")
    assert read.params is not None
    assert {name for name, rule in read.params.items() if rule.required} >= {"tracker_id", "from", "to"}
    assert read.params["tracker_id"].kind == "int"
    assert read.params["from"].kind == "time"
    assert 211 in read.errors


def test_a_file_has_its_formats() -> None:
    formats = documented()["track/download"].file
    assert formats
    assert "success" not in documented()["tracker/list"].example_answer


def test_the_code_for_an_unknown_object_is_the_documented_one() -> None:
    for action in documented().values():
        assert action.unknown in (201, 204)
        assert action.unknown == 201 or (204 in action.errors and 201 not in action.errors), action.path


@pytest.mark.parametrize("path", sorted(documented()))
def test_documented_examples_satisfy_their_own_rules(path: str) -> None:
    """A page that forbids its own example is not believed."""
    action = documented()[path]
    for name, value in (action.example_request or {}).items():
        rule = (action.params or {}).get(name)
        if rule is not None and value is not None:
            assert isinstance(value, READS[rule.kind]), name
