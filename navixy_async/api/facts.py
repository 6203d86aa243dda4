"""The catalogue, read: what the documents say, with what was reviewed by hand laid over it.

The format of the files is described in ``catalogue/README.md``. Only the generator, the importer and the tests read
them; a program that uses the package never does.
"""

from __future__ import annotations

import json
import keyword
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .kinds import Ref, Type, TypeFault, parse, refs
from .table import Row, read_table

CATALOGUE = Path(__file__).parent / "catalogue"

_RESERVED = frozenset(("self", "timeout", "lane"))

_PREFIX = {"dwh": ("dwh",), "eco_fleet": ("eco_fleet",)}
"""Interfaces whose paths do not carry their own name; it becomes the first attribute."""


class CatalogueFault(Exception):
    """The catalogue contradicts itself; the sentence says where."""


@dataclass(frozen=True, slots=True)
class Param:
    """One parameter of an action."""

    name: str
    type: Type
    basis: str
    required: bool
    facts: Mapping[str, Any]

    @property
    def python(self) -> str:
        """Its name in Python: ``from_`` where the platform's own is taken."""
        return python_name(self.name)


@dataclass(frozen=True, slots=True)
class Field:
    """One member of an object or answer."""

    name: str
    type: Type
    always: bool
    secret: bool
    facts: Mapping[str, Any]

    @property
    def python(self) -> str:
        """Its name in Python: dots and reserved words replaced."""
        return python_name(self.name)


@dataclass(frozen=True, slots=True)
class Thing:
    """An object: a struct with fields, or one of several variants told apart by a tag."""

    name: str
    noun: str
    class_name: str
    says: str
    fields: tuple[Field, ...] = ()
    tag: str | None = None
    tag_value: str | int | None = None
    variants: tuple[str, ...] = ()

    def refs(self) -> Iterator[str]:
        """Names of the objects that it is made of."""
        yield from self.variants
        for member in self.fields:
            yield from refs(member.type)


@dataclass(frozen=True, slots=True)
class Action:
    """One action of the platform."""

    path: str
    noun: str
    row: Row
    params: tuple[Param, ...]
    answer: tuple[Field, ...]
    facts: Mapping[str, Any]

    @property
    def attributes(self) -> tuple[str, ...]:
        """The attributes that lead to it: ``("tracker", "group", "list")``."""
        return tuple(python_name(part) for part in attributes(self.row.api, self.path))

    def types(self) -> Iterator[Type]:
        """Types of everything that goes out or comes in."""
        yield from (param.type for param in self.params)
        yield from (member.type for member in self.answer)

    @property
    def is_file(self) -> bool:
        """Whether the answer is a file."""
        return "file" in self.facts

    def param(self, name: str) -> Param | None:
        """The parameter of that wire name."""
        return next((param for param in self.params if param.name == name), None)


@dataclass(slots=True)
class Noun:
    """One file of the catalogue: one module of resources, one of models."""

    name: str
    says: str
    actions: list[Action] = field(default_factory=list)
    things: list[Thing] = field(default_factory=list)

    @property
    def module(self) -> str:
        """Name of its modules."""
        return self.name.replace(".", "_")

    @property
    def attributes(self) -> tuple[str, ...]:
        """The attributes that lead to it."""
        return tuple(python_name(part) for part in self.name.split("."))


@dataclass(slots=True)
class Catalogue:
    """Everything that is known."""

    nouns: dict[str, Noun]
    things: dict[str, Thing]
    table: dict[str, Row]
    words: Mapping[str, str]
    enums: Mapping[str, list[str | int]]
    apart: Mapping[str, list[str]] = field(default_factory=dict)
    """Modules that take some actions of a noun, so that its own does not grow too long."""

    def actions(self) -> Iterator[Action]:
        """Every action with a typed method."""
        for noun in self.nouns.values():
            yield from noun.actions


def attributes(api: str, path: str) -> tuple[str, ...]:
    """The parts of a path that become attributes: the interface's own name in front, ids in the path left out."""
    return (*_PREFIX.get(api, ()), *(part for part in path.split("/") if not part.startswith("{")))


def python_name(name: str) -> str:
    """`name` as an identifier."""
    plain = name.replace(".", "_").replace("-", "_")
    return f"{plain}_" if keyword.iskeyword(plain) or plain in _RESERVED else plain


def class_name(name: str) -> str:
    """The class that a catalogue name gives: ``tracker_state.gps`` → ``TrackerStateGps``."""
    return "".join(part[:1].upper() + part[1:] for part in name.replace(".", "_").replace("/", "_").split("_"))


