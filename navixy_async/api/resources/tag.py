"""The actions under `/tag`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins
from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import UNSET, UnsetType

from ...files import UploadSource, as_upload
from ...operations import Lane, Operation, Replay
from ..checks import exactly_one, listed, sent, sized
from ..models.tag import Tag, TagAvatarUploadAnswer, TagCreateAnswer, TagListAnswer, TagSearchAnswer, TagSearchResult
from ..noun import Noun, present

AVATAR_ASSIGN: Operation[dict[str, Any]] = Operation("tag/avatar/assign", dict[str, Any], replay=Replay.IDEMPOTENT)
AVATAR_UPLOAD: Operation[TagAvatarUploadAnswer] = Operation(
    "tag/avatar/upload", TagAvatarUploadAnswer, encoding="multipart"
)
CREATE: Operation[TagCreateAnswer] = Operation("tag/create", TagCreateAnswer)
DELETE: Operation[dict[str, Any]] = Operation("tag/delete", dict[str, Any])
LIST: Operation[TagListAnswer] = Operation("tag/list", TagListAnswer, replay=Replay.READ)
SEARCH: Operation[TagSearchAnswer] = Operation("tag/search", TagSearchAnswer, replay=Replay.READ)
UPDATE: Operation[dict[str, Any]] = Operation("tag/update", dict[str, Any], replay=Replay.IDEMPOTENT)


class TagActions(Noun):
    """Actions under `/tag`. Tags that anything may carry."""

    __slots__ = ()

    @property
    def avatar(self) -> TagAvatarActions:
        """Actions under `/tag/avatar`."""
        return TagAvatarActions(self._caller)

    async def create(
        self,
        tag: Tag | Mapping[str, Any],
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> int:
        """Make a tag, and give its id.

        Sub-users need the right tag_update.

        Args:
            tag: the tag.

        Platform action: `/tag/create`
        """
        params = {"tag": tag}
        answer = await self._caller.call(CREATE, params, timeout=timeout, lane=lane)
        return present(answer.id, CREATE, "id")

    async def delete(
        self,
        *,
        tag_id: int | UnsetType = UNSET,
        tag_ids: Iterable[int] | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Delete tags.

        Sub-users need the right tag_update.

        Args:
            tag_id: id of the tag; exactly one of tag_id, tag_ids.
            tag_ids: ids of tags; exactly one of tag_id, tag_ids.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.
            NotFound: code 201.

        Platform action: `/tag/delete`
        """
        exactly_one(tag_id=tag_id, tag_ids=tag_ids)
        params = sent({"tag_id": tag_id, "tag_ids": listed("tag_ids", tag_ids)})
        await self._caller.call(DELETE, params, timeout=timeout, lane=lane)

    async def list(
        self,
        *,
        filter: str | UnsetType | None = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> builtins.list[Tag]:
        """List the tags.

        Args:
            filter: only entries that contain this text; 3 to 60 characters.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.

        Platform action: `/tag/list`
        """
        sized("filter", filter, least=3, most=60)
        params = sent({"filter": filter})
        answer = await self._caller.call(LIST, params, timeout=timeout, lane=lane)
        return present(answer.list, LIST, "list")

    async def search(
        self,
        tag_ids: Iterable[int],
        *,
        entity_types: Iterable[str] | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> TagSearchResult:
        """Find what carries certain tags.

        Args:
            tag_ids: ids of tags.
            entity_types: only objects of these kinds.

        Platform action: `/tag/search`
        """
        params = sent({"tag_ids": listed("tag_ids", tag_ids), "entity_types": listed("entity_types", entity_types)})
        answer = await self._caller.call(SEARCH, params, timeout=timeout, lane=lane)
        return present(answer.result, SEARCH, "result")

    async def update(
        self,
        tag: Tag | Mapping[str, Any],
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Replace a tag.

        Sub-users need the right tag_update. Whether what is left out stays is not documented: send the whole as it was
        read, with your changes.

        Args:
            tag: the tag.

        Raises:
            NotFound: code 201.

        Platform action: `/tag/update`
        """
        params = {"tag": tag}
        await self._caller.call(UPDATE, params, timeout=timeout, lane=lane)


class TagAvatarActions(Noun):
    """Actions under `/tag/avatar`."""

    __slots__ = ()

    async def assign(
        self,
        *,
        tag_id: int,
        icon_id: int | None,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Give a tag one of the platform's icons, or none.

        Sub-users need the right tag_update.

        Args:
            tag_id: id of the tag.
            icon_id: number of the icon; null for none.

        Raises:
            NotFound: code 201.

        Platform action: `/tag/avatar/assign`
        """
        params = {"tag_id": tag_id, "icon_id": icon_id}
        await self._caller.call(AVATAR_ASSIGN, params, timeout=timeout, lane=lane)

    async def upload(
        self,
        tag_id: int,
        file: UploadSource,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> str:
        """Upload a picture of a tag.

        Sub-users need the right tag_update.

        Args:
            tag_id: id of the tag.
            file: the file: a path, bytes, an asynchronous iterator of bytes, or an `Upload` with name and type.

        Raises:
            NotFound: code 201.
            InvalidRequest: codes 233, 234.
            ServerFault: code 254.

        Platform action: `/tag/avatar/upload`
        """
        params = {"tag_id": tag_id, "file": as_upload(file)}
        answer = await self._caller.call(AVATAR_UPLOAD, params, timeout=timeout, lane=lane)
        return present(answer.value, AVATAR_UPLOAD, "value")
