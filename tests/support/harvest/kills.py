"""kill -9 of a process that harvests, by how far it is and never by the clock: it strikes in the middle on any machine.

The process ends itself before a certain request. What its other thread is doing to the disk or the database just then
is left to chance.
"""

from __future__ import annotations

import asyncio
import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from .model import Model

KILLS = 3


def deadly(model: Model, request: int) -> Model:
    """Let the process be killed before the model has answered more than `request` requests for points; 0: never."""

    async def pause() -> None:
        # Long enough for some commits between the first request and the last.
        await asyncio.sleep(0.004)
        if request and model.count("track/read") >= request:
            os.kill(os.getpid(), signal.SIGKILL)

    model.pause = pause
    return model


def lives(code: str, arguments: list[str], left: Callable[[], int], seed: int) -> Iterator[int]:
    """Run `code` with the arguments and the number of its deadly request until it comes to its end.

    Args:
        code: Python that harvests a model made :func:`deadly`, and prints how many requests it made.
        arguments: for it.
        left: how many requests an undisturbed run needs from here.
        seed: for when it is killed.

    Yields:
        After every kill how many requests there are left, then, once, how many more than were left were made.
    """
    draw = random.Random(seed)
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}
    before = left()
    for life in range(KILLS + 1):
        request = draw.randint(before // 4, before // 2) if life < KILLS else 0
        command = [sys.executable, "-c", code, *arguments, str(request)]
        ended = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=False)
        assert ended.returncode == (-signal.SIGKILL if request else 0)
        if not request:
            yield int(ended.stdout) - before
            return
        before = left()
        yield before
