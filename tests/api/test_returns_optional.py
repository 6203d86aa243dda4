"""A member that an answer consists of: insisted on where the documents promise it, None where they do not."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from navixy_async.api.codegen.catalogue import ActionSpec
from navixy_async.errors import DecodeFailed, DoneButUnreadError

from ..support.api import ACTIONS, FakeCaller, method, needed

SOLE = [
    action
    for action in ACTIONS.values()
    if len(action.answer) == 1 and not action.is_file and not action.answer[0].secret and "paging" not in action.facts
]
OPTIONAL = [
    action for action in SOLE if action.answer[0].facts.get("optional") or action.answer[0].facts.get("nullable")
]


async def answer_to(action: ActionSpec, body: dict[str, Any]) -> Any:
    return await method(action, FakeCaller(msgspec.json.encode(body)))(**needed(action))


def test_there_are_many_of_the_one_and_some_of_the_other() -> None:
    assert len(SOLE) > 150
    assert {action.path for action in OPTIONAL} >= {
        "asset_group/set",
        "task/checkpoint/update",
        "status/tracker/assign",
        "panel/subpaas/create",
        "panel/tracker/move",
        "panel/user/mfa/settings/default/read",
        "iot/logic/flow/update",
    }


@pytest.mark.parametrize("action", OPTIONAL, ids=lambda action: action.path)
async def test_what_may_be_absent_is_never_insisted_on(action: ActionSpec) -> None:
    """A write whose answer is the bare confirmation was done: it must not look like a failure."""
    assert await answer_to(action, {"success": True}) is None
    assert await answer_to(action, {"success": True, action.answer[0].name: None}) is None


@pytest.mark.parametrize(
    "action", [action for action in SOLE if action not in OPTIONAL], ids=lambda action: action.path
)
async def test_what_is_promised_is_insisted_on(action: ActionSpec) -> None:
    kind, sentence = (DecodeFailed, "the answer") if action.row.replay == "read" else (DoneButUnreadError, "it")
    with pytest.raises(kind, match=f"{sentence} has no '{action.answer[0].name}'"):
        await answer_to(action, {"success": True})


async def test_the_new_id_of_a_moved_tracker() -> None:
    assert await answer_to(ACTIONS["panel/tracker/move"], {"success": True, "id": 9}) == 9
