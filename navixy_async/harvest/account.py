"""One account as a harvest uses it: what it owns, what its platform allows, and answers parsed off the event loop."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from functools import cache, partial
from types import MappingProxyType
from typing import ParamSpec, Protocol, TypeVar, Unpack
from zoneinfo import ZoneInfo

import msgspec

from ..errors import ClientClosed, DecodeFailed, InvalidInput, NavixyError, SpanTooBig, UnreadableAnswer, ZoneUnknown
from ..operations import Caller, CallOptions, Lane, Operation, Replay
from ..paging.intervals import LEAST_ALLOWED
from ..paging.published_limits import page_limit, published_limit
from ..times import SECOND, UTC, TimeRange, parse_duration, zone
from .aliases import Json, JsonObject
from .answers import wire
from .answers.local_time import NaiveTimes
from .answers.odd import RowSpec, moment, read_row, read_rows, text, truth, whole
from .transient import patiently

P = ParamSpec("P")
T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

log = logging.getLogger("navixy_async")

DAY = timedelta(days=1)
PATIENCE = 1800.0
"""Seconds for one call, the queue included: a nightly job should wait out a long Retry-After rather than fail."""
LARGE = 64 * 1024
"""Bytes from which an answer is parsed in a thread."""


_LIST: Operation[object] = Operation("tracker/list", dict, replay=Replay.READ)
_INFO: Operation[object] = Operation("user/get_info", dict, replay=Replay.READ)
_CLOCK: Operation[object] = Operation("tracker/get_states", dict, replay=Replay.READ)
_CONFIG: Operation[object] = Operation("dealer/get_ui_config", dict, replay=Replay.READ)


@dataclass(frozen=True, slots=True)
class RequestLimits:
    """What a platform allows; the defaults apply where it does not say."""

    history_limit: int = 1000
    """Entries per page of history."""
    report_span: timedelta = timedelta(days=90)
    """The longest period of history, and the best guess for tracks."""
    stats_span: timedelta = timedelta(days=31)
    """The longest period of mileage and engine hours."""
    iso_times: bool = True
    """Whether times with an offset are understood; old platforms only know the account's own time."""


@dataclass(frozen=True, slots=True)
class Fleet:
    """The trackers of an account."""

    open: tuple[int, ...]
    blocked: tuple[int, ...]
    unreadable: int = 0
    """How many more there are with unreadable ids."""

    def only(self, ids: frozenset[int]) -> Fleet:
        """The trackers of the fleet that are among `ids`."""
        return Fleet(
            tuple(tracker for tracker in self.open if tracker in ids),
            tuple(tracker for tracker in self.blocked if tracker in ids),
        )


class Parse(Protocol[T_co]):
    """Makes a value of an answer; raises NaiveTimes if it needs the account's zone and has none."""

    def __call__(self, body: bytes, *, zone: tzinfo | None) -> T_co: ...


