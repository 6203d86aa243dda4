"""What a type checker says about programs that harvest."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

PROGRAM = Path(__file__).parent / "typed_program.py"


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


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("batch.num_rows", "batch.num_row"),
        ("table.column_names", "table.colum_names"),
        ("harvest.schema.field", "harvest.schema.felid"),
        ("await harvest.to_polars()", "(await harvest.to_polars()).tail(2).to_nothing()"),
        ("to_function(keep)", "to_function(print)"),
    ],
)
def test_a_slip_with_what_a_harvest_gives_is_an_error(tmp_path: Path, right: str, wrong: str) -> None:
    text = PROGRAM.read_text(encoding="utf-8")
    assert right in text
    (tmp_path / "slip.py").write_text(text.replace(right, wrong), encoding="utf-8")
    assert check(tmp_path / "slip.py").returncode == 1
