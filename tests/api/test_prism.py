"""The 18 IoT Logic actions against Prism, which serves the vendor's OpenAPI and refuses its breach."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from navixy_async import ApiKey, Navixy, Retries
from navixy_async.account import Account
from navixy_async.api.codegen.catalogue import load
from navixy_async.api.models.iot_logic import Edge, FlowDraft, IotDefaultEndpoint, NodeDataSource, NodeDataSourceData
from navixy_async.api.runtime.model import Unknown
from navixy_async.errors import NavixyError

from ..support import prism
from ..support.api import EXAMPLES

KEY = "0123456789abcdef" * 2
SPEC = Path(__file__).parent.parent / "data" / "iot_logic" / "openapi.json"

pytestmark = prism.MARKS

NODES = {
    "NodeDataSource": "data_source",
    "NodeInitiateAttributes": "initiate_attributes",
    "NodeLogic": "logic",
    "NodeAction": "action",
    "NodeWebhook": "webhook",
    "NodeOutputEndpoint": "output_endpoint",
}


@pytest.fixture
async def served(tmp_path: Path) -> AsyncIterator[tuple[str, list[str]]]:
    """The address of a running Prism, and what it says; what cannot be served is mended, see the README beside it."""
    document = json.loads(SPEC.read_text(encoding="utf-8"))
    document.pop("servers", None)
    schemas = document["components"]["schemas"]
    for name, kind in NODES.items():
        schemas[name]["properties"]["type"]["const"] = kind
    schemas["NodeOutputEndpoint"]["properties"]["data"].pop("oneOf")
    async with prism.judge(document, tmp_path) as served:
        yield served


def calls(fleet: Account) -> dict[str, Callable[[], Awaitable[Any]]]:
    """A call of each of the 18 actions, with structs as well as with the documented examples."""
    flow = fleet.iot.logic.flow
    shown = {
        example["path"]: example["json"]["flow"]
        for example in EXAMPLES
        if example["kind"] == "request" and "flow" in example["json"]
    }
    draft = FlowDraft(
        title="Own",
        nodes=[NodeDataSource(id=1, data=NodeDataSourceData(title="All", source_ids=[1]))],
        edges=[Edge(from_=1, to=1)],
    )
    endpoint = {"type": "output_default", "title": "Own", "status": "active"}
    return {
        "iot/logic/flow/create": lambda: flow.create(draft),
        "iot/logic/flow/update": lambda: flow.update(shown["iot/logic/flow/update"]),
        "iot/logic/flow/read": lambda: flow.read(1),
        "iot/logic/flow/delete": lambda: flow.delete(1),
        "iot/logic/flow/list": flow.list,
        "iot/logic/flow/export": lambda: flow.export(1),
        "iot/logic/flow/push": lambda: flow.push(flow_id=1, node_id=1, values={"vehicle_id": "truck_12", "soc": 76.5}),
        "iot/logic/flow/schema/read": flow.schema.read,
        "iot/logic/flow/endpoint/create": lambda: flow.endpoint.create(endpoint),
        "iot/logic/flow/endpoint/read": lambda: flow.endpoint.read(1),
        "iot/logic/flow/endpoint/update": lambda: flow.endpoint.update(
            IotDefaultEndpoint(id=1, title="Own", status="active")
        ),
        "iot/logic/flow/endpoint/delete": lambda: flow.endpoint.delete(1),
        "iot/logic/flow/endpoint/list": flow.endpoint.list,
        "iot/logic/flow/template/list": flow.template.list,
        "iot/logic/flow/template/read": lambda: flow.template.read(1),
        "iot/logic/flow/sources/list": lambda: flow.sources.list(1),
        "iot/logic/flow/sources/mapping/list": lambda: flow.sources.mapping.list(limit=10, offset=0),
        "iot/logic/flow/sources/attribute/list": lambda: flow.sources.attribute.list(source_ids=[1, 2]),
    }


async def test_no_request_is_refused_and_every_answer_is_decoded(served: tuple[str, list[str]]) -> None:
    url, said = served
    async with Navixy(url, retries=Retries(attempts=1)) as navixy:
        todo = calls(navixy.account(ApiKey(KEY)))
        assert set(todo) == {action.path for action in load().actions() if action.row.api == "iot_logic"}
        assert len(todo) == 18
        for path, call in todo.items():
            answer = await call()
            assert not any(isinstance(node, Unknown) for node in getattr(answer, "nodes", None) or ()), path
            if answer is not None:
                assert msgspec.json.encode(answer)
    assert not [line for line in said if "did not pass the validation" in line]


async def test_the_judge_would_notice(served: tuple[str, list[str]]) -> None:
    """A title that the documents do not allow, sent past our own checks, is refused."""
    url, _ = served
    async with Navixy(url, retries=Retries(attempts=1)) as navixy:
        fleet = navixy.account(ApiKey(KEY))
        for path, params in (("iot/logic/flow/create", {"flow": {"title": 7}}), ("iot/logic/flow/read", {})):
            with pytest.raises(NavixyError):
                await fleet.call(path, params)
