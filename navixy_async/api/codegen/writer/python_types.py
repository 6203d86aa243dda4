"""Types of the catalogue as Python writes them, and the imports that they need."""

from __future__ import annotations

from collections import defaultdict

from ..catalogue import Catalogue
from ..type_expr import Either, ListOf, MapOf, Ref, Scalar, Type

_MEMBERS = {
    "int": "int",
    "float": "float",
    "number": "int | float",
    "str": "str",
    "bool": "bool",
    "datetime": "datetime",
    "date": "date",
    "any": "Any",
    "file": "Any",
}

_QUALIFIED = {
    "list": ("builtins", "builtins.list"),
    "dict": ("builtins", "builtins.dict"),
    "int": ("builtins", "builtins.int"),
    "float": ("builtins", "builtins.float"),
    "str": ("builtins", "builtins.str"),
    "bool": ("builtins", "builtins.bool"),
}


class TypeRenderer:
    """Renders the types of one module and collects the imports that they need."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self.imports: dict[str, set[str]] = defaultdict(set)
        self.shadowed: frozenset[str] = frozenset()
        """Names that the present class uses for its own members, so that built-ins of that name must be qualified."""

    def add_import(self, module: str, *names: str) -> None:
        """Import `names` from `module`, or the module itself."""
        self.imports[module] |= set(names)

    def member(self, kind: Type) -> str:
        """A type that is read: what a member of a struct holds."""
        if isinstance(kind, Scalar):
            return self._scalar(kind.name)
        if isinstance(kind, Ref):
            return self._schema(kind.name)
        if isinstance(kind, ListOf):
            return f"{self._builtin('list')}[{self.member(kind.item)}]"
        if isinstance(kind, MapOf):
            return f"{self._builtin('dict')}[{self._scalar(kind.key)}, {self.member(kind.value)}]"
        return " | ".join(dict.fromkeys(self.member(part) for part in kind.parts))

    def argument(self, kind: Type, literal: str | None = None) -> str:
        """A type that is sent: what a parameter takes; `literal` names the documented values of its texts."""
        if isinstance(kind, Scalar):
            if kind.name == "file":
                self.add_import("...files", "UploadSource")
                return "UploadSource"
            if kind.name == "str" and literal:
                return f"{literal} | {self._builtin('str')}"
            return self._builtin("float") if kind.name == "number" else self._scalar(kind.name)
        if isinstance(kind, Ref):
            self.add_import("collections.abc", "Mapping")
            self.add_import("typing", "Any")
            return f"{self._schema(kind.name)} | Mapping[{self._builtin('str')}, Any]"
        if isinstance(kind, ListOf):
            self.add_import("collections.abc", "Iterable")
            return f"Iterable[{self.argument(kind.item, literal)}]"
        if isinstance(kind, MapOf):
            self.add_import("collections.abc", "Mapping")
            return f"Mapping[{self._scalar(kind.key)}, {self.argument(kind.value, literal)}]"
        return " | ".join(dict.fromkeys(self.argument(part, literal) for part in kind.parts))

    def _scalar(self, name: str) -> str:
        if name in ("datetime", "date"):
            if name in self.shadowed:
                self.add_import("datetime")
                return f"datetime.{name}"
            self.add_import("datetime", name)
            return name
        if name in ("any", "file"):
            self.add_import("typing", "Any")
        return " | ".join(self._builtin(part) for part in _MEMBERS[name].split(" | "))

    def _builtin(self, name: str) -> str:
        if name not in self.shadowed or name not in _QUALIFIED:
            return name
        module, spelled = _QUALIFIED[name]
        self.imports[module] |= set()
        return spelled

    def _schema(self, name: str) -> str:
        schema = self._catalogue.schemas[name]
        self.add_import(f"models:{self._catalogue.resources[schema.resource].module}", schema.class_name)
        return schema.class_name


def is_flat(catalogue: Catalogue, kind: Type, inside: frozenset[str] = frozenset()) -> bool:
    """Whether a member of this type can never be part of a cycle: scalars, and structs made of such members."""
    if isinstance(kind, Scalar):
        return kind.name != "any"
    if isinstance(kind, Either):
        return all(is_flat(catalogue, part, inside) for part in kind.parts)
    if isinstance(kind, Ref) and kind.name not in inside:
        schema, inside = catalogue.schemas[kind.name], inside | {kind.name}
        return not schema.variants and all(is_flat(catalogue, member.type, inside) for member in schema.fields)
    return False
