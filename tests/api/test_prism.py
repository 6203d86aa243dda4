"""The 18 IoT Logic actions against Prism, an independent judge: it serves the vendor's OpenAPI and refuses its breach.

Prism is fetched with npm once, and kept in the user's cache directory. Where there is no npm these proofs are left out,
but not in CI (`NAVIXY_CI` is set): there its absence is a failure.
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import socket
import subprocess
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

from ..support.api import EXAMPLES

KEY = "0123456789abcdef" * 2
NPM = shutil.which("npm")
VERSION = "5.14.2"
SPEC = Path(__file__).parent.parent / "data" / "iot_logic" / "openapi.json"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(NPM is None and not os.environ.get("NAVIXY_CI"), reason="npm is not on the PATH"),
]

NODES = {
    "NodeDataSource": "data_source",
    "NodeInitiateAttributes": "initiate_attributes",
    "NodeLogic": "logic",
    "NodeAction": "action",
    "NodeWebhook": "webhook",
    "NodeOutputEndpoint": "output_endpoint",
}


@pytest.fixture(scope="module")
def prism() -> Path:
    """Prism's command, installed if it is not there yet."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "navixy_async" / f"prism-{VERSION}"
    command = cache / "node_modules" / ".bin" / "prism"
    if not command.exists():
        cache.mkdir(parents=True, exist_ok=True)
        assert NPM is not None, "npm is not on the PATH: Prism, which CI insists on, cannot be fetched"
        done = subprocess.run(
            [NPM, "install", "--no-fund", "--no-audit", "--prefix", str(cache), f"@stoplight/prism-cli@{VERSION}"],
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
        assert command.exists(), done.stderr
    return command


@pytest.fixture(scope="module")
def spec(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The OpenAPI with what cannot be served mended; see the README beside it."""
    document = json.loads(SPEC.read_text(encoding="utf-8"))
    document.pop("servers", None)
    schemas = document["components"]["schemas"]
    for name, kind in NODES.items():
        schemas[name]["properties"]["type"]["const"] = kind
    schemas["NodeOutputEndpoint"]["properties"]["data"].pop("oneOf")
    path = tmp_path_factory.mktemp("prism") / "openapi.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


@pytest.fixture
async def served(prism: Path, spec: Path) -> AsyncIterator[tuple[str, list[str]]]:
    """The address of a running Prism, and what it says."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = await asyncio.create_subprocess_exec(
        *(str(prism), "mock", "--errors", "--host", "127.0.0.1", "--port", str(port), str(spec)),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        env={**os.environ, "NO_COLOR": "1", "FORCE_COLOR": "0"},
    )
    said: list[str] = []
    assert process.stdout is not None
    try:
        async with asyncio.timeout(60):
            while "is listening" not in (line := (await process.stdout.readline()).decode()):
                assert line, "".join(said)
                said.append(line)
        reader = asyncio.create_task(_listen(process.stdout, said))
        yield f"http://127.0.0.1:{port}", said
    finally:
        process.terminate()
        await process.wait()
    await reader


async def _listen(stream: asyncio.StreamReader, said: list[str]) -> None:
    while line := await stream.readline():
        said.append(line.decode())


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
