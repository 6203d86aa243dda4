"""Every documented example decodes, encodes back, and can be sent as it is shown; the exceptions are listed here."""

from __future__ import annotations

import inspect
from collections import Counter
from importlib import import_module
from typing import Any, cast

import msgspec
import pytest

from navixy_async.api.codegen.catalogue import ActionSpec
from navixy_async.api.codegen.type_expr import ListOf, MapOf, Ref, Scalar, Type
from navixy_async.api.codegen.writer.models import answer_name
from navixy_async.api.models import websocket as messages
from navixy_async.api.runtime.model import Model, Unknown
from navixy_async.api.runtime.unknown_fields import ModelReader, unknown_members
from navixy_async.errors import ApiError, InvalidInput
from navixy_async.operations import Operation
from navixy_async.transport.answer import Answer
from navixy_async.transport.encoding import encode_params
from navixy_async.transport.envelope import read_failure

from ..support.api import (
    ACTIONS,
    CATALOGUE,
    EXAMPLES,
    FakeCaller,
    argument,
    differences,
    in_zone,
    method,
    needed,
    sample,
)
from ..support.import_api_examples import FAULTY as FAULTY_GUIDES

FAULTY_RESPONSES = {
    ("task/route/points/optimize", "list"): "the page prints the points of the request as an answer",
    ("tracker/sensor/batch_list", "result"): "a metering sensor is printed with the type of discrete ones",
}
"""Response examples that contradict the documents or themselves, with the reason; nothing of them is lost either."""

FAULTY_OBJECTS = {
    "rule_type.sensor_range": "the sample is that of `state_field_control`, word for word",
}
"""Object examples that contradict the documents, with the reason."""

FRAGMENTS = {"rule_type.state_field_control": "rule_type.state_field_control.params"}
"""Object examples that show only a part of the object, and what the part is."""

ALIASES: dict[str, tuple[str, str]] = {
    "form_field.common": ("object", "form_field"),
    "form_value.signature": ("object", "form_value.file"),
    "form_values_map": ("map", "form_value"),
    "node_output_endpoint_data_default": ("object", "flow_output"),
    "node_output_endpoint_data_stored_endpoint": ("object", "flow_output"),
    "plugin_example": ("object", "plugin"),
    "report_plugin.stay_in_places": ("object", "report_plugin"),
    "report_plugin_params_example": ("object", "report_plugin"),
    "checkpoint_create_minimal": ("object", "checkpoint"),
    "task_create_minimal": ("object", "task"),
    "route_create_minimal": ("object", "task_route"),
    "route_points": ("list", "task_route_points_optimize.route_points"),
    "search_conditions": ("list", "search_condition"),
    "readings_batch": ("map", "readings_batch"),
    "tracker_command_envelope": ("request", "tracker/send_command"),
    "application_list_response": ("answer", "user/application/list"),
    "create_application_response": ("answer", "user/application/create"),
    "user_info_response": ("answer", "user/get_info"),
    "success_response": ("answer", "user/logout"),
    "flow_id": ("answer", "iot/logic/flow/create"),
}
"""Documented objects that are another one's, or no object of ours, and what they are read as."""

FAULTY_REQUESTS = {
    ("track/list", "tracker_id"): "the overview shows how to pass the hash, and leaves out the period",
    ("track/read", "track_id"): "the overview shows how to pass the hash, and leaves out tracker and period",
    ("user/api_key/list", ""): "a guide names a path that does not exist; the page of the action says api/key/list",
    ("user/api_key/delete", "api_key"): "a guide names a path that does not exist; the page says api/key/delete",
    ("panel/dealer/settings/service/update", "service_title locale…"): "June's, with a parameter that was withdrawn",
    ("panel/subpaas/update", "password…"): "the sample is that of panel/subpaas/create",
    ("tracker/counter/read", "tracker_id type value"): "a guide sets a counter's value with the action that reads it",
    ("entity/fields/update", "entity_id fields"): "one field is printed bare, without the list that holds it",
    ("subuser/security_group/delete", "id"): "the table calls the parameter security_group_id",
    ("task/form/list", "ascending include_unsubmitted"): "the page itself wants template_id or task_ids",
    ("task/history/list", "checkpoint_id"): "the sample is that of task/checkpoint/delete",
    ("task/schedule/route/update", "route checkpoints"): "one checkpoint is printed bare, without its list",
    ("tracker/settings/trip_detection/update", "tracker_id min_idle_duration_minutes…"): "numbers are printed as text",
    ("tracker/trusted_number/list", ""): "the tracker is left out",
    ("tracker/raw_data/read", "iso_datetime…"): "a guide sends a parameter that the page does not know",
    ("tracker/raw_data/read", "tracker_id from to server_time_filter…"): "the month has a day 103",
}
"""Request examples that contradict the documents, by their path and first parameters, with the reason."""


