"""Reports as one call: started, waited for, read or downloaded, and deleted again, whatever happens."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, TypedDict

from msgspec import UNSET, UnsetType

from ..errors import NavixyError
from .wait_policy import WaitPolicy

if TYPE_CHECKING:
    from typing import Unpack

    from ..api.models.report import ReportBody, TimeFilter
    from ..api.models.report_plugins import ReportPlugin
    from ..api.resources import Resources
    from ..api.resources.report import ReportTrackerActions
    from ..files import FileBytes, SavedFile
    from ..operations import Lane

WHOLE_DAY: Mapping[str, Any] = {"from": "00:00:00", "to": "23:59:59", "weekdays": [1, 2, 3, 4, 5, 6, 7]}
"""A time filter that excludes nothing."""
_GENERATE = "report/tracker/generate"


class ReportOptions(TypedDict, total=False):
    """What every method of :class:`Reports` takes besides the report and its period."""

    trackers: Iterable[int] | UnsetType
    """Ids of the trackers that the report is about."""
    employees: Iterable[int] | UnsetType
    """Ids of the employees, instead of trackers."""
    time_filter: TimeFilter | Mapping[str, Any]
    """The hours and weekdays that count; all of them by default."""
    title: str | UnsetType
    geocoder: str | UnsetType
    progress: Callable[[int], None] | None
    """Called with the percentage whenever it has grown."""
    timeout: float
    """Seconds for everything, waiting for other reports included; an hour by default."""
    lane: Lane | None
    """Urgency, if other than the account's."""


class Reports:
    """Makes reports; `account.reports`. One at a time for a credential, because the platform makes no more.

    Every method takes the report itself (`plugin`: a struct of `navixy_async.api.models.report_plugins`, or a mapping
    with its `plugin_id`), the period ``[from_, to)``, and the options of :class:`ReportOptions`, among them trackers or
    employees. A report that is cancelled, late or finished with is deleted on the platform.

    They may raise DeadlineExceeded, SpanTooBig, BatchPoisoned, TariffRestricted, and whatever calls raise.
    """

    __slots__ = ("_maker",)

    def __init__(
        self, of: Resources, reserve: Callable[[str, float], AbstractAsyncContextManager[None]], *, close: float
    ) -> None:
        self._maker = _Maker(of, reserve, close)

    def make(
        self,
        plugin: ReportPlugin | Mapping[str, Any],
        from_: datetime,
        to: datetime,
        **options: Unpack[ReportOptions],
    ) -> Report:
        """Describe a report; nothing is sent before it is read, downloaded or saved."""
        options["trackers"] = _listed(options.get("trackers", UNSET))
        options["employees"] = _listed(options.get("employees", UNSET))
        return Report(self._maker, plugin, from_, to, **options)

    async def read(
        self,
        plugin: ReportPlugin | Mapping[str, Any],
        from_: datetime,
        to: datetime,
        **options: Unpack[ReportOptions],
    ) -> ReportBody:
        """Make a report and read it.

        Platform actions: `/report/tracker/generate`, `status`, `retrieve`, `delete`
        """
        return await self.make(plugin, from_, to, **options).read()

    async def download(
        self,
        plugin: ReportPlugin | Mapping[str, Any],
        from_: datetime,
        to: datetime,
        *,
        format: Literal["xls", "xlsx", "pdf"] = "xlsx",
        **options: Unpack[ReportOptions],
    ) -> FileBytes:
        """Make a report and return the bytes of its file.

        Platform actions: `/report/tracker/generate`, `status`, `download`, `delete`
        """
        return await self.make(plugin, from_, to, **options).download(format)

    async def save(
        self,
        path: str | os.PathLike[str],
        plugin: ReportPlugin | Mapping[str, Any],
        from_: datetime,
        to: datetime,
        *,
        format: Literal["xls", "xlsx", "pdf"] = "xlsx",
        overwrite: bool = True,
        **options: Unpack[ReportOptions],
    ) -> SavedFile:
        """Make a report and save its file under `path`, whole or not at all.

        Platform actions: `/report/tracker/generate`, `status`, `download`, `delete`
        """
        return await self.make(plugin, from_, to, **options).save(path, format=format, overwrite=overwrite)


