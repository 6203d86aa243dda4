"""Files of DuckDB that cannot be used are refused in a sentence."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from navixy_async.errors import InvalidInput

from ..support.harvest import servers
from .test_run_resume import world
from .test_table import Place, run


@pytest.fixture(params=["duckdb", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    if request.param == "duckdb":
        yield Place("duckdb", tmp_path / "new" / "fleet.duckdb")
        return
    dsn = request.getfixturevalue("server")
    with servers.schema(dsn) as schema:
        yield Place("postgres", tmp_path, dsn, schema)


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda path: path.mkdir(), "is a directory: name a file"),
        (lambda path: path.write_bytes(b"no database" * 1000), "cannot be opened as a DuckDB database"),
    ],
)
def test_files_that_are_no_duckdb_are_refused(make: Callable[[Path], None], says: str, tmp_path: Path) -> None:
    make(tmp_path / "x")
    before = (tmp_path / "x").is_dir() or (tmp_path / "x").read_bytes()
    with pytest.raises(InvalidInput, match=re.escape(says)) as caught:
        run(Place("duckdb", tmp_path / "x"), world())
    assert "\n" not in str(caught.value)
    assert before == ((tmp_path / "x").is_dir() or (tmp_path / "x").read_bytes())


def test_a_duckdb_file_below_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("")
    with pytest.raises(InvalidInput, match=r"cannot be created, because .* is a file"):
        run(Place("duckdb", tmp_path / "x" / "y.duckdb"), world())


def test_a_duckdb_file_that_another_program_has_open_is_refused(tmp_path: Path) -> None:
    place = Place("duckdb", tmp_path / "x.duckdb")
    run(place, world())
    code = "import duckdb, sys; db = duckdb.connect(sys.argv[1]); print(1, flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", code, str(place.path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        other.stdout.readline()
        with pytest.raises(InvalidInput, match=r"^another program has .* open: close it there"):
            run(place, world())
        other.communicate()
