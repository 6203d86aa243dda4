"""How fast an answer of track/read becomes Arrow columns, and what that costs everybody else.

    python benchmarks/decode/points.py [--points 50000] [--repeat 5]

One line a candidate, each in a process of its own, rounds interleaved: best wall time, best processor time, memory
above the body, and the longest time for which another Python thread could not run (the event loop, in a harvest).
Candidates whose library is not installed are left out. The floors parse, but make no columns. The last column tells
what a figure is held against: how many times faster the harvest is (and what it must be), then its memory over
theirs.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import random
import re
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path
from statistics import median
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.json as pa_json

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from benchmarks.harvest.table import machine
from navixy_async.harvest.streams.tracks import TRACKS

MEMBERS = ("get_time", "lat", "lng", "alt", "speed", "heading", "satellites", "mileage", "precision", "address")
FLAGS = ("gsm_lbs", "parking", "buffered")


class Envelope(msgspec.Struct):
    """The answer with its rows not parsed."""

    rows: list[msgspec.Raw] = msgspec.field(name="list")


def make_body(points: int) -> bytes:
    """An answer as the platform writes it: about 215 bytes a point."""
    draw = random.Random(points)
    moment = datetime(2026, 3, 16, 5, tzinfo=timezone(timedelta(hours=5)))
    rows = []
    for number in range(points):
        moment += timedelta(seconds=draw.choice((0, 1, 5, 30)))
        row: dict[str, Any] = {
            "lat": round(43 + draw.random(), 7),
            "lng": round(-79 + draw.random(), 7),
            "alt": draw.randint(0, 300),
            "satellites": draw.randint(4, 14),
            "mileage": round(draw.random() * 100, 2),
            "get_time": moment.strftime("%Y-%m-%dT%H:%M:%S%z"),
            "address": f"{draw.randint(1, 999)} Harbour Road, Northern Quarter, Some Town, Some County",
            "heading": draw.randint(0, 359),
            "speed": draw.randint(0, 120),
        }
        if number % 7 == 0:
            row["buffered"] = True
        if number % 11 == 0:
            row |= {"parking": True, "precision": 100}
        rows.append(row)
    answer = {"success": True, "limit_exceeded": False, "list": rows}
    return json.dumps(answer, separators=(",", ":")).encode()


def raw_rows(body: bytes) -> int:
    return len(msgspec.json.decode(body, type=Envelope).rows)


def msgspec_any(body: bytes) -> int:
    return len(msgspec.json.decode(body)["list"])


def simdjson_parse(body: bytes) -> int:
    import simdjson  # optional

    parser = simdjson.Parser()
    document: Any = parser.parse(body)
    return len(document["list"])


def ours(body: bytes) -> int:
    return int(TRACKS.layout.read(body, "track/read", fixed={"tracker_id": 1}).batch.num_rows)


def structs(body: bytes) -> int:
    return int(TRACKS.layout._read_structs(body, {"tracker_id": 1}, None).batch.num_rows)


def _wire_schema() -> Any:
    kinds = [pa.timestamp("us", "UTC"), pa.float64(), pa.float64(), *[pa.int32()] * 4, pa.float64(), pa.int32()]
    return pa.schema([*zip(MEMBERS, [*kinds, pa.string()], strict=True), *((flag, pa.bool_()) for flag in FLAGS)])


def arrow_lines(body: bytes, *, threads: bool = True) -> int:
    lines = b"\n".join(msgspec.json.decode(body, type=Envelope).rows)
    parse = pa_json.ParseOptions(explicit_schema=_wire_schema(), unexpected_field_behavior="ignore")
    read = pa_json.ReadOptions(use_threads=threads)
    table = pa_json.read_json(pa.BufferReader(lines), read_options=read, parse_options=parse)
    return int(table.combine_chunks().num_rows)


def arrow_envelope(body: bytes) -> int:
    rows = pa.list_(pa.struct(list(_wire_schema())))
    parse = pa_json.ParseOptions(explicit_schema=pa.schema([("list", rows)]), unexpected_field_behavior="ignore")
    read = pa_json.ReadOptions(block_size=len(body) + 1)
    table = pa_json.read_json(pa.BufferReader(body), read_options=read, parse_options=parse)
    columns = pa.table(pa.RecordBatch.from_struct_array(table["list"].chunk(0).flatten()))
    return int(columns.num_rows)


def arrow_lines_one_thread(body: bytes) -> int:
    return arrow_lines(body, threads=False)


def json_pylist(body: bytes) -> int:
    rows = json.loads(body)["list"]
    for row in rows:
        row["get_time"] = datetime.fromisoformat(row["get_time"])
    return int(pa.Table.from_pylist(rows, schema=_wire_schema()).num_rows)


def json_pandas(body: bytes) -> int:
    import pandas as pd  # optional

    frame = pd.DataFrame(json.loads(body)["list"])
    frame["get_time"] = pd.to_datetime(frame["get_time"], utc=True)
    return len(frame)


def orjson_columns(body: bytes) -> int:
    import orjson  # optional

    rows = orjson.loads(body)["list"]
    columns: dict[str, Any] = {field.name: [row.get(field.name) for row in rows] for field in _wire_schema()}
    columns["get_time"] = pa.array(columns["get_time"]).cast(pa.timestamp("us", "UTC"))
    return int(pa.table(columns, schema=_wire_schema()).num_rows)


def polars_lines(body: bytes) -> int:
    import polars as pl  # optional

    frame = pl.read_ndjson(b"\n".join(msgspec.json.decode(body, type=Envelope).rows))
    times = pl.col("get_time").str.to_datetime("%Y-%m-%dT%H:%M:%S%z", time_unit="us")
    return int(frame.with_columns(times).to_arrow().num_rows)


def polars_schema(body: bytes) -> int:
    import polars as pl  # optional

    whole, real = dict.fromkeys(("alt", "speed", "heading", "satellites", "precision"), pl.Int32), pl.Float64
    kinds = {"get_time": pl.String, "address": pl.String, "lat": real, "lng": real, "mileage": real, **whole}
    kinds |= dict.fromkeys(FLAGS, pl.Boolean)
    frame = pl.read_ndjson(b"\n".join(msgspec.json.decode(body, type=Envelope).rows), schema=kinds)
    times = pl.col("get_time").str.to_datetime("%Y-%m-%dT%H:%M:%S%z", time_unit="us")
    return int(frame.with_columns(times).to_arrow().num_rows)


DUCK = (
    "get_time TIMESTAMPTZ, lat DOUBLE, lng DOUBLE, alt INT, speed INT, heading INT, satellites INT, mileage DOUBLE, "
    "precision INT, address VARCHAR, gsm_lbs BOOLEAN, parking BOOLEAN, buffered BOOLEAN"
)


def duckdb_body(body: bytes) -> int:
    import duckdb  # optional

    with tempfile.NamedTemporaryFile(suffix=".json") as file, duckdb.connect() as database:
        file.write(body)
        file.flush()
        found = database.sql(
            f"SELECT unnest(list, recursive := true) FROM read_json('{file.name}', format = 'unstructured', "
            f"columns = {{list: 'STRUCT({DUCK})[]'}}, maximum_object_size = {2 * len(body)})"
        )
        return int(found.to_arrow_table().num_rows)


def duckdb_lines(body: bytes) -> int:
    import duckdb  # optional

    kinds = ", ".join("{}: '{}'".format(*column.split()) for column in DUCK.split(", "))
    with tempfile.NamedTemporaryFile(suffix=".json") as file, duckdb.connect() as database:
        file.write(b"\n".join(msgspec.json.decode(body, type=Envelope).rows))
        file.flush()
        found = database.sql(
            f"SELECT * FROM read_json('{file.name}', format = 'newline_delimited', columns = {{{kinds}}})"
        )
        return int(found.to_arrow_table().num_rows)


MUST = {"json.loads, pandas": (3.0, 0.5), "orjson, columns": (2.0, 0.5)}
"""Others: at least as fast as the best."""

CANDIDATES: dict[str, tuple[Callable[[bytes], int], tuple[str, ...]]] = {
    "floor: rows not parsed (msgspec.Raw)": (raw_rows, ()),
    "floor: Python objects (msgspec)": (msgspec_any, ()),
    "floor: parsed, nothing read (simdjson)": (simdjson_parse, ("simdjson",)),
    "harvest": (ours, ()),
    "Structs by attribute": (structs, ()),
    "envelope to Arrow": (arrow_envelope, ()),
    "rows as lines to Arrow": (arrow_lines, ()),
    "rows as lines to Arrow, one thread": (arrow_lines_one_thread, ()),
    "rows as lines to polars": (polars_lines, ("polars",)),
    "rows as lines to polars, schema given": (polars_schema, ("polars",)),
    "body to duckdb": (duckdb_body, ("duckdb",)),
    "rows as lines to duckdb": (duckdb_lines, ("duckdb",)),
    "orjson, columns": (orjson_columns, ("orjson",)),
    "json.loads, Arrow from rows": (json_pylist, ()),
    "json.loads, pandas": (json_pandas, ("pandas",)),
}


class Ticker(threading.Thread):
    """Measures for how long a thread that wants to run cannot."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.longest = 0.0
        self.done = threading.Event()

    def run(self) -> None:
        last = time.perf_counter()
        while not self.done.wait(0.0005):
            now = time.perf_counter()
            self.longest = max(self.longest, now - last)
            last = now


