"""Bulk jobs: every point and event of a fleet, each row once, or the hole named; into Arrow and Parquet.

Needs pyarrow (the extra ``arrow``), which is loaded when a harvest is made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal

from ..errors import InvalidInput
from ..operations import Caller
from ..times import TimeRange, require_aware

if TYPE_CHECKING:
    from .coverage import Coverage, Hole, Progress
    from .job import Harvest
    from .sinks import WriteFailed

__all__ = ["Coverage", "Harvest", "Harvests", "Hole", "Progress", "WriteFailed"]

_HOMES = {"Coverage": "coverage", "Hole": "coverage", "Progress": "coverage", "Harvest": "job", "WriteFailed": "sinks"}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415 - only when one of the lazy names is used

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


class Harvests:
    """What can be harvested from these accounts, fair between them.

    ::

        coverage = await fleet.harvest.tracks(start=start, end=end).to_parquet("out/")
        async for batch in navixy.harvest([one, other]).events(start=start, end=end): ...
    """

    def __init__(self, callers: Sequence[Caller]) -> None:
        self._callers = tuple(callers)

    def tracks(
        self,
        trackers: Iterable[int] | None = None,
        *,
        start: datetime,
        end: datetime,
        workers: int = 16,
        window: timedelta | None = None,
        on_error: Literal["collect", "raise"] | None = None,
        patience: float = 120.0,
        progress: Callable[[Progress], None] | None = None,
    ) -> Harvest:
        """Every point of the trackers in ``[start, end)``, none simplified or filtered away.

        Args:
            trackers: ids; all trackers of the accounts if not given. Each account harvests those that it can see.
            start: aware datetime.
            end: aware datetime, not included.
            workers: requests under way at the most.
            window: longest period of one request; chosen by the density of the data if not given.
            on_error: what a range that fails for good does: ``collect`` writes it into the coverage, ``raise`` ends
                the harvest. If not given, iterating raises and writing to files collects.
            patience: seconds that trouble of the platform or the network may last, without any success in between,
                before the rest of an account counts as failed.
            progress: called after every finished request.

        Columns: account (when iterating; the directory in files), tracker_id, time (UTC), lat, lng (degrees), alt (m),
        speed (km/h), heading (degrees), satellites, mileage (km), precision (m), address, gsm_lbs, parking, buffered.

        Raises:
            InvalidInput: naive datetimes, an end before the start, or options that make no sense.

        Platform actions: ``/tracker/list``, ``/dealer/get_ui_config``, ``/track/read``
        """
        options = {"workers": workers, "window": window, "on_error": on_error}
        return self._harvest("tracks", trackers, start, end, options, patience=patience, progress=progress)

    def events(
        self,
        trackers: Iterable[int] | None = None,
        *,
        start: datetime,
        end: datetime,
        workers: int = 16,
        window: timedelta | None = None,
        on_error: Literal["collect", "raise"] | None = None,
        patience: float = 120.0,
        progress: Callable[[Progress], None] | None = None,
    ) -> Harvest:
        """Every entry of the trackers' history in ``[start, end)``; what people have read stays as it is.

        The arguments are those of :meth:`tracks`.

        Columns: account (when iterating; the directory in files), id, time (UTC), event, tracker_id, track_id, rule_id,
        type, message, lat, lng (degrees), precision (m), address, is_read, extra (JSON as the platform wrote it).

        Raises:
            InvalidInput: naive datetimes, an end before the start, or options that make no sense.

        Platform actions: ``/tracker/list``, ``/dealer/get_ui_config``, ``/history/tracker/list``
        """
        options = {"workers": workers, "window": window, "on_error": on_error}
        return self._harvest("events", trackers, start, end, options, patience=patience, progress=progress)

    def _harvest(
        self,
        stream: str,
        trackers: Iterable[int] | None,
        start: datetime,
        end: datetime,
        options: dict[str, Any],
        **more: Any,
    ) -> Harvest:
        asked = TimeRange(require_aware(start, "start"), require_aware(end, "end"))
        try:
            import pyarrow  # noqa: F401, PLC0415 - an extra, only needed from here on
        except ImportError:
            raise InvalidInput("harvesting needs pyarrow: install it with pip install 'navixy-async[arrow]'") from None
        from .job import Harvest, Options  # noqa: PLC0415 - they import pyarrow
        from .streams import STREAMS  # noqa: PLC0415

        return Harvest(self._callers, STREAMS[stream], asked, trackers, Options(**options, **more))
