"""Flows that cannot run are refused before the first message."""

from __future__ import annotations

from typing import Any

import pytest

from navixy_async import InvalidInput
from navixy_async.flows import FormulaError, simulate
from navixy_async.flows.simulation.plan import FlowPlan

from ..support.flows.dry_run import flow
from ..support.flows.vectors import FOLDER


@pytest.mark.parametrize(
    ("edges", "part"),
    [
        ([{"from": 1, "to": 2}, {"from": 2, "to": 1}], "cycle"),
        ([{"from": 2, "to": 2}], "cycle"),
        ([{"from": 1, "to": 9}], "no node at one end"),
    ],
)
def test_what_cannot_run_is_said(edges: list[dict[str, Any]], part: str) -> None:
    with pytest.raises(InvalidInput, match=part):
        simulate(flow() | {"edges": edges}, [])
    with pytest.raises(InvalidInput, match="cannot be read"):
        simulate("{", [])
    with pytest.raises(FormulaError):
        simulate(flow(condition="a >"), [])


def test_a_plan_knows_what_is_read_and_made() -> None:
    plan = FlowPlan(flow({"name": "b", "value": "value('fuel', 1, 'all')", "server_time": "srvTime('x', 0, 'all')"}))
    assert plan.read == {"speed", "a", "fuel", "x"}
    assert plan.made == {"a", "b", "fast"}


def test_published_flows_can_run() -> None:
    for file in (FOLDER / "examples").glob("*.json"):
        assert simulate(file.read_bytes(), [{"speed": 5, "analog_1": 700}]).run().messages == 1


def test_paths_that_meet_and_part_again_are_bounded() -> None:
    levels = 40
    item = {"items": [{"name": "a", "value": "1"}]}
    nodes = [{"id": 0, "type": "data_source", "data": {"source_ids": [7]}}]
    nodes += [{"id": number, "type": "initiate_attributes", "data": item} for number in range(1, 3 * levels + 1)]
    edges = []
    for level in range(levels):
        start, left, right, end = range(3 * level, 3 * level + 4)
        edges += [{"from": a, "to": b} for a, b in ((start, left), (start, right), (left, end), (right, end))]
    with pytest.raises(InvalidInput, match="paths meet and part again"):
        FlowPlan({"title": "Diamonds", "nodes": nodes, "edges": edges})
    chain = [{"from": number, "to": number + 1} for number in range(3 * levels)]
    FlowPlan({"title": "Chain", "nodes": nodes, "edges": chain})
