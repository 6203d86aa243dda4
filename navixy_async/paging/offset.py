"""Lists that the platform hands out by ``limit`` and ``offset``."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping, Sequence
from typing import Any

from ..errors import InvalidInput
from .pager import A, I, Pager, PagingError, items_of


class OffsetPager(Pager[A, I]):
    """Walks a list by offset, from the ``offset`` that was asked for (default 0), in pages of ``limit``.

    The end is where the answer's total (``count``) says, or, if it tells none, at a page that is shorter than
    ``limit`` (shorter than the longest page seen, if no limit was given), or empty.

    The platform keeps no cursor between two pages. If the list grows or shrinks while it is walked, items move across
    the edges of pages: one that comes a second time is dropped by its ``id`` (where items have one), but one that
    moves in front of the edge is not seen. Walk a list that changes in a fixed order (``sort``), or walk it again.

    Memory: one page, and the ids of all items seen.

    Raises:
        PagingError: a page repeats the one before it, or the list ends before its own total.
    """

    async def _steps(self) -> AsyncGenerator[tuple[A, Sequence[I]], None]:
        offset = _whole(self._params, "offset", 0) or 0
        limit = _whole(self._params, "limit", 1)
        params = self._params
        longest = 0
        before: Sequence[I] = ()
        seen: set[Any] = set()
        while True:
            answer = await self._send(params)
            page = items_of(self._operation.path, self._items, answer)
            keys = [_identity(item) for item in page]
            if page and _same(page, keys, before):
                raise PagingError(
                    f"{self._operation.path} gave the same page for the offsets {offset - len(before)} and {offset}: "
                    "it does not move on, so the rest of the list cannot be read"
                )
            # An id that occurs twice in one page is the platform's own doing, and no reason to drop an item.
            yield answer, [item for item, key in zip(page, keys, strict=True) if key is None or key not in seen]
            seen.update(key for key in keys if key is not None)
            offset += len(page)
            longest = max(longest, len(page))
            total = _total(answer)
            if not page and total is not None and offset < total:
                raise PagingError(
                    f"{self._operation.path} counts {total} items but gives none from offset {offset} on: "
                    "the rest of the list could not be read"
                )
            if not page or (offset >= total if total is not None else len(page) < (limit or longest)):
                return
            before = page
            params = {**self._params, "offset": offset}


def _whole(params: Mapping[str, Any], name: str, least: int) -> int | None:
    value = params.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        raise InvalidInput(f"{name} must be a whole number of at least {least}, not {value!r}")
    return value


def _total(answer: Any) -> int | None:
    total = answer.get("count") if isinstance(answer, Mapping) else getattr(answer, "count", None)
    return total if isinstance(total, int) and not isinstance(total, bool) else None


def _identity(item: Any) -> Any:
    key = item.get("id") if isinstance(item, Mapping) else getattr(item, "id", None)
    return key if isinstance(key, int | str) else None


def _same(page: Sequence[Any], keys: Sequence[Any], before: Sequence[Any]) -> bool:
    """Whether `page` shows the same items as the page `before` it, which asked for others."""
    if len(page) != len(before):
        return False
    if None in keys:
        return list(page) == list(before)
    return [_identity(item) for item in before] == keys