def load(folder: Path = CATALOGUE) -> Catalogue:
    """Read the catalogue and check that it is whole.

    Raises:
        CatalogueFault: a file or the review contradicts another.
    """
    reviewed: dict[str, Any] = json.loads((folder / "reviewed.json").read_text(encoding="utf-8"))
    table = read_table(folder / "index.tsv")
    catalogue = Catalogue({}, {}, table, reviewed["words"], {}, reviewed.get("apart", {}))
    enums: dict[str, list[str | int]] = {}
    for name, noun_says in reviewed["nouns"].items():
        facts = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        enums |= facts.get("enums", {})
        noun = catalogue.nouns[name] = Noun(name, noun_says)
        for path, action in facts.get("actions", {}).items():
            noun.actions.append(_action(path, name, table, action, reviewed["actions"].get(path, {})))
        for key, thing in facts.get("objects", {}).items():
            if reviewed["objects"].get(key, thing) is None:
                continue
            made = _thing(key, name, thing, reviewed["objects"].get(key, {}))
            if key in catalogue.things:
                raise CatalogueFault(f"{key} stands in {name}.json and in {catalogue.things[key].noun}.json")
            noun.things.append(made)
            catalogue.things[key] = made
    catalogue.enums = enums
    _check(catalogue, reviewed)
    return catalogue


def _action(path: str, noun: str, table: Mapping[str, Row], facts: Any, reviewed: Mapping[str, Any]) -> Action:
    row = table.get(path)
    if row is None:
        raise CatalogueFault(f"{path} stands in {noun}.json, but not in index.tsv")
    over = dict(reviewed)
    params = _rows(path, facts["params"], over.pop("params", {}))
    answer = _rows(path, facts["answer"], over.pop("answer", {}))
    return Action(
        path,
        noun,
        row,
        tuple(_param(path, param) for param in params),
        tuple(_field(path, member) for member in answer),
        {**{key: value for key, value in facts.items() if key not in ("params", "answer")}, **over},
    )


def _thing(name: str, noun: str, facts: Any, reviewed: Mapping[str, Any]) -> Thing:
    tag = reviewed.get("tag", facts.get("tag"))
    fields = [row for row in _rows(name, facts.get("fields", []), reviewed.get("fields", {})) if row["name"] != tag]
    return Thing(
        name=name,
        noun=noun,
        class_name=reviewed.get("name") or class_name(name),
        says=reviewed.get("says", ""),
        fields=tuple(_field(name, member) for member in fields),
        tag=tag,
        tag_value=reviewed.get("tag_value", facts.get("tag_value")),
        variants=tuple(facts.get("variants", ())),
    )


def _rows(owner: str, rows: list[dict[str, Any]], reviewed: Mapping[str, Any]) -> list[dict[str, Any]]:
    """`rows` with the review laid over them by name; a review of null drops the row, an unknown name adds one."""
    known = {row["name"] for row in rows}
    merged = [
        {**row, **(reviewed.get(row["name"]) or {})} for row in rows if reviewed.get(row["name"], row) is not None
    ]
    for name, facts in reviewed.items():
        if name not in known:
            if facts is None or "type" not in facts:
                raise CatalogueFault(f"reviewed.json corrects {name} of {owner}, which does not exist")
            merged.append({"name": name, **facts})
    return merged


def _param(owner: str, facts: Mapping[str, Any]) -> Param:
    required = "required" in facts and "optional" not in facts
    basis = facts["required"] if required else facts.get("optional", "reviewed")
    return Param(facts["name"], _type(owner, facts), str(basis), required, facts)


def _field(owner: str, facts: Mapping[str, Any]) -> Field:
    may_lack = facts.get("optional") or facts.get("nullable")
    always = facts.get("always", facts["name"] == "id" and not may_lack)
    return Field(facts["name"], _type(owner, facts), always, facts.get("secret", False), facts)


def _type(owner: str, facts: Mapping[str, Any]) -> Type:
    try:
        return parse(facts["type"])
    except (TypeFault, KeyError) as error:
        raise CatalogueFault(f"{owner}, {facts.get('name')}: {error}") from None


def _check(catalogue: Catalogue, reviewed: Mapping[str, Any]) -> None:
    known = {action.path for action in catalogue.actions()}
    for path in reviewed["actions"]:
        if path not in known:
            raise CatalogueFault(f"reviewed.json speaks of the action {path}, which does not exist")
    for name, facts in reviewed["objects"].items():
        if name not in catalogue.things and facts is not None:
            raise CatalogueFault(f"reviewed.json speaks of the object {name}, which does not exist")
    users = {thing.name: tuple(thing.refs()) for thing in catalogue.things.values()}
    users |= {
        action.path: tuple(name for kind in action.types() for name in refs(kind)) for action in catalogue.actions()
    }
    for user, used in users.items():
        for name in used:
            if name not in catalogue.things:
                raise CatalogueFault(f"{user} uses the object {name}, which does not exist")
    classes: dict[str, str] = {}
    for thing in catalogue.things.values():
        other = classes.setdefault(thing.class_name, thing.name)
        if other != thing.name:
            raise CatalogueFault(f"{thing.name} and {other} would both be the class {thing.class_name}")


def is_union(catalogue: Catalogue, kind: Type) -> bool:
    """Whether `kind` names an object with variants."""
    return isinstance(kind, Ref) and bool(catalogue.things[kind.name].variants)
