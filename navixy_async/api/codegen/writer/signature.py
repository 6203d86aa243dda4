"""One method: its parameters, what is checked before they are sent, and its docstring."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from ....codes import meaning
from ..catalogue import ActionSpec, Catalogue, Parameter
from ..field_texts import with_unit
from ..type_expr import ListOf, Scalar, Type
from .python_types import TypeRenderer

MOST_LITERALS = 16
"""Longer lists of values would only fill the page; the platform lists them itself."""


_GROUPS = {"file_id_overrides_batch": "at_least_one", "interval_or_from_to": "interval_or_period"}
"""Documented kinds of groups that are checked under another name."""

_TOGETHER = {
    "exactly_one": "exactly one of {all}",
    "at_least_one": "at least one of {all}",
    "file_id_overrides_batch": "at least one of {all}; {1} counts if both are given",
    "interval_or_from_to": "either {0} and {1}, or {2}",
}


_FREE_BOUNDS = ("name_pattern", "name_max_length", "text_pattern", "text_max_length")
"""Bounds of members whose names are the program's own."""


class Signature:
    """The parameters of one action, as its method takes them."""

    def __init__(
        self,
        catalogue: Catalogue,
        action: ActionSpec,
        types: TypeRenderer,
        literal: Callable[[ActionSpec, str, list[str]], str],
    ) -> None:
        self._catalogue = catalogue
        self._action = action
        self._types = types
        self._literal = literal
        required = [param for param in action.params if param.required]
        self.positional = required if _unambiguous(required) else []
        self.keywords = [param for param in required if param not in self.positional]
        self.keywords += [param for param in action.params if not param.required]

    def parameters(self) -> list[str]:
        """The parameter list, including ``self`` and the options of every call."""
        self._types.add_import("...operations", "Lane")
        lines = ["self", *(self._parameter(param) for param in self.positional), "*"]
        lines += [self._parameter(param) for param in self.keywords]
        return [*lines, "timeout: float | None = None", "lane: Lane | None = None"]

    def checks(self) -> list[str]:
        """Statements that refuse what the documents forbid."""
        lines = []
        for group in self._action.facts.get("groups", ()):
            kind = group["kind"]
            names = [param.python for name in group["params"] if (param := self._action.param(name)) is not None]
            check = _GROUPS.get(kind, kind) if len(names) > 1 else None
            if check == "interval_or_period":
                lines.append(f"{check}({', '.join(names)})")
            elif check is not None:
                lines.append(f"{check}({', '.join(f'{name}={name}' for name in names)})")
            if check is not None:
                self._types.add_import("..runtime.checks", check)
        period = self._period()
        if period:
            self._types.add_import("..runtime.checks", "check_period")
            longest = (self._action.facts.get("window") or {}).get("longest_days")
            naive = ", naive=True" if self._action.row.api == "panel" else ""
            lines.append(f"check_period({', '.join(period)}{f', longest_days={longest}' if longest else ''}{naive})")
        for param in self._action.params:
            lines += self._check(param)
        return lines

    def values(self) -> list[tuple[str, str]]:
        """Wire names, and the expressions that are sent under them."""
        return [(param.name, self._value(param)) for param in self._action.params if param.is_sent]

    def open_params(self) -> list[str]:
        """Statements that add further parameters to those that are named."""
        lines = []
        for param in self._action.params:
            if param.is_open:
                self._types.add_import("..runtime.checks", "further_params")
                lines.append(f'params |= further_params("{param.python}", {param.python}, params)')
        return lines

    def free_members(self) -> tuple[str, list[str]] | None:
        """The function and its arguments that give members named by the program; None if the action takes none."""
        free = next((param for param in self._action.params if param.is_free), None)
        if free is None:
            return None
        facts = free.facts["free_members"]
        taken = ", ".join(f'"{param.name}"' for param in self._action.params if param.is_sent)
        bounds = [f"{bound}={facts[bound]!r}".replace("'", '"') for bound in _FREE_BOUNDS]
        self._types.add_import("..runtime.checks", "free_members")
        return "free_members", [f'"{free.python}"', free.python, f"taken=({taken})", *bounds]

    @property
    def has_optional(self) -> bool:
        """Whether some parameters may be left out."""
        named = (param for param in self._action.params if not param.is_open)
        return any(not param.required and _sent_by_default(param) is None for param in named)

    def documentation(self) -> list[str]:
        """Lines about the parameters, and about what is refused before sending."""
        lines = [f"    {param.python}: {self.about(param)}." for param in (*self.positional, *self.keywords)]
        return ["", "Args:", *lines] if lines else []

    def errors(self) -> list[str]:
        """Lines about the exceptions, by their names."""
        lines = []
        bounded = any("most=" in value or "least=" in value for _, value in self.values())
        if bounded or self.checks():
            missing = ", or needed and missing" if self.is_whole else ""
            lines.append(f"    InvalidInput: a parameter is outside of its bounds{missing}; nothing was sent.")
        by_class: dict[str, list[int]] = {}
        for code in self._action.facts.get("errors", ()):
            kind, _ = meaning(self._action.row.api, code, 400)
            by_class.setdefault(kind.__name__, []).append(code)
        for name, codes in by_class.items():
            word = "code" if len(codes) == 1 else "codes"
            lines.append(f"    {name}: {word} {', '.join(map(str, codes))}.")
        return ["", "Raises:", *lines] if lines else []

    def _together(self, param: Parameter) -> list[str]:
        """How the parameter relates to others of its group."""
        return [_TOGETHER[kind].format(*names, all=", ".join(names)) for kind, names in self._groups_of(param)]

    def is_one_of(self, param: Parameter) -> bool:
        """Whether the parameter belongs to a group of which something must be given."""
        return any(True for _ in self._groups_of(param))

    def _groups_of(self, param: Parameter) -> Iterator[tuple[str, list[str]]]:
        """Kind and names of every group with a choice that the parameter belongs to."""
        for group in self._action.facts.get("groups", ()):
            names = [found.python for name in group["params"] if (found := self._action.param(name)) is not None]
            if param.python in names and len(names) > 1:
                yield group["kind"], names

    def declared(self, param: Parameter) -> str:
        """A parameter as it stands in the signature."""
        return self._parameter(param)

    @property
    def is_whole(self) -> bool:
        """Whether the action replaces everything, and takes it as it was read."""
        return any(param.is_whole for param in self._action.params)

    def _parameter(self, param: Parameter) -> str:
        values = self._documented(param)
        literal = self._literal(self._action, param.python, values) if 0 < len(values) <= MOST_LITERALS else None
        kind = self._types.argument(param.type, literal)
        none = " | None" if param.facts.get("nullable") else ""
        if param.is_free:
            self._types.add_import("collections.abc", "Mapping")
            return f"{param.python}: Mapping[str, str | float | bool | None]"
        if param.required and not self.is_whole:
            return f"{param.python}: {kind}{none}"
        sent = _sent_by_default(param)
        if sent is not None:
            return f"{param.python}: {kind}{none} = {sent!r}"
        self._types.add_import("msgspec", "UNSET", "UnsetType")
        return f"{param.python}: {kind} | UnsetType{none} = UNSET"

    def _documented(self, param: Parameter) -> list[str]:
        """The documented values of a parameter, as far as they are texts."""
        if "values" in param.facts:
            values = param.facts["values"]
        elif "enum" in param.facts:
            names = str(param.facts["enum"]).split("|")
            values = [value for name in names for value in self._catalogue.enums.get(name, ())]
        else:
            return []
        return [value for value in values if isinstance(value, str)]

    def _word(self, param: Parameter) -> str:
        """The general text for parameters of that name, or of that name and type."""
        words = self._catalogue.parameter_texts
        plain = param.name.replace("_", " ").replace(".", " ")
        return words.get(f"{param.name}: {param.kind}") or words.get(param.name) or plain

    def _period(self) -> tuple[str, ...]:
        """The names of both ends of the action's period, if it has both and the period can be given in no other way."""
        facts = self._action.facts.get("window") or {}
        ends = [self._action.param(str(facts.get(key))) for key in ("from_param", "to_param")]
        names = [
            end.python for end in ends if end is not None and end.basis != "one_of" and end.type == Scalar("datetime")
        ]
        return tuple(names) if len(names) == 2 else ()

    def _check(self, param: Parameter) -> list[str]:
        facts, name = param.facts, param.python
        if not param.is_sent or isinstance(param.type, ListOf) or facts.get("config"):
            # A bound that the platform's owner may set otherwise is the platform's to keep.
            return []
        numeric = isinstance(param.type, Scalar) and param.type.name in ("int", "float", "number")
        bounds = _bounds(facts, ("min", "least"), ("max", "most")) if numeric else ""
        if bounds:
            self._types.add_import("..runtime.checks", "check_range")
            return [f'check_range("{name}", {name}{bounds})']
        bounds = _bounds(facts, ("min_length", "least"), ("max_length", "most"))
        if bounds:
            self._types.add_import("..runtime.checks", "check_length")
            return [f'check_length("{name}", {name}{bounds})']
        return []

    def _value(self, param: Parameter) -> str:
        if param.type == Scalar("file"):
            self._types.add_import("...files", "as_upload")
            return f"as_upload({param.python})"
        if not isinstance(param.type, ListOf):
            return param.python
        self._types.add_import("..runtime.checks", "as_list")
        facts = {} if param.facts.get("config") else param.facts
        bounds = _bounds(
            facts,
            ("min_items", "least"),
            ("max_items", "most"),
            ("item_min_length", "shortest"),
            ("item_max_length", "longest"),
        )
        unique = ", unique=True" if facts.get("unique") else ""
        return f'as_list("{param.python}", {param.python}{bounds}{unique})'

    def about(self, param: Parameter) -> str:
        """What a parameter is, with its unit, bounds, values and default."""
        facts = param.facts
        if param.is_free:
            return str(facts["free_members"]["description"])
        if param.is_whole:
            return "the settings as `read` returned them: whatever is not given beside it is sent as it was"
        parts = [with_unit(str(facts.get("description") or self._word(param)), facts.get("unit"))]
        for low, high, unit in (
            ("min", "max", ""),
            ("min_length", "max_length", " characters"),
            ("min_items", "max_items", " items"),
            ("item_min_length", "item_max_length", " characters per item"),
        ):
            bounds = _range(facts.get(low), facts.get(high))
            if bounds and not facts.get("config"):
                parts.append((bounds + unit).replace(" 1 items", " 1 item").replace(" 1 characters", " 1 character"))
        if facts.get("unique"):
            parts.append("no item twice")
        if facts.get("config"):
            parts.append(_configured(facts))
        parts += self._together(param)
        values = self._documented(param)
        if 0 < len(values) <= MOST_LITERALS:
            parts.append(f"documented: {', '.join(values)}")
        if "default" in facts and _sent_by_default(param) is None:
            default = facts["default"]
            shown = str(default).lower() if isinstance(default, bool) else default
            parts.append(f"the platform's default: {', '.join(map(str, shown)) if isinstance(shown, list) else shown}")
        return "; ".join(parts)


