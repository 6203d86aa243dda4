"""The platform's messages, against flows that must give them; and nothing is ever raised."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from navixy_async.flows import check
from navixy_async.flows.graph import NODE_TYPES

from ..support.flows.vectors import read

ROWS = read("graphs.jsonl")


def found(flow: dict[str, Any]) -> list[tuple[str, str, list[int], list[str]]]:
    return [(f.template, f.message, f.node_ids, f.parameters) for f in check(flow) if f.template]


def test_every_flow_gives_its_messages_and_no_other() -> None:
    for row in ROWS:
        got = found(row["flow"])
        for want in row["expect"]:
            message = (want["template"], want["message"], want.get("node_ids", []), want.get("parameters", []))
            assert message in got, row["id"]
            got.remove(message)
        assert [message for message in got if message[0] not in row["may"]] == [], row["id"]
    assert sum(row["certain"] for row in ROWS) > 50


def test_what_is_certain_is_sure() -> None:
    for row in ROWS:
        if row["certain"]:
            assert [finding for finding in check(row["flow"]) if finding.template and not finding.sure] == [], row["id"]


def test_a_finding_says_where_and_more_than_the_platform() -> None:
    (row,) = (row for row in ROWS if row["title"] == "three-node cycle")
    (finding,) = check(row["flow"])
    assert "#2" in finding.detail
    assert str(finding).startswith("The flow's graph cannot contain cycles: #")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)
MEMBERS = [
    "title",
    "source_ids",
    "primary_key",
    "mappings",
    "items",
    "name",
    "condition",
    "actions",
    "device_mapping",
    "url",
]
DATA = st.dictionaries(st.sampled_from([*MEMBERS, "headers", "body", "output_endpoint_type"]), JSON, max_size=5)
NODE = st.fixed_dictionaries(
    {"id": st.integers(1, 4) | JSON, "type": st.sampled_from(NODE_TYPES) | JSON, "data": DATA | JSON}
)
EDGE = st.fixed_dictionaries({"from": st.integers(1, 5) | JSON, "to": st.integers(1, 5) | JSON, "type": JSON})


@settings(max_examples=60, deadline=None)
@given(
    st.fixed_dictionaries({"nodes": st.lists(NODE | JSON, max_size=5), "edges": st.lists(EDGE | JSON, max_size=5)})
    | JSON
)
def test_no_flow_whatever_raises_anything(flow: object) -> None:
    for finding in check(flow):
        assert str(finding)


def test_large_flows_are_checked_without_recursion_and_in_bounded_work() -> None:
    count = 10_000
    nodes: list[dict[str, Any]] = [
        {"id": n, "type": "initiate_attributes", "data": {"items": []}} for n in range(count)
    ]
    ring = [{"from": n, "to": (n + 1) % count} for n in range(count)]
    assert [f.template for f in check({"nodes": nodes, "edges": ring}) if f.template] == ["cycle"]
    conditions: list[dict[str, Any]] = [{"id": 0, "type": "data_source", "data": {}}]
    conditions += [{"id": n, "type": "logic", "data": {"name": "x", "condition": "x"}} for n in range(1, 200)]
    conditions.append({"id": 200, "type": "output_endpoint", "data": {"output_endpoint_type": "output_default"}})
    edges: list[dict[str, Any]] = [{"from": 0, "to": 1}]
    edges += [{"from": n, "to": n + 1, "type": kind} for n in range(1, 200) for kind in ("then_edge", "else_edge")]
    assert [f.rule for f in check({"nodes": conditions, "edges": edges})] == ["not_followed"]
    outputs: list[dict[str, Any]] = [{"id": 0, "type": "data_source", "data": {}}]
    outputs += [
        {"id": n, "type": "output_endpoint", "data": {"output_endpoint_type": "output_default"}}
        for n in range(1, 5_000)
    ]
    many = check({"nodes": outputs, "edges": [{"from": 0, "to": n} for n in range(1, 5_000)]})
    assert {f.template for f in many} == {"duplicate_outputs"}


def test_a_formula_of_a_megabyte_is_said_to_be_too_long() -> None:
    logic = {"id": 1, "type": "logic", "data": {"name": "x", "condition": "1+" * 500_000}}
    messages = [f for f in check({"nodes": [logic]}) if f.template == "formula"]
    assert "no more than 100,000 are read" in messages[0].message
    assert not messages[0].sure
