"""The actions under `/tracker/chat`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from msgspec import UNSET, UnsetType

from ...operations import Lane, Operation, Replay
from ..checks import exactly_one, listed, sent, sized, window, within
from ..models.tracker_chat import (
    ChatMessage,
    TrackerChatBroadcastAnswer,
    TrackerChatListAnswer,
    TrackerChatSendAnswer,
    TrackerChatUnreadCountAnswer,
    TrackerChatUpdatedListAnswer,
)
from ..noun import Noun, present

BROADCAST: Operation[TrackerChatBroadcastAnswer] = Operation(
    "tracker/chat/broadcast", TrackerChatBroadcastAnswer, device=True
)
LIST: Operation[TrackerChatListAnswer] = Operation("tracker/chat/list", TrackerChatListAnswer, replay=Replay.READ)
MARK_READ: Operation[dict[str, Any]] = Operation("tracker/chat/mark_read", dict[str, Any], replay=Replay.IDEMPOTENT)
MARK_READ_ALL: Operation[dict[str, Any]] = Operation(
    "tracker/chat/mark_read_all", dict[str, Any], replay=Replay.IDEMPOTENT
)
SEND: Operation[TrackerChatSendAnswer] = Operation("tracker/chat/send", TrackerChatSendAnswer, device=True)
UNREAD_COUNT: Operation[TrackerChatUnreadCountAnswer] = Operation(
    "tracker/chat/unread/count", TrackerChatUnreadCountAnswer, replay=Replay.READ
)
UPDATED_LIST: Operation[TrackerChatUpdatedListAnswer] = Operation(
    "tracker/chat/updated/list", TrackerChatUpdatedListAnswer, replay=Replay.READ
)


class TrackerChatActions(Noun):
    """Actions under `/tracker/chat`. Chat with those who carry trackers."""

    __slots__ = ()

    @property
    def unread(self) -> TrackerChatUnreadActions:
        """Actions under `/tracker/chat/unread`."""
        return TrackerChatUnreadActions(self._caller)

    @property
    def updated(self) -> TrackerChatUpdatedActions:
        """Actions under `/tracker/chat/updated`."""
        return TrackerChatUpdatedActions(self._caller)

    async def broadcast(
        self,
        trackers: Iterable[int],
        message: str,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> TrackerChatBroadcastAnswer:
        """Send a chat message to several trackers.

        Args:
            trackers: ids of trackers; at most 300 items.
            message: the text; at most 20000 characters.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.
            BatchPoisoned: code 217.
            TooManyTrackers: code 221.

        Platform action: `/tracker/chat/broadcast`
        """
        sized("message", message, most=20000)
        params = {"trackers": listed("trackers", trackers, most=300), "message": message}
        return await self._caller.call(BROADCAST, params, timeout=timeout, lane=lane)

    async def list(
        self,
        tracker_id: int,
        *,
        from_: datetime | UnsetType = UNSET,
        to: datetime | UnsetType = UNSET,
        limit: int | UnsetType = UNSET,
        ascending: bool | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> builtins.list[ChatMessage]:
        """List chat messages of a tracker in a period.

        Args:
            tracker_id: id of the tracker.
            from_: start of the period, with its time zone; the platform's default: now minus 7 days.
            to: end of the period, with its time zone; the platform's default: now.
            limit: how many entries at most; at most 1024; the platform's default: 1024.
            ascending: from the oldest or smallest on; the platform's default: true.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.
            NotFound: code 201.
            TrackerBlocked: code 208.
            Unsupported: code 214.
            TariffRestricted: code 236.

        Platform action: `/tracker/chat/list`
        """
        window(from_, to)
        within("limit", limit, most=1024)
        params = sent(
            {
                "tracker_id": tracker_id,
                "from": from_,
                "to": to,
                "limit": limit,
                "ascending": ascending,
            }
        )
        answer = await self._caller.call(LIST, params, timeout=timeout, lane=lane)
        return present(answer.list, LIST, "list")

    async def mark_read(
        self,
        *,
        message_id: int | UnsetType = UNSET,
        message_ids: Iterable[int] | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Mark chat messages as read.

        Args:
            message_id: id of the message; exactly one of message_id, message_ids.
            message_ids: ids of messages; exactly one of message_id, message_ids.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.
            NotFound: code 201.

        Platform action: `/tracker/chat/mark_read`
        """
        exactly_one(message_id=message_id, message_ids=message_ids)
        params = sent({"message_id": message_id, "message_ids": listed("message_ids", message_ids)})
        await self._caller.call(MARK_READ, params, timeout=timeout, lane=lane)

    async def mark_read_all(
        self,
        *,
        trackers: Iterable[int] | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Mark every chat message as read.

        Args:
            trackers: ids of trackers.

        Raises:
            NotFound: code 201.

        Platform action: `/tracker/chat/mark_read_all`
        """
        params = sent({"trackers": listed("trackers", trackers)})
        await self._caller.call(MARK_READ_ALL, params, timeout=timeout, lane=lane)

    async def send(
        self,
        tracker_id: int,
        message: str,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> int:
        """Send a chat message to a tracker, and give its id.

        Args:
            tracker_id: id of the tracker.
            message: the text; at most 20000 characters.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.
            NotFound: code 201.
            TrackerBlocked: code 208.
            Unsupported: code 214.
            TariffRestricted: code 236.

        Platform action: `/tracker/chat/send`
        """
        sized("message", message, most=20000)
        params = {"tracker_id": tracker_id, "message": message}
        answer = await self._caller.call(SEND, params, timeout=timeout, lane=lane)
        return present(answer.id, SEND, "id")


class TrackerChatUnreadActions(Noun):
    """Actions under `/tracker/chat/unread`."""

    __slots__ = ()

    async def count(self, *, timeout: float | None = None, lane: Lane | None = None) -> dict[int, int]:
        """Count the unread chat messages by tracker.

        Raises:
            TariffRestricted: code 236.

        Platform action: `/tracker/chat/unread/count`
        """
        answer = await self._caller.call(UNREAD_COUNT, timeout=timeout, lane=lane)
        return present(answer.value, UNREAD_COUNT, "value")


class TrackerChatUpdatedActions(Noun):
    """Actions under `/tracker/chat/updated`."""

    __slots__ = ()

    async def list(
        self,
        trackers: Iterable[int],
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> dict[int, datetime]:
        """Say when the chat of each tracker last changed.

        Args:
            trackers: ids of trackers; at most 300 items.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.
            BatchPoisoned: code 217.
            TooManyTrackers: code 221.

        Platform action: `/tracker/chat/updated/list`
        """
        params = {"trackers": listed("trackers", trackers, most=300)}
        answer = await self._caller.call(UPDATED_LIST, params, timeout=timeout, lane=lane)
        return present(answer.value, UPDATED_LIST, "value")
