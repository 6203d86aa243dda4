"""The actions under `/track`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Literal, TypeAlias

from msgspec import UNSET, UnsetType

from ...operations import Lane, Operation, Replay
from ..checks import listed, sent, window, within
from ..models.track import (
    TrackListAnswer,
    TrackReadAnswer,
    TrackVisitListAnswer,
    TrackVisits,
    TrackWaybillSettingsReadAnswer,
    WaybillSettings,
)
from ..noun import Download, Noun, present

TrackFormat: TypeAlias = Literal["kml", "kmz"]

WaybillType: TypeAlias = Literal["form3", "form3ext", "form4c"]

DOWNLOAD: Operation[bytes] = Operation("track/download", bytes, replay=Replay.READ)
LIST: Operation[TrackListAnswer] = Operation("track/list", TrackListAnswer, replay=Replay.READ)
READ: Operation[TrackReadAnswer] = Operation("track/read", TrackReadAnswer, replay=Replay.READ)
VISIT_LIST: Operation[TrackVisitListAnswer] = Operation("track/visit/list", TrackVisitListAnswer, replay=Replay.READ)
WAYBILL_DOWNLOAD: Operation[bytes] = Operation("track/waybill/download", bytes)
WAYBILL_SETTINGS_READ: Operation[TrackWaybillSettingsReadAnswer] = Operation(
    "track/waybill/settings/read", TrackWaybillSettingsReadAnswer, replay=Replay.READ
)


class TrackActions(Noun):
    """Actions under `/track`. Tracks: the trips of one tracker, and the points they are made of."""

    __slots__ = ()

    @property
    def visit(self) -> TrackVisitActions:
        """Actions under `/track/visit`."""
        return TrackVisitActions(self._caller)

    @property
    def waybill(self) -> TrackWaybillActions:
        """Actions under `/track/waybill`."""
        return TrackWaybillActions(self._caller)

    def download(
        self,
        tracker_id: int,
        from_: datetime,
        to: datetime,
        *,
        track_ids: Iterable[int] | UnsetType = UNSET,
        include_gsm_lbs: bool | UnsetType = UNSET,
        simplify: bool | UnsetType = UNSET,
        point_limit: int | UnsetType = UNSET,
        filter: bool | UnsetType = UNSET,
        format: TrackFormat | str | UnsetType = UNSET,
        split: bool | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> Download:
        """Make a file for maps of the tracks of one tracker in a period.

        Args:
            tracker_id: id of the tracker.
            from_: start of the period, with its time zone.
            to: end of the period, with its time zone.
            track_ids: ids of tracks (`track.list`).
            include_gsm_lbs: take in points that were located by mobile phone cells; the platform's default: true.
            simplify: let the platform drop points that hardly change the line; false for every point; the platform's
                default: true.
            point_limit: how many points at most; the platform thins the track out to get there; 2 to 3000.
            filter: let the platform leave out points and trips that it takes for noise.
            format: file format; documented: kml, kmz; the platform's default: kml.
            split: a folder for each trip; the platform's default: false.

        Returns:
            The file's bytes (kml, kmz).

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.
            NotFound: code 201.
            TrackerBlocked: code 208.
            SpanTooBig: code 211.

        Platform action: `/track/download`
        """
        window(from_, to)
        within("point_limit", point_limit, least=2, most=3000)
        params = sent(
            {
                "tracker_id": tracker_id,
                "from": from_,
                "to": to,
                "track_ids": listed("track_ids", track_ids),
                "include_gsm_lbs": include_gsm_lbs,
                "simplify": simplify,
                "point_limit": point_limit,
                "filter": filter,
                "format": format,
                "split": split,
            }
        )
        return Download(self._caller, DOWNLOAD, params, timeout=timeout, lane=lane)

    async def list(
        self,
        tracker_id: int,
        from_: datetime,
        to: datetime,
        *,
        filter: bool | UnsetType = UNSET,
        split: bool | UnsetType = UNSET,
        include_gsm_lbs: bool | UnsetType = UNSET,
        cluster_single_reports: bool | UnsetType = UNSET,
        count_events: bool | UnsetType = UNSET,
        omit_addresses: bool | UnsetType = UNSET,
        with_points: bool | UnsetType = UNSET,
        point_limit: int | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> TrackListAnswer:
        """List the trips of one tracker in a period.

        Args:
            tracker_id: id of the tracker.
            from_: start of the period, with its time zone.
            to: end of the period, with its time zone.
            filter: let the platform leave out points and trips that it takes for noise; the platform's default: true.
            split: cut the period into trips; false for one merged track; the platform's default: true.
            include_gsm_lbs: take in points that were located by mobile phone cells; the platform's default: true.
            cluster_single_reports: gather single reports that lie close together into clusters; the platform's default:
                false.
            count_events: count the events of each track; the platform's default: false.
            omit_addresses: leave the addresses out, which is faster; the platform's default: false.
            with_points: put the points into each track; the platform's default: false.
            point_limit: how many points at most; the platform thins the track out to get there; 2 to 3000.

        Returns:
            `limit_exceeded` tells whether the period was clipped to what the tariff stores.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.
            NotFound: code 201.
            TrackerBlocked: code 208.
            SpanTooBig: code 211.

        Platform action: `/track/list`
        """
        window(from_, to)
        within("point_limit", point_limit, least=2, most=3000)
        params = sent(
            {
                "tracker_id": tracker_id,
                "from": from_,
                "to": to,
                "filter": filter,
                "split": split,
                "include_gsm_lbs": include_gsm_lbs,
                "cluster_single_reports": cluster_single_reports,
                "count_events": count_events,
                "omit_addresses": omit_addresses,
                "with_points": with_points,
                "point_limit": point_limit,
            }
        )
        return await self._caller.call(LIST, params, timeout=timeout, lane=lane)

    async def read(
        self,
        tracker_id: int,
        from_: datetime,
        to: datetime,
        *,
        track_id: int | UnsetType = UNSET,
        include_gsm_lbs: bool | UnsetType = UNSET,
        simplify: bool | UnsetType = UNSET,
        point_limit: int | UnsetType = UNSET,
        filter: bool | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> TrackReadAnswer:
        """Read the points of one tracker in a period, or of one of its tracks.

        Args:
            tracker_id: id of the tracker.
            from_: start of the period, with its time zone.
            to: end of the period, with its time zone.
            track_id: id of one track (`track.list`); all points of the period if not given.
            include_gsm_lbs: take in points that were located by mobile phone cells; the platform's default: true.
            simplify: let the platform drop points that hardly change the line; false for every point; the platform's
                default: true.
            point_limit: how many points at most; the platform thins the track out to get there; 2 to 3000.
            filter: let the platform leave out points and trips that it takes for noise.

        Returns:
            `limit_exceeded` tells whether the period was clipped to what the tariff stores.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.
            NotFound: code 201.
            TrackerBlocked: code 208.
            SpanTooBig: code 211.

        Platform action: `/track/read`
        """
        window(from_, to)
        within("point_limit", point_limit, least=2, most=3000)
        params = sent(
            {
                "tracker_id": tracker_id,
                "from": from_,
                "to": to,
                "track_id": track_id,
                "include_gsm_lbs": include_gsm_lbs,
                "simplify": simplify,
                "point_limit": point_limit,
                "filter": filter,
            }
        )
        return await self._caller.call(READ, params, timeout=timeout, lane=lane)


class TrackVisitActions(Noun):
    """Actions under `/track/visit`."""

    __slots__ = ()

    async def list(
        self,
        tracker_id: int,
        from_: datetime,
        to: datetime,
        *,
        include_zones: bool | UnsetType = UNSET,
        include_places: bool | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> TrackVisits:
        """List which geofences and places one tracker visited in a period.

        Args:
            tracker_id: id of the tracker.
            from_: start of the period, with its time zone.
            to: end of the period, with its time zone.
            include_zones: look at geofences; the platform's default: true.
            include_places: look at places; the platform's default: true.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.
            NotFound: code 204.

        Platform action: `/track/visit/list`
        """
        window(from_, to)
        params = sent(
            {
                "tracker_id": tracker_id,
                "from": from_,
                "to": to,
                "include_zones": include_zones,
                "include_places": include_places,
            }
        )
        answer = await self._caller.call(VISIT_LIST, params, timeout=timeout, lane=lane)
        return present(answer.value, VISIT_LIST, "value")


class TrackWaybillActions(Noun):
    """Actions under `/track/waybill`."""

    __slots__ = ()

    @property
    def settings(self) -> TrackWaybillSettingsActions:
        """Actions under `/track/waybill/settings`."""
        return TrackWaybillSettingsActions(self._caller)

    def download(
        self,
        *,
        tracker_id: int,
        from_: datetime,
        to: datetime,
        type: WaybillType | str,
        fill_history: bool,
        number: str,
        filter: bool | UnsetType = UNSET,
        split: bool | UnsetType = UNSET,
        include_gsm_lbs: bool | UnsetType = UNSET,
        cluster_single_reports: bool | UnsetType = UNSET,
        fill_odometer: bool | UnsetType = UNSET,
        series: str | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> Download:
        """Make a waybill of the trips of one tracker in a period.

        Args:
            tracker_id: id of the tracker.
            from_: start of the period, with its time zone.
            to: end of the period, with its time zone.
            type: form of the waybill; documented: form3, form3ext, form4c.
            fill_history: fill in the table of trips, and remember the number of the waybill.
            number: number of the waybill.
            filter: let the platform leave out points and trips that it takes for noise; the platform's default: true.
            split: cut the period into trips; false for one merged track; the platform's default: true.
            include_gsm_lbs: take in points that were located by mobile phone cells; the platform's default: true.
            cluster_single_reports: gather single reports that lie close together into clusters; the platform's default:
                false.
            fill_odometer: fill in the odometer; the platform's default: false.
            series: series of the waybill.

        Returns:
            The file's bytes (docx).

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.
            TariffRestricted: code 236.

        Platform action: `/track/waybill/download`
        """
        window(from_, to)
        params = sent(
            {
                "tracker_id": tracker_id,
                "from": from_,
                "to": to,
                "filter": filter,
                "split": split,
                "include_gsm_lbs": include_gsm_lbs,
                "cluster_single_reports": cluster_single_reports,
                "type": type,
                "fill_history": fill_history,
                "fill_odometer": fill_odometer,
                "series": series,
                "number": number,
            }
        )
        return Download(self._caller, WAYBILL_DOWNLOAD, params, timeout=timeout, lane=lane)


class TrackWaybillSettingsActions(Noun):
    """Actions under `/track/waybill/settings`."""

    __slots__ = ()

    async def read(self, *, timeout: float | None = None, lane: Lane | None = None) -> WaybillSettings:
        """Read what the last waybill was numbered with.

        Raises:
            NotFound: code 201.

        Platform action: `/track/waybill/settings/read`
        """
        answer = await self._caller.call(WAYBILL_SETTINGS_READ, timeout=timeout, lane=lane)
        return present(answer.value, WAYBILL_SETTINGS_READ, "value")
