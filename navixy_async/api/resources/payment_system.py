"""The actions under `/payment_system`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins

from ...operations import Lane, Operation, Replay
from ..models.payment_system import PaymentSystem, PaymentSystemEstimateGetAnswer, PaymentSystemListAnswer
from ..noun import Noun, present

ESTIMATE_GET: Operation[PaymentSystemEstimateGetAnswer] = Operation(
    "payment_system/estimate/get", PaymentSystemEstimateGetAnswer, replay=Replay.READ
)
LIST: Operation[PaymentSystemListAnswer] = Operation("payment_system/list", PaymentSystemListAnswer, replay=Replay.READ)


class PaymentSystemActions(Noun):
    """Actions under `/payment_system`. Ways to pay."""

    __slots__ = ()

    @property
    def estimate(self) -> PaymentSystemEstimateActions:
        """Actions under `/payment_system/estimate`."""
        return PaymentSystemEstimateActions(self._caller)

    async def list(self, *, timeout: float | None = None, lane: Lane | None = None) -> builtins.list[PaymentSystem]:
        """List the ways to pay.

        Sub-users need the right payment_create.

        Raises:
            NotFound: code 201.

        Platform action: `/payment_system/list`
        """
        answer = await self._caller.call(LIST, timeout=timeout, lane=lane)
        return present(answer.list, LIST, "list")


class PaymentSystemEstimateActions(Noun):
    """Actions under `/payment_system/estimate`."""

    __slots__ = ()

    async def get(self, *, timeout: float | None = None, lane: Lane | None = None) -> float:
        """Estimate what the account will be charged until the end of the month.

        Sub-users need the right payment_create.

        Platform action: `/payment_system/estimate/get`
        """
        answer = await self._caller.call(ESTIMATE_GET, timeout=timeout, lane=lane)
        return present(answer.value, ESTIMATE_GET, "value")
