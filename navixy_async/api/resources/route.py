"""The actions under `/route`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal, TypeAlias

from msgspec import UNSET, UnsetType

from ...operations import Lane, Operation, Replay
from ..checks import listed, sent, within
from ..models.common import Location
from ..models.route import RouteGetAnswer, RouteGoogleGetAnswer, RouteOsrmGetAnswer, RouteProgorodGetAnswer
from ..noun import Noun

ProviderType: TypeAlias = Literal["progorod", "google", "osrm"]

GET: Operation[RouteGetAnswer] = Operation("route/get", RouteGetAnswer, replay=Replay.READ)
GOOGLE_GET: Operation[RouteGoogleGetAnswer] = Operation("route/google/get", RouteGoogleGetAnswer, replay=Replay.READ)
OSRM_GET: Operation[RouteOsrmGetAnswer] = Operation("route/osrm/get", RouteOsrmGetAnswer, replay=Replay.READ)
PROGOROD_GET: Operation[RouteProgorodGetAnswer] = Operation(
    "route/progorod/get", RouteProgorodGetAnswer, replay=Replay.READ
)


class RouteActions(Noun):
    """Actions under `/route`. Planning of routes."""

    __slots__ = ()

    @property
    def google(self) -> RouteGoogleActions:
        """Actions under `/route/google`."""
        return RouteGoogleActions(self._caller)

    @property
    def osrm(self) -> RouteOsrmActions:
        """Actions under `/route/osrm`."""
        return RouteOsrmActions(self._caller)

    @property
    def progorod(self) -> RouteProgorodActions:
        """Actions under `/route/progorod`."""
        return RouteProgorodActions(self._caller)

    async def get(
        self,
        *,
        start: Location | Mapping[str, Any],
        end: Location | Mapping[str, Any],
        waypoints: Iterable[Location | Mapping[str, Any]] | UnsetType = UNSET,
        point_limit: int | UnsetType = UNSET,
        provider_type: ProviderType | str | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> RouteGetAnswer:
        """Plan a route between positions.

        Args:
            start: where the route begins.
            end: where the route ends.
            waypoints: positions on the way.
            point_limit: how many points at most; the platform thins the track out to get there; at least 2.
            provider_type: which service plans the route; documented: progorod, google, osrm.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.
            ServerFault: code 215.
            InvalidRequest: code 218.
            TariffRestricted: code 236.

        Platform action: `/route/get`
        """
        within("point_limit", point_limit, least=2)
        params = sent(
            {
                "start": start,
                "end": end,
                "waypoints": listed("waypoints", waypoints),
                "point_limit": point_limit,
                "provider_type": provider_type,
            }
        )
        return await self._caller.call(GET, params, timeout=timeout, lane=lane)


class RouteGoogleActions(Noun):
    """Actions under `/route/google`."""

    __slots__ = ()

    async def get(
        self,
        *,
        start: Location | Mapping[str, Any],
        end: Location | Mapping[str, Any],
        waypoints: Iterable[Location | Mapping[str, Any]] | UnsetType = UNSET,
        point_limit: int | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> RouteGoogleGetAnswer:
        """Plan a route between positions with Google.

        Args:
            start: where the route begins.
            end: where the route ends.
            waypoints: positions on the way.
            point_limit: how many points at most; the platform thins the track out to get there; at least 2.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.
            ServerFault: code 215.
            InvalidRequest: code 218.
            TariffRestricted: code 236.

        Platform action: `/route/google/get`
        """
        within("point_limit", point_limit, least=2)
        params = sent(
            {
                "start": start,
                "end": end,
                "waypoints": listed("waypoints", waypoints),
                "point_limit": point_limit,
            }
        )
        return await self._caller.call(GOOGLE_GET, params, timeout=timeout, lane=lane)


class RouteOsrmActions(Noun):
    """Actions under `/route/osrm`."""

    __slots__ = ()

    async def get(
        self,
        *,
        start: Location | Mapping[str, Any],
        end: Location | Mapping[str, Any],
        waypoints: Iterable[Location | Mapping[str, Any]] | UnsetType = UNSET,
        point_limit: int | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> RouteOsrmGetAnswer:
        """Plan a route between positions with OSRM.

        Args:
            start: where the route begins.
            end: where the route ends.
            waypoints: positions on the way.
            point_limit: how many points at most; the platform thins the track out to get there; at least 2.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.
            ServerFault: code 215.
            InvalidRequest: code 218.
            TariffRestricted: code 236.

        Platform action: `/route/osrm/get`
        """
        within("point_limit", point_limit, least=2)
        params = sent(
            {
                "start": start,
                "end": end,
                "waypoints": listed("waypoints", waypoints),
                "point_limit": point_limit,
            }
        )
        return await self._caller.call(OSRM_GET, params, timeout=timeout, lane=lane)


class RouteProgorodActions(Noun):
    """Actions under `/route/progorod`."""

    __slots__ = ()

    async def get(
        self,
        *,
        start: Location | Mapping[str, Any],
        end: Location | Mapping[str, Any],
        waypoints: Iterable[Location | Mapping[str, Any]] | UnsetType = UNSET,
        point_limit: int | UnsetType = UNSET,
        minsize: float | UnsetType = UNSET,
        use_traffic: bool | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> RouteProgorodGetAnswer:
        """Plan a route between positions with Progorod.

        Args:
            start: where the route begins.
            end: where the route ends.
            waypoints: positions on the way.
            point_limit: how many points at most; the platform thins the track out to get there; at least 2.
            minsize: least size of details in the geometry; in m; the platform's default: 5.
            use_traffic: take the traffic into account; the platform's default: false.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.
            ServerFault: code 215.
            InvalidRequest: code 218.

        Platform action: `/route/progorod/get`
        """
        within("point_limit", point_limit, least=2)
        params = sent(
            {
                "start": start,
                "end": end,
                "waypoints": listed("waypoints", waypoints),
                "point_limit": point_limit,
                "minsize": minsize,
                "use_traffic": use_traffic,
            }
        )
        return await self._caller.call(PROGOROD_GET, params, timeout=timeout, lane=lane)
