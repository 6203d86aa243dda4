"""The actions under `/report`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Literal, TypeAlias

from msgspec import UNSET, UnsetType

from ...operations import Lane, Operation, Replay
from ..checks import exactly_one, listed, sent, window, without
from ..models.report import (
    ReportBody,
    ReportInfo,
    ReportSchedule,
    ReportScheduleCreateAnswer,
    ReportScheduleListAnswer,
    ReportTrackerGenerateAnswer,
    ReportTrackerListAnswer,
    ReportTrackerRetrieveAnswer,
    ReportTrackerStatusAnswer,
    TimeFilter,
)
from ..models.report_plugins import ReportPlugin
from ..noun import Download, Noun, present

TrackerFormat: TypeAlias = Literal["xls", "xlsx", "pdf"]

Geocoder: TypeAlias = Literal["google", "yandex", "progorod", "osm", "locationiq"]

SCHEDULE_CREATE: Operation[ReportScheduleCreateAnswer] = Operation("report/schedule/create", ReportScheduleCreateAnswer)
SCHEDULE_DELETE: Operation[dict[str, Any]] = Operation("report/schedule/delete", dict[str, Any])
SCHEDULE_LIST: Operation[ReportScheduleListAnswer] = Operation(
    "report/schedule/list", ReportScheduleListAnswer, replay=Replay.READ
)
SCHEDULE_UPDATE: Operation[dict[str, Any]] = Operation(
    "report/schedule/update", dict[str, Any], replay=Replay.IDEMPOTENT
)
TRACKER_DELETE: Operation[dict[str, Any]] = Operation("report/tracker/delete", dict[str, Any])
TRACKER_DOWNLOAD: Operation[bytes] = Operation("report/tracker/download", bytes, replay=Replay.READ)
TRACKER_GENERATE: Operation[ReportTrackerGenerateAnswer] = Operation(
    "report/tracker/generate", ReportTrackerGenerateAnswer, cap="report"
)
TRACKER_LIST: Operation[ReportTrackerListAnswer] = Operation(
    "report/tracker/list", ReportTrackerListAnswer, replay=Replay.READ
)
TRACKER_RETRIEVE: Operation[ReportTrackerRetrieveAnswer] = Operation(
    "report/tracker/retrieve", ReportTrackerRetrieveAnswer, replay=Replay.READ
)
TRACKER_STATUS: Operation[ReportTrackerStatusAnswer] = Operation(
    "report/tracker/status", ReportTrackerStatusAnswer, replay=Replay.READ
)
SCHEDULE_UPDATE_SCHEDULE_WITHOUT = ("fire_time", "last_result")


class ReportActions(Noun):
    """Actions under `/report`. Reports: made in the background, read or downloaded when they are ready."""

    __slots__ = ()

    @property
    def schedule(self) -> ReportScheduleActions:
        """Actions under `/report/schedule`."""
        return ReportScheduleActions(self._caller)

    @property
    def tracker(self) -> ReportTrackerActions:
        """Actions under `/report/tracker`."""
        return ReportTrackerActions(self._caller)


class ReportScheduleActions(Noun):
    """Actions under `/report/schedule`."""

    __slots__ = ()

    async def create(
        self,
        schedule: ReportSchedule | Mapping[str, Any],
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> int:
        """Have a report made regularly, and give the schedule's id.

        Sub-users need the right reports.

        Args:
            schedule: the schedule.

        Raises:
            BatchPoisoned: code 217.
            NotFound: code 222.
            TariffRestricted: code 236.

        Platform action: `/report/schedule/create`
        """
        params = {"schedule": schedule}
        answer = await self._caller.call(SCHEDULE_CREATE, params, timeout=timeout, lane=lane)
        return present(answer.id, SCHEDULE_CREATE, "id")

    async def delete(
        self,
        schedule_id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Stop making a report regularly.

        Sub-users need the right reports.

        Args:
            schedule_id: id of the schedule.

        Raises:
            NotFound: code 201.

        Platform action: `/report/schedule/delete`
        """
        params = {"schedule_id": schedule_id}
        await self._caller.call(SCHEDULE_DELETE, params, timeout=timeout, lane=lane)

    async def list(self, *, timeout: float | None = None, lane: Lane | None = None) -> builtins.list[ReportSchedule]:
        """List the schedules of reports.

        Sub-users need the right reports.

        Platform action: `/report/schedule/list`
        """
        answer = await self._caller.call(SCHEDULE_LIST, timeout=timeout, lane=lane)
        return present(answer.list, SCHEDULE_LIST, "list")

    async def update(
        self,
        schedule: ReportSchedule | Mapping[str, Any],
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Replace a schedule of reports.

        Sub-users need the right reports. Whether what is left out stays is not documented: send the whole as it was
        read, with your changes. It does not take fire_time, last_result (of `schedule`): structs are sent without.

        Args:
            schedule: the schedule.

        Raises:
            BatchPoisoned: code 217.
            NotFound: code 222.
            TariffRestricted: code 236.

        Platform action: `/report/schedule/update`
        """
        params = {"schedule": without(schedule, SCHEDULE_UPDATE_SCHEDULE_WITHOUT)}
        await self._caller.call(SCHEDULE_UPDATE, params, timeout=timeout, lane=lane)


class ReportTrackerActions(Noun):
    """Actions under `/report/tracker`."""

    __slots__ = ()

    async def delete(
        self,
        report_id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Delete a report, also one that is still in the making.

        Sub-users need the right reports.

        Args:
            report_id: id of the report.

        Raises:
            AccessDenied: code 101.

        Platform action: `/report/tracker/delete`
        """
        params = {"report_id": report_id}
        await self._caller.call(TRACKER_DELETE, params, timeout=timeout, lane=lane)

    def download(
        self,
        report_id: int,
        format: TrackerFormat | str,
        *,
        headless: bool | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> Download:
        """Make a file of a finished report.

        Sub-users need the right reports.

        Args:
            report_id: id of the report.
            format: file format; documented: xls, xlsx, pdf.
            headless: without headings, for programs that read the file; the platform's default: false.

        Returns:
            The file's bytes (xls, xlsx, pdf).

        Raises:
            NotFound: code 204.
            NotReady: code 229.

        Platform action: `/report/tracker/download`
        """
        params = sent({"report_id": report_id, "format": format, "headless": headless})
        return Download(self._caller, TRACKER_DOWNLOAD, params, timeout=timeout, lane=lane)

    async def generate(
        self,
        *,
        from_: datetime,
        to: datetime,
        time_filter: TimeFilter | Mapping[str, Any],
        plugin: ReportPlugin | Mapping[str, Any],
        title: str | UnsetType | None = UNSET,
        geocoder: Geocoder | str | UnsetType = UNSET,
        trackers: Iterable[int] | UnsetType = UNSET,
        employees: Iterable[int] | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> int:
        """Start to make a report, and give its id; `account.reports` does the whole of it in one call.

        Sub-users need the right reports.

        Args:
            from_: start of the period, with its time zone.
            to: end of the period, with its time zone.
            time_filter: which hours and days of the week count.
            plugin: the report.
            title: title of the report.
            geocoder: which service turns places into addresses; documented: google, yandex, progorod, osm, locationiq.
            trackers: ids of trackers; exactly one of trackers, employees.
            employees: ids of employees; exactly one of trackers, employees.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.
            RateLimited: code 15.
            SpanTooBig: code 211.
            BatchPoisoned: code 217.
            NotFound: code 222.
            TariffRestricted: code 236.

        Platform action: `/report/tracker/generate`
        """
        exactly_one(trackers=trackers, employees=employees)
        window(from_, to)
        params = sent(
            {
                "from": from_,
                "to": to,
                "title": title,
                "geocoder": geocoder,
                "trackers": listed("trackers", trackers),
                "employees": listed("employees", employees),
                "time_filter": time_filter,
                "plugin": plugin,
            }
        )
        answer = await self._caller.call(TRACKER_GENERATE, params, timeout=timeout, lane=lane)
        return present(answer.id, TRACKER_GENERATE, "id")

    async def list(self, *, timeout: float | None = None, lane: Lane | None = None) -> builtins.list[ReportInfo]:
        """List the reports, those in the making included.

        Sub-users need the right reports.

        Platform action: `/report/tracker/list`
        """
        answer = await self._caller.call(TRACKER_LIST, timeout=timeout, lane=lane)
        return present(answer.list, TRACKER_LIST, "list")

    async def retrieve(
        self,
        report_id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> ReportBody:
        """Read a finished report.

        Sub-users need the right reports.

        Args:
            report_id: id of the report.

        Raises:
            NotFound: code 204.
            NotReady: code 229.

        Platform action: `/report/tracker/retrieve`
        """
        params = {"report_id": report_id}
        answer = await self._caller.call(TRACKER_RETRIEVE, params, timeout=timeout, lane=lane)
        return present(answer.report, TRACKER_RETRIEVE, "report")

    async def status(
        self,
        report_id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> int | float:
        """Read how far a report is, in percent.

        Sub-users need the right reports.

        Args:
            report_id: id of the report.

        Raises:
            NotFound: code 204.

        Platform action: `/report/tracker/status`
        """
        params = {"report_id": report_id}
        answer = await self._caller.call(TRACKER_STATUS, params, timeout=timeout, lane=lane)
        return present(answer.percent_ready, TRACKER_STATUS, "percent_ready")