class HarvestAccount:
    """Sends requests on behalf of one account, in the lane for bulk work."""

    def __init__(self, caller: Caller, executor: Executor, *, patience: float = 0.0) -> None:
        self.caller = caller
        self.label = caller.label
        self.limits = RequestLimits()
        self.trackers: tuple[int, ...] = ()
        """Those that the harvest asks for."""
        self.requests = 0
        self.zone_used: str | None = None
        """Name of the zone in which times without offset were read, once there were any."""
        self._executor = executor
        self._patience = patience
        self._zone: ZoneInfo | None = None
        self._known: dict[str, Json] = {}
        self._locks: dict[str, asyncio.Lock] = {}

    async def read_fleet(self) -> Fleet:
        """The account's trackers; those that cannot be requested are counted. Platform action: ``/tracker/list``."""
        fleet = await self._patiently(_LIST, _parse_fleet)
        if fleet.unreadable:
            log.warning("%s: %d trackers have ids that cannot be read, and are left out", self.label, fleet.unreadable)
        return fleet

    async def _patiently(
        self, operation: Operation[Json], parse: Parse[T], params: Mapping[str, object] | None = None
    ) -> T:
        """One of the answers on which everything depends: a bad moment at the start must not decide the outcome."""
        asked: Callable[[], Awaitable[T]] = partial(BulkCaller(self).read, operation, params, parse)
        return await patiently(asked, self._patience, self.label)

    async def read_limits(self) -> None:
        """Learn what the platform allows; the defaults stay where it does not say."""
        try:
            answer = await self._patiently(_CONFIG, partial(read_json, path=_CONFIG.path, kind=JsonObject))
            self.limits = _read_limits(answer.get("platform"), self.label)
        except (InvalidInput, ClientClosed):
            raise
        except NavixyError as error:
            # If it is more than that, the rows will say so.
            log.warning("%s: no limits from dealer/get_ui_config (%s), the documented ones are used", self.label, error)
        except Exception:
            log.exception("%s: no limits from dealer/get_ui_config, the documented ones are used", self.label)

    async def read_clock(self, tracker: int) -> datetime | None:
        """What time it is on the platform, requested with one of the account's trackers; ``None`` if it does not say.

        Platform action: ``/tracker/get_states``.
        """
        shown = await self._patiently(_CLOCK, _parse_clock, {"trackers": [tracker], "allow_not_exist": True})
        return shown.replace(tzinfo=await self.zone()) if shown is not None and shown.tzinfo is None else shown

    async def zone(self) -> ZoneInfo:
        """The account's time zone, requested once. Platform action: ``/user/get_info``."""
        return await self.cached("zone", self._read_zone)

    async def _read_zone(self) -> ZoneInfo:
        name = await BulkCaller(self).read(_INFO, None, _parse_zone)
        if not name:
            raise ZoneUnknown("user/get_info: the answer names no time zone", operation=_INFO.path)
        try:
            return zone(name)
        except InvalidInput as error:
            raise ZoneUnknown(f"user/get_info: {error}", operation=_INFO.path) from None

    async def zone_of_times(self) -> ZoneInfo:
        """The account's time zone, in which times without offset are read and written."""
        if self._zone is None:
            own = await self.zone()
            if self._zone is None:
                log.warning("%s sends times without offsets: they are read in its zone %s", self.label, own.key)
                self._zone, self.zone_used = own, own.key
        return self._zone

    def ambiguous_ranges(self, asked: TimeRange) -> list[TimeRange]:
        """The parts of a range whose times without offset happen twice: the hours before and after a clock goes back.

        Order separates them only where both have rows. None if the account's platform writes offsets.
        """
        return [] if self._zone is None else _repeated(asked, self._zone)

    async def cached(self, name: str, work: Callable[[], Awaitable[T]]) -> T:
        """The result of `work`, done once for all items of the account; a failure is not kept."""
        async with self._locks.setdefault(name, asyncio.Lock()):
            if name not in self._known:
                self._known[name] = await work()
            known: T = self._known[name]
            return known

    async def without_offsets(self, params: Mapping[str, object]) -> dict[str, object]:
        """The parameters with their datetimes as texts in the account's own time."""
        if not any(isinstance(value, datetime) for value in params.values()):
            return dict(params)
        own = await self.zone_of_times()
        return {
            name: _own_time(value, own, earlier=name == "from") if isinstance(value, datetime) else value
            for name, value in params.items()
        }

    async def run(self, large: bool, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """`work` on an answer, in a thread if it is large enough to block the event loop.

        Raises:
            NaiveTimes, NavixyError: what `work` raises; anything unexpected becomes DecodeFailed.
        """
        try:
            if not large:
                return work(*args, **kwargs)
            return await asyncio.get_running_loop().run_in_executor(self._executor, partial(work, *args, **kwargs))
        except (NaiveTimes, UnreadableAnswer, DecodeFailed):
            raise
        except (Exception, InvalidInput) as error:
            log.warning("%s: an unexpected answer", self.label, exc_info=True)
            raise DecodeFailed(f"the answer cannot be read ({type(error).__name__}: {error})", operation="") from error

    async def parse(self, parse: Parse[T], body: bytes) -> T:
        """The result of `parse`, with the account's zone if times without offset need it."""
        large = len(body) >= LARGE
        try:
            return await self.run(large, parse, body, zone=self._zone)
        except NaiveTimes:
            return await self.run(large, parse, body, zone=await self.zone_of_times())


class BulkCaller:
    """A Caller that counts the requests and bytes of one item, and repeats a request once after a spoilt answer.

    Args:
        account: for whom.
        parsers: how to read the answers of single actions, by path; the others are decoded into their type.
    """

    def __init__(self, account: HarvestAccount, parsers: Mapping[str, Parse[Json]] = MappingProxyType({})) -> None:
        self._account = account
        self._parsers = parsers
        self.bytes = 0

    @property
    def lane(self) -> Lane:
        """Harvests run in the bulk lane, whatever the account's own lane is."""
        return "bulk"

    @property
    def label(self) -> str:
        """The account's label."""
        return self._account.label

    async def call(
        self,
        operation: Operation[Json] | str,
        params: Mapping[str, object] | None = None,
        **options: Unpack[CallOptions],
    ) -> Json:
        """The decoded answer; a dict if only a path was given."""
        path, kind = (operation, JsonObject) if isinstance(operation, str) else (operation.path, operation.answer)
        parse = self._parsers.get(path) or partial(read_json, path=path, kind=kind)
        return await self.read(operation, params, parse, **options)

    async def call_bytes(
        self,
        operation: Operation[Json] | str,
        params: Mapping[str, object] | None = None,
        **options: Unpack[CallOptions],
    ) -> bytes:
        """The undecoded answer."""
        account = self._account
        account.requests += 1
        asked = _asked_span(params)
        if params is not None and not account.limits.iso_times:
            params = await account.without_offsets(params)
        timeout, lane = options.get("timeout"), options.get("lane")
        try:
            body = await account.caller.call_bytes(
                operation, params, timeout=PATIENCE if timeout is None else timeout, lane=lane or self.lane
            )
        except SpanTooBig as error:
            error.asked = asked
            raise
        self.bytes += len(body)
        return body

    async def read(
        self,
        operation: Operation[Json] | str,
        params: Mapping[str, object] | None,
        parse: Parse[T],
        **options: Unpack[CallOptions],
    ) -> T:
        """Send the call and `parse` its answer; if that fails, send it once more."""
        spoilt = False
        while True:
            body = await self.call_bytes(operation, params, **options)
            try:
                return await self._account.parse(parse, body)
            except ZoneUnknown:
                raise
            except (UnreadableAnswer, DecodeFailed) as error:
                if spoilt:
                    raise _spoilt_again(error, body) from None
                log.warning("%s: repeating the request after a spoilt answer: %s", self.label, error)
            spoilt = True


def _spoilt_again(error: UnreadableAnswer | DecodeFailed, body: bytes) -> UnreadableAnswer | DecodeFailed:
    """What a second spoilt answer raises: if it is the platform's own, it is not passing trouble on the way."""
    if _is_foreign(body):
        return UnreadableAnswer(f"{error}; the answer is not the platform's", operation=error.operation)
    return error if isinstance(error, DecodeFailed) else DecodeFailed(str(error), operation=error.operation or "")


def _asked_span(params: Mapping[str, object] | None) -> timedelta | None:
    """The requested period, in whole seconds as on the wire; ``None`` if there is none."""
    start, end = (params or {}).get("from"), (params or {}).get("to")
    if not isinstance(start, datetime) or not isinstance(end, datetime):
        return None
    return end - start + SECOND if start.microsecond or end.microsecond else end - start


def _is_foreign(body: bytes) -> bool:
    """Whether an unreadable body comes from something on the way: it is neither the platform's envelope nor a table."""
    line = body[:4096].lstrip().partition(b"\n")[0]
    return b'"success"' not in body and (line[:1] in (b"{", b"[") or b"," not in line)


@cache
def _decoder(kind: Json) -> msgspec.json.Decoder[Json]:
    return msgspec.json.Decoder(kind)


def read_json(body: bytes, *, path: str, kind: Json, zone: tzinfo | None = None) -> Json:
    """The body as `kind`.

    Raises:
        UnreadableAnswer: it is not JSON.
        DecodeFailed: it has another shape.
    """
    try:
        return _decoder(kind).decode(body)
    except msgspec.ValidationError as error:
        raise DecodeFailed(f"{path}: {error}", operation=path) from None
    except (msgspec.DecodeError, RecursionError, ValueError) as error:
        raise UnreadableAnswer(f"{path}: the answer is cut or not JSON ({error})", operation=path) from None


def _parse_fleet(body: bytes, *, zone: tzinfo | None) -> Fleet:
    """The trackers of an account; if a flag cannot be read, the platform will say whether that one is blocked."""
    with wire.answer_of(_LIST.path):
        listed = read_rows(wire.members(body).get("list"), _TRACKER)
    known = [row.values for row in listed if row is not None and (row.values["id"] or 0) > 0]
    blocked = {tracker["id"]: bool(tracker["source.blocked"]) for tracker in known}
    return Fleet(
        tuple(sorted(tracker for tracker, is_blocked in blocked.items() if not is_blocked)),
        tuple(sorted(tracker for tracker, is_blocked in blocked.items() if is_blocked)),
        min(len(listed) - len(known), _MOST_UNTOLD),
    )


_ZONE = "user_info.time_zone"
_TRACKER: RowSpec = {"id": whole, "source.blocked": truth}
_MOST_UNTOLD = 1000
"""More are not counted: a list with so many is not one of trackers."""


def _parse_zone(body: bytes, *, zone: tzinfo | None) -> str | None:
    """The name of the account's time zone; ``None`` without a readable one."""
    with wire.answer_of(_INFO.path):
        name: str | None = read_row(body, {_ZONE: text}).values[_ZONE]
    return name


def _parse_clock(body: bytes, *, zone: tzinfo | None) -> datetime | None:
    """The platform's time, aware or in the account's zone; ``None`` without a believable one."""
    with wire.answer_of(_CLOCK.path):
        raw = wire.members(body).get("user_time", b"null")
        shown: datetime | None = moment(raw)[0]
    if shown is not None and not _CLOCKS.start <= shown.replace(tzinfo=UTC) < _CLOCKS.end:
        raise DecodeFailed(f"{_CLOCK.path}: no clock shows {shown.isoformat()}", operation=_CLOCK.path)
    return shown


_CLOCKS = TimeRange(datetime(2000, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC))
"""The times that a clock may show: no platform existed before, and none will exist after."""


def _repeated(asked: TimeRange, own: tzinfo) -> list[TimeRange]:
    """The times that happen twice by the zone's clock, within the range."""
    found = []
    before = asked.start - DAY
    while before < asked.end + DAY:
        after = before + DAY
        back = _offset(before, own) - _offset(after, own)
        if back > timedelta(0):
            # The first second of the new offset.
            early, late = before, after
            while late - early > SECOND:
                middle = early + (late - early) // 2
                early, late = (middle, late) if _offset(middle, own) == _offset(before, own) else (early, middle)
            turn = late.replace(microsecond=0)
            start, end = max(turn - back, asked.start), min(turn + back, asked.end)
            if start < end:
                found.append(TimeRange(start, end))
        before = after
    return found


def _offset(moment: datetime, own: tzinfo) -> timedelta:
    return moment.astimezone(own).utcoffset() or timedelta(0)


def _own_time(moment: datetime, own: tzinfo, *, earlier: bool) -> str:
    """`moment` as a text in the zone's own time.

    A text that happens twice may mean either moment: it is moved out of that hour, so that a range is requested too
    wide rather than too narrow.
    """
    if not earlier:
        moment += timedelta(microseconds=-moment.microsecond % 1_000_000)
    local = moment.astimezone(own)
    first, second = (local.replace(fold=fold).utcoffset() or timedelta(0) for fold in (0, 1))
    doubt = abs(first - second)
    return (moment - doubt if earlier else moment + doubt).astimezone(own).strftime("%Y-%m-%d %H:%M:%S")


def _read_limits(platform: object, label: str) -> RequestLimits:
    """The limits, whether the platform nests their names or writes them with dots; impossible values are logged."""

    def span(group: str, otherwise: timedelta, least: timedelta) -> timedelta:
        text = published_limit(platform, group, "max_time_span")
        try:
            longest = parse_duration(text) if isinstance(text, str) else otherwise
        except InvalidInput:
            return otherwise
        if longest < least:
            log.warning("%s: %s.max_time_span of %r is not believed, %s is used", label, group, text, otherwise)
            return otherwise
        return longest

    limit, known = page_limit(platform), RequestLimits()
    return RequestLimits(
        history_limit=limit if limit is not None and limit > 1 else known.history_limit,
        report_span=span("report", known.report_span, LEAST_ALLOWED),
        stats_span=span("stats", known.stats_span, DAY),
        iso_times=not (isinstance(platform, Mapping) and platform.get("iso_datetime_support") is False),
    )