def _of(kind: str) -> list[Any]:
    return [
        pytest.param(example, id=f"{number}-{example.get('path') or example.get('object')}")
        for number, example in enumerate(EXAMPLES)
        if example["kind"] == kind
        and (example["api"] != "websocket" or kind == "object")
        and example.get("object") != "error_response"
    ]


def _model(module: str, name: str) -> Any:
    return getattr(import_module(f"navixy_async.api.models.{module}"), name)


def _constant(name: str) -> str:
    return "".join(f"_{char}" if char.isupper() and at else char for at, char in enumerate(name)).upper()


def answer_type(action: ActionSpec) -> Any:
    """What the answer of `action` decodes into."""
    if not action.answer or action.is_file:
        return dict[str, Any]
    return _model(CATALOGUE.resources[action.resource].module, answer_name(action))


def read(kind: Any, shown: Any) -> Any:
    """`shown` as an account reads an answer of that type."""
    return ModelReader(kind, answer=True).read(msgspec.json.encode(shown))


def unnamed(found: Any) -> list[str]:
    """Members that are documented, and that our structs do not name: they are kept, but nobody sees them."""
    if isinstance(found, dict | list):
        return [name for item in (found.values() if isinstance(found, dict) else found) for name in unnamed(item)]
    if not isinstance(found, msgspec.Struct):
        return []
    below = [name for member in found.__struct_fields__ for name in unnamed(getattr(found, member))]
    return [*(name for name, value in unknown_members(cast("Model", found)).items() if value is not None), *below]


def encoded(struct: Any) -> Any:
    """What goes back to the platform; a request is made of the latter, and both must say the same."""
    found = msgspec.json.decode(msgspec.json.encode(struct))
    assert differences(found, msgspec.to_builtins(struct, str_keys=True)) == []
    return found


UNHEARD = {"unheard_of": [1, {"deep": None}], "unheard_of_null": None, "unheard/of too": "2024-01-01 00:00:00"}


def with_unheard(shown: Any, kind: Type | dict[str, Type]) -> Any:
    """`shown` with new members in every object, at every depth."""
    if isinstance(kind, ListOf) and isinstance(shown, list):
        return [with_unheard(item, kind.item) for item in shown]
    if isinstance(kind, MapOf) and isinstance(shown, dict):
        return {key: with_unheard(item, kind.value) for key, item in shown.items()}
    if isinstance(kind, Ref):
        kind = members_of(kind.name, shown)
    if not isinstance(kind, dict) or not isinstance(shown, dict):
        return shown
    return {**{name: with_unheard(value, kind.get(name, Scalar("any"))) for name, value in shown.items()}, **UNHEARD}


def members_of(name: str, shown: Any) -> dict[str, Type]:
    """The members of an object; of a family's object, those of its variant."""
    schema = CATALOGUE.schemas[name]
    variants = [CATALOGUE.schemas[variant] for variant in schema.variants]
    variants = [one for one in variants if isinstance(shown, dict) and one.tag_value == shown.get(schema.tag or "")]
    below = members_of(schema.base, shown) if schema.base else {}
    return {**below, **{member.name: member.type for one in (schema, *variants) for member in one.fields}}


def _body(example: dict[str, Any]) -> dict[str, Any]:
    body = example["json"]
    if not isinstance(body, dict):
        return {"list": body}
    member = next((member for member in ACTIONS[example["path"]].answer if member.facts.get("bare")), None)
    return body if member is None or member.name in body else {member.name: [body]}


