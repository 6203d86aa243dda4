"""The actions under `/entity`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins
from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import UNSET, UnsetType

from ...operations import Lane, Operation, Replay
from ..checks import exactly_one, listed, sent
from ..models.entity import (
    Entity,
    EntityField,
    EntityFieldsReadAnswer,
    EntityFieldsUpdateAnswer,
    EntityListAnswer,
    EntityReadAnswer,
)
from ..noun import Noun, present

FIELDS_READ: Operation[EntityFieldsReadAnswer] = Operation(
    "entity/fields/read", EntityFieldsReadAnswer, replay=Replay.READ
)
FIELDS_UPDATE: Operation[EntityFieldsUpdateAnswer] = Operation("entity/fields/update", EntityFieldsUpdateAnswer)
LIST: Operation[EntityListAnswer] = Operation("entity/list", EntityListAnswer, replay=Replay.READ)
READ: Operation[EntityReadAnswer] = Operation("entity/read", EntityReadAnswer, replay=Replay.READ)
UPDATE: Operation[dict[str, Any]] = Operation("entity/update", dict[str, Any], replay=Replay.IDEMPOTENT)


class EntityActions(Noun):
    """Actions under `/entity`. Kinds of objects, and their custom fields."""

    __slots__ = ()

    @property
    def fields(self) -> EntityFieldsActions:
        """Actions under `/entity/fields`."""
        return EntityFieldsActions(self._caller)

    async def list(self, *, timeout: float | None = None, lane: Lane | None = None) -> builtins.list[Entity]:
        """List the kinds of objects that may have custom fields.

        Platform action: `/entity/list`
        """
        answer = await self._caller.call(LIST, timeout=timeout, lane=lane)
        return present(answer.list, LIST, "list")

    async def read(
        self,
        *,
        id: int | UnsetType = UNSET,
        type: str | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> EntityReadAnswer:
        """Read one kind of objects, with the layout of its custom fields.

        Args:
            id: id of the entry; exactly one of id, type.
            type: kind; exactly one of id, type.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.
            NotFound: code 201.

        Platform action: `/entity/read`
        """
        exactly_one(id=id, type=type)
        params = sent({"id": id, "type": type})
        return await self._caller.call(READ, params, timeout=timeout, lane=lane)

    async def update(
        self,
        entity: Entity | Mapping[str, Any],
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Change the layout of the custom fields of a kind of objects.

        Sub-users need the right places_custom_fields_update. Whether what is left out stays is not documented: send the
        whole as it was read, with your changes.

        Args:
            entity: the kind of objects.

        Raises:
            InvalidRequest: code 7.
            NotFound: code 201.

        Platform action: `/entity/update`
        """
        params = {"entity": entity}
        await self._caller.call(UPDATE, params, timeout=timeout, lane=lane)


class EntityFieldsActions(Noun):
    """Actions under `/entity/fields`."""

    __slots__ = ()

    async def read(
        self,
        entity_id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> list[EntityField]:
        """List the custom fields of a kind of objects.

        Args:
            entity_id: id of the kind of objects.

        Raises:
            NotFound: code 201.

        Platform action: `/entity/fields/read`
        """
        params = {"entity_id": entity_id}
        answer = await self._caller.call(FIELDS_READ, params, timeout=timeout, lane=lane)
        return present(answer.list, FIELDS_READ, "list")

    async def update(
        self,
        entity_id: int,
        fields: Iterable[EntityField | Mapping[str, Any]],
        *,
        delete_missing: bool | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> list[EntityField]:
        """Change the custom fields of a kind of objects.

        Sub-users need the right places_custom_fields_update. Whether what is left out stays is not documented: send the
        whole as it was read, with your changes.

        Args:
            entity_id: id of the kind of objects.
            fields: what the columns are, in their order.
            delete_missing: delete the fields that the list leaves out; the platform's default: false.

        Raises:
            InvalidRequest: code 7.
            NotFound: code 201.

        Platform action: `/entity/fields/update`
        """
        params = sent({"entity_id": entity_id, "fields": listed("fields", fields), "delete_missing": delete_missing})
        answer = await self._caller.call(FIELDS_UPDATE, params, timeout=timeout, lane=lane)
        return present(answer.list, FIELDS_UPDATE, "list")
