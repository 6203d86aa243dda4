"""What a type checker says about programs that use the surface."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

PROGRAM = Path(__file__).parent / "typed_program.py"

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
    assert lines == {str(number) for number in range(6, 13)}
