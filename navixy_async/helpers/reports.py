"""Reports as one call: started, waited for, read or downloaded, and deleted again, whatever happens."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from msgspec import UNSET, UnsetType

from ..errors import NavixyError
from .wait_policy import WaitPolicy

if TYPE_CHECKING:
    from ..api.models.report import ReportBody, TimeFilter
    from ..api.models.report_plugins import ReportPlugin
    from ..api.resources import Resources
    from ..files import FileBytes, SavedFile
    from ..operations import Lane

WHOLE_DAY: Mapping[str, Any] = {"from": "00:00:00", "to": "23:59:59", "weekdays": [1, 2, 3, 4, 5, 6, 7]}
"""A time filter that lets everything through."""

Progress = Callable[[int], None]


class Reports:
    """Makes reports; `account.reports`. One at a time for a credential, because the platform makes no more.

    Every method takes the report itself (`plugin`: a struct of `navixy_async.api.models.report_plugins`, or a mapping
    with its `plugin_id`), the period ``[from_, to)``, and trackers or employees. `timeout` covers everything, other
    reports that are waited for included; `progress` is called with the percentage whenever it has grown. A report that
    is cancelled, too late or done is deleted on the platform.

    They may raise DeadlineExceeded, SpanTooBig, BatchPoisoned, TariffRestricted, and what calls raise.
    """

    __slots__ = ("_close", "_hold", "_of")

    def __init__(
        self, of: Resources, hold: Callable[[str, float], AbstractAsyncContextManager[None]], *, close: float
    ) -> None:
        self._of = of
        self._hold = hold
        self._close = close

    async def read(
        self,
        plugin: ReportPlugin | Mapping[str, Any],
        from_: datetime,
        to: datetime,
        *,
        trackers: Iterable[int] | UnsetType = UNSET,
        employees: Iterable[int] | UnsetType = UNSET,
        time_filter: TimeFilter | Mapping[str, Any] = WHOLE_DAY,
        title: str | UnsetType = UNSET,
        geocoder: str | UnsetType = UNSET,
        progress: Progress | None = None,
        timeout: float = 3600.0,
        lane: Lane | None = None,
    ) -> ReportBody:
        """Make a report and read it.

        Platform actions: `/report/tracker/generate`, `status`, `retrieve`, `delete`
        """
        waits = WaitPolicy(timeout, "report/tracker/generate")
        given: dict[str, Any] = {"trackers": trackers, "employees": employees, "title": title, "geocoder": geocoder}
        given |= {"plugin": plugin, "from_": from_, "to": to, "time_filter": time_filter, "lane": lane}
        async with self._made(waits, given, progress) as report:
            return await self._of.report.tracker.retrieve(report, timeout=waits.remaining, lane=lane)

    async def download(
        self,
        plugin: ReportPlugin | Mapping[str, Any],
        from_: datetime,
        to: datetime,
        *,
        format: Literal["xls", "xlsx", "pdf"] = "xlsx",
        trackers: Iterable[int] | UnsetType = UNSET,
        employees: Iterable[int] | UnsetType = UNSET,
        time_filter: TimeFilter | Mapping[str, Any] = WHOLE_DAY,
        title: str | UnsetType = UNSET,
        geocoder: str | UnsetType = UNSET,
        progress: Progress | None = None,
        timeout: float = 3600.0,
        lane: Lane | None = None,
    ) -> FileBytes:
        """Make a report and give the bytes of its file.

        Platform actions: `/report/tracker/generate`, `status`, `download`, `delete`
        """
        waits = WaitPolicy(timeout, "report/tracker/generate")
        given: dict[str, Any] = {"trackers": trackers, "employees": employees, "title": title, "geocoder": geocoder}
        given |= {"plugin": plugin, "from_": from_, "to": to, "time_filter": time_filter, "lane": lane}
        async with self._made(waits, given, progress) as report:
            return await self._of.report.tracker.download(report, format, timeout=waits.remaining, lane=lane)

    async def save(
        self,
        path: str | os.PathLike[str],
        plugin: ReportPlugin | Mapping[str, Any],
        from_: datetime,
        to: datetime,
        *,
        format: Literal["xls", "xlsx", "pdf"] = "xlsx",
        overwrite: bool = True,
        trackers: Iterable[int] | UnsetType = UNSET,
        employees: Iterable[int] | UnsetType = UNSET,
        time_filter: TimeFilter | Mapping[str, Any] = WHOLE_DAY,
        title: str | UnsetType = UNSET,
        geocoder: str | UnsetType = UNSET,
        progress: Progress | None = None,
        timeout: float = 3600.0,
        lane: Lane | None = None,
    ) -> SavedFile:
        """Make a report and save its file under `path`, whole or not at all.

        Platform actions: `/report/tracker/generate`, `status`, `download`, `delete`
        """
        waits = WaitPolicy(timeout, "report/tracker/generate")
        given: dict[str, Any] = {"trackers": trackers, "employees": employees, "title": title, "geocoder": geocoder}
        given |= {"plugin": plugin, "from_": from_, "to": to, "time_filter": time_filter, "lane": lane}
        async with self._made(waits, given, progress) as report:
            file = self._of.report.tracker.download(report, format, timeout=waits.remaining, lane=lane)
            return await file.save(path, overwrite=overwrite)

    @asynccontextmanager
    async def _made(self, waits: WaitPolicy, given: dict[str, Any], progress: Progress | None) -> AsyncIterator[int]:
        """The id of a finished report, which is deleted afterwards."""
        tracker, lane = self._of.report.tracker, given["lane"]
        for name in ("trackers", "employees"):
            # It may be asked for more than once, while other reports are waited for.
            given[name] = given[name] if isinstance(given[name], UnsetType) else list(given[name])
        async with self._hold("report", waits.remaining):
            report = await waits.start(lambda: self._generate(given, waits.remaining))
            try:
                reached = -1
                while reached < 100:
                    percent = int(await tracker.status(report, timeout=waits.remaining, lane=lane))
                    if percent > reached:
                        reached = percent
                        waits.poll_sooner()
                        if progress is not None:
                            progress(reached)
                    if reached < 100:
                        await waits.pause()
            except BaseException:
                # Deleted before the next report may start: the platform still counts this one.
                await self._delete(report)
                raise
        try:
            yield report
        finally:
            await self._delete(report)

    async def _generate(self, given: dict[str, Any], timeout: float) -> int:
        """Have a report made; cancelled while the answer is on its way, wait for the id and delete what it names."""
        asked = asyncio.ensure_future(self._of.report.tracker.generate(**given, timeout=timeout))
        try:
            return await asyncio.shield(asked)
        except asyncio.CancelledError:
            try:
                async with asyncio.timeout(self._close):
                    report = await asked
            except (NavixyError, TimeoutError):
                pass
            else:
                await self._delete(report)
            raise

    async def _delete(self, report: int) -> None:
        try:
            async with asyncio.timeout(self._close):
                await self._of.report.tracker.delete(report, timeout=self._close)
        except (NavixyError, TimeoutError):
            # The platform deletes old reports itself; what the caller waits for matters more.
            return
