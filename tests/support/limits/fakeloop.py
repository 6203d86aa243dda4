"""An event loop whose clock jumps: it never waits, it goes straight to the next timer."""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


class _Selector(selectors.SelectSelector):
    def __init__(self) -> None:
        super().__init__()
        self.now = 1000.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is None:
            raise RuntimeError("everything waits for something that will never happen")
        self.now += max(timeout, 0.0) + 1e-8  # time passes, or rounding makes two timers call each other for ever
        return super().select(0)


class FakeLoop(asyncio.SelectorEventLoop):
    """Runs at once what would take hours."""

    def __init__(self) -> None:
        self._jumping = _Selector()
        super().__init__(self._jumping)

    def time(self) -> float:
        return self._jumping.now

    def block(self, seconds: float) -> None:
        """Let time pass in which the loop does nothing."""
        self._jumping.now += seconds


def run(main: Callable[[FakeLoop], Coroutine[Any, Any, T]]) -> T:
    """Run a coroutine function on a loop of its own."""
    loops: list[FakeLoop] = []

    def make() -> FakeLoop:
        loops.append(FakeLoop())
        return loops[0]

    with asyncio.Runner(loop_factory=make) as runner:

        async def start() -> T:
            return await main(loops[0])

        return runner.run(start())
