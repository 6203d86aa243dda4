"""Answers whose shape depends on a parameter: each is typed, and read as what it is."""

from __future__ import annotations

import inspect
import json
from datetime import datetime, time, timedelta
from typing import Any, get_overloads

import pytest

from navixy_async import ApiKey, Navixy
from navixy_async.account import Account
from navixy_async.api.codegen.catalogue import load
from navixy_async.api.codegen.generate import generate
from navixy_async.api.codegen.review import CatalogueFault
from navixy_async.api.codegen.type_expr import refs
from navixy_async.api.models.checkin import Checkin, CheckinListAnswer
from navixy_async.api.models.zone import SausageZone, UnknownZone
from navixy_async.api.resources.zone import ZoneActions
from navixy_async.api.runtime.resource import Download
from navixy_async.errors import NavixyError
from navixy_async.testing import Platform, World, WorldSpec

from ..support.api import ACTIONS, CATALOGUE, FakeCaller, method
from .test_generate import copy_of_catalogue
from .test_resource import surface

VARYING = {
    action.path: str(action.facts.get("file_when") or action.facts["varies"]["param"])
    for action in ACTIONS.values()
    if action.facts.get("file_when") or action.facts.get("varies")
}


def test_they_are_those_of_the_facts() -> None:
    assert VARYING == {"checkin/list": "format", "zone/upload": "dry_run"}


@pytest.mark.parametrize("path", VARYING)
def test_a_signature_for_each_shape(path: str) -> None:
    written = method(ACTIONS[path], FakeCaller()).__func__
    listed = get_overloads(written)
    returned = [inspect.signature(one).return_annotation for one in listed]
    assert len(listed) >= 2
    assert len(set(returned)) == len(returned)
    kinds = {str(inspect.signature(one).parameters[VARYING[path]].annotation) for one in listed}
    assert len(kinds) == len(listed), "they are told apart by the parameter that the shape depends on"


ZONE = {"type": "sausage", "id": None, "label": "Line", "points": [{"lat": 1.0, "lng": 2.0, "node": True}]}


class TestZoneUpload:
    @pytest.mark.parametrize("given", [{}, {"dry_run": True}])
    async def test_a_dry_run_shows_what_would_be_created(self, given: dict[str, Any]) -> None:
        fleet, caller = surface(json.dumps({"list": [ZONE]}).encode())
        (zone,) = await fleet.zone.upload(b"<kml/>", **given)
        assert isinstance(zone, SausageZone)
        assert zone.label == "Line"
        assert getattr(zone, "id") is None  # noqa: B009 - a number wherever a geofence exists
        assert caller.sent.get("dry_run", None) is given.get("dry_run")

    async def test_what_was_created_is_ids(self) -> None:
        fleet, caller = surface(b'{"list": [3, 4]}')
        assert await fleet.zone.upload(b"<kml/>", dry_run=False) == [3, 4]
        assert caller.sent["dry_run"] is False

    async def test_the_other_shape_is_never_taken_for_the_right_one(self) -> None:
        for body, dry in ((b'{"list": [3]}', True), (json.dumps({"list": [ZONE]}).encode(), False)):
            fleet, _ = surface(body)
            with pytest.raises((NavixyError, ValueError)):
                await fleet.zone.upload(b"<kml/>", dry_run=dry)


async def test_check_ins_as_a_list_and_as_a_file() -> None:
    fleet, caller = surface(b'{"list": [{"id": 5}], "count": 1}')
    page = await fleet.checkin.list()
    assert isinstance(page, CheckinListAnswer)
    assert [entry.id async for entry in fleet.checkin.list()] == [5]
    caller.body = b"%PDF"
    download = fleet.checkin.list(format="pdf", trackers=[1])
    assert isinstance(download, Download)
    assert await download == b"%PDF"
    assert caller.calls[-1] == ("checkin/list", {"trackers": [1], "format": "pdf"})


async def ids_of(account: Account) -> set[int]:
    return {zone.id for zone in await account.zone.list().collect() if not isinstance(zone, UnknownZone)}


async def test_both_shapes_of_the_embedded_platform() -> None:
    async with Platform(World(WorldSpec(seed=7, trackers=2, days=2))) as platform, Navixy(platform.base_url) as navixy:
        account = navixy.account(ApiKey(platform.world.accounts[0].api_key))
        before = await ids_of(account)
        shown = await account.zone.upload(b"<kml/>")
        assert shown
        assert await ids_of(account) == before
        made = await account.zone.upload(b"<kml/>", dry_run=False)
        assert len(made) == len(shown)
        assert await ids_of(account) == before | set(made)
        start = datetime.combine(platform.world.spec.start, time()).astimezone()
        end = start + timedelta(days=1)
        assert all(isinstance(entry, Checkin) for entry in await account.checkin.list(from_=start, to=end).collect())
        assert await account.checkin.list(from_=start, to=end, format="pdf")


def test_a_review_that_forgets_a_member_is_refused(tmp_path: Any) -> None:
    folder = copy_of_catalogue(tmp_path)
    path = folder / "reviewed" / "common.json"
    reviewed = json.loads(path.read_text(encoding="utf-8"))
    reviewed["actions"]["zone/upload"]["varies"]["answer"] = {}
    path.write_text(json.dumps(reviewed), encoding="utf-8")
    with pytest.raises(CatalogueFault, match="zone/upload: say of every member of its answer"):
        generate(load(folder))


def test_the_method_is_one_function_in_spite_of_its_signatures() -> None:
    assert inspect.iscoroutinefunction(ZoneActions.upload)


ONE_OF = {
    ("task/list", "list"): ("task", "task_route", "checkpoint"),
    ("task/schedule/read", "value"): ("task_schedule", "route_schedule"),
}
"""Members of answers that are one of several objects, by what is asked for."""


@pytest.mark.parametrize(("path", "member"), ONE_OF)
def test_members_of_every_object_that_an_answer_may_be_are_typed(path: str, member: str) -> None:
    (kind,) = (one.type for one in ACTIONS[path].answer if one.name == member)
    known = members_of(next(refs(kind)))
    for name in ONE_OF[path, member]:
        assert members_of(name) <= known, name


def members_of(name: str) -> set[str]:
    schema = CATALOGUE.schemas[name]
    own = {member.name for member in schema.fields} | ({schema.tag} if schema.tag else set())
    return own | (members_of(schema.base) if schema.base else set())
