"""The actions under `/task/checkpoint`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins
from collections.abc import Iterable, Mapping
from typing import Any

from ...operations import Lane, Operation, Replay
from ..checks import listed, without
from ..models.task_checkpoint import (
    Checkpoint,
    TaskCheckpointCreateAnswer,
    TaskCheckpointListAnswer,
    TaskCheckpointReadAnswer,
    TaskCheckpointUpdateAnswer,
    TaskCheckpointUpdateExternalIdCounts,
)
from ..noun import Noun, present

CREATE: Operation[TaskCheckpointCreateAnswer] = Operation("task/checkpoint/create", TaskCheckpointCreateAnswer)
DELETE: Operation[dict[str, Any]] = Operation("task/checkpoint/delete", dict[str, Any])
LIST: Operation[TaskCheckpointListAnswer] = Operation(
    "task/checkpoint/list", TaskCheckpointListAnswer, replay=Replay.READ
)
READ: Operation[TaskCheckpointReadAnswer] = Operation(
    "task/checkpoint/read", TaskCheckpointReadAnswer, replay=Replay.READ
)
TRANSMUTE: Operation[dict[str, Any]] = Operation("task/checkpoint/transmute", dict[str, Any])
UPDATE: Operation[TaskCheckpointUpdateAnswer] = Operation(
    "task/checkpoint/update", TaskCheckpointUpdateAnswer, replay=Replay.IDEMPOTENT
)
UPDATE_CHECKPOINT_WITHOUT = (
    "user_id",
    "tracker_id",
    "creation_date",
    "status",
    "status_change_date",
    "arrival_date",
    "origin",
)


class TaskCheckpointActions(Noun):
    """Actions under `/task/checkpoint`. Checkpoints of routes."""

    __slots__ = ()

    async def create(
        self,
        checkpoint: Checkpoint | Mapping[str, Any],
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> TaskCheckpointCreateAnswer:
        """Add a checkpoint to a route, and give its id.

        Sub-users need the right task_update.

        Args:
            checkpoint: the checkpoint.

        Raises:
            NotFound: code 201.
            TariffRestricted: code 236.

        Platform action: `/task/checkpoint/create`
        """
        params = {"checkpoint": checkpoint}
        return await self._caller.call(CREATE, params, timeout=timeout, lane=lane)

    async def delete(
        self,
        checkpoint_id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Delete a checkpoint of a route.

        Sub-users need the right task_update.

        Args:
            checkpoint_id: id of the checkpoint.

        Raises:
            NotFound: code 201.

        Platform action: `/task/checkpoint/delete`
        """
        params = {"checkpoint_id": checkpoint_id}
        await self._caller.call(DELETE, params, timeout=timeout, lane=lane)

    async def list(
        self,
        checkpoint_ids: Iterable[int],
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> builtins.list[Checkpoint]:
        """Read checkpoints by their ids.

        Args:
            checkpoint_ids: ids of checkpoints.

        Platform action: `/task/checkpoint/list`
        """
        params = {"checkpoint_ids": listed("checkpoint_ids", checkpoint_ids)}
        answer = await self._caller.call(LIST, params, timeout=timeout, lane=lane)
        return present(answer.list, LIST, "list")

    async def read(
        self,
        checkpoint_id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> Checkpoint:
        """Read one checkpoint.

        Args:
            checkpoint_id: id of the checkpoint.

        Raises:
            NotFound: code 201.

        Platform action: `/task/checkpoint/read`
        """
        params = {"checkpoint_id": checkpoint_id}
        answer = await self._caller.call(READ, params, timeout=timeout, lane=lane)
        return present(answer.value, READ, "value")

    async def transmute(
        self,
        checkpoint_id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Turn a checkpoint of a route into a task of its own.

        Sub-users need the right task_update.

        Args:
            checkpoint_id: id of the checkpoint.

        Raises:
            NotFound: code 201.
            Conflict: code 255.

        Platform action: `/task/checkpoint/transmute`
        """
        params = {"checkpoint_id": checkpoint_id}
        await self._caller.call(TRANSMUTE, params, timeout=timeout, lane=lane)

    async def update(
        self,
        checkpoint: Checkpoint | Mapping[str, Any],
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> builtins.list[TaskCheckpointUpdateExternalIdCounts]:
        """Replace a checkpoint.

        Sub-users need the right task_update. Whether what is left out stays is not documented: send the whole as it was
        read, with your changes. It does not take user_id, tracker_id, creation_date, status, status_change_date,
        arrival_date, origin (of `checkpoint`): structs are sent without.

        Args:
            checkpoint: the checkpoint.

        Raises:
            NotFound: code 201.
            Conflict: code 255.

        Platform action: `/task/checkpoint/update`
        """
        params = {"checkpoint": without(checkpoint, UPDATE_CHECKPOINT_WITHOUT)}
        answer = await self._caller.call(UPDATE, params, timeout=timeout, lane=lane)
        return present(answer.external_id_counts, UPDATE, "external_id_counts")
