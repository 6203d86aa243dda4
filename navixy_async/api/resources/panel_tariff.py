"""The actions under `/panel/tariff`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from msgspec import UNSET, UnsetType

from ...operations import Lane, Operation, Replay
from ..checks import sent, without
from ..models.panel_tariff import (
    PanelTariff,
    PanelTariffCreateAnswer,
    PanelTariffDefaults,
    PanelTariffDefaultsReadAnswer,
    PanelTariffListAnswer,
    PanelTariffReadAnswer,
)
from ..noun import Noun, present

if TYPE_CHECKING:
    from ...paging import OffsetPager

DeviceType: TypeAlias = Literal["tracker", "camera", "socket"]

TariffOrderBy: TypeAlias = Literal["id", "name", "device_type", "group_id", "price"]

CREATE: Operation[PanelTariffCreateAnswer] = Operation(
    "panel/tariff/create", PanelTariffCreateAnswer, api="panel", session="panel_session"
)
DEFAULTS_READ: Operation[PanelTariffDefaultsReadAnswer] = Operation(
    "panel/tariff/defaults/read",
    PanelTariffDefaultsReadAnswer,
    api="panel",
    replay=Replay.READ,
    session="panel_session",
)
DEFAULTS_UPDATE: Operation[dict[str, Any]] = Operation(
    "panel/tariff/defaults/update", dict[str, Any], api="panel", replay=Replay.IDEMPOTENT, session="panel_session"
)
LIST: Operation[PanelTariffListAnswer] = Operation(
    "panel/tariff/list", PanelTariffListAnswer, api="panel", replay=Replay.READ, session="panel_session"
)
READ: Operation[PanelTariffReadAnswer] = Operation(
    "panel/tariff/read", PanelTariffReadAnswer, api="panel", replay=Replay.READ, session="panel_session"
)
UPDATE: Operation[dict[str, Any]] = Operation(
    "panel/tariff/update", dict[str, Any], api="panel", replay=Replay.IDEMPOTENT, session="panel_session"
)
UPDATE_TARIFF_WITHOUT = ("device_type",)


class PanelTariffActions(Noun):
    """Actions under `/panel/tariff`. Tariffs of the operator."""

    __slots__ = ()

    @property
    def defaults(self) -> PanelTariffDefaultsActions:
        """Actions under `/panel/tariff/defaults`."""
        return PanelTariffDefaultsActions(self._caller)

    async def create(
        self,
        tariff: PanelTariff | Mapping[str, Any],
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> int:
        """Make a tariff, and give its id.

        Args:
            tariff: the tariff.

        Raises:
            NotFound: code 201.
            Unsupported: code 214.
            Conflict: code 244.

        Platform action: `/panel/tariff/create`
        """
        params = {"tariff": tariff}
        answer = await self._caller.call(CREATE, params, timeout=timeout, lane=lane)
        return present(answer.id, CREATE, "id")

    def list(
        self,
        *,
        device_type: DeviceType | str | UnsetType = UNSET,
        filter: str | UnsetType = UNSET,
        order_by: TariffOrderBy | str | UnsetType = UNSET,
        ascending: bool | UnsetType = UNSET,
        offset: int | UnsetType = UNSET,
        limit: int | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> OffsetPager[PanelTariffListAnswer, PanelTariff]:
        """List the tariffs.

        Args:
            device_type: only tariffs for this kind of device; documented: tracker, camera, socket.
            filter: only entries that contain this text.
            order_by: column to sort by; documented: id, name, device_type, group_id, price.
            ascending: from the oldest or smallest on; the platform's default: true.
            offset: how many entries to pass over; the platform's default: 0.
            limit: how many entries at most.

        Returns:
            A pager: await it for one page, iterate it for everything.

        Platform action: `/panel/tariff/list`
        """
        from ...paging import OffsetPager  # noqa: PLC0415 - loaded when first used

        params = sent(
            {
                "device_type": device_type,
                "filter": filter,
                "order_by": order_by,
                "ascending": ascending,
                "offset": offset,
                "limit": limit,
            }
        )
        return OffsetPager(self._caller, LIST, params, items=lambda answer: answer.list, timeout=timeout, lane=lane)

    async def read(
        self,
        tariff_id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> PanelTariff:
        """Read one tariff.

        Args:
            tariff_id: id of the tariff.

        Raises:
            NotFound: code 201.

        Platform action: `/panel/tariff/read`
        """
        params = {"tariff_id": tariff_id}
        answer = await self._caller.call(READ, params, timeout=timeout, lane=lane)
        return present(answer.value, READ, "value")

    async def update(
        self,
        tariff: PanelTariff | Mapping[str, Any],
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Replace a tariff.

        Whether what is left out stays is not documented: send the whole as it was read, with your changes. It does not
        take device_type (of `tariff`): structs are sent without.

        Args:
            tariff: the tariff.

        Raises:
            NotFound: code 201.
            Unsupported: code 214.
            Conflict: code 244.

        Platform action: `/panel/tariff/update`
        """
        params = {"tariff": without(tariff, UPDATE_TARIFF_WITHOUT)}
        await self._caller.call(UPDATE, params, timeout=timeout, lane=lane)


class PanelTariffDefaultsActions(Noun):
    """Actions under `/panel/tariff/defaults`."""

    __slots__ = ()

    async def read(self, *, timeout: float | None = None, lane: Lane | None = None) -> PanelTariffDefaultsReadAnswer:
        """Read which tariffs new trackers get.

        Platform action: `/panel/tariff/defaults/read`
        """
        return await self._caller.call(DEFAULTS_READ, timeout=timeout, lane=lane)

    async def update(
        self,
        tracker: PanelTariffDefaults | Mapping[str, Any],
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Set which tariffs new trackers get.

        Whether what is left out stays is not documented: send the whole as it was read, with your changes.

        Args:
            tracker: the defaults for trackers.

        Raises:
            InvalidRequest: code 237.
            NotFound: code 239.

        Platform action: `/panel/tariff/defaults/update`
        """
        params = {"tracker": tracker}
        await self._caller.call(DEFAULTS_UPDATE, params, timeout=timeout, lane=lane)
