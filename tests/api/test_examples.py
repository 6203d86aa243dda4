"""Every documented example of the generated actions decodes, encodes back, and can be sent as it is shown."""

from __future__ import annotations

import inspect
from datetime import UTC, datetime
from importlib import import_module
from typing import Any

import msgspec
import pytest

from navixy_async.api.facts import Action
from navixy_async.api.kinds import ListOf, Scalar, Type
from navixy_async.api.model import Variants
from navixy_async.api.resources import Resources
from navixy_async.api.writer.models import answer_name
from navixy_async.transport.encoding import encode_params

from .support import ACTIONS, CATALOGUE, EXAMPLES, FakeCaller, argument, differences

INCOMPLETE_REQUESTS = {
    ("track/list", ("tracker_id",)): "the overview shows how to pass the hash, and leaves out the period",
    ("track/read", ("track_id",)): "the overview shows how to pass the hash, and leaves out tracker and period",
}
"""Request examples that the platform itself would refuse, with the reason."""

FAULTY_RESPONSES: dict[str, str] = {}
"""Response examples that contradict the documents, with the reason."""


def _of(kind: str) -> list[Any]:
    return [
        pytest.param(example, id=f"{number}-{example.get('path') or example.get('object')}")
        for number, example in enumerate(EXAMPLES)
        if example["kind"] == kind
    ]


def _model(module: str, name: str) -> Any:
    return getattr(import_module(f"navixy_async.api.models.{module}"), name)


def _constant(name: str) -> str:
    return "".join(f"_{char}" if char.isupper() and at else char for at, char in enumerate(name)).upper()


def answer_type(action: Action) -> Any:
    """What the answer of `action` decodes into."""
    if not action.answer or action.is_file:
        return dict[str, Any]
    return _model(CATALOGUE.nouns[action.noun].module, answer_name(action))


def method(action: Action, caller: FakeCaller) -> Any:
    """The method of `action`, found by following the platform's path."""
    found: Any = Resources(caller)
    for attribute in action.attributes:
        found = getattr(found, attribute)
    return found


@pytest.mark.parametrize("example", _of("response"))
def test_a_response_survives_decoding_and_encoding(example: dict[str, Any]) -> None:
    action = ACTIONS[example["path"]]
    decoded = msgspec.json.decode(msgspec.json.encode(example["json"]), type=answer_type(action))
    again = msgspec.json.decode(msgspec.json.encode(decoded))
    shown = {key: value for key, value in example["json"].items() if key != "success"}
    again.pop("success", None)
    found = differences(shown, again)
    assert bool(found) == (example["path"] in FAULTY_RESPONSES), found


@pytest.mark.parametrize("example", _of("object"))
def test_an_object_survives_decoding_and_encoding(example: dict[str, Any]) -> None:
    name, shown = example["object"], example["json"]
    if name == "user_info_response":
        kind = answer_type(ACTIONS["user/get_info"])
        shown = {key: value for key, value in shown.items() if key != "success"}
    else:
        thing = CATALOGUE.things[name]
        kind = _model(CATALOGUE.nouns[thing.noun].module, thing.class_name)
    if name == "readings_batch":
        kind = dict[int, kind]
    decoded = msgspec.json.decode(msgspec.json.encode(shown), type=kind)
    assert differences(shown, msgspec.json.decode(msgspec.json.encode(decoded))) == []


@pytest.mark.parametrize("example", _of("object"))
def test_a_variant_is_read_as_itself(example: dict[str, Any]) -> None:
    thing = CATALOGUE.things.get(example["object"])
    if thing is None or thing.tag_value is None:
        return
    family = next(other for other in CATALOGUE.things.values() if thing.name in other.variants)
    module = CATALOGUE.nouns[family.noun].module
    variants: Variants = _model(module, _constant(family.class_name))
    raw = msgspec.Raw(msgspec.json.encode(example["json"]))
    assert type(variants.one(raw)).__name__ == thing.class_name


@pytest.mark.parametrize("example", _of("request"))
async def test_a_request_is_sent_as_it_is_shown(example: dict[str, Any]) -> None:
    action, shown = ACTIONS[example["path"]], example["json"]
    caller = FakeCaller(_body(action))
    given = {}
    for name, value in shown.items():
        param = action.param(name)
        assert param is not None, f"{action.path} has no parameter {name}"
        given[param.python] = argument(param.type, value)
    call = method(action, caller)
    if (action.path, tuple(shown)) in INCOMPLETE_REQUESTS:
        with pytest.raises(TypeError, match="missing a required argument"):
            inspect.signature(call).bind(**given)
        return
    await call(**given)
    expected = {**shown, **({"offset": 0} if action.path == "user/audit/log/list" else {})}
    assert caller.calls[0][0] == action.path
    assert differences(expected, msgspec.json.decode(encode_params(caller.sent))) == []


@pytest.mark.parametrize("action", ACTIONS.values(), ids=lambda action: action.path)
async def test_an_action_can_be_called_with_what_it_requires(action: Action) -> None:
    """The same for the actions that the documents show no request of."""
    samples: dict[str, Any] = {"int": 1, "str": "abcdefghijklmn", "bool": True}
    moments = {"from": datetime(2024, 1, 1, tzinfo=UTC), "to": datetime(2024, 1, 2, tzinfo=UTC)}
    given = {}
    for param in action.params:
        if param.required:
            kind = getattr(param.type, "name", "list")
            given[param.python] = moments.get(param.name) or samples.get(kind, [1] if kind == "list" else {})
    caller = FakeCaller(_body(action))
    await method(action, caller)(**given)
    sent = caller.sent
    assert {param.name for param in action.params if param.required} <= set(sent)
    assert set(sent) <= {param.name for param in action.params}


def _body(action: Action) -> bytes:
    """An answer that the method of `action` can work with."""
    if action.is_file:
        return b"<kml/>"
    for example in EXAMPLES:
        if example["kind"] == "response" and example["path"] == action.path:
            return msgspec.json.encode(example["json"])
    return msgspec.json.encode({member.name: _empty(member.type) for member in action.answer})


def _empty(kind: Type) -> Any:
    if isinstance(kind, Scalar):
        return {"int": 1, "number": 1, "float": 1.5, "str": "", "bool": True}[kind.name]
    return [] if isinstance(kind, ListOf) else {}
