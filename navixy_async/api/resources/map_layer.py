"""The actions under `/map_layer`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins
from collections.abc import Mapping
from typing import Any

from ...files import UploadSource, as_upload
from ...operations import Lane, Operation, Replay
from ..models.map_layer import MapLayer, MapLayerListAnswer, MapLayerListList, MapLayerUploadAnswer
from ..noun import Download, Noun, present

DELETE: Operation[dict[str, Any]] = Operation("map_layer/delete", dict[str, Any])
LIST: Operation[MapLayerListAnswer] = Operation("map_layer/list", MapLayerListAnswer, replay=Replay.READ)
READ: Operation[bytes] = Operation("map_layer/read", bytes, replay=Replay.READ)
UPDATE: Operation[dict[str, Any]] = Operation("map_layer/update", dict[str, Any], replay=Replay.IDEMPOTENT)
UPLOAD: Operation[MapLayerUploadAnswer] = Operation("map_layer/upload", MapLayerUploadAnswer, encoding="multipart")


class MapLayerActions(Noun):
    """Actions under `/map_layer`. Map layers made of KML files."""

    __slots__ = ()

    async def delete(
        self,
        id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Delete a map layer.

        Args:
            id: id of the entry.

        Raises:
            NotFound: code 201.

        Platform action: `/map_layer/delete`
        """
        params = {"id": id}
        await self._caller.call(DELETE, params, timeout=timeout, lane=lane)

    async def list(self, *, timeout: float | None = None, lane: Lane | None = None) -> builtins.list[MapLayerListList]:
        """List the map layers.

        Platform action: `/map_layer/list`
        """
        answer = await self._caller.call(LIST, timeout=timeout, lane=lane)
        return present(answer.list, LIST, "list")

    def read(
        self,
        id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> Download:
        """Read a map layer as a KML file.

        Args:
            id: id of the entry.

        Returns:
            The file's bytes (kml).

        Raises:
            NotFound: code 201.

        Platform action: `/map_layer/read`
        """
        params = {"id": id}
        return Download(self._caller, READ, params, timeout=timeout, lane=lane)

    async def update(
        self,
        layer: MapLayer | Mapping[str, Any],
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Rename a map layer.

        Whether what is left out stays is not documented: send the whole as it was read, with your changes.

        Args:
            layer: the map layer.

        Raises:
            NotFound: code 201.

        Platform action: `/map_layer/update`
        """
        params = {"layer": layer}
        await self._caller.call(UPDATE, params, timeout=timeout, lane=lane)

    async def upload(
        self,
        label: str,
        file: UploadSource,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> int:
        """Make a map layer of a KML file, and give its id.

        Args:
            label: name for people.
            file: the file: a path, bytes, an asynchronous iterator of bytes, or an `Upload` with name and type.

        Raises:
            InvalidRequest: codes 233, 234, 242.
            TariffRestricted: code 268.

        Platform action: `/map_layer/upload`
        """
        params = {"label": label, "file": as_upload(file)}
        answer = await self._caller.call(UPLOAD, params, timeout=timeout, lane=lane)
        return present(answer.id, UPLOAD, "id")
