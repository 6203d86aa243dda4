"""The table of all documented actions: complete, reviewed, and agreed upon by everybody who reads it."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

from navixy_async.api.codegen.catalogue import CATALOGUE
from navixy_async.api.models import websocket as messages
from navixy_async.api.runtime.action_table import read_table
from navixy_async.api.runtime.index import find, known_paths
from navixy_async.limits import LIMIT_BY_ACTION
from navixy_async.operations import Operation, Replay

from ..support.api import ACTIONS, FakeCaller, method
from ..support.api import CATALOGUE as CATALOGUE_OF_ACTIONS

ROWS = read_table(CATALOGUE / "index.tsv")


def test_all_documented_actions_are_there() -> None:
    assert len(known_paths()) == 493
    apis = [row.api for row in ROWS.values()]
    assert {api: apis.count(api) for api in apis} == {
        "backend": 398,
        "panel": 71,
        "iot_logic": 18,
        "dwh": 2,
        "eco_fleet": 2,
        "websocket": 2,
    }
    for path in known_paths():
        assert find(path).path == path


def test_every_replay_class_was_reviewed() -> None:
    assert {row.replay for row in ROWS.values()} == {"read", "idempotent", "write"}
    assert not [row.path for row in ROWS.values() if row.why == "unreviewed"]


@pytest.mark.parametrize(
    ("path", "replay"),
    [
        ("tracker/list", "read"),
        ("report/tracker/download", "read"),
        ("place/batch_convert", "read"),
        ("trackers/{tracker_id}/resampling", "read"),
        ("track/waybill/download", "write"),
        ("history/mark_read", "write"),
        ("history/mark_read_all", "write"),
        ("tracker/chat/mark_read_all", "write"),
        ("tracker/command/unconfirmed/reset", "write"),
        ("form/template/update", "write"),
        ("asset_group/set", "write"),
        ("task/update", "write"),
        ("user/auth", "write"),
        ("panel/account/auth", "write"),
        ("tracker/rule/bind", "idempotent"),
        ("tracker/rule/unbind", "idempotent"),
        ("tracker/retranslator/bind", "idempotent"),
        ("tracker/group/update", "idempotent"),
        ("tracker/group/delete", "write"),
        ("tracker/output/set", "write"),
        ("tracker/engine_immobilizer/set", "write"),
        ("tracker/alarm_mode/set", "write"),
        ("tracker/settings/special/update", "write"),
        ("tracker/raw_command/send", "write"),
        ("tracker/counter/value/set", "write"),
        ("report/tracker/generate", "write"),
        ("user/password/set", "write"),
        ("user/session/renew", "idempotent"),
    ],
)
def test_replay_classes_that_the_verb_alone_would_get_wrong(path: str, replay: str) -> None:
    assert find(path).replay is Replay(replay)


def test_what_departs_from_its_verb_says_why() -> None:
    read = ("list", "read", "count", "download", "download_failed", "export", "schema", "status", "retrieve")
    for row in ROWS.values():
        verb = row.path.rpartition("/")[2]
        if (verb in read and row.replay != "read") or (verb in ("update", "set", "assign") and row.replay == "write"):
            assert row.why, row.path


def test_what_may_be_sent_twice_says_why() -> None:
    assert [row.path for row in ROWS.values() if row.replay == "idempotent" and not row.why] == []


def test_the_reason_of_a_delete_holds_for_what_it_can_answer() -> None:
    """Only an action with an error for what does not exist turns a second success into one."""
    reason = "a second request finds nothing and turns success into an error"
    missing = {201, 204, 217, 228, 249, 252}
    told = [row.path for row in ROWS.values() if row.why == reason]
    assert len(told) > 30
    assert [path for path in told if not missing & set(ACTIONS[path].facts["errors"])] == []


def test_caps_are_the_limiters_own() -> None:
    capped = {row.path: row.cap for row in ROWS.values() if row.cap}
    assert capped == LIMIT_BY_ACTION


@pytest.mark.parametrize("written", ["tracker/list", "/tracker/list", "tracker/list/", "/v2/tracker/list"])
def test_a_path_may_be_written_as_the_platform_does(written: str) -> None:
    assert find(written).path == "tracker/list"


def test_other_interfaces_are_known_by_their_base_too() -> None:
    for written in ("tracker/raw_data/read", "dwh/v1/tracker/raw_data/read"):
        assert (find(written).api, find(written).path) == ("dwh", "tracker/raw_data/read")
    assert find("eco_fleet/trackers/{tracker_id}/sensors/{sensor_id}/quality").method == "GET"
    assert find("dwh/v1/tracker/list").api == "backend"
    assert find("panel/tracker/list").session == "panel_session"


def test_an_unknown_path_is_never_repeated_blindly() -> None:
    operation = find("/brand/new/")
    assert (operation.path, operation.api, operation.method, operation.encoding) == (
        "brand/new",
        "backend",
        "POST",
        "json",
    )
    assert operation.replay is Replay.WRITE


def test_every_documented_action_has_a_typed_method() -> None:
    """493 of 493: 491 methods found by following the platform's path, and the two frames of the websocket."""
    walked = []
    for path, row in ROWS.items():
        if row.api == "websocket":
            frame = {"subscription/subscribe": messages.Subscribe, "subscription/unsubscribe": messages.Unsubscribe}[
                path
            ]
            assert frame.__struct_config__.tag == path.rpartition("/")[2]
        else:
            found = method(ACTIONS[path], FakeCaller())
            assert callable(found)
            text = found.__doc__ if row.path not in ("user/auth",) else type(found).__call__.__doc__
            assert f"Platform action: `{ACTIONS[path].address}`" in (text or ""), path
        walked.append(path)
    assert len(walked) == 493


@pytest.mark.parametrize(
    ("path", "attributes"),
    [
        ("tracker/readings/batch_list", "tracker.readings.batch_list"),
        ("iot/logic/flow/endpoint/list", "iot.logic.flow.endpoint.list"),
        ("tracker/raw_data/read", "dwh.tracker.raw_data.read"),
        ("trackers/{tracker_id}/resampling", "eco_fleet.trackers.resampling"),
        ("trackers/{tracker_id}/sensors/{sensor_id}/quality", "eco_fleet.trackers.sensors.quality"),
        ("data/import/list", "data.import_.list"),
        ("panel/tracker/bundle/order/assign", "panel.tracker.bundle.order.assign"),
    ],
)
def test_a_path_is_followed_as_attributes(path: str, attributes: str) -> None:
    assert ".".join(ACTIONS[path].attributes) == attributes


def test_typed_operations_agree_with_the_table() -> None:
    seen = set()
    for path in sorted((Path(__file__).parents[2] / "navixy_async" / "api" / "resources").glob("[a-z]*.py")):
        module = import_module(f"navixy_async.api.resources.{path.stem}")
        for operation in vars(module).values():
            if isinstance(operation, Operation):
                seen.add(operation.path)
                plain = find(operation.path)
                for name in ("api", "method", "encoding", "replay", "session", "cap"):
                    assert getattr(operation, name) == getattr(plain, name), (operation.path, name)
    assert seen == ACTIONS.keys() | {alias.path for alias in CATALOGUE_OF_ACTIONS.aliases}
    assert len(ACTIONS) == 491
