"""The code blocks of a page, and how a fragment of Python runs with names of the reader's own."""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[3]
PAGES = (
    "README.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "docs/architecture.md",
    "docs/command-line.md",
    "docs/decisions.md",
    "docs/flows.md",
    "docs/glossary.md",
    "docs/harvest.md",
    "docs/limits.md",
)


@dataclass(frozen=True)
class Block:
    """One fenced block; `heading` is the one above it."""

    page: str
    heading: str
    language: str
    text: str

    @property
    def name(self) -> str:
        return f"{self.page}: {self.heading}"

    def of(self, **instead: str) -> Block:
        """The same with the reader's own words: ``eu="…"`` stands for the platform, and so on."""
        text = self.text
        for old, new in instead.items():
            text = text.replace(old, new)
        return Block(self.page, self.heading, self.language, text)


def blocks_of(page: str) -> list[Block]:
    """Every fenced block of a page, in order."""
    found, heading = [], ""
    text = (ROOT / page).read_text(encoding="utf-8")
    for match in re.finditer(
        r"^#+ (?P<heading>[^\n]*)$|^(?P<indent> *)```(?P<language>\w*)\n(?P<text>.*?)^ *```$", text, re.M | re.S
    ):
        if match["heading"] is not None:
            heading = match["heading"]
        else:
            found.append(Block(page, heading, match["language"], textwrap.dedent(match["text"])))
    return found


def every_block() -> list[Block]:
    """The blocks of all pages that people wrote."""
    return [block for page in PAGES for block in blocks_of(page)]


async def run_fragment(text: str, names: dict[str, Any]) -> dict[str, Any]:
    """Run statements that may await, at the top level, with `names`; the names as they are afterwards."""
    code = compile(text, "a block", "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    namespace = dict(names)
    running = eval(code, namespace)
    if inspect.isawaitable(running):
        await running
    return namespace
