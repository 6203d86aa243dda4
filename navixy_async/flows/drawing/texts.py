"""A picture as the text of Mermaid or of Graphviz."""

from __future__ import annotations

import re
from typing import Final

from .picture import DrawnNode, Picture

_UNSAFE: Final = re.compile(r"[^\w .,/+*-]|__", re.ASCII)
_SHAPES: Final = {
    "data_source": ("([", "])"),
    "logic": ("{{", "}}"),
    "output_endpoint": ("[/", "/]"),
    "webhook": ("[/", "/]"),
    "action": ("[/", "/]"),
}
_DOT_SHAPES: Final = {
    "data_source": "oval",
    "logic": "diamond",
    "output_endpoint": "parallelogram",
    "webhook": "parallelogram",
    "action": "parallelogram",
}
_COLORS: Final = {"wrong": "#c62828", "doubtful": "#ef8f00"}
_ARROWS: Final = {"then_edge": "-->", "else_edge": "-.->", "simple_edge": "-->"}


def to_mermaid(picture: Picture) -> str:
    """A flowchart of Mermaid; every sign that could mean something to it is written as its number."""
    lines = ["flowchart LR"]
    for node in picture.nodes.values():
        opening, closing = _SHAPES.get(node.kind, ("[", "]"))
        lines.append(f'    {_name(node.id)}{opening}"{_mermaid_label(node)}"{closing}')
    for edge in picture.edges:
        label = f'|"{_mermaid(edge.label)}"|' if edge.label else ""
        lines.append(f"    {_name(edge.start)} {_ARROWS[edge.type]}{label} {_name(edge.end)}")
    for mark, color in _COLORS.items():
        marked = [_name(node.id) for node in picture.nodes.values() if node.mark == mark]
        if marked:
            lines += [f"    classDef {mark} stroke:{color},stroke-width:3px", f"    class {','.join(marked)} {mark}"]
    wrong = [str(index) for index, edge in enumerate(picture.edges) if edge.is_wrong]
    if wrong:
        lines.append(f"    linkStyle {','.join(wrong)} stroke:{_COLORS['wrong']}")
    return "\n".join(lines) + "\n"


def to_dot(picture: Picture) -> str:
    """A digraph of Graphviz; `dot -Tsvg` draws it."""
    lines = ["digraph flow {", "    rankdir=LR;", '    node [fontname="sans-serif", fontsize=11];']
    for node in picture.nodes.values():
        options = [f"label={_quoted(_all_lines(node))}", f"shape={_DOT_SHAPES.get(node.kind, 'box')}"]
        if node.mark:
            options += [f'color="{_COLORS[node.mark]}"', "penwidth=3"]
        lines.append(f"    {_name(node.id)} [{', '.join(options)}];")
    for edge in picture.edges:
        options = [f"label={_quoted([edge.label])}"] if edge.label else []
        options += ["style=dashed"] if edge.type == "else_edge" else []
        options += [f'color="{_COLORS["wrong"]}"'] if edge.is_wrong else []
        lines.append(f"    {_name(edge.start)} -> {_name(edge.end)} [{', '.join(options)}];")
    return "\n".join([*lines, "}"]) + "\n"


def _name(number: int) -> str:
    return f"n{number}" if number >= 0 else f"m{-number}"


def _all_lines(node: DrawnNode) -> list[str]:
    return [*node.lines, *(f"! {message}" for message in node.findings)]


def _mermaid_label(node: DrawnNode) -> str:
    return "<br>".join(map(_mermaid, _all_lines(node)))


def _mermaid(text: str) -> str:
    """Signs as decimal numbers, as Mermaid wants them in labels; letters of every language stay."""
    return _UNSAFE.sub(lambda found: "".join(f"#{ord(c)};" if c.isascii() else c for c in found[0]), text)


def _quoted(lines: list[str]) -> str:
    escaped = (line.replace("\\", "\\\\").replace('"', '\\"') for line in lines)
    return '"' + "\\n".join(escaped) + '"'
