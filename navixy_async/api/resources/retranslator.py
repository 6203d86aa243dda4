"""The actions under `/retranslator`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins
from collections.abc import Mapping
from typing import Any

from ...operations import Lane, Operation, Replay
from ..models.retranslator import (
    Retranslator,
    RetranslatorCreateAnswer,
    RetranslatorListAnswer,
    RetranslatorProtocol,
    RetranslatorProtocolListAnswer,
)
from ..noun import Noun, present

CREATE: Operation[RetranslatorCreateAnswer] = Operation("retranslator/create", RetranslatorCreateAnswer)
DELETE: Operation[dict[str, Any]] = Operation("retranslator/delete", dict[str, Any])
LIST: Operation[RetranslatorListAnswer] = Operation("retranslator/list", RetranslatorListAnswer, replay=Replay.READ)
PROTOCOL_LIST: Operation[RetranslatorProtocolListAnswer] = Operation(
    "retranslator/protocol/list", RetranslatorProtocolListAnswer, replay=Replay.READ
)
UPDATE: Operation[dict[str, Any]] = Operation("retranslator/update", dict[str, Any], replay=Replay.IDEMPOTENT)


class RetranslatorActions(Noun):
    """Actions under `/retranslator`. Retranslators, which forward data to other servers."""

    __slots__ = ()

    @property
    def protocol(self) -> RetranslatorProtocolActions:
        """Actions under `/retranslator/protocol`."""
        return RetranslatorProtocolActions(self._caller)

    async def create(
        self,
        retranslator: Retranslator | Mapping[str, Any],
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> int:
        """Make a retranslator, which forwards data to another server, and give its id.

        Closed to sub-users.

        Args:
            retranslator: the retranslator.

        Raises:
            InvalidRequest: code 7.
            Conflict: code 247.
            TariffRestricted: code 268.

        Platform action: `/retranslator/create`
        """
        params = {"retranslator": retranslator}
        answer = await self._caller.call(CREATE, params, timeout=timeout, lane=lane)
        return present(answer.id, CREATE, "id")

    async def delete(
        self,
        retranslator_id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Delete a retranslator.

        Closed to sub-users.

        Args:
            retranslator_id: id of the retranslator.

        Raises:
            NotFound: code 201.

        Platform action: `/retranslator/delete`
        """
        params = {"retranslator_id": retranslator_id}
        await self._caller.call(DELETE, params, timeout=timeout, lane=lane)

    async def list(self, *, timeout: float | None = None, lane: Lane | None = None) -> builtins.list[Retranslator]:
        """List the retranslators.

        Platform action: `/retranslator/list`
        """
        answer = await self._caller.call(LIST, timeout=timeout, lane=lane)
        return present(answer.list, LIST, "list")

    async def update(
        self,
        retranslator: Retranslator | Mapping[str, Any],
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Replace a retranslator.

        Closed to sub-users. Whether what is left out stays is not documented: send the whole as it was read, with your
        changes.

        Args:
            retranslator: the retranslator.

        Raises:
            NotFound: code 201.
            Conflict: code 247.

        Platform action: `/retranslator/update`
        """
        params = {"retranslator": retranslator}
        await self._caller.call(UPDATE, params, timeout=timeout, lane=lane)


class RetranslatorProtocolActions(Noun):
    """Actions under `/retranslator/protocol`."""

    __slots__ = ()

    async def list(
        self,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> builtins.list[RetranslatorProtocol]:
        """List the protocols that a retranslator may speak.

        Platform action: `/retranslator/protocol/list`
        """
        answer = await self._caller.call(PROTOCOL_LIST, timeout=timeout, lane=lane)
        return present(answer.list, PROTOCOL_LIST, "list")
