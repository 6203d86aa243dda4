"""The pages that are written of the facts read as pages."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Callable
from typing import Any

import pytest

from navixy_async.api.codegen.generate import reference
from navixy_async.api.resources import Resources
from navixy_async.api.resources.panel import PanelActions

PAGES = reference()


@pytest.mark.parametrize("name", sorted(PAGES))
def test_pages_are_prose_and_tables_not_single_letters(name: str) -> None:
    lines = PAGES[name].splitlines()
    assert not [line for line in lines if len(line) == 1 and line != ")"], f"{name} prints one character a line"
    assert "\n\n\n" not in PAGES[name]


def test_every_table_of_a_page_has_rows_of_one_width() -> None:
    for name, text in PAGES.items():
        for table in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE):
            widths = {len(re.findall(r"(?<!\\)\|", row)) for row in table.splitlines()}
            assert len(widths) == 1, f"{name}: {table[:200]}"


def test_the_index_says_how_to_read_the_pages() -> None:
    assert "\nEvery action under its attribute, every object with its members.\n\nA method takes" in PAGES["README.md"]


def test_every_call_that_a_page_shows_is_the_call_that_the_method_takes() -> None:
    """A block is a call with its parameters as they may be given: a signature, in Python's own words."""
    shown = 0
    for name, text in PAGES.items():
        for block in re.findall(r"```python\n(.*?)```", text, re.DOTALL):
            call = " ".join(block.split()).removeprefix("await ")
            path, _, parameters = call.partition("(")
            tree = ast.parse(f"def call({parameters.replace('=...', '=UNSET')}: ...")
            (definition,) = tree.body
            assert isinstance(definition, ast.FunctionDef)
            method = _method(path)
            real = [one for one in inspect.signature(method).parameters.values() if one.name not in _EVERYWHERE]
            taken = definition.args
            positional = [one.arg for one in (*taken.posonlyargs, *taken.args)]
            assert positional == [one.name for one in real if one.kind is not one.KEYWORD_ONLY], f"{name}: {call}"
            assert {one.arg for one in taken.kwonlyargs} == {one.name for one in real if one.kind is one.KEYWORD_ONLY}
            optional = {one.arg for one, value in zip(taken.kwonlyargs, taken.kw_defaults, strict=True) if value}
            assert optional == {one.name for one in real if one.default is not one.empty}, f"{name}: {call}"
            shown += 1
    assert shown > 470


_EVERYWHERE = {"self", "timeout", "lane", "repeat_updates"}


class _Caller:
    lane, label = "bulk", "x"


def _method(path: str) -> Callable[..., Any]:
    """What stands under ``account.tag.create``: a method of a resource, or a resource that is called itself."""
    root, *names = path.split(".")
    found: Any = (PanelActions if root == "panel_account" else Resources)(_Caller())  # type: ignore[arg-type]
    for name in names:
        found = getattr(found, name)
    return found if inspect.ismethod(found) else found.__call__


def test_every_link_of_a_page_leads_somewhere() -> None:
    anchors = {
        name: {
            re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-")
            for title in re.findall(r"^#+ (.*)$", text, re.MULTILINE)
        }
        for name, text in PAGES.items()
    }
    for name, text in PAGES.items():
        for page, anchor in re.findall(r"\]\(([\w.]*?)(?:#([\w-]+))?\)", text):
            assert not page or page in PAGES, f"{name} leads to {page}"
            assert not anchor or anchor in anchors[page or name], f"{name} leads to {page}#{anchor}"
