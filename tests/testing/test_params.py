"""Parameters of the wrong type, or missing, are named one by one."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from navixy_async.testing import Platform, World
from navixy_async.testing.facts import documented
from navixy_async.testing.handlers import resolve
from navixy_async.testing.params import ParamRule

from .test_generic_actions import FREE, WALKED_ELSEWHERE, Walker


@pytest.fixture
async def platform(world: World) -> AsyncIterator[Platform]:
    async with Platform(world, FREE) as platform:
        yield platform


@pytest.fixture
async def walker(platform: Platform) -> AsyncIterator[Walker]:
    async with aiohttp.ClientSession() as http:
        yield Walker(platform, http)


def wrong_for(param: ParamRule) -> Any:
    """A value of a type that the parameter does not take."""
    return {"int": {}, "number": {}, "bool": 7, "object": 7, "objects": 7, "ints": "x", "strs": 7}.get(param.kind, 7)


@pytest.mark.parametrize("path", sorted(path for path, known in documented().items() if known.params))
async def test_wrong_types_are_named(walker: Walker, path: str) -> None:
    known, (action, _) = documented()[path], resolve(path)
    if known.encoding != "json" or known.api in ("dwh", "eco_fleet") or path in WALKED_ELSEWHERE:
        return
    wrong = {name: wrong_for(param) for name, param in action.params.items() if param.kind != "any"}
    if not wrong or known.session == "root_access":
        return
    status, _, body = await walker.ask(known, wrong)
    answer = json.loads(body)
    assert status == 400
    assert answer["status"]["code"] in ((292, 293) if known.api == "iot_logic" else (7, 221))
    if answer["status"]["code"] != 221:
        assert {fault["parameter"] for fault in answer["errors"]} == set(wrong)


@pytest.mark.parametrize(
    "path", sorted(path for path in documented() if any(one.required for one in resolve(path)[0].params.values()))
)
async def test_what_is_missing_is_named(walker: Walker, path: str) -> None:
    known, (action, _) = documented()[path], resolve(path)
    if known.encoding != "json" or known.api in ("dwh", "eco_fleet") or path in WALKED_ELSEWHERE:
        return
    status, _, body = await walker.ask(known, {})
    answer = json.loads(body)
    assert status == 400
    assert answer["status"]["code"] in ((292, 293) if known.api == "iot_logic" else (7,))
    wanted = {name for name, param in action.params.items() if param.required}
    assert {fault["parameter"] for fault in answer["errors"]} == wanted
