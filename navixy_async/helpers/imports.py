"""Imports as one call: upload the sheet, start the import, wait for it, and return the rows that failed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from msgspec import UNSET, UnsetType

from ..errors import InvalidInput
from .wait_policy import WaitPolicy

if TYPE_CHECKING:
    from ..api.models.vehicle import ImportProcess
    from ..api.resources import Resources
    from ..files import FileBytes, UploadSource
    from ..operations import Lane

_ENDED = frozenset(("done", "failed", "finished"))


@dataclass(frozen=True, slots=True)
class ImportDone:
    """An import that has ended.

    Attributes:
        process: what the platform says about it: `status`, and `progress` with counts and the first errors.
        failed_rows: a file of the rows that the platform could not take; None if it took all of them.
    """

    process: ImportProcess
    failed_rows: FileBytes | None

    @property
    def complete(self) -> bool:
        """Whether every row was taken."""
        return self.process.status != "failed" and self.failed_rows is None


class Imports:
    """Imports spreadsheets; `account.imports`. One at a time for a credential, because the platform runs no more.

    A cancelled call stops waiting; the platform cannot stop an import that has begun.
    They may raise DeadlineExceeded, Conflict (the same file twice), InvalidRequest, and whatever calls raise.
    """

    __slots__ = ("_of", "_reserve")

    def __init__(self, of: Resources, reserve: Callable[[str, float], AbstractAsyncContextManager[None]]) -> None:
        self._of = of
        self._reserve = reserve

    async def employees(
        self,
        file: UploadSource,
        headers: Iterable[str],
        *,
        user_headers: Iterable[str] | UnsetType = UNSET,
        progress: Callable[[ImportProcess], None] | None = None,
        timeout: float = 3600.0,
        lane: Lane | None = None,
    ) -> ImportDone:
        """Import employees.

        Args:
            file: the spreadsheet.
            headers: what its columns mean, in their order.
            user_headers: what its columns are called, in their order.
            progress: called with each new state of the import.
            timeout: seconds for everything.
            lane: urgency, if other than the account's.

        Platform actions: `/data/spreadsheet/parse`, `/employee/import/start`, `read`, `download_failed`
        """
        return await self._run(
            self._of.employee.import_,
            file,
            list(headers),
            user_headers=user_headers,
            progress=progress,
            timeout=timeout,
            lane=lane,
        )

    async def vehicles(
        self,
        file: UploadSource,
        headers: Iterable[str],
        *,
        user_headers: Iterable[str] | UnsetType = UNSET,
        progress: Callable[[ImportProcess], None] | None = None,
        timeout: float = 3600.0,
        lane: Lane | None = None,
    ) -> ImportDone:
        """Import vehicles; the same as :meth:`employees`.

        Platform actions: `/data/spreadsheet/parse`, `/vehicle/import/start`, `read`, `download_failed`
        """
        return await self._run(
            self._of.vehicle.import_,
            file,
            list(headers),
            user_headers=user_headers,
            progress=progress,
            timeout=timeout,
            lane=lane,
        )

    async def _run(
        self,
        resource: Any,
        file: UploadSource,
        headers: list[str],
        *,
        user_headers: Iterable[str] | UnsetType,
        progress: Callable[[ImportProcess], None] | None,
        timeout: float,
        lane: Lane | None,
    ) -> ImportDone:
        if not headers:
            raise InvalidInput("headers is empty: say what the columns of the sheet mean, in their order")
        waits = WaitPolicy(timeout, "import/start")
        names = user_headers if isinstance(user_headers, UnsetType) else list(user_headers)
        sheet = await self._of.data.spreadsheet.parse(file, 1, True, timeout=waits.remaining, lane=lane)
        if sheet.file_id is None:
            raise InvalidInput("the platform could not read the spreadsheet: its answer has no file id")
        stored = str(sheet.file_id)
        async with self._reserve("import", waits.remaining):
            process_id = await waits.start(
                lambda: resource.start(stored, headers, user_headers=names, timeout=waits.remaining, lane=lane)
            )
            seen: Any = None
            while True:
                process: ImportProcess = await resource.read(process_id, timeout=waits.remaining, lane=lane)
                if (process.status, process.progress) != seen:
                    seen = (process.status, process.progress)
                    waits.poll_sooner()
                    if progress is not None:
                        progress(process)
                if process.status in _ENDED:
                    break
                await waits.pause()
        failed = 0 if process.progress is None else process.progress.failed
        rows = await resource.download_failed(process_id, timeout=waits.remaining, lane=lane) if failed else None
        return ImportDone(process, rows)