def _unambiguous(required: list[Parameter]) -> bool:
    """Whether the required parameters cannot be confused: they are few and of different types, except a period."""
    kinds: list[Type | str] = ["period" if param.name in ("from", "to") else param.type for param in required]
    return len(required) <= 3 and len(set(kinds)) == len(kinds) - (1 if kinds.count("period") == 2 else 0)


def _sent_by_default(param: Parameter) -> Any:
    """The value that is sent by default because the platform requires one; None if there is none."""
    return param.facts.get("default") if param.basis == "reviewed" and param.facts.get("required") else None


def _configured(facts: Mapping[str, Any]) -> str:
    """What a bound is that the platform's owner may set."""
    lengths = _range(facts.get("min_length"), facts.get("max_length"))
    if lengths:
        return f"as `{facts['config']}` says, usually {lengths} characters"
    usual = facts.get("max") or facts.get("max_items")
    return f"at most the platform's `{facts['config']}`{f', usually {usual}' if usual else ''}"


def _bounds(facts: Mapping[str, Any], *keys: tuple[str, str]) -> str:
    return "".join(
        f", {name}={facts[key]}"
        for key, name in keys
        if isinstance(facts.get(key), int | float) and (facts[key] != 0 or key == "min")
    )


def _range(low: Any, high: Any) -> str:
    if low in (None, 0) and high is None:
        return ""
    if high is None:
        return f"at least {low}"
    return f"at most {high}" if low in (None, 0) else f"{low} to {high}"
