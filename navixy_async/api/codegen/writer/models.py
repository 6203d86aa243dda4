"""Modules of ``api/models/``: one struct per object, one per answer, one union per family of variants."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from ..catalogue import (
    ActionSpec,
    Catalogue,
    Field,
    Parameter,
    ResourceSpec,
    Schema,
    class_name,
    is_union,
)
from ..field_texts import with_article, with_unit
from ..review import CatalogueFault
from ..type_expr import ListOf, MapOf, Ref, Type, refs
from .overloads import other_shape
from .python_types import TypeRenderer, is_flat
from .text import WIDTH, docstring, header, imports

_BUILTIN = ("list", "dict", "int", "float", "str", "bool", "date", "datetime")

_PAYLOAD = frozenset(("list", "value", "result", "state", "states", "count", "id"))
"""Members that carry the content of an answer; they are always sent unless the facts say otherwise."""


LIMIT_EXCEEDED = {
    "storage_period": "whether the period was clipped to what the tariff stores",
    "result_truncated": "whether more entries match than this answer holds",
    "batch_truncated": "whether only the first part of the batch was converted",
    "undocumented": "a flag that the documents do not explain",
}
"""The meaning of the flag ``limit_exceeded``, which differs from action to action."""


def write_former(modules: Iterable[str]) -> str:
    """A module that was divided into `modules`: everything in them, under its former address."""
    lines = [header(f"Kept until 0.3: the structs are in {', '.join(f'`{module}`' for module in modules)} now."), ""]
    lines += [
        "from __future__ import annotations",
        "",
        *(f"from .{module} import *  # noqa: F403" for module in modules),
    ]
    return "\n".join(lines) + "\n"


def answer_name(action: ActionSpec) -> str:
    """The class of the answer of `action`."""
    action = action.facts.get("alias_of", action)
    return class_name("_".join((*action.attributes, *shape_name(action)))) + "Answer"


def shape_name(action: ActionSpec) -> tuple[str, ...]:
    """What names of a further shape of an answer end with."""
    return (action.facts["shape_of"],) if "shape_of" in action.facts else ()


def answer_limit_text(action: ActionSpec) -> str | None:
    """What the flag ``limit_exceeded`` means in the answer of `action`."""
    return LIMIT_EXCEEDED.get(str(action.facts.get("limit_exceeded")))


def answer_fields(action: ActionSpec, limit_exceeded: str | None = None) -> tuple[Field, ...]:
    """The members of the answer; those that carry its content are marked as always sent.

    `limit_exceeded` says what the flag of that name means here.
    """
    return tuple(_answer_field(member, len(action.answer) == 1, limit_exceeded) for member in action.answer)


def _answer_field(member: Field, alone: bool, limit_exceeded: str | None) -> Field:
    facts = member.facts
    if limit_exceeded and member.name == "limit_exceeded":
        facts = {"description": limit_exceeded, **facts}
    always = member.always
    if "always" not in facts and (alone or member.name in _PAYLOAD):
        always = always or not (facts.get("optional") or facts.get("nullable"))
    return Field(member.name, member.type, always, member.secret, facts)


def updated_objects(catalogue: Catalogue) -> frozenset[str]:
    """Names of the objects that an update takes, and of all that they are made of."""
    found: set[str] = set()
    updates = [action for action in catalogue.actions() if "update" in action.facts]
    ahead = [name for action in updates for param in action.params for name in refs(param.type)]
    while ahead:
        name = ahead.pop()
        if name in catalogue.schemas and name not in found:
            found.add(name)
            ahead += catalogue.schemas[name].refs()
    return frozenset(found)


class ModelsWriter:
    """Writes the structs of one resource."""

    def __init__(self, catalogue: Catalogue, resource: ResourceSpec) -> None:
        self._catalogue = catalogue
        self._resource = resource
        self._types = TypeRenderer(catalogue)
        heirs = Counter(schema.base for schema in catalogue.schemas.values())
        self._bases = {name for name, count in heirs.items() if name is not None and count > 1}
        self._updatable = updated_objects(catalogue)

    def write(self) -> str | None:
        """The module's text; None if the resource has no structs."""
        blocks = [self._schema(schema) for schema in _in_order(self._resource.schemas)]
        actions = [action for action in self._resource.actions if action.answer and not action.is_file]
        shapes = [shape for action in actions for shape in (action, other_shape(action)) if shape is not None]
        blocks += [self._answer(shape) for shape in shapes]
        if not blocks:
            return None
        if any(not block for block in blocks):
            raise CatalogueFault(f"{self._resource.name}: a struct without text")
        types = self._types
        own = f"models:{self._resource.module}"
        names: dict[str, set[str]] = {}
        for module, taken in types.imports.items():
            if module == own:
                continue
            name = f".{module.removeprefix('models:')}" if module.startswith("models:") else module
            names.setdefault(name, set()).update(taken)
        lines = [header(f"Structs of `{self._resource.name}`. {self._resource.description}"), ""]
        lines += ["from __future__ import annotations", "", *imports(names)]
        for block in blocks:
            lines += ["", "", *block]
        former = self._catalogue.former_classes.get(self._resource.name, {})
        if former:
            lines += ["", "", *(f"{old} = {new}  # Kept until 0.3" for old, new in former.items())]
        return "\n".join(lines) + "\n"

    def _schema(self, schema: Schema) -> list[str]:
        if schema.variants:
            return self._union(schema)
        options = ""
        if schema.tag is not None:
            options = f", tag_field={schema.tag!r}, tag={schema.tag_value!r}".replace("'", '"')
        return self._struct(
            schema.class_name, schema_description(self._catalogue, schema), schema.fields, options, schema
        )

    def _union(self, schema: Schema) -> list[str]:
        variants = [self._catalogue.schemas[name] for name in schema.variants]
        tags = [variant.tag_value for variant in variants]
        if None in tags or len(set(tags)) != len(tags):
            raise CatalogueFault(f"the variants of {schema.name} are not distinguished by {schema.tag}: {tags}")
        self._types.add_import("..runtime.model", "Unknown")
        self._types.add_import("..runtime.variants", "Variants")
        self._types.add_import("typing", "TypeAlias")
        for variant in variants:
            self._types.member(Ref(variant.name))
        unknown, names = f"Unknown{schema.class_name}", [variant.class_name for variant in variants]
        lines = [f"class {unknown}(Unknown):"]
        lines += docstring([f"A variant of `{schema.class_name}` that this version does not know."], "    ")
        if schema.tag != "type":
            self._types.add_import("typing", "ClassVar")
            lines += ["", f'    tag_field: ClassVar[str] = "{schema.tag}"']
        alias = " | ".join([*names, unknown])
        lines += ["", "", *_long(f"{schema.class_name}: TypeAlias = ", alias)]
        description = schema.description.rstrip(".")
        lines += docstring(
            [
                f"{description}; distinguished by `{schema.tag}`."
                if description
                else f"Distinguished by `{schema.tag}`."
            ],
            "",
        )
        known = ", ".join([unknown, *names])
        line = f"{_constant(schema.class_name)} = Variants({known})"
        lines += ["", line]
        if len(line) > 120:
            opening = f"{_constant(schema.class_name)} = Variants("
            lines[-1:] = [opening, *(f"    {name}," for name in (unknown, *names)), ")"]
        return lines

    def _answer(self, action: ActionSpec) -> list[str]:
        otherwise = "".join(f", if `{'` is `'.join(name.rsplit('_', 1))}`" for name in shape_name(action))
        description = f"The answer of `{action.address}`{otherwise}."
        return self._struct(answer_name(action), description, answer_fields(action, answer_limit_text(action)), "")

    def _struct(
        self, name: str, description: str, fields: Sequence[Field], options: str, schema: Schema | None = None
    ) -> list[str]:
        secret = [member.python for member in fields if member.secret]
        base = "Masked" if secret else "Model"
        updatable = schema is not None and schema.name in self._updatable
        parent = None if schema is None or schema.base is None else self._catalogue.schemas[schema.base]
        if parent is not None:
            if secret or any(member.secret for member in parent.fields) or parent.base is not None:
                raise CatalogueFault(f"{name}: a struct that is like another cannot have secrets, nor be like a third")
            base = self._types.member(Ref(parent.name))
        elif updatable:
            self._types.add_import("..runtime.unknown_fields", "Updatable")
            if secret:
                self._types.add_import("..runtime.model", base)
            base = "Masked, Updatable" if secret else "Updatable"
        else:
            self._types.add_import("..runtime.model", base)
        flat = all(is_flat(self._catalogue, member.type) for member in (*fields, *(parent.fields if parent else ())))
        # Flat rows can never be part of a cycle, so the collector need not look at millions of them.
        options = f"{base}, kw_only=True{', gc=False' if flat else ', gc=True' if parent else ''}{options}"
        lines = [f"class {name}({options}):"]
        if len(lines[0]) > WIDTH:
            lines = [f"class {name}(", f"    {options}", "):"]
        if schema is not None and schema.name in self._bases:
            self._types.add_import("..runtime.annotations", "resolved")
            lines.insert(0, "@resolved")
        lines += docstring(self._about(description, fields), "    ")
        if secret:
            self._types.add_import("typing", "ClassVar")
            quoted = ", ".join(f'"{member}"' for member in secret) + ("," if len(secret) == 1 else "")
            lines += ["", f"    secret_members: ClassVar[tuple[str, ...]] = ({quoted})"]
        if schema is not None and schema.tag is not None:
            self._types.add_import("typing", "ClassVar", "Literal")
            value = f'"{schema.tag_value}"' if isinstance(schema.tag_value, str) else str(schema.tag_value)
            lines += ["", f"    {schema.tag}: ClassVar[Literal[{value}]] = {value}"]
        if fields:
            lines.append("")
        self._types.shadowed = frozenset(member.python for member in fields) & frozenset(_BUILTIN)
        for member in fields:
            lines += self._member(name, member)
        self._types.shadowed = frozenset()
        lines += self._variants((*(parent.fields if parent else ()), *fields) if any(map(self._holds, fields)) else ())
        return lines

    def _member(self, owner: str, member: Field) -> list[str]:
        kind = self._types.member(member.type)
        if member.always:
            self._types.add_import("..runtime.model", "ABSENT", "Always")
            declared, default = f"Always[{kind}]", "ABSENT"
        else:
            parts = kind.split(" | ") if "[" not in kind else [kind]
            declared = kind if "Any" in parts else f"{kind} | None"
            default = "None"
        if member.python != member.name:
            self._types.add_import("msgspec", "field")
            default = f'field(default={default}, name="{member.name}")'
        if self._union_of(member.type) is None:
            return [f"    {member.python}: {declared} = {default}"]
        if member.python != member.name:
            raise CatalogueFault(f"{owner}: a renamed member cannot hold variants yet")
        self._types.add_import("typing", "TYPE_CHECKING")
        self._types.add_import("msgspec", "Raw")
        self._types.add_import("..runtime.model", "ABSENT")
        return [
            "    if TYPE_CHECKING:",
            f"        {member.python}: {declared} = {default}",
            "    else:",
            f"        {member.python}: Raw = ABSENT",
        ]

    def _variants(self, fields: Iterable[Field]) -> list[str]:
        lines: list[str] = []
        for member in fields:
            found = self._union_of(member.type)
            if found is None:
                continue
            schema, way, key = found
            constant = _constant(schema.class_name)
            if schema.resource != self._resource.name:
                self._types.add_import(f"models:{self._catalogue.resources[schema.resource].module}", constant)
            key = f", {key}" if key != "str" and key else ""
            lines.append(f"        self.{member.python} = {constant}.{way}(self.{member.python}{key})")
        return ["", "    def __post_init__(self) -> None:", *lines] if lines else []

    def _holds(self, member: Field) -> bool:
        """Whether a member holds variants."""
        return self._union_of(member.type) is not None

    def _union_of(self, kind: Type) -> tuple[Schema, str, str] | None:
        """The family of variants that a member holds, and how: one, a list or a map."""
        schemas = self._catalogue.schemas
        if isinstance(kind, Ref):
            return (schemas[kind.name], "one", "") if is_union(self._catalogue, kind) else None
        if isinstance(kind, ListOf) and isinstance(kind.item, Ref) and is_union(self._catalogue, kind.item):
            return schemas[kind.item.name], "many", ""
        if isinstance(kind, MapOf):
            inner, way = kind.value, "mapped"
            if isinstance(inner, ListOf):
                inner, way = inner.item, "mapped_many"
            if isinstance(inner, Ref) and is_union(self._catalogue, inner):
                return schemas[inner.name], way, kind.key
        return None

    def _about(self, description: str, fields: Sequence[Field]) -> list[str]:
        texts = [(member.python, field_text(member)) for member in fields]
        lines = [f"    {name}: {text}." for name, text in texts if text]
        return [description, *(["", "Attributes:", *lines] if lines else [])]


