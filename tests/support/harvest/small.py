"""A small model of two accounts over three days, and how the tests harvest it."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any

from navixy_async.harvest import Harvest, Harvests

from .model import Event, Fleet, Model, Point, at

START, END = at("03-16 00:00:00"), at("03-19 00:00:00")
DAY = timedelta(days=1)


def fleet(trackers: range, points: int = 30) -> Fleet:
    draw = random.Random(trackers.start)
    made = Fleet()
    for tracker in trackers:
        seconds = sorted(draw.randrange(int(START.timestamp()), int(END.timestamp())) for _ in range(points))
        made.points[tracker] = [Point(second, note) for note, second in enumerate(seconds)]
        made.events += [Event(second, tracker * 1000 + note, tracker) for note, second in enumerate(seconds)]
    return made


def world(**members: Any) -> Model:
    return Model({"one": fleet(range(1, 4)), "two": fleet(range(11, 14))}, **members)


def tracks(model: Model, **options: Any) -> Harvest:
    return Harvests(model.callers()).tracks(start=START, end=END, window=DAY, **options)


async def batches(harvest: Harvest) -> list[Any]:
    return [batch async for batch in harvest]
