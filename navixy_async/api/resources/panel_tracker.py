"""The actions under `/panel/tracker`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from msgspec import UNSET, UnsetType

from ...operations import Lane, Operation, Replay
from ..checks import listed, sent, sized
from ..models.panel_tracker import (
    PanelTracker,
    PanelTrackerActiveHistoryListAnswer,
    PanelTrackerActiveHistoryListList,
    PanelTrackerBatchCloneAnswer,
    PanelTrackerBatchDeleteClonesAnswer,
    PanelTrackerCloneAnswer,
    PanelTrackerConsoleConnectAnswer,
    PanelTrackerListAnswer,
    PanelTrackerReadAnswer,
)
from ..noun import Noun, present

if TYPE_CHECKING:
    from ...paging import OffsetPager
    from .panel_tracker_bundle import PanelTrackerBundleActions

TrackerOrderBy: TypeAlias = Literal[
    "id",
    "label",
    "status",
    "model",
    "device_id",
    "phone",
    "creation_date",
    "last_connection",
    "tariff_id",
    "business_status",
]

RawCommandType: TypeAlias = Literal["text", "hex"]

ACTIVE_HISTORY_LIST: Operation[PanelTrackerActiveHistoryListAnswer] = Operation(
    "panel/tracker/active/history/list",
    PanelTrackerActiveHistoryListAnswer,
    api="panel",
    replay=Replay.READ,
    session="panel_session",
)
BATCH_CLONE: Operation[PanelTrackerBatchCloneAnswer] = Operation(
    "panel/tracker/batch_clone", PanelTrackerBatchCloneAnswer, api="panel", session="panel_session"
)
BATCH_DELETE_CLONES: Operation[PanelTrackerBatchDeleteClonesAnswer] = Operation(
    "panel/tracker/batch_delete_clones", PanelTrackerBatchDeleteClonesAnswer, api="panel", session="panel_session"
)
CLONE: Operation[PanelTrackerCloneAnswer] = Operation(
    "panel/tracker/clone", PanelTrackerCloneAnswer, api="panel", session="panel_session"
)
CONSOLE_CONNECT: Operation[PanelTrackerConsoleConnectAnswer] = Operation(
    "panel/tracker/console/connect", PanelTrackerConsoleConnectAnswer, api="panel", session="panel_session"
)
CORRUPT: Operation[dict[str, Any]] = Operation(
    "panel/tracker/corrupt", dict[str, Any], api="panel", session="panel_session"
)
DELETE_CLONE: Operation[dict[str, Any]] = Operation(
    "panel/tracker/delete_clone", dict[str, Any], api="panel", session="panel_session"
)
LIST: Operation[PanelTrackerListAnswer] = Operation(
    "panel/tracker/list", PanelTrackerListAnswer, api="panel", replay=Replay.READ, session="panel_session"
)
MOVE: Operation[dict[str, Any]] = Operation("panel/tracker/move", dict[str, Any], api="panel", session="panel_session")
RAW_COMMAND_SEND: Operation[dict[str, Any]] = Operation(
    "panel/tracker/raw_command/send", dict[str, Any], api="panel", session="panel_session", device=True
)
READ: Operation[PanelTrackerReadAnswer] = Operation(
    "panel/tracker/read", PanelTrackerReadAnswer, api="panel", replay=Replay.READ, session="panel_session"
)
REGISTER_RETRY: Operation[dict[str, Any]] = Operation(
    "panel/tracker/register_retry",
    dict[str, Any],
    api="panel",
    session="panel_session",
    cap="register_retry",
    device=True,
)
SETTINGS_UPDATE: Operation[dict[str, Any]] = Operation(
    "panel/tracker/settings/update", dict[str, Any], api="panel", replay=Replay.IDEMPOTENT, session="panel_session"
)
SOURCE_UPDATE: Operation[dict[str, Any]] = Operation(
    "panel/tracker/source/update", dict[str, Any], api="panel", replay=Replay.IDEMPOTENT, session="panel_session"
)
TARIFF_CHANGE: Operation[dict[str, Any]] = Operation(
    "panel/tracker/tariff/change", dict[str, Any], api="panel", session="panel_session"
)


class PanelTrackerActions(Noun):
    """Actions under `/panel/tracker`. The trackers of all users."""

    __slots__ = ()

    @property
    def active(self) -> PanelTrackerActiveActions:
        """Actions under `/panel/tracker/active`."""
        return PanelTrackerActiveActions(self._caller)

    @property
    def bundle(self) -> PanelTrackerBundleActions:
        """Actions under `/panel/tracker/bundle`."""
        from .panel_tracker_bundle import PanelTrackerBundleActions  # noqa: PLC0415 - loaded when first used

        return PanelTrackerBundleActions(self._caller)

    @property
    def console(self) -> PanelTrackerConsoleActions:
        """Actions under `/panel/tracker/console`."""
        return PanelTrackerConsoleActions(self._caller)

    @property
    def raw_command(self) -> PanelTrackerRawCommandActions:
        """Actions under `/panel/tracker/raw_command`."""
        return PanelTrackerRawCommandActions(self._caller)

    @property
    def settings(self) -> PanelTrackerSettingsActions:
        """Actions under `/panel/tracker/settings`."""
        return PanelTrackerSettingsActions(self._caller)

    @property
    def source(self) -> PanelTrackerSourceActions:
        """Actions under `/panel/tracker/source`."""
        return PanelTrackerSourceActions(self._caller)

    @property
    def tariff(self) -> PanelTrackerTariffActions:
        """Actions under `/panel/tracker/tariff`."""
        return PanelTrackerTariffActions(self._caller)

    async def batch_clone(
        self,
        tracker_ids: Iterable[int],
        user_id: int,
        *,
        ignore_existing: bool | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> PanelTrackerBatchCloneAnswer:
        """Show trackers in a further account.

        Args:
            tracker_ids: ids of trackers; 1 to 1000 items.
            user_id: id of the user.
            ignore_existing: pass over trackers that are cloned already; the platform's default: false.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.
            InvalidRequest: code 7.
            BatchPoisoned: code 217.
            Conflict: code 247.

        Platform action: `/panel/tracker/batch_clone`
        """
        params = sent(
            {
                "tracker_ids": listed("tracker_ids", tracker_ids, least=1, most=1000),
                "user_id": user_id,
                "ignore_existing": ignore_existing,
            }
        )
        return await self._caller.call(BATCH_CLONE, params, timeout=timeout, lane=lane)

    async def batch_delete_clones(
        self,
        trackers: Iterable[int],
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> PanelTrackerBatchDeleteClonesAnswer:
        """Delete clones of trackers.

        Args:
            trackers: ids of trackers.

        Platform action: `/panel/tracker/batch_delete_clones`
        """
        params = {"trackers": listed("trackers", trackers)}
        return await self._caller.call(BATCH_DELETE_CLONES, params, timeout=timeout, lane=lane)

    async def clone(
        self,
        *,
        tracker_id: int,
        label: str,
        user_id: int,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> int:
        """Show a tracker in a further account, and give the clone's id.

        Args:
            tracker_id: id of the tracker.
            label: name for people; 1 to 60 characters.
            user_id: id of the user.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.
            NotFound: code 201.
            Unsupported: code 219.
            InvalidRequest: code 246.
            Conflict: codes 247, 252.

        Platform action: `/panel/tracker/clone`
        """
        sized("label", label, least=1, most=60)
        params = {"tracker_id": tracker_id, "label": label, "user_id": user_id}
        answer = await self._caller.call(CLONE, params, timeout=timeout, lane=lane)
        return present(answer.id, CLONE, "id")

    async def corrupt(
        self,
        tracker_id: int,
        *,
        corrupt_clones: bool | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Remove a tracker for good, so that its device may be registered elsewhere.

        Args:
            tracker_id: id of the tracker.
            corrupt_clones: corrupt the clones, too; the platform's default: true.

        Raises:
            NotFound: code 201.
            Unsupported: code 219.
            Conflict: codes 252, 253.

        Platform action: `/panel/tracker/corrupt`
        """
        params = sent({"tracker_id": tracker_id, "corrupt_clones": corrupt_clones})
        await self._caller.call(CORRUPT, params, timeout=timeout, lane=lane)

    async def delete_clone(
        self,
        tracker_id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Delete a clone of a tracker.

        Args:
            tracker_id: id of the tracker.

        Raises:
            NotFound: code 201.
            Conflict: codes 203, 252.
            Unsupported: code 249.

        Platform action: `/panel/tracker/delete_clone`
        """
        params = {"tracker_id": tracker_id}
        await self._caller.call(DELETE_CLONE, params, timeout=timeout, lane=lane)

    def list(
        self,
        *,
        user_id: int | UnsetType = UNSET,
        tariff_id: int | UnsetType = UNSET,
        filter: str | UnsetType = UNSET,
        order_by: TrackerOrderBy | str | UnsetType = UNSET,
        ascending: bool | UnsetType = UNSET,
        offset: int | UnsetType = UNSET,
        limit: int | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> OffsetPager[PanelTrackerListAnswer, PanelTracker]:
        """List the trackers of all users.

        Args:
            user_id: id of the user.
            tariff_id: id of the tariff.
            filter: only entries that contain this text.
            order_by: column to sort by; documented: id, label, status, model, device_id, phone, creation_date,
                last_connection, tariff_id, business_status.
            ascending: from the oldest or smallest on; the platform's default: true.
            offset: how many entries to pass over; the platform's default: 0.
            limit: how many entries at most.

        Returns:
            A pager: await it for one page, iterate it for everything.

        Raises:
            NotFound: code 201.

        Platform action: `/panel/tracker/list`
        """
        from ...paging import OffsetPager  # noqa: PLC0415 - loaded when first used

        params = sent(
            {
                "user_id": user_id,
                "tariff_id": tariff_id,
                "filter": filter,
                "order_by": order_by,
                "ascending": ascending,
                "offset": offset,
                "limit": limit,
            }
        )
        return OffsetPager(self._caller, LIST, params, items=lambda answer: answer.list, timeout=timeout, lane=lane)

    async def move(
        self,
        *,
        tracker_id: int,
        user_id: int,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Move a tracker to another user.

        Args:
            tracker_id: id of the tracker.
            user_id: id of the user.

        Raises:
            NotFound: code 201.
            Unsupported: code 219.
            InvalidRequest: code 246.
            Conflict: codes 247, 252.

        Platform action: `/panel/tracker/move`
        """
        params = {"tracker_id": tracker_id, "user_id": user_id}
        await self._caller.call(MOVE, params, timeout=timeout, lane=lane)

    async def read(
        self,
        tracker_id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> PanelTracker:
        """Read one tracker.

        Args:
            tracker_id: id of the tracker.

        Raises:
            NotFound: code 201.
            Conflict: code 252.

        Platform action: `/panel/tracker/read`
        """
        params = {"tracker_id": tracker_id}
        answer = await self._caller.call(READ, params, timeout=timeout, lane=lane)
        return present(answer.value, READ, "value")

    async def register_retry(
        self,
        tracker_id: int,
        *,
        send_register_commands: bool | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Send the commands that set a device up once more, at most once in 120 seconds for a tracker.

        Args:
            tracker_id: id of the tracker.
            send_register_commands: whether the commands that set the device up are sent.

        Raises:
            NotFound: code 201.
            TrackerBlocked: code 208.
            Unsupported: codes 214, 219.
            Conflict: codes 252, 264.

        Platform action: `/panel/tracker/register_retry`
        """
        params = sent({"tracker_id": tracker_id, "send_register_commands": send_register_commands})
        await self._caller.call(REGISTER_RETRY, params, timeout=timeout, lane=lane)


class PanelTrackerActiveActions(Noun):
    """Actions under `/panel/tracker/active`."""

    __slots__ = ()

    @property
    def history(self) -> PanelTrackerActiveHistoryActions:
        """Actions under `/panel/tracker/active/history`."""
        return PanelTrackerActiveHistoryActions(self._caller)


class PanelTrackerActiveHistoryActions(Noun):
    """Actions under `/panel/tracker/active/history`."""

    __slots__ = ()

    async def list(
        self,
        from_: str,
        to: str,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> builtins.list[PanelTrackerActiveHistoryListList]:
        """Read how many trackers were active on each day of a period.

        Args:
            from_: first month, such as 2021-02.
            to: last month, such as 2021-03.

        Raises:
            SpanTooBig: code 211.

        Platform action: `/panel/tracker/active/history/list`
        """
        params = {"from": from_, "to": to}
        answer = await self._caller.call(ACTIVE_HISTORY_LIST, params, timeout=timeout, lane=lane)
        return present(answer.list, ACTIVE_HISTORY_LIST, "list")


class PanelTrackerConsoleActions(Noun):
    """Actions under `/panel/tracker/console`."""

    __slots__ = ()

    async def connect(
        self,
        tracker_id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> PanelTrackerConsoleConnectAnswer:
        """Get what is needed to open a tracker's console, a websocket of the panel.

        Args:
            tracker_id: id of the tracker.

        Raises:
            NotFound: code 201.
            Unsupported: code 230.
            Conflict: code 252.

        Platform action: `/panel/tracker/console/connect`
        """
        params = {"tracker_id": tracker_id}
        return await self._caller.call(CONSOLE_CONNECT, params, timeout=timeout, lane=lane)


class PanelTrackerRawCommandActions(Noun):
    """Actions under `/panel/tracker/raw_command`."""

    __slots__ = ()

    async def send(
        self,
        *,
        device_id: str,
        command: str,
        type: RawCommandType | str | UnsetType = UNSET,
        reliable: bool | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Send a command to a device as it is.

        Args:
            device_id: the device's own number, such as its IMEI.
            command: the command.
            type: kind; documented: text, hex; the platform's default: text.
            reliable: send again until the device confirms; the platform's default: true.

        Raises:
            InvalidRequest: code 7.
            NotFound: code 201.
            Conflict: code 252.

        Platform action: `/panel/tracker/raw_command/send`
        """
        params = sent(
            {
                "device_id": device_id,
                "command": command,
                "type": type,
                "reliable": reliable,
            }
        )
        await self._caller.call(RAW_COMMAND_SEND, params, timeout=timeout, lane=lane)


class PanelTrackerSettingsActions(Noun):
    """Actions under `/panel/tracker/settings`."""

    __slots__ = ()

    async def update(
        self,
        tracker_id: int,
        label: str,
        deleted: bool,
        *,
        comment: str | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Set label, comment and state of a tracker.

        Args:
            tracker_id: id of the tracker.
            label: name for people; 1 to 60 characters.
            deleted: whether the tracker is marked as deleted.
            comment: remark; at most 3000 characters.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.
            NotFound: code 201.
            Conflict: code 252.

        Platform action: `/panel/tracker/settings/update`
        """
        sized("label", label, least=1, most=60)
        sized("comment", comment, most=3000)
        params = sent(
            {
                "tracker_id": tracker_id,
                "label": label,
                "deleted": deleted,
                "comment": comment,
            }
        )
        await self._caller.call(SETTINGS_UPDATE, params, timeout=timeout, lane=lane)


class PanelTrackerSourceActions(Noun):
    """Actions under `/panel/tracker/source`."""

    __slots__ = ()

    async def update(
        self,
        tracker_id: int,
        blocked: bool,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Block a device, or release it.

        Args:
            tracker_id: id of the tracker.
            blocked: whether the device is blocked.

        Raises:
            NotFound: code 201.
            Conflict: code 252.

        Platform action: `/panel/tracker/source/update`
        """
        params = {"tracker_id": tracker_id, "blocked": blocked}
        await self._caller.call(SOURCE_UPDATE, params, timeout=timeout, lane=lane)


class PanelTrackerTariffActions(Noun):
    """Actions under `/panel/tracker/tariff`."""

    __slots__ = ()

    async def change(
        self,
        *,
        tracker_id: int,
        tariff_id: int,
        repay: bool,
        charge: bool,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Put a tracker on another tariff.

        Args:
            tracker_id: id of the tracker.
            tariff_id: id of the tariff.
            repay: pay back what was charged for the old tariff.
            charge: charge for the new tariff.

        Raises:
            NotFound: codes 201, 239.
            Unsupported: code 219.
            TooManyTrackers: code 221.
            InvalidRequest: code 237.
            AccessDenied: code 238.
            Conflict: codes 250, 252.

        Platform action: `/panel/tracker/tariff/change`
        """
        params = {
            "tracker_id": tracker_id,
            "tariff_id": tariff_id,
            "repay": repay,
            "charge": charge,
        }
        await self._caller.call(TARIFF_CHANGE, params, timeout=timeout, lane=lane)
