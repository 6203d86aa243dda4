"""The table of actions is written as it is read."""

from __future__ import annotations

from pathlib import Path

from navixy_async.api.codegen.catalogue import CATALOGUE
from navixy_async.api.runtime.action_table import read_aliases, read_table, write_aliases, write_table


def test_the_table_is_written_as_it_is_read(tmp_path: Path) -> None:
    rows = read_table(CATALOGUE / "index.tsv")
    write_table(tmp_path / "index.tsv", list(rows.values()))
    assert (tmp_path / "index.tsv").read_bytes() == (CATALOGUE / "index.tsv").read_bytes()


def test_the_further_paths_are_written_as_they_are_read(tmp_path: Path) -> None:
    rows = read_aliases(CATALOGUE / "aliases.tsv")
    write_aliases(tmp_path / "aliases.tsv", [(alias, action, why) for alias, (action, why) in rows.items()])
    assert (tmp_path / "aliases.tsv").read_bytes() == (CATALOGUE / "aliases.tsv").read_bytes()
