"""The entrance to all actions: the first part of the platform's path is an attribute here.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from ...operations import Caller

if TYPE_CHECKING:
    from .api import ApiActions
    from .dealer import DealerActions
    from .history import HistoryActions
    from .timezone import TimezoneActions
    from .track import TrackActions
    from .tracker import TrackerActions
    from .user import UserActions


class Resources:
    """The platform's actions under their own paths: ``/tracker/group/list`` is ``.tracker.group.list()``.

    A noun's module is loaded when it is first used.
    """

    def __init__(self, caller: Caller) -> None:
        # An account is its own caller, and must not hold itself: it would live until the collector comes by.
        self._given = None if cast(object, caller) is self else caller

    @property
    def _caller(self) -> Caller:
        return cast(Caller, self) if self._given is None else self._given

    @property
    def api(self) -> ApiActions:
        """Actions under `/api`. API keys of the account: credentials of their own that do not expire."""
        from .api import ApiActions  # noqa: PLC0415 - loaded when first used

        return ApiActions(self._caller)

    @property
    def dealer(self) -> DealerActions:
        """Actions under `/dealer`. The operator of the platform, and the limits that the platform works with."""
        from .dealer import DealerActions  # noqa: PLC0415 - loaded when first used

        return DealerActions(self._caller)

    @property
    def history(self) -> HistoryActions:
        """Actions under `/history`. Events of trackers, assets and the account, as the platform recorded them."""
        from .history import HistoryActions  # noqa: PLC0415 - loaded when first used

        return HistoryActions(self._caller)

    @property
    def timezone(self) -> TimezoneActions:
        """Actions under `/timezone`. Time zones that the platform knows."""
        from .timezone import TimezoneActions  # noqa: PLC0415 - loaded when first used

        return TimezoneActions(self._caller)

    @property
    def track(self) -> TrackActions:
        """Actions under `/track`. Tracks: the trips of one tracker, and the points they are made of."""
        from .track import TrackActions  # noqa: PLC0415 - loaded when first used

        return TrackActions(self._caller)

    @property
    def tracker(self) -> TrackerActions:
        """Actions under `/tracker`. Trackers: the devices of the account, and their last known state."""
        from .tracker import TrackerActions  # noqa: PLC0415 - loaded when first used

        return TrackerActions(self._caller)

    @property
    def user(self) -> UserActions:
        """Actions under `/user`. The user: login, account, password and personal data."""
        from .user import UserActions  # noqa: PLC0415 - loaded when first used

        return UserActions(self._caller)
