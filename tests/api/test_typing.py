"""What a type checker says about programs that use the surface."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from ..support.api import ACTIONS

pytestmark = pytest.mark.slow

PATHS = {".".join(action.attributes) for action in ACTIONS.values()}
PROGRAM = Path(__file__).parents[1] / "support" / "typed_api_program.py"
EXAMPLE = Path(__file__).parents[2] / "examples" / "fleet_tour.py"

WRONG = """
from datetime import datetime
from navixy_async.api.resources import Resources

async def use(fleet: Resources, moment: datetime) -> None:
    await fleet.tracker.list(label=["bus"])
    await fleet.tracker.read("7")
    await fleet.track.read(1, moment)
    await fleet.track.read(1, moment, moment, simplify=None)
    await fleet.tracker.nothing()
    await fleet.tracker.list(lane="urgent")
    await fleet.tracker.group.create("title", "FF0000")
    await fleet.zone.upload(7)
    await fleet.tracker.rule.list(tracker="7")
    await fleet.iot.logic.flow.read("7")
    await fleet.dwh.tracker.raw_data.read(tracker_id=1, columns=7)
    await fleet.tracker.sensor.calibration.read(1, 2)
"""


def check(path: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", str(path)],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
    )


def test_a_right_program_is_clean_and_its_types_are_known() -> None:
    done = check(PROGRAM)
    assert done.returncode == 0, done.stdout


def test_wrong_names_and_types_are_errors(tmp_path: Path) -> None:
    (tmp_path / "wrong.py").write_text(WRONG, encoding="utf-8")
    lines = {line.split(":")[1] for line in check(tmp_path / "wrong.py").stdout.splitlines() if "error:" in line}
    assert lines == {str(number) for number in range(6, 18)}


def test_the_users_example_is_clean_and_uses_forty_actions() -> None:
    done = check(EXAMPLE)
    assert done.returncode == 0, done.stdout
    used = set(re.findall(r"fleet\.([\w.]+)\(", EXAMPLE.read_text(encoding="utf-8"))) & PATHS
    assert len(used) >= 40, len(used)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("list(limit=10)", "list(limits=10)"),
        ("sensor.units", "sensor.unit"),
        ("limit=5", 'limit="5"'),
        ("points.limit_exceeded", "points.limit_exceded"),
    ],
)
def test_a_slip_in_the_example_is_an_error(tmp_path: Path, right: str, wrong: str) -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    assert right in text
    (tmp_path / "slip.py").write_text(text.replace(right, wrong), encoding="utf-8")
    assert check(tmp_path / "slip.py").returncode == 1


class Spoil(ast.NodeTransformer):
    """Puts a mistake into every call of an action."""

    def __init__(self, mistake: str) -> None:
        self.mistake = mistake
        self.spoilt = 0

    def visit_Call(self, node: ast.Call) -> ast.Call:
        self.generic_visit(node)
        path = ast.unparse(node.func).partition(".")[2]
        if path not in PATHS:
            return node
        if self.mistake == "name":
            node.keywords.append(ast.keyword("trakcer_id", ast.Constant(1)))
        elif not (node.args or node.keywords):
            return node
        elif node.args:
            node.args[0] = ast.Call(ast.Name("object"), [], [])
        else:
            node.keywords[0].value = ast.Call(ast.Name("object"), [], [])
        self.spoilt += 1
        return node


@pytest.mark.parametrize(
    ("mistake", "told"), [("name", "Unexpected keyword argument"), ("type", 'has incompatible type "object"')]
)
def test_a_mistake_in_any_of_the_forty_is_an_error(tmp_path: Path, mistake: str, told: str) -> None:
    spoil = Spoil(mistake)
    program = spoil.visit(ast.parse(EXAMPLE.read_text(encoding="utf-8")))
    (tmp_path / "spoilt.py").write_text(ast.unparse(program), encoding="utf-8")
    found = [line for line in check(tmp_path / "spoilt.py").stdout.splitlines() if told in line]
    assert len(found) == spoil.spoilt
    assert spoil.spoilt >= (40 if mistake == "name" else 25)
