"""Updates that reset what they are not sent: they are sent whole, as it was read, with the changes laid over it."""

from __future__ import annotations

import json
import traceback
from copy import deepcopy
from typing import Any

import pytest
from msgspec import UNSET

from navixy_async import InvalidInput
from navixy_async.api.resources.panel import PanelActions
from navixy_async.api.runtime.checks import complete
from navixy_async.transport.encoding import encode_params

from ..support.api import ACTIONS, EXAMPLES, FakeCaller

REPLACING = {path: action for path, action in ACTIONS.items() if action.facts.get("replaces")}
READ: dict[str, Any] = {
    example["path"]: example["json"]
    for example in EXAMPLES
    if example["kind"] == "response" and str(example.get("path")).startswith("panel/dealer/settings/")
}


def test_each_of_them_takes_what_was_read() -> None:
    assert set(REPLACING) == {"panel/dealer/settings/notification/update", "panel/dealer/settings/service/update"}
    for action in REPLACING.values():
        assert action.param("as_read") is not None


@pytest.mark.parametrize("kind", ["service", "notification"])
async def test_nothing_that_was_read_is_lost(kind: str) -> None:
    shown = deepcopy(READ[f"panel/dealer/settings/{kind}/read"])
    shown["value"] |= {"unheard_of": {"deep": [1]}}
    caller = FakeCaller(json.dumps(shown).encode())
    settings = getattr(PanelActions(caller).dealer.settings, kind)
    found = await settings.read()
    caller.calls.clear()
    caller.body = b'{"success": true}'
    await settings.update(as_read=found, email_special="x@example.com")
    sent = json.loads(encode_params(caller.sent))
    assert sent == {name: value for name, value in shown["value"].items() if value is not None} | {
        "email_special": "x@example.com"
    } | {name: None for name, value in shown["value"].items() if value is None and name in sent}


async def test_plain_data_may_be_what_was_read() -> None:
    caller = FakeCaller()
    await PanelActions(caller).dealer.settings.notification.update(
        as_read={"email_from": "a", "email_footer": "b", "sms_originator": "c", "caller_id": "d"}, email_footer="new"
    )
    assert caller.sent == {"email_from": "a", "email_footer": "new", "sms_originator": "c", "caller_id": "d"}


async def test_what_is_needed_and_missing_is_named_before_anything_is_sent() -> None:
    caller = FakeCaller()
    with pytest.raises(InvalidInput, match="give email_footer, sms_originator, caller_id as well, or as_read: what is"):
        await PanelActions(caller).dealer.settings.notification.update(email_from="a")
    with pytest.raises(InvalidInput, match="as_read must be what `read` returned, not str"):
        await PanelActions(caller).dealer.settings.notification.update(as_read="settings")  # type: ignore[arg-type]
    assert not caller.calls


async def test_an_error_carries_no_password_in_its_frames() -> None:
    class Failing(FakeCaller):
        async def call(self, *_: Any, **__: Any) -> Any:
            raise RuntimeError("no connection")

    read = READ["panel/dealer/settings/service/read"]["value"] | {"demo_password": "hidden-word"}
    with pytest.raises(RuntimeError) as failed:
        await PanelActions(Failing()).dealer.settings.service.update(as_read=read)
    (frame,) = [
        frame for frame, _ in traceback.walk_tb(failed.tb) if frame.f_code.co_filename.endswith("panel_dealer.py")
    ]
    assert not {"as_read", "demo_password", "params"} & frame.f_locals.keys()


def test_changes_win_and_unset_ones_do_not_count() -> None:
    assert complete({"a": 1, "b": 2}, {"b": None, "c": UNSET}, needed=("a",)) == {"a": 1, "b": None}
