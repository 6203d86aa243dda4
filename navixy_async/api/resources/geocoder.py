"""The actions under `/geocoder`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, TypeAlias

from msgspec import UNSET, UnsetType

from ...operations import Lane, Operation, Replay
from ..checks import sent
from ..models.common import Bounds, Location
from ..models.geocoder import GeocoderResult, GeocoderSearchAddressAnswer, GeocoderSearchLocationAnswer
from ..noun import Noun, present

Goal: TypeAlias = Literal["ui", "ui_user_action"]

SEARCH_ADDRESS: Operation[GeocoderSearchAddressAnswer] = Operation(
    "geocoder/search_address", GeocoderSearchAddressAnswer, replay=Replay.READ
)
SEARCH_LOCATION: Operation[GeocoderSearchLocationAnswer] = Operation(
    "geocoder/search_location", GeocoderSearchLocationAnswer, replay=Replay.READ
)


class GeocoderActions(Noun):
    """Actions under `/geocoder`. Addresses of positions, and positions of addresses."""

    __slots__ = ()

    async def search_address(
        self,
        q: Any,
        *,
        geocoder: str | UnsetType = UNSET,
        bounds: Bounds | Mapping[str, Any] | UnsetType = UNSET,
        lang: str | UnsetType = UNSET,
        with_details: bool | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> list[GeocoderResult]:
        """Find places by an address.

        Args:
            q: what is searched.
            geocoder: which service turns places into addresses.
            bounds: the part of the map that is searched first.
            lang: language of the answer.
            with_details: take the address apart, too.

        Platform action: `/geocoder/search_address`
        """
        params = sent(
            {
                "q": q,
                "geocoder": geocoder,
                "bounds": bounds,
                "lang": lang,
                "with_details": with_details,
            }
        )
        answer = await self._caller.call(SEARCH_ADDRESS, params, timeout=timeout, lane=lane)
        return present(answer.locations, SEARCH_ADDRESS, "locations")

    async def search_location(
        self,
        location: Location | Mapping[str, Any],
        *,
        geocoder: str | UnsetType = UNSET,
        lang: str | UnsetType = UNSET,
        with_details: bool | UnsetType = UNSET,
        goal: Goal | str | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> GeocoderSearchLocationAnswer:
        """Find the address of a position.

        Args:
            location: a position.
            geocoder: which service turns places into addresses.
            lang: language of the answer.
            with_details: take the address apart, too.
            goal: what the answer is for; documented: ui, ui_user_action.

        Platform action: `/geocoder/search_location`
        """
        params = sent(
            {
                "location": location,
                "geocoder": geocoder,
                "lang": lang,
                "with_details": with_details,
                "goal": goal,
            }
        )
        return await self._caller.call(SEARCH_LOCATION, params, timeout=timeout, lane=lane)
