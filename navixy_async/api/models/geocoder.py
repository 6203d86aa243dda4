"""Structs of `geocoder`. Addresses of positions, and positions of addresses.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

from ..model import ABSENT, Always, Model
from .common import Bounds


class GeocoderResultDetails(Model, kw_only=True, gc=False):
    """The `details` of `GeocoderResult`."""

    country: str | None = None
    province: str | None = None
    locality: str | None = None
    street: str | None = None
    house: str | None = None
    postcode: str | None = None
    bounds: Bounds | None = None


class GeocoderResult(Model, kw_only=True, gc=False):
    """A geocoder result."""

    lat: float | None = None
    lng: float | None = None
    address: str | None = None
    details: GeocoderResultDetails | None = None


class GeocoderSearchLocationDetails(Model, kw_only=True, gc=False):
    """What `details` is made of in `/geocoder/search_location`."""

    country: str | None = None
    province: str | None = None
    locality: str | None = None
    street: str | None = None
    house: str | None = None
    postcode: str | None = None
    bounds: Bounds | None = None


class GeocoderSearchAddressAnswer(Model, kw_only=True):
    """What `/geocoder/search_address` answers."""

    locations: Always[list[GeocoderResult]] = ABSENT


class GeocoderSearchLocationAnswer(Model, kw_only=True, gc=False):
    """What `/geocoder/search_location` answers."""

    value: Always[str] = ABSENT
    details: GeocoderSearchLocationDetails | None = None
