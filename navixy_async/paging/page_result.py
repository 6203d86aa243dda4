"""An answer of history, read: what of it was asked for, what it says about the rest, and how entries are told apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Generic

import msgspec

from .history_types import E

_PASSING_MEMBERS = frozenset({"is_read"})
"""Members that people change while a history is read; an entry is the same one before and after."""
_PLAIN = (str, bytes, int, float, date, timedelta)


@dataclass(slots=True)
class Answered(Generic[E]):
    """An answer, read.

    Attributes:
        answer: as the platform gave it.
        entries: those that were asked for, in the order that was asked for.
        seconds: the entries' times as whole seconds since 1970, one per entry.
        held: how many rows the answer holds, whether or not they were asked for.
        dropped: how many of them were not asked for: other times, or other trackers.
        filled: whether it holds as many rows as an answer may.
        cut: whether its flag says that it was cut.
        suspect: whether nothing says that there is more, but an answer with as few rows was cut before.
        flagged: whether ``limit_exceeded`` is set, whatever it means.
        total: how many entries the platform says match, if it says so.
    """

    answer: Any
    entries: list[E]
    seconds: list[int]
    held: int
    dropped: int
    filled: bool
    cut: bool
    suspect: bool
    flagged: bool
    total: int | None

    @property
    def full(self) -> bool:
        """Whether anything about it says that more of the asked range may exist behind its last entry."""
        return self.filled or self.cut or self.suspect or self.counts_more

    @property
    def counts_more(self) -> bool:
        """Whether the platform counts more entries than it gave."""
        return self.total is not None and self.total > len(self.entries)

    def keys_at(self, second: int) -> list[Hashable]:
        """What tells the entries of one second apart, in the order of the answer."""
        return [same(entry) for entry, at in zip(self.entries, self.seconds, strict=True) if at == second]


def unseen(entries: Iterable[E], given: Counter[Hashable]) -> tuple[list[E], Counter[Hashable]]:
    """The entries that were not given yet, and how often each was seen now.

    Two equal entries in one answer are two: of three that come after two were given, one is new.
    """
    seen: Counter[Hashable] = Counter()
    fresh = []
    for entry in entries:
        key = same(entry)
        seen[key] += 1
        if seen[key] > given[key]:
            fresh.append(entry)
    return fresh, seen


def same(value: Any) -> Hashable:
    """Something hashable that is equal for two values if they hold the same, whatever the order of their members."""
    if isinstance(value, msgspec.Struct):
        members = {name: getattr(value, name) for name in value.__struct_fields__ if name not in _PASSING_MEMBERS}
        return same({name: held for name, held in members.items() if held is not None and held is not msgspec.UNSET})
    if isinstance(value, msgspec.Raw):
        text = bytes(value)
        try:
            return same(msgspec.json.decode(text))
        except (msgspec.MsgspecError, ValueError, RecursionError):
            return text
    if isinstance(value, Mapping):
        return frozenset((str(name), same(held)) for name, held in value.items() if name not in _PASSING_MEMBERS)
    if isinstance(value, list | tuple):
        return tuple(same(each) for each in value)
    if isinstance(value, float) and value != value:  # noqa: PLR0124 - the one value that is not equal to itself
        return "NaN"
    return value if value is None or isinstance(value, _PLAIN) else repr(value)


def whole_number(*values: Any) -> int | None:
    """The largest of the values that are counts; None if none is one."""
    counts = [value for value in values if isinstance(value, int) and not isinstance(value, bool) and value >= 0]
    return max(counts, default=None)


def member(answer: Any, name: str) -> Any:
    """The member of an answer, whichever way it was decoded; None if it is not there."""
    return answer.get(name) if isinstance(answer, Mapping) else getattr(answer, name, None)
