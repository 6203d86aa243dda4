"""The actions under `/transaction`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins
from datetime import datetime

from msgspec import UNSET, UnsetType

from ...operations import Lane, Operation, Replay
from ..checks import sent, window
from ..models.transaction import Transaction, TransactionListAnswer
from ..noun import Noun, present

LIST: Operation[TransactionListAnswer] = Operation("transaction/list", TransactionListAnswer, replay=Replay.READ)


class TransactionActions(Noun):
    """Actions under `/transaction`. Movements of money of the account."""

    __slots__ = ()

    async def list(
        self,
        from_: datetime,
        to: datetime,
        *,
        limit: int | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> builtins.list[Transaction]:
        """List the movements of money of the account in a period.

        Sub-users need the right payment_create.

        Args:
            from_: start of the period, with its time zone.
            to: end of the period, with its time zone.
            limit: how many entries at most.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.
            SpanTooBig: code 211.

        Platform action: `/transaction/list`
        """
        window(from_, to)
        params = sent({"from": from_, "to": to, "limit": limit})
        answer = await self._caller.call(LIST, params, timeout=timeout, lane=lane)
        return present(answer.list, LIST, "list")
