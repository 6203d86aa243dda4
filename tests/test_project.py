"""The house keeps its own rules: one-way imports, small modules, two commands, nothing that must not be committed."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

import navixy_async

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "navixy_async"

GROUND = {"errors", "codes", "times", "settings", "operations", "credentials", "masking", "observe", "files"}
ALLOWED: dict[str, set[str]] = {
    "errors": {"times", "credentials"},
    "codes": {"errors"},
    "times": {"errors"},
    "masking": set(),
    "settings": {"errors", "masking"},
    "operations": {"errors", "files"},
    "files": {"errors"},
    "credentials": {"errors", "masking"},
    "observe": {"operations"},
    "limits": GROUND,
    "retry": GROUND,
    "transport": GROUND | {"limits", "retry"},
    "paging": GROUND | {"transport"},
    "api": GROUND | {"transport", "paging"},
    "harvest": GROUND | {"transport", "paging", "api"},
    "work": GROUND | {"paging", "api"},
    "account": GROUND | {"transport", "paging", "api", "harvest", "work"},
    "panel": GROUND | {"transport", "api", "account"},
    "client": GROUND | {"transport", "limits", "account", "harvest", "panel"},
    "testing": set(),
    "cli": GROUND | {"account", "client", "limits", "harvest", "testing", "api", "transport"},
}
"""Which rooms each room may import; ``testing`` is the judge and must not know the accused."""

MODULES = [path for path in sorted(PACKAGE.rglob("*.py")) if path.name != "__init__.py" or path.parent != PACKAGE]


def _room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def _imports(path: Path) -> set[str]:
    package = ("navixy_async", *path.relative_to(PACKAGE).parent.parts)
    rooms: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            module = ".".join(filter(None, (base, node.module or "")))
            names = [module] if module != "navixy_async" else [f"{module}.{alias.name}" for alias in node.names]
        else:
            continue
        rooms |= {name.split(".")[1] for name in names if name.startswith("navixy_async.")}
    return rooms


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_one_way(path: Path) -> None:
    room = _room(path)
    assert _imports(path) - {room} <= ALLOWED[room], "see who may import whom in docs and tests/test_project.py"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_modules_stay_small(path: Path) -> None:
    generated = {"resources", "models"} & set(path.relative_to(PACKAGE).parts)
    assert len(path.read_text().splitlines()) <= (800 if generated else 500)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_sections_of_docstrings_are_indented(path: Path) -> None:
    """What stands under Args, Returns, Raises or Attributes belongs to it: a line further left would be prose."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            text = ast.get_docstring(node) or ""
            for section in re.findall(r"^(?:Args|Returns|Raises|Attributes|Yields):\n((?:.+\n?)*)", text, re.MULTILINE):
                stray = [line for line in section.splitlines() if not line.startswith("    ")]
                assert not stray, f"{path.name}: {stray}"


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


def test_importing_the_package_loads_no_extra_and_no_noun() -> None:
    script = (
        "import sys, navixy_async; navixy_async.Navixy('eu').account(navixy_async.ApiKey('0' * 32));"
        "print([name for name in sys.modules if name.split('.')[0] in ('pyarrow', 'duckdb', 'typer', 'rich')"
        " or name.startswith(('navixy_async.api.models.', 'navixy_async.testing', 'navixy_async.harvest'))])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_public_name_is_there_and_a_wrong_one_is_not() -> None:
    assert set(navixy_async.__all__) == set(navixy_async._HOME)
    assert all(getattr(navixy_async, name) is not None for name in navixy_async.__all__)
    assert set(navixy_async.__all__) <= set(dir(navixy_async))
    with pytest.raises(AttributeError, match="no attribute 'Navixi'"):
        navixy_async.Navixi  # noqa: B018
