"""The actions under `/tracker`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

from typing import Any

from msgspec import UNSET, UnsetType

from ...operations import Lane, Operation
from ..checks import exactly_one, sent, sized
from ..models.tracker import (
    Tracker,
    TrackerRegisterAnswer,
    TrackerRegisterQuickAnswer,
    TrackerRegisterRetryAnswer,
    TrackerReplaceAnswer,
    TrackerReplaceQuickAnswer,
    TrackerReplaceRetryAnswer,
)
from ..noun import Noun, present

CHANGE_PHONE: Operation[dict[str, Any]] = Operation("tracker/change_phone", dict[str, Any], device=True)
REGISTER: Operation[TrackerRegisterAnswer] = Operation("tracker/register", TrackerRegisterAnswer, device=True)
REGISTER_QUICK: Operation[TrackerRegisterQuickAnswer] = Operation(
    "tracker/register_quick", TrackerRegisterQuickAnswer, device=True
)
REGISTER_RETRY: Operation[TrackerRegisterRetryAnswer] = Operation(
    "tracker/register_retry", TrackerRegisterRetryAnswer, device=True
)
REPLACE: Operation[TrackerReplaceAnswer] = Operation("tracker/replace", TrackerReplaceAnswer, device=True)
REPLACE_QUICK: Operation[TrackerReplaceQuickAnswer] = Operation(
    "tracker/replace_quick", TrackerReplaceQuickAnswer, device=True
)
REPLACE_RETRY: Operation[TrackerReplaceRetryAnswer] = Operation(
    "tracker/replace_retry", TrackerReplaceRetryAnswer, device=True
)


class TrackerRegistrationActions(Noun):
    """Actions under `/tracker`."""

    __slots__ = ()

    async def change_phone(
        self,
        tracker_id: int,
        phone: str,
        *,
        apn_name: str | UnsetType = UNSET,
        apn_user: str | UnsetType = UNSET,
        apn_password: str | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Change the phone number of a tracker, and set its device up anew.

        Sub-users need the right tracker_configure.

        Args:
            tracker_id: id of the tracker.
            phone: phone number, digits without a plus sign.
            apn_name: mobile access point: its name; at most 40 characters.
            apn_user: mobile access point: user name; at most 40 characters.
            apn_password: mobile access point: password; at most 40 characters.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.
            NotFound: code 201.
            TrackerBlocked: code 208.
            Unsupported: codes 214, 219.
            Conflict: codes 223, 241.

        Platform action: `/tracker/change_phone`
        """
        sized("apn_name", apn_name, most=40)
        sized("apn_user", apn_user, most=40)
        sized("apn_password", apn_password, most=40)
        params = sent(
            {
                "tracker_id": tracker_id,
                "phone": phone,
                "apn_name": apn_name,
                "apn_user": apn_user,
                "apn_password": apn_password,
            }
        )
        call = self._caller.call(CHANGE_PHONE, params, timeout=timeout, lane=lane)
        del apn_password, params  # an error must not carry them away
        await call

    async def register(
        self,
        *,
        label: str,
        group_id: int,
        model: str,
        plugin_id: int,
        device_id: str | UnsetType = UNSET,
        send_register_commands: bool | UnsetType = UNSET,
        phone: str | UnsetType = UNSET,
        activation_code: str | UnsetType = UNSET,
        apn_name: str | UnsetType = UNSET,
        apn_user: str | UnsetType = UNSET,
        apn_password: str | UnsetType = UNSET,
        notification_email: str | UnsetType = UNSET,
        notification_phone: str | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> Tracker:
        """Register a device, and give the new tracker.

        Sub-users need the right tracker_register.

        Args:
            label: name for people; 1 to 60 characters.
            group_id: id of the group.
            model: code of the device's model, see `tracker.list_models`.
            plugin_id: id of the registration plugin.
            device_id: the device's own number, such as its IMEI.
            send_register_commands: whether the commands that set the device up are sent.
            phone: phone number, digits without a plus sign.
            activation_code: activation code of the device.
            apn_name: mobile access point: its name; at most 40 characters.
            apn_user: mobile access point: user name; at most 40 characters.
            apn_password: mobile access point: password; at most 40 characters.
            notification_email: mail address that gets the instructions.
            notification_phone: phone number that gets the instructions.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.
            AccessDenied: codes 13, 225.
            NotFound: codes 204, 222, 258.
            Unsupported: code 220.
            TooManyTrackers: code 221.
            Conflict: codes 223, 224.
            InvalidRequest: codes 226, 227.

        Platform action: `/tracker/register`
        """
        sized("label", label, least=1, most=60)
        sized("apn_name", apn_name, most=40)
        sized("apn_user", apn_user, most=40)
        sized("apn_password", apn_password, most=40)
        params = sent(
            {
                "label": label,
                "group_id": group_id,
                "model": model,
                "plugin_id": plugin_id,
                "device_id": device_id,
                "send_register_commands": send_register_commands,
                "phone": phone,
                "activation_code": activation_code,
                "apn_name": apn_name,
                "apn_user": apn_user,
                "apn_password": apn_password,
                "notification_email": notification_email,
                "notification_phone": notification_phone,
            }
        )
        call = self._caller.call(REGISTER, params, timeout=timeout, lane=lane)
        del apn_password, params  # an error must not carry them away
        answer = await call
        return present(answer.value, REGISTER, "value")

    async def register_quick(
        self,
        *,
        label: str,
        group_id: int,
        imei: str,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> Tracker:
        """Register a device that is known to the operator, by its IMEI.

        Sub-users need the right tracker_register.

        Args:
            label: name for people; 1 to 60 characters.
            group_id: id of the group.
            imei: IMEI of the device.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.
            AccessDenied: codes 13, 225.
            NotFound: codes 201, 204, 222.
            Unsupported: code 220.
            TooManyTrackers: code 221.
            Conflict: codes 223, 224.
            InvalidRequest: codes 226, 227.

        Platform action: `/tracker/register_quick`
        """
        sized("label", label, least=1, most=60)
        params = {"label": label, "group_id": group_id, "imei": imei}
        answer = await self._caller.call(REGISTER_QUICK, params, timeout=timeout, lane=lane)
        return present(answer.value, REGISTER_QUICK, "value")

    async def register_retry(
        self,
        *,
        tracker_id: int | UnsetType = UNSET,
        device_id: str | UnsetType = UNSET,
        apn_name: str | UnsetType = UNSET,
        apn_user: str | UnsetType = UNSET,
        apn_password: str | UnsetType = UNSET,
        send_register_commands: bool | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> Tracker:
        """Send the commands that set a device up once more.

        Sub-users need the right tracker_register.

        Args:
            tracker_id: id of the tracker; exactly one of tracker_id, device_id.
            device_id: the device's own number, such as its IMEI; exactly one of tracker_id, device_id.
            apn_name: mobile access point: its name; at most 40 characters.
            apn_user: mobile access point: user name; at most 40 characters.
            apn_password: mobile access point: password; at most 40 characters.
            send_register_commands: whether the commands that set the device up are sent.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.
            AccessDenied: code 13.
            NotFound: code 201.
            TrackerBlocked: code 208.
            Unsupported: codes 214, 219.
            InvalidRequest: code 242.

        Platform action: `/tracker/register_retry`
        """
        exactly_one(tracker_id=tracker_id, device_id=device_id)
        sized("apn_name", apn_name, most=40)
        sized("apn_user", apn_user, most=40)
        sized("apn_password", apn_password, most=40)
        params = sent(
            {
                "tracker_id": tracker_id,
                "device_id": device_id,
                "apn_name": apn_name,
                "apn_user": apn_user,
                "apn_password": apn_password,
                "send_register_commands": send_register_commands,
            }
        )
        call = self._caller.call(REGISTER_RETRY, params, timeout=timeout, lane=lane)
        del apn_password, params  # an error must not carry them away
        answer = await call
        return present(answer.value, REGISTER_RETRY, "value")

    async def replace(
        self,
        *,
        tracker_id: int,
        model: str,
        plugin_id: int,
        device_id: str | UnsetType = UNSET,
        send_register_commands: bool | UnsetType = UNSET,
        phone: str | UnsetType = UNSET,
        apn_name: str | UnsetType = UNSET,
        apn_user: str | UnsetType = UNSET,
        apn_password: str | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> Tracker:
        """Put another device behind a tracker; its history stays.

        Sub-users need the right tracker_configure.

        Args:
            tracker_id: id of the tracker.
            model: code of the device's model, see `tracker.list_models`.
            plugin_id: id of the registration plugin.
            device_id: the device's own number, such as its IMEI.
            send_register_commands: whether the commands that set the device up are sent.
            phone: phone number, digits without a plus sign.
            apn_name: mobile access point: its name; at most 40 characters.
            apn_user: mobile access point: user name; at most 40 characters.
            apn_password: mobile access point: password; at most 40 characters.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.
            InvalidRequest: codes 7, 226.
            AccessDenied: codes 13, 225.
            NotFound: codes 204, 222, 258.
            Unsupported: code 220.
            TooManyTrackers: code 221.
            Conflict: codes 223, 224, 266.

        Platform action: `/tracker/replace`
        """
        sized("apn_name", apn_name, most=40)
        sized("apn_user", apn_user, most=40)
        sized("apn_password", apn_password, most=40)
        params = sent(
            {
                "tracker_id": tracker_id,
                "model": model,
                "device_id": device_id,
                "plugin_id": plugin_id,
                "send_register_commands": send_register_commands,
                "phone": phone,
                "apn_name": apn_name,
                "apn_user": apn_user,
                "apn_password": apn_password,
            }
        )
        call = self._caller.call(REPLACE, params, timeout=timeout, lane=lane)
        del apn_password, params  # an error must not carry them away
        answer = await call
        return present(answer.value, REPLACE, "value")

    async def replace_quick(
        self,
        tracker_id: int,
        imei: str,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> Tracker:
        """Put another device behind a tracker, by its IMEI; its history stays.

        Sub-users need the right tracker_configure.

        Args:
            tracker_id: id of the tracker.
            imei: IMEI of the device.

        Raises:
            InvalidRequest: codes 7, 226.
            AccessDenied: codes 13, 225.
            NotFound: codes 201, 204, 222.
            Unsupported: code 220.
            TooManyTrackers: code 221.
            Conflict: codes 223, 224, 266.

        Platform action: `/tracker/replace_quick`
        """
        params = {"tracker_id": tracker_id, "imei": imei}
        answer = await self._caller.call(REPLACE_QUICK, params, timeout=timeout, lane=lane)
        return present(answer.value, REPLACE_QUICK, "value")

    async def replace_retry(
        self,
        tracker_id: int,
        *,
        apn_name: str | UnsetType = UNSET,
        apn_user: str | UnsetType = UNSET,
        apn_password: str | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> Tracker:
        """Send the commands that set a replaced device up once more.

        Sub-users need the right tracker_configure.

        Args:
            tracker_id: id of the tracker.
            apn_name: mobile access point: its name.
            apn_user: mobile access point: user name.
            apn_password: mobile access point: password.

        Raises:
            AccessDenied: code 13.
            NotFound: code 204.
            TrackerBlocked: code 208.
            Unsupported: codes 214, 219.
            InvalidRequest: code 242.
            Conflict: code 266.

        Platform action: `/tracker/replace_retry`
        """
        params = sent(
            {
                "tracker_id": tracker_id,
                "apn_name": apn_name,
                "apn_user": apn_user,
                "apn_password": apn_password,
            }
        )
        call = self._caller.call(REPLACE_RETRY, params, timeout=timeout, lane=lane)
        del apn_password, params  # an error must not carry them away
        answer = await call
        return present(answer.value, REPLACE_RETRY, "value")
