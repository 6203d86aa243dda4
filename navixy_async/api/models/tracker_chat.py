"""Structs of `tracker.chat`. Chat with those who carry trackers.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins
from datetime import datetime

from ..model import ABSENT, Always, Model


class ChatMessage(Model, kw_only=True, gc=False):
    """A chat message.

    Attributes:
        type: one of INCOMING, OUTGOING.
        status: one of PENDING, DELIVERED.
    """

    submit_time: datetime | None = None
    update_time: datetime | None = None
    type: str | None = None
    status: str | None = None
    employee_id: int | None = None
    id: Always[int] = ABSENT
    text: str | None = None


class TrackerChatBroadcastAnswer(Model, kw_only=True):
    """What `/tracker/chat/broadcast` answers."""

    sent_to: list[int] | None = None
    not_sent_to: list[int] | None = None


class TrackerChatListAnswer(Model, kw_only=True):
    """What `/tracker/chat/list` answers."""

    list: Always[builtins.list[ChatMessage]] = ABSENT


class TrackerChatSendAnswer(Model, kw_only=True, gc=False):
    """What `/tracker/chat/send` answers."""

    id: Always[int] = ABSENT


class TrackerChatUnreadCountAnswer(Model, kw_only=True):
    """What `/tracker/chat/unread/count` answers."""

    value: Always[dict[int, int]] = ABSENT


class TrackerChatUpdatedListAnswer(Model, kw_only=True):
    """What `/tracker/chat/updated/list` answers."""

    value: Always[dict[int, datetime]] = ABSENT
