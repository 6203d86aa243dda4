"""Answers are read without losing a field, known or not, at the parser's own speed.

msgspec can ignore the fields that a struct does not name, or refuse them, but not keep them. So the first time that an
answer is read into a struct, the struct gets an *extended struct*: a private subclass that refuses what it does not
name. If every field is known, that is all. If an answer is refused, it is searched once for new names; the extended
structs concerned get a field for each of them, and the answer is read again. From then on unknown fields are fields
like the others: they cost the same, ``copy``, ``msgspec.structs.replace`` and every encoder of msgspec keep them, and
null stays distinct from absent.

Some structs meet more names than a struct should have (where the platform sends a map and the documents show an
object), or names that no field can have. These go into one dict, which ``transport.encoding`` flattens again. That is
slow, but bounded.

Extended structs are internal to this module: they carry the names of their base structs and are instances of them. A
program that reads with msgspec alone reads into the base structs, which ignore what they do not name.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from itertools import chain, count
from threading import RLock
from types import MappingProxyType, UnionType
from typing import Any, ClassVar, Generic, TypeVar, Union, cast, get_args, get_origin

import msgspec
from msgspec import NODEFAULT, UNSET, ValidationError, defstruct
from msgspec.structs import FieldInfo

from ...operations import EXTRA_KEY
from .lenient import OddMembers, plain
from .model import Model, Unknown, shown

T = TypeVar("T")

MAX_EXTRA_FIELDS = 64
"""How many unknown names of one struct get a field of their own."""

_FIELD_NAME = re.compile(r'[^\\"\x00-\x1f]*')
"""What msgspec accepts as the name of a field."""

_ENVELOPE = "success"
"""The member that every answer has beside those of its type."""

_WORD = re.compile(r"[A-Za-z_]\w*")
_PLAIN = frozenset(
    ("Always", "Any", "None", "Raw", "bool", "builtins", "date", "datetime", "dict", "float", "int", "list", "str")
)
"""Words that stand in annotations without structs."""

_RAW = ("Raw", "msgspec.Raw", msgspec.Raw)
"""How the annotations of members that hold variants are written."""

_parse = msgspec.json.Decoder().decode
_lock = RLock()


class Updatable(Model):
    """The base of structs that programs send back: null stays distinct from absent.

    A member reads as None either way, but goes back to the platform as null only where null was read, or where None was
    set: in what was read anywhere, in what a program made instead of a value. What was never there is left out.
    """

    def __setattr__(self, name: str, value: Any) -> None:
        if value is None and not isinstance(self, _Extended):
            held = getattr(self, name, None)
            if held is not None and type(held) is not msgspec.Raw:
                _remember_nulls(self)
        super().__setattr__(name, value)


class _Extended:
    """What all extended structs have in common."""

    __slots__ = ()
    __hash__ = None  # type: ignore[assignment]
    __struct_fields__: ClassVar[tuple[str, ...]]

    # A struct may well have fields called `struct` or `names`.
    _base_struct: ClassVar[type[Model]]
    """The struct that it extends."""
    _extra_names: ClassVar[Mapping[str, str]]
    """Its fields for unknown members, and the platform's names for them."""

    def __eq__(self, other: object) -> bool:
        if type(self) is type(other) and not isinstance(self, Updatable):
            return super().__eq__(other)
        if not isinstance(other, Model) or _struct_of(other) is not self._base_struct:
            return NotImplemented
        same = all(getattr(self, name) == getattr(other, name) for name in self._base_struct.__struct_fields__)
        return same and _unknown(self) == _unknown(other)

    def __repr__(self) -> str:
        return f"{self._base_struct.__name__}({', '.join(f'{name}={value!r}' for name, value in self.__rich_repr__())})"

    def __rich_repr__(self) -> list[tuple[str, Any]]:
        # Only their number: nobody knows which of them are secret, or whether their names are.
        many = len(_unknown(self))
        return [*shown(self, self._base_struct), *([("unknown_members", many)] if many else [])]

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        held = zip(self.__struct_fields__, msgspec.structs.astuple(cast(Model, self)), strict=True)
        fields = self._base_struct.__struct_fields__
        known = {name: value for name, value in held if name in fields and value is not UNSET}
        return _restored, (self._base_struct, known, _unknown(self))


def unknown_members(read: Model | Unknown) -> Mapping[str, Any]:
    """What the platform sent in an object beside the fields that this version knows; read-only.

    They are sent back to the platform with the object. Names are the platform's, values are plain JSON (times are
    text). For a variant that this version does not know, these are all its fields; objects that a program made itself
    have none.
    """
    return MappingProxyType(read if isinstance(read, Unknown) else _unknown(read))


