"""Modules of ``api/resources/``: operations as constants, nodes of the path as classes, actions as methods."""

from __future__ import annotations

from collections.abc import Mapping

from ....masking import is_secret_name
from ..catalogue import ActionSpec, Catalogue, Field, class_name
from ..review import CatalogueFault
from ..type_expr import ListOf
from .models import answer_fields, answer_name, shape_name
from .notes import action_notes
from .overloads import other_shape, overloads
from .python_types import TypeRenderer
from .returns import paged_member, returned_text
from .signature import Signature
from .text import WIDTH, docstring, exploded, header, imports
from .tree import Attributes, ResourceNode

_VAGUE = frozenset(("type", "types", "format", "status", "sort", "order", "order_by"))
"""Parameters whose names alone are too vague to name the list of their values."""

FEW = 3
"""How many parameters are written on one line if they fit."""

_BUILTIN = frozenset(("list", "dict", "int", "float", "str", "bool"))


class ResourcesWriter:
    """Writes one module with all its nodes."""

    def __init__(self, catalogue: Catalogue, module: str, nodes: Mapping[Attributes, ResourceNode]) -> None:
        self._catalogue = catalogue
        self._module = module
        self._all = nodes
        self._nodes = [node for node in nodes.values() if node.module == module]
        self._types = TypeRenderer(catalogue)
        self._literals: dict[str, tuple[str, ...]] = {}
        self._lazy: dict[str, str] = {}
        root = min(self._nodes, key=lambda node: len(node.attributes))
        self._root = root.attributes[:-1] if root.part else root.attributes

    def write(self) -> str:
        """The module's text."""
        actions = sorted(
            (
                action
                for node in self._nodes
                for action in (node.own_action, *node.actions.values())
                if action is not None
            ),
            key=lambda action: action.path,
        )
        operations = [line for action in actions for line in self._operation(action)]
        operations += [line for action in actions for line in self._other_operation(action)]
        operations += [line for action in actions for line in self._omissions(action)]
        classes = [self._class(node) for node in self._nodes]
        if self._lazy:
            self._types.add_import("typing", "TYPE_CHECKING")
        if self._literals:
            self._types.add_import("typing", "Literal", "TypeAlias")
        lines = [header(f"The actions under `/{'/'.join(self._root)}`."), ""]
        lines += ["from __future__ import annotations", "", *imports(self._modules())]
        if self._lazy:
            lines += ["", "if TYPE_CHECKING:"]
            lines += [
                f"    from .{module} import {name}" for name, module in sorted(self._lazy.items(), key=_by_module)
            ]
        for name, values in self._literals.items():
            lines += ["", *_literal(name, values)]
        if operations:
            lines += ["", *operations]
        for block in classes:
            lines += ["", "", *block]
        return "\n".join(lines) + "\n"

    def returned(self, action: ActionSpec) -> str:
        """The type that the method of `action` gives."""
        return self._ending(action)[0]

    def _modules(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for module, taken in self._types.imports.items():
            name = f"..models.{module.removeprefix('models:')}" if module.startswith("models:") else module
            found.setdefault(name, set()).update(taken)
        return found

    def _operation(self, action: ActionSpec) -> list[str]:
        return self._operation_of(action, self._constant(action), self._answer(action))

    def _other_operation(self, action: ActionSpec) -> list[str]:
        """The operation of an action whose answer has another shape if a parameter says so."""
        if action.facts.get("file_when"):
            return self._operation_of(action, self._file_constant(action), "bytes")
        shape = other_shape(action)
        return [] if shape is None else self._operation(shape)

    def _file_constant(self, action: ActionSpec) -> str:
        return f"{self._constant(action)}_FILE"

    def _operation_of(self, action: ActionSpec, constant: str, kind: str) -> list[str]:
        row = action.row
        self._types.add_import("...operations", "Operation")
        arguments = [f'"{row.path}"', kind]
        if row.api != "backend":
            arguments.append(f'api="{row.api}"')
        if row.method != "POST":
            arguments.append(f'method="{row.method}"')
        if row.encoding != "json":
            arguments.append(f'encoding="{row.encoding}"')
        if row.replay != "write":
            self._types.add_import("...operations", "Replay")
            arguments.append(f"replay=Replay.{row.replay.upper()}")
        if row.session != "session_or_api_key":
            arguments.append(f'session="{row.session}"')
        if row.cap:
            arguments.append(f'cap="{row.cap}"')
        if row.device:
            arguments.append("device=True")
        if action.facts.get("query"):
            arguments.append(f"query={tuple(action.facts['query'])!r}".replace("'", '"'))
        start = f"{constant}: Operation[{kind}] = Operation("
        line = f"{start}{', '.join(arguments)})"
        if len(line) <= WIDTH:
            return [line]
        inner = f"    {', '.join(arguments)}"
        return [start, inner, ")"] if len(inner) <= WIDTH else exploded(start, arguments, ")", "")

    def _omissions(self, action: ActionSpec) -> list[str]:
        """Constants with the members that an update does not take."""
        lines = []
        for param, names in _left_out(action).items():
            start, quoted = f"{self._leaves_out(action, param)} = (", [f'"{name}"' for name in names]
            line = f"{start}{', '.join(quoted)}{',' if len(quoted) == 1 else ''})"
            lines += [line] if len(line) <= WIDTH else exploded(start, quoted, ")", "")
        return lines

    def _leaves_out(self, action: ActionSpec, param: str) -> str:
        return f"{self._constant(action)}_{param.upper()}_WITHOUT"

    def _answer(self, action: ActionSpec) -> str:
        if action.is_file:
            return "bytes"
        if not action.answer:
            self._types.add_import("typing", "Any")
            return "dict[str, Any]"
        module = self._catalogue.resources[action.resource].module
        self._types.add_import(f"models:{module}", answer_name(action))
        return answer_name(action)

    def _constant(self, action: ActionSpec) -> str:
        own = action.attributes[len(self._root) :] or action.attributes[-1:]
        further = ("alias",) if "alias_of" in action.facts else shape_name(action)
        return "_".join(part.rstrip("_") for part in (*own, *further)).upper()

    def _class(self, node: ResourceNode) -> list[str]:
        taken = frozenset((*node.actions, *node.children)) & _BUILTIN
        self._types.shadowed = taken
        description = f"Actions under `{node.path}`." + (f" {node.description}" if node.description else "")
        for base in node.bases:
            self._types.add_import(f".{base.module}", base.class_name)
        bases = ", ".join(base.class_name for base in node.bases) or "Resource"
        if bases == "Resource":
            self._types.add_import("..runtime.resource", "Resource")
        lines = [f"class {node.class_name}({bases}):", *docstring([description], "    "), "", "    __slots__ = ()"]
        for name in node.children:
            lines += ["", *self._below(node, name)]
        if node.own_action is not None:
            lines += ["", *self._method("__call__", node.own_action)]
        for name, action in node.actions.items():
            lines += ["", *self._method(name, action)]
        self._types.shadowed = frozenset()
        return lines

    def _below(self, node: ResourceNode, name: str) -> list[str]:
        child = self._all[(*node.attributes, name)]
        lines = ["    @property", f"    def {name}(self) -> {child.class_name}:"]
        lines += [f'        """Actions under `{child.path}`."""']
        if child.module != self._module:
            self._lazy[child.class_name] = child.module
            lines.append(f"        from .{child.module} import {child.class_name}  # loaded when first used")
            lines.append("")
        return [*lines, f"        return {child.class_name}(self._caller)"]

    def _method(self, name: str, action: ActionSpec) -> list[str]:
        signature = Signature(self._catalogue, action, self._types, self._literal_name)
        returned, ending = self._ending(action)
        start, parameters = f"{self._async(action)}def {name}(", signature.parameters()
        otherwise, branch = self._otherwise(action)
        varying = overloads(action, signature, parameters, returned, otherwise)
        lines = []
        for changed, given in varying:
            lines += ["    @overload", *_head(start, changed, f") -> {given}: ...")]
        if varying:
            self._types.add_import("typing", "overload")
            returned = f"{returned} | {otherwise}"
        lines += _head(start, parameters, f") -> {returned}:")
        lines += docstring(self._documentation(action, signature), "        ")
        pager = self._pager(action)
        if pager is not None:
            lines += [f"        from ...paging import {pager}  # loaded when first used", ""]
        if action.facts.get("alias_why") == "renamed":
            self._types.add_import("..runtime.resource", "warn_renamed")
            lines.append(f'        warn_renamed("{action.path}", "{action.facts["alias_of"].path}")')
        lines += [f"        {check}" for check in signature.checks()]
        if action.params or action.is_file or self._pager(action):
            lines += [*self._params(action, signature), *(f"        {line}" for line in signature.open_params())]
        lines += [f"        {line}" for line in branch]
        return [*lines, *(f"        {line}" for line in _sealed(action, ending))]

    def _otherwise(self, action: ActionSpec) -> tuple[str, list[str]]:
        """What the method returns if a parameter asks for another shape, and the statements for it."""
        by_file, shape = action.facts.get("file_when"), other_shape(action)
        if by_file:
            self._types.add_import("..runtime.resource", "Download")
            download = f"Download(self._caller, {self._file_constant(action)}, params, timeout=timeout, lane=lane)"
            return "Download", [f"if {by_file} is not UNSET:", f"    return {download}"]
        if shape is None:
            return "", []
        self._types.add_import("typing", "Literal")
        varies = action.facts["varies"]
        returned, ending = self._ending(shape)
        ending = [line.replace("answer", "other") for line in ending]
        return returned, [f"if {varies['param']} is {varies['value']}:", *(f"    {line}" for line in ending)]

    def _params(self, action: ActionSpec, signature: Signature) -> list[str]:
        values = signature.values()
        if not values:
            return ["        params: dict[str, Any] = {}"]
        left_out = _left_out(action)
        if left_out:
            self._types.add_import("..runtime.checks", "omit_members")
        rows = [
            f'"{wire}": {f"omit_members({value}, {self._leaves_out(action, wire)})" if wire in left_out else value}'
            for wire, value in values
        ]
        if signature.is_whole:
            self._types.add_import("..runtime.checks", "complete")
            needed = [f'"{param.name}"' for param in action.params if param.required]
            lines = ["        params = complete(", "            as_read,", *exploded("{", rows, "},", "            ")]
            line = f"            needed=({', '.join(needed)}),"
            lines += [line] if len(line) <= WIDTH else exploded("needed=(", needed, "),", "            ")
            return [*lines, "        )"]
        free = signature.free_members()
        if free is not None:
            lines = exploded("params = {", [*rows, f"**{free[0]}("], "}", "        ")
            inner = [f"                {argument}," for argument in free[1]]
            return [*lines[:-2], lines[-2].removesuffix(","), *inner, "            ),", lines[-1]]
        if signature.has_optional:
            self._types.add_import("..runtime.checks", "drop_unset")
        flat = f"{{{', '.join(rows)}}}"
        line = f"        params = {f'drop_unset({flat})' if signature.has_optional else flat}"
        if len(rows) <= FEW and len(line) <= WIDTH:
            return [line]
        if not signature.has_optional:
            return exploded("params = {", rows, "}", "        ")
        return ["        params = drop_unset(", *exploded("{", rows, "}", "            "), "        )"]

    def _ending(self, action: ActionSpec) -> tuple[str, list[str]]:
        """The type that the method returns, and the statements that produce it."""
        operation, given = self._constant(action), "params, " if action.params else ""
        tail = f"{operation}, {given}timeout=timeout, lane=lane"
        if action.is_file:
            self._types.add_import("..runtime.resource", "Download")
            return "Download", [f"return Download(self._caller, {operation}, params, timeout=timeout, lane=lane)"]
        pager, paged = self._pager(action), paged_member(action)
        if pager is not None and paged is not None:
            self._lazy[pager] = "..paging"
            item = self._item(action)
            arguments = f"self._caller, {operation}, params, items=lambda answer: answer.{paged.python}, "
            arguments += "timeout=timeout, lane=lane"
            line = f"return {pager}({arguments})"
            lines = [line] if len(line) + 8 <= WIDTH else [f"return {pager}(", f"    {arguments}", ")"]
            if max(map(len, lines)) + 8 > WIDTH:
                lines = exploded(f"return {pager}(", arguments.split(", "), ")", "")
            return f"{pager}[{answer_name(action)}, {item}]", lines
        if not action.answer:
            return "None", [f"await self._caller.call({tail})"]
        fields = answer_fields(action)
        if len(fields) > 1 or fields[0].secret:
            return answer_name(action), [f"return await self._caller.call({tail})"]
        return self._unwrapped(action, fields[0], tail)

    def _unwrapped(self, action: ActionSpec, member: Field, tail: str) -> tuple[str, list[str]]:
        kind = self._types.member(member.type)
        call = f"answer = await self._caller.call({tail})"
        if not member.always:
            return f"{kind} | None", [call, f"return answer.{member.python}"]
        if member.facts.get("bare") and isinstance(member.type, ListOf):
            self._types.add_import("..runtime.resource", "list_or_single")
            item = self._types.member(member.type.item)
            arguments = f'answer, {item}, {self._constant(action)}, "{member.name}"'
            return kind, [call, f"return list_or_single(answer.{member.python}, {arguments})"]
        self._types.add_import("..runtime.resource", "require")
        return kind, [call, f'return require(answer.{member.python}, {self._constant(action)}, "{member.name}")']

    def _async(self, action: ActionSpec) -> str:
        """``async `` unless the method returns a pager or a download, which are awaited themselves."""
        return "" if action.is_file or self._pager(action) else "async "

    def _pager(self, action: ActionSpec) -> str | None:
        """The class of pager for the action, if its answers are paged in a supported way."""
        paging = action.facts.get("paging") or {}
        if paged_member(action) is None:
            return None
        if paging.get("offset_param") and action.param(paging["offset_param"]):
            return "OffsetPager"
        window = action.facts.get("window") or {}
        if action.path.startswith("history/") and paging and window.get("to_param"):
            return "HistoryPager"
        return None

    def _item(self, action: ActionSpec) -> str:
        member = paged_member(action)
        if member is None or not isinstance(member.type, ListOf):
            raise CatalogueFault(f"{action.path}: the paged member is not a list")
        return self._types.member(member.type.item)

    def _documentation(self, action: ActionSpec, signature: Signature) -> list[str]:
        description = str(action.facts.get("summary") or f"Call the platform's action `{action.path}`.")
        returns = ["", "Returns:", f"    {returned_text(action, self.returned(action).replace('builtins.', ''))}"]
        lines = [description, *_about(action), *signature.documentation(), *returns, *signature.errors()]
        return [*lines, "", f"Platform action: `{action.address}`"]

    def _literal_name(self, action: ActionSpec, name: str, values: list[str]) -> str:
        """The alias of a list of values: named after the parameter, numbered if another list has that name."""
        plain = class_name(name.rstrip("_"))
        if name in _VAGUE:
            plain = class_name(action.path.split("/")[-2]) + plain
        for number in range(1, 100):
            alias = plain if number == 1 else f"{plain}{number}"
            if self._literals.setdefault(alias, tuple(values)) == tuple(values):
                return alias
        raise CatalogueFault(f"too many lists of values for {name}")


def write_index(nodes: Mapping[Attributes, ResourceNode]) -> str:
    """The module with the entry point: ``Resources``."""
    # The panel is another world with sessions of its own: its actions hang on a panel account.
    tops = sorted(
        (node for node in nodes.values() if len(node.attributes) == 1 and node.attributes != ("panel",)),
        key=lambda node: node.attributes,
    )
    lines = [header("The entrance to all actions: the first part of the platform's path is an attribute here."), ""]
    lines += [
        "from __future__ import annotations",
        "",
        "from typing import TYPE_CHECKING, cast",
        "",
        "from ...operations import FileCaller",
        "",
        "if TYPE_CHECKING:",
    ]
    lines += [f"    from .{node.module} import {node.class_name}" for node in tops]
    about = [
        "The platform's actions under their own paths: ``/tracker/group/list`` is ``.tracker.group.list()``.",
        "",
        "A resource's module is loaded when it is first used.",
    ]
    lines += ["", "", "class Resources:", *docstring(about, "    "), ""]
    lines += [
        "    def __init__(self, caller: FileCaller) -> None:",
        "        # An account is its own caller, and must not hold itself: it would live until the collector comes by.",
        "        self._given = None if cast(object, caller) is self else caller",
        "",
        "    @property",
        "    def _caller(self) -> FileCaller:",
        "        return cast(FileCaller, self) if self._given is None else self._given",
    ]
    for node in tops:
        lines += ["", "    @property", f"    def {node.attributes[0]}(self) -> {node.class_name}:"]
        lines += docstring(
            [f"Actions under `{node.path}`." + (f" {node.description}" if node.description else "")], "        "
        )
        lines += [f"        from .{node.module} import {node.class_name}  # loaded when first used"]
        lines += ["", f"        return {node.class_name}(self._caller)"]
    return "\n".join(lines) + "\n"


def _head(start: str, parameters: list[str], end: str) -> list[str]:
    """The first lines of a method."""
    short = f"    {start}{', '.join(parameters)}{end}"
    return [short] if len(short) <= WIDTH else exploded(start, parameters, end, "    ")


def _sealed(action: ActionSpec, ending: list[str]) -> list[str]:
    """`ending` for a method that takes a secret: an error must not carry it away in the locals of its frame."""
    secret = [param.python for param in action.params if is_secret_name(param.name) or param.is_open]
    before, awaits, call = ending[0].partition("await ")
    if not secret or not awaits:
        return ending
    secret += [param.python for param in action.params if param.is_whole]
    return [
        f"call = {call}",
        f"del {', '.join((*secret, 'params'))}  # an error must not carry them away",
        f"{before}await call",
        *ending[1:],
    ]


def _left_out(action: ActionSpec) -> Mapping[str, list[str]]:
    """Members that an update does not take, by parameter."""
    found: Mapping[str, list[str]] = action.facts.get("update", {}).get("left_out", {})
    return found


def _about(action: ActionSpec) -> list[str]:
    sentences = action_notes(action)
    return ["", " ".join(sentences)] if sentences else []


def _literal(name: str, values: tuple[str, ...]) -> list[str]:
    quoted = [f'"{value}"' for value in values]
    line = f"{name}: TypeAlias = Literal[{', '.join(quoted)}]"
    return [line] if len(line) <= WIDTH else exploded(f"{name}: TypeAlias = Literal[", quoted, "]", "")


def _by_module(entry: tuple[str, str]) -> tuple[str, str]:
    return (entry[1], entry[0])