def _read(name: str, shown: Any) -> Any:
    """`shown` as the object `name`; families of variants give the variant."""
    schema = CATALOGUE.schemas[name]
    module = CATALOGUE.resources[schema.resource].module
    if schema.variants:
        found = _model(module, _constant(schema.class_name)).one(msgspec.Raw(msgspec.json.encode(shown)))
        assert not isinstance(found, Unknown), shown
        return found
    return read(_model(module, schema.class_name), shown)


def _object(name: str, shown: Any) -> Any:
    way, target = ALIASES.get(name, ("object", FRAGMENTS.get(name, name)))
    if way == "map":
        return {key: _read(target, item) for key, item in shown.items()}
    if way == "list":
        return [_read(target, item) for item in shown]
    if way == "request":
        assert set(shown) <= {param.name for param in ACTIONS[target].params}
        return shown
    if way == "answer":
        return read(answer_type(ACTIONS[target]), shown)
    return _read(target, shown)


def _tag_left_out(name: str, shown: Any, found: list[str]) -> list[str]:
    """`found` without the tag, where the example shows only the members beside it."""
    schema = CATALOGUE.schemas.get(name)
    if schema is None or schema.tag is None or schema.tag in shown:
        return found
    return [text for text in found if text != f".{schema.tag}: None became {schema.tag_value!r}"]


@pytest.mark.parametrize("example", _of("response"))
def test_a_response_survives_decoding_and_encoding(example: dict[str, Any]) -> None:
    action = ACTIONS[example["path"]]
    shown = {key: value for key, value in _body(example).items() if key != "success"}
    decoded = read(answer_type(action), shown)
    found = [*differences(shown, encoded(decoded)), *unnamed(decoded)]
    assert bool(found) == ((action.path, next(iter(shown), "")) in FAULTY_RESPONSES), found


@pytest.mark.parametrize("example", _of("response"))
def test_a_response_keeps_members_that_nobody_knows(example: dict[str, Any]) -> None:
    action, shown = ACTIONS[example["path"]], _body(example)
    unheard = with_unheard(shown, {member.name: member.type for member in action.answer})
    for body in (shown, unheard, unheard):  # the second time, the new names are known
        assert differences(body, encoded(read(answer_type(action), body))) == []


@pytest.mark.parametrize("example", _of("object"))
def test_an_object_survives_decoding_and_encoding(example: dict[str, Any]) -> None:
    name, shown = example["object"], example["json"]
    decoded = _object(name, shown)
    found = [*differences(shown, encoded(decoded)), *unnamed(decoded)]
    assert bool(_tag_left_out(name, shown, found)) == (name in FAULTY_OBJECTS), found


def _is_one_object(name: str) -> bool:
    return name != "error_response" and ALIASES.get(name, ("object", ""))[0] == "object"


@pytest.mark.parametrize("example", [each for each in _of("object") if _is_one_object(each.values[0]["object"])])
def test_an_object_keeps_members_that_nobody_knows(example: dict[str, Any]) -> None:
    name, shown = example["object"], example["json"]
    target = ALIASES.get(name, ("", FRAGMENTS.get(name, name)))[1]
    schema = CATALOGUE.schemas[target]
    tagged = {schema.tag: schema.tag_value, **shown} if schema.tag and not schema.variants else shown
    unheard = with_unheard(tagged, Ref(target))
    for body in (tagged, unheard, unheard):
        assert differences(body, encoded(_read(target, body))) == []


def test_an_object_of_a_family_is_read_as_itself() -> None:
    families = {variant: family for family in CATALOGUE.schemas.values() for variant in family.variants}
    seen = 0
    for example in EXAMPLES:
        schema = CATALOGUE.schemas.get(example.get("object", ""))
        if (
            example["kind"] == "object"
            and schema is not None
            and schema.name in families
            and schema.tag in example["json"]
        ):
            seen += 1
            assert type(_read(families[schema.name].name, example["json"])).__name__ == schema.class_name
    assert seen > 90