class ModelReader(Generic[T]):
    """Reads JSON into `kind`; structs anywhere in it keep their unknown fields.

    `answer` says whether it is a whole answer of the platform, which has an envelope.
    """

    __slots__ = ("_answer", "_decode", "_extended", "_generation", "_kind")

    def __init__(self, kind: Any, *, answer: bool = False) -> None:
        self._kind = kind
        self._answer = answer
        self._extended: Any = None
        self._generation = -1
        self._decode: Callable[[Any], T] = self._renewed

    def read(self, body: bytes | msgspec.Raw) -> T:
        """The content of `body`.

        Raises:
            ValidationError: it has another shape; DecodeError if it is not JSON.
        """
        try:
            return self.attempt(body)
        except ValidationError:
            pass  # dropped on purpose: an unknown name must not appear as the context of later errors
        return self.learn(body)

    def attempt(self, body: bytes | msgspec.Raw) -> T:
        """The same for content whose names were all seen before; a new one is a ValidationError as well."""
        if self._generation != _structs.generation:
            return self._renewed(body)
        return self._decode(body)

    def learn(self, body: bytes | msgspec.Raw) -> T:
        """The same for content that may have new names, which are learnt."""
        try:
            content, is_exact = _parse(body), True
        except ValidationError:
            content, is_exact = plain(body), False  # it has a number beyond all floats, which must not become null
        met = _objects(self._kind, [content], {})
        with _lock:
            for struct, objects in met.items():
                names = dict.fromkeys(chain.from_iterable(objects))
                _structs.learn(struct, names, answer=self._answer and struct is self._kind)
        moved = [
            _structs.move(struct, objects, answer=self._answer and struct is self._kind)
            for struct, objects in met.items()
        ]
        return self.attempt(msgspec.json.encode(content) if is_exact and any(moved) else body)

    def read_leniently(self, body: bytes | msgspec.Raw, odd: OddMembers, path: str = "") -> T:
        """The same for content of which a member is not of its documented type: it is kept as it came, and noted.

        All names in it have to be learnt before.
        """
        with _lock:
            extended = _structs.extended_type(self._kind, answer=self._answer)
        found: T = odd.read(extended, body, path)
        return found

    def _renewed(self, body: bytes | msgspec.Raw) -> T:
        with _lock:
            generation, extended = _structs.generation, _structs.extended_type(self._kind, answer=self._answer)
            if extended != self._extended:
                self._extended, self._decode = extended, msgspec.json.Decoder(extended).decode
            self._generation = generation
        return self._decode(body)


class _ExtendedStructs:
    """The extended structs, and the names that they have learnt."""

    def __init__(self) -> None:
        self.generation = 0
        self._names: dict[type[Model], dict[str, None]] = {}
        self._extended_structs: dict[tuple[type[Model], bool], type[Model]] = {}
        self._twins: dict[type[Model], type[Model]] = {}

    def extended_type(self, kind: Any, *, answer: bool = False) -> Any:
        """`kind` with extended structs instead of its structs."""
        if _is_model(kind):
            return self.extended_struct(kind, answer=answer)
        parts = get_args(kind) if _is_searched(kind) else ()
        extended = tuple(self.extended_type(part) for part in parts)
        if extended == parts:
            return kind
        return Union[extended] if _is_union(kind) else get_origin(kind)[extended]  # noqa: UP007 - run time

    def extended_struct(self, struct: type[Model], *, answer: bool = False) -> type[Model]:
        """The extended struct of `struct`, with fields for the names that were seen so far."""
        made = self._extended_structs.get((struct, answer))
        if made is None:
            made = self._extended_structs[struct, answer] = self._make(struct, answer, self._names.get(struct, ()))
        return made

    def twin(self, struct: type[Model]) -> type[Model]:
        """The extended struct of `struct` without further fields."""
        made = self._twins.get(struct)
        if made is None:
            made = self._twins[struct] = self._make(struct, False, ())
        return made

    def learn(self, struct: type[Model], members: Iterable[str], *, answer: bool = False) -> None:
        """Note the names that are new; ``EXTRA_KEY`` stands for those that get no field of their own."""
        known, names = _wire_names(struct, answer), self._names.setdefault(struct, {})
        before = len(names)
        for name in members:
            if name not in known and name not in names:
                names[name if len(names) < MAX_EXTRA_FIELDS and _FIELD_NAME.fullmatch(name) else EXTRA_KEY] = None
        if len(names) > before:
            self._extended_structs = {
                key: made for key, made in self._extended_structs.items() if struct not in _inside(key[0])
            }
            self.generation += 1

    def move(self, struct: type[Model], objects: Iterable[dict[str, Any]], *, answer: bool = False) -> bool:
        """Move members whose names got no field into the dict of the rest; False if there are none."""
        names = self._names.get(struct, {})
        if EXTRA_KEY not in names:
            return False
        fields, moved = _wire_names(struct, answer).union(names), False
        for members in objects:
            if not members.keys() <= fields:
                rest = {name: members.pop(name) for name in [*members] if name not in fields}
                members[EXTRA_KEY] = rest
                moved = True
        return moved

    def _make(self, struct: type[Model], answer: bool, learnt: Iterable[str]) -> type[Model]:
        taken = struct.__struct_fields__
        free = (name for number in count(1) if (name := f"unknown_{number}") not in taken)
        names = {next(free): wire for wire in learnt}
        added = {**names, **({next(free): _ENVELOPE} if answer and _ENVELOPE not in _wire_names(struct) else {})}
        fields = [_field(known, self.extended_type(known.type)) for known in _fields_with_structs(struct)]
        if issubclass(struct, Updatable):
            fields = _with_absence(struct, fields)
        fields += [(name, Any, msgspec.field(default=UNSET, name=wire)) for name, wire in added.items()]
        inherited = {"__module__": struct.__module__, "__qualname__": struct.__qualname__, "__doc__": struct.__doc__}
        made = defstruct(
            struct.__name__,
            fields,
            bases=(_Extended, struct),
            namespace={**inherited, **_after_reading(struct), "_base_struct": struct, "_extra_names": names},
            forbid_unknown_fields=True,
            kw_only=True,
        )
        if issubclass(struct, Updatable):
            for name in struct.__struct_fields__:
                setattr(made, name, _none_if_absent(getattr(struct, name)))
        return cast(type[Model], made)


