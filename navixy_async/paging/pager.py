"""What every paged action returns: await it for one page, iterate over it for everything."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import AsyncGenerator, Callable, Generator, Mapping, Sequence
from contextlib import aclosing
from typing import Any, Generic, TypeVar

from ..errors import InvalidInput, PagingError
from ..operations import Caller, Lane, Operation

A = TypeVar("A")
I = TypeVar("I")  # noqa: E741 - the item's type, beside A for the answer's


class Pager(ABC, Generic[A, I]):
    """A paged action that was described, but not sent yet.

    - ``page = await pager``: one page, the answer as the platform sent it.
    - ``async for item in pager``: every item, over as many pages as it takes.
    - ``async for page in pager.pages()``: the answers of these pages.
    - ``await pager.collect()``, ``await pager.take(10)``: all items, or the first ones, as a list.

    Nothing is sent before it is awaited or iterated over. A pager may be used again; each use sends new requests.
    Leaving an iteration early leaves nothing behind: between two items no request is in flight and no task waits.
    """

    def __init__(
        self,
        caller: Caller,
        operation: Operation[A],
        params: Mapping[str, Any],
        *,
        items: Callable[[A], Sequence[I] | None],
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        self._caller = caller
        self._operation = operation
        self._params = dict(params)
        self._items = items
        self._timeout = timeout
        self._lane = lane

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._operation.path}: await it for one page, iterate it for all>"

    def __await__(self) -> Generator[Any, None, A]:
        return self._send(self._params).__await__()

    async def __aiter__(self) -> AsyncGenerator[I, None]:
        async with aclosing(self._steps()) as steps:
            async for _, items in steps:
                for item in items:
                    yield item

    async def pages(self) -> AsyncGenerator[A, None]:
        """Every answer in turn, as the platform sent it."""
        async with aclosing(self._steps()) as steps:
            async for answer, _ in steps:
                yield answer

    async def collect(self) -> list[I]:
        """Every item, as one list."""
        return [item async for item in self]

    async def take(self, count: int) -> list[I]:
        """The first `count` items, or all if there are fewer; no page is requested that is not needed."""
        if count < 0:
            raise InvalidInput(f"count must not be negative, not {count}: say how many items to take")
        taken: list[I] = []
        if count == 0:
            return taken
        async with aclosing(self.__aiter__()) as items:
            async for item in items:
                taken.append(item)
                if len(taken) >= count:
                    break
        return taken

    async def _send(self, params: Mapping[str, Any]) -> A:
        return await self._caller.call(self._operation, params, timeout=self._timeout, lane=self._lane)

    @abstractmethod
    def _steps(self) -> AsyncGenerator[tuple[A, Sequence[I]], None]:
        """Each answer with those of its items that no earlier answer held."""


def items_of(path: str, items: Callable[[A], Sequence[I] | None], answer: A) -> Sequence[I]:
    """The items of `answer`; an answer without its list is an error, never an empty page."""
    found = items(answer)
    if not isinstance(found, list | tuple):  # absent, or read leniently
        raise PagingError(f"the answer of {path} holds no list, so it says nothing about what there is")
    return found
