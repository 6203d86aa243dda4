"""The actions under `/asset_group`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins
from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import UNSET, UnsetType

from ...operations import Lane, Operation, Replay
from ..checks import exactly_one, listed, sent
from ..models.asset_group import (
    AssetGroup,
    AssetGroupCreateAnswer,
    AssetGroupListAnswer,
    AssetGroupObject,
    AssetGroupSetAnswer,
)
from ..models.common import Asset
from ..noun import Noun, present

CREATE: Operation[AssetGroupCreateAnswer] = Operation("asset_group/create", AssetGroupCreateAnswer)
DELETE: Operation[dict[str, Any]] = Operation("asset_group/delete", dict[str, Any])
LIST: Operation[AssetGroupListAnswer] = Operation("asset_group/list", AssetGroupListAnswer, replay=Replay.READ)
REMOVE: Operation[dict[str, Any]] = Operation("asset_group/remove", dict[str, Any])
SET: Operation[AssetGroupSetAnswer] = Operation("asset_group/set", AssetGroupSetAnswer, replay=Replay.IDEMPOTENT)
UPDATE: Operation[dict[str, Any]] = Operation("asset_group/update", dict[str, Any], replay=Replay.IDEMPOTENT)


class AssetGroupActions(Noun):
    """Actions under `/asset_group`. Groups that link vehicles, employees and trackers."""

    __slots__ = ()

    async def create(
        self,
        assets: Iterable[Asset | Mapping[str, Any]],
        *,
        name: str | UnsetType = UNSET,
        force_reassign: bool | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> AssetGroupCreateAnswer:
        """Link vehicles, employees and trackers into a group of assets, and give its id.

        Args:
            assets: assets, each as id and type.
            name: name for people.
            force_reassign: take over what is linked elsewhere; the platform's default: false.

        Raises:
            Conflict: code 290.
            AccessDenied: code 291.

        Platform action: `/asset_group/create`
        """
        params = sent({"name": name, "assets": listed("assets", assets), "force_reassign": force_reassign})
        return await self._caller.call(CREATE, params, timeout=timeout, lane=lane)

    async def delete(
        self,
        id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Dissolve a group of assets; the assets themselves stay.

        Args:
            id: id of the group.

        Raises:
            NotFound: code 201.
            AccessDenied: code 289.

        Platform action: `/asset_group/delete`
        """
        params = {"id": id}
        await self._caller.call(DELETE, params, timeout=timeout, lane=lane)

    async def list(
        self,
        *,
        group_ids: Iterable[int] | UnsetType = UNSET,
        asset: Asset | Mapping[str, Any] | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> builtins.list[AssetGroup]:
        """List groups of assets.

        Args:
            group_ids: ids of groups; exactly one of group_ids, asset.
            asset: the vehicle or employee, as id and type; exactly one of group_ids, asset.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.

        Platform action: `/asset_group/list`
        """
        exactly_one(group_ids=group_ids, asset=asset)
        params = sent({"group_ids": listed("group_ids", group_ids), "asset": asset})
        answer = await self._caller.call(LIST, params, timeout=timeout, lane=lane)
        return present(answer.list, LIST, "list")

    async def remove(
        self,
        id: int,
        assets: Iterable[Asset | Mapping[str, Any]],
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Take assets out of a group.

        Args:
            id: id of the group.
            assets: assets, each as id and type.

        Raises:
            NotFound: code 201.
            InvalidRequest: code 286.
            AccessDenied: code 287.

        Platform action: `/asset_group/remove`
        """
        params = {"id": id, "assets": listed("assets", assets)}
        await self._caller.call(REMOVE, params, timeout=timeout, lane=lane)

    async def set(
        self,
        id: int,
        assets: Iterable[Asset | Mapping[str, Any]],
        *,
        force_reassign: bool | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> builtins.list[AssetGroupObject]:
        """Replace the members of a group of assets.

        Args:
            id: id of the group.
            assets: assets, each as id and type.
            force_reassign: take over what is linked elsewhere; the platform's default: false.

        Raises:
            NotFound: code 201.
            Conflict: code 290.
            AccessDenied: code 291.

        Platform action: `/asset_group/set`
        """
        params = sent({"id": id, "assets": listed("assets", assets), "force_reassign": force_reassign})
        answer = await self._caller.call(SET, params, timeout=timeout, lane=lane)
        return present(answer.reassigned_assets, SET, "reassigned_assets")

    async def update(
        self,
        id: int,
        name: str,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Rename a group of assets.

        Args:
            id: id of the group.
            name: name for people.

        Raises:
            NotFound: code 201.
            AccessDenied: code 287.

        Platform action: `/asset_group/update`
        """
        params = {"id": id, "name": name}
        await self._caller.call(UPDATE, params, timeout=timeout, lane=lane)
