"""Every documented bound of every parameter is kept before anything is sent, and nothing within it is refused."""

from __future__ import annotations

import inspect
import json
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from navixy_async.api.codegen.catalogue import CATALOGUE as FOLDER
from navixy_async.api.codegen.catalogue import ActionSpec, Parameter
from navixy_async.api.codegen.type_expr import ListOf, Ref, Scalar
from navixy_async.errors import DecodeFailed, DoneButUnreadError, InvalidInput

from ..support.api import ACTIONS, FakeCaller, method, needed

BOUNDS = ("min", "max", "min_length", "max_length", "min_items", "max_items", "item_min_length", "item_max_length")

OVERRULED = {
    ("zone/create", "points", "min_items"): 2,
    ("zone/point/update", "points", "min_items"): 2,
    ("panel/tracker/clone", "label", "max_length"): None,
    ("panel/tracker/settings/update", "label", "max_length"): None,
    **{
        (path, name, kind): None  # by the operator's `password_policy`
        for path, name in (
            ("panel/dealer/password/update", "new_password"),
            ("panel/subpaas/create", "password"),
            ("panel/subpaas/password/change", "new_password"),
            ("panel/user/change_password", "password"),
            ("panel/user/create", "password"),
        )
        for kind in ("min_length", "max_length")
    },
}
"""Bounds that another page contradicts; the wider one counts, because a refusal here cannot be argued with."""


@dataclass(frozen=True)
class Bound:
    """A bound of a parameter."""

    action: ActionSpec
    param: Parameter
    kind: str
    at: int

    @property
    def step(self) -> int:
        """The way out of the bound."""
        return -1 if "min" in self.kind else 1

    def value(self, size: int) -> Any:
        """An argument whose bounded measure is `size`."""
        if self.kind in ("min", "max"):
            return size
        if self.kind in ("min_length", "max_length"):
            return "x" * size
        if self.kind in ("item_min_length", "item_max_length"):
            return ["x" * size]
        assert isinstance(self.param.type, ListOf)
        item = self.param.type.item
        low = self.param.facts.get("item_min_length") or 1
        return [{} if isinstance(item, Ref) else f"{at:0{low}}" if item == Scalar("str") else at for at in range(size)]


def bounds() -> Iterator[Bound]:
    """Every bound of the catalogue that is ours to check."""
    for action in ACTIONS.values():
        for param in action.params:
            for kind in BOUNDS:
                at = param.facts.get(kind)
                if isinstance(at, int) and not param.facts.get("config"):
                    yield Bound(action, param, kind, at)


ALL = list(bounds())


async def call(action: ActionSpec, **given: Any) -> FakeCaller:
    """The action called with what it needs and `given`; None leaves an argument out."""
    caller = FakeCaller(b"<kml/>" if action.is_file else b"{}")
    arguments = {name: value for name, value in {**needed(action), **given}.items() if value is not None}
    inspect.signature(method(action, caller)).bind(**arguments)
    with suppress(DecodeFailed, DoneButUnreadError):  # the answer is nobody's matter here
        await method(action, caller)(**arguments)
    return caller


def among_others(bound: Bound) -> dict[str, None]:
    """What must be left out when the bound's parameter is given."""
    groups = bound.action.facts.get("groups", ())
    names = [name for group in groups if bound.param.name in group["params"] for name in group["params"]]
    others = (bound.action.param(name) for name in names if name != bound.param.name)
    return {param.python: None for param in others if param is not None}


@pytest.mark.parametrize("bound", ALL, ids=lambda bound: f"{bound.action.path}-{bound.param.name}-{bound.kind}")
async def test_a_bound_is_kept(bound: Bound) -> None:
    name = bound.param.python
    outside = bound.at + bound.step
    if outside >= 0 or bound.kind == "min":
        with pytest.raises(InvalidInput, match=rf"\b{name}\b.*\b{bound.at}\b"):
            await call(bound.action, **{**among_others(bound), name: bound.value(outside)})
    caller = await call(bound.action, **{**among_others(bound), name: bound.value(bound.at)})
    assert caller.sent[bound.param.name] == bound.value(bound.at)


