"""The pages that are written of the facts read as pages."""

from __future__ import annotations

import re

import pytest

from navixy_async.api.generate import reference

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
