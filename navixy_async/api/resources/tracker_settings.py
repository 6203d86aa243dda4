"""The actions under `/tracker/settings`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import UNSET, UnsetType

from ...operations import Lane, Operation, Replay
from ..checks import sent, sized, within
from ..models.common import TrackingProfile
from ..models.tracker_settings import (
    SpecialSettings,
    TrackerSettingsLbsReadAnswer,
    TrackerSettingsReadAnswer,
    TrackerSettingsReadSettings,
    TrackerSettingsSpecialReadAnswer,
    TrackerSettingsTrackingReadAnswer,
    TrackerSettingsTripDetectionReadAnswer,
)
from ..noun import Noun, present

LBS_READ: Operation[TrackerSettingsLbsReadAnswer] = Operation(
    "tracker/settings/lbs/read", TrackerSettingsLbsReadAnswer, replay=Replay.READ
)
LBS_UPDATE: Operation[dict[str, Any]] = Operation(
    "tracker/settings/lbs/update", dict[str, Any], replay=Replay.IDEMPOTENT
)
READ: Operation[TrackerSettingsReadAnswer] = Operation(
    "tracker/settings/read", TrackerSettingsReadAnswer, replay=Replay.READ
)
SPECIAL_READ: Operation[TrackerSettingsSpecialReadAnswer] = Operation(
    "tracker/settings/special/read", TrackerSettingsSpecialReadAnswer, replay=Replay.READ
)
SPECIAL_UPDATE: Operation[dict[str, Any]] = Operation("tracker/settings/special/update", dict[str, Any], device=True)
TRACKING_READ: Operation[TrackerSettingsTrackingReadAnswer] = Operation(
    "tracker/settings/tracking/read", TrackerSettingsTrackingReadAnswer, replay=Replay.READ
)
TRACKING_UPDATE: Operation[dict[str, Any]] = Operation("tracker/settings/tracking/update", dict[str, Any], device=True)
TRIP_DETECTION_READ: Operation[TrackerSettingsTripDetectionReadAnswer] = Operation(
    "tracker/settings/trip_detection/read", TrackerSettingsTripDetectionReadAnswer, replay=Replay.READ
)
TRIP_DETECTION_UPDATE: Operation[dict[str, Any]] = Operation(
    "tracker/settings/trip_detection/update", dict[str, Any], replay=Replay.IDEMPOTENT
)
UPDATE: Operation[dict[str, Any]] = Operation("tracker/settings/update", dict[str, Any], replay=Replay.IDEMPOTENT)


class TrackerSettingsActions(Noun):
    """Actions under `/tracker/settings`. Settings of trackers and their devices."""

    __slots__ = ()

    @property
    def lbs(self) -> TrackerSettingsLbsActions:
        """Actions under `/tracker/settings/lbs`."""
        return TrackerSettingsLbsActions(self._caller)

    @property
    def special(self) -> TrackerSettingsSpecialActions:
        """Actions under `/tracker/settings/special`."""
        return TrackerSettingsSpecialActions(self._caller)

    @property
    def tracking(self) -> TrackerSettingsTrackingActions:
        """Actions under `/tracker/settings/tracking`."""
        return TrackerSettingsTrackingActions(self._caller)

    @property
    def trip_detection(self) -> TrackerSettingsTripDetectionActions:
        """Actions under `/tracker/settings/trip_detection`."""
        return TrackerSettingsTripDetectionActions(self._caller)

    async def read(
        self,
        tracker_id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> TrackerSettingsReadSettings:
        """Read label, group and type of a tracker.

        Args:
            tracker_id: id of the tracker.

        Raises:
            NotFound: code 201.
            TrackerBlocked: code 208.

        Platform action: `/tracker/settings/read`
        """
        params = {"tracker_id": tracker_id}
        answer = await self._caller.call(READ, params, timeout=timeout, lane=lane)
        return present(answer.settings, READ, "settings")

    async def update(
        self,
        *,
        tracker_id: int,
        group_id: int,
        label: str,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Set label and group of a tracker.

        Sub-users need the right tracker_update.

        Args:
            tracker_id: id of the tracker.
            group_id: id of the group.
            label: name for people; 1 to 60 characters.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.
            NotFound: codes 201, 204.
            TrackerBlocked: code 208.

        Platform action: `/tracker/settings/update`
        """
        sized("label", label, least=1, most=60)
        params = {"tracker_id": tracker_id, "group_id": group_id, "label": label}
        await self._caller.call(UPDATE, params, timeout=timeout, lane=lane)


