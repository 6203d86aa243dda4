"""The actions under `/tracker`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from msgspec import UNSET, UnsetType

from ...operations import Lane, Operation, Replay
from ..checks import listed, sent
from ..models.tracker import (
    LastGpsPoint,
    Tracker,
    TrackerBatchGetCommandsAnswer,
    TrackerBatchGetCommandsResult,
    TrackerBatchGetInputsAnswer,
    TrackerBatchGetOutputsAnswer,
    TrackerGetCountersAnswer,
    TrackerGetDiagnosticsAnswer,
    TrackerGetFuelAnswer,
    TrackerGetInputsAnswer,
    TrackerGetLastGpsPointAnswer,
    TrackerGetOutputsAnswer,
    TrackerGetReadingsAnswer,
    TrackerGetStateAnswer,
    TrackerGetStatesAnswer,
    TrackerListAnswer,
    TrackerListModelsAnswer,
    TrackerModel,
    TrackerOutput,
    TrackerReadAnswer,
)
from ..noun import present, several
from .tracker_registration import TrackerRegistrationActions

if TYPE_CHECKING:
    from .tracker_alarm_mode import TrackerAlarmModeActions
    from .tracker_apn_settings import TrackerApnSettingsActions
    from .tracker_avatar import TrackerAvatarActions
    from .tracker_chat import TrackerChatActions
    from .tracker_command import TrackerCommandActions
    from .tracker_contact import TrackerContactActions
    from .tracker_counter import TrackerCounterActions
    from .tracker_datalogger import TrackerDataloggerActions
    from .tracker_employee import TrackerEmployeeActions
    from .tracker_engine_immobilizer import TrackerEngineImmobilizerActions
    from .tracker_group import TrackerGroupActions
    from .tracker_led import TrackerLedActions
    from .tracker_location import TrackerLocationActions
    from .tracker_mobile import TrackerMobileActions
    from .tracker_output import TrackerOutputActions
    from .tracker_raw_command import TrackerRawCommandActions
    from .tracker_readings import TrackerReadingsActions
    from .tracker_retranslator import TrackerRetranslatorActions
    from .tracker_rule import TrackerRuleActions
    from .tracker_sensor import TrackerSensorActions
    from .tracker_settings import TrackerSettingsActions
    from .tracker_stats import TrackerStatsActions
    from .tracker_tags import TrackerTagsActions
    from .tracker_trusted_number import TrackerTrustedNumberActions

TrackerType: TypeAlias = Literal["sms", "gsm", "gprs"]

BATCH_GET_COMMANDS: Operation[TrackerBatchGetCommandsAnswer] = Operation(
    "tracker/batch_get_commands", TrackerBatchGetCommandsAnswer, replay=Replay.READ
)
BATCH_GET_INPUTS: Operation[TrackerBatchGetInputsAnswer] = Operation(
    "tracker/batch_get_inputs", TrackerBatchGetInputsAnswer, replay=Replay.READ
)
BATCH_GET_OUTPUTS: Operation[TrackerBatchGetOutputsAnswer] = Operation(
    "tracker/batch_get_outputs", TrackerBatchGetOutputsAnswer, replay=Replay.READ
)
CORRUPT: Operation[dict[str, Any]] = Operation("tracker/corrupt", dict[str, Any])
DELETE: Operation[dict[str, Any]] = Operation("tracker/delete", dict[str, Any])
GET_COUNTERS: Operation[TrackerGetCountersAnswer] = Operation(
    "tracker/get_counters", TrackerGetCountersAnswer, replay=Replay.READ
)
GET_DIAGNOSTICS: Operation[TrackerGetDiagnosticsAnswer] = Operation(
    "tracker/get_diagnostics", TrackerGetDiagnosticsAnswer, replay=Replay.READ
)
GET_FUEL: Operation[TrackerGetFuelAnswer] = Operation("tracker/get_fuel", TrackerGetFuelAnswer, replay=Replay.READ)
GET_INPUTS: Operation[TrackerGetInputsAnswer] = Operation(
    "tracker/get_inputs", TrackerGetInputsAnswer, replay=Replay.READ
)
GET_LAST_GPS_POINT: Operation[TrackerGetLastGpsPointAnswer] = Operation(
    "tracker/get_last_gps_point", TrackerGetLastGpsPointAnswer, replay=Replay.READ
)
GET_OUTPUTS: Operation[TrackerGetOutputsAnswer] = Operation(
    "tracker/get_outputs", TrackerGetOutputsAnswer, replay=Replay.READ
)
GET_READINGS: Operation[TrackerGetReadingsAnswer] = Operation(
    "tracker/get_readings", TrackerGetReadingsAnswer, replay=Replay.READ
)
GET_STATE: Operation[TrackerGetStateAnswer] = Operation("tracker/get_state", TrackerGetStateAnswer, replay=Replay.READ)
GET_STATES: Operation[TrackerGetStatesAnswer] = Operation(
    "tracker/get_states", TrackerGetStatesAnswer, replay=Replay.READ
)
LIST: Operation[TrackerListAnswer] = Operation("tracker/list", TrackerListAnswer, replay=Replay.READ)
LIST_MODELS: Operation[TrackerListModelsAnswer] = Operation(
    "tracker/list_models", TrackerListModelsAnswer, replay=Replay.READ
)
LOCATION_REQUEST: Operation[dict[str, Any]] = Operation("tracker/location_request", dict[str, Any], device=True)
READ: Operation[TrackerReadAnswer] = Operation("tracker/read", TrackerReadAnswer, replay=Replay.READ)
SEND_COMMAND: Operation[dict[str, Any]] = Operation("tracker/send_command", dict[str, Any], device=True)


class TrackerActions(TrackerRegistrationActions):
    """Actions under `/tracker`. Trackers: the devices of the account, and their last known state."""

    __slots__ = ()

    @property
    def alarm_mode(self) -> TrackerAlarmModeActions:
        """Actions under `/tracker/alarm_mode`."""
        from .tracker_alarm_mode import TrackerAlarmModeActions  # noqa: PLC0415 - loaded when first used

        return TrackerAlarmModeActions(self._caller)

    @property
    def apn_settings(self) -> TrackerApnSettingsActions:
        """Actions under `/tracker/apn_settings`."""
        from .tracker_apn_settings import TrackerApnSettingsActions  # noqa: PLC0415 - loaded when first used

        return TrackerApnSettingsActions(self._caller)

    @property
    def avatar(self) -> TrackerAvatarActions:
        """Actions under `/tracker/avatar`."""
        from .tracker_avatar import TrackerAvatarActions  # noqa: PLC0415 - loaded when first used

        return TrackerAvatarActions(self._caller)

    @property
    def chat(self) -> TrackerChatActions:
        """Actions under `/tracker/chat`."""
        from .tracker_chat import TrackerChatActions  # noqa: PLC0415 - loaded when first used

        return TrackerChatActions(self._caller)

    @property
    def command(self) -> TrackerCommandActions:
        """Actions under `/tracker/command`."""
        from .tracker_command import TrackerCommandActions  # noqa: PLC0415 - loaded when first used

        return TrackerCommandActions(self._caller)

    @property
    def contact(self) -> TrackerContactActions:
        """Actions under `/tracker/contact`."""
        from .tracker_contact import TrackerContactActions  # noqa: PLC0415 - loaded when first used

        return TrackerContactActions(self._caller)

    @property
    def counter(self) -> TrackerCounterActions:
        """Actions under `/tracker/counter`."""
        from .tracker_counter import TrackerCounterActions  # noqa: PLC0415 - loaded when first used

        return TrackerCounterActions(self._caller)

    @property
    def datalogger(self) -> TrackerDataloggerActions:
        """Actions under `/tracker/datalogger`."""
        from .tracker_datalogger import TrackerDataloggerActions  # noqa: PLC0415 - loaded when first used

        return TrackerDataloggerActions(self._caller)

    @property
    def employee(self) -> TrackerEmployeeActions:
        """Actions under `/tracker/employee`."""
        from .tracker_employee import TrackerEmployeeActions  # noqa: PLC0415 - loaded when first used

        return TrackerEmployeeActions(self._caller)

    @property
    def engine_immobilizer(self) -> TrackerEngineImmobilizerActions:
        """Actions under `/tracker/engine_immobilizer`."""
        from .tracker_engine_immobilizer import TrackerEngineImmobilizerActions  # noqa: PLC0415 - loaded when first used

        return TrackerEngineImmobilizerActions(self._caller)

    @property
    def group(self) -> TrackerGroupActions:
        """Actions under `/tracker/group`."""
        from .tracker_group import TrackerGroupActions  # noqa: PLC0415 - loaded when first used

        return TrackerGroupActions(self._caller)

    @property
    def led(self) -> TrackerLedActions:
        """Actions under `/tracker/led`."""
        from .tracker_led import TrackerLedActions  # noqa: PLC0415 - loaded when first used

        return TrackerLedActions(self._caller)

    @property
    def location(self) -> TrackerLocationActions:
        """Actions under `/tracker/location`."""
        from .tracker_location import TrackerLocationActions  # noqa: PLC0415 - loaded when first used

        return TrackerLocationActions(self._caller)

    @property
    def mobile(self) -> TrackerMobileActions:
        """Actions under `/tracker/mobile`."""
        from .tracker_mobile import TrackerMobileActions  # noqa: PLC0415 - loaded when first used

        return TrackerMobileActions(self._caller)

    @property
    def output(self) -> TrackerOutputActions:
        """Actions under `/tracker/output`."""
        from .tracker_output import TrackerOutputActions  # noqa: PLC0415 - loaded when first used

        return TrackerOutputActions(self._caller)

    @property
    def raw_command(self) -> TrackerRawCommandActions:
        """Actions under `/tracker/raw_command`."""
        from .tracker_raw_command import TrackerRawCommandActions  # noqa: PLC0415 - loaded when first used

        return TrackerRawCommandActions(self._caller)

    @property
    def readings(self) -> TrackerReadingsActions:
        """Actions under `/tracker/readings`."""
        from .tracker_readings import TrackerReadingsActions  # noqa: PLC0415 - loaded when first used

        return TrackerReadingsActions(self._caller)

    @property
    def retranslator(self) -> TrackerRetranslatorActions:
        """Actions under `/tracker/retranslator`."""
        from .tracker_retranslator import TrackerRetranslatorActions  # noqa: PLC0415 - loaded when first used

        return TrackerRetranslatorActions(self._caller)

    @property
    def rule(self) -> TrackerRuleActions:
        """Actions under `/tracker/rule`."""
        from .tracker_rule import TrackerRuleActions  # noqa: PLC0415 - loaded when first used

        return TrackerRuleActions(self._caller)

    @property
    def sensor(self) -> TrackerSensorActions:
        """Actions under `/tracker/sensor`."""
        from .tracker_sensor import TrackerSensorActions  # noqa: PLC0415 - loaded when first used

        return TrackerSensorActions(self._caller)

    @property
    def settings(self) -> TrackerSettingsActions:
        """Actions under `/tracker/settings`."""
        from .tracker_settings import TrackerSettingsActions  # noqa: PLC0415 - loaded when first used

        return TrackerSettingsActions(self._caller)

    @property
    def stats(self) -> TrackerStatsActions:
        """Actions under `/tracker/stats`."""
        from .tracker_stats import TrackerStatsActions  # noqa: PLC0415 - loaded when first used

        return TrackerStatsActions(self._caller)

    @property
    def tags(self) -> TrackerTagsActions:
        """Actions under `/tracker/tags`."""
        from .tracker_tags import TrackerTagsActions  # noqa: PLC0415 - loaded when first used

        return TrackerTagsActions(self._caller)

    @property
    def trusted_number(self) -> TrackerTrustedNumberActions:
        """Actions under `/tracker/trusted_number`."""
        from .tracker_trusted_number import TrackerTrustedNumberActions  # noqa: PLC0415 - loaded when first used

        return TrackerTrustedNumberActions(self._caller)

    async def batch_get_commands(
        self,
        *,
        trackers: Iterable[int] | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> dict[str, builtins.list[TrackerBatchGetCommandsResult]]:
        """List the commands that are waiting for trackers or were sent lately.

        Sub-users need the right tracker_update.

        Args:
            trackers: ids of trackers.

        Raises:
            InvalidRequest: code 7.

        Platform action: `/tracker/batch_get_commands`
        """
        params = sent({"trackers": listed("trackers", trackers)})
        answer = await self._caller.call(BATCH_GET_COMMANDS, params, timeout=timeout, lane=lane)
        return present(answer.result, BATCH_GET_COMMANDS, "result")

    async def batch_get_inputs(
        self,
        trackers: Iterable[int],
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> TrackerBatchGetInputsAnswer:
        """Read the inputs of many trackers at once, by tracker id.

        Args:
            trackers: ids of trackers.

        Raises:
            BatchPoisoned: code 217.
            TooManyTrackers: code 221.

        Platform action: `/tracker/batch_get_inputs`
        """
        params = {"trackers": listed("trackers", trackers)}
        return await self._caller.call(BATCH_GET_INPUTS, params, timeout=timeout, lane=lane)

    async def batch_get_outputs(
        self,
        trackers: Iterable[int],
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> dict[int, builtins.list[TrackerOutput]]:
        """Read the outputs of many trackers at once, by tracker id.

        Args:
            trackers: ids of trackers.

        Raises:
            BatchPoisoned: code 217.
            TooManyTrackers: code 221.

        Platform action: `/tracker/batch_get_outputs`
        """
        params = {"trackers": listed("trackers", trackers)}
        answer = await self._caller.call(BATCH_GET_OUTPUTS, params, timeout=timeout, lane=lane)
        return present(answer.result, BATCH_GET_OUTPUTS, "result")

    async def corrupt(
        self,
        tracker_id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Remove a tracker from the account for good, so that its device may be registered elsewhere.

        Sub-users need the right tracker_register.

        Args:
            tracker_id: id of the tracker.

        Raises:
            AccessDenied: code 13.
            NotFound: code 201.
            TrackerBlocked: code 208.
            Unsupported: code 219.
            Conflict: codes 243, 252.

        Platform action: `/tracker/corrupt`
        """
        params = {"tracker_id": tracker_id}
        await self._caller.call(CORRUPT, params, timeout=timeout, lane=lane)

    async def delete(
        self,
        tracker_id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Delete a clone from the account.

        Closed to sub-users.

        Args:
            tracker_id: id of the tracker.

        Raises:
            NotFound: code 201.
            Conflict: code 203.
            Unsupported: code 249.

        Platform action: `/tracker/delete`
        """
        params = {"tracker_id": tracker_id}
        await self._caller.call(DELETE, params, timeout=timeout, lane=lane)

    async def get_counters(
        self,
        tracker_id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> TrackerGetCountersAnswer:
        """Read the present values of the counters of one tracker.

        Args:
            tracker_id: id of the tracker.

        Raises:
            NotFound: code 204.
            TrackerBlocked: code 208.

        Platform action: `/tracker/get_counters`
        """
        params = {"tracker_id": tracker_id}
        return await self._caller.call(GET_COUNTERS, params, timeout=timeout, lane=lane)

    async def get_diagnostics(
        self,
        tracker_id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> TrackerGetDiagnosticsAnswer:
        """Read the last values of the diagnostic sensors (CAN, OBD) of one tracker.

        Args:
            tracker_id: id of the tracker.

        Raises:
            NotFound: code 201.
            TrackerBlocked: code 208.

        Platform action: `/tracker/get_diagnostics`
        """
        params = {"tracker_id": tracker_id}
        return await self._caller.call(GET_DIAGNOSTICS, params, timeout=timeout, lane=lane)

    async def get_fuel(
        self,
        tracker_id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> TrackerGetFuelAnswer:
        """Read the last values of the fuel sensors of one tracker.

        Args:
            tracker_id: id of the tracker.

        Raises:
            NotFound: code 201.
            TrackerBlocked: code 208.

        Platform action: `/tracker/get_fuel`
        """
        params = {"tracker_id": tracker_id}
        return await self._caller.call(GET_FUEL, params, timeout=timeout, lane=lane)

    async def get_inputs(
        self,
        tracker_id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> TrackerGetInputsAnswer:
        """Read the discrete inputs of one tracker.

        Args:
            tracker_id: id of the tracker.

        Raises:
            NotFound: code 201.
            TrackerBlocked: code 208.

        Platform action: `/tracker/get_inputs`
        """
        params = {"tracker_id": tracker_id}
        return await self._caller.call(GET_INPUTS, params, timeout=timeout, lane=lane)

    async def get_last_gps_point(
        self,
        tracker_id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> LastGpsPoint:
        """Read the last point of one tracker.

        Args:
            tracker_id: id of the tracker.

        Raises:
            NotFound: code 201.
            TrackerBlocked: code 208.

        Platform action: `/tracker/get_last_gps_point`
        """
        params = {"tracker_id": tracker_id}
        answer = await self._caller.call(GET_LAST_GPS_POINT, params, timeout=timeout, lane=lane)
        return present(answer.value, GET_LAST_GPS_POINT, "value")

    async def get_outputs(
        self,
        tracker_id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> builtins.list[TrackerOutput]:
        """Read the discrete outputs of one tracker.

        Args:
            tracker_id: id of the tracker.

        Raises:
            NotFound: code 201.
            TrackerBlocked: code 208.

        Platform action: `/tracker/get_outputs`
        """
        params = {"tracker_id": tracker_id}
        answer = await self._caller.call(GET_OUTPUTS, params, timeout=timeout, lane=lane)
        return present(answer.result, GET_OUTPUTS, "result")

    async def get_readings(
        self,
        tracker_id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> TrackerGetReadingsAnswer:
        """Read the last values of the measuring sensors of one tracker.

        Args:
            tracker_id: id of the tracker.

        Raises:
            NotFound: code 201.
            TrackerBlocked: code 208.

        Platform action: `/tracker/get_readings`
        """
        params = {"tracker_id": tracker_id}
        return await self._caller.call(GET_READINGS, params, timeout=timeout, lane=lane)

    async def get_state(
        self,
        tracker_id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> TrackerGetStateAnswer:
        """Read the last known state of one tracker: position, movement, inputs, outputs.

        Args:
            tracker_id: id of the tracker.

        Raises:
            NotFound: code 201.
            TrackerBlocked: code 208.

        Platform action: `/tracker/get_state`
        """
        params = {"tracker_id": tracker_id}
        return await self._caller.call(GET_STATE, params, timeout=timeout, lane=lane)

    async def get_states(
        self,
        trackers: Iterable[int],
        *,
        list_blocked: bool | UnsetType = UNSET,
        allow_not_exist: bool | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> TrackerGetStatesAnswer:
        """Read the last known states of many trackers at once.

        Args:
            trackers: ids of trackers; at most 2000 items.
            list_blocked: name blocked trackers in `blocked` instead of refusing the whole list; the platform's default:
                false.
            allow_not_exist: name unknown trackers in `not_exist` instead of refusing the whole list; the platform's
                default: false.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.
            NotFound: code 201.
            TrackerBlocked: code 208.
            BatchPoisoned: code 217.

        Platform action: `/tracker/get_states`
        """
        params = sent(
            {
                "trackers": listed("trackers", trackers, most=2000),
                "list_blocked": list_blocked,
                "allow_not_exist": allow_not_exist,
            }
        )
        return await self._caller.call(GET_STATES, params, timeout=timeout, lane=lane)

    async def list(
        self,
        *,
        labels: Iterable[str] | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> builtins.list[Tracker]:
        """List the trackers of the account, all in one answer.

        Args:
            labels: only trackers whose label contains one of these; 1 to 1024 items; 1 to 60 characters each; each only
                once.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.

        Platform action: `/tracker/list`
        """
        params = sent({"labels": listed("labels", labels, least=1, most=1024, shortest=1, longest=60, unique=True)})
        answer = await self._caller.call(LIST, params, timeout=timeout, lane=lane)
        return present(answer.list, LIST, "list")

    async def list_models(
        self,
        *,
        compact_view: bool | UnsetType = UNSET,
        compact_index: bool | UnsetType = UNSET,
        codes: Iterable[str] | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> builtins.list[TrackerModel]:
        """List the models of devices that the platform knows.

        Args:
            compact_view: only the members that lists need; the platform's default: false.
            compact_index: deprecated: say `compact_view`; the platform's default: false.
            codes: the codes.

        Platform action: `/tracker/list_models`
        """
        params = sent({"compact_view": compact_view, "compact_index": compact_index, "codes": listed("codes", codes)})
        answer = await self._caller.call(LIST_MODELS, params, timeout=timeout, lane=lane)
        return several(answer.list, answer, TrackerModel, LIST_MODELS, "list")

    async def location_request(
        self,
        tracker_id: int,
        *,
        type: TrackerType | str | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Ask a device where it is; the answer comes as an event.

        Args:
            tracker_id: id of the tracker.
            type: kind; documented: sms, gsm, gprs; the platform's default: sms.

        Raises:
            NotFound: code 201.
            TrackerBlocked: code 208.
            Conflict: codes 213, 256.
            Unsupported: code 214.

        Platform action: `/tracker/location_request`
        """
        params = sent({"tracker_id": tracker_id, "type": type})
        await self._caller.call(LOCATION_REQUEST, params, timeout=timeout, lane=lane)

    async def read(
        self,
        tracker_id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> Tracker:
        """Read one tracker.

        Args:
            tracker_id: id of the tracker.

        Raises:
            NotFound: code 201.

        Platform action: `/tracker/read`
        """
        params = {"tracker_id": tracker_id}
        answer = await self._caller.call(READ, params, timeout=timeout, lane=lane)
        return present(answer.value, READ, "value")

    async def send_command(
        self,
        tracker_id: int,
        command: Mapping[str, Any],
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Send a command that the model of a device knows.

        Sub-users need the right tracker_configure, tracker_set_output.

        Args:
            tracker_id: id of the tracker.
            command: the command.

        Platform action: `/tracker/send_command`
        """
        params = {"tracker_id": tracker_id, "command": command}
        await self._caller.call(SEND_COMMAND, params, timeout=timeout, lane=lane)
