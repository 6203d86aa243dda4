"""Queries of history, one page at a time: which trackers, events and seconds, and what the answer proves.

A query learns as it goes and remembers for the rest of the walk: the page limit that the platform accepts, and the
trackers that it refuses.
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
from .page_result import PageResult, field_of, largest_count
from .pager import A, items_of
from .published_limits import page_limit

log = logging.getLogger("navixy_async")

LIMIT = 1000
"""Entries per page on the hosted platforms; others may allow fewer (the walk adapts) or more (pass ``limit``)."""

CUT_FLAG_ACTIONS = frozenset({"history/tracker/list"})
"""Actions whose ``limit_exceeded`` is known to mean that the list was cut; elsewhere it may concern the tariff."""

_AXES = ("trackers", "assets")


@dataclass(frozen=True, slots=True)
class QueryScope:
    """Whose entries, and which, a request is for.

    Attributes:
        members: the trackers or assets; None if the action takes none, or for all of them.
        events: the event types; None for all.
    """

    members: tuple[Any, ...] | None
    events: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class RefusedMember:
    """A tracker or asset that the platform refuses."""

    member: Any
    reason: GapReason
    error: NavixyError


class HistoryQuery(Generic[A, E]):
    """Requests ever smaller parts of what a walk is to read, by one history action."""

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
        self.scope = QueryScope(self._members(params), _texts(params.get("events")))
        self.refused: list[RefusedMember] = []
        """Members refused since the list was last taken away."""
        self.flag_means_cut = operation.path in CUT_FLAG_ACTIONS
        """Whether ``limit_exceeded`` means that the list was cut; for some actions this is learnt along the way."""
        self.shortest_cut = math.inf
        """The fewest rows of an answer that turned out to be cut although it was not a full page."""
        self._refused: set[Any] = set()
        self._unrequested: dict[Any, int] = {}
        self._limit_read = False
        self._types: tuple[str, ...] | None = None
        self._types_read = False

    @property
    def path(self) -> str:
        """The action's path, for messages."""
        return self._operation.path

    def without_refused(self, scope: QueryScope) -> QueryScope | None:
        """`scope` without the members that the platform refuses; None if nothing is left of it."""
        if scope.members is None or not self._refused:
            return scope
        members = tuple(one for one in scope.members if _key(one) not in self._refused)
        return QueryScope(members, scope.events) if members else None

    async def ask(
        self, scope: QueryScope, low: int, high: int, *, ascending: bool, limit: int | None = None
    ) -> PageResult[E] | None:
        """Request the seconds from `low` to `high`, both included; None if every requested member is refused.

        Members that the platform refuses (217, 208) are found, left out from then on, and added to :attr:`refused`.
        A page limit that it refuses (212) is lowered for good.
        """
        while True:
            accepted = self.without_refused(scope)
            if accepted is None:
                return None
            size = self.limit if limit is None else min(limit, self.limit)
            try:
                answer = await self._send(accepted, low, high, ascending, size)
            except (BatchPoisoned, TrackerBlocked) as error:
                if accepted.members is None:
                    raise
                await self._refuse_culprits(accepted, low, error)
            except LimitTooBig as error:
                await self._lower_limit(size, error)
            else:
                return self._read(answer, accepted, (low, high), size=size, ascending=ascending)

    async def count_at(self, scope: QueryScope, second: int, *, sure: bool) -> int | None:
        """How many entries of one second match, if the platform counts; since it counts ranges only, by two of them.

        `sure`: it is known to count more than its answers hold.
        """
        # Requested like pages, so that it can be checked against what the platform says of pages.
        both = await self.ask(scope, second, second + 2, ascending=True)
        after = await self.ask(scope, second + 1, second + 2, ascending=True)
        if both is None or after is None or both.total is None or after.total is None:
            return None
        if any(page.cut and not page.counts_more for page in (both, after)):
            # It contradicts itself.
            return None
        return both.total - after.total if sure or both.counts_more else None

    async def is_clipped(self, scope: QueryScope, low: int, high: int) -> bool:
        """Whether the platform flags the seconds from `low` to `high` although there is nothing to cut."""
        found = await self.ask(scope, low, high, ascending=True)
        return found is not None and found.flagged and not found.entries

    async def event_types(self) -> tuple[str, ...] | None:
        """Every event type that the platform lists; None if it lists none."""
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

    async def _send(self, scope: QueryScope, low: int, high: int, ascending: bool, limit: int) -> A:
        params = dict(self._rest)
        if self.axis is not None:
            params[self.axis] = list(scope.members or ())
        if scope.events is not None:
            params["events"] = list(scope.events)
        params["from"] = datetime.fromtimestamp(low, UTC)
        params["to"] = datetime.fromtimestamp(high, UTC)
        params["limit"] = limit
        params["ascending"] = ascending
        return await self._caller.call(self._operation, params, timeout=self._timeout, lane=self._lane)

    def log_unrequested(self) -> None:
        """Log from which trackers entries came that were not requested, since the last call."""
        if self._unrequested:
            count, first = sum(self._unrequested.values()), min(self._unrequested)
            log.warning(
                "%s: %s returned %d entries of trackers that were not requested (of tracker %s, for example): left out",
                self._caller.label,
                self.path,
                count,
                first,
            )
        self._unrequested = {}

    def _read(
        self, answer: A, scope: QueryScope, asked: tuple[int, int], *, size: int, ascending: bool
    ) -> PageResult[E]:
        found = items_of(self.path, self._items, answer)
        entries, seconds = self._own(found, scope, *asked)
        row_count = len(found)
        flagged = field_of(answer, "limit_exceeded") is True
        page = PageResult(
            answer,
            entries,
            seconds,
            row_count=row_count,
            dropped=len(found) - len(entries),
            # Asked for more than the hosted platforms allow, a platform may return just as many as those do.
            filled=row_count >= min(size, LIMIT),
            cut=flagged and self.flag_means_cut,
            suspect=row_count >= self.shortest_cut,
            flagged=flagged,
            total=largest_count(field_of(answer, "total"), field_of(answer, "count")),
        )
        if any((a > b) if ascending else (a < b) for a, b in pairwise(seconds)):
            if page.full:
                raise PagingError(f"{self.path} returned a page out of the order of time, so it cannot be followed")
            order = sorted(range(len(entries)), key=seconds.__getitem__, reverse=not ascending)
            page.entries = [entries[index] for index in order]
            page.seconds = [seconds[index] for index in order]
        return page

    def _own(self, found: Sequence[E], scope: QueryScope, low: int, high: int) -> tuple[list[E], list[int]]:
        """The requested entries; those of other times or other trackers prove nothing and move nothing."""
        trackers = frozenset(map(member_id, scope.members or ())) if self.axis == "trackers" else None
        entries, seconds = [], []
        for entry in found:
            second = self._second(entry)
            if trackers is not None and isinstance(entry.tracker_id, int) and entry.tracker_id not in trackers:
                # Entries of a tracker refused a moment ago are no surprise.
                if entry.tracker_id not in self._refused:
                    self._unrequested[entry.tracker_id] = self._unrequested.get(entry.tracker_id, 0) + 1
            elif low <= second <= high:
                entries.append(entry)
                seconds.append(second)
        return entries, seconds

    def _second(self, entry: E) -> int:
        time = field_of(entry, "time")  # an entry that was read leniently may be anything
        if not isinstance(time, datetime) or time.utcoffset() is None:
            raise PagingError(f"{self.path} returned an entry whose time is missing or has no offset")
        return math.floor(time.timestamp())

    async def _refuse_culprits(self, scope: QueryScope, second: int, error: BatchPoisoned | TrackerBlocked) -> None:
        """Find out which members made the platform refuse `scope`, and leave them out from now on."""
        members = scope.members or ()
        named = set(error.ids)
        found = [(one, error) for one in members if member_id(one) in named]
        if not found:
            found = await self._search(members, scope.events, second, error)
        if not found:
            raise error
        for one, refusal in found:
            self._refused.add(_key(one))
            self.refused.append(RefusedMember(one, _gap_reason(one, refusal), refusal))

    async def _search(
        self,
        members: Sequence[Any],
        events: tuple[str, ...] | None,
        second: int,
        error: BatchPoisoned | TrackerBlocked,
    ) -> list[tuple[Any, BatchPoisoned | TrackerBlocked]]:
        """Bisect to the refused members, each with the refusal that it got alone."""
        alone = {_key(members[0]): error} if len(members) == 1 else {}
        search = find_culprits(members)
        try:
            group = next(search)
            while True:
                refusal = None
                try:
                    await self._send(QueryScope(tuple(group), events), second, second + 1, True, 1)
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
        """The page limit that the platform publishes, if it does."""
        try:
            config = await self._caller.call("dealer/get_ui_config", timeout=self._timeout, lane=self._lane)
        except NavixyError:
            return None
        return page_limit(config.get("platform"))


def _texts(values: Any) -> tuple[str, ...] | None:
    if values is None:
        return None
    texts = tuple(dict.fromkeys(str(getattr(value, "value", value)) for value in values))
    if not texts:
        raise InvalidInput("events is empty: name at least one event type, or leave it out for all")
    return texts


def member_id(one: Any) -> Any:
    """The id of a tracker (an int) or an asset (an object with an id)."""
    return one if isinstance(one, int) else field_of(one, "id")


def _key(one: Any) -> Any:
    """A hashable key of a member: vehicles and employees may have the same ids."""
    return one if isinstance(one, int) else (str(field_of(one, "type")), member_id(one))


def _gap_reason(one: Any, error: BatchPoisoned | TrackerBlocked) -> GapReason:
    if isinstance(error, TrackerBlocked):
        return GapReason.BLOCKED
    for name, reason in (("blocked", GapReason.BLOCKED), ("not_exist", GapReason.MISSING)):
        listed = error.extra.get(name)
        if isinstance(listed, list) and member_id(one) in listed:
            return reason
    return GapReason.MISSING_OR_BLOCKED
