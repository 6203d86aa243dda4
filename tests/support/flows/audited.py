"""Flows and endpoints with nothing to find in them, and what an audit finds."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime
from typing import Any

NOW = datetime(2026, 6, 1, tzinfo=UTC)
HASH = "22eac1c27af4be7b9d04da2ce1af111b"


def flow(*middle: dict[str, Any], title: str = "Speed v1", devices: tuple[int, ...] = (7,)) -> dict[str, Any]:
    """A source, the given nodes one after the other, and an output; nothing to find but what is in the middle."""
    source = {"title": "Trucks of Leipzig", "source_ids": list(devices)}
    output = {"title": "Back to Navixy", "output_endpoint_type": "output_mqtt_client", "output_endpoint_id": 5}
    nodes = [{"id": 1, "type": "data_source", "data": source}]
    nodes += [{"id": 10 + index, **node} for index, node in enumerate(middle)]
    nodes.append({"id": 99, "type": "output_endpoint", "data": output})
    edges = [{"from": a["id"], "to": b["id"]} for a, b in itertools.pairwise(nodes)]
    return {"title": title, "description": "for tests", "nodes": nodes, "edges": edges}


def made(value: str, name: str = "engine_load", title: str = "Load of the engine") -> dict[str, Any]:
    return {"type": "initiate_attributes", "data": {"title": title, "items": [{"name": name, "value": value}]}}


def hook(**data: Any) -> dict[str, Any]:
    headers = [{"key": "Content-Type", "value": "application/json"}]
    given = {"title": "Tell the shop", "url": "https://hooks.example.com/a", "headers": headers, "body": "{}", **data}
    flow_of_hook = flow(title="Hook v1")
    flow_of_hook["nodes"].append({"id": 50, "type": "webhook", "data": given})
    flow_of_hook["edges"].append({"from": 1, "to": 50})
    return flow_of_hook


def endpoint(number: int = 5, **settings: Any) -> dict[str, Any]:
    given = {
        "domain": "mqtt.example.com",
        "port": 8883,
        "use_ssl": True,
        "mqtt_auth": True,
        "user_name": "fleet-user",
        "user_password": f"long-password-{number}",
        "client_id": f"client-id-{number}",
        "topics": [f"fleet/data/{number}"],
    }
    return {"id": number, "type": "output_mqtt_client", "status": "active", "properties": {**given, **settings}}
