"""The actions under `/asset`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from msgspec import UNSET, UnsetType

from ...operations import Lane, Operation, Replay
from ..checks import sent, window, within
from ..models.asset import AssetTrackListAnswer, AssetTrackReadAnswer, AssetTrackReadList
from ..models.common import Asset
from ..noun import Noun, present

TRACK_LIST: Operation[AssetTrackListAnswer] = Operation("asset/track/list", AssetTrackListAnswer, replay=Replay.READ)
TRACK_READ: Operation[AssetTrackReadAnswer] = Operation("asset/track/read", AssetTrackReadAnswer, replay=Replay.READ)


class AssetActions(Noun):
    """Actions under `/asset`. Vehicles and employees, wherever their trackers were."""

    __slots__ = ()

    @property
    def track(self) -> AssetTrackActions:
        """Actions under `/asset/track`."""
        return AssetTrackActions(self._caller)


class AssetTrackActions(Noun):
    """Actions under `/asset/track`."""

    __slots__ = ()

    async def list(
        self,
        asset: Asset | Mapping[str, Any],
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
    ) -> AssetTrackListAnswer:
        """List the trips of a vehicle or an employee, tracker by tracker as they were assigned over the period.

        Args:
            asset: the vehicle or employee, as id and type.
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

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.
            NotFound: code 201.
            SpanTooBig: code 211.

        Platform action: `/asset/track/list`
        """
        window(from_, to)
        within("point_limit", point_limit, least=2, most=3000)
        params = sent(
            {
                "asset": asset,
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
        return await self._caller.call(TRACK_LIST, params, timeout=timeout, lane=lane)

    async def read(
        self,
        asset: Asset | Mapping[str, Any],
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
    ) -> builtins.list[AssetTrackReadList]:
        """Read the points of a vehicle or an employee, tracker by tracker as they were assigned over the period.

        Args:
            asset: the vehicle or employee, as id and type.
            from_: start of the period, with its time zone.
            to: end of the period, with its time zone.
            track_id: id of one track (`track.list`); all points of the period if not given.
            include_gsm_lbs: take in points that were located by mobile phone cells; the platform's default: true.
            simplify: let the platform drop points that hardly change the line; false for every point; the platform's
                default: true.
            point_limit: how many points at most; the platform thins the track out to get there; 2 to 3000.
            filter: let the platform leave out points and trips that it takes for noise.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.
            NotFound: code 201.
            SpanTooBig: code 211.

        Platform action: `/asset/track/read`
        """
        window(from_, to)
        within("point_limit", point_limit, least=2, most=3000)
        params = sent(
            {
                "asset": asset,
                "from": from_,
                "to": to,
                "track_id": track_id,
                "include_gsm_lbs": include_gsm_lbs,
                "simplify": simplify,
                "point_limit": point_limit,
                "filter": filter,
            }
        )
        answer = await self._caller.call(TRACK_READ, params, timeout=timeout, lane=lane)
        return present(answer.list, TRACK_READ, "list")