_structs = _ExtendedStructs()


def _with_absence(struct: type[Model], fields: list[tuple[str, Any, Any]]) -> list[tuple[str, Any, Any]]:
    """All fields of an updatable struct, with a default that is not the None that null is read as."""
    kinds = _annotations(struct) | {name: (kind, struct) for name, kind, _ in fields}
    absent = []
    for name, wire, default in zip(
        struct.__struct_fields__, struct.__struct_encode_fields__, struct.__struct_defaults__, strict=True
    ):
        kind, base = kinds[name]
        if isinstance(kind, str) and base is not struct:
            kind = eval(kind, vars(sys.modules[base.__module__]), dict(vars(base)))
        absent.append((name, kind, msgspec.field(default=UNSET if default is None else default, name=wire)))
    return absent


@cache
def _none_if_absent(slot: Any) -> property:
    """What reads a field whose slot is empty as None."""
    read, write = slot.__get__, slot.__set__

    def value(self: object) -> Any:
        held = read(self)
        return None if held is UNSET else held

    return property(value, write)


def _after_reading(struct: type[Model]) -> dict[str, Any]:
    """The ``__post_init__`` of an updatable struct with variants: what was absent is absent afterwards."""
    complete = getattr(struct, "__post_init__", None)
    if complete is None or not issubclass(struct, Updatable):
        return {}
    slots = [
        getattr(struct, name)
        for name, (kind, _) in _annotations(struct).items()
        if kind in ("Raw", "msgspec.Raw", msgspec.Raw)
    ]

    def __post_init__(self: Any) -> None:
        empty = [slot for slot in slots if slot.__get__(self) is UNSET]
        complete(self)
        for slot in empty:
            slot.__set__(self, UNSET)

    return {"__post_init__": __post_init__}


def _remember_nulls(made: Updatable) -> None:
    """Let a struct that a program made remember its nulls from now on; what it lacks is absent."""
    struct = type(made)
    with _lock:
        twin = _structs.twin(struct)
    held = msgspec.structs.astuple(made)
    try:
        made.__class__ = twin  # type: ignore[assignment]
    except TypeError:  # a Python or msgspec that lays them out differently: then None is left out, as before
        return
    for name, value in zip(struct.__struct_fields__, held, strict=True):
        if value is None:
            getattr(struct, name).__set__(made, UNSET)


def _unknown(read: object) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if isinstance(read, _Extended):
        for name, wire in read._extra_names.items():
            value = getattr(read, name)
            if value is not UNSET:
                found |= value if wire == EXTRA_KEY else {wire: value}
    return found


def _restored(struct: type[Model], known: dict[str, Any], unknown: dict[str, Any]) -> Model:
    """An extended struct made of its parts: a copy, or one that comes from another process."""
    with _lock:
        _structs.learn(struct, unknown)
        extended: Any = _structs.extended_struct(struct)
    _structs.move(struct, [unknown])
    names = {wire: name for name, wire in extended._extra_names.items()}
    restored: Model = extended(**known, **{names[wire]: value for wire, value in unknown.items()})
    return restored


