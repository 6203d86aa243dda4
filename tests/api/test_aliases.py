"""Further paths of an action: the same method under a former or second path, and what it says about itself."""

from __future__ import annotations

import inspect
import warnings

import pytest

from navixy_async.api.codegen.catalogue import ActionSpec
from navixy_async.api.runtime.index import find
from navixy_async.operations import Replay

from ..support.api import ACTIONS, CATALOGUE, FakeCaller, method, needed
from .test_examples import body_of

ALIASES = {alias.path: alias for alias in CATALOGUE.aliases}
BY_WHY = {why: [one for one in ALIASES.values() if one.facts["alias_why"] == why] for why in ("renamed", "both")}


def test_they_are_those_of_the_facts() -> None:
    assert {path: alias.facts["alias_of"].path for path, alias in ALIASES.items()} == {
        "iot/logic/flow/schema": "iot/logic/flow/schema/read",
        "panel/user/menu/preset/items/list": "panel/user/menu/item/list",
        "vehicle/service_task/batch/create": "vehicle/service_task/batch_create",
    }


def meant(alias: ActionSpec) -> ActionSpec:
    return ACTIONS[alias.facts["alias_of"].path]


@pytest.mark.parametrize("alias", ALIASES.values(), ids=str)
async def test_the_request_is_the_same_but_for_its_path(alias: ActionSpec) -> None:
    given, body = needed(meant(alias)), body_of(meant(alias))
    former, present = FakeCaller(body), FakeCaller(body)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        answers = await method(alias, former)(**given), await method(meant(alias), present)(**given)
    assert answers[0] == answers[1]
    assert former.sent == present.sent
    assert (former.calls[0][0], present.calls[0][0]) == (alias.path, meant(alias).path)


@pytest.mark.parametrize("alias", BY_WHY["renamed"], ids=str)
async def test_a_former_path_names_the_present_one(alias: ActionSpec) -> None:
    call = method(alias, FakeCaller(body_of(meant(alias))))
    with pytest.warns(DeprecationWarning, match=f"calls {alias.path} {meant(alias).path} now: use that") as said:
        await call(**needed(meant(alias)))
    assert said[0].filename == __file__
    text = inspect.getdoc(call) if inspect.ismethod(call) else inspect.getdoc(type(call).__call__)
    assert f"Renamed: use `{meant(alias).path}`" in " ".join((text or "").split())


@pytest.mark.parametrize("alias", BY_WHY["both"], ids=str)
async def test_of_two_printed_paths_none_is_the_wrong_one(alias: ActionSpec) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        await method(alias, FakeCaller(body_of(meant(alias))))(**needed(meant(alias)))


@pytest.mark.parametrize("path", ALIASES)
def test_by_its_path_alone_it_is_sent_like_the_action_that_it_is(path: str) -> None:
    former, present = find(path), find(ALIASES[path].facts["alias_of"].path)
    assert former.path == path
    for name in ("api", "method", "encoding", "replay", "session", "cap", "device"):
        assert getattr(former, name) == getattr(present, name), name


def test_reading_by_a_former_path_may_be_repeated() -> None:
    assert find("panel/user/menu/preset/items/list").replay is Replay.READ
