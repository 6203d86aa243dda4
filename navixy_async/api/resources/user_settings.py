"""The actions under `/user/settings`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, TypeAlias

from msgspec import UNSET, UnsetType

from ...operations import Lane, Operation, Replay
from ..checks import sent, sized
from ..models.user_settings import (
    BalanceAlertSettings,
    FileStorageSettings,
    UserSettingsReadAnswer,
    UserSettingsUiReadAnswer,
)
from ..noun import Noun

MeasurementSystem: TypeAlias = Literal["metric", "imperial", "us", "metric_gal_us", "nautical"]

Geocoder: TypeAlias = Literal["google", "yandex", "progorod", "osm", "locationiq"]

RouteProvider: TypeAlias = Literal["google", "progorod", "osrm"]

FILE_STORAGE_UPDATE: Operation[dict[str, Any]] = Operation(
    "user/settings/file_storage/update", dict[str, Any], replay=Replay.IDEMPOTENT
)
READ: Operation[UserSettingsReadAnswer] = Operation("user/settings/read", UserSettingsReadAnswer, replay=Replay.READ)
UI_READ: Operation[UserSettingsUiReadAnswer] = Operation(
    "user/settings/ui/read", UserSettingsUiReadAnswer, replay=Replay.READ
)
UI_UPDATE: Operation[dict[str, Any]] = Operation("user/settings/ui/update", dict[str, Any], replay=Replay.IDEMPOTENT)
UPDATE: Operation[dict[str, Any]] = Operation("user/settings/update", dict[str, Any], replay=Replay.IDEMPOTENT)


class UserSettingsActions(Noun):
    """Actions under `/user/settings`. Settings of the account, and free values of its user interface."""

    __slots__ = ()

    @property
    def file_storage(self) -> UserSettingsFileStorageActions:
        """Actions under `/user/settings/file_storage`."""
        return UserSettingsFileStorageActions(self._caller)

    @property
    def ui(self) -> UserSettingsUiActions:
        """Actions under `/user/settings/ui`."""
        return UserSettingsUiActions(self._caller)

    async def read(self, *, timeout: float | None = None, lane: Lane | None = None) -> UserSettingsReadAnswer:
        """Read the settings of the account.

        Platform action: `/user/settings/read`
        """
        return await self._caller.call(READ, timeout=timeout, lane=lane)

    async def update(
        self,
        *,
        time_zone: str,
        locale: str,
        measurement_system: MeasurementSystem | str,
        geocoder: Geocoder | str,
        route_provider: RouteProvider | str,
        translit: bool,
        balance_alert_settings: BalanceAlertSettings | Mapping[str, Any] | UnsetType = UNSET,
        file_storage_settings: FileStorageSettings | Mapping[str, Any] | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Replace the settings of the account.

        Closed to sub-users. Whether what is left out stays is not documented: send the whole as it was read, with your
        changes.

        Args:
            time_zone: name of the time zone, such as Europe/Berlin.
            locale: language and country, such as en_US.
            measurement_system: units that the user interface shows; documented: metric, imperial, us, metric_gal_us,
                nautical.
            geocoder: which service turns places into addresses; documented: google, yandex, progorod, osm, locationiq.
            route_provider: which service plans routes; documented: google, progorod, osrm.
            translit: write addresses in Latin letters.
            balance_alert_settings: where warnings about the balance go; needs the right admin.
            file_storage_settings: settings of the file storage; needs the right admin.

        Platform action: `/user/settings/update`
        """
        params = sent(
            {
                "time_zone": time_zone,
                "locale": locale,
                "measurement_system": measurement_system,
                "geocoder": geocoder,
                "route_provider": route_provider,
                "translit": translit,
                "balance_alert_settings": balance_alert_settings,
                "file_storage_settings": file_storage_settings,
            }
        )
        await self._caller.call(UPDATE, params, timeout=timeout, lane=lane)


class UserSettingsFileStorageActions(Noun):
    """Actions under `/user/settings/file_storage`."""

    __slots__ = ()

    async def update(
        self,
        file_storage_settings: FileStorageSettings | Mapping[str, Any],
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Replace the settings of the file storage.

        Closed to sub-users. Whether what is left out stays is not documented: send the whole as it was read, with your
        changes.

        Args:
            file_storage_settings: the settings.

        Raises:
            AccessDenied: code 13.

        Platform action: `/user/settings/file_storage/update`
        """
        params = {"file_storage_settings": file_storage_settings}
        await self._caller.call(FILE_STORAGE_UPDATE, params, timeout=timeout, lane=lane)


class UserSettingsUiActions(Noun):
    """Actions under `/user/settings/ui`."""

    __slots__ = ()

    async def read(
        self,
        key: str,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> str | None:
        """Read a value that the user interface keeps.

        Args:
            key: name under which the value is kept; 1 to 50 characters.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.

        Platform action: `/user/settings/ui/read`
        """
        sized("key", key, least=1, most=50)
        params = {"key": key}
        answer = await self._caller.call(UI_READ, params, timeout=timeout, lane=lane)
        return answer.value

    async def update(
        self,
        *,
        key: str,
        value: str,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Keep a value for the user interface.

        Args:
            key: name under which the value is kept; 1 to 50 characters.
            value: the value, free text; at most 8192 characters.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.
            TariffRestricted: code 268.

        Platform action: `/user/settings/ui/update`
        """
        sized("key", key, least=1, most=50)
        sized("value", value, most=8192)
        params = {"key": key, "value": value}
        await self._caller.call(UI_UPDATE, params, timeout=timeout, lane=lane)