@dataclass(frozen=True, kw_only=True)
class Report:
    """A report that was described: each use makes it on the platform, waits for it, and deletes it again."""

    _maker: _Maker = field(kw_only=False, repr=False)
    plugin: ReportPlugin | Mapping[str, Any] = field(kw_only=False)
    from_: datetime = field(kw_only=False)
    to: datetime = field(kw_only=False)
    trackers: Iterable[int] | UnsetType = UNSET
    employees: Iterable[int] | UnsetType = UNSET
    time_filter: TimeFilter | Mapping[str, Any] = field(default_factory=lambda: WHOLE_DAY)
    title: str | UnsetType = UNSET
    geocoder: str | UnsetType = UNSET
    progress: Callable[[int], None] | None = None
    timeout: float = 3600.0
    lane: Lane | None = None

    async def read(self) -> ReportBody:
        """Make it and read it."""
        waits = WaitPolicy(self.timeout, _GENERATE)
        async with self._maker.finished(self, waits) as report:
            return await self._maker.actions.retrieve(report, timeout=waits.remaining, lane=self.lane)

    async def download(self, format: Literal["xls", "xlsx", "pdf"] = "xlsx") -> FileBytes:
        """Make it and return the bytes of its file."""
        waits = WaitPolicy(self.timeout, _GENERATE)
        async with self._maker.finished(self, waits) as report:
            return await self._maker.actions.download(report, format, timeout=waits.remaining, lane=self.lane)

    async def save(
        self,
        path: str | os.PathLike[str],
        *,
        format: Literal["xls", "xlsx", "pdf"] = "xlsx",
        overwrite: bool = True,
    ) -> SavedFile:
        """Make it and save its file under `path`, whole or not at all."""
        waits = WaitPolicy(self.timeout, _GENERATE)
        async with self._maker.finished(self, waits) as report:
            file = self._maker.actions.download(report, format, timeout=waits.remaining, lane=self.lane)
            return await file.save(path, overwrite=overwrite)


class _Maker:
    """Makes reports on the platform and deletes them there."""

    def __init__(
        self, of: Resources, reserve: Callable[[str, float], AbstractAsyncContextManager[None]], close: float
    ) -> None:
        self._of = of
        self._reserve = reserve
        self._close = close

    @property
    def actions(self) -> ReportTrackerActions:
        """The platform's actions on reports."""
        return self._of.report.tracker

    @asynccontextmanager
    async def finished(self, report: Report, waits: WaitPolicy) -> AsyncIterator[int]:
        """The id of a finished report, which is deleted afterwards."""
        async with self._reserve("report", waits.remaining):
            made = await waits.start(lambda: self._generate(report, waits.remaining))
            try:
                await self._wait(made, report, waits)
            except BaseException:
                # Deleted before the next report may start: the platform still counts this one.
                await self._delete(made)
                raise
        try:
            yield made
        finally:
            await self._delete(made)

    async def _wait(self, made: int, report: Report, waits: WaitPolicy) -> None:
        reached = -1
        while reached < 100:
            percent = int(await self.actions.status(made, timeout=waits.remaining, lane=report.lane))
            if percent > reached:
                reached = percent
                waits.poll_sooner()
                if report.progress is not None:
                    report.progress(reached)
            if reached < 100:
                await waits.pause()

    async def _generate(self, report: Report, timeout: float) -> int:
        """Have a report made; if cancelled while the answer is on its way, wait for the id and delete what it names."""
        sent = asyncio.ensure_future(
            self.actions.generate(
                plugin=report.plugin,
                from_=report.from_,
                to=report.to,
                trackers=report.trackers,
                employees=report.employees,
                time_filter=report.time_filter,
                title=report.title,
                geocoder=report.geocoder,
                lane=report.lane,
                timeout=timeout,
            )
        )
        try:
            return await asyncio.shield(sent)
        except asyncio.CancelledError:
            try:
                async with asyncio.timeout(self._close):
                    made = await sent
            except (NavixyError, TimeoutError):
                pass
            else:
                await self._delete(made)
            raise

    async def _delete(self, made: int) -> None:
        try:
            async with asyncio.timeout(self._close):
                await self.actions.delete(made, timeout=self._close)
        except (NavixyError, TimeoutError):
            # The platform deletes old reports itself; what the caller waits for matters more.
            return


def _listed(ids: Iterable[int] | UnsetType) -> list[int] | UnsetType:
    """`ids` as a list: the platform may be asked more than once while other reports are waited for."""
    return ids if isinstance(ids, UnsetType) else list(ids)