@pytest.mark.parametrize("example", _of("request"))
async def test_a_request_is_sent_as_it_is_shown(example: dict[str, Any]) -> None:
    reason = next(
        (
            reason
            for (path, names), reason in FAULTY_REQUESTS.items()
            if path == example["path"] and _named(names, " ".join(example["json"]))
        ),
        None,
    )
    problem = await _sent(example)
    assert bool(problem) == bool(reason), problem or reason


STRANGE_REQUESTS = {
    ("tracker/sensor/update", "sensor_id"): "a guide calls the id of the sensor so",
    ("user/application/create", "name url is_enabled"): "a guide describes an application in another way",
    ("panel/user/menu/preset/create", "footer"): "the footer is printed as a list, which answers hold as one object",
    ("panel/user/menu/preset/update", "footer"): "the footer is printed as a list, which answers hold as one object",
    ("tracker/rule/create", "suspended"): "a truth is printed as an empty text",
    ("tracker/rule/update", "suspended"): "a truth is printed as an empty text",
    (
        "tracker/settings/tracking/update",
        "tracking_angle tracking_distance tracking_interval on_stop_tracking_interval sleep_mode stop_detection",
    ): "the profile of a model, which the type of the parameter is only the base of",
}
"""Request examples with members that our structs lack or have of another type, with the reason."""


@pytest.mark.parametrize("example", _of("request"))
def test_a_struct_can_be_made_as_a_request_shows_it(example: dict[str, Any]) -> None:
    action = ACTIONS.get(example["path"])
    found = []
    for param in action.params if action is not None else ():
        found += _strange(param.type, example["json"].get(param.name))
    assert bool(found) == ((example["path"], " ".join(found)) in STRANGE_REQUESTS), found


def _strange(kind: Type, shown: Any) -> list[str]:
    """Names of the members in `shown` that the objects of that type lack, or have of another type."""
    if isinstance(kind, ListOf) and isinstance(shown, list):
        return [name for item in shown for name in _strange(kind.item, item)]
    if isinstance(kind, MapOf) and isinstance(shown, dict):
        return [name for item in shown.values() for name in _strange(kind.value, item)]
    if not isinstance(kind, Ref) or not isinstance(shown, dict):
        return []
    try:
        return unnamed(_read(kind.name, shown))
    except msgspec.ValidationError as error:
        return [str(error).rpartition(".")[2].rstrip("`")]


def _named(names: str, shown: str) -> bool:
    return shown.startswith(names[:-1]) if names.endswith("…") else shown == names


async def _sent(example: dict[str, Any]) -> str:
    """Why the example cannot be sent, or is sent in another way; empty if all is well."""
    action, shown = ACTIONS.get(example["path"]), example["json"]
    if action is None:
        return "no such action"
    caller = FakeCaller(b"a file" if action.facts.get("file_when") in shown else body_of(action))
    given = {param.python: sample(param.type, param.name) for param in action.params if param.basis == "path"}
    try:
        free = next((param for param in action.params if param.is_free), None)
        for name, value in shown.items():
            param = action.param(name)
            if param is None and free is not None:
                given.setdefault(free.python, {})[name] = value
                continue
            if param is None:
                return f"no parameter {name}"
            given[param.python] = in_zone(action, argument(param.type, value))
        call = method(action, caller)
        inspect.signature(call).bind(**given)
        await call(**given)
    except (TypeError, ValueError, InvalidInput) as error:
        return str(error)
    assert caller.calls[0][0] == action.path
    expected = {**shown, **({"offset": 0} if action.path == "user/audit/log/list" else {})}
    sent = {name: value for name, value in caller.sent.items() if name in expected}
    assert {action.param(name).basis for name in set(caller.sent) - set(sent)} <= {"path"}  # type: ignore[union-attr]
    return "; ".join(differences(expected, msgspec.json.decode(encode_params(sent, action.row.api))))


