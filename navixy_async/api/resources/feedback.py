"""The actions under `/feedback`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, TypeAlias

from msgspec import UNSET, UnsetType

from ...operations import Lane, Operation
from ..checks import sent
from ..models.feedback import Feedback
from ..noun import Noun

FeedbackType: TypeAlias = Literal["support_request", "feature_request", "review"]

SEND_EMAIL: Operation[dict[str, Any]] = Operation("feedback/send_email", dict[str, Any])


class FeedbackActions(Noun):
    """Actions under `/feedback`. Messages to the operator."""

    __slots__ = ()

    async def send_email(
        self,
        feedback: Feedback | Mapping[str, Any],
        *,
        type: FeedbackType | str | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Send a message to the operator.

        Args:
            feedback: the message.
            type: kind; documented: support_request, feature_request, review; the platform's default: support_request.

        Platform action: `/feedback/send_email`
        """
        params = sent({"feedback": feedback, "type": type})
        await self._caller.call(SEND_EMAIL, params, timeout=timeout, lane=lane)
