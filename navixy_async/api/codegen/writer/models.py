"""Modules of ``api/models/``: one struct per object, one per answer, one union per family of variants."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from ..catalogue import Action, Catalogue, CatalogueFault, Field, Noun, Thing, class_name, is_union
from ..type_expr import ListOf, MapOf, Ref, Type, refs
from .python_types import Spelling, is_flat
from .text import WIDTH, docstring, header, imports

_BUILTIN = ("list", "dict", "int", "float", "str", "bool", "date", "datetime")

_PAYLOAD = frozenset(("list", "value", "result", "state", "states", "count", "id"))
"""Members that an answer consists of; they are always there unless the facts say otherwise."""


LIMIT_EXCEEDED = {
    "storage_period": "whether the period was clipped to what the tariff stores",
    "result_truncated": "whether more entries match than this answer holds",
    "batch_truncated": "whether only the first part of the batch was converted",
    "undocumented": "a flag that the documents do not explain",
}
"""What the flag of that name means, which differs from action to action."""


def answer_name(action: Action) -> str:
    """The class of the answer of `action`."""
    return class_name("_".join(action.attributes)) + "Answer"


def answer_fields(action: Action, limit_exceeded: str | None = None) -> tuple[Field, ...]:
    """Members of the answer, those that it consists of marked as always sent.

    `limit_exceeded` says what the flag of that name means here.
    """
    return tuple(_answer_field(member, len(action.answer) == 1, limit_exceeded) for member in action.answer)


def _answer_field(member: Field, alone: bool, limit_exceeded: str | None) -> Field:
    facts = member.facts
    if limit_exceeded and member.name == "limit_exceeded":
        facts = {"says": limit_exceeded, **facts}
    always = member.always or (alone and not facts.get("nullable"))
    if member.name in _PAYLOAD and "always" not in facts:
        always = always or not (facts.get("optional") or facts.get("nullable"))
    return Field(member.name, member.type, always, member.secret, facts)


class ModelsWriter:
    """Writes the structs of one noun."""

    def __init__(self, catalogue: Catalogue, noun: Noun) -> None:
        self._catalogue = catalogue
        self._noun = noun
        self._spelling = Spelling(catalogue)
        heirs = Counter(thing.base for thing in catalogue.things.values())
        self._bases = {name for name, count in heirs.items() if name is not None and count > 1}

    def write(self) -> str | None:
        """The module's text; None if the noun has no structs."""
        blocks = [self._thing(thing) for thing in _in_order(self._noun.things)]
        blocks += [self._answer(action) for action in self._noun.actions if action.answer and not action.is_file]
        if not blocks:
            return None
        if any(not block for block in blocks):
            raise CatalogueFault(f"{self._noun.name}: a struct without text")
        spelling = self._spelling
        own = f"models:{self._noun.module}"
        names: dict[str, set[str]] = {}
        for module, taken in spelling.imports.items():
            if module == own:
                continue
            name = f".{module.removeprefix('models:')}" if module.startswith("models:") else module
            names.setdefault(name, set()).update(taken)
        lines = [header(f"Structs of `{self._noun.name}`. {self._noun.says}"), ""]
        lines += ["from __future__ import annotations", "", *imports(names)]
        for block in blocks:
            lines += ["", "", *block]
        return "\n".join(lines) + "\n"

    def _thing(self, thing: Thing) -> list[str]:
        if thing.variants:
            return self._union(thing)
        options = ""
        if thing.tag is not None:
            options = f", tag_field={thing.tag!r}, tag={thing.tag_value!r}".replace("'", '"')
        return self._struct(thing.class_name, described(self._catalogue, thing), thing.fields, options, thing)

    def _union(self, thing: Thing) -> list[str]:
        variants = [self._catalogue.things[name] for name in thing.variants]
        tags = [variant.tag_value for variant in variants]
        if None in tags or len(set(tags)) != len(tags):
            raise CatalogueFault(f"the variants of {thing.name} are not told apart by {thing.tag}: {tags}")
        self._spelling.use("..runtime.model", "Unknown")
        self._spelling.use("..runtime.variants", "Variants")
        self._spelling.use("typing", "TypeAlias")
        for variant in variants:
            self._spelling.member(Ref(variant.name))
        unknown, names = f"Unknown{thing.class_name}", [variant.class_name for variant in variants]
        lines = [f"class {unknown}(Unknown):"]
        lines += docstring([f"A variant of `{thing.class_name}` that this version does not know."], "    ")
        if thing.tag != "type":
            self._spelling.use("typing", "ClassVar")
            lines += ["", f'    tag_field: ClassVar[str] = "{thing.tag}"']
        alias = " | ".join([*names, unknown])
        lines += ["", "", *_long(f"{thing.class_name}: TypeAlias = ", alias)]
        says = thing.says.rstrip(".")
        lines += docstring([f"{says}; told apart by `{thing.tag}`." if says else f"Told apart by `{thing.tag}`."], "")
        known = ", ".join([unknown, *names])
        line = f"{_constant(thing.class_name)} = Variants({known})"
        lines += ["", line]
        if len(line) > 120:
            opening = f"{_constant(thing.class_name)} = Variants("
            lines[-1:] = [opening, *(f"    {name}," for name in (unknown, *names)), ")"]
        return lines

    def _answer(self, action: Action) -> list[str]:
        says = f"What `/{action.path}` answers."
        meaning = LIMIT_EXCEEDED.get(str(action.facts.get("limit_exceeded")))
        return self._struct(answer_name(action), says, answer_fields(action, meaning), "")

    def _struct(
        self, name: str, says: str, fields: Sequence[Field], options: str, thing: Thing | None = None
    ) -> list[str]:
        secret = [member.python for member in fields if member.secret]
        base = "Masked" if secret else "Model"
        parent = None if thing is None or thing.base is None else self._catalogue.things[thing.base]
        if parent is not None:
            if secret or any(member.secret for member in parent.fields) or parent.base is not None:
                raise CatalogueFault(f"{name}: a struct that is like another cannot have secrets, nor be like a third")
            base = self._spelling.member(Ref(parent.name))
        else:
            self._spelling.use("..runtime.model", base)
        flat = all(is_flat(self._catalogue, member.type) for member in (*fields, *(parent.fields if parent else ())))
        # Flat rows can never be part of a cycle, so the collector need not look at millions of them.
        options = f"{base}, kw_only=True{', gc=False' if flat else ', gc=True' if parent else ''}{options}"
        lines = [f"class {name}({options}):"]
        if len(lines[0]) > WIDTH:
            lines = [f"class {name}(", f"    {options}", "):"]
        if thing is not None and thing.name in self._bases:
            self._spelling.use("..runtime.annotations", "resolved")
            lines.insert(0, "@resolved")
        lines += docstring(self._about(says, fields), "    ")
        if secret:
            self._spelling.use("typing", "ClassVar")
            quoted = ", ".join(f'"{member}"' for member in secret) + ("," if len(secret) == 1 else "")
            lines += ["", f"    secret_members: ClassVar[tuple[str, ...]] = ({quoted})"]
        if thing is not None and thing.tag is not None:
            self._spelling.use("typing", "ClassVar", "Literal")
            value = f'"{thing.tag_value}"' if isinstance(thing.tag_value, str) else str(thing.tag_value)
            lines += ["", f"    {thing.tag}: ClassVar[Literal[{value}]] = {value}"]
        if fields:
            lines.append("")
        self._spelling.shadowed = frozenset(member.python for member in fields) & frozenset(_BUILTIN)
        for member in fields:
            lines += self._member(name, member)
        self._spelling.shadowed = frozenset()
        lines += self._variants((*(parent.fields if parent else ()), *fields) if any(map(self._holds, fields)) else ())
        return lines

    def _member(self, owner: str, member: Field) -> list[str]:
        kind = self._spelling.member(member.type)
        if member.always:
            self._spelling.use("..runtime.model", "ABSENT", "Always")
            declared, default = f"Always[{kind}]", "ABSENT"
        else:
            parts = kind.split(" | ") if "[" not in kind else [kind]
            declared = kind if "Any" in parts else f"{kind} | None"
            default = "None"
        if member.python != member.name:
            self._spelling.use("msgspec", "field")
            default = f'field(default={default}, name="{member.name}")'
        if self._union_of(member.type) is None:
            return [f"    {member.python}: {declared} = {default}"]
        if member.python != member.name:
            raise CatalogueFault(f"{owner}: a renamed member cannot hold variants yet")
        self._spelling.use("typing", "TYPE_CHECKING")
        self._spelling.use("msgspec", "Raw")
        self._spelling.use("..runtime.model", "ABSENT")
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
            thing, way, key = found
            constant = _constant(thing.class_name)
            if thing.noun != self._noun.name:
                self._spelling.use(f"models:{self._catalogue.nouns[thing.noun].module}", constant)
            key = f", {key}" if key != "str" and key else ""
            lines.append(f"        self.{member.python} = {constant}.{way}(self.{member.python}{key})")
        return ["", "    def __post_init__(self) -> None:", *lines] if lines else []

    def _holds(self, member: Field) -> bool:
        """Whether a member holds variants."""
        return self._union_of(member.type) is not None

    def _union_of(self, kind: Type) -> tuple[Thing, str, str] | None:
        """The family of variants that a member holds, and in which arrangement."""
        things = self._catalogue.things
        if isinstance(kind, Ref):
            return (things[kind.name], "one", "") if is_union(self._catalogue, kind) else None
        if isinstance(kind, ListOf) and isinstance(kind.item, Ref) and is_union(self._catalogue, kind.item):
            return things[kind.item.name], "many", ""
        if isinstance(kind, MapOf):
            inner, way = kind.value, "mapped"
            if isinstance(inner, ListOf):
                inner, way = inner.item, "mapped_many"
            if isinstance(inner, Ref) and is_union(self._catalogue, inner):
                return things[inner.name], way, kind.key
        return None

    def _about(self, says: str, fields: Sequence[Field]) -> list[str]:
        rows = [(member.python, remarks(member)) for member in fields]
        told = [f"    {name}: {remarks}." for name, remarks in rows if remarks]
        return [says, *(["", "Attributes:", *told] if told else [])]


