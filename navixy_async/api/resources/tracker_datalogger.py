"""The actions under `/tracker/datalogger`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

from typing import Any

from ...files import UploadSource, as_upload
from ...operations import Lane, Operation
from ..noun import Noun

UPLOAD: Operation[dict[str, Any]] = Operation("tracker/datalogger/upload", dict[str, Any], encoding="multipart")


class TrackerDataloggerActions(Noun):
    """Actions under `/tracker/datalogger`. Files of data loggers."""

    __slots__ = ()

    async def upload(
        self,
        tracker_id: int,
        file: UploadSource,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Upload a file of a data logger, and make tracks of it.

        Args:
            tracker_id: id of the tracker.
            file: the file: a path, bytes, an asynchronous iterator of bytes, or an `Upload` with name and type.

        Raises:
            NotFound: code 201.
            Unsupported: codes 214, 219.
            InvalidRequest: code 233.

        Platform action: `/tracker/datalogger/upload`
        """
        params = {"tracker_id": tracker_id, "file": as_upload(file)}
        await self._caller.call(UPLOAD, params, timeout=timeout, lane=lane)
