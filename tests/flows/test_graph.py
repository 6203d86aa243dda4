"""Flows in every shape that they come in, and what is none."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest

from navixy_async.api.models.iot_logic import Flow, FlowDraft, FlowExport
from navixy_async.api.runtime.unknown_fields import ModelReader
from navixy_async.flows import check
from navixy_async.flows.graph import FlowEdge, read_graph

from ..support.flows.vectors import FOLDER, read

NODES = [
    {"id": 1, "type": "data_source", "data": {"title": "In", "source_ids": [1]}},
    {"id": 2, "type": "output_endpoint", "data": {"title": "Out", "output_endpoint_type": "output_default"}},
]
FLOW: dict[str, Any] = {"title": "Flow", "nodes": NODES, "edges": [{"from": 1, "to": 2}]}


@pytest.mark.parametrize(
    "flow",
    [
        FLOW,
        {"flow": FLOW},
        {"success": True, "value": FLOW},
        {"success": True, "value": {"flow": FLOW}},
        json.dumps(FLOW),
        json.dumps({"flow": FLOW}).encode(),
        ModelReader(Flow).read(json.dumps(FLOW | {"id": 5, "enabled": True}).encode()),
        ModelReader(FlowDraft).read(json.dumps(FLOW | {"enabled": True}).encode()),
        ModelReader(FlowExport).read(json.dumps(FLOW).encode()),
    ],
    ids=["export", "envelope", "answer", "both", "text", "bytes", "Flow", "FlowDraft", "FlowExport"],
)
def test_every_shape_gives_the_same_graph(flow: object) -> None:
    graph = read_graph(flow)
    assert graph.problems == []
    assert [(node.id, node.type, node.title) for node in graph.nodes] == [
        (1, "data_source", "In"),
        (2, "output_endpoint", "Out"),
    ]
    assert graph.edges == [FlowEdge(1, 2)]
    assert check(flow) == []


def test_typed_flows_give_what_their_dicts_give() -> None:
    compared = 0
    for row in read("graphs.jsonl"):
        try:
            typed: Flow = ModelReader(Flow).read(json.dumps(row["flow"] | {"id": 1}).encode())
        except msgspec.ValidationError:
            continue
        compared += 1
        assert [f.message for f in check(typed)] == [f.message for f in check(row["flow"])], row["id"]
    assert compared > 60


@pytest.mark.parametrize(
    ("flow", "problem"),
    [
        ('{"nodes": [', "this is no JSON"),
        (b"\xff", "this is no JSON"),
        ("[" * 100_000, "this is no JSON"),
        ([], "a flow is an object, not a list"),
        (None, "a flow is an object, not null"),
        ({}, "neither nodes, edges nor a title"),
        ({"success": False}, "neither nodes, edges nor a title"),
        ({"nodes": {}}, "nodes is an object, and has to be a list"),
        ({"nodes": ["a"]}, "nodes[0] is a text, and has to be an object"),
        ({"nodes": [{"id": "1", "type": "logic"}]}, "nodes[0].id is a text, and has to be a whole number"),
        ({"nodes": [{"id": 1, "type": "großer Knoten"}]}, "nodes[0].type is 'großer Knoten', and has to be one of"),
        ({"nodes": [{"id": 1, "type": ["logic"]}]}, "nodes[0].type is a list"),
        ({"nodes": [{"id": 1, "type": "logic", "data": 5}]}, "nodes[0].data is a number"),
        ({"nodes": [], "edges": [{"from": 1}]}, "edges[0].to is null"),
        ({"nodes": [], "edges": [{"from": 1, "to": 2, "type": "maybe"}]}, "edges[0].type is 'maybe'"),
    ],
)
def test_what_is_no_flow_is_said_in_a_sentence_with_its_path(flow: object, problem: str) -> None:
    assert problem in read_graph(flow).problems[0]
    assert any(problem in finding.message for finding in check(flow) if finding.stage == "shape")


def test_ids_as_text_are_read_all_the_same() -> None:
    nodes = [NODES[0] | {"id": "1"}, NODES[1]]
    findings = check(FLOW | {"nodes": nodes})
    assert [finding.rule for finding in findings] == ["shape"]


def test_published_flows_are_never_surely_wrong() -> None:
    files = sorted((FOLDER / "examples").glob("*.json"))
    assert len(files) == 11
    for file in files:
        findings = check(file.read_bytes())
        assert [finding for finding in findings if finding.sure or finding.template] == [], file.name