def described(catalogue: Catalogue, thing: Thing) -> str:
    """A sentence about an object: the reviewed one, or else where it belongs."""
    if thing.says:
        return thing.says
    owner, _, member = thing.name.rpartition(".")
    if owner in catalogue.things:
        return f"The `{member}` of `{catalogue.things[owner].class_name}`."
    for action in catalogue.actions():
        if "_".join(part.rstrip("_") for part in action.attributes) == owner:
            return f"What `{member}` is made of in `{action.address}`."
    words = [_SPELLED.get(word, word) for word in thing.name.replace(".", "_").split("_")]
    return f"{'An' if words[0][0] in 'aeiouAEIO' else 'A'} {' '.join(words)}."


_SPELLED = {"apn": "APN", "iot": "IoT", "mfa": "MFA", "mqtt": "MQTT"}
"""Words of names that are abbreviations."""


def remarks(member: Field) -> str:
    """What is known of a member beside its type."""
    facts = member.facts
    parts = [str(facts["says"])] if "says" in facts else []
    if facts.get("unit"):
        parts.append(f"in {facts['unit']}")
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


def _in_order(things: list[Thing]) -> list[Thing]:
    """Objects after those that they are made of, as far as that goes."""
    names = {thing.name: thing for thing in things}
    done: dict[str, Thing] = {}

    def visit(thing: Thing, above: frozenset[str]) -> None:
        if thing.name in done or thing.name in above:
            return
        for name in thing.refs():
            if name in names:
                visit(names[name], above | {thing.name})
        done[thing.name] = thing

    for thing in things:
        visit(thing, frozenset())
    return list(done.values())


def check_cycles(catalogue: Catalogue) -> None:
    """Refuse files whose structs would have to import each other."""
    needs: dict[str, set[str]] = {name: set() for name in catalogue.nouns}
    for noun in catalogue.nouns.values():
        names = [name for thing in noun.things for name in thing.refs()]
        names += [name for action in noun.actions for member in action.answer for name in refs(member.type)]
        needs[noun.name] = {catalogue.things[name].noun for name in names} - {noun.name}
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
