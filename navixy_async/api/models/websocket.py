"""Structs of `websocket`. Messages of the event websocket.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Literal, TypeAlias

from msgspec import Raw

from ..model import ABSENT, Always, Masked, Model, Unknown
from ..variants import Variants
from .common import Location
from .tracker_readings import TrackerReadings


class CompactSourceStateGps(Model, kw_only=True, gc=False):
    """The `gps` of `CompactSourceState`."""

    updated: datetime | None = None
    signal_level: int | None = None
    location: Location | None = None
    heading: int | None = None
    speed: int | None = None
    alt: int | None = None


class CompactSourceState(Model, kw_only=True, gc=False):
    """The state of a device without inputs, outputs and state fields."""

    source_id: int | None = None
    gps: CompactSourceStateGps | None = None
    connection_status: str | None = None
    movement_status: str | None = None
    movement_status_update: datetime | None = None
    ignition: bool | None = None
    ignition_update: datetime | None = None
    last_update: datetime | None = None


class ErrorStatus(Model, kw_only=True, gc=False):
    """Code and text of an error."""

    code: int | None = None
    description: str | None = None


class ErrorFrame(Model, kw_only=True):
    """A frame that was refused.

    Attributes:
        type: one of error.
    """

    type: str | None = None
    action: str | None = None
    status: ErrorStatus | None = None
    data: Any = None


class IotLastValues(Model, kw_only=True):
    """Raw values of one tracker."""

    tracker_id: int | None = None
    nonnull_fields: Any = None
    all_fields: Any = None


class IotMonitorData(Model, kw_only=True):
    """Raw values of trackers."""

    iot_last_values: list[IotLastValues] | None = None


class IotMonitorEvent(Model, kw_only=True, tag_field="event", tag="iot_monitor"):
    """Raw values of trackers.

    Attributes:
        type: one of event.
    """

    event: ClassVar[Literal["iot_monitor"]] = "iot_monitor"

    type: str | None = None
    data: IotMonitorData | None = None


class LifecycleData(Model, kw_only=True, gc=False):
    """What happened to a device.

    Attributes:
        lifecycle_event: one of block, unblock, corrupt.
    """

    source_id: int | None = None
    lifecycle_event: str | None = None


class LifecycleEvent(Model, kw_only=True, gc=False, tag_field="event", tag="lifecycle"):
    """A device was blocked, released or removed.

    Attributes:
        type: one of event.
    """

    event: ClassVar[Literal["lifecycle"]] = "lifecycle"

    type: str | None = None
    data: LifecycleData | None = None


class LogoutEvent(Model, kw_only=True, gc=False, tag_field="event", tag="logout"):
    """The session ended, and with it the socket.

    Attributes:
        type: one of event.
        data: one of session closed.
    """

    event: ClassVar[Literal["logout"]] = "logout"

    type: str | None = None
    data: str | None = None


class ReadingsBatchEvent(Model, kw_only=True, tag_field="event", tag="readings_batch"):
    """Readings of trackers changed.

    Attributes:
        type: one of event.
    """

    event: ClassVar[Literal["readings_batch"]] = "readings_batch"

    type: str | None = None
    data: list[dict[int, TrackerReadings]] | None = None
    user_time: datetime | None = None


class EventGps(Model, kw_only=True, gc=False):
    """Where a device is."""

    updated: datetime | None = None
    signal_level: int | None = None
    location: Location | None = None
    heading: int | None = None
    speed: int | None = None
    alt: int | None = None


class EventState(Model, kw_only=True):
    """The state of a device; `source_id` is `tracker.source.id`."""

    source_id: int | None = None
    gps: EventGps | None = None
    connection_status: str | None = None
    movement_status: str | None = None
    movement_status_update: datetime | None = None
    ignition: bool | None = None
    ignition_update: datetime | None = None
    gsm: dict[str, Any] | None = None
    last_update: datetime | None = None
    battery_level: int | None = None
    battery_update: datetime | None = None
    inputs: list[bool] | None = None
    inputs_update: datetime | None = None
    outputs: list[bool] | None = None
    outputs_update: datetime | None = None
    actual_track_update: datetime | None = None


class SourceState(EventState, kw_only=True, gc=True):
    """A state by source id; platforms also wrap it as `state` beside a `tracker_id`.

    Attributes:
        type: `source_state_event` if it is wrapped.
        tracker_id: the tracker, if it is wrapped.
        state: the state, if it is wrapped.
    """

    type: str | None = None
    tracker_id: int | None = None
    state: EventState | None = None


class StateEvent(Model, kw_only=True, tag_field="event", tag="state"):
    """The state of one tracker changed.

    Attributes:
        type: one of event.
    """

    event: ClassVar[Literal["state"]] = "state"

    type: str | None = None
    data: SourceState | None = None
    user_time: datetime | None = None


class StateBatchEvent(Model, kw_only=True, tag_field="event", tag="state_batch"):
    """States of trackers changed.

    Attributes:
        type: one of event.
    """

    event: ClassVar[Literal["state_batch"]] = "state_batch"

    type: str | None = None
    data: list[SourceState] | None = None
    user_time: datetime | None = None


class SubscribeAnswer(Model, kw_only=True):
    """What became of a subscription.

    Attributes:
        action: one of subscription/subscribe.
        type: one of response.
    """

    action: str | None = None
    type: str | None = None
    events: list[str] | None = None
    data: Any = None


class Target(Model, kw_only=True):
    """Which trackers a subscription is about.

    Attributes:
        type: one of all, selected.
    """

    type: str | None = None
    tracker_ids: list[int] | None = None


class ConsoleFrame(Model, kw_only=True):
    """A frame of a tracker's console in the panel, see `panel_account.tracker.console.connect`.

    Attributes:
        data: pairs of a name and a value, as people read them.
    """

    type: str | None = None
    data: Always[list[list[str]]] = ABSENT


class StateRequest(Model, kw_only=True, tag_field="type", tag="state"):
    """States of some trackers, one event each.

    Attributes:
        format: one of full, compact.
    """

    type: ClassVar[Literal["state"]] = "state"

    trackers: list[int] | None = None
    format: str | None = None


class StateBatchRequest(Model, kw_only=True, tag_field="type", tag="state_batch"):
    """States of trackers, gathered.

    Attributes:
        rate_limit: time between two events of a tracker, such as 5s.
        format: one of full, compact.
    """

    type: ClassVar[Literal["state_batch"]] = "state_batch"

    target: Target | None = None
    rate_limit: str | None = None
    format: str | None = None


class ReadingsBatchRequest(Model, kw_only=True, tag_field="type", tag="readings_batch"):
    """Readings of trackers, gathered.

    Attributes:
        rate_limit: time between two events of a tracker, such as 5s.
    """

    type: ClassVar[Literal["readings_batch"]] = "readings_batch"

    target: Target | None = None
    rate_limit: str | None = None
    sensor_type: str | None = None
    include_components: bool | None = None


class IotMonitorRequest(Model, kw_only=True, tag_field="type", tag="iot_monitor"):
    """Raw values of at most 10 trackers.

    Attributes:
        rate_limit: time between two events of a tracker, such as 5s.
    """

    type: ClassVar[Literal["iot_monitor"]] = "iot_monitor"

    target: Target | None = None
    rate_limit: str | None = None


class UnknownEventRequest(Unknown):
    """A variant of `EventRequest` that this version does not know."""


EventRequest: TypeAlias = (
    StateRequest | StateBatchRequest | ReadingsBatchRequest | IotMonitorRequest | UnknownEventRequest
)
"""One subscription; told apart by `type`."""

EVENT_REQUEST = Variants(UnknownEventRequest, StateRequest, StateBatchRequest, ReadingsBatchRequest, IotMonitorRequest)


class Subscribe(Masked, kw_only=True, tag_field="action", tag="subscribe"):
    """The frame that subscribes to events: `subscription/subscribe`.

    Attributes:
        hash: the session or key.
        requests: what to subscribe to.
    """

    secret_members: ClassVar[tuple[str, ...]] = ("hash",)

    action: ClassVar[Literal["subscribe"]] = "subscribe"

    hash: str | None = None
    if TYPE_CHECKING:
        requests: list[EventRequest] | None = None
    else:
        requests: Raw = ABSENT

    def __post_init__(self) -> None:
        self.requests = EVENT_REQUEST.many(self.requests)


class Unsubscribe(Masked, kw_only=True, tag_field="action", tag="unsubscribe"):
    """The frame that ends subscriptions: `subscription/unsubscribe`.

    Attributes:
        hash: the session or key.
        requests: what to end.
    """

    secret_members: ClassVar[tuple[str, ...]] = ("hash",)

    action: ClassVar[Literal["unsubscribe"]] = "unsubscribe"

    hash: str | None = None
    if TYPE_CHECKING:
        requests: list[EventRequest] | None = None
    else:
        requests: Raw = ABSENT

    def __post_init__(self) -> None:
        self.requests = EVENT_REQUEST.many(self.requests)


class UnknownEvent(Unknown):
    """A variant of `Event` that this version does not know."""

    tag_field: ClassVar[str] = "event"


Event: TypeAlias = (
    StateEvent | StateBatchEvent | ReadingsBatchEvent | IotMonitorEvent | LifecycleEvent | LogoutEvent | UnknownEvent
)
"""A frame with something that happened; told apart by `event`."""

EVENT = Variants(
    UnknownEvent,
    StateEvent,
    StateBatchEvent,
    ReadingsBatchEvent,
    IotMonitorEvent,
    LifecycleEvent,
    LogoutEvent,
)
