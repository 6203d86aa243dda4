"""The house keeps its own rules: one-way imports, small modules, two commands, nothing that must not be committed."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

import navixy_async

from .support import source
from .support.source import PACKAGE, ROOT, Module

GROUND = {"base_errors", "masking", "texts", "times", "gaps", "credentials", "errors", "codes", "settings", "files"}
GROUND |= {"operations", "observe", "sessions", "requester"}
ALLOWED: dict[str, set[str]] = {
    "base_errors": set(),
    "masking": set(),
    "texts": set(),
    "times": {"base_errors"},
    "gaps": {"base_errors", "times"},
    "credentials": {"base_errors", "masking"},
    "errors": {"base_errors", "times", "gaps", "credentials"},
    "codes": {"errors"},
    "settings": {"errors", "masking", "texts"},
    "files": {"errors"},
    "operations": {"errors", "files"},
    "observe": {"operations"},
    "sessions": {"credentials", "errors", "masking"},
    "requester": {"operations", "sessions"},
    "limits": GROUND,
    "retry": GROUND,
    "transport": GROUND | {"limits", "retry"},
    "paging": GROUND | {"transport"},
    "api": GROUND | {"paging"},
    "harvest": GROUND | {"transport", "paging", "api"},
    "helpers": GROUND | {"paging", "api"},
    "flows": GROUND | {"paging", "api"},
    "work": {"helpers"},
    "account": GROUND | {"transport", "paging", "api", "harvest", "helpers", "flows"},
    "panel": GROUND | {"transport", "api", "account"},
    "sign_in": GROUND | {"transport"},
    "discovery": GROUND | {"transport", "limits"},
    "client": GROUND | {"transport", "limits", "account", "harvest", "panel", "sign_in", "discovery"},
    "testing": set(),
    "cli": GROUND | {"account", "client", "limits", "harvest", "testing", "api", "transport", "flows"},
}
"""Which rooms each room may import; ``testing`` is the judge and must not know the accused."""

MODULES = [module for module in source.modules().values() if module.room]


def _every_module(function: Callable[[Module], None]) -> Callable[[Module], None]:
    named = pytest.mark.parametrize("module", MODULES, ids=lambda module: str(module.path.relative_to(PACKAGE)))
    return named(function)


@_every_module
def test_imports_point_one_way(module: Module) -> None:
    rooms = {source.modules()[name].room for name in module.imports} - {"", module.room}
    assert rooms <= ALLOWED[module.room], "see who may import whom in docs/architecture.md"


def test_rooms_stand_in_the_order_in_which_they_may_import() -> None:
    above: set[str] = set()
    for room, allowed in ALLOWED.items():
        assert allowed <= above, f"{room} may import {sorted(allowed - above)}, which stand below it"
        above.add(room)
    assert above == {module.room for module in MODULES}


def test_no_files_import_each_other() -> None:
    """Neither directly nor through others; imports for types alone and imports inside of functions count."""
    assert source.circles() == []


def test_no_class_name_stands_twice() -> None:
    assert list(source.repeated_classes()) == []


def test_no_identifier_uses_a_word_that_the_glossary_replaces() -> None:
    assert list(source.forbidden_words()) == []
    assert list(source.forbidden_classes()) == []


@_every_module
def test_modules_stay_small(module: Module) -> None:
    assert len(module.path.read_text().splitlines()) <= (800 if module.is_generated else 500)


@_every_module
def test_sections_of_docstrings_are_indented(module: Module) -> None:
    """What stands under Args, Returns, Raises or Attributes belongs to it: a line further left would be prose."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            text = ast.get_docstring(node) or ""
            for section in re.findall(r"^(?:Args|Returns|Raises|Attributes|Yields):\n((?:.+\n?)*)", text, re.MULTILINE):
                stray = [line for line in section.splitlines() if not line.startswith("    ")]
                assert not stray, f"{module.name}: {stray}"


