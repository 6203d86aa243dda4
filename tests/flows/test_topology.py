"""Random graphs: the checker's verdicts against a second, naive implementation."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from navixy_async.flows import check
from navixy_async.flows.graph import FlowNode
from navixy_async.flows.validate.topology import switched_outputs

from ..support.flows.naive import verdicts

COMPARED = (
    "self_loop",
    "cycle",
    "duplicate_connection",
    "data_source_not_first",
    "output_not_last",
    "logic_no_links",
    "logic_bad_links",
    "no_output",
    "twice",
)
DATA: dict[str, dict[str, Any]] = {
    "data_source": {"source_ids": [1]},
    "initiate_attributes": {"items": []},
    "logic": {"name": "x", "condition": "x"},
    "webhook": {"url": "https://example.com"},
    "action": {"actions": []},
    "output_endpoint": {"output_endpoint_type": "output_default"},
}


@st.composite
def flows(draw: st.DrawFn, *, is_sound: bool) -> dict[str, Any]:
    """Random flows; sound ones have no broken edges, so that their topology is looked at."""
    kinds = draw(st.lists(st.sampled_from(sorted(DATA)), min_size=1, max_size=7))
    if is_sound:
        kinds = ["data_source", *(kind for kind in kinds if kind != "data_source")]
    nodes = [{"id": n, "type": kind, "data": {"title": "T", **DATA[kind]}} for n, kind in enumerate(kinds, 1)]
    ends = st.integers(1, len(nodes))
    pairs = draw(st.lists(st.tuples(ends, ends, st.booleans()), max_size=12))
    edges = []
    for a, b, is_then in pairs:
        kind = ("then_edge" if is_then else "else_edge") if kinds[a - 1] == "logic" else "simple_edge"
        edge = {"from": a, "to": b, "type": kind if is_sound or is_then else "simple_edge"}
        if not is_sound or (a < b and kinds[a - 1] != "output_endpoint" and kinds[b - 1] != "data_source"):
            edges.append(edge)
    if is_sound:
        edges = [edge for n, edge in enumerate(edges) if edge not in edges[:n]]
        lonely = {n for n, kind in enumerate(kinds, 1) if kind == "logic"} - {edge["from"] for edge in edges}
        nodes = [node for node in nodes if node["id"] not in lonely]
        edges = [edge for edge in edges if edge["to"] not in lonely]
    return {"title": "Random", "nodes": nodes, "edges": edges}


def ours(flow: dict[str, Any]) -> set[tuple[str, tuple[int, ...]]]:
    return {(f.template, tuple(f.node_ids)) for f in check(flow) if f.template in COMPARED}


@settings(max_examples=150, deadline=None)
@given(flows(is_sound=True))
def test_sound_flows_have_the_same_verdicts(flow: dict[str, Any]) -> None:
    assert ours(flow) == verdicts(flow)


@settings(max_examples=150, deadline=None)
@given(flows(is_sound=False))
def test_any_flows_have_the_same_verdicts(flow: dict[str, Any]) -> None:
    assert ours(flow) == verdicts(flow)


@pytest.mark.proof
@settings(max_examples=5_000, deadline=None)
@given(flows(is_sound=True) | flows(is_sound=False))
def test_thousands_of_flows_have_the_same_verdicts(flow: dict[str, Any]) -> None:
    assert ours(flow) == verdicts(flow)


def test_an_action_sets_each_output_once() -> None:
    actions = [{"type": "set_output", "number": n} for n in (3, 3, True, "4", None)] + ["x"]
    assert switched_outputs(FlowNode(1, "action", "", {"actions": actions})) == [3]
