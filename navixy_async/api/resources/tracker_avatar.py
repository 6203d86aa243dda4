"""The actions under `/tracker/avatar`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

from ...files import UploadSource, as_upload
from ...operations import Lane, Operation
from ..models.tracker_avatar import TrackerAvatarUploadAnswer
from ..noun import Noun, present

UPLOAD: Operation[TrackerAvatarUploadAnswer] = Operation(
    "tracker/avatar/upload", TrackerAvatarUploadAnswer, encoding="multipart"
)


class TrackerAvatarActions(Noun):
    """Actions under `/tracker/avatar`. Pictures of trackers."""

    __slots__ = ()

    async def upload(
        self,
        tracker_id: int,
        file: UploadSource,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> str:
        """Upload a picture of a tracker.

        Sub-users need the right tracker_update.

        Args:
            tracker_id: id of the tracker.
            file: the file: a path, bytes, an asynchronous iterator of bytes, or an `Upload` with name and type.

        Raises:
            NotFound: code 201.
            TrackerBlocked: code 208.
            InvalidRequest: codes 233, 234.
            ServerFault: code 254.

        Platform action: `/tracker/avatar/upload`
        """
        params = {"tracker_id": tracker_id, "file": as_upload(file)}
        answer = await self._caller.call(UPLOAD, params, timeout=timeout, lane=lane)
        return present(answer.value, UPLOAD, "value")
