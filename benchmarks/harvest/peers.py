"""Other ways to bring the points of a fleet to Parquet, as somebody in a hurry, but honest, would write them.

Each is ``run(url, world, directory) -> points``. They ask for one tracker and `SPAN` days at a time, 16 requests at
once, write what comes naturally, and do none of what a harvest does besides: no limiter, no ledger, no order across
requests, no coverage, no answer to a failure.
"""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Awaitable, Callable, Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from .server import START, World

SPAN = 1
"""Days per request."""
AT_ONCE = 16
SCHEMA = pa.schema(
    [
        ("get_time", pa.timestamp("us", "UTC")),
        *((name, pa.float64()) for name in ("lat", "lng", "mileage")),
        *((name, pa.int32()) for name in ("alt", "speed", "heading", "satellites", "precision")),
        ("address", pa.string()),
        *((name, pa.bool_()) for name in ("gsm_lbs", "parking", "buffered")),
    ]
)


def questions(world: World) -> Iterator[dict[str, Any]]:
    """What is asked of ``track/read``, tracker by tracker."""
    for tracker in range(1, world.trackers + 1):
        for day in range(0, world.days, SPAN):
            start = START + timedelta(days=day)
            end = min(start + timedelta(days=SPAN), world.end) - timedelta(seconds=1)
            yield {"tracker_id": tracker, "from": _text(start), "to": _text(end), "simplify": False, "filter": False}


def _text(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S+0000")


def _write(table: Any, directory: Path, asked: dict[str, Any]) -> int:
    table = table.append_column("tracker_id", pa.repeat(pa.scalar(asked["tracker_id"]), table.num_rows))
    pq.write_table(table, directory / f"{asked['tracker_id']}-{asked['from'][:10]}.parquet", compression="zstd")
    return int(table.num_rows)


Take = Callable[[bytes, dict[str, Any]], int]


async def _over_aiohttp(url: str, world: World, take: Take) -> int:
    import aiohttp  # one library a peer

    points = 0
    left = iter(list(questions(world)))

    async def work(session: aiohttp.ClientSession) -> None:
        nonlocal points
        for asked in left:
            async with session.post(f"{url}/track/read", json=asked) as response:
                body = await response.read()
            points += take(body, asked)

    async with aiohttp.ClientSession() as session:
        await _all(work(session) for _ in range(AT_ONCE))
    return points


async def _all(work: Iterable[Awaitable[None]]) -> None:
    await asyncio.gather(*work)


def read_only(url: str, world: World, directory: Path) -> int:
    """aiohttp, nothing decoded, nothing written: the floor."""
    asyncio.run(_over_aiohttp(url, world, lambda body, _: len(body)))
    return world.points


def aiohttp_orjson(url: str, world: World, directory: Path) -> int:
    """aiohttp, orjson, columns by comprehension, pyarrow."""
    import orjson  # one library a peer

    def take(body: bytes, asked: dict[str, Any]) -> int:
        rows = orjson.loads(body)["list"]
        columns: dict[str, Any] = {field.name: [row.get(field.name) for row in rows] for field in SCHEMA}
        columns["get_time"] = pa.array(columns["get_time"]).cast(SCHEMA.field("get_time").type)
        return _write(pa.table(columns, schema=SCHEMA), directory, asked)

    return asyncio.run(_over_aiohttp(url, world, take))


def aiohttp_structs(url: str, world: World, directory: Path) -> int:
    """aiohttp, msgspec Structs by attribute, pyarrow."""
    kinds = {"string": str, "double": float, "int32": int, "bool": bool}
    members = [
        (field.name, str if field.name == "get_time" else kinds[str(field.type)] | None, None) for field in SCHEMA
    ]
    row = msgspec.defstruct("Row", members, gc=False)
    answer = msgspec.defstruct("Answer", [("list", list[row])])  # type: ignore[valid-type]
    decode = msgspec.json.Decoder(answer).decode

    def take(body: bytes, asked: dict[str, Any]) -> int:
        rows: Any = decode(body)
        columns: dict[str, Any] = {field.name: [getattr(point, field.name) for point in rows.list] for field in SCHEMA}
        columns["get_time"] = pa.array(columns["get_time"]).cast(SCHEMA.field("get_time").type)
        return _write(pa.table(columns, schema=SCHEMA), directory, asked)

    return asyncio.run(_over_aiohttp(url, world, take))


def httpx_pandas(url: str, world: World, directory: Path) -> int:
    """httpx, json.loads, pandas."""
    import httpx  # one library a peer
    import pandas as pd

    points = 0
    left = iter(list(questions(world)))

    async def work(client: httpx.AsyncClient) -> None:
        nonlocal points
        for asked in left:
            response = await client.post(f"{url}/track/read", json=asked)
            frame = pd.DataFrame(json.loads(response.content)["list"])
            frame["get_time"] = pd.to_datetime(frame["get_time"], utc=True)
            frame["tracker_id"] = asked["tracker_id"]
            frame.to_parquet(
                directory / f"{asked['tracker_id']}-{asked['from'][:10]}.parquet", compression="zstd", index=False
            )
            points += len(frame)

    async def run() -> None:
        async with httpx.AsyncClient(timeout=60) as client:
            await _all(work(client) for _ in range(AT_ONCE))

    asyncio.run(run())
    return points


def dlt_rest(url: str, world: World, directory: Path) -> int:
    """dlt's REST source, extracted in parallel, to its file system destination as Parquet."""
    os.environ["RUNTIME__DLTHUB_TELEMETRY"] = "false"
    os.environ["RUNTIME__LOG_LEVEL"] = "CRITICAL"
    os.environ["NORMALIZE__DATA_WRITER__DISABLE_COMPRESSION"] = "true"
    import dlt  # one library a peer
    from dlt.sources.rest_api import rest_api_source

    source = rest_api_source(
        {
            "client": {"base_url": f"{url}/"},
            "resource_defaults": {"parallelized": True},
            "resources": [
                {
                    "name": f"points_{number}",
                    "table_name": "points",
                    "endpoint": {
                        "path": "track/read",
                        "method": "POST",
                        "json": asked,
                        "data_selector": "list",
                        "paginator": "single_page",
                    },
                }
                for number, asked in enumerate(questions(world))
            ],
        }
    )
    pipeline = dlt.pipeline(
        "points",
        destination=dlt.destinations.filesystem(bucket_url=str(directory / "out")),
        dataset_name="fleet",
        pipelines_dir=str(directory / "pipelines"),
    )
    pipeline.run(source, loader_file_format="parquet")
    return sum(pq.read_metadata(path).num_rows for path in (directory / "out").rglob("points/*.parquet"))


PEERS: dict[str, tuple[Callable[[str, World, Path], int], int]] = {
    "reading without decoding (floor)": (read_only, 200),
    "aiohttp + Structs + pyarrow": (aiohttp_structs, 60),
    "aiohttp + orjson + pyarrow": (aiohttp_orjson, 60),
    "httpx + json + pandas": (httpx_pandas, 30),
    "dlt, REST source": (dlt_rest, 5),
}
"""Name: the way, and the trackers that it is given (slow ones fewer)."""
