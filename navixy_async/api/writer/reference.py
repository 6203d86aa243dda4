"""Pages of ``docs/reference/``: one for each noun, and the coverage of all documented actions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from textwrap import wrap

from ..facts import Action, Catalogue, Field, Noun, Param, Thing
from ..kinds import Either, ListOf, MapOf, Ref, Type
from .models import LIMIT_EXCEEDED, answer_fields, described, remarks
from .python_types import Spelling
from .resources import ResourcesWriter
from .signature import Signature, access, update
from .tree import Attributes, Node

_LINE = 100
"""Characters of a line of code on a page."""

_NOTE = "<!-- Written by `python -m navixy_async.api.generate`: change the facts, never this page. -->"

_REPLAY = {
    "read": "changes nothing, repeated freely",
    "idempotent": "the same after one request or two; sent again when it provably did nothing, or with repeat_updates",
    "write": "sent again only when it provably did nothing",
}
_NOT_AWAITED = ("Download", "HistoryPager", "OffsetPager")

_BASIS = {
    "doc": "the page says so",
    "doc_text": "the text of the page says so",
    "unmarked": "the page says nothing, and nothing else speaks against it",
    "default": "the page names a default",
    "one_of": "one of several, see the parameter",
    "conditional": "the page makes it depend on others",
    "override": "the page and its examples disagree, and the examples count",
    "reviewed": "people decided, see below",
    "example": "the examples show it",
    "example_only": "only an example shows it",
    "path": "it is part of the path",
}
"""What the facts call the reason why a parameter is needed or not."""

_HINT = {"unmarked": " (unmarked)", "reviewed": " (reviewed)", "override": " (overruled)", "conditional": " (depends)"}

_HOW_TO_READ = """\
Every action under its attribute, every object with its members.

A method takes what stands before the `*` by position or by name, the rest by name. What is shown as `name=...` may be
left out: it is then not sent, and the platform uses its default. `None` is sent as null. Beside what is shown, every
method takes `timeout=` (seconds for everything: queue, attempts, waits) and `lane=` (`interactive`, `live`, `bulk`).

*needed* says whether a method insists on a parameter: *unmarked* where the page of the platform says nothing and no
example and no answer speaks against it, *reviewed* and *overruled* where people decided for the reasons in
[coverage](coverage.md#needed-or-not). Bounds of parameters are checked before anything is sent (`InvalidInput`, with a
sentence that names the bound), but for those that the platform's owner may set otherwise; bounds of the members of
objects are the platform's to check.

