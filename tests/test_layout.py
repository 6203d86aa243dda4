"""Tests that one can find: the tests of a module stand in a file of its name, in the folder of its room."""

from __future__ import annotations

import ast
import re

from .support.source import ROOT, Module, modules

TESTS = ROOT / "tests"
ROOT_FOLDERS = ("root", "client")
"""Where modules at the package's root have theirs: by themselves, or with the client against the embedded platform."""
LEAST = 16
"""A module with fewer statements in its functions is data, or one step that others' tests go through."""
SHARE = 0.95


def statements(module: Module) -> int:
    """How many statements stand in the functions of a module, docstrings and lone constants left out."""
    functions = [node for node in ast.walk(module.tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    found = {
        (node.lineno, node.col_offset)
        for function in functions
        for node in ast.walk(function)
        if isinstance(node, ast.stmt) and node is not function
        if not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
    }
    return len(found)


def holds_behaviour(module: Module) -> bool:
    is_package = module.path.name.startswith("__")
    return not (module.is_generated or is_package) and statements(module) >= LEAST


def files_of(module: Module) -> list[str]:
    """``test_<module>.py`` and ``test_<module>_<theme>.py`` of its room."""
    _, *folders, name = module.name.split(".")
    rooms = [TESTS / folders[0]] if folders else [TESTS / folder for folder in ROOT_FOLDERS]
    wanted = re.compile(rf"test_{re.escape(name.lstrip('_'))}(_\w+)?")
    return [path.name for room in rooms for path in room.glob("test_*.py") if wanted.fullmatch(path.stem)]


BEHAVIOUR = [module for module in modules().values() if holds_behaviour(module)]


def test_modules_have_a_test_file_of_their_name() -> None:
    missing = [module.name for module in BEHAVIOUR if not files_of(module)]
    share = 1 - len(missing) / len(BEHAVIOUR)
    print(f"{len(BEHAVIOUR)} modules hold behaviour, {share:.1%} have a test file of their name; without:", *missing)
    assert share >= SHARE, f"{share:.1%} of modules have a test file of their name; these have none: {missing}"


def test_only_tests_stand_among_tests() -> None:
    """What several tests need is in tests/support, or in a conftest."""
    allowed = re.compile(r"(?:\w+/)?(?:test_\w+|conftest|__init__)\.py|support/.*|\w+/typed_program\.py")
    names = [str(path.relative_to(TESTS)) for path in TESTS.rglob("*.py")]
    strangers = sorted(name for name in names if not allowed.fullmatch(name))
    assert not strangers, "helpers belong into tests/support"


def test_no_helper_depends_on_a_test() -> None:
    for path in (TESTS / "support").rglob("*.py"):
        found = re.findall(r"^(?:from|import) .*\btest_\w+", path.read_text(encoding="utf-8"), re.MULTILINE)
        found = [line for line in found if "aiohttp.test_utils" not in line]
        assert not found, f"{path.name}: {found}"
