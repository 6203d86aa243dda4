"""Every documented action answers its documented request, and says so when a request is wrong."""

from __future__ import annotations

import importlib
import json
import pkgutil
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from functools import cache
from typing import Any

import aiohttp
import msgspec
import pytest

from navixy_async.api import resources
from navixy_async.operations import Operation
from navixy_async.testing import UNLIMITED, Platform, Rules, World
from navixy_async.testing.facts import Documented, documented
from navixy_async.testing.handlers import resolve
from navixy_async.testing.handlers.collections import collections
from navixy_async.testing.jobs import BackgroundJob

FREE = Rules(per_credential=UNLIMITED, per_address=UNLIMITED)

WALKED_ELSEWHERE = {
    "user/auth",
    "user/auth/code/verify",
    "user/auth/code/resend",
    "user/logout",
    "api/key/delete",
    "panel/account/auth",
    "panel/account/logout",
    "base/send_email",
    "dwh:tracker/raw_data/read",
    "eco_fleet:trackers/{tracker_id}/resampling",
    "eco_fleet:trackers/{tracker_id}/sensors/{sensor_id}/quality",
}
"""Proved by tests of their own: they open and close doors, or are of another shape."""


@pytest.fixture
async def platform(world: World) -> AsyncIterator[Platform]:
    async with Platform(world, FREE) as platform:
        yield platform


SAMPLES: dict[str, Any] = {
    "int": 1,
    "number": 1,
    "bool": True,
    "str": "x",
    "time": "2026-03-24 00:00:00",
    "ints": [1],
    "strs": ["x"],
    "object": {},
    "objects": [{}],
}


class Walker:
    """Asks as whoever may ask."""

    def __init__(self, platform: Platform, http: aiohttp.ClientSession) -> None:
        self.platform, self.http, self.world = platform, http, platform.world
        self.account = self.world.accounts[0]

    async def ask(self, known: Documented, params: dict[str, Any]) -> tuple[int, str, bytes]:
        sessions = self.platform.sessions
        now = int(self.platform.now.timestamp())
        operator = self.world.panel
        credential = (
            sessions.login_panel(operator.login, operator.password, now).hash
            if known.session == "panel_session"
            else self.platform.open_session(self.account)
        )
        headers = {"Authorization": f"NVX {credential}"}
        url = f"{self.platform.base_url}/{known.path}"
        options: dict[str, Any] = {"json": params}
        if known.api == "dwh":
            url = f"{self.platform.origin}/dwh/v1/{known.path.partition(':')[2]}"
        elif known.encoding == "multipart":
            form = aiohttp.FormData({name: text(value) for name, value in params.items()})
            kind = "image/png" if known.resource.endswith("avatar") else "text/csv"
            form.add_field("file", b"label;lat;lng\nDepot;53.4;-2.9\n", filename="file", content_type=kind)
            options = {"data": form}
        elif known.encoding == "query":
            options = {"params": {name: text(value) for name, value in params.items()}}
        async with self.http.request(known.method, url, headers=headers, **options) as response:
            return response.status, response.content_type, await response.read()

    def at_home(self, known: Documented, value: Any, name: str = "") -> Any:
        """A documented request with ids that the platform has."""
        account = self.account
        if isinstance(value, dict) and name == "asset":
            return {"type": "vehicle", "id": account.trackers[0].vehicle_id}
        if isinstance(value, dict):
            return {member: self.at_home(known, inner, member) for member, inner in value.items()}
        if name in ("nodes", "edges"):
            return value  # their ids are of the flow alone
        if isinstance(value, list) and name == "trackers" and value and isinstance(value[0], int):
            return [tracker.id for tracker in account.trackers[:2]]
        if isinstance(value, list):
            return [self.at_home(known, inner, name) for inner in value]
        if type(value) is str and name in ("from", "to") and len(value) == 19:
            start = self.world.start + timedelta(days=1 if name == "from" else 4)
            return start.strftime("%Y-%m-%d %H:%M:%S")
        if type(value) is not int:
            return value
        if known.path == "tracker/delete":
            return next(tracker.id for tracker in account.trackers if tracker.clone)
        if name in ("tracker_id", "trackers"):
            return account.trackers[0].id
        return self.id_for(known, name, value)

    def filled(self, known: Documented, params: dict[str, Any]) -> dict[str, Any]:
        """What a documented request left out although the action cannot do without it."""
        mine = collections().get(known.resource)
        if mine is not None and known.verb in ("read", "update", "delete") and mine.ids(params) is None:
            wrapped = next((params[word] for word in mine.words if isinstance(params.get(word), dict)), None)
            if wrapped is None:
                name = next((one for one in known.params or () if one.endswith("id")), f"{mine.words[0]}_id")
                params = {**params, name: self.id_for(known, name, 1)}
            elif "id" not in wrapped:
                wrapped["id"] = self.id_for(known, "id", 1)
        for name in ("report_id", "process_id"):
            if name in params:
                params = {**params, name: self.job(known).id}
        action, _ = resolve(known.path)
        for name, param in action.params.items():
            if param.required and name not in params:
                sample = min(param.options) if param.options else SAMPLES[param.kind]
                params = {**params, name: self.at_home(known, sample, name)}
        return params

    def job(self, known: Documented) -> BackgroundJob:
        """A finished report or import."""
        first = known.path.partition("/")[0]
        kind = {"report": "report", "vehicle": "vehicle"}.get(first, "employee")
        asked: dict[str, Any] = {
            "headers": ["label"],
            "filename": "x",
            "trackers": [self.account.trackers[0].id],
            "employees": None,
        }
        asked |= {"title": None, "from": 0, "to": 1, "time_filter": {}, "plugin": {"plugin_id": 4}, "geocoder": None}
        jobs = self.platform.state.jobs
        job = jobs.start(self.account.id, kind, asked, 0, needed=0, at_once=1, report=False)  # type: ignore[arg-type]
        job.failed.append("x;y")
        return job

    def id_for(self, known: Documented, name: str, value: int) -> int:
        store, panel = self.platform.state.store, known.path.startswith("panel/")
        owner = 0 if panel else self.account.id
        if known.resource == "history":
            return self.world.events(self.account.trackers[0].id, self.world.start, self.world.end)[0].id
        if known.resource == "tracker/group" and known.verb != "create":
            return self.account.groups[0].id
        if name == "flow_id" and known.path == "iot/logic/flow/sources/list":
            return next(iter(store.objects(owner, "iot/logic/flow")))
        if known.resource == "zone/point":
            return list(store.objects(owner, "zone"))[1]
        if name == "group_id" and known.resource in ("tracker", "tracker/mobile", "tracker/settings"):
            return self.account.groups[0].id
        if name == "new_employee_id":
            return list(store.objects(owner, "employee"))[-1]
        if name == "sensor_id":
            return self.world.sensors(self.account.trackers[0].id)[0].id
        mine = collections().get(known.resource)
        own_names = () if mine is None else ("id", *(f"{word}_id{s}" for word in mine.words for s in ("", "s")))
        if mine is not None and name in own_names and known.verb not in ("create", "register"):
            return next(iter(store.objects(owner, mine.kept_in)), value)
        for resource in ("zone", "place", "vehicle", "employee", "tag"):
            if name in (f"{resource}_id", f"{resource}_ids", f"new_{resource}_id"):
                return next(iter(store.objects(owner, resource)))
        return value


