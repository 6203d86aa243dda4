"""Decoding an answer of ``tracker/list`` with 5,000 trackers: our structs, pydantic models, dataclasses over json.

    python benchmarks/decode/tracker_list.py [--trackers 5000] [--rounds 15]

All three build the same objects of the same shape with the same conversions (days to dates), which is checked first,
and take turns; counted is processor time, because a busy machine stretches the rest. pydantic goes from bytes to models
at once (`model_validate_json`), its fastest way. Needs pydantic for its part (extra `bench`); without it that line is
left out.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import platform
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from statistics import median
from time import process_time
from typing import Any

import msgspec

from navixy_async.api.models.tracker import TrackerListAnswer
from navixy_async.api.runtime.unknown_fields import ModelReader

try:
    import pydantic
except ImportError:
    pydantic = None  # type: ignore[assignment]


def body(trackers: int) -> bytes:
    """An answer as the platform sends it."""
    chance = random.Random(5)
    rows = [
        {
            "id": 10_000_000 + number,
            "label": f"Truck {number:05d}",
            "clone": False,
            "group_id": chance.randrange(20),
            "avatar_file_name": None,
            "source": {
                "id": 400_000 + number,
                "device_id": str(356_938_035_000_000 + number),
                "model": "telfmb120",
                "blocked": number % 50 == 0,
                "tariff_id": 345,
                "status_listing_id": None,
                "creation_date": "2011-09-21",
                "tariff_end_date": "2026-03-24",
                "phone": "+71234567890",
            },
            "tag_bindings": [{"tag_id": chance.randrange(9), "ordinal": 1}] if number % 3 else [],
        }
        for number in range(trackers)
    ]
    return json.dumps({"list": rows, "success": True}).encode()


@dataclass(slots=True)
class PlainSource:
    id: int
    device_id: str
    model: str
    blocked: bool
    tariff_id: int
    status_listing_id: int | None
    creation_date: date
    tariff_end_date: date | None
    phone: str | None


@dataclass(slots=True)
class PlainTag:
    tag_id: int
    ordinal: int


@dataclass(slots=True)
class PlainTracker:
    id: int
    label: str
    clone: bool
    group_id: int
    avatar_file_name: str | None
    source: PlainSource
    tag_bindings: list[PlainTag]


def with_dataclasses(content: bytes) -> list[PlainTracker]:
    """What people write by hand."""
    found = []
    for row in json.loads(content)["list"]:
        source = row["source"]
        found.append(
            PlainTracker(
                id=row["id"],
                label=row["label"],
                clone=row["clone"],
                group_id=row["group_id"],
                avatar_file_name=row["avatar_file_name"],
                source=PlainSource(
                    id=source["id"],
                    device_id=source["device_id"],
                    model=source["model"],
                    blocked=source["blocked"],
                    tariff_id=source["tariff_id"],
                    status_listing_id=source["status_listing_id"],
                    creation_date=date.fromisoformat(source["creation_date"]),
                    tariff_end_date=date.fromisoformat(source["tariff_end_date"])
                    if source["tariff_end_date"]
                    else None,
                    phone=source["phone"],
                ),
                tag_bindings=[PlainTag(**tag) for tag in row["tag_bindings"]],
            )
        )
    return found


def pydantic_decoder() -> Callable[[bytes], Any]:
    """The same shape as models, decoded the fast way (bytes to models at once)."""

    class Source(pydantic.BaseModel):
        id: int | None = None
        device_id: str | int | None = None
        model: str | None = None
        blocked: bool | None = None
        tariff_id: int | None = None
        status_listing_id: int | None = None
        creation_date: date | None = None
        tariff_end_date: date | None = None
        phone: str | None = None

    class Tag(pydantic.BaseModel):
        tag_id: int | None = None
        ordinal: int | None = None

    class Tracker(pydantic.BaseModel):
        id: int | None = None
        label: str | None = None
        clone: bool | None = None
        group_id: int | None = None
        avatar_file_name: str | None = None
        source: Source | None = None
        tag_bindings: list[Tag] | None = None

    class Answer(pydantic.BaseModel):
        list: "list[Tracker]"  # noqa: UP037 - the member shadows the type

    Answer.model_rebuild(_types_namespace={"list": list, "Tracker": Tracker})
    return Answer.model_validate_json


def measure(decode: Callable[[bytes], Any], content: bytes) -> float:
    """Processor seconds of one decoding; what is decoded is freed outside of the clock."""
    gc.collect()
    start = process_time()
    found = decode(content)
    seconds = process_time() - start
    del found
    return seconds


def same(ways: dict[str, Callable[[bytes], Any]], content: bytes) -> None:
    """Refuse to compare ways that do not build the same objects."""
    told = set()
    for decode in ways.values():
        found = decode(content)
        trackers = getattr(found, "list", found)
        rows = ((one.id, one.source.device_id, one.source.creation_date, len(one.tag_bindings)) for one in trackers)
        told.add(tuple(rows))
    if len(told) != 1:
        raise SystemExit("the ways do not build the same objects")


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description="Decode tracker/list in three ways.")
    parser.add_argument("--trackers", type=int, default=5000)
    parser.add_argument("--rounds", type=int, default=15)
    options = parser.parse_args()
    content = body(options.trackers)
    ways: dict[str, Callable[[bytes], Any]] = {
        "navixy_async": ModelReader(TrackerListAnswer, answer=True).read,
        "json.loads + dataclasses": with_dataclasses,
    }
    if pydantic is not None:
        ways[f"pydantic {pydantic.VERSION}"] = pydantic_decoder()
    same(ways, content)
    cores = len(os.sched_getaffinity(0))
    print(
        f"CPython {platform.python_version()}, {cores} cores, {platform.machine()}, msgspec {msgspec.__version__}, "
        f"{options.trackers} trackers, {len(content) / 1e6:.2f} MB, median of {options.rounds} rounds in turns"
    )
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(options.rounds):
        for name, decode in ways.items():
            times[name].append(measure(decode, content))
    base = median(next(iter(times.values())))
    for name, found in times.items():
        print(f"{name:28s} {median(found) * 1e3:8.2f} ms CPU   x {median(found) / base:5.2f}")


if __name__ == "__main__":
    main()
