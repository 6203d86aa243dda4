"""The actions under `/base`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

from typing import Any

from ...operations import Lane, Operation, Replay
from ..noun import Noun

NOTHING: Operation[dict[str, Any]] = Operation("base/nothing", dict[str, Any], replay=Replay.READ)
SEND_EMAIL: Operation[dict[str, Any]] = Operation("base/send_email", dict[str, Any], session="root_access")


class BaseActions(Noun):
    """Actions under `/base`. Service actions of the platform."""

    __slots__ = ()

    async def nothing(self, *, timeout: float | None = None, lane: Lane | None = None) -> None:
        """Do nothing: tells whether the platform answers and the credential is good.

        Platform action: `/base/nothing`
        """
        await self._caller.call(NOTHING, timeout=timeout, lane=lane)

    async def send_email(
        self,
        *,
        from_: str,
        to: str,
        title: str,
        message: str,
        service_id: int,
        service_pass: int,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Have the platform send a mail.

        Only for the platform itself.

        Args:
            from_: mail address of the sender.
            to: mail address of the receiver.
            title: subject.
            message: the text.
            service_id: id of the service that sends.
            service_pass: password of the service that sends.

        Platform action: `/base/send_email`
        """
        params = {
            "from": from_,
            "to": to,
            "title": title,
            "message": message,
            "service_id": service_id,
            "service_pass": service_pass,
        }
        await self._caller.call(SEND_EMAIL, params, timeout=timeout, lane=lane)
