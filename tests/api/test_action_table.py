"""The table of actions is written as it is read."""

from __future__ import annotations

from pathlib import Path

from navixy_async.api.codegen.catalogue import CATALOGUE
from navixy_async.api.runtime.action_table import read_table, write_table


def test_the_table_is_written_as_it_is_read(tmp_path: Path) -> None:
    rows = read_table(CATALOGUE / "index.tsv")
    write_table(tmp_path / "index.tsv", list(rows.values()))
    assert (tmp_path / "index.tsv").read_bytes() == (CATALOGUE / "index.tsv").read_bytes()
