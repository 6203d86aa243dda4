"""What the pages say of the package is so: rooms, words, files and links."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from ..support import source
from ..support.docs.blocks import PAGES, blocks_of
from ..support.source import PACKAGE, ROOT
from ..test_project import ALLOWED, GROUND

WRITTEN = (*PAGES, "CHANGELOG.md", "benchmarks/README.md", "navixy_async/api/catalogue/README.md")
"""The pages that people write."""


def text_of(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def table_below(page: str, heading: str) -> list[list[str]]:
    """The cells of the first table below a heading, without its head."""
    section = re.split(r"^#", text_of(page).split(f"# {heading}\n")[1], maxsplit=1, flags=re.MULTILINE)[0]
    rows = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows[2:]]


def test_the_table_of_rooms_is_the_one_that_is_enforced() -> None:
    written: dict[str, set[str]] = {}
    for room, _, imports in table_below("docs/architecture.md", "Rooms"):
        ground = GROUND if "the ground" in imports else set()
        written[room.strip("`")] = ground | set(re.findall(r"`(\w+)`", imports))
    assert written == ALLOWED
    assert list(written) == list(ALLOWED), "in the same order"
    first = list(written)[: len(GROUND)]
    assert set(first) == GROUND
    assert f"from `{first[0]}` to `{first[-1]}`" in text_of("docs/architecture.md")


def test_the_ways_of_a_call_and_a_row_name_modules_that_exist() -> None:
    ways = [block for block in blocks_of("docs/architecture.md") if block.language == "text"]
    assert len(ways) == 2
    for way in ways:
        named = re.findall(r"^ *\S.*?  +(\w+(?:/\w+)*)  ", way.text, re.MULTILINE)
        assert len(named) >= 8
        missing = [name for name in named if name != "msgspec" and not _exists(name)]
        assert missing == []


def _exists(name: str) -> bool:
    return (PACKAGE / name).is_dir() or (PACKAGE / f"{name}.py").is_file()


@pytest.mark.parametrize("page", WRITTEN)
def test_links_lead_somewhere(page: str) -> None:
    """Links inside of the repository, with their anchors; those to the outside are CI's matter."""
    for target in re.findall(r"\]\(([^)\s]+)\)", re.sub(r"```.*?```", "", text_of(page), flags=re.DOTALL)):
        if re.match(r"\w+:", target):
            continue
        path, _, anchor = target.partition("#")
        file = (ROOT / page).parent / path if path else ROOT / page
        assert file.exists(), f"{page}: {target}"
        if anchor:
            assert anchor in anchors_of(file), f"{page}: {target}"


def anchors_of(file: Path) -> set[str]:
    headings = re.findall(r"^#+ (.*)$", file.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", [page for page in WRITTEN if page != "CHANGELOG.md"])
def test_files_that_a_page_names_exist(page: str) -> None:
    made = {"navixy_async/harvest/streams/odometer.py", "part-0.csv", "part-0.parquet"}
    for name in re.findall(r"`([\w./-]+\.(?:py|tsv|toml|yml|jsonl|csv))`", text_of(page)):
        if name in made or "/" not in name:
            continue
        homes = (ROOT, PACKAGE, PACKAGE / "api", PACKAGE / "api" / "catalogue", PACKAGE / "testing", ROOT / "docs")
        assert any((home / name).exists() for home in homes), f"{page} names {name}"


def test_the_glossary_lists_the_words_that_the_tests_look_for() -> None:
    rows = table_below("docs/glossary.md", "Words that name nothing here")
    assert {word.strip("`"): instead for word, instead in rows} == source.WORDS | source.CLASSES


def test_the_glossary_defines_each_word_once() -> None:
    defined = [word for line in text_of("docs/glossary.md").splitlines() if (word := _defined(line))]
    assert len(defined) > 100
    twice = {word for word in defined if defined.count(word) > 1} - {"state"}
    assert not twice, "state is the platform's word, and what a harvest remembers: both lines say so"


def _defined(line: str) -> str:
    found = re.match(r"\| ([\w, ()-]+) \| [A-Z]", line)
    return found[1] if found else ""


def renamed() -> list[list[str]]:
    return table_below("docs/glossary.md", "Was → is")


def resolve(name: str) -> object:
    """What a dotted name stands for: a module, or something in one."""
    parts = name.split(".")
    for cut in range(len(parts), 0, -1):
        try:
            found: object = import_module(".".join(parts[:cut]))
        except ModuleNotFoundError as error:
            if error.name is None or not f"{name}.".startswith(f"{error.name}."):
                raise
            continue
        for part in parts[cut:]:
            found = getattr(found, part)
        return found
    raise ModuleNotFoundError(name)


def test_the_new_names_are_there_and_the_kept_ones_still_work() -> None:
    rows = renamed()
    assert len(rows) > 200
    assert {old for _, _, old in rows} == {"gone", "kept until 0.3"}
    for was, now, old in rows:
        name, former = (f"navixy_async.{cell.strip('`')}" for cell in (now, was))
        found = resolve(name)
        if old != "gone":
            alias = resolve(former)
            assert alias is found or isinstance(alias, ModuleType | property), was
