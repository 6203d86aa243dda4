"""The power fails: after so many steps on the disk, or statements to a database, there are no more."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from navixy_async.harvest.sinks import base
from navixy_async.harvest.sinks.files import dataset, incremental, parquet, part_files
from navixy_async.harvest.sinks.files.directory import DatasetDirectory
from navixy_async.harvest.sinks.tables.duckdb import DuckDBStore
from navixy_async.harvest.sinks.tables.postgres import PostgresStore
from navixy_async.harvest.state.ledger import Ledger


class PowerCut(BaseException):
    """Nothing that the harvest could handle."""


@contextmanager
def power_for_files(steps: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], int]]:
    """Let so many steps on the disk happen, and none after that; gives the number of steps that were taken."""
    taken = 0

    def step() -> None:
        nonlocal taken
        if taken >= steps:
            raise PowerCut
        taken += 1

    def around(owner: Any, name: str) -> None:
        real = getattr(owner, name)

        def cut(*args: Any, **kwargs: Any) -> Any:
            step()
            result = real(*args, **kwargs)
            step()
            return result

        patch.setattr(owner, name, cut)

    with monkeypatch.context() as patch:
        patch.setattr(base, "PERIOD", 0.0)
        for owner, name in (
            (part_files.PartFiles, "write"),
            (Ledger, "commit"),
            (parquet, "write_day"),
            (dataset, "publish_file"),
            (Ledger, "keep_files"),
            (Ledger, "begin_run"),
            (Ledger, "finish_run"),
            (incremental, "write_day"),
            (incremental, "publish_file"),
            (incremental, "remove"),
            (Ledger, "intend"),
            (DatasetDirectory, "drop_parts_except"),
            (DatasetDirectory, "write_manifest"),
        ):
            around(owner, name)
        yield lambda: taken


@contextmanager
def power_for_tables(steps: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], int]]:
    """Let so many statements happen, and none after that; gives the number of those that were run."""
    taken = 0

    def step() -> None:
        nonlocal taken
        if taken >= steps:
            raise PowerCut
        taken += 1

    def around(owner: Any, name: str) -> None:
        real = getattr(owner, name)

        def cut(*args: Any, **kwargs: Any) -> Any:
            step()
            result = real(*args, **kwargs)
            step()
            return result

        patch.setattr(owner, name, cut)

    with monkeypatch.context() as patch:
        patch.setattr(base, "PERIOD", 0.0)
        for owner in (DuckDBStore, PostgresStore):
            for name in ("execute", "execute_many", "replace", "commit", "finish", "finished"):
                around(owner, name)
        around(PostgresStore, "_copy")
        yield lambda: taken
