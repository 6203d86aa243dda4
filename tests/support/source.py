"""The package's own source as data: which file imports which, which classes it defines, which words it is made of.

``python -m tests.support.source`` prints what the tests of the house would object to.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "navixy_async"
GENERATED = (PACKAGE / "api" / "resources", PACKAGE / "api" / "models")


@dataclass(frozen=True)
class Module:
    """One file of the package; `name` is dotted, that of a package is its ``__init__``'s."""

    path: Path
    name: str

    @property
    def room(self) -> str:
        """The part of the package that it belongs to: a folder or a file directly below the root; "" is the root."""
        return [*self.name.split("."), ""][1]

    @property
    def is_generated(self) -> bool:
        return any(folder in self.path.parents for folder in GENERATED)

    @property
    def tree(self) -> ast.Module:
        return _parse(self.path)

    @property
    def imports(self) -> frozenset[str]:
        """The modules of the package that it names in an import, also inside functions and under TYPE_CHECKING."""
        return frozenset(_imports(self))


@cache
def _parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def modules() -> dict[str, Module]:
    """Every file of the package by its dotted name."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        found[name] = Module(path, name)
    return found


def _imports(module: Module) -> Iterator[str]:
    package = module.name.split(".")
    if module.path.name != "__init__.py":
        package = package[:-1]
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            targets = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            source = ".".join(filter(None, (base, node.module or "")))
            targets = [f"{source}.{alias.name}" for alias in node.names]
        else:
            continue
        for target in targets:
            name = target if target in modules() else target.rpartition(".")[0]
            if name in modules():
                yield name


def circles() -> list[list[str]]:
    """The groups of files that import each other, directly or through others (strongly connected components)."""
    graph = {name: sorted(module.imports) for name, module in modules().items()}
    return [sorted(group) for group in _components(graph) if len(group) > 1 or group[0] in graph[group[0]]]


def _components(graph: dict[str, list[str]]) -> list[list[str]]:
    """Tarjan's algorithm, without recursion."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    standing: set[str] = set()
    found: list[list[str]] = []
    for root, first in graph.items():
        if root in index:
            continue
        work = [(root, iter(first))]
        index[root] = low[root] = len(index)
        stack.append(root)
        standing.add(root)
        while work:
            node, targets = work[-1]
            for target in targets:
                if target not in index:
                    index[target] = low[target] = len(index)
                    stack.append(target)
                    standing.add(target)
                    work.append((target, iter(graph[target])))
                    break
                if target in standing:
                    low[node] = min(low[node], index[target])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    cut = stack.index(node)
                    found.append(stack[cut:])
                    standing.difference_update(stack[cut:])
                    del stack[cut:]
    return found


def classes() -> dict[str, list[str]]:
    """Where each class name is defined by hand: name → ``module:line``; nested classes count."""
    found: dict[str, list[str]] = {}
    for module in modules().values():
        if not module.is_generated:
            for node in ast.walk(module.tree):
                if isinstance(node, ast.ClassDef):
                    found.setdefault(node.name, []).append(f"{module.name}:{node.lineno}")
    return found


def generated_classes() -> set[str]:
    """The names of the classes that are generated from the platform's facts."""
    return {
        node.name
        for module in modules().values()
        if module.is_generated
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ClassDef)
    }


def identifiers(module: Module) -> Iterator[tuple[str, int]]:
    """Every name in the file with its line: the module's own, classes, functions, parameters, attributes, variables."""
    yield module.name.rpartition(".")[2], 1
    for node in ast.walk(module.tree):
        match node:
            case ast.ClassDef() | ast.FunctionDef() | ast.AsyncFunctionDef():
                yield node.name, node.lineno
            case ast.Name():
                yield node.id, node.lineno
            case ast.Attribute() if node.attr != "tell":  # files have a method of that name
                yield node.attr, node.lineno
            case ast.arg():
                yield node.arg, node.lineno
            case ast.keyword(arg=str(name)):
                yield name, node.value.lineno
            case ast.alias():
                yield from ((part, node.lineno) for part in node.name.split("."))
                if node.asname:
                    yield node.asname, node.lineno
            case ast.ImportFrom(module=str(name)):
                yield from ((part, node.lineno) for part in name.split("."))
            case ast.ExceptHandler(name=str(name)):
                yield name, node.lineno


def words_of(identifier: str) -> list[str]:
    """``_readRanges_of`` → read, ranges, of."""
    return [word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+", identifier)]


WORDS: dict[str, str] = {
    "place": "a place of the platform (a point of interest); elsewhere slot, index, position, path, table, location",
    "each": "a loop; the function is map_bounded",
    "told": "reported, warned, logged, announced",
    "tell": "report, warn, log, say",
    "tells": "reports, warns, logs, says",
    "piece": "PageOrGap in paging; else part, item, range",
    "pieces": "see piece",
    "noun": "resource; the word of a sentence is word",
    "nouns": "see noun",
}
"""Words that name nothing in the package, and what stands in their stead; see docs/glossary.md."""

CLASSES: dict[str, str] = {
    "Meter": "BulkCaller in harvest, RequestStats in cli",
    "Piece": "PageOrGap",
    "Store": "HarvestState in harvest",
    "Run": "RunRecord if it is stored, HarvestRun if it is running",
    "Job": "HarvestSpec",
    "Book": "CoverageBuilder",
    "Held": "ReadRange",
    "Holding": "ReadRanges",
    "Patience": "WaitPolicy",
}
"""Names that no class may have, and what it is called instead."""

POI = re.compile(
    r"navixy_async\.testing\.handlers\.|navixy_async\.(helpers\.imports|testing\.(initial_objects|seeds|world|spec|state))$"
)
"""Where the platform's own places are handled."""


def forbidden_words() -> Iterator[str]:
    """Every identifier of the package that is made of a forbidden word; the generated API and old names are exempt."""
    for module in modules().values():
        if module.is_generated:
            continue
        seen = set()
        lines = module.path.read_text(encoding="utf-8").splitlines()
        for identifier, line in identifiers(module):
            if "# Kept until" in lines[line - 1]:
                continue
            for word in words_of(identifier):
                if word in WORDS and not (word == "place" and POI.match(module.name)):
                    seen.add((line, identifier))
        yield from (f"{module.name}:{line} {identifier}" for line, identifier in sorted(seen))


def forbidden_classes() -> Iterator[str]:
    """Every class with a name that the glossary replaces."""
    for name, where in classes().items():
        if name.lstrip("_") in CLASSES:
            yield f"{name} ({', '.join(where)}): {CLASSES[name.lstrip('_')]}"


def repeated_classes() -> Iterator[str]:
    """Every class name that stands twice in the package: by hand twice, or by hand and among the generated ones."""
    generated = generated_classes()
    for name, where in sorted(classes().items()):
        if len(where) > 1 or name in generated:
            yield f"{name}: {', '.join(where)}{' and generated' if name in generated else ''}"


def main() -> None:
    """Print what the tests of the house object to."""
    for title, found in (
        ("circles of files", [" -> ".join(group) for group in circles()]),
        ("class names that stand twice", list(repeated_classes())),
        ("classes with a forbidden name", list(forbidden_classes())),
        ("identifiers made of a forbidden word", list(forbidden_words())),
    ):
        print(f"\n== {title}: {len(found)}", *found, sep="\n")


if __name__ == "__main__":
    main()