def peak_memory(*, reset: bool = False) -> float:
    """The most memory (MB) that this process ever had, or since the last reset where the system can forget it."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    if reset:
        Path("/proc/self/clear_refs").write_text("5")
    return int(re.findall(r"VmHWM:\s+(\d+)", status.read_text())[0]) / 1024


def measure(name: str, body: bytes, points: int, repeat: int) -> dict[str, float]:
    """One candidate, in this process."""
    decode = CANDIDATES[name][0]
    decode(make_body(100))
    before = peak_memory(reset=True)
    assert decode(body) == points
    memory = peak_memory() - before
    walls, spents, stalls = [], [], []
    for _ in range(repeat):
        at, spent = time.perf_counter(), time.process_time()
        decode(body)
        walls.append(time.perf_counter() - at)
        spents.append(time.process_time() - spent)
    for _ in range(repeat):
        ticker = Ticker()
        ticker.start()
        decode(body)
        ticker.done.set()
        ticker.join()
        stalls.append(ticker.longest)
    return {"wall": min(walls) * 1e3, "cpu": min(spents) * 1e3, "memory": memory, "stall": min(stalls) * 1e3}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--points", type=int, default=50_000)
    parser.add_argument("--repeat", type=int, default=7)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", choices=list(CANDIDATES), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.only:
        print(json.dumps(measure(given.only, sys.stdin.buffer.read(), given.points, given.repeat)))
        return
    body = make_body(given.points)
    names = [
        name
        for name, (_, needs) in CANDIDATES.items()
        if all(importlib.util.find_spec(package) is not None for package in needs)
    ]
    runs: dict[str, list[dict[str, float]]] = {name: [] for name in names}
    for _ in range(given.rounds):
        for name in names:
            command = [sys.executable, __file__, "--points", str(given.points), "--repeat", str(given.repeat)]
            answer = subprocess.run([*command, "--only", name], check=True, input=body, stdout=subprocess.PIPE)
            runs[name].append(json.loads(answer.stdout))
    # The best: what disturbs a run only ever makes it slower. Memory is what is usual.
    found = {
        name: {key: (median if key == "memory" else min)(run[key] for run in each) for key in each[0]}
        for name, each in runs.items()
    }
    print(f"{given.points:,} points, {len(body) / 1e6:.1f} MB, {given.rounds} rounds\n{machine()}\n")
    print(f"| {'candidate':38} | wall ms | CPU ms | memory MB | stall ms | harvest is × (must) | its memory is × |")
    print(f"|{'-' * 40}|--------:|-------:|----------:|---------:|--------------------:|----------------:|")
    for name, one in found.items():
        faster, smaller = one["wall"] / found["harvest"]["wall"], found["harvest"]["memory"] / one["memory"]
        must, most = MUST.get(name, (1.0, 0.0))
        verdict = "" if name == "harvest" or name.startswith("floor") else f"{faster:.2f} ({must:g})"
        lean = f"{smaller:.2f} ({most:g})" if most else ""
        print(
            f"| {name:38} | {one['wall']:7.1f} | {one['cpu']:6.1f} | {one['memory']:9.1f} | {one['stall']:8.1f} "
            f"| {verdict:>19} | {lean:>15} |"
        )


if __name__ == "__main__":
    main()