@cache
def typed() -> dict[str, Operation[Any]]:
    """The client's own idea of every action, to which the platform's answers must fit."""
    found: dict[str, Operation[Any]] = {}
    for module in pkgutil.iter_modules(resources.__path__):
        for value in vars(importlib.import_module(f"{resources.__name__}.{module.name}")).values():
            if isinstance(value, Operation):
                beside = f"{value.api}:" if value.api in ("dwh", "eco_fleet") else ""
                # Further operations are for other shapes of the answer, which nothing here asks for.
                found.setdefault(beside + value.path, value)
    return found


def text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


@pytest.fixture
async def walker(platform: Platform) -> AsyncIterator[Walker]:
    async with aiohttp.ClientSession() as http:
        yield Walker(platform, http)


@pytest.mark.parametrize("path", sorted(set(documented()) - WALKED_ELSEWHERE))
async def test_documented_requests_are_answered(walker: Walker, path: str) -> None:
    known = documented()[path]
    asked = walker.filled(known, walker.at_home(known, known.example_request or {}))
    status, content_type, body = await walker.ask(known, asked)
    assert status == 200, (asked, body[:300])
    if known.file is None and path != "checkin/list":  # whose example asks for a spreadsheet
        assert content_type == "application/json"
        assert b'"success":true' in body
        msgspec.json.decode(body, type=typed()[path].answer)
    elif content_type != "application/json":
        assert body


async def test_unknown_paths_are_refused(walker: Walker) -> None:
    known = documented()["zone/list"]
    wrong = [("nothing/list", 111), ("nothing", 111), ("zone/nothing/list", 111)]
    wrong += [
        (f"{one.resource}/nonsense", 112) for one in documented().values() if one.resource and "{" not in one.path
    ]
    for path, code in dict.fromkeys(pair for pair in wrong if ":" not in pair[0]):
        status, _, body = await walker.ask(replace(known, path=path), {})
        assert (path, status, json.loads(body)["status"]["code"]) == (path, 400, code)


async def test_methods_of_iot_logic(walker: Walker) -> None:
    listing, create = documented()["iot/logic/flow/list"], documented()["iot/logic/flow/create"]
    for known, method in ((listing, "POST"), (create, "GET")):
        status, _, body = await walker.ask(replace(known, method=method), {})
        assert (status, json.loads(body)["status"]["code"]) == (400, 112)


async def test_iot_logic_has_codes_of_its_own(platform: Platform) -> None:
    async with aiohttp.ClientSession() as http:
        wrong = {"Authorization": f"NVX {'0' * 32}"}
        async with http.get(f"{platform.base_url}/iot/logic/flow/list", headers=wrong) as response:
            assert (response.status, (await response.json())["status"]["code"]) == (401, 14)
        right = {"Authorization": f"NVX {platform.world.accounts[0].api_key}"}
        async with http.get(f"{platform.base_url}/iot/logic/flow/read?flow_id=1", headers=right) as response:
            assert (response.status, (await response.json())["status"]["code"]) == (404, 201)
