"""`iot.logic.flow.push`: values under names of the program's own, beside the parameters of the action."""

from __future__ import annotations

import json
from typing import Any

import pytest

from navixy_async import InvalidInput
from navixy_async.api.resources.iot_logic import FLOW_PUSH
from navixy_async.api.runtime.checks import omit_members
from navixy_async.limits import ACTION_LIMITS
from navixy_async.operations import Replay
from navixy_async.transport.encoding import encode_params

from .test_resource import surface


async def push(values: Any) -> Any:
    fleet, caller = surface()
    await fleet.iot.logic.flow.push(flow_id=42, node_id=1, values=values)
    return json.loads(encode_params(caller.sent))


async def test_values_are_sent_beside_flow_and_node() -> None:
    values = {"vehicle_id": "truck_12", "soc": 76, "temp-1": -34.25, "on": True, "door": None, "note": ""}
    assert await push(values) == {"flow_id": 42, "node_id": 1, **values}


async def test_the_longest_that_the_documents_allow() -> None:
    values = {"n" * 64: "t" * 100}
    assert await push(values) == {"flow_id": 42, "node_id": 1, **values}


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({}, "values must be a dict with at least one value by its name"),
        (None, "values must be a dict with at least one value by its name"),
        ([("a", 1)], "values must be a dict with at least one value by its name"),
        ({"n" * 65: 1}, r"names must match .* and have at most 64 characters"),
        ({"": 1}, "names must match"),
        ({"a b": 1}, "values has the name 'a b', but names must match"),
        ({"température": 1}, "names must match"),
        ({"name\n": 1}, "names must match"),
        ({7: 1}, "values has the name '7', but names must match"),
        ({"flow_id": 1}, "the name 'flow_id', which is a parameter of its own: choose another one"),
        ({"node_id": 1}, "the name 'node_id', which is a parameter of its own"),
        ({"a": "t" * 101}, r"the text a of values must match .* and have at most 100 characters"),
        ({"a": "zwölf"}, "the text a of values must match"),
        ({"a": "text\n"}, "the text a of values must match"),
        ({"a": {"deep": 1}}, "a of values must be text, a number, true, false or None: others are ignored there"),
        ({"a": [1]}, "a of values must be text, a number, true, false or None"),
    ],
)
async def test_what_the_platform_would_drop_is_refused_with_a_sentence(values: Any, sentence: str) -> None:
    with pytest.raises(InvalidInput, match=sentence):
        await push(values)


async def test_a_refusal_shows_no_value() -> None:
    with pytest.raises(InvalidInput) as refused:
        await push({"a": "very secret: ä"})
    assert "secret" not in str(refused.value)


def test_it_is_a_write_with_a_rate_of_its_own() -> None:
    """One request a second and key, and nothing saved up for a burst."""
    assert FLOW_PUSH.replay is Replay.WRITE
    limit = ACTION_LIMITS[FLOW_PUSH.cap or ""]
    assert (limit.period, limit.at_once, limit.counted_by) == (1.0, None, None)


async def test_the_address_of_a_node_is_not_sent_back() -> None:
    """`trackable_node_id` is the platform's: a flow goes back as it was read, but for that."""
    node = {"id": 1, "type": "action", "data": {"title": "A", "trackable_node_id": "n1", "actions": []}}
    body = json.dumps({"value": {"id": 5, "title": "F", "enabled": True, "nodes": [node], "edges": []}}).encode()
    fleet, _ = surface(body)
    flow = await fleet.iot.logic.flow.read(5)
    fleet, caller = surface(b'{"id": 5}')
    await fleet.iot.logic.flow.update(flow)
    sent = json.loads(encode_params(caller.sent))["flow"]
    assert sent["nodes"] == [{"id": 1, "type": "action", "data": {"title": "A", "actions": []}}]


def test_dotted_members_are_left_out_wherever_they_are() -> None:
    plain = {"nodes": [{"data": {"gone": 1, "kept": 2}}]}
    assert omit_members(plain, ("nodes.data.gone",)) == plain, "plain data is the program's own"