@pytest.mark.parametrize("action", ACTIONS.values(), ids=lambda action: action.path)
async def test_an_action_can_be_called_with_what_it_requires(action: ActionSpec) -> None:
    """The same for the actions that the documents show no request of."""
    given = needed(action)
    caller = FakeCaller(body_of(action))
    await method(action, caller)(**given)
    sent = caller.sent
    assert {param.name for param in action.params if param.required and param.is_sent} <= set(sent)
    free = {name for param in action.params if param.is_free for name in given[param.python]}
    assert set(sent) <= free | {param.name for param in action.params}


@pytest.mark.parametrize(
    "example", [pytest.param(example, id=str(n)) for n, example in enumerate(EXAMPLES) if example["kind"] == "error"]
)
def test_an_error_is_raised_with_everything_in_it(example: dict[str, Any]) -> None:
    shown = example["json"]
    if example["api"] == "websocket":
        assert differences(shown, msgspec.to_builtins(msgspec.convert(shown, messages.ErrorFrame))) == []
        return
    operation: Operation[Any] = Operation(example.get("path") or "x", dict, api=example["api"])
    failure = read_failure(operation, Answer(400, "Bad Request", "application/json", msgspec.json.encode(shown)), 1)
    assert isinstance(failure, ApiError)
    status = shown.get("status") or shown["error"]
    if isinstance(status, dict):
        assert failure.code == status["code"]
        assert failure.description == status.get("description", status.get("message"))
    else:
        assert failure.description == status
    assert failure.extra == {key: value for key, value in shown.items() if key not in ("success", "status")}


def test_frames_of_the_websocket_survive_decoding_and_encoding() -> None:
    """The two actions of the websocket are messages: what is sent, what is answered, and what happens."""
    kinds = Counter[str]()
    for example in EXAMPLES:
        if example["api"] != "websocket" or example["kind"] not in ("request", "response", "event"):
            continue
        shown = example["json"]
        if example["kind"] == "request":
            read: Any = msgspec.json.decode(msgspec.json.encode(shown), type=messages.Subscribe)
            assert not any(isinstance(request, Unknown) for request in read.requests)
        elif example["kind"] == "response":
            read = msgspec.convert(shown, messages.SubscribeAnswer)
        else:
            read = messages.EVENT.one(msgspec.Raw(msgspec.json.encode(shown)))
            assert not isinstance(read, Unknown)
        assert differences(shown, msgspec.json.decode(msgspec.json.encode(read))) == []
        kinds[example["kind"]] += 1
    assert kinds == {"request": 5, "response": 2, "event": 4}


def test_a_frame_of_the_panels_console_survives_decoding_and_encoding() -> None:
    (shown,) = (one["json"] for one in EXAMPLES if one["kind"] == "event" and one["api"] == "panel")
    frame = msgspec.json.decode(msgspec.json.encode(shown), type=messages.ConsoleFrame)
    assert frame.data[0] == ["Time", "2020-06-09 10:02:37.0"]
    assert differences(shown, msgspec.to_builtins(frame)) == []


def test_the_exceptions_are_few() -> None:
    assert len(FAULTY_RESPONSES) + len(FAULTY_OBJECTS) + len(FAULTY_GUIDES) < 20
    assert len(FAULTY_REQUESTS) < 20
    assert len(FAULTY_RESPONSES) + len(FAULTY_OBJECTS) + len(FAULTY_GUIDES) + len(FAULTY_REQUESTS) < 25


def body_of(action: ActionSpec) -> bytes:
    """An answer that the method of `action` can work with."""
    if action.is_file:
        return b"<kml/>"
    for example in EXAMPLES:
        shown = example["json"]
        if example["kind"] != "response" or example.get("path") != action.path or not isinstance(shown, dict):
            continue
        if (action.path, next(iter(shown))) not in FAULTY_RESPONSES:
            return msgspec.json.encode(shown)
    return msgspec.json.encode({member.name: _empty(member.type) for member in action.answer})


def _empty(kind: Type) -> Any:
    if isinstance(kind, Scalar):
        return {"int": 1, "number": 1, "float": 1.5, "str": "", "bool": True, "datetime": "2024-01-01 00:00:00"}.get(
            kind.name
        )
    return [] if isinstance(kind, ListOf) else {}
