"""Imports as one call: upload the sheet, start the import, wait for it, and return the rows that failed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from msgspec import UNSET, Struct, UnsetType

from ..errors import ApiError, Conflict, InvalidInput, NavixyError, NotFound
from . import wait_policy
from .wait_policy import WaitPolicy

if TYPE_CHECKING:
    from ..api.models.vehicle import ImportProcess
    from ..api.resources import Resources
    from ..files import FileBytes, UploadSource
    from ..operations import Lane

log = logging.getLogger("navixy_async")

_ENDED = frozenset(("done", "failed", "finished"))


@dataclass(frozen=True, slots=True)
class RowRemark:
    """What the platform says about one row of a sheet.

    Attributes:
        line: number of the line in the file; None if the platform does not name it.
        message: what is wrong with it, or remarkable.
    """

    line: int | None
    message: str


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

    @property
    def errors(self) -> list[RowRemark]:
        """Rows that were not taken, with the reason; the platform names the first 25."""
        return _remarks(_member(self.process.progress, "errors"))

    @property
    def warnings(self) -> list[RowRemark]:
        """Rows that were taken with a remark; the platform names the first 25."""
        return _remarks(_member(self.process.progress, "warnings"))


class ImportOptions(TypedDict, total=False):
    """How a sheet is imported, by keyword."""

    user_headers: Iterable[str] | UnsetType
    """What its columns are called, in their order; as many as `headers`."""
    progress: Callable[[ImportProcess], None] | None
    """Called with each new state of the import."""
    timeout: float
    """Seconds for everything; an hour if not given."""
    lane: Lane | None
    """Urgency, if other than the account's."""


class Imports:
    """Imports spreadsheets; `account.imports`. One at a time for a credential, because the platform runs no more.

    A cancelled call stops waiting; the platform cannot stop an import that has begun.
    They may raise DeadlineExceeded, Conflict (the same file twice), InvalidRequest, and whatever calls raise.
    """

    __slots__ = ("_close", "_of", "_reserve")

    def __init__(
        self, of: Resources, reserve: Callable[[str, float], AbstractAsyncContextManager[None]], *, close: float = 5.0
    ) -> None:
        self._of = of
        self._reserve = reserve
        self._close = close

    async def employees(
        self, file: UploadSource, headers: Iterable[str], **options: Unpack[ImportOptions]
    ) -> ImportDone:
        """Import employees.

        Args:
            file: the spreadsheet.
            headers: what its columns mean, in their order.
            options: `user_headers`, `progress`, `timeout` and `lane`; see :class:`ImportOptions`.

        Platform actions: `/data/spreadsheet/parse`, `/employee/import/start`, `read`, `download_failed`
        """
        return await self._run("employees", self._of.employee.import_, file, list(headers), options)

    async def vehicles(
        self, file: UploadSource, headers: Iterable[str], **options: Unpack[ImportOptions]
    ) -> ImportDone:
        """Import vehicles; the same as :meth:`employees`.

        Platform actions: `/data/spreadsheet/parse`, `/vehicle/import/start`, `read`, `download_failed`
        """
        return await self._run("vehicles", self._of.vehicle.import_, file, list(headers), options)

    async def places(self, file: UploadSource, headers: Iterable[str], **options: Unpack[ImportOptions]) -> ImportDone:
        """Import places; the same as :meth:`employees`, and the import is finished on the platform at the end.

        Args:
            file: the spreadsheet.
            headers: for each column one of label, address, lat and lng (degrees), radius (m, 100 if there is none),
                description, tags, the id of a custom field as text, or undefined. A missing address or position is
                looked up; tags that do not exist are created.
            options: `user_headers`, `progress`, `timeout` and `lane`; see :class:`ImportOptions`.

        Platform actions: `/data/spreadsheet/parse`, `/place/import/start`, `read`, `download_failed`, `finish`
        """
        return await self._run("places", self._of.place.import_, file, list(headers), options)

    async def zones(self, file: UploadSource, headers: Iterable[str], **options: Unpack[ImportOptions]) -> ImportDone:
        """Import geofences, all of them circles; the same as :meth:`places`, without description and custom fields.

        Platform actions: `/data/spreadsheet/parse`, `/zone/import/start`, `read`, `download_failed`, `finish`
        """
        return await self._run("zones", self._of.zone.import_, file, list(headers), options)

    async def _run(
        self, what: str, actions: Any, file: UploadSource, headers: list[str], options: ImportOptions
    ) -> ImportDone:
        user_headers = options.get("user_headers", UNSET)
        names = user_headers if isinstance(user_headers, UnsetType) else list(user_headers)
        _check(headers, names)
        waits = WaitPolicy(options.get("timeout", 3600.0), "import/start")
        lane = options.get("lane")
        sheet = await self._of.data.spreadsheet.parse(file, 1, True, timeout=waits.remaining, lane=lane)
        if sheet.file_id is None:
            raise InvalidInput("the platform could not read the spreadsheet: its answer has no file id")
        stored = str(sheet.file_id)
        cleaning = _Finishing(what, actions, self._close)
        async with self._reserve("import", waits.remaining):
            process_id = await waits.start(
                lambda: cleaning.started(
                    actions.start(stored, headers, user_headers=names, timeout=waits.remaining, lane=lane)
                )
            )
            try:
                process = await _wait(actions, process_id, waits, options.get("progress"), lane)
                rows = None
                if _member(process.progress, "failed"):
                    rows = await actions.download_failed(process_id, timeout=waits.remaining, lane=lane)
            finally:
                await cleaning.finish(process_id)
        return ImportDone(process, rows)


