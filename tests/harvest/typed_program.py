"""A program of a user, for the type checker only: nobody runs it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import assert_type

import duckdb
import pandas
import polars
import pyarrow as pa

from navixy_async.harvest import Coverage, Harvest, Harvests, Hole


async def keep(batch: pa.RecordBatch) -> None:
    assert_type(batch.schema, pa.Schema)


async def use(harvests: Harvests) -> None:
    start, end = datetime(2024, 1, 1, tzinfo=UTC), datetime(2024, 1, 2, tzinfo=UTC)
    harvest = harvests.tracks([1, 2], start=start, end=end, workers=4)
    assert_type(harvest, Harvest)
    assert_type(harvest.schema, pa.Schema)
    assert_type(harvest.schema.field("time").type, pa.DataType)
    async for batch in harvest:
        assert_type(batch, pa.RecordBatch)
        assert_type(batch.num_rows, int)
    table = await harvest.to_arrow()
    assert_type(table, pa.Table)
    assert_type(table.column_names, list[str])
    assert_type(await harvest.to_polars(), polars.DataFrame)
    assert_type(await harvest.to_pandas(), pandas.DataFrame)
    assert_type(await harvest.to_function(keep), Coverage)
    coverage = await harvest.to_parquet("out", resume=True)
    assert_type(coverage.holes[0], Hole)
    print(duckdb.from_arrow(table).count("time"))
