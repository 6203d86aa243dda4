"""Reads the catalogue: the documented facts, with the decisions of reviewers laid over them.

The format of the files is described in ``catalogue/README.md``. Only the generator, the importer and the tests read
them; a program that uses the package never does.
"""

from __future__ import annotations

import json
import keyword
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from ..runtime.action_table import ActionRow, read_aliases, read_table
from .field_texts import FieldTexts
from .review import CatalogueFault, read_review
from .type_expr import ListOf, Ref, Scalar, Type, TypeFault, parse, refs

CATALOGUE = Path(__file__).parent.parent / "catalogue"

_RESERVED = frozenset(("self", "timeout", "lane"))

_SECRET = ("hash", "password", "login", "token", "secret")
"""Names and suffixes of names of members that are secret unless the review says otherwise."""

_PREFIX = {"dwh": ("dwh",), "eco_fleet": ("eco_fleet",)}
"""Interfaces whose paths lack their name; it becomes the first attribute."""

_BASES = {"dwh": "dwh/v1/", "eco_fleet": "eco_fleet/"}
"""The URL bases of these interfaces; all others have the API's own."""


_UNITS = {"seconds": "s", "minutes": "min", "hours": "h", "days": "d", "meters": "m", "kilometers": "km"}
"""Units that a name ends with: ``free_days``."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of an action."""

    name: str
    type: Type
    basis: str
    required: bool
    facts: Mapping[str, Any]

    @property
    def python(self) -> str:
        """Its name in Python: ``from_`` if the platform's name is reserved."""
        return python_name(self.name)

    @property
    def is_free(self) -> bool:
        """Whether it stands for members whose names are the program's own: they are sent beside the others."""
        return "free_members" in self.facts

    @property
    def is_whole(self) -> bool:
        """Whether it stands for everything that an update replaces, as it was read: other parameters change parts."""
        return "as_read" in self.facts

    @property
    def is_sent(self) -> bool:
        """Whether it is sent under its name."""
        return not self.is_free and not self.is_whole and not self.is_open

    @property
    def is_open(self) -> bool:
        """Whether it holds further parameters that the documents leave to another list, such as a plugin's own."""
        return "open" in self.facts

    @property
    def kind(self) -> str:
        """The short name of its type, by which texts distinguish parameters of one name: ``str``, ``list``."""
        return self.type.name if isinstance(self.type, Scalar) else "list" if isinstance(self.type, ListOf) else ""


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
class Schema:
    """An object: a struct with fields, or one of several variants distinguished by a tag."""

    name: str
    resource: str
    class_name: str
    description: str
    fields: tuple[Field, ...] = ()
    tag: str | None = None
    tag_value: str | int | None = None
    variants: tuple[str, ...] = ()
    base: str | None = None

    def refs(self) -> Iterator[str]:
        """Names of the objects that it is made of."""
        yield from self.variants
        if self.base is not None:
            yield self.base
        for member in self.fields:
            yield from refs(member.type)


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One action of the platform."""

    path: str
    resource: str
    row: ActionRow
    params: tuple[Parameter, ...]
    answer: tuple[Field, ...]
    facts: Mapping[str, Any]

    @property
    def attributes(self) -> tuple[str, ...]:
        """The attributes that lead to it: ``("tracker", "group", "list")``."""
        return tuple(python_name(part) for part in attributes(self.row.api, self.path))

    @property
    def address(self) -> str:
        """Its path as people write it, with the base of its interface unless that is the common one."""
        return f"/{_BASES.get(self.row.api, '')}{self.path}"

    def types(self) -> Iterator[Type]:
        """Types of all parameters and of all members of the answer."""
        yield from (param.type for param in self.params)
        yield from (member.type for member in self.answer)

    @property
    def is_file(self) -> bool:
        """Whether the answer is a file."""
        return "file" in self.facts

    def param(self, name: str) -> Parameter | None:
        """The parameter of that wire name."""
        return next((param for param in self.params if param.name == name), None)


@dataclass(slots=True)
class ResourceSpec:
    """One file of the catalogue: one module of resources, one of models."""

    name: str
    description: str
    actions: list[ActionSpec] = field(default_factory=list)
    schemas: list[Schema] = field(default_factory=list)

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
    """All facts about the platform."""

    resources: dict[str, ResourceSpec]
    schemas: dict[str, Schema]
    table: dict[str, ActionRow]
    parameter_texts: Mapping[str, str]
    enums: Mapping[str, list[str | int]]
    split_modules: Mapping[str, list[str]] = field(default_factory=dict)
    """Modules that hold some actions of a resource, so that its own module does not become too long."""
    former_classes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """By resource, the former names of classes, which stay for one release, and the present ones."""
    former_modules: Mapping[str, list[str]] = field(default_factory=dict)
    """Former modules of structs, which stay for one release, and the modules that their structs are in now."""
    aliases: list[ActionSpec] = field(default_factory=list)
    """Actions under further paths: their facts say which one in `alias_of`, and why in `alias_why`."""
    texts: FieldTexts = field(default_factory=lambda: FieldTexts({}))
    """Texts for fields that the documents do not describe."""

    def actions(self) -> Iterator[ActionSpec]:
        """Every action with a typed method."""
        for resource in self.resources.values():
            yield from resource.actions


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
    """Read the catalogue and check that it is consistent.

    Raises:
        CatalogueFault: a file or the review contradicts another.
    """
    reviewed = read_review(folder)
    table = read_table(folder / "index.tsv")
    catalogue = Catalogue({}, {}, table, reviewed["parameter_texts"], {}, reviewed.get("split_modules", {}))
    texts = catalogue.texts = FieldTexts(reviewed)
    enums: dict[str, list[str | int]] = {}
    dropped = [name for name, entry in reviewed["objects"].items() if entry is None]
    for name, resource_description in reviewed["resources"].items():
        facts = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        enums |= facts.get("enums", {})
        resource = catalogue.resources[name] = ResourceSpec(name, resource_description)
        for path, action in facts.get("actions", {}).items():
            merged = _reviewed_action(path, action, reviewed)
            resource.actions.append(_action(path, name, table.get(path), merged, texts))
        for key, schema in facts.get("objects", {}).items():
            if key in dropped or (
                key not in reviewed["objects"] and any(key.startswith(f"{gone}.") for gone in dropped)
            ):
                continue
            over = {**_of_family(key, reviewed), **reviewed["objects"].get(key, {})}
            made = _schema(key, name, schema, over, texts)
            if key in catalogue.schemas:
                raise CatalogueFault(f"{key} stands in {name}.json and in {catalogue.schemas[key].resource}.json")
            resource.schemas.append(made)
            catalogue.schemas[key] = made
    for key, entry in reviewed["objects"].items():
        # Objects that the documents show in parts are only in the review, with the resource that they belong to.
        if entry is not None and "resource" in entry:
            made = _schema(key, entry["resource"], entry, {}, texts)
            catalogue.resources[entry["resource"]].schemas.append(made)
            catalogue.schemas[key] = made
    catalogue.enums = enums
    catalogue.aliases = list(_aliases(catalogue, read_aliases(folder / "aliases.tsv")))
    catalogue.former_classes = reviewed.get("former_classes", {})
    catalogue.former_modules = reviewed.get("former_modules", {})
    _check(catalogue, reviewed)
    return catalogue


def _action(path: str, resource: str, row: ActionRow | None, facts: Mapping[str, Any], texts: FieldTexts) -> ActionSpec:
    if row is None:
        raise CatalogueFault(f"{path} stands in {resource}.json, but not in index.tsv")
    params = [_param(path, param) for param in facts["params"]]
    if "free_members" in facts:
        params.append(Parameter("values", parse("map[any]"), "doc", True, facts))
    if "as_read" in facts:
        params.append(Parameter("as_read", parse(facts["as_read"]), "doc", False, facts))
    for name, described in facts.get("open_params", {}).items():
        params.append(Parameter(name, parse("map[any]"), "reviewed", False, {**described, "name": name, "open": True}))
    return ActionSpec(
        path,
        resource,
        row,
        tuple(params),
        tuple(_field(path, member, texts) for member in facts["answer"]),
        {key: value for key, value in facts.items() if key not in ("params", "answer")},
    )


def _aliases(catalogue: Catalogue, known: Mapping[str, tuple[str, str]]) -> Iterator[ActionSpec]:
    """The actions that have further paths, under these."""
    actions = {action.path: action for action in catalogue.actions()}
    for path, (of, why) in known.items():
        action = actions[of]
        facts = {**action.facts, "alias_of": action, "alias_why": why}
        yield replace(action, path=path, row=replace(action.row, path=path), facts=facts)


def _reviewed_action(path: str, facts: Mapping[str, Any], reviewed: Mapping[str, Any]) -> dict[str, Any]:
    """The facts of an action with the review laid over them."""
    over = {**reviewed["actions"].get(path, {}), **_update(path, reviewed)}
    if path in reviewed.get("notes", {}):
        over["note"] = reviewed["notes"][path]
    rows = {part: _rows(path, facts[part], over.get(part, {})) for part in ("params", "answer")}
    by_action = reviewed.get("texts_by_action", {})
    for row in rows["params"]:
        if path in by_action.get(row["name"], ()):
            row["description"] = by_action[row["name"]][path]
    return {**facts, **over, **rows}


def _update(path: str, reviewed: Mapping[str, Any]) -> dict[str, Any]:
    """What reviewers decided about an action that changes an object."""
    found = reviewed.get("updates", {}).get(path)
    return {} if found is None else {"update": found}


def _schema(name: str, resource: str, facts: Any, reviewed: Mapping[str, Any], texts: FieldTexts) -> Schema:
    tag = reviewed.get("tag", facts.get("tag"))
    rows = facts.get("fields", [])
    if isinstance(rows, Mapping):
        rows = [{"name": key, **row} for key, row in rows.items()]
    fields = [row for row in _rows(name, rows, reviewed.get("fields", {})) if row["name"] != tag]
    return Schema(
        name=name,
        resource=resource,
        class_name=reviewed.get("name") or facts.get("name") or class_name(name),
        description=reviewed.get("description") or facts.get("description") or texts.sentence(name),
        fields=tuple(_field(name, member, texts) for member in fields),
        tag=tag,
        tag_value=reviewed.get("tag_value", facts.get("tag_value")),
        variants=tuple(facts.get("variants", ())),
        base=reviewed.get("all_of", facts.get("all_of")),
    )


def _of_family(name: str, reviewed: Mapping[str, Any]) -> dict[str, str]:
    """Class name and sentence of a member of a family."""
    for key, family in reviewed.get("families", {}).items():
        prefix = f"{family.get('of', key)}."
        member = name.removeprefix(prefix)
        if name.startswith(prefix) and "." not in member and "named" in family:
            return {
                "name": family["named"].format(class_name(member)),
                "description": family["description"].format(member),
            }
    return {}


def _rows(owner: str, rows: list[dict[str, Any]], reviewed: Mapping[str, Any]) -> list[dict[str, Any]]:
    """`rows` with the review laid over them by name; a review of null drops the row, an unknown name adds one."""
    known = {row["name"] for row in rows}
    merged = [
        {key: fact for key, fact in {**row, **(reviewed.get(row["name"]) or {})}.items() if fact is not None}
        for row in rows
        if reviewed.get(row["name"], row) is not None
    ]
    for name, facts in reviewed.items():
        if name not in known:
            if facts is None or "type" not in facts:
                raise CatalogueFault(f"reviewed.json corrects {name} of {owner}, which does not exist")
            merged.append({"name": name, **facts})
    return merged


def _measured(kind: Type, facts: Mapping[str, Any]) -> Mapping[str, Any]:
    """`facts` with the unit that the name says, where the documents name no other."""
    unit = _UNITS.get(facts["name"].rpartition("_")[2])
    return facts if unit is None or facts.get("unit") or kind not in _NUMBERS else {**facts, "unit": unit}


_NUMBERS = (Scalar("int"), Scalar("number"), Scalar("float"))


def _param(owner: str, facts: Mapping[str, Any]) -> Parameter:
    required = "required" in facts and "optional" not in facts
    basis = facts["required"] if required else facts.get("optional", "reviewed")
    kind = _type(owner, facts)
    return Parameter(facts["name"], kind, str(basis), required, _measured(kind, facts))


def _field(owner: str, facts: Mapping[str, Any], texts: FieldTexts) -> Field:
    may_lack = facts.get("optional") or facts.get("nullable")
    always = facts.get("always", facts["name"] == "id" and not may_lack)
    kind = _type(owner, facts)
    facts = _measured(kind, facts)
    named = any(facts["name"] == word or facts["name"].endswith(f"_{word}") for word in _SECRET)
    secret = facts.get("secret", named and kind != Scalar("bool"))  # whether there is a password is no secret
    description = facts.get("description") or texts.describe(owner, facts["name"], kind)
    described = facts if description is None else {**facts, "description": description}
    return Field(facts["name"], kind, always, secret, described)


def _type(owner: str, facts: Mapping[str, Any]) -> Type:
    try:
        return parse(facts["type"])
    except (TypeFault, KeyError) as error:
        raise CatalogueFault(f"{owner}, {facts.get('name')}: {error}") from None


def _check(catalogue: Catalogue, reviewed: Mapping[str, Any]) -> None:
    known = {action.path for action in catalogue.actions()}
    for path in (*reviewed["actions"], *reviewed.get("notes", ())):
        if path not in known:
            raise CatalogueFault(f"reviewed.json speaks of the action {path}, which does not exist")
    _check_words(catalogue, reviewed)
    _check_updates(catalogue, reviewed.get("updates", {}))
    for name, facts in reviewed["objects"].items():
        if name not in catalogue.schemas and facts is not None:
            raise CatalogueFault(f"reviewed.json speaks of the object {name}, which does not exist")
    users = {schema.name: tuple(schema.refs()) for schema in catalogue.schemas.values()}
    users |= {
        action.path: tuple(name for kind in action.types() for name in refs(kind)) for action in catalogue.actions()
    }
    missing = [
        f"{user} uses the object {name}"
        for user, used in users.items()
        for name in used
        if name not in catalogue.schemas
    ]
    if missing:
        raise CatalogueFault(f"{', '.join(missing)}, which does not exist")
    classes: dict[str, str] = {}
    for schema in catalogue.schemas.values():
        other = classes.setdefault(schema.class_name, schema.name)
        if other != schema.name:
            raise CatalogueFault(f"{schema.name} and {other} would both be the class {schema.class_name}")


def _check_words(catalogue: Catalogue, reviewed: Mapping[str, Any]) -> None:
    """Check that each text by action has its parameter, and each parameter whose name has no general text its own."""
    by_action: Mapping[str, Mapping[str, str]] = reviewed.get("texts_by_action", {})
    params = {(action.path, param.name): param for action in catalogue.actions() for param in action.params}
    for name, texts in by_action.items():
        for path in texts:
            if (path, name) not in params:
                raise CatalogueFault(f"texts_by_action describes {name} of {path}, which does not exist")
    for (path, name), param in params.items():
        general = {name, f"{name}: {param.kind}"} & catalogue.parameter_texts.keys()
        if name in by_action and not general and "description" not in param.facts:
            raise CatalogueFault(f"texts_by_action must say what {name} of {path} is: the name means different things")


def _check_updates(catalogue: Catalogue, updates: Mapping[str, Any]) -> None:
    """Check that every action that changes an object is reviewed, and that the members it leaves out exist."""
    changing = {action.path: action for action in catalogue.actions() if _changes_object(action)}
    if changing.keys() != updates.keys():
        odd = ", ".join(sorted(changing.keys() ^ updates.keys()))
        raise CatalogueFault(
            f"reviewed/updates.json must speak of all actions that change an object, and of no other: {odd}"
        )
    for path, facts in updates.items():
        for name, left_out in facts.get("left_out", {}).items():
            param = changing[path].param(name)
            schemas = [catalogue.schemas[schema] for schema in refs(param.type)] if param is not None else []
            if not all(_has_member(catalogue, schemas, member.split(".")) for member in left_out):
                raise CatalogueFault(f"reviewed/updates.json leaves out members of {name} of {path} that do not exist")


def _has_member(catalogue: Catalogue, schemas: list[Schema], names: list[str]) -> bool:
    """Whether one of `schemas` or their variants has the member that `names` lead to."""
    schemas = [*schemas, *(catalogue.schemas[variant] for schema in schemas for variant in schema.variants)]
    found = [member for schema in schemas for member in schema.fields if member.name == names[0]]
    if len(names) == 1:
        return bool(found)
    return _has_member(
        catalogue, [catalogue.schemas[name] for member in found for name in refs(member.type)], names[1:]
    )


def _changes_object(action: ActionSpec) -> bool:
    return action.path.rpartition("/")[2] == "update" and any(any(refs(param.type)) for param in action.params)


def is_union(catalogue: Catalogue, kind: Type) -> bool:
    """Whether `kind` names an object with variants."""
    return isinstance(kind, Ref) and bool(catalogue.schemas[kind.name].variants)
