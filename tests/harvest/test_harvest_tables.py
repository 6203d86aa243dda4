"""A harvest as frames and Arrow tables: every row in order, or an exception."""

from __future__ import annotations

import sys

import pandas
import polars
import pytest

from navixy_async.errors import InvalidInput, InvalidRequest

from ..support.harvest.model import Fleet, Model, track_truth
from .test_run_resume import END, START, world
from .test_text import harvest


async def test_frames_hold_every_row_in_order() -> None:
    model = world()
    truth = track_truth(model, START, END)
    job = harvest(model)
    table = await job.to_arrow()
    assert table.schema == job.schema and job.coverage.is_complete
    columns = [table[name].to_pylist() for name in ("account", "tracker_id", "time", "mileage")]
    assert [(a, t, int(m.timestamp()), int(k)) for a, t, m, k in zip(*columns, strict=True)] == truth
    frame = await job.to_polars()
    assert isinstance(frame, polars.DataFrame) and frame["mileage"].to_list() == [float(row[3]) for row in truth]
    assert frame["alt"].null_count() == frame.height
    panda = await job.to_pandas()
    assert isinstance(panda, pandas.DataFrame) and panda["mileage"].tolist() == [float(row[3]) for row in truth]
    assert panda["alt"].isna().all() and str(panda["alt"].dtype) == "double[pyarrow]"


async def test_frames_of_nothing() -> None:
    job = harvest(Model({"one": Fleet({1: []})}))
    assert (await job.to_arrow()).num_rows == 0
    assert (await job.to_polars()).columns == job.schema.names
    assert list((await job.to_pandas()).columns) == job.schema.names


async def test_a_frame_with_a_hole_is_none() -> None:
    model = world()
    model.trouble = lambda path, params, _: (
        InvalidRequest(7, "Invalid parameters", operation=path) if params.get("tracker_id") == 2 else None
    )
    with pytest.raises(InvalidRequest):
        await harvest(model).to_arrow()
    job = harvest(model, on_error="collect")
    assert {row["tracker_id"] for row in (await job.to_arrow()).to_pylist()} == {1, 3}
    assert len(job.coverage.failed) == 2


@pytest.mark.parametrize(
    ("call", "args", "says"),
    [
        ("to_polars", (), "to_polars() needs polars: install it with pip install polars"),
        ("to_pandas", (), "to_pandas() needs pandas: install it with pip install pandas"),
        (
            "to_duckdb",
            ("x",),
            "writing to a DuckDB file needs duckdb: install it with pip install 'navixy-async[duckdb]'",
        ),
        (
            "to_postgres",
            ("",),
            "writing to PostgreSQL needs psycopg: install it with pip install 'navixy-async[postgres]'",
        ),
    ],
)
async def test_what_is_missing_is_said_before_anything_is_asked(
    call: str, args: tuple[str, ...], says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    missing = {"to_polars": "polars", "to_pandas": "pandas", "to_duckdb": "duckdb", "to_postgres": "psycopg"}[call]
    monkeypatch.setitem(sys.modules, missing, None)
    model = world()
    with pytest.raises(InvalidInput) as caught:
        await getattr(harvest(model), call)(*args)
    assert str(caught.value) == says and not model.asked
