"""What the demo's files must hold: the world's own rows, compared with the files partition by partition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from ....testing import World
from ....times import TimeRange
from .compare import Difference, compare

_TIME = pa.timestamp("us", tz="UTC")
_POSITION = [("lat", pa.float64()), ("lng", pa.float64())]

TRUTH: Mapping[str, pa.Schema] = {
    "tracks": pa.schema(
        [
            ("tracker_id", pa.int64()),
            ("time", _TIME),
            *_POSITION,
            *((name, pa.int64()) for name in ("alt", "speed", "heading", "satellites", "precision")),
            ("mileage", pa.float64()),
            ("address", pa.string()),
            *((name, pa.bool_()) for name in ("gsm_lbs", "parking", "buffered")),
        ]
    ),
    "events": pa.schema(
        [
            *((name, pa.int64()) for name in ("id", "tracker_id", "rule_id", "track_id", "precision")),
            ("time", _TIME),
            *_POSITION,
            *((name, pa.string()) for name in ("event", "message", "address")),
            ("emergency", pa.bool_()),
            ("is_read", pa.bool_()),
        ]
    ),
}
"""Every member of the truth that the platform shows: all but the time of arrival, and the track of a point."""

KEYS = {"tracks": ("tracker_id", "time"), "events": ("tracker_id", "id")}


class _Extra(msgspec.Struct):
    emergency: bool | None = None


_read_extra = msgspec.json.Decoder(_Extra).decode


def check(world: World, accounts: Mapping[str, int], folder: Path, asked: TimeRange) -> dict[str, Difference]:
    """Compare every file of a finished harvest in `folder` with the world, stream by stream.

    Args:
        world: the truth.
        accounts: account ids of the world by the labels under which they were harvested.
        folder: the directory of the harvest.
        asked: the range that was harvested.
    """
    found: dict[str, Difference] = {}
    for stream in TRUTH:
        total = Difference()
        written = partitions(folder, stream)
        days = {(label, day) for label in accounts for day in asked.utc_days()}
        for label, day in sorted(days | written.keys()):
            truth = true_rows(world, stream, accounts.get(label), day, asked)
            total += compare(truth, _read(stream, written.get((label, day), ())), KEYS[stream])
        found[stream] = total
    return found


def partitions(folder: Path, stream: str) -> dict[tuple[str, date], list[Path]]:
    """The Parquet files of one stream by account label and UTC day."""
    files: dict[tuple[str, date], list[Path]] = {}
    for path in sorted((folder / f"stream={stream}").glob("account=*/date=*/*.parquet")):
        account, day = (part.partition("=")[2] for part in path.parts[-3:-1])
        files.setdefault((account, date.fromisoformat(day)), []).append(path)
    return files


def true_rows(world: World, stream: str, account_id: int | None, day: date, asked: TimeRange) -> pa.Table:
    """The rows of one account and UTC day within the asked range, as a table."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
    start, end = max(midnight, asked.start), min(midnight + timedelta(days=1), asked.end)
    rows: Sequence[object] = ()
    if account_id is not None and start < end:
        trackers = [tracker.id for tracker in world.account(account_id).trackers]
        if stream == "events":
            rows = world.events(trackers, start, end)
        else:
            rows = [point for tracker in trackers for point in world.points(tracker, start, end)]
    schema = TRUTH[stream]
    return pa.table([pa.array(_values(rows, name), kind) for name, kind in _fields(schema)], schema=schema)


def _fields(schema: pa.Schema) -> Iterator[tuple[str, pa.DataType]]:
    return ((field.name, field.type) for field in schema)


def _values(rows: Sequence[object], name: str) -> list[object]:
    return [getattr(row, name) for row in rows]


def _read(stream: str, files: Iterable[Path]) -> pa.Table:
    schema = TRUTH[stream]
    # ParquetFile, unlike read_table, does not add the partition's columns.
    tables = [pq.ParquetFile(path).read() for path in files]
    if not tables:
        return schema.empty_table()
    table = pa.concat_tables(tables)
    if stream == "events":
        table = table.append_column("emergency", pa.array(map(_is_emergency, table["extra"].to_pylist()), pa.bool_()))
    return table


def _is_emergency(extra: str | None) -> bool:
    return extra is not None and bool(_read_extra(extra).emergency)
