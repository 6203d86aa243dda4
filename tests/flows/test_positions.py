"""Lines and columns of findings."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from navixy_async.flows import Finding
from navixy_async.flows.positions import Positions

FLOW: dict[str, Any] = {
    "title": 'nodes": [{"id": 9',
    "nodes": [
        {"id": 1, "type": "data_source", "data": {"title": "ü"}},
        {"id": 2, "data": {"items": [{"name": "a", "value": "1"}, {"name": "b", "value": "speed >"}]}},
    ],
    "edges": [{"from": 1, "to": 2}],
}


def finding(*node_ids: int, parameter: str = "", message: str = "", is_shape: bool = False) -> Finding:
    stage: Any = "shape" if is_shape else "formula"
    return Finding(message, stage, list(node_ids), [parameter] if parameter else [])


@pytest.mark.parametrize(
    "wrap", [lambda flow: flow, lambda flow: {"flow": flow}, lambda flow: {"success": True, "value": flow}]
)
def test_a_finding_stands_at_its_member(wrap: Any) -> None:
    text = json.dumps(wrap(FLOW), indent=2, ensure_ascii=False)
    lines = text.splitlines()
    positions = Positions(text)
    line, column = positions.of_finding(finding(2, parameter="data.items[1].value"))
    assert lines[line - 1][column - 1 :] == '"speed >"'
    line, column = positions.of_finding(finding(2, parameter="data.nothing"))
    assert lines[line - 1][column - 1 :] == "{"
    assert lines[line].strip() == '"id": 2,'
    line, column = positions.of_finding(finding(message="The flow cannot be read: edges[0].from is", is_shape=True))
    assert lines[line - 1][column - 1 :] == "1,"


def test_what_has_no_place_stands_at_the_beginning() -> None:
    assert Positions("").of_finding(finding()) == (1, 1)
    assert Positions(json.dumps(FLOW)).of_finding(finding(77)) == (1, 1)


def test_broken_json_is_shown_where_it_breaks() -> None:
    broken = finding(message="this is no JSON: invalid character (byte 12)", is_shape=True)
    assert Positions('{"ü": 1,\n  !').of_finding(broken) == (2, 3)


@given(st.text(alphabet='{}[]:,"\\ \na1') | st.text())
def test_any_text_has_positions(text: str) -> None:
    assert Positions(text).of_finding(finding(1)) >= (1, 1)


def test_deep_and_long_texts_take_no_time() -> None:
    for text in ("[" * 300_000, '{"a":' * 100_000, '"' + "\\" * 300_001, '"' * 300_000, '\\"' * 150_000):
        assert Positions(text).of_finding(finding(1)) <= (1, 2)
