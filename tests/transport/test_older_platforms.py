"""Installations that are months old refuse what is new: the error names it."""

from __future__ import annotations

from typing import Any

import pytest
from aiohttp import web

from navixy_async import errors as e
from navixy_async.api.models.iot_logic import FlowDraft, NodeDataSource, NodeDataSourceData
from navixy_async.api.runtime.index import find, known_paths
from navixy_async.transport.older_platforms import RECENT_ACTIONS, RECENT_PARAMETERS

from ..support.api import ACTIONS, CATALOGUE
from .conftest import Connect, no


async def refused(connect: Connect, path: str, params: dict[str, Any], code: int = 7, **members: Any) -> str:
    async def handler(_request: web.Request) -> web.Response:
        return no(code, "Invalid parameters" if code == 7 else "Wrong handler", 400, **members)

    wire = await connect(handler)
    with pytest.raises(e.InvalidRequest) as caught:
        await wire.send(find(path), params)
    return str(caught.value)


async def test_a_recent_parameter_that_was_sent_is_named(connect: Connect) -> None:
    told = await refused(connect, "vehicle/service_task/download", {"columns": ["cost"], "format": "xls"})
    assert "Invalid parameters (older installations do not know columns, documented since August 2026" in told
    told = await refused(connect, "vehicle/service_task/download", {"format": "xls"})
    assert "older" not in told, "it was not sent"
    told = await refused(connect, "report/schedule/create", {"schedule": {"x": [{"include_zones_in_address": False}]}})
    assert "do not know include_zones_in_address," in told


async def test_members_of_structs_count(connect: Connect) -> None:
    source = NodeDataSource(id=1, data=NodeDataSourceData(title="x", push_type="http"))
    flow = FlowDraft(title="x", nodes=[source])
    assert "do not know push_type," in await refused(connect, "iot/logic/flow/create", {"flow": flow})


async def test_what_the_platform_blames_itself_counts_first(connect: Connect) -> None:
    params = {"columns": ["cost"], "format": "xls"}
    for blamed, hinted in (("format", False), ("columns", True)):
        errors = [{"parameter": blamed, "error": "unknown"}]
        told = await refused(connect, "vehicle/service_task/download", params, errors=errors)
        assert f"[{blamed}: unknown]" in told
        assert ("older" in told) == hinted


async def test_a_recent_action_is_called_so(connect: Connect) -> None:
    assert "since August 2026" in await refused(connect, "zone/import/list", {}, code=111)
    assert "August" not in await refused(connect, "zone/list", {}, code=111)


def test_whatever_is_called_recent_is_documented() -> None:
    assert set(known_paths()) >= RECENT_ACTIONS
    for path, names in RECENT_PARAMETERS.items():
        known = {param.name for param in ACTIONS[path].params}
        known |= {member.name for schema in CATALOGUE.schemas.values() for member in schema.fields}
        assert set(names) <= known, path
