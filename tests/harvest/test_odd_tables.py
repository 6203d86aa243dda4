"""Odd values in tables: whatever reading makes of them, a database takes and gives back as it was."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from typing import Any

import pytest

from navixy_async.harvest.engine import CompletedItem
from navixy_async.harvest.plan.windows import Item
from navixy_async.harvest.sinks.tables.postgres import PostgresStore
from navixy_async.harvest.state.records import WorkRecord
from navixy_async.harvest.streams import STREAMS
from navixy_async.masking import Secret

from ..support.harvest import servers
from ..support.harvest.odd_answers import KINDS, NASTY, TRACKER, WINDOW, fetch


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with servers.postgres() as dsn:
        yield dsn


def plain(value: Any) -> Any:
    if isinstance(value, float) and math.isnan(value):
        return "NaN"
    if isinstance(value, datetime):
        return value.timestamp()
    return value.replace("\0", "\ufffd") if isinstance(value, str) else value


@pytest.mark.parametrize("stream", ["tracks", "events", "sensors"])
def test_odd_values_are_in_postgres_what_they_were_read_as(stream: str, server: str) -> None:
    kind, names = KINDS[stream], STREAMS[stream].layout.schema.names
    members = list(kind.rows(1)[0])
    listed = ", ".join(f'"{name}"' for name in names)
    with servers.schema(server) as schema, closing(PostgresStore(Secret(server), STREAMS[stream], schema, None)) as db:
        db.open()
        db.begin({"stream": stream}, {}, resume=False)
        for number, value in enumerate(NASTY):
            rows = [dict(row) for row in kind.rows(7)]
            rows[number % 7][members[number % len(members)]] = value
            read = fetch(kind, rows)
            work = WorkRecord("one", (TRACKER,), WINDOW, read.batch.num_rows, 1)
            db.execute(f'TRUNCATE "{schema}".{stream}')
            db.commit([CompletedItem(Item("one", (TRACKER,), WINDOW), read, work)], {})
            found = [list(map(plain, row)) for row in db.execute(f'SELECT {listed} FROM "{schema}".{stream}')]
            expected = [list(map(plain, row.values())) for row in read.batch.to_pylist()]
            assert sorted(map(repr, found)) == sorted(map(repr, expected)), value[:60]