def schema_description(catalogue: Catalogue, schema: Schema) -> str:
    """A sentence about an object: the reviewed one, or one derived from its name."""
    if schema.description:
        return schema.description
    owner, _, member = schema.name.rpartition(".")
    if owner in catalogue.schemas:
        holder = catalogue.schemas[owner]
        return _part_of(member, f"`{holder.class_name}`", holder.fields)
    for action in catalogue.actions():
        if "_".join(part.rstrip("_") for part in action.attributes) == owner:
            return _part_of(member, f"`{action.address}`", (*action.answer, *action.params))
    return with_article(catalogue.texts.label(schema.name))


def _part_of(member: str, owner: str, fields: Iterable[Field | Parameter]) -> str:
    facts = next((field.facts for field in fields if field.name == member), {})
    description = facts.get("description")
    return f"The `{member}` of {owner}{f': {description}' if description else ''}."


def field_text(member: Field) -> str:
    """What is known about a member besides its type."""
    facts = member.facts
    described = with_unit(str(facts.get("description", "")), facts.get("unit"))
    parts = [described] if described else []
    if isinstance(facts.get("min"), int | float) and isinstance(facts.get("max"), int | float):
        parts.append(f"{facts['min']} to {facts['max']}")
    if facts.get("values"):
        parts.append("one of " + ", ".join(str(value) for value in facts["values"]))
    if "duration" in str(facts.get("format", "")).lower():
        parts.append("an ISO 8601 duration, see `times.parse_duration`")
    if facts.get("format") in ("RRGGBB", "ISO 4217", "hex32"):
        parts.append(str(facts["format"]))
    if member.name != member.python:
        parts.append(f"`{member.name}` on the wire")
    return "; ".join(parts)


