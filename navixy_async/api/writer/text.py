"""Lines, docstrings and headers of generated modules."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping, Sequence

WIDTH = 120


def header(purpose: str) -> str:
    """The docstring of a generated module."""
    note = (
        "Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file."
    )
    return "\n".join(docstring([purpose, "", note], ""))


def docstring(lines: Sequence[str], indent: str) -> list[str]:
    """A docstring of `lines`, wrapped; a line keeps its own indentation, and so does what is wrapped of it."""
    room = WIDTH - len(indent)
    body: list[str] = []
    for line in lines:
        depth = len(line) - len(line.lstrip())
        hang = " " * (depth + (4 if depth else 0))
        body += textwrap.wrap(line, room, subsequent_indent=hang, break_long_words=False, break_on_hyphens=False) or [
            ""
        ]
    if len(body) == 1 and len(body[0]) + 6 <= room:
        return [f'{indent}"""{body[0]}"""']
    if len(body[0]) + 3 > room:
        body[:1] = textwrap.wrap(body[0], room - 3)
    return [f'{indent}"""{body[0]}', *(f"{indent}{line}".rstrip() for line in body[1:]), f'{indent}"""']


def exploded(opening: str, items: Iterable[str], closing: str, indent: str) -> list[str]:
    """A bracketed list with an item on each line."""
    return [f"{indent}{opening}", *(f"{indent}    {item}," for item in items), f"{indent}{closing}"]


def imports(names: Mapping[str, set[str]]) -> list[str]:
    """Import lines in the house's order: standard library, others, then ours by depth.

    `names` maps a module to the names taken from it; an empty set imports the module itself.
    """
    ours = {module: taken for module, taken in names.items() if module.startswith(".")}
    others = {module: taken for module, taken in names.items() if module.split(".")[0] in ("msgspec",)}
    plain = {module: taken for module, taken in names.items() if module not in ours and module not in others}
    blocks = [_block(plain), _block(others), _block(ours)]
    return "\n\n".join(block for block in blocks if block).splitlines()


def _block(names: dict[str, set[str]]) -> str:
    whole = sorted(module for module, taken in names.items() if not taken)
    parts = sorted((module for module, taken in names.items() if taken), key=_order)
    lines = [f"import {module}" for module in whole]
    for module in parts:
        taken = sorted(names[module], key=_name_order)
        line = f"from {module} import {', '.join(taken)}"
        lines += [line] if len(line) <= WIDTH else exploded(f"from {module} import (", taken, ")", "")
    return "\n".join(lines)


def _order(module: str) -> tuple[int, str]:
    """Relative imports stand farthest first."""
    dots = len(module) - len(module.lstrip("."))
    return (-dots, module)


def _name_order(name: str) -> tuple[int, str, str]:
    """Constants, then classes, then the rest, as ruff sorts them."""
    kind = 0 if name.isupper() and len(name) > 1 else 1 if name[:1].isupper() else 2
    return (kind, name.lower(), name)
