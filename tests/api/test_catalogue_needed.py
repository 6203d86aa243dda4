"""A parameter that the page says nothing about is insisted on only while nothing shows that it may be left out."""

from __future__ import annotations

from collections.abc import Iterator

from navixy_async.api.codegen.catalogue import ActionSpec, Field, Parameter
from navixy_async.api.codegen.type_expr import ListOf, Ref

from ..support.api import ACTIONS, CATALOGUE, EXAMPLES
from .test_examples import FAULTY_REQUESTS

LOOKED_AT = {
    ("delivery/list", "external_id"): "what is looked for",
    ("delivery/read", "external_id"): "what is looked for",
    ("task/form/create", "template_id"): "which form is made",
    ("task/transmute", "order"): "where the checkpoint goes",
    ("tracker/employee/assign", "tracker_id"): "the tracker whose employee changes; old assignments may lack it",
    ("tracker/employee/read", "tracker_id"): "the tracker that is asked for; old assignments may lack it",
    ("tracker/settings/special/update", "value"): "the settings themselves",
    ("user/settings/ui/update", "value"): "what is kept",
    ("asset_group/update", "name"): "all that it changes",
    ("tracker/change_phone", "phone"): "all that it changes",
    ("tracker/chat/broadcast", "trackers"): "who gets the message",
}
"""Parameters with signs that do not mean that they may be left out, and why."""


def unmarked() -> Iterator[tuple[ActionSpec, Parameter]]:
    """Every parameter that a method insists on although the page does not."""
    for action in ACTIONS.values():
        for param in action.params:
            if param.required and param.basis == "unmarked":
                yield action, param


def read_members(action: ActionSpec) -> Iterator[Field]:
    """Members of what the actions beside it read: of the answer, and of the objects in it."""
    beside = action.path.rpartition("/")[0]
    for verb in ("read", "list", "get_info"):
        found = ACTIONS.get(f"{beside}/{verb}")
        for member in found.answer if found is not None else ():
            yield member
            kind = member.type.item if isinstance(member.type, ListOf) else member.type
            if isinstance(kind, Ref):
                yield from CATALOGUE.schemas[kind.name].fields


def signs(action: ActionSpec, param: Parameter) -> Iterator[str]:
    """What shows that a parameter may be left out."""
    for example in EXAMPLES:
        if example["kind"] == "request" and example.get("path") == action.path and param.name not in example["json"]:
            yield f"an example of {action.path} leaves it out"
    if not param.facts.get("nullable"):
        for member in read_members(action):
            if member.name == param.name and (member.facts.get("optional") or member.facts.get("nullable")):
                yield "what reads it may lack it"
    beside = action.path.rpartition("/")[0]
    for other in ACTIONS.values():
        if other.path.rpartition("/")[0] != beside or "read" in (other.row.replay, action.row.replay):
            continue
        twin = other.param(param.name)
        if (
            twin is not None
            and not twin.required
            and twin.basis not in ("one_of", "reviewed")
            and twin.type == param.type
        ):
            yield f"{other.path} does not insist on it"


def test_nothing_shows_that_what_is_insisted_on_may_be_left_out() -> None:
    faulty = {path for path, _ in FAULTY_REQUESTS}
    found = {
        (action.path, param.name): [sign for sign in signs(action, param) if not _from_a_faulty_example(sign, faulty)]
        for action, param in unmarked()
    }
    assert {place: told for place, told in found.items() if told and place not in LOOKED_AT} == {}


def _from_a_faulty_example(sign: str, faulty: set[str]) -> bool:
    return sign.startswith("an example of ") and sign.split()[3] in faulty


def test_decisions_have_reasons() -> None:
    decided = [
        (action.path, param) for action in ACTIONS.values() for param in action.params if param.basis == "reviewed"
    ]
    assert len(decided) > 20
    assert [path for path, param in decided if not param.facts.get("why")] == []


def test_the_exceptions_are_still_exceptions() -> None:
    places = {(action.path, param.name): list(signs(action, param)) for action, param in unmarked()}
    assert [place for place in LOOKED_AT if not places.get(place)] == []
