"""The actions under `/dwh/tracker`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Literal, TypeAlias

from msgspec import UNSET, UnsetType

from ...operations import Lane, Operation, Replay
from ..checks import interval_or_period, listed, sent
from ..models.dwh_tracker import DwhTrackerRawDataGetInputsAnswer
from ..noun import Download, Noun

RawDataFormat: TypeAlias = Literal["csv", "parquet"]

RAW_DATA_GET_INPUTS: Operation[DwhTrackerRawDataGetInputsAnswer] = Operation(
    "tracker/raw_data/get_inputs", DwhTrackerRawDataGetInputsAnswer, api="dwh", replay=Replay.READ
)
RAW_DATA_READ: Operation[bytes] = Operation("tracker/raw_data/read", bytes, api="dwh", replay=Replay.READ)


class DwhTrackerActions(Noun):
    """Actions under `/dwh/tracker`. Raw data of trackers, from the data warehouse."""

    __slots__ = ()

    @property
    def raw_data(self) -> DwhTrackerRawDataActions:
        """Actions under `/dwh/tracker/raw_data`."""
        return DwhTrackerRawDataActions(self._caller)


class DwhTrackerRawDataActions(Noun):
    """Actions under `/dwh/tracker/raw_data`."""

    __slots__ = ()

    async def get_inputs(
        self,
        tracker_id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> DwhTrackerRawDataGetInputsAnswer:
        """List the columns that the raw data of a tracker has.

        Args:
            tracker_id: id of the tracker.

        Raises:
            NotFound: code 201.
            TrackerBlocked: code 208.

        Platform action: `/dwh/v1/tracker/raw_data/get_inputs`
        """
        params = {"tracker_id": tracker_id}
        return await self._caller.call(RAW_DATA_GET_INPUTS, params, timeout=timeout, lane=lane)

    def read(
        self,
        tracker_id: int,
        columns: Iterable[str],
        *,
        from_: datetime | UnsetType = UNSET,
        to: datetime | UnsetType = UNSET,
        server_time_filter: Any | UnsetType = UNSET,
        format: RawDataFormat | str | UnsetType = UNSET,
        interval: str | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> Download:
        """Read the raw data of a tracker as a CSV or Parquet file.

        Args:
            tracker_id: id of the tracker.
            columns: names of columns.
            from_: start of the period, with its time zone; either from_ and to, or interval.
            to: end of the period, with its time zone; either from_ and to, or interval.
            server_time_filter: only messages that arrived in a period: an ISO 8601 interval, or an object with `from`
                and `to` or `interval`.
            format: file format; documented: csv, parquet; the platform's default: csv.
            interval: period as ISO 8601 interval: start/end or start/duration; either from_ and to, or interval.

        Returns:
            The file's bytes (csv, parquet).

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.
            NotFound: code 201.
            TrackerBlocked: code 208.

        Platform action: `/dwh/v1/tracker/raw_data/read`
        """
        interval_or_period(from_, to, interval)
        params = sent(
            {
                "tracker_id": tracker_id,
                "from": from_,
                "to": to,
                "columns": listed("columns", columns),
                "server_time_filter": server_time_filter,
                "format": format,
                "interval": interval,
            }
        )
        return Download(self._caller, RAW_DATA_READ, params, timeout=timeout, lane=lane)
