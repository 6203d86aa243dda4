"""The actions under `/tracker/rule`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins
from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import UNSET, UnsetType

from ...operations import Lane, Operation, Replay
from ..checks import listed, sent
from ..models.tracker_rule import Rule, TrackerRuleCreateAnswer, TrackerRuleListAnswer
from ..noun import Noun, present

BIND: Operation[dict[str, Any]] = Operation("tracker/rule/bind", dict[str, Any])
CREATE: Operation[TrackerRuleCreateAnswer] = Operation("tracker/rule/create", TrackerRuleCreateAnswer)
DELETE: Operation[dict[str, Any]] = Operation("tracker/rule/delete", dict[str, Any])
LIST: Operation[TrackerRuleListAnswer] = Operation("tracker/rule/list", TrackerRuleListAnswer, replay=Replay.READ)
UNBIND: Operation[dict[str, Any]] = Operation("tracker/rule/unbind", dict[str, Any])
UPDATE: Operation[dict[str, Any]] = Operation("tracker/rule/update", dict[str, Any], replay=Replay.IDEMPOTENT)


class TrackerRuleActions(Noun):
    """Actions under `/tracker/rule`. Rules: they watch trackers, make events and raise alerts."""

    __slots__ = ()

    async def bind(
        self,
        rule_id: int,
        trackers: Iterable[int],
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Apply a rule to further trackers.

        Sub-users need the right tracker_rule_update.

        Args:
            rule_id: id of the rule.
            trackers: ids of trackers.

        Raises:
            NotFound: code 201.

        Platform action: `/tracker/rule/bind`
        """
        params = {"rule_id": rule_id, "trackers": listed("trackers", trackers)}
        await self._caller.call(BIND, params, timeout=timeout, lane=lane)

    async def create(
        self,
        rule: Rule | Mapping[str, Any],
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> int:
        """Make a rule, which watches trackers and makes events, and give its id.

        Sub-users need the right tracker_rule_update.

        Args:
            rule: the rule; also as a mapping.

        Raises:
            NotFound: code 204.

        Platform action: `/tracker/rule/create`
        """
        params = {"rule": rule}
        answer = await self._caller.call(CREATE, params, timeout=timeout, lane=lane)
        return present(answer.id, CREATE, "id")

    async def delete(
        self,
        rule_id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Delete a rule.

        Sub-users need the right tracker_rule_update.

        Args:
            rule_id: id of the rule.

        Raises:
            NotFound: code 201.

        Platform action: `/tracker/rule/delete`
        """
        params = {"rule_id": rule_id}
        await self._caller.call(DELETE, params, timeout=timeout, lane=lane)

    async def list(
        self,
        *,
        tracker_id: int | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> builtins.list[Rule]:
        """List the rules of the account, or those of one tracker.

        Args:
            tracker_id: id of the tracker.

        Platform action: `/tracker/rule/list`
        """
        params = sent({"tracker_id": tracker_id})
        answer = await self._caller.call(LIST, params, timeout=timeout, lane=lane)
        return present(answer.list, LIST, "list")

    async def unbind(
        self,
        rule_id: int,
        trackers: Iterable[int],
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Stop applying a rule to trackers.

        Sub-users need the right tracker_rule_update.

        Args:
            rule_id: id of the rule.
            trackers: ids of trackers.

        Raises:
            NotFound: code 201.

        Platform action: `/tracker/rule/unbind`
        """
        params = {"rule_id": rule_id, "trackers": listed("trackers", trackers)}
        await self._caller.call(UNBIND, params, timeout=timeout, lane=lane)

    async def update(
        self,
        rule: Rule | Mapping[str, Any],
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Replace a rule.

        Sub-users need the right tracker_rule_update. Whether what is left out stays is not documented: send the whole
        as it was read, with your changes.

        Args:
            rule: the whole rule, with its id.

        Raises:
            NotFound: codes 201, 204.

        Platform action: `/tracker/rule/update`
        """
        params = {"rule": rule}
        await self._caller.call(UPDATE, params, timeout=timeout, lane=lane)
