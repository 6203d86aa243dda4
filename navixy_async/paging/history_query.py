"""One question about history at a time: which trackers, which events, which seconds; and what its answer proves.

The asker learns while it asks and keeps that for the rest of the walk: the page limit that the platform accepts, and
the trackers that it refuses.
"""

from __future__ import annotations

import logging
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any, Generic

from ..errors import ApiError, BatchPoisoned, InvalidInput, LimitTooBig, NavixyError, PagingError, TrackerBlocked
from ..gaps import GapReason
from ..operations import Caller, Lane, Operation
from .batches import find_culprits
from .history_types import E
from .page_result import Answered, member, whole_number
from .pager import A, items_of

log = logging.getLogger("navixy_async")

LIMIT = 1000
"""Entries per page on the hosted platforms; others may allow less (the walk lowers it) or more (say so)."""
LARGEST = 100_000
"""Entries per page that no platform is believed to allow more than."""

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
        self.shortest_cut = math.inf
        """The fewest rows of an answer that turned out to be cut though it was no full page."""
        self._refused: set[Any] = set()
        self._strangers: dict[Any, int] = {}
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
        members = tuple(one for one in query.members if _key(one) not in self._refused)
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
                return self._read(answer, living, (low, high), size=size, ascending=ascending)

    async def count_at(self, query: Query, second: int, *, sure: bool) -> int | None:
        """How many entries of one second match, if the platform counts; it only counts ranges, hence two of them.

        `sure`: it is known to count more than what its answers hold.
        """
        # Asked as pages are, so that what it says of pages can be held against it.
        both = await self.ask(query, second, second + 2, ascending=True)
        after = await self.ask(query, second + 1, second + 2, ascending=True)
        if both is None or after is None or both.total is None or after.total is None:
            return None
        if any(page.cut and not page.counts_more for page in (both, after)):
            # It contradicts itself.
            return None
        return both.total - after.total if sure or both.counts_more else None

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
        members = tuple({_key(one): one for one in params[self.axis]}.values())
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

    def tell(self) -> None:
        """Log whose entries came without having been asked for, since somebody last had it told."""
        if self._strangers:
            count, first = sum(self._strangers.values()), min(self._strangers)
            log.warning(
                "%s: %s gave %d entries of trackers that it was not asked for (of tracker %s, for example): left out",
                self._caller.label,
                self.path,
                count,
                first,
            )
        self._strangers = {}

    def _read(self, answer: A, query: Query, asked: tuple[int, int], *, size: int, ascending: bool) -> Answered[E]:
        found = items_of(self.path, self._items, answer)
        entries, seconds = self._own(found, query, *asked)
        held = len(found)
        flagged = member(answer, "limit_exceeded") is True
        page = Answered(
            answer,
            entries,
            seconds,
            held=held,
            dropped=len(found) - len(entries),
            # Who is asked for more than the hosted platforms give may give what they do.
            filled=held >= min(size, LIMIT),
            cut=flagged and self.flag_means_cut,
            suspect=held >= self.shortest_cut,
            flagged=flagged,
            total=whole_number(member(answer, "total"), member(answer, "count")),
        )
        if any((a > b) if ascending else (a < b) for a, b in pairwise(seconds)):
            if page.full:
                raise PagingError(f"{self.path} did not give its page in the order of time, so it cannot be followed")
            order = sorted(range(len(entries)), key=seconds.__getitem__, reverse=not ascending)
            page.entries = [entries[place] for place in order]
            page.seconds = [seconds[place] for place in order]
        return page

    def _own(self, found: Sequence[E], query: Query, low: int, high: int) -> tuple[list[E], list[int]]:
        """What was asked for: entries of other times, or of other trackers, prove nothing and move nothing."""
        trackers = frozenset(map(id_of, query.members or ())) if self.axis == "trackers" else None
        entries, seconds = [], []
        for entry in found:
            second = self._second(entry)
            if trackers is not None and isinstance(entry.tracker_id, int) and entry.tracker_id not in trackers:
                # Of one that was refused a moment ago, nobody is surprised.
                if entry.tracker_id not in self._refused:
                    self._strangers[entry.tracker_id] = self._strangers.get(entry.tracker_id, 0) + 1
            elif low <= second <= high:
                entries.append(entry)
                seconds.append(second)
        return entries, seconds

    def _second(self, entry: E) -> int:
        time = entry.time
        if not isinstance(time, datetime) or time.utcoffset() is None:
            raise PagingError(f"{self.path} gave an entry without a time with an offset")
        return math.floor(time.timestamp())

    async def _refuse_culprits(self, query: Query, second: int, error: BatchPoisoned | TrackerBlocked) -> None:
        """Find out for whom the platform refused `query`, and leave them out from now on."""
        members = query.members or ()
        named = set(error.ids)
        found = [(one, error) for one in members if id_of(one) in named]
        if not found:
            found = await self._search(members, query.events, second, error)
        if not found:
            raise error
        for one, refusal in found:
            self._refused.add(_key(one))
            self.losses.append(Loss(one, _fate(one, refusal), refusal))

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
            return [(one, alone[_key(one)]) for one in end.value]

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
        return limit if isinstance(limit, int) and not isinstance(limit, bool) and 0 < limit <= LARGEST else None


def _texts(values: Any) -> tuple[str, ...] | None:
    if values is None:
        return None
    texts = tuple(dict.fromkeys(str(getattr(value, "value", value)) for value in values))
    if not texts:
        raise InvalidInput("events is empty: name at least one event type, or leave it out for all")
    return texts


def id_of(one: Any) -> Any:
    """The id of a tracker (an int) or an asset (an object with an id)."""
    return one if isinstance(one, int) else member(one, "id")


def _key(one: Any) -> Any:
    """Something hashable that tells one member from another: vehicles and employees count their ids apart."""
    return one if isinstance(one, int) else (str(member(one, "type")), id_of(one))


def _fate(one: Any, error: BatchPoisoned | TrackerBlocked) -> GapReason:
    if isinstance(error, TrackerBlocked):
        return GapReason.BLOCKED
    for name, reason in (("blocked", GapReason.BLOCKED), ("not_exist", GapReason.MISSING)):
        listed = error.extra.get(name)
        if isinstance(listed, list) and id_of(one) in listed:
            return reason
    return GapReason.MISSING_OR_BLOCKED
