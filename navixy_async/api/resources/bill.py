"""The actions under `/bill`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

from msgspec import UNSET, UnsetType

from ...operations import Lane, Operation, Replay
from ..checks import sent, within
from ..models.bill import BillCreateAnswer, BillListAnswer
from ..noun import Noun, present

CREATE: Operation[BillCreateAnswer] = Operation("bill/create", BillCreateAnswer)
LIST: Operation[BillListAnswer] = Operation("bill/list", BillListAnswer, replay=Replay.READ)


class BillActions(Noun):
    """Actions under `/bill`. Bills of the account."""

    __slots__ = ()

    async def create(
        self,
        payer: str,
        sum: float,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> int:
        """Make a bill, and give its id.

        Sub-users need the right payment_create.

        Args:
            payer: who pays.
            sum: how much.

        Raises:
            NotFound: code 222.

        Platform action: `/bill/create`
        """
        params = {"payer": payer, "sum": sum}
        answer = await self._caller.call(CREATE, params, timeout=timeout, lane=lane)
        return present(answer.value, CREATE, "value")

    async def list(
        self,
        *,
        limit: int | UnsetType = UNSET,
        offset: int | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> BillListAnswer:
        """List the bills of the account.

        Sub-users need the right payment_create.

        Args:
            limit: how many entries at most; at most 10000; the platform's default: 10000.
            offset: how many entries to pass over; the platform's default: 0.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.
            NotFound: code 222.

        Platform action: `/bill/list`
        """
        within("limit", limit, most=10000)
        params = sent({"limit": limit, "offset": offset})
        return await self._caller.call(LIST, params, timeout=timeout, lane=lane)
