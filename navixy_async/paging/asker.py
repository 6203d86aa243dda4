"""One question about history at a time: which trackers, which events, which seconds; and what its answer proves.

The asker learns while it asks and keeps that for the rest of the walk: the page limit that the platform accepts, and
the trackers that it refuses.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any, Generic

from ..errors import ApiError, BatchPoisoned, InvalidInput, LimitTooBig, NavixyError, TrackerBlocked
from ..operations import Caller, Lane, Operation
from .batches import find_culprits
from .pager import A, PagingError, items_of
from .pieces import E, GapReason

CUT = frozenset({"history/tracker/list"})
"""Actions whose ``limit_exceeded`` is known to say that the list was cut; elsewhere it may speak of the tariff."""

_AXES = ("trackers", "assets")


@dataclass(frozen=True, slots=True)
class Query:
    """What one request asks for.

    Attributes:
        members: the trackers or assets; None if the action takes none, or all are meant.
        events: the event types; None for all.
    """

    members: tuple[Any, ...] | None
    events: tuple[str, ...] | None


@dataclass(slots=True)
class Answered(Generic[E]):
    """An answer, read.

    Attributes:
        answer: as the platform gave it.
        entries: in the order that was asked for.
        seconds: the entries' times as whole seconds since 1970, one per entry.
        full: whether more entries of the asked range may exist behind the last one.
        flagged: whether ``limit_exceeded`` is set, whatever it means.
        total: how many entries the platform says match, if it says so.
    """

    answer: Any
    entries: list[E]
    seconds: list[int]
    full: bool
    flagged: bool
    total: int | None

    def ids_at(self, second: int) -> list[int]:
        """Ids of the entries of one second, in the order of the answer."""
        return [entry.id for entry, at in zip(self.entries, self.seconds, strict=True) if at == second]


@dataclass(frozen=True, slots=True)
class Loss:
    """A tracker or asset that the platform refuses."""

    member: Any
    reason: GapReason
    error: NavixyError


class Asker(Generic[A, E]):
    """Asks one action of history for ever smaller parts of what its user asked for."""

    def __init__(
        self,
        caller: Caller,
        operation: Operation[A],
        params: Mapping[str, Any],
        *,
        items: Callable[[A], Sequence[E] | None],
        limit: int,
        timeout: float | None,
        lane: Lane | None,
    ) -> None:
        self._caller = caller
        self._operation = operation
        self._items = items
        self._timeout = timeout
        self._lane = lane
        self.limit = limit
        self.axis = next((axis for axis in _AXES if params.get(axis) is not None), None)
        own = {"from", "to", "limit", "ascending", "events", self.axis}
        self._rest = {name: value for name, value in params.items() if name not in own}
        self.query = Query(self._members(params), _texts(params.get("events")))
        self.losses: list[Loss] = []
        """What was refused since somebody last took this list away."""
        self.flag_means_cut = operation.path in CUT
        """Whether ``limit_exceeded`` says that the list was cut; for some actions that is only learnt."""
        self._refused: set[Any] = set()
        self._limit_read = False
        self._types: tuple[str, ...] | None = None
        self._types_read = False

    @property
    def path(self) -> str:
        """The action's path, for messages."""
        return self._operation.path

    def living(self, query: Query) -> Query | None:
        """`query` without the members that the platform refuses; None if none is left."""
        if query.members is None or not self._refused:
            return query
        members = tuple(member for member in query.members if _key(member) not in self._refused)
        return Query(members, query.events) if members else None

    async def ask(
        self, query: Query, low: int, high: int, *, ascending: bool, limit: int | None = None
    ) -> Answered[E] | None:
        """Ask for the seconds from `low` to `high`, both included; None if every tracker asked for is refused.

        Trackers that the platform refuses (217, 208) are found and left out from then on; they add to :attr:`losses`.
        A page limit that it refuses (212) is lowered for good.
        """
        while True:
            living = self.living(query)
            if living is None:
                return None
            size = self.limit if limit is None else min(limit, self.limit)
            try:
                answer = await self._send(living, low, high, ascending, size)
            except (BatchPoisoned, TrackerBlocked) as error:
                if living.members is None:
                    raise
                await self._refuse_culprits(living, low, error)
            except LimitTooBig as error:
                await self._lower_limit(size, error)
            else:
                return self._read(answer, size, ascending)

    async def count_at(self, query: Query, second: int) -> int | None:
        """How many entries of one second match, if the platform counts; it only counts ranges, hence two of them."""
        both = await self.ask(query, second, second + 2, ascending=True, limit=1)
        after = await self.ask(query, second + 1, second + 2, ascending=True, limit=1)
        if both is None or after is None or both.total is None or after.total is None:
            return None
        return both.total - after.total

    async def is_clipped(self, query: Query, low: int, high: int) -> bool:
        """Whether the platform flags the seconds from `low` to `high` though it has nothing to cut there."""
        found = await self.ask(query, low, high, ascending=True)
        return found is not None and found.flagged and not found.entries

    async def event_types(self) -> tuple[str, ...] | None:
        """Every event type that the platform lists; None if it does not tell."""
        if not self._types_read:
            try:
                answer = await self._caller.call(
                    "history/type/list",
                    {"locale": "en_US", "only_tracker_events": False},
                    timeout=self._timeout,
                    lane=self._lane,
                )
            except ApiError:
                answer = {}
            listed = answer.get("list")
            found = [row.get("type") for row in listed if isinstance(row, Mapping)] if isinstance(listed, list) else []
            self._types = tuple(dict.fromkeys(name for name in found if isinstance(name, str))) or None
            self._types_read = True
        return self._types

    def _members(self, params: Mapping[str, Any]) -> tuple[Any, ...] | None:
        if self.axis is None:
            return None
        members = tuple({_key(member): member for member in params[self.axis]}.values())
        if not members:
            raise InvalidInput(f"{self.axis} is empty: name at least one of them")
        return members

    async def _send(self, query: Query, low: int, high: int, ascending: bool, limit: int) -> A:
        params = dict(self._rest)
        if self.axis is not None:
            params[self.axis] = list(query.members or ())
        if query.events is not None:
            params["events"] = list(query.events)
        params["from"] = datetime.fromtimestamp(low, UTC)
        params["to"] = datetime.fromtimestamp(high, UTC)
        params["limit"] = limit
        params["ascending"] = ascending
        return await self._caller.call(self._operation, params, timeout=self._timeout, lane=self._lane)

    def _read(self, answer: A, size: int, ascending: bool) -> Answered[E]:
        entries = list(items_of(self.path, self._items, answer))
        seconds = [self._second(entry) for entry in entries]
        flagged = _member(answer, "limit_exceeded") is True
        full = len(entries) >= size or (flagged and self.flag_means_cut)
        if any((a > b) if ascending else (a < b) for a, b in pairwise(seconds)):
            if full:
                raise PagingError(f"{self.path} did not give its page in the order of time, so it cannot be followed")
            order = sorted(range(len(entries)), key=seconds.__getitem__, reverse=not ascending)
            entries = [entries[place] for place in order]
            seconds = [seconds[place] for place in order]
        total = _member(answer, "total")
        counts = isinstance(total, int) and not isinstance(total, bool)
        return Answered(answer, entries, seconds, full, flagged, total if counts else None)

    def _second(self, entry: E) -> int:
        time = entry.time
        if not isinstance(time, datetime) or time.utcoffset() is None or not isinstance(entry.id, int):
            raise PagingError(f"{self.path} gave an entry without an id or without a time with an offset")
        return math.floor(time.timestamp())

    async def _refuse_culprits(self, query: Query, second: int, error: BatchPoisoned | TrackerBlocked) -> None:
        """Find out for whom the platform refused `query`, and leave them out from now on."""
        members = query.members or ()
        named = set(error.ids)
        found = [(member, error) for member in members if id_of(member) in named]
        if not found:
            found = await self._search(members, query.events, second, error)
        if not found:
            raise error
        for member, refusal in found:
            self._refused.add(_key(member))
            self.losses.append(Loss(member, _fate(member, refusal), refusal))

    async def _search(
        self,
        members: Sequence[Any],
        events: tuple[str, ...] | None,
        second: int,
        error: BatchPoisoned | TrackerBlocked,
    ) -> list[tuple[Any, BatchPoisoned | TrackerBlocked]]:
        """Bisect to the members that are refused, each with the refusal that it alone got."""
        alone = {_key(members[0]): error} if len(members) == 1 else {}
        search = find_culprits(members)
        try:
            group = next(search)
            while True:
                refusal = None
                try:
                    await self._send(Query(tuple(group), events), second, second + 1, True, 1)
                except (BatchPoisoned, TrackerBlocked) as refused:
                    refusal = refused
                    if len(group) == 1:
                        alone[_key(group[0])] = refused
                group = search.send(refusal is not None)
        except StopIteration as end:
            return [(member, alone[_key(member)]) for member in end.value]

    async def _lower_limit(self, refused: int, error: LimitTooBig) -> None:
        if refused <= 1:
            raise error
        allowed = None
        if not self._limit_read:
            self._limit_read = True
            allowed = await self._configured_limit()
        self.limit = allowed if allowed is not None and allowed < refused else refused // 2

    async def _configured_limit(self) -> int | None:
        """The page limit that the platform publishes, if it can be had."""
        try:
            config = await self._caller.call("dealer/get_ui_config", timeout=self._timeout, lane=self._lane)
        except NavixyError:
            return None
        platform = config.get("platform")
        if not isinstance(platform, Mapping):
            return None
        history = platform.get("history")
        nested = history.get("max_limit") if isinstance(history, Mapping) else None
        limit = platform.get("history.max_limit", nested)
        return limit if isinstance(limit, int) and not isinstance(limit, bool) and limit > 0 else None


def _member(answer: Any, name: str) -> Any:
    return answer.get(name) if isinstance(answer, Mapping) else getattr(answer, name, None)


def _texts(values: Any) -> tuple[str, ...] | None:
    if values is None:
        return None
    texts = tuple(dict.fromkeys(str(getattr(value, "value", value)) for value in values))
    if not texts:
        raise InvalidInput("events is empty: name at least one event type, or leave it out for all")
    return texts


def id_of(member: Any) -> Any:
    """The id of a tracker (an int) or an asset (an object with an id)."""
    return member if isinstance(member, int) else _member(member, "id")


def _key(member: Any) -> Any:
    """Something hashable that tells one member from another: vehicles and employees count their ids apart."""
    return member if isinstance(member, int) else (str(_member(member, "type")), id_of(member))


def _fate(member: Any, error: BatchPoisoned | TrackerBlocked) -> GapReason:
    if isinstance(error, TrackerBlocked):
        return GapReason.BLOCKED
    for name, reason in (("blocked", GapReason.BLOCKED), ("not_exist", GapReason.MISSING)):
        listed = error.extra.get(name)
        if isinstance(listed, list) and id_of(member) in listed:
            return reason
    return GapReason.MISSING_OR_BLOCKED