Beside what its page lists, every call may raise `AuthError`, `InvalidRequest` (7), `RateLimited`, `ServerFault`,
`TransportError`, `DeadlineExceeded` and `DecodeFailed`. Members of objects may always be absent (`None`).
"""

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
        lines = [
            "# Reference",
            "",
            _NOTE,
            "",
            *_HOW_TO_READ.splitlines(),
            "",
            "| page | what | actions | objects |",
            "|---|---|---|---|",
        ]
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
            *self._bases(list(typed.values())),
            "",
            "## Actions",
            "",
            "| action | method | credential | replay | device |",
            "|---|---|---|---|---|",
        ]
        for path, row in self._catalogue.table.items():
            action = typed.get(path)
            method = "message"
            if action is not None:
                anchor = "".join(char for char in _attribute(action).lower() if char.isalnum() or char == "_")
                method = f"[{_attribute(action)}]({action.noun.replace('.', '_')}.md#{anchor})"
            lines.append(f"| `{path}` | {method} | {_SESSIONS[row.session]} | {row.replay} | {row.device} |")
        return "\n".join(lines) + "\n"

    def _bases(self, actions: list[Action]) -> list[str]:
        """What it rests on that parameters must be given or not, and each decision of people with its reason."""
        counts = Counter((param.basis, param.required) for action in actions for param in action.params)
        lines = ["## Needed or not", "", "What decides whether a method insists on a parameter:", ""]
        lines += ["| basis | needed | parameters |", "|---|---|---|"]
        for (basis, required), count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
            lines.append(f"| {_BASIS[basis]} | {'yes' if required else 'no'} | {count} |")
        lines += ["", "Where the documents were overruled, or people decided:", "", "| action | parameter | why |"]
        lines.append("|---|---|---|")
        for action in actions:
            for param in action.params:
                if param.basis == "reviewed":
                    needed = "" if not param.required else "needed: "
                    lines.append(f"| `{action.path}` | `{param.python}` | {needed}{_cell(str(param.facts['why']))} |")
        return lines

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
        lines = [
            f"## {_attribute(action)}",
            "",
            str(action.facts.get("does", "")),
            "",
            *access(action),
            *update(action),
        ]
        returned = writer.returned(action).replace("builtins.", "")
        awaited = "" if returned.startswith(_NOT_AWAITED) else "await "
        lines += ["", "```python", *_call(f"{awaited}{_attribute(action)}", signature), "```"]
        row = action.row
        sent = f"`{row.method} {action.address}`" + (f", {row.encoding}" if row.encoding != "json" else "")
        lines += ["", f"Platform action: {sent}; {row.replay}: {_REPLAY[row.replay]}."]
        if row.device:
            lines.append("A command to a device: never repeated blindly.")
        if row.cap:
            lines.append(f"Has a rate rule of its own: `{row.cap}`.")
        if action.params:
            lines += ["", "| parameter | type | needed | what |", "|---|---|---|---|"]
            lines += [self._param(signature, param) for param in action.params]
        lines += ["", *self._gives(action, returned)]
        errors = [line.strip().rstrip(".") for line in signature.errors()[2:]]
        if errors:
            told = (f"`{name}` ({what})" for name, _, what in (line.partition(": ") for line in errors))
            lines += ["", f"Raises {', '.join(told)}."]
        return [line for at, line in enumerate(lines) if line or lines[at - 1]]

    def _gives(self, action: Action, returned: str) -> list[str]:
        """What comes back, and the members of the answer."""
        if returned == "None":
            return ["Gives nothing."]
        if action.is_file:
            formats = f" ({', '.join(action.facts['file'])})" if action.facts["file"] else ""
            return [f"Gives a file{formats}: `await` it for its bytes, or `await` its `.save(path)`."]
        if len(action.answer) == 1 and not returned.startswith(_NOT_AWAITED) and not returned.endswith("Answer"):
            (member,) = action.answer
            what = self._what(member)
            return [f"Gives {self._type(member.type)}, the `{member.name}` of the answer{f': {what}' if what else ''}."]
        meaning = LIMIT_EXCEEDED.get(str(action.facts.get("limit_exceeded")))
        told = [self._member(member) for member in answer_fields(action, meaning)]
        gives = f"Gives `{returned}`."
        if returned.startswith(_NOT_AWAITED):
            gives = f"Gives `{returned}`: `await` it for one page, `async for` for every entry."
        return [gives, "", "| in the answer | type | what |", "|---|---|---|", *told]

    def _param(self, signature: Signature, param: Param) -> str:
        kind = self._type(param.type) + (" or None" if param.facts.get("nullable") else "")
        needed = ("yes" if param.required else "no") + _HINT.get(param.basis, "")
        if signature.is_one_of(param):
            needed = "one of"
        return f"| `{param.python}` | {kind} | {needed} | {_cell(signature.about(param))} |"

    def _member(self, member: Field) -> str:
        return f"| `{member.name}` | {self._type(member.type)} | {_cell(self._what(member))} |"

    def _what(self, member: Field) -> str:
        """What is known of a member; of ids, also whose they are."""
        word = self._catalogue.words.get(member.name, "")
        known = remarks(member)
        if (
            member.name.endswith(("_id", "_ids"))
            and word.startswith(("id of ", "ids of "))
            and "says" not in member.facts
        ):
            return "; ".join(filter(None, (word.partition(";")[0], known)))
        return known

    def _thing(self, thing: Thing) -> list[str]:
        lines = [f"### {thing.class_name}", "", described(self._catalogue, thing)]
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
            return f"map by {_KEYS[kind.key]} of {self._type(kind.value)}"
        if isinstance(kind, Either):
            return " or ".join(self._type(part) for part in kind.parts)
        return {"number": "number", "any": "anything", "str": "text"}.get(kind.name, kind.name)


def _attribute(action: Action) -> str:
    root = "panel_account" if action.row.api == "panel" else "account"
    return ".".join((root, *action.attributes[1 if action.row.api == "panel" else 0 :]))


def _of(node: Node) -> list[Action]:
    return [action for action in (node.itself, *node.actions.values()) if action is not None]


def _call(name: str, signature: Signature) -> list[str]:
    """A call as the method takes it; what may be left out shows a default."""
    positional = [param.python for param in signature.positional]
    keywords = [param.python if param.required else f"{param.python}=..." for param in signature.keywords]
    parts = [*positional, *(["*", *keywords] if keywords else [])]
    line = f"{name}({', '.join(parts)})"
    if len(line) <= _LINE:
        return [line]
    return [f"{name}(", *wrap(", ".join(parts), _LINE, initial_indent="    ", subsequent_indent="    "), ")"]


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
