"""What it costs to keep members that we do not know: answers with and without them, read in several ways.

    python benchmarks/decode/unknown_members.py [--trackers 5000] [--points 100000] [--rounds 15]

``tracker/list`` and ``track/read`` as documented; with a new member in every object; and with one in a single object.
Beside how an account reads them: structs that forget what they do not name (what msgspec does by itself), and plain
dicts (the other way to lose nothing). The first reading, which makes the twins and learns the names, is shown apart.
"""

from __future__ import annotations

import argparse
import json
import platform
from collections.abc import Callable
from statistics import median
from time import perf_counter
from typing import Any

import msgspec
from tracker_list import body, measure

from navixy_async.api.models.track import TrackReadAnswer
from navixy_async.api.models.tracker import TrackerListAnswer
from navixy_async.api.runtime.unknown_fields import ModelReader

TITLES = ("forgetting", "keeping", "ratio", "dicts", "first")


def points(count: int) -> bytes:
    """An answer of ``track/read``."""
    point = {"lat": 53.4, "lng": -2.9, "alt": 30, "satellites": 9, "speed": 42, "heading": 17, "mileage": 1.5}
    rows = [
        {**point, "get_time": f"2026-11-01T{n // 3600 % 24:02}:{n // 60 % 60:02}:{n % 60:02}+0000"}
        for n in range(count)
    ]
    return json.dumps({"list": rows, "success": True}).encode()


def with_news(content: bytes, *, single: bool = False) -> bytes:
    """`content` with a new member in every object, or only in the last of the list."""

    def renewed(value: Any) -> Any:
        if isinstance(value, list):
            return [renewed(item) for item in value]
        if isinstance(value, dict):
            return {**{name: renewed(item) for name, item in value.items()}, "news": "text"}
        return value

    answer = json.loads(content)
    rows = answer["list"]
    answer["list"] = [*rows[:-1], renewed(rows[-1])] if single else renewed(rows)
    return json.dumps(answer).encode()


def side_by_side(ways: tuple[Callable[[bytes], Any], ...], content: bytes, rounds: int) -> list[float]:
    """Median processor seconds of each way, measured in turns, so that a busy machine is busy for all."""
    turns = [[measure(way, content) for way in ways] for _ in range(rounds)]
    return [median(times) for times in zip(*turns, strict=True)]


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description="Keep members that we do not know.")
    parser.add_argument("--trackers", type=int, default=5000)
    parser.add_argument("--points", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=15)
    options = parser.parse_args()
    print(f"CPython {platform.python_version()}, msgspec {msgspec.__version__}, medians of {options.rounds} in ms")
    answers: dict[str, tuple[Any, bytes]] = {
        "tracker/list": (TrackerListAnswer, body(options.trackers)),
        "track/read": (TrackReadAnswer, points(options.points)),
    }
    for path, (kind, content) in answers.items():
        title = f"{path}, {len(content) / 1e6:.2f} MB"
        print(f"{title:36s}{''.join(f'{column:>12s}' for column in TITLES)}")
        keep: Callable[[bytes], Any] = ModelReader(kind, answer=True).read
        forget, plain = msgspec.json.Decoder(kind).decode, msgspec.json.Decoder().decode
        for name, sent in (
            ("all members known", content),
            ("a new one in one object", with_news(content, single=True)),
            ("a new one in every object", with_news(content)),
        ):
            start = perf_counter()
            keep(sent)
            first = perf_counter() - start
            forgetting, keeping, dicts = side_by_side((forget, keep, plain), sent, options.rounds)
            figures = f"{forgetting * 1e3:12.2f}{keeping * 1e3:12.2f}{keeping / forgetting:12.2f}{dicts * 1e3:12.2f}"
            print(f"  {name:34s}{figures}{first * 1e3:12.2f}")


if __name__ == "__main__":
    main()
