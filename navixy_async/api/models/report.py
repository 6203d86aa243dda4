"""Structs of `report`. Reports: made in the background, read or downloaded when they are ready.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins
from datetime import datetime
from typing import TYPE_CHECKING, Any

from msgspec import Raw, field

from ..model import ABSENT, Always, Model
from .common import Location
from .report_plugins import REPORT_PLUGIN, ReportPlugin


class TimeFilter(Model, kw_only=True):
    """Which hours and days of the week a report is about.

    Attributes:
        from_: `from` on the wire.
    """

    from_: str | None = field(default=None, name="from")
    to: str | None = None
    weekdays: list[int] | None = None


class ReportCell(Model, kw_only=True):
    """A cell of a report.

    Attributes:
        v: its text.
        raw: its value: a number, or seconds since 1970.
    """

    v: str | None = None
    raw: Any = None
    type: str | None = None
    name: str | None = None
    highlight: bool | None = None
    location: Location | None = None


class ReportRows(Model, kw_only=True):
    """Rows of a table, with their total."""

    rows: list[dict[str, ReportCell]] | None = None
    total: dict[str, Any] | None = None
    header: str | None = None


class ReportColumn(Model, kw_only=True, gc=False):
    """A column of a table."""

    align: str | None = None
    field: str | None = None
    title: str | None = None
    width: int | None = None
    weight: int | None = None
    highlight_min_max: bool | None = None


class ReportSection(Model, kw_only=True):
    """A table, a text or a chart of a sheet."""

    data: list[ReportRows] | None = None
    type: str | None = None
    header: str | None = None
    columns: list[ReportColumn] | None = None
    column_groups: list[Any] | None = None
    rows: list[ReportCell] | None = None
    text: str | None = None
    style: str | None = None


class ReportSheet(Model, kw_only=True):
    """A sheet of a report, about one tracker as a rule."""

    header: str | None = None
    sections: list[ReportSection] | None = None
    entity_ids: list[int] | None = None
    additional_field: str | None = None


class ReportBody(Model, kw_only=True):
    """A finished report.

    Attributes:
        from_: `from` on the wire.
    """

    created: datetime | None = None
    time_filter: TimeFilter | None = None
    title: str | None = None
    id: Always[int] = ABSENT
    sheets: list[ReportSheet] | None = None
    from_: datetime | None = field(default=None, name="from")
    to: datetime | None = None


class ReportInfoParametersLocaleInfo(Model, kw_only=True, gc=False):
    """The `locale_info` of `ReportInfoParameters`."""

    locale: str | None = None
    time_zone: str | None = None
    measurement_system: str | None = None


class ReportInfoParameters(Model, kw_only=True):
    """The `parameters` of `ReportInfo`."""

    trackers: list[int] | None = None
    if TYPE_CHECKING:
        plugins: list[ReportPlugin] | None = None
    else:
        plugins: Raw = ABSENT
    locale_info: ReportInfoParametersLocaleInfo | None = None
    geocoder: str | None = None

    def __post_init__(self) -> None:
        self.plugins = REPORT_PLUGIN.many(self.plugins)


class ReportInfo(Model, kw_only=True):
    """A report, finished or in the making.

    Attributes:
        percent: in percent.
        from_: `from` on the wire.
    """

    created: str | None = None
    time_filter: TimeFilter | None = None
    title: str | None = None
    id: Always[int] = ABSENT
    parameters: ReportInfoParameters | None = None
    percent: int | float | None = None
    type: str | None = None
    from_: str | None = field(default=None, name="from")
    to: str | None = None


class ReportScheduleParametersSchedule(Model, kw_only=True):
    """The `schedule` of `ReportScheduleParameters`."""

    type: str | None = None
    weekdays: list[int] | None = None


class ReportScheduleParametersReport(Model, kw_only=True):
    """The `report` of `ReportScheduleParameters`."""

    trackers: list[int] | None = None
    title: str | None = None
    time_filter: TimeFilter | None = None
    geocoder: str | None = None
    if TYPE_CHECKING:
        plugin: ReportPlugin | None = None
    else:
        plugin: Raw = ABSENT

    def __post_init__(self) -> None:
        self.plugin = REPORT_PLUGIN.one(self.plugin)


class ReportScheduleParameters(Model, kw_only=True):
    """The `parameters` of `ReportSchedule`.

    Attributes:
        email_format: one of pdf, xls.
    """

    period: str | None = None
    emails: list[str] | None = None
    email_format: str | None = None
    sending_time: str | None = None
    schedule: ReportScheduleParametersSchedule | None = None
    report: ReportScheduleParametersReport | None = None
    email_zip: bool | None = None


class ReportScheduleLastResult(Model, kw_only=True, gc=False):
    """The `last_result` of `ReportSchedule`."""

    id: Always[int] = ABSENT
    success: bool | None = None


class ReportSchedule(Model, kw_only=True):
    """A report schedule."""

    id: Always[int] = ABSENT
    enabled: bool | None = None
    parameters: ReportScheduleParameters | None = None
    fire_time: str | None = None
    last_result: ReportScheduleLastResult | None = None


class ReportScheduleCreateAnswer(Model, kw_only=True, gc=False):
    """What `/report/schedule/create` answers."""

    id: Always[int] = ABSENT


class ReportScheduleListAnswer(Model, kw_only=True):
    """What `/report/schedule/list` answers."""

    list: Always[builtins.list[ReportSchedule]] = ABSENT


class ReportTrackerGenerateAnswer(Model, kw_only=True, gc=False):
    """What `/report/tracker/generate` answers."""

    id: Always[int] = ABSENT


class ReportTrackerListAnswer(Model, kw_only=True):
    """What `/report/tracker/list` answers."""

    list: Always[builtins.list[ReportInfo]] = ABSENT


class ReportTrackerRetrieveAnswer(Model, kw_only=True):
    """What `/report/tracker/retrieve` answers."""

    report: Always[ReportBody] = ABSENT


class ReportTrackerStatusAnswer(Model, kw_only=True, gc=False):
    """What `/report/tracker/status` answers.

    Attributes:
        percent_ready: in percent.
    """

    percent_ready: Always[int | float] = ABSENT