class TrackerSettingsLbsActions(Noun):
    """Actions under `/tracker/settings/lbs`."""

    __slots__ = ()

    async def read(
        self,
        tracker_id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> int | float:
        """Read how a tracker is located by mobile phone cells.

        Args:
            tracker_id: id of the tracker.

        Raises:
            NotFound: code 204.
            TrackerBlocked: code 208.

        Platform action: `/tracker/settings/lbs/read`
        """
        params = {"tracker_id": tracker_id}
        answer = await self._caller.call(LBS_READ, params, timeout=timeout, lane=lane)
        return present(answer.max_radius, LBS_READ, "max_radius")

    async def update(
        self,
        *,
        tracker_id: int,
        max_radius: int,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Set how a tracker is located by mobile phone cells.

        Args:
            tracker_id: id of the tracker.
            max_radius: greatest radius of positions that are taken from mobile phone cells; in m; at most 10000.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.
            NotFound: code 204.
            TrackerBlocked: code 208.

        Platform action: `/tracker/settings/lbs/update`
        """
        within("max_radius", max_radius, least=0, most=10000)
        params = {"tracker_id": tracker_id, "max_radius": max_radius}
        await self._caller.call(LBS_UPDATE, params, timeout=timeout, lane=lane)


class TrackerSettingsSpecialActions(Noun):
    """Actions under `/tracker/settings/special`."""

    __slots__ = ()

    async def read(
        self,
        tracker_id: int,
        *,
        type: str | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> TrackerSettingsSpecialReadAnswer:
        """Read the settings that only some models of devices have.

        Args:
            tracker_id: id of the tracker.
            type: kind.

        Raises:
            NotFound: code 201.
            TrackerBlocked: code 208.
            Unsupported: code 214.

        Platform action: `/tracker/settings/special/read`
        """
        params = sent({"tracker_id": tracker_id, "type": type})
        return await self._caller.call(SPECIAL_READ, params, timeout=timeout, lane=lane)

    async def update(
        self,
        tracker_id: int,
        value: SpecialSettings | Mapping[str, Any],
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Set what only some models of devices have.

        Sub-users need the right tracker_configure. Whether what is left out stays is not documented: send the whole as
        it was read, with your changes.

        Args:
            tracker_id: id of the tracker.
            value: the new value.

        Raises:
            NotFound: code 201.
            TrackerBlocked: code 208.
            Unsupported: code 214.

        Platform action: `/tracker/settings/special/update`
        """
        params = {"tracker_id": tracker_id, "value": value}
        await self._caller.call(SPECIAL_UPDATE, params, timeout=timeout, lane=lane)


class TrackerSettingsTrackingActions(Noun):
    """Actions under `/tracker/settings/tracking`."""

    __slots__ = ()

    async def read(
        self,
        tracker_id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> dict[str, Any]:
        """Read how often and when a device reports; the members depend on its model.

        Args:
            tracker_id: id of the tracker.

        Raises:
            NotFound: code 201.
            TrackerBlocked: code 208.
            Unsupported: code 214.

        Platform action: `/tracker/settings/tracking/read`
        """
        params = {"tracker_id": tracker_id}
        answer = await self._caller.call(TRACKING_READ, params, timeout=timeout, lane=lane)
        return present(answer.value, TRACKING_READ, "value")

    async def update(
        self,
        tracker_id: int,
        tracking_settings: TrackingProfile | Mapping[str, Any],
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Set how often and when a device reports; the members depend on its model.

        Sub-users need the right tracker_configure. Whether what is left out stays is not documented: send the whole as
        it was read, with your changes.

        Args:
            tracker_id: id of the tracker.
            tracking_settings: the profile of the device's model.

        Raises:
            NotFound: code 201.
            TrackerBlocked: code 208.
            Unsupported: codes 214, 219.

        Platform action: `/tracker/settings/tracking/update`
        """
        params = {"tracker_id": tracker_id, "tracking_settings": tracking_settings}
        await self._caller.call(TRACKING_UPDATE, params, timeout=timeout, lane=lane)


class TrackerSettingsTripDetectionActions(Noun):
    """Actions under `/tracker/settings/trip_detection`."""

    __slots__ = ()

    async def read(
        self,
        tracker_id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> TrackerSettingsTripDetectionReadAnswer:
        """Read when a trip begins and ends.

        Args:
            tracker_id: id of the tracker.

        Raises:
            NotFound: code 204.
            TrackerBlocked: code 208.

        Platform action: `/tracker/settings/trip_detection/read`
        """
        params = {"tracker_id": tracker_id}
        return await self._caller.call(TRIP_DETECTION_READ, params, timeout=timeout, lane=lane)

    async def update(
        self,
        *,
        tracker_id: int,
        min_idle_duration_minutes: int,
        idle_speed_threshold: int,
        ignition_aware: bool,
        motion_sensor_aware: bool,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Set when a trip begins and ends.

        Sub-users need the right tracker_update.

        Args:
            tracker_id: id of the tracker.
            min_idle_duration_minutes: how long standing still ends a trip; in min; 1 to 1440.
            idle_speed_threshold: speed below which the object counts as parked; in km/h; at most 200.
            ignition_aware: whether ignition decides about trips, too.
            motion_sensor_aware: whether the motion sensor decides about trips, too.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.
            NotFound: code 204.
            TrackerBlocked: code 208.

        Platform action: `/tracker/settings/trip_detection/update`
        """
        within("min_idle_duration_minutes", min_idle_duration_minutes, least=1, most=1440)
        within("idle_speed_threshold", idle_speed_threshold, least=0, most=200)
        params = {
            "tracker_id": tracker_id,
            "min_idle_duration_minutes": min_idle_duration_minutes,
            "idle_speed_threshold": idle_speed_threshold,
            "ignition_aware": ignition_aware,
            "motion_sensor_aware": motion_sensor_aware,
        }
        await self._caller.call(TRIP_DETECTION_UPDATE, params, timeout=timeout, lane=lane)
