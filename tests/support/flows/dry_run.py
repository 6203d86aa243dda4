"""A flow of all types of nodes, for dry runs."""

from __future__ import annotations

from typing import Any


def flow(*items: dict[str, Any], condition: str = "a > 100") -> dict[str, Any]:
    """Source 1 → attributes 2 → logic 3; then → webhook 4, action 6 and output 5, else → output 5."""
    body = '{"speed": {{speed}}, "none": {{ nope }}, "where": "{{place.name}}"}'
    switch = {"type": "set_output", "number": 1, "value": True}
    mapping = [{"source_id": 8, "target_source_ids": [80, 81]}]
    headers = [{"key": "Authorization", "value": "Bearer hidden"}]
    return {
        "title": "Speeding",
        "nodes": [
            {"id": 1, "type": "data_source", "data": {"source_ids": [7, 8]}},
            {"id": 2, "type": "initiate_attributes", "data": {"items": [{"name": "a", "value": "speed * 2"}, *items]}},
            {"id": 3, "type": "logic", "data": {"name": "fast", "condition": condition}},
            {"id": 4, "type": "webhook", "data": {"url": "https://a.b/hidden", "headers": headers, "body": body}},
            {"id": 5, "type": "output_endpoint", "data": {"output_endpoint_type": "output_default"}},
            {"id": 6, "type": "action", "data": {"actions": [switch], "device_mapping": mapping}},
        ],
        "edges": [
            {"from": 1, "to": 2},
            {"from": 2, "to": 3},
            {"from": 3, "to": 4, "type": "then_edge"},
            {"from": 3, "to": 6, "type": "then_edge"},
            {"from": 3, "to": 5, "type": "then_edge"},
            {"from": 3, "to": 5, "type": "else_edge"},
        ],
    }


def messages(*speeds: int | None, source_id: int = 7) -> list[dict[str, Any]]:
    """A message a minute; None is one without a speed."""
    return [
        {"source_id": source_id, "message_time": 60_000 * n, "server_time": 60_000 * n + 500}
        | ({} if speed is None else {"speed": speed})
        for n, speed in enumerate(speeds)
    ]
