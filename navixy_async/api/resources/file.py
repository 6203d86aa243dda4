"""The actions under `/file`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

from ...operations import Lane, Operation, Replay
from ..models.file import FileStatsReadAnswer, FileStatsReadValue
from ..noun import Noun, present

STATS_READ: Operation[FileStatsReadAnswer] = Operation("file/stats/read", FileStatsReadAnswer, replay=Replay.READ)


class FileActions(Noun):
    """Actions under `/file`. The file storage of the account."""

    __slots__ = ()

    @property
    def stats(self) -> FileStatsActions:
        """Actions under `/file/stats`."""
        return FileStatsActions(self._caller)


class FileStatsActions(Noun):
    """Actions under `/file/stats`."""

    __slots__ = ()

    async def read(self, *, timeout: float | None = None, lane: Lane | None = None) -> FileStatsReadValue:
        """Read how much of the file storage is taken.

        Platform action: `/file/stats/read`
        """
        answer = await self._caller.call(STATS_READ, timeout=timeout, lane=lane)
        return present(answer.value, STATS_READ, "value")