def _tracked() -> list[Path]:
    names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False).stdout.decode()
    return [ROOT / name for name in names.split("\0") if name and (ROOT / name).is_file()]


def test_nothing_is_committed_that_must_not_be() -> None:
    # Written in two halves so that this file does not match itself.
    machine = re.compile(r"(?:^|[^\w.])/(?:wo" + r"rk|root)/\w|index" + r"-url|lock" + r"file")
    for path in _tracked():
        assert path.stat().st_size <= 1_000_000, f"{path} is too large"
        if path.suffix in (".py", ".toml", ".md", ".json", ".jsonl", ".csv", ".yml"):
            found = machine.search(path.read_text())
            assert not found, f"{path.relative_to(ROOT)}: {found and found.group()!r}"


def test_the_readme_opens_with_the_two_commands_that_ci_runs() -> None:
    blocks = re.findall(r"```(?:sh|bash|console)\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
    first, second = (block.strip() for block in blocks[:2])
    assert first == 'pip install ".[all]" && navixy demo'
    assert second == 'pip install -e ".[dev]" && pytest'
    ci = (ROOT / ".ci" / "run").read_text()
    for command in (first, second):
        for part in command.split(" && "):
            assert re.search(re.escape(part).replace("pip\\ install", r"pip install[^\n]*?"), ci), part


def test_importing_the_package_loads_no_extra_and_no_resource() -> None:
    script = (
        "import sys, navixy_async; navixy_async.Navixy('eu').account(navixy_async.ApiKey('0' * 32));"
        "print([name for name in sys.modules if name.split('.')[0] in ('pyarrow', 'duckdb', 'typer', 'rich')"
        " or name.startswith(('navixy_async.api.models.', 'navixy_async.testing', 'navixy_async.harvest'))])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_public_name_is_there_and_a_wrong_one_is_not() -> None:
    package: Any = navixy_async  # its names are made when they are asked for
    assert set(package.__all__) == {*package._HOME, *package.errors.__all__}
    tree = ast.parse((PACKAGE / "__init__.py").read_text())
    block = next(node for node in tree.body if isinstance(node, ast.If))
    shown = {alias.name: node.module for node in block.body if isinstance(node, ast.ImportFrom) for alias in node.names}
    assert shown == {**package._HOME, "*": "errors"}, "type checkers and the interpreter see the same names"
    assert all(getattr(package, name) is not None for name in package.__all__)
    assert set(package.__all__) <= set(dir(package))
    with pytest.raises(AttributeError, match="no attribute 'Navixi'"):
        package.Navixi  # noqa: B018


def test_the_version_stands_in_one_file() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    assert "version" not in project["project"]
    assert project["project"]["dynamic"] == ["version"]
    home = ROOT / project["tool"]["hatch"]["version"]["path"]
    assert home == PACKAGE / "__init__.py"
    assert home.read_text().count(f'"{navixy_async.__version__}"') == 1
    written = re.compile(rf"(?<![\w.]){re.escape(navixy_async.__version__)}(?![\w.])")
    elsewhere = {
        path for path in _tracked() if path.suffix in (".py", ".toml", ".yml") and written.search(path.read_text())
    }
    assert elsewhere == {home}
    assert version("navixy-async") == navixy_async.__version__, "install the checkout once more: pip install -e ."


def test_the_lowest_promised_dependencies_are_those_that_ci_installs() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    promised = [*project["dependencies"]]
    for extra in ("arrow", "duckdb", "postgres", "cli"):
        promised += project["optional-dependencies"][extra]
    bounds = [re.fullmatch(r"([a-z]+)(?:\[\w+\])?>=([\d.]+)(?:,<\d+)?", one) for one in promised if "navixy" not in one]
    lowest = [line for line in (ROOT / ".ci" / "lowest.txt").read_text().splitlines() if not line.startswith("#")]
    assert sorted(lowest) == sorted(f"{bound[1]}=={bound[2]}" for bound in bounds if bound)
    assert all(bounds), "a dependency without a lowest version"
