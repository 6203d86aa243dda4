"""The actions under `/history`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from msgspec import UNSET, UnsetType

from ...operations import Lane, Operation, Replay
from ..checks import listed, sent, window
from ..models.common import Asset
from ..models.history import (
    EventType,
    HistoryAssetCountAnswer,
    HistoryAssetListAnswer,
    HistoryEntry,
    HistoryReadAnswer,
    HistoryTrackerListAnswer,
    HistoryTypeListAnswer,
    HistoryUnreadCountAnswer,
    HistoryUnreadListAnswer,
    HistoryUserListAnswer,
)
from ..noun import Noun, present

if TYPE_CHECKING:
    from ...paging import HistoryPager

AssetTypes: TypeAlias = Literal["vehicle", "employee"]

UnreadType: TypeAlias = Literal["socket", "tracker", "camera"]

ASSET_COUNT: Operation[HistoryAssetCountAnswer] = Operation(
    "history/asset/count", HistoryAssetCountAnswer, replay=Replay.READ
)
ASSET_LIST: Operation[HistoryAssetListAnswer] = Operation(
    "history/asset/list", HistoryAssetListAnswer, replay=Replay.READ
)
MARK_READ: Operation[dict[str, Any]] = Operation("history/mark_read", dict[str, Any], replay=Replay.IDEMPOTENT)
MARK_READ_ALL: Operation[dict[str, Any]] = Operation("history/mark_read_all", dict[str, Any], replay=Replay.IDEMPOTENT)
READ: Operation[HistoryReadAnswer] = Operation("history/read", HistoryReadAnswer, replay=Replay.READ)
TRACKER_LIST: Operation[HistoryTrackerListAnswer] = Operation(
    "history/tracker/list", HistoryTrackerListAnswer, replay=Replay.READ
)
TYPE_LIST: Operation[HistoryTypeListAnswer] = Operation("history/type/list", HistoryTypeListAnswer, replay=Replay.READ)
UNREAD_COUNT: Operation[HistoryUnreadCountAnswer] = Operation(
    "history/unread/count", HistoryUnreadCountAnswer, replay=Replay.READ
)
UNREAD_LIST: Operation[HistoryUnreadListAnswer] = Operation(
    "history/unread/list", HistoryUnreadListAnswer, replay=Replay.READ
)
USER_LIST: Operation[HistoryUserListAnswer] = Operation("history/user/list", HistoryUserListAnswer, replay=Replay.READ)


class HistoryActions(Noun):
    """Actions under `/history`. Events of trackers, assets and the account, as the platform recorded them."""

    __slots__ = ()

    @property
    def asset(self) -> HistoryAssetActions:
        """Actions under `/history/asset`."""
        return HistoryAssetActions(self._caller)

    @property
    def tracker(self) -> HistoryTrackerActions:
        """Actions under `/history/tracker`."""
        return HistoryTrackerActions(self._caller)

    @property
    def type(self) -> HistoryTypeActions:
        """Actions under `/history/type`."""
        return HistoryTypeActions(self._caller)

    @property
    def unread(self) -> HistoryUnreadActions:
        """Actions under `/history/unread`."""
        return HistoryUnreadActions(self._caller)

    @property
    def user(self) -> HistoryUserActions:
        """Actions under `/history/user`."""
        return HistoryUserActions(self._caller)

    async def mark_read(
        self,
        id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Mark one event as read.

        Args:
            id: id of the entry.

        Raises:
            NotFound: code 201.

        Platform action: `/history/mark_read`
        """
        params = {"id": id}
        await self._caller.call(MARK_READ, params, timeout=timeout, lane=lane)

    async def mark_read_all(self, *, timeout: float | None = None, lane: Lane | None = None) -> None:
        """Mark every event as read.

        Platform action: `/history/mark_read_all`
        """
        await self._caller.call(MARK_READ_ALL, timeout=timeout, lane=lane)

    async def read(
        self,
        id: int,
        *,
        add_tracker_label: bool | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> HistoryEntry:
        """Read one event.

        Args:
            id: id of the entry.
            add_tracker_label: put the label of the tracker into `extra`.

        Raises:
            NotFound: code 201.

        Platform action: `/history/read`
        """
        params = sent({"id": id, "add_tracker_label": add_tracker_label})
        answer = await self._caller.call(READ, params, timeout=timeout, lane=lane)
        return present(answer.value, READ, "value")


class HistoryAssetActions(Noun):
    """Actions under `/history/asset`."""

    __slots__ = ()

    async def count(
        self,
        from_: datetime,
        to: datetime,
        *,
        assets: Iterable[Asset | Mapping[str, Any]] | UnsetType = UNSET,
        asset_types: Iterable[AssetTypes | str] | UnsetType = UNSET,
        events: Iterable[str] | UnsetType = UNSET,
        only_emergency: bool | UnsetType = UNSET,
        only_unread: bool | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> HistoryAssetCountAnswer:
        """Count the events of vehicles and employees in a period.

        Args:
            from_: start of the period, with its time zone.
            to: end of the period, with its time zone.
            assets: assets, each as id and type; the platform's default: all.
            asset_types: kinds of assets; documented: vehicle, employee; the platform's default: all.
            events: types of events, see `history.type.list`; the platform's default: all.
            only_emergency: only events that were flagged as emergencies; the platform's default: false.
            only_unread: only events that nobody has marked as read; the platform's default: false.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.
            SpanTooBig: code 211.

        Platform action: `/history/asset/count`
        """
        window(from_, to)
        params = sent(
            {
                "assets": listed("assets", assets),
                "asset_types": listed("asset_types", asset_types),
                "from": from_,
                "to": to,
                "events": listed("events", events),
                "only_emergency": only_emergency,
                "only_unread": only_unread,
            }
        )
        return await self._caller.call(ASSET_COUNT, params, timeout=timeout, lane=lane)

    def list(
        self,
        from_: datetime,
        to: datetime,
        *,
        assets: Iterable[Asset | Mapping[str, Any]] | UnsetType = UNSET,
        asset_types: Iterable[AssetTypes | str] | UnsetType = UNSET,
        events: Iterable[str] | UnsetType = UNSET,
        limit: int | UnsetType = UNSET,
        ascending: bool | UnsetType = UNSET,
        only_emergency: bool | UnsetType = UNSET,
        only_unread: bool | UnsetType = UNSET,
        add_asset_label: bool | UnsetType = UNSET,
        add_tracker_label: bool | UnsetType = UNSET,
        add_tracker_files: bool | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> HistoryPager[HistoryAssetListAnswer, HistoryEntry]:
        """List the events of vehicles and employees in a period.

        Args:
            from_: start of the period, with its time zone.
            to: end of the period, with its time zone.
            assets: assets, each as id and type; the platform's default: all.
            asset_types: kinds of assets; documented: vehicle, employee; the platform's default: all.
            events: types of events, see `history.type.list`; the platform's default: all.
            limit: how many entries at most; at most the platform's `history.max_limit`, usually 1000; the platform's
                default: 1000.
            ascending: from the oldest or smallest on; the platform's default: true.
            only_emergency: only events that were flagged as emergencies; the platform's default: false.
            only_unread: only events that nobody has marked as read; the platform's default: false.
            add_asset_label: put the label of the asset into `extra`; the platform's default: true.
            add_tracker_label: put the label of the tracker into `extra`; the platform's default: false.
            add_tracker_files: put the files of the tracker into `extra`; the platform's default: false.

        Returns:
            A pager: await it for one page, iterate it for every entry of the half-open period. `limit_exceeded` tells
                whether the period was clipped to what the tariff stores.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.
            SpanTooBig: code 211.
            LimitTooBig: code 212.

        Platform action: `/history/asset/list`
        """
        from ...paging import HistoryPager  # noqa: PLC0415 - loaded when first used

        window(from_, to)
        params = sent(
            {
                "assets": listed("assets", assets),
                "asset_types": listed("asset_types", asset_types),
                "from": from_,
                "to": to,
                "events": listed("events", events),
                "limit": limit,
                "ascending": ascending,
                "only_emergency": only_emergency,
                "only_unread": only_unread,
                "add_asset_label": add_asset_label,
                "add_tracker_label": add_tracker_label,
                "add_tracker_files": add_tracker_files,
            }
        )
        return HistoryPager(
            self._caller, ASSET_LIST, params, items=lambda answer: answer.list, timeout=timeout, lane=lane
        )


class HistoryTrackerActions(Noun):
    """Actions under `/history/tracker`."""

    __slots__ = ()

    def list(
        self,
        trackers: Iterable[int],
        from_: datetime,
        to: datetime,
        *,
        events: Iterable[str] | UnsetType = UNSET,
        limit: int | UnsetType = UNSET,
        ascending: bool | UnsetType = UNSET,
        only_emergency: bool | UnsetType = UNSET,
        only_unread: bool | UnsetType = UNSET,
        add_tracker_label: bool | UnsetType = UNSET,
        add_tracker_files: bool | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> HistoryPager[HistoryTrackerListAnswer, HistoryEntry]:
        """List the events of trackers in a period.

        Args:
            trackers: ids of trackers.
            from_: start of the period, with its time zone.
            to: end of the period, with its time zone.
            events: types of events, see `history.type.list`; the platform's default: all.
            limit: how many entries at most; at most the platform's `history.max_limit`, usually 1000; the platform's
                default: 1000.
            ascending: from the oldest or smallest on; the platform's default: true.
            only_emergency: only events that were flagged as emergencies; the platform's default: false.
            only_unread: only events that nobody has marked as read; the platform's default: false.
            add_tracker_label: put the label of the tracker into `extra`; the platform's default: true.
            add_tracker_files: put the files of the tracker into `extra`; the platform's default: false.

        Returns:
            A pager: await it for one page, iterate it for every entry of the half-open period. `limit_exceeded` tells
                whether more entries match than this answer holds.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.
            SpanTooBig: code 211.
            LimitTooBig: code 212.
            BatchPoisoned: code 217.

        Platform action: `/history/tracker/list`
        """
        from ...paging import HistoryPager  # noqa: PLC0415 - loaded when first used

        window(from_, to)
        params = sent(
            {
                "trackers": listed("trackers", trackers),
                "from": from_,
                "to": to,
                "events": listed("events", events),
                "limit": limit,
                "ascending": ascending,
                "only_emergency": only_emergency,
                "only_unread": only_unread,
                "add_tracker_label": add_tracker_label,
                "add_tracker_files": add_tracker_files,
            }
        )
        return HistoryPager(
            self._caller, TRACKER_LIST, params, items=lambda answer: answer.list, timeout=timeout, lane=lane
        )


class HistoryTypeActions(Noun):
    """Actions under `/history/type`."""

    __slots__ = ()

    async def list(
        self,
        locale: str,
        *,
        only_tracker_events: bool | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> builtins.list[EventType]:
        """List the types of events that this platform knows, with their descriptions.

        Args:
            locale: language and country, such as en_US.
            only_tracker_events: leave out events that do not come from trackers; the platform's default: true.

        Platform action: `/history/type/list`
        """
        params = sent({"locale": locale, "only_tracker_events": only_tracker_events})
        answer = await self._caller.call(TYPE_LIST, params, timeout=timeout, lane=lane)
        return present(answer.list, TYPE_LIST, "list")


class HistoryUnreadActions(Noun):
    """Actions under `/history/unread`."""

    __slots__ = ()

    async def count(
        self,
        *,
        from_: datetime | UnsetType = UNSET,
        type: UnreadType | str | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> int:
        """Count the events that nobody has marked as read.

        Args:
            from_: start of the period, with its time zone; the platform's default: now minus 1 year.
            type: only events of this kind of source; documented: socket, tracker, camera.

        Platform action: `/history/unread/count`
        """
        params = sent({"from": from_, "type": type})
        answer = await self._caller.call(UNREAD_COUNT, params, timeout=timeout, lane=lane)
        return present(answer.count, UNREAD_COUNT, "count")

    async def list(
        self,
        *,
        limit: int | UnsetType = UNSET,
        from_: datetime | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> builtins.list[HistoryEntry]:
        """List events that nobody has marked as read, as many as fit into one answer.

        Args:
            limit: how many entries at most; at most the platform's `history.max_limit`.
            from_: start of the period, with its time zone; the platform's default: now minus 1 year.

        Returns:
            One answer's worth: without an end of the period the answer cannot be continued; `tracker.list` with
                `only_unread` can.

        Raises:
            LimitTooBig: code 212.

        Platform action: `/history/unread/list`
        """
        params = sent({"limit": limit, "from": from_})
        answer = await self._caller.call(UNREAD_LIST, params, timeout=timeout, lane=lane)
        return present(answer.list, UNREAD_LIST, "list")


class HistoryUserActions(Noun):
    """Actions under `/history/user`."""

    __slots__ = ()

    def list(
        self,
        from_: datetime,
        to: datetime,
        *,
        events: Iterable[str] | UnsetType = UNSET,
        limit: int | UnsetType = UNSET,
        ascending: bool | UnsetType = UNSET,
        only_emergency: bool | UnsetType = UNSET,
        only_unread: bool | UnsetType = UNSET,
        add_tracker_label: bool | UnsetType = UNSET,
        add_tracker_files: bool | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> HistoryPager[HistoryUserListAnswer, HistoryEntry]:
        """List the events of the whole account in a period.

        Args:
            from_: start of the period, with its time zone.
            to: end of the period, with its time zone.
            events: types of events, see `history.type.list`; the platform's default: all.
            limit: how many entries at most; at most the platform's `history.max_limit`, usually 1000; the platform's
                default: 1000.
            ascending: from the oldest or smallest on; the platform's default: true.
            only_emergency: only events that were flagged as emergencies; the platform's default: false.
            only_unread: only events that nobody has marked as read; the platform's default: false.
            add_tracker_label: put the label of the tracker into `extra`; the platform's default: true.
            add_tracker_files: put the files of the tracker into `extra`; the platform's default: false.

        Returns:
            A pager: await it for one page, iterate it for every entry of the half-open period. `limit_exceeded` tells
                whether the period was clipped to what the tariff stores.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.
            SpanTooBig: code 211.
            LimitTooBig: code 212.

        Platform action: `/history/user/list`
        """
        from ...paging import HistoryPager  # noqa: PLC0415 - loaded when first used

        window(from_, to)
        params = sent(
            {
                "from": from_,
                "to": to,
                "events": listed("events", events),
                "limit": limit,
                "ascending": ascending,
                "only_emergency": only_emergency,
                "only_unread": only_unread,
                "add_tracker_label": add_tracker_label,
                "add_tracker_files": add_tracker_files,
            }
        )
        return HistoryPager(
            self._caller, USER_LIST, params, items=lambda answer: answer.list, timeout=timeout, lane=lane
        )
