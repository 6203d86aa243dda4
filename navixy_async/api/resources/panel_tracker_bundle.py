"""The actions under `/panel/tracker/bundle`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from msgspec import UNSET, UnsetType

from ...operations import Lane, Operation, Replay
from ..checks import listed, sent, sized
from ..models.panel_order import PanelTrackerBundle
from ..models.panel_tracker_bundle import PanelTrackerBundleListAnswer, PanelTrackerBundleReadAnswer
from ..noun import Noun, present

if TYPE_CHECKING:
    from ...paging import OffsetPager

ClonesFilter: TypeAlias = Literal["exclude_clones", "only_include_clones", "not_set"]

BundleOrderBy: TypeAlias = Literal[
    "id",
    "label",
    "status",
    "model",
    "device_id",
    "phone",
    "creation_date",
    "user_id",
    "comment",
]

ASSIGN: Operation[dict[str, Any]] = Operation(
    "panel/tracker/bundle/assign", dict[str, Any], api="panel", session="panel_session"
)
IMPORT: Operation[dict[str, Any]] = Operation(
    "panel/tracker/bundle/import", dict[str, Any], api="panel", session="panel_session"
)
LIST: Operation[PanelTrackerBundleListAnswer] = Operation(
    "panel/tracker/bundle/list", PanelTrackerBundleListAnswer, api="panel", replay=Replay.READ, session="panel_session"
)
ORDER_ASSIGN: Operation[dict[str, Any]] = Operation(
    "panel/tracker/bundle/order/assign", dict[str, Any], api="panel", session="panel_session"
)
READ: Operation[PanelTrackerBundleReadAnswer] = Operation(
    "panel/tracker/bundle/read", PanelTrackerBundleReadAnswer, api="panel", replay=Replay.READ, session="panel_session"
)
UPDATE: Operation[dict[str, Any]] = Operation(
    "panel/tracker/bundle/update", dict[str, Any], api="panel", replay=Replay.IDEMPOTENT, session="panel_session"
)


class PanelTrackerBundleActions(Noun):
    """Actions under `/panel/tracker/bundle`. Bundles: a device and a card in the stock."""

    __slots__ = ()

    @property
    def order(self) -> PanelTrackerBundleOrderActions:
        """Actions under `/panel/tracker/bundle/order`."""
        return PanelTrackerBundleOrderActions(self._caller)

    async def assign(
        self,
        bundle_id: int,
        iccid: str,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Give a bundle of device and card another card.

        Args:
            bundle_id: id of the bundle.
            iccid: number of the SIM card (ICCID); 3 to 20 characters.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.
            NotFound: code 201.
            TrackerBlocked: code 208.
            Conflict: codes 223, 247, 250.
            InvalidRequest: code 226.

        Platform action: `/panel/tracker/bundle/assign`
        """
        sized("iccid", iccid, least=3, most=20)
        params = {"bundle_id": bundle_id, "iccid": iccid}
        await self._caller.call(ASSIGN, params, timeout=timeout, lane=lane)

    async def import_(
        self,
        imeis: Iterable[str],
        equip_id: int,
        factory_preset: bool,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Take devices into the stock.

        Args:
            imeis: IMEIs of the devices.
            equip_id: id of the equipment, see `panel_account.equipment.list`.
            factory_preset: whether the devices were set up by the factory.

        Raises:
            NotFound: codes 201, 204.
            Conflict: code 247.

        Platform action: `/panel/tracker/bundle/import`
        """
        params = {"imeis": listed("imeis", imeis), "equip_id": equip_id, "factory_preset": factory_preset}
        await self._caller.call(IMPORT, params, timeout=timeout, lane=lane)

    def list(
        self,
        *,
        clones_filter: ClonesFilter | str | UnsetType = UNSET,
        order_by: BundleOrderBy | str | UnsetType = UNSET,
        ascending: bool | UnsetType = UNSET,
        offset: int | UnsetType = UNSET,
        limit: int | UnsetType = UNSET,
        filter: str | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> OffsetPager[PanelTrackerBundleListAnswer, PanelTrackerBundle]:
        """List bundles of device and card.

        Args:
            clones_filter: whether clones are left out, or the only ones listed; documented: exclude_clones,
                only_include_clones, not_set.
            order_by: column to sort by; documented: id, label, status, model, device_id, phone, creation_date, user_id,
                comment; the platform's default: id.
            ascending: from the oldest or smallest on; the platform's default: true.
            offset: how many entries to pass over; the platform's default: 0.
            limit: how many entries at most.
            filter: only entries that contain this text.

        Returns:
            A pager: await it for one page, iterate it for everything.

        Raises:
            NotFound: code 201.

        Platform action: `/panel/tracker/bundle/list`
        """
        from ...paging import OffsetPager  # noqa: PLC0415 - loaded when first used

        params = sent(
            {
                "clones_filter": clones_filter,
                "order_by": order_by,
                "ascending": ascending,
                "offset": offset,
                "limit": limit,
                "filter": filter,
            }
        )
        return OffsetPager(self._caller, LIST, params, items=lambda answer: answer.list, timeout=timeout, lane=lane)

    async def read(
        self,
        imei: str,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> PanelTrackerBundle:
        """Read one bundle of device and card.

        Args:
            imei: IMEI of the device.

        Raises:
            NotFound: code 201.

        Platform action: `/panel/tracker/bundle/read`
        """
        params = {"imei": imei}
        answer = await self._caller.call(READ, params, timeout=timeout, lane=lane)
        return present(answer.value, READ, "value")

    async def update(
        self,
        *,
        bundle_id: int,
        equip_id: int,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Change the equipment of a bundle.

        Args:
            bundle_id: id of the bundle.
            equip_id: id of the equipment, see `panel_account.equipment.list`.

        Raises:
            NotFound: codes 201, 204.

        Platform action: `/panel/tracker/bundle/update`
        """
        params = {"bundle_id": bundle_id, "equip_id": equip_id}
        await self._caller.call(UPDATE, params, timeout=timeout, lane=lane)


class PanelTrackerBundleOrderActions(Noun):
    """Actions under `/panel/tracker/bundle/order`."""

    __slots__ = ()

    async def assign(
        self,
        *,
        bundle_id: int,
        order_id: int | None,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Put a bundle into an order.

        Args:
            bundle_id: id of the bundle.
            order_id: id of the order.

        Raises:
            NotFound: code 201.

        Platform action: `/panel/tracker/bundle/order/assign`
        """
        params = {"bundle_id": bundle_id, "order_id": order_id}
        await self._caller.call(ORDER_ASSIGN, params, timeout=timeout, lane=lane)
