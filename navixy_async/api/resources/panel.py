"""The actions under `/panel`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..noun import Noun

if TYPE_CHECKING:
    from .panel_account import PanelAccountActions
    from .panel_dealer import PanelDealerActions
    from .panel_equipment import PanelEquipmentActions
    from .panel_gateways import PanelGatewaysActions
    from .panel_order import PanelOrderActions
    from .panel_subpaas import PanelSubpaasActions
    from .panel_tariff import PanelTariffActions
    from .panel_timezone import PanelTimezoneActions
    from .panel_tracker import PanelTrackerActions
    from .panel_user import PanelUserActions


class PanelActions(Noun):
    """Actions under `/panel`."""

    __slots__ = ()

    @property
    def account(self) -> PanelAccountActions:
        """Actions under `/panel/account`."""
        from .panel_account import PanelAccountActions  # noqa: PLC0415 - loaded when first used

        return PanelAccountActions(self._caller)

    @property
    def dealer(self) -> PanelDealerActions:
        """Actions under `/panel/dealer`."""
        from .panel_dealer import PanelDealerActions  # noqa: PLC0415 - loaded when first used

        return PanelDealerActions(self._caller)

    @property
    def equipment(self) -> PanelEquipmentActions:
        """Actions under `/panel/equipment`."""
        from .panel_equipment import PanelEquipmentActions  # noqa: PLC0415 - loaded when first used

        return PanelEquipmentActions(self._caller)

    @property
    def gateways(self) -> PanelGatewaysActions:
        """Actions under `/panel/gateways`."""
        from .panel_gateways import PanelGatewaysActions  # noqa: PLC0415 - loaded when first used

        return PanelGatewaysActions(self._caller)

    @property
    def order(self) -> PanelOrderActions:
        """Actions under `/panel/order`."""
        from .panel_order import PanelOrderActions  # noqa: PLC0415 - loaded when first used

        return PanelOrderActions(self._caller)

    @property
    def subpaas(self) -> PanelSubpaasActions:
        """Actions under `/panel/subpaas`."""
        from .panel_subpaas import PanelSubpaasActions  # noqa: PLC0415 - loaded when first used

        return PanelSubpaasActions(self._caller)

    @property
    def tariff(self) -> PanelTariffActions:
        """Actions under `/panel/tariff`."""
        from .panel_tariff import PanelTariffActions  # noqa: PLC0415 - loaded when first used

        return PanelTariffActions(self._caller)

    @property
    def timezone(self) -> PanelTimezoneActions:
        """Actions under `/panel/timezone`."""
        from .panel_timezone import PanelTimezoneActions  # noqa: PLC0415 - loaded when first used

        return PanelTimezoneActions(self._caller)

    @property
    def tracker(self) -> PanelTrackerActions:
        """Actions under `/panel/tracker`."""
        from .panel_tracker import PanelTrackerActions  # noqa: PLC0415 - loaded when first used

        return PanelTrackerActions(self._caller)

    @property
    def user(self) -> PanelUserActions:
        """Actions under `/panel/user`."""
        from .panel_user import PanelUserActions  # noqa: PLC0415 - loaded when first used

        return PanelUserActions(self._caller)
