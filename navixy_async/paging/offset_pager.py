"""Lists that the platform pages by ``limit`` and ``offset``."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping, Sequence
from typing import Any

from ..errors import InvalidInput, PagingError
from .page_result import content_key, field_of, largest_count
from .pager import A, I, Pager, items_of


class OffsetPager(Pager[A, I]):
    """Walks a list by offset, from the given ``offset`` (default 0), in pages of ``limit``.

    The list ends where the answer's total (``count``) says; without a total, at a page that is empty or shorter than
    ``limit`` (than the longest page so far, if no limit was given). A total below the number of items already
    delivered counts as no total. Without a total and a limit, the platform may give the whole list at once and heed no
    offset: an answer that repeats the one before it then says that there is no more.

    The platform keeps no cursor between two pages. If the list grows or shrinks during the walk, items move across
    the edges of pages: an item that comes a second time with the same content is dropped (where items have an
    ``id``), but one that moves in front of the edge is missed. Walk a changing list in a fixed order (``sort``), or
    walk it again.

    Memory: one page, and a number for each item seen.

    Raises:
        PagingError: a page repeats the one before it, or the list ends before its own total; also if as many items as
            the total came, but some of them twice, so that others never did.
    """

    async def _steps(self) -> AsyncGenerator[tuple[A, Sequence[I]], None]:
        offset = _whole(self._params, "offset", 0) or 0
        begin = offset
        limit = _whole(self._params, "limit", 1)
        params = self._params
        longest = 0
        before: Sequence[I] = ()
        seen: set[Any] = set()
        delivered = 0
        least: int | None = None
        while True:
            answer = await self._send(params)
            page = items_of(self._operation.path, self._items, answer)
            keys = [_identity(item) for item in page]
            if page and _same(page, keys, before):
                if limit is None and least is None:
                    return
                raise PagingError(
                    f"{self._operation.path} returned the same page for the offsets {offset - len(before)} and "
                    f"{offset}: it does not advance, so the rest of the list cannot be read"
                )
            marks = [None if key is None else hash(content_key(item)) for item, key in zip(page, keys, strict=True)]
            # An item that occurs twice in one page was put there by the platform: no reason to drop it.
            fresh = [item for item, mark in zip(page, marks, strict=True) if mark is None or mark not in seen]
            delivered += len(fresh)
            yield answer, fresh
            seen.update(mark for mark in marks if mark is not None)
            offset += len(page)
            longest = max(longest, len(page))
            total = _total(answer)
            if total is not None:
                least = total if least is None else min(least, total)
            if not page and total is not None and offset < total:
                raise PagingError(
                    f"{self._operation.path} counts {total} items but returns none from offset {offset} on: "
                    "the rest of the list could not be read"
                )
            if not page or not self._says_more(page, offset, total, limit, longest):
                if least is not None and offset - begin >= least - begin > delivered:
                    raise PagingError(
                        f"{self._operation.path} counts {least} items, but returned some of them twice and others "
                        "never: walk the list in a fixed order (sort), or again"
                    )
                return
            before = page
            params = {**self._params, "offset": offset}

    @staticmethod
    def _says_more(page: Sequence[I], offset: int, total: int | None, limit: int | None, longest: int) -> bool:
        """Whether anything suggests that there are items behind `offset`, where the page ends."""
        if total is None or total < offset:
            return len(page) >= (limit or longest)
        return total > offset


def _whole(params: Mapping[str, Any], name: str, least: int) -> int | None:
    value = params.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        raise InvalidInput(f"{name} must be a whole number of at least {least}, not {value!r}")
    return value


def _total(answer: Any) -> int | None:
    return largest_count(field_of(answer, "count"))


def _identity(item: Any) -> Any:
    key = field_of(item, "id")
    return key if isinstance(key, int | str) else None


def _same(page: Sequence[Any], keys: Sequence[Any], before: Sequence[Any]) -> bool:
    """Whether `page` holds the same items as the page `before` it, although others were requested."""
    if len(page) != len(before):
        return False
    if None in keys or len(set(keys)) < len(keys):
        return list(page) == list(before)
    return [_identity(item) for item in before] == keys
