"""Rules of edges that the platform has no message for."""

from __future__ import annotations

from navixy_async.flows import check
from navixy_async.flows.graph import FlowEdge
from navixy_async.flows.validate.edges import find_cycle


def test_a_cycle_is_shown_and_a_self_loop_is_none() -> None:
    cycle = find_cycle([FlowEdge(1, 2), FlowEdge(2, 3), FlowEdge(3, 1), FlowEdge(4, 4)])
    assert cycle[0] == cycle[-1]
    assert set(cycle) == {1, 2, 3}
    assert find_cycle([FlowEdge(1, 2), FlowEdge(4, 4)]) == []


def test_branches_that_are_missing_or_without_a_condition() -> None:
    nodes = [
        {"id": 1, "type": "data_source", "data": {}},
        {"id": 2, "type": "logic", "data": {"name": "x", "condition": "x"}},
        {"id": 3, "type": "output_endpoint", "data": {"output_endpoint_type": "output_default"}},
    ]

    def rules(*edges: dict[str, object]) -> set[str]:
        return {finding.rule for finding in check({"nodes": nodes, "edges": list(edges)}) if finding.template is None}

    first: dict[str, object] = {"from": 1, "to": 2}
    assert rules(first, {"from": 2, "to": 3, "type": "then_edge"}) == {"no_else"}
    assert rules(first, {"from": 2, "to": 3, "type": "else_edge"}) == {"no_then"}
    assert "branch_without_logic" in rules({"from": 1, "to": 3, "type": "then_edge"})
    alone = {"id": 1, "type": "initiate_attributes", "data": {"items": []}}
    assert {finding.rule for finding in check({"nodes": [alone]})} == {
        "no_data_source",
        "no_output_endpoint",
        "unreachable_node",
    }
