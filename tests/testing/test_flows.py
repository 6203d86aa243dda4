"""iot/logic/flow on the embedded platform: what it refuses, and what it shows of what it stores."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from navixy_async import Account, ApiKey, Navixy
from navixy_async.errors import ApiError
from navixy_async.testing import Platform, World, WorldSpec
from navixy_async.testing.handlers.flows import flow_errors

from ..support.source import ROOT

GRAPHS = ROOT / "tests" / "data" / "flows" / "graphs.jsonl"
JUDGED = re.compile(
    r"non-unique ID|is missing, but|duplicate connection|self-loops|at the start of|at the end of|at least one relation"
    r"|invalid link types|contain cycles|must not exceed 200"
)
SOUND: dict[str, Any] = {
    "title": "Sound",
    "enabled": True,
    "nodes": [
        {"id": 1, "type": "data_source", "data": {"title": "All", "source_ids": [7, 8]}},
        {"id": 2, "type": "output_endpoint", "data": {"title": "Out", "output_endpoint_type": "output_default"}},
    ],
    "edges": [{"from": 1, "to": 2, "type": "simple_edge"}],
}


async def test_a_flow_is_stored_exported_and_refused() -> None:
    world = World(WorldSpec(accounts=1, trackers=1))
    async with Platform(world) as platform, Navixy(platform.base_url, limits=None) as navixy:
        fleet: Account = navixy.account(ApiKey(world.accounts[0].api_key))
        number = (await fleet.call("iot/logic/flow/create", {"flow": SOUND}))["id"]
        exported = (await fleet.call("iot/logic/flow/export", {"flow_id": number}))["value"]
        assert exported["nodes"] == SOUND["nodes"]
        assert not {"id", "enabled"} & set(exported)
        assert (await fleet.call("iot/logic/flow/sources/list", {"flow_id": number}))["value"] == [7, 8]
        broken = {**SOUND, "id": number, "edges": [{"from": 2, "to": 1}]}
        with pytest.raises(ApiError) as caught:
            await fleet.call("iot/logic/flow/update", {"flow": broken})
        assert caught.value.code == 292
        assert "Output endpoint node #2 must be at the end of flow" in str(caught.value)
        assert (await fleet.call("iot/logic/flow/read", {"flow_id": number}))["value"]["edges"] == SOUND["edges"]


@pytest.mark.parametrize(
    "graph",
    [pytest.param(one, id=one["id"]) for one in map(json.loads, GRAPHS.read_text().splitlines()) if one["certain"]],
)
def test_the_messages_are_the_documented_ones(graph: dict[str, Any]) -> None:
    flow = graph["flow"]
    assert isinstance(flow, dict)
    found = {error["message"] for error in flow_errors(flow)}
    wanted = {one["message"] for one in graph["expect"] if JUDGED.search(one["message"])}
    assert wanted <= found
    assert len(found - wanted) <= len(graph["may"])
