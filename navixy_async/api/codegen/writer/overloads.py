"""Methods whose answer has another shape if a parameter says so: a signature for each shape."""

from __future__ import annotations

from dataclasses import replace

from ..catalogue import ActionSpec
from ..review import CatalogueFault
from ..type_expr import parse
from .signature import Signature


def other_shape(action: ActionSpec) -> ActionSpec | None:
    """`action` with the answer that it gives for the value of a parameter that changes it; None if none does."""
    varies = action.facts.get("varies")
    if varies is None:
        return None
    changed, name = varies["answer"], f"{varies['param']}_{varies['value']}".lower()
    if changed.keys() != {member.name for member in action.answer}:
        raise CatalogueFault(f"{action.path}: say of every member of its answer what it is otherwise")
    answer = [
        replace(member, type=parse(changed[member.name]["type"]), facts={**member.facts, **changed[member.name]})
        for member in action.answer
    ]
    facts = {key: fact for key, fact in action.facts.items() if key != "varies"}
    return replace(action, answer=tuple(answer), facts={**facts, "shape_of": name})


def overloads(
    action: ActionSpec, signature: Signature, parameters: list[str], returned: str, otherwise: str
) -> list[tuple[list[str], str]]:
    """The signatures of the method of `action`: its parameters, and what it returns then; none if it has one shape.

    Raises:
        CatalogueFault: the facts name a parameter that the action lacks, or that need not be given by its name.
    """
    by_file, varies = action.facts.get("file_when"), action.facts.get("varies", {})
    if not by_file and not varies:
        return []
    param = action.param(by_file or varies["param"])
    full = "" if param is None else signature.declared(param)
    if param is None or full not in parameters:
        raise CatalogueFault(f"{action.path}: the parameter that its answer depends on must be one of its own")
    if by_file:
        given = full.removesuffix(" = UNSET").replace(" | UnsetType", "")
        return [
            (_with(parameters, full, f"{param.python}: UnsetType = UNSET"), returned),
            (_with(parameters, full, given), otherwise),
        ]
    value = varies["value"]
    return [
        (_with(parameters, full, f"{param.python}: Literal[{not value}] | UnsetType = UNSET"), returned),
        (_with(parameters, full, f"{param.python}: Literal[{value}]"), otherwise),
        (parameters, f"{returned} | {otherwise}"),
    ]


def _with(parameters: list[str], full: str, instead: str) -> list[str]:
    return [instead if text == full else text for text in parameters]
