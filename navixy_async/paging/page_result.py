"""The decoded page of a history query: what of it was requested, what it says about the rest, how entries compare."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Generic

import msgspec

from .history_types import E

_MUTABLE_MEMBERS = frozenset({"is_read"})
"""Members that users change while a history is read; the entry is the same one before and after."""
_PLAIN = (str, bytes, int, float, date, timedelta)


@dataclass(slots=True)
class PageResult(Generic[E]):
    """One answer of a history query, decoded and checked.

    Attributes:
        answer: as the platform sent it.
        entries: those that were requested, in the requested order.
        seconds: the time of each entry, in whole seconds since 1970.
        row_count: how many rows the answer holds, requested or not.
        dropped: how many of them were not requested: other times, or other trackers.
        filled: whether it holds as many rows as an answer may.
        cut: whether its flag says that it was cut.
        suspect: whether an earlier answer with as few rows was cut, although nothing says that this one is.
        flagged: whether ``limit_exceeded`` is set, whatever it means.
        total: how many entries match according to the platform; None if it does not count.
    """

    answer: Any
    entries: list[E]
    seconds: list[int]
    row_count: int
    dropped: int
    filled: bool
    cut: bool
    suspect: bool
    flagged: bool
    total: int | None

    @property
    def full(self) -> bool:
        """Whether anything about it suggests that the range holds more behind its last entry."""
        return self.filled or self.cut or self.suspect or self.counts_more

    @property
    def counts_more(self) -> bool:
        """Whether the platform counts more entries than it returned."""
        return self.total is not None and self.total > len(self.entries)

    def keys_at(self, second: int) -> list[Hashable]:
        """The content keys of the entries of one second, in the order of the answer."""
        return [content_key(entry) for entry, at in zip(self.entries, self.seconds, strict=True) if at == second]


def new_entries(entries: Iterable[E], delivered: Counter[Hashable]) -> tuple[list[E], Counter[Hashable]]:
    """The entries that were not delivered yet, and how often each content occurs now.

    Two equal entries in one answer are two: if three come after two were delivered, one of them is new.
    """
    seen: Counter[Hashable] = Counter()
    fresh = []
    for entry in entries:
        key = content_key(entry)
        seen[key] += 1
        if seen[key] > delivered[key]:
            fresh.append(entry)
    return fresh, seen


def content_key(value: Any) -> Hashable:
    """A hashable key, equal for two values with the same content, whatever the order of their members."""
    if isinstance(value, msgspec.Struct):
        members = ((name, getattr(value, name)) for name in value.__struct_fields__ if name not in _MUTABLE_MEMBERS)
        return content_key({name: held for name, held in members if held is not None and held is not msgspec.UNSET})
    if isinstance(value, msgspec.Raw):
        text = bytes(value)
        try:
            return content_key(msgspec.json.decode(text))
        except (msgspec.MsgspecError, ValueError, RecursionError):
            return text
    if isinstance(value, Mapping):
        return frozenset((str(name), content_key(held)) for name, held in value.items() if name not in _MUTABLE_MEMBERS)
    if isinstance(value, list | tuple):
        return tuple(content_key(item) for item in value)
    if isinstance(value, float) and value != value:  # noqa: PLR0124 - the one value that is not equal to itself
        return "NaN"
    return value if value is None or isinstance(value, _PLAIN) else repr(value)


def largest_count(*values: Any) -> int | None:
    """The largest of the values that are counts; None if there is no count among them."""
    counts = [value for value in values if isinstance(value, int) and not isinstance(value, bool) and value >= 0]
    return max(counts, default=None)


def field_of(answer: Any, name: str) -> Any:
    """The member of an answer, whichever way it was decoded; None if it is absent."""
    return answer.get(name) if isinstance(answer, Mapping) else getattr(answer, name, None)