def _objects(
    kind: Any, contents: list[Any], found: dict[type[Model], list[dict[str, Any]]]
) -> dict[type[Model], list[dict[str, Any]]]:
    """`found`, with the objects in `contents` added by the struct of `kind` that they are read into."""
    if _is_model(kind):
        objects = [one for one in contents if isinstance(one, dict) and _is_variant(kind, one)]
        found.setdefault(kind, []).extend(objects)
        for field in _fields_with_structs(kind):
            _objects(field.type, [one[field.encode_name] for one in objects if field.encode_name in one], found)
    elif _is_union(kind):
        for part in get_args(kind):
            _objects(part, contents, found)
    elif get_origin(kind) is list:
        _objects(get_args(kind)[0], [item for one in contents if isinstance(one, list) for item in one], found)
    elif get_origin(kind) is dict:
        _objects(get_args(kind)[1], [item for one in contents if isinstance(one, dict) for item in one.values()], found)
    return found


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and get_origin(kind) is None and issubclass(kind, Model)


def _is_union(kind: Any) -> bool:
    return get_origin(kind) in (Union, UnionType)


def _is_variant(struct: type[Model], members: dict[str, Any]) -> bool:
    """Whether the tag of an object, if it has one, is that of `struct`."""
    config = struct.__struct_config__
    return config.tag_field is None or members.get(config.tag_field, config.tag) == config.tag


@cache
def _wire_names(struct: type[Model], answer: bool = False) -> frozenset[str]:
    """The platform's names of the members that `struct` names."""
    config = struct.__struct_config__
    tag = () if config.tag_field is None else (config.tag_field,)
    return frozenset((*struct.__struct_encode_fields__, *tag, *((_ENVELOPE,) if answer else ())))


@cache
def _fields_with_structs(struct: type[Model]) -> tuple[FieldInfo, ...]:
    """Fields of `struct` that have structs in them.

    Most have none, and evaluating an annotation takes longer than reading an object. So annotations of generated
    structs (texts, with None as the default) are skipped if they name only plain types; msgspec evaluates all others.
    """
    annotated = _annotations(struct)
    names = struct.__struct_fields__
    if not annotated.keys() >= set(names) or struct.__struct_defaults__ != (None,) * len(names):
        return tuple(field for field in msgspec.structs.fields(struct) if _has_structs(field.type))
    found = []
    for name, wire in zip(names, struct.__struct_encode_fields__, strict=True):
        kind, base = annotated[name]
        if isinstance(kind, str):
            if _PLAIN.issuperset(_WORD.findall(kind)):
                continue
            kind = eval(kind, vars(sys.modules[base.__module__]), dict(vars(base)))
        found.append(FieldInfo(name=name, encode_name=wire, type=kind, default=None))
    return tuple(field for field in found if _has_structs(field.type))


def _annotations(struct: type[Model]) -> dict[str, tuple[Any, type]]:
    """Annotations by name, each with the class that it stands in."""
    return {
        name: (kind, base)
        for base in reversed(struct.__mro__)
        for name, kind in vars(base).get("__annotations__", {}).items()
    }


@cache
def _inside(struct: type[Model]) -> frozenset[type[Model]]:
    """`struct` and all structs in it."""
    return frozenset(
        (
            struct,
            *(
                inner
                for field in _fields_with_structs(struct)
                for one in _structs_in(field.type)
                for inner in _inside(one)
            ),
        )
    )


@cache
def _has_structs(kind: Any) -> bool:
    """Whether a type contains structs; cached, because many structs inherit the same fields."""
    return any(True for _ in _structs_in(kind))


def _structs_in(kind: Any) -> Iterator[type[Model]]:
    if _is_model(kind):
        yield kind
    elif _is_searched(kind):
        for part in get_args(kind):
            yield from _structs_in(part)


def _is_searched(kind: Any) -> bool:
    """Whether structs in it are extended: what is not searched must not be strict."""
    return _is_union(kind) or get_origin(kind) in (list, dict)


def _struct_of(read: Model) -> type[Model]:
    return read._base_struct if isinstance(read, _Extended) else type(read)


def _field(known: FieldInfo, kind: Any) -> tuple[str, Any, Any]:
    if known.default is not NODEFAULT:
        return known.name, kind, msgspec.field(default=known.default, name=known.encode_name)
    if known.default_factory is not NODEFAULT:
        return known.name, kind, msgspec.field(default_factory=known.default_factory, name=known.encode_name)
    return known.name, kind, msgspec.field(name=known.encode_name)
