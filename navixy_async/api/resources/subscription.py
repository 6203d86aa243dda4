"""The actions under `/subscription`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins
from typing import Any

from ...operations import Lane, Operation, Replay
from ..models.subscription import AvangateSubscription, SubscriptionAvangateListAnswer
from ..noun import Noun, present

AVANGATE_CANCEL: Operation[dict[str, Any]] = Operation("subscription/avangate/cancel", dict[str, Any])
AVANGATE_LIST: Operation[SubscriptionAvangateListAnswer] = Operation(
    "subscription/avangate/list", SubscriptionAvangateListAnswer, replay=Replay.READ
)


class SubscriptionActions(Noun):
    """Actions under `/subscription`. Subscriptions to payment services."""

    __slots__ = ()

    @property
    def avangate(self) -> SubscriptionAvangateActions:
        """Actions under `/subscription/avangate`."""
        return SubscriptionAvangateActions(self._caller)


class SubscriptionAvangateActions(Noun):
    """Actions under `/subscription/avangate`."""

    __slots__ = ()

    async def cancel(
        self,
        reference: str,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Cancel a subscription with Avangate.

        Sub-users need the right payment_create.

        Args:
            reference: reference number of the subscription.

        Raises:
            ServerFault: code 215.

        Platform action: `/subscription/avangate/cancel`
        """
        params = {"reference": reference}
        await self._caller.call(AVANGATE_CANCEL, params, timeout=timeout, lane=lane)

    async def list(
        self,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> builtins.list[AvangateSubscription]:
        """List the subscriptions with Avangate.

        Sub-users need the right payment_create.

        Raises:
            ServerFault: code 215.

        Platform action: `/subscription/avangate/list`
        """
        answer = await self._caller.call(AVANGATE_LIST, timeout=timeout, lane=lane)
        return present(answer.list, AVANGATE_LIST, "list")