def test_no_documented_bound_is_lost_on_the_way() -> None:
    """The facts as they were imported, before people overruled some of them."""
    known = {(bound.action.path, bound.param.name, bound.kind): bound.at for bound in ALL}
    documented = Counter[str]()
    for file in sorted(FOLDER.glob("*.json")):
        if file.name == "reviewed.json":
            continue
        for path, facts in json.loads(file.read_text(encoding="utf-8")).get("actions", {}).items():
            for row in facts["params"] if path in ACTIONS else ():
                for kind in BOUNDS:
                    at = row.get(kind)
                    if isinstance(at, int) and not row.get("config"):
                        documented[kind] += 1
                        assert known.get((path, row["name"], kind)) == OVERRULED.get((path, row["name"], kind), at)
    assert set(documented) == set(BOUNDS)
    assert documented.total() > 100


GROUPS = [
    pytest.param(action, group, id=f"{action.path}-{group['kind']}")
    for action in ACTIONS.values()
    for group in action.facts.get("groups", ())
    if all(action.param(name) for name in group["params"])
]


@pytest.mark.parametrize(("action", "group"), GROUPS)
async def test_parameters_that_exclude_or_need_each_other(action: ActionSpec, group: dict[str, Any]) -> None:
    params = [param for name in group["params"] if (param := action.param(name)) is not None]
    names = [param.python for param in params]
    samples = {param.python: 3 if param.type == Scalar("int") else [3] for param in params}
    if group["kind"] == "interval_or_from_to":
        start, end, interval = names
        moments = needed(action)
        for given in (
            {start: None, end: None},
            {end: None},
            {interval: "P1D/2024-01-01"},
            {end: None, interval: "P1D/2024-01-01"},
        ):
            with pytest.raises(InvalidInput, match="either from_ and to, or interval"):
                await call(action, **given)
        with pytest.raises(InvalidInput, match="must be after"):
            await call(action, **{start: moments[end], end: moments[start]})
        caller = await call(action, **{start: None, end: None, interval: "2024-01-01T00:00:00Z/P1D"})
        assert set(caller.sent) & set(group["params"]) == {"interval"}
        return
    with pytest.raises(InvalidInput, match=f"{group['kind'].split('_')[0]}|at least one"):
        await call(action, **dict.fromkeys(names))
    if group["kind"] == "exactly_one":
        with pytest.raises(InvalidInput, match=f"exactly one of {', '.join(names)}"):
            await call(action, **samples)
    for name in names:
        caller = await call(action, **{**dict.fromkeys(names), name: samples[name]})
        assert len(set(caller.sent) & set(group["params"])) == 1


PERIODS = [
    action
    for action in ACTIONS.values()
    if (facts := action.facts.get("window"))
    for ends in [[action.param(str(facts.get(key))) for key in ("from_param", "to_param")]]
    if all(end is not None and end.type == Scalar("datetime") and end.basis != "one_of" for end in ends)
]


@pytest.mark.parametrize("action", PERIODS, ids=lambda action: action.path)
async def test_a_period_has_time_zones_and_an_order(action: ActionSpec) -> None:
    facts = action.facts["window"]
    names = [param.python for key in ("from_param", "to_param") if (param := action.param(facts[key])) is not None]
    start, wrong = datetime(2024, 1, 1, tzinfo=UTC), (datetime(2024, 1, 1), "is a naive datetime")
    if action.row.api == "panel":  # its times are the operator's own, and have no zone
        start, wrong = wrong[0], (start, "has a time zone")
    later = start + timedelta(days=1)
    with pytest.raises(InvalidInput, match=f"{names[1]} .* must be after {names[0]}"):
        await call(action, **dict(zip(names, (later, start), strict=True)))
    with pytest.raises(InvalidInput, match=f"{names[0]} {wrong[1]}"):
        await call(action, **dict(zip(names, (wrong[0], later), strict=True)))
    if "longest_days" in facts:
        too_late = start + timedelta(days=facts["longest_days"], seconds=1)
        with pytest.raises(InvalidInput, match=f"must be at most {facts['longest_days']}"):
            await call(action, **dict(zip(names, (start, too_late), strict=True)))
        await call(action, **dict(zip(names, (start, too_late - timedelta(seconds=1)), strict=True)))


def test_there_are_periods_to_check() -> None:
    assert len(PERIODS) > 20
    assert sum("longest_days" in action.facts["window"] for action in PERIODS) == 1
