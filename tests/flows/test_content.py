"""Members and bounds of each type of node."""

from __future__ import annotations

from typing import Any

import pytest

from navixy_async.flows import check


@pytest.mark.parametrize(
    ("kind", "data", "problem"),
    [
        ("data_source", {"source_ids": None}, ""),
        ("data_source", {"source_ids": ["1"]}, "source_ids"),
        ("data_source", {"primary_key": "k" * 65, "mappings": [], "source_ids": []}, "primary_key"),
        ("data_source", {"source_ids": [1], "primary_key": "k", "mappings": [{"source_id": [1]}]}, "source_ids"),
        ("initiate_attributes", {"items": [{"name": "a", "value": "1", "server_time": 5}]}, "server_time"),
        ("initiate_attributes", {"items": ["a"]}, "items[0]"),
        ("initiate_attributes", {}, "items"),
        ("logic", {"name": "", "condition": "x"}, "name"),
        ("action", {"actions": [{"type": "set_output", "number": True, "value": True}]}, "number"),
        ("action", {"actions": [{"type": "set_output", "number": 1, "value": 1}]}, "value"),
        ("action", {"actions": [], "device_mapping": [{"source_id": 1, "target_source_ids": []}]}, "target_source_ids"),
        ("webhook", {"url": "https://a.b", "headers": [{"key": "a", "value": "v"}] * 11}, "headers"),
        ("webhook", {"url": "https://a.b", "headers": [{"key": 1, "value": "v"}]}, "headers[0].key"),
        ("webhook", {"url": "https://a.b", "body": "x" * 4_001}, "body"),
        ("output_endpoint", {"output_endpoint_type": "output_kafka"}, "output_endpoint_type"),
    ],
)
def test_content(kind: str, data: dict[str, Any], problem: str) -> None:
    found = [f for f in check({"nodes": [{"id": 7, "type": kind, "data": data}]}) if f.template == "bad_content"]
    if not problem:
        assert found == []
        return
    (finding,) = found
    assert (finding.message, finding.node_ids, finding.sure) == ("Node #7 has incorrect content", [7], False)
    assert problem in finding.detail


def test_a_webhook_has_to_say_what_it_sends() -> None:
    node = {"id": 1, "type": "webhook", "data": {"url": "https://a.b", "headers": [{"key": "X", "value": "1"}]}}
    assert "no_content_type" in {finding.rule for finding in check({"nodes": [node]})}
    node["data"] = {"url": "https://a.b", "headers": [{"key": "content-type", "value": "text/plain"}]}
    assert "no_content_type" not in {finding.rule for finding in check({"nodes": [node]})}