def _constant(name: str) -> str:
    """The constant that reads a union: ``TrackInfo`` → ``TRACK_INFO``."""
    return "".join(f"_{char}" if char.isupper() and at else char for at, char in enumerate(name)).upper()


def _long(start: str, alternatives: str) -> list[str]:
    line = start + alternatives
    if len(line) <= 120:
        return [line]
    if len(alternatives) + 4 <= 120:
        return [f"{start}(", f"    {alternatives}", ")"]
    parts = alternatives.split(" | ")
    return [f"{start}(", f"    {parts[0]}", *(f"    | {part}" for part in parts[1:]), ")"]


def _in_order(schemas: list[Schema]) -> list[Schema]:
    """Objects in the order of their references: an object after those that it refers to, as far as possible."""
    names = {schema.name: schema for schema in schemas}
    done: dict[str, Schema] = {}

    def visit(schema: Schema, above: frozenset[str]) -> None:
        if schema.name in done or schema.name in above:
            return
        for name in schema.refs():
            if name in names:
                visit(names[name], above | {schema.name})
        done[schema.name] = schema

    for schema in schemas:
        visit(schema, frozenset())
    return list(done.values())


def check_cycles(catalogue: Catalogue) -> None:
    """Refuse files whose structs would have to import each other."""
    needs: dict[str, set[str]] = {name: set() for name in catalogue.resources}
    for resource in catalogue.resources.values():
        names = [name for schema in resource.schemas for name in schema.refs()]
        names += [name for action in resource.actions for member in action.answer for name in refs(member.type)]
        needs[resource.name] = {catalogue.schemas[name].resource for name in names} - {resource.name}
    for name in needs:
        path = _back_to(name, needs)
        if path:
            raise CatalogueFault(
                f"the structs of {' need those of '.join(path)}: give an object another home in reviewed.json"
            )


def _back_to(start: str, needs: Mapping[str, set[str]]) -> list[str]:
    stack = [[start, other] for other in sorted(needs[start])]
    seen: set[str] = set()
    while stack:
        path = stack.pop()
        if path[-1] == start:
            return path
        if path[-1] not in seen:
            seen.add(path[-1])
            stack += [[*path, other] for other in sorted(needs[path[-1]])]
    return []