class _Finishing:
    """Finishes imports on the platform, where that is an action: else they stay in the list of those under way."""

    def __init__(self, what: str, actions: Any, within: float) -> None:
        self._what = what
        self._actions = actions
        self._within = within

    async def started(self, starting: Any) -> int:
        """The id of an import; if cancelled while the answer is on its way, wait for it and finish what it names."""
        sent = asyncio.ensure_future(starting)
        try:
            return int(await asyncio.shield(sent))
        except asyncio.CancelledError:
            try:
                async with asyncio.timeout(self._within):
                    process_id = int(await sent)
            except ApiError:
                pass  # refused: there is nothing to finish
            except (NavixyError, TimeoutError, asyncio.CancelledError):
                log.warning("an import of %s may have started, and nobody waits for it: look at the list", self._what)
            else:
                await self.finish(process_id)
            raise

    async def finish(self, process_id: int) -> None:
        """Finish it, as far as that can be done in a moment: not while it runs, and it cannot be stopped."""
        finish = getattr(self._actions, "finish", None)
        if finish is None:
            return
        finishing = asyncio.ensure_future(self._finish(finish, process_id))
        try:
            await asyncio.shield(finishing)
        except asyncio.CancelledError:
            await finishing
            raise

    async def _finish(self, finish: Any, process_id: int) -> None:
        try:
            async with asyncio.timeout(self._within):
                while True:
                    try:
                        await finish(process_id, timeout=self._within)
                    except Conflict:  # code 280: it runs
                        await asyncio.sleep(wait_policy.FIRST)
                    else:
                        return
        except NotFound:
            return  # somebody else has finished it
        except asyncio.CancelledError:
            self._say(process_id, "finishing it was cancelled")
            raise
        except TimeoutError:
            self._say(process_id, "it still runs")
        except NavixyError as error:
            self._say(process_id, str(error))

    def _say(self, process_id: int, why: str) -> None:
        log.warning("the import %s of %s is not finished and stays in the list: %s", process_id, self._what, why)


async def _wait(
    actions: Any,
    process_id: int,
    waits: WaitPolicy,
    progress: Callable[[ImportProcess], None] | None,
    lane: Lane | None,
) -> ImportProcess:
    """The import when it has ended."""
    seen: Any = None
    while True:
        process: ImportProcess = await actions.read(process_id, timeout=waits.remaining, lane=lane)
        if (process.status, process.progress) != seen:
            seen = (process.status, process.progress)
            waits.poll_sooner()
            if progress is not None:
                progress(process)
        if isinstance(process.status, str) and process.status in _ENDED:
            return process
        await waits.pause()


def _check(headers: list[str], user_headers: list[str] | UnsetType) -> None:
    if not headers:
        raise InvalidInput("headers is empty: say what the columns of the sheet mean, in their order")
    if not isinstance(user_headers, UnsetType) and len(user_headers) != len(headers):
        raise InvalidInput(
            f"user_headers names {len(user_headers)} columns, but headers {len(headers)}: give one for each column"
        )


def _remarks(rows: Any) -> list[RowRemark]:
    """Remarks on rows, which call their text `message` or `error`; one of another shape is all text."""
    return [_remark(row) for row in rows] if isinstance(rows, list) else []


def _remark(row: Any) -> RowRemark:
    line, message = _member(row, "line"), _member(row, "message") or _member(row, "error")
    if message is None and not isinstance(row, Struct | dict):
        message = row
    return RowRemark(line if isinstance(line, int) else None, "" if message is None else str(message))


def _member(of: Any, name: str) -> Any:
    """A member of what may have been read leniently, and so be anything; None if it has none of that name."""
    return of.get(name) if isinstance(of, dict) else getattr(of, name, None)
