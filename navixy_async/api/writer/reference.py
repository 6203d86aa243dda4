"""Pages of ``docs/reference/``: one for each noun, and the coverage of all documented actions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from ..facts import Action, Catalogue, Field, Noun, Param, Thing
from ..kinds import Either, ListOf, MapOf, Ref, Type
from .models import remarks
from .python_types import Spelling
from .resources import ResourcesWriter
from .signature import Signature, access, update
from .tree import Attributes, Node

_NOTE = "<!-- Written by `python -m navixy_async.api.generate`: change the facts, never this page. -->"

_REPLAY = {
    "read": "changes nothing, repeated freely",
    "idempotent": "the same after one request or two, repeated",
    "write": "sent again only when it provably did nothing",
}
_KEYS = {"int": "id", "date": "day", "str": "name"}
_SESSIONS = {
    "session_or_api_key": "session or API key",
    "standard_session_only": "session of a login",
    "panel_session": "panel session",
    "none": "none",
    "emailed_link_session": "session of a mailed link",
    "second_factor_session": "session of a second factor",
    "root_access": "the platform's own",
}


class ReferenceWriter:
    """Writes all pages."""

    def __init__(self, catalogue: Catalogue, nodes: Mapping[Attributes, Node]) -> None:
        self._catalogue = catalogue
        self._nodes = nodes
        self._spelling = Spelling(catalogue)
        self._modules = {action.path: node.module for node in nodes.values() for action in _of(node)}

    def write(self) -> dict[str, str]:
        """Every page by its name."""
        pages = {f"{noun.module}.md": self._page(noun) for noun in self._catalogue.nouns.values()}
        pages["README.md"] = self._index()
        pages["coverage.md"] = self._coverage()
        return pages

    def _index(self) -> str:
        lines = ["# Reference", "", _NOTE, "", "Every action under its attribute, every object with its members.", ""]
        lines += ["| page | what | actions | objects |", "|---|---|---|---|"]
        for noun in self._catalogue.nouns.values():
            counts = f"{len(noun.actions)} | {len(noun.things)}"
            lines.append(f"| [{noun.name}]({noun.module}.md) | {noun.says} | {counts} |")
        return "\n".join([*lines, "", "All documented actions: [coverage](coverage.md)."]) + "\n"

    def _coverage(self) -> str:
        typed = {action.path: action for action in self._catalogue.actions()}
        counts = Counter(row.api for row in self._catalogue.table.values())
        lines = ["# Coverage", "", _NOTE, ""]
        lines += [
            f"{len(self._catalogue.table)} documented actions: {len(typed)} methods, "
            "and the frames of the websocket as [messages](websocket.md).",
            "",
            "| interface | actions |",
            "|---|---|",
            *(f"| {api} | {count} |" for api, count in counts.items()),
            "",
            "| action | method | credential | replay |",
            "|---|---|---|---|",
        ]
        for path, row in self._catalogue.table.items():
            action = typed.get(path)
            method = f"[{_attribute(action)}]({action.noun.replace('.', '_')}.md)" if action else "message"
            lines.append(f"| `{path}` | {method} | {_SESSIONS[row.session]} | {row.replay} |")
        return "\n".join(lines) + "\n"

    def _page(self, noun: Noun) -> str:
        lines = [f"# {noun.name}", "", _NOTE, "", noun.says]
        for action in sorted(noun.actions, key=lambda action: action.path):
            lines += ["", *self._action(action)]
        if noun.things:
            lines += ["", "## Objects", "", f"In `navixy_async.api.models.{noun.module}`."]
        for thing in noun.things:
            lines += ["", *self._thing(thing)]
        return "\n".join(lines) + "\n"

    def _action(self, action: Action) -> list[str]:
        writer = ResourcesWriter(self._catalogue, self._modules[action.path], self._nodes)
        signature = Signature(self._catalogue, action, self._spelling, lambda _action, _name, _values: "str")
        returned = writer.returned(action).replace("builtins.", "")
        parameters = [part for part in signature.parameters()[1:-2] if part != "*"]
        head = f"{_attribute(action)}({', '.join(part.split(':')[0] for part in parameters)})"
        lines = [f"## `{head}`", "", str(action.facts.get("does", "")), "", *access(action), *update(action)]
        row = action.row
        sent = f"`{row.method} /{row.path}`" + (f", {row.encoding}" if row.encoding != "json" else "")
        lines += ["", f"Platform action: {sent}; {row.replay}: {_REPLAY[row.replay]}."]
        if row.cap:
            lines.append(f"Has a rate rule of its own: `{row.cap}`.")
        if action.params:
            lines += ["", "| parameter | type | needed | what |", "|---|---|---|---|"]
            lines += [self._param(signature, param) for param in action.params]
        lines += ["", f"Gives `{returned}`."]
        told = [self._member(member) for member in action.answer]
        if told and not action.is_file:
            lines += ["", "| in the answer | type | what |", "|---|---|---|", *told]
        errors = signature.errors()[2:]
        if errors:
            lines += ["", "Raises " + "; ".join(line.strip().rstrip(".").replace(": ", ", ") for line in errors) + "."]
        return [line for at, line in enumerate(lines) if line or lines[at - 1]]

    def _param(self, signature: Signature, param: Param) -> str:
        kind = self._type(param.type)
        return f"| `{param.python}` | {kind} | {'yes' if param.required else 'no'} | {_cell(signature.about(param))} |"

    def _member(self, member: Field) -> str:
        return f"| `{member.name}` | {self._type(member.type)} | {_cell(remarks(member, self._catalogue.words))} |"

    def _thing(self, thing: Thing) -> list[str]:
        lines = [f"### {thing.class_name}", "", thing.says or "An object of the platform."]
        if thing.variants:
            names = (f"`{self._catalogue.things[name].class_name}`" for name in thing.variants)
            return [*lines, "", f"One of {', '.join(names)}, told apart by `{thing.tag}`."]
        if thing.base is not None:
            lines.append(f"Has the members of `{self._catalogue.things[thing.base].class_name}`, too.")
        if thing.tag is not None:
            lines.append(f"Its `{thing.tag}` is `{thing.tag_value}`.")
        if thing.fields:
            lines += [
                "",
                "| member | type | what |",
                "|---|---|---|",
                *(self._member(member) for member in thing.fields),
            ]
        return lines

    def _type(self, kind: Type) -> str:
        if isinstance(kind, Ref):
            thing = self._catalogue.things[kind.name]
            page = self._catalogue.nouns[thing.noun].module
            return f"[{thing.class_name}]({page}.md#{thing.class_name.lower()})"
        if isinstance(kind, ListOf):
            return f"list of {self._type(kind.item)}"
        if isinstance(kind, MapOf):
            return f"map of {self._type(kind.value)} by {_KEYS[kind.key]}"
        if isinstance(kind, Either):
            return " or ".join(self._type(part) for part in kind.parts)
        return {"number": "number", "any": "anything", "str": "text"}.get(kind.name, kind.name)


def _attribute(action: Action) -> str:
    root = "panel_account" if action.row.api == "panel" else "account"
    return ".".join((root, *action.attributes[1 if action.row.api == "panel" else 0 :]))


def _of(node: Node) -> list[Action]:
    return [action for action in (node.itself, *node.actions.values()) if action is not None]


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
