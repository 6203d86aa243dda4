"""What can be harvested: a method for each stream, which makes a harvest of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Literal, TypedDict, Unpack

from ..errors import InvalidInput
from ..operations import Caller
from ..times import SECOND, require_aware
from .plan.local_days import FIRST_MOMENT

if TYPE_CHECKING:
    from .harvest import Harvest
    from .plan.schedule import Increments
    from .report.coverage import Progress
    from .streams import Stream


class How(TypedDict, total=False):
    """How a harvest runs, by keyword.

    Keys:
        workers: requests under way at the most; 16 if not given.
        window: longest period of one request; chosen by the density of the data if not given.
        on_error: what a range that fails for good does: ``collect`` writes it into the coverage, ``raise`` ends the
            harvest. If not given, iterating raises and writing to files or tables collects.
        patience: seconds that trouble of the platform or the network may last without any success before
            the rest of an account counts as failed; 120 if not given.
        progress: called after every finished request.
        increments: how a harvest without an end is kept current; for one with an end, only `look_back` and `clock`
            apply.
    """

    workers: int
    window: timedelta | None
    on_error: Literal["collect", "raise"] | None
    patience: float
    progress: Callable[[Progress], None] | None
    increments: Increments | None


class Harvests:
    """What can be harvested from these accounts, fair between them.

    ::

        coverage = await fleet.harvest.tracks(start=start, end=end).to_parquet("out/")
        async for batch in navixy.harvest([one, other]).events(start=start, end=end): ...
    """

    def __init__(self, callers: Sequence[Caller]) -> None:
        self._callers = tuple(callers)

    def tracks(
        self, trackers: Iterable[int] | None = None, *, start: datetime, end: datetime | None = None, **how: Unpack[How]
    ) -> Harvest:
        """Every point of the trackers in ``[start, end)``, none simplified or filtered away.

        Args:
            trackers: ids; all trackers of the accounts if not given. Each account harvests those that it can see.
            start: aware datetime.
            end: aware datetime, not included; up to now if not given. Files and tables of such a harvest are kept
                current: the same call with ``resume=True`` adds what is new since, what failed, and what came late.
            how: how it runs, see :class:`How`; none of it changes which rows there are.

        Columns: account (when iterating; the directory in files), tracker_id, time (UTC), lat, lng (degrees), alt (m),
        speed (km/h), heading (degrees), satellites, mileage (km), precision (m), address, gsm_lbs, parking, buffered.

        Raises:
            InvalidInput: naive datetimes, an end before the start, or options that make no sense.

        Platform actions: ``/tracker/list``, ``/dealer/get_ui_config``, ``/track/read``
        """
        return self._harvest("tracks", trackers, start, end, how)

    def events(
        self, trackers: Iterable[int] | None = None, *, start: datetime, end: datetime | None = None, **how: Unpack[How]
    ) -> Harvest:
        """Every entry of the trackers' history in ``[start, end)``; what users have marked as read stays as it is.

        Arguments and errors are those of :meth:`tracks`.

        Columns: account (when iterating; the directory in files), id, time (UTC), event, tracker_id, track_id, rule_id,
        type, message, lat, lng (degrees), precision (m), address, is_read, extra (JSON as the platform wrote it).

        Platform actions: ``/tracker/list``, ``/dealer/get_ui_config``, ``/history/tracker/list``
        """
        return self._harvest("events", trackers, start, end, how)

    def trips(
        self, trackers: Iterable[int] | None = None, *, start: datetime, end: datetime | None = None, **how: Unpack[How]
    ) -> Harvest:
        """Every trip that begins in ``[start, end)``, whole, none filtered away.

        A trip belongs to the range and the day in which it begins, and is never cut at their edges. Late points change
        trips: when a day is harvested again, its trips replace the ones that were there.

        Arguments and errors are those of :meth:`tracks`.

        Columns: account (when iterating; the directory in files), tracker_id, start_time, end_time (UTC; a single
        report has no end), id, type, start_address, end_address, length (km), max_speed, avg_speed (km/h), points,
        norm_fuel_consumed (l), gsm_lbs, precision (m), north, west, south, east (degrees).

        Platform actions: ``/tracker/list``, ``/dealer/get_ui_config``, ``/track/list``
        """
        return self._harvest("trips", trackers, start, end, how)

    def trip_points(
        self, trackers: Iterable[int] | None = None, *, start: datetime, end: datetime | None = None, **how: Unpack[How]
    ) -> Harvest:
        """Every point of every trip that begins in ``[start, end)``; as GPX, GeoJSON or KML, a file per trip.

        The trips, and the rules for range and day, are those of :meth:`trips`; a single report is a trip of
        one point. Points between trips are left out; one at which a trip ends and the next begins belongs to both.

        Arguments and errors are those of :meth:`tracks`.

        Columns: account (when iterating; the directory in files), tracker_id, trip_start (UTC), trip_id, and those of
        :meth:`tracks` from time on.

        Platform actions: ``/tracker/list``, ``/dealer/get_ui_config``, ``/track/list``, ``/track/read``
        """
        return self._harvest("trip_points", trackers, start, end, how)

    def sensors(
        self, trackers: Iterable[int] | None = None, *, start: datetime, end: datetime | None = None, **how: Unpack[How]
    ) -> Harvest:
        """Every value of every metering and virtual sensor of the trackers in ``[start, end)``.

        Arguments and errors are those of :meth:`tracks`.

        Columns: account (when iterating; the directory in files), tracker_id, time (UTC), sensor_id, sensor (its name),
        type, units, value (number), text (of virtual sensors whose values are texts).

        Platform actions: ``/tracker/list``, ``/dealer/get_ui_config``, ``/tracker/sensor/batch_list``,
        ``/tracker/sensor/data/read``
        """
        return self._harvest("sensors", trackers, start, end, how)

    def counters(
        self, trackers: Iterable[int] | None = None, *, start: datetime, end: datetime | None = None, **how: Unpack[How]
    ) -> Harvest:
        """Every stored value of the odometer and the engine hours in ``[start, end)``.

        Arguments and errors are those of :meth:`tracks`. A tracker without counters has no rows.

        Columns: account (when iterating; the directory in files), tracker_id, time (UTC), type (odometer or
        engine_hours), value (km or h).

        Platform actions: ``/tracker/list``, ``/dealer/get_ui_config``, ``/tracker/counter/data/read``,
        ``/tracker/get_counters``
        """
        return self._harvest("counters", trackers, start, end, how)

    def mileage(
        self, trackers: Iterable[int] | None = None, *, start: date, end: date | None = None, **how: Unpack[How]
    ) -> Harvest:
        """What each tracker drove on each day of its account's calendar, from `start` to `end`.

        Days are those of the account's time zone, and always whole. A day that is not over waits in a harvest with an
        end (:attr:`Coverage.waiting`); without an end, it is read as far as it has got, and named in
        :attr:`Coverage.young`. If the account's time zone changes, all days are read again.

        Args:
            trackers: as in :meth:`tracks`.
            start: the first day, a date of each account's own calendar; or an aware datetime, which means every local
                day that the range touches.
            end: as `start`, the day after the last one; up to now if not given.
            how: as in :meth:`tracks`.

        Columns: account (when iterating; the directory in files), tracker_id, time (UTC, when the day begins), day (the
        local date), mileage (km).

        Raises:
            InvalidInput: naive datetimes, a date beside a datetime, an end before the start, or options that make no
                sense.

        Platform actions: ``/tracker/list``, ``/dealer/get_ui_config``, ``/user/get_info``, ``/tracker/get_states``,
        ``/tracker/stats/mileage/read``
        """
        return self._harvest("mileage", trackers, start, end, how)

    def engine_hours(
        self, trackers: Iterable[int] | None = None, *, start: date, end: date | None = None, **how: Unpack[How]
    ) -> Harvest:
        """How long the engine of each tracker ran on each day of its account's calendar: a request a day.

        The days, and the rules for the range, are those of :meth:`mileage`. Trackers for which the platform counts no
        engine hours (devices that do not report them, clones) are named gaps.

        Arguments and errors are those of :meth:`mileage`.

        Columns: account (when iterating; the directory in files), tracker_id, time (UTC, when the day begins), day (the
        local date), engine_hours (h).

        Platform actions: ``/tracker/list``, ``/dealer/get_ui_config``, ``/user/get_info``, ``/tracker/get_states``,
        ``/tracker/stats/engine_hours/read``
        """
        return self._harvest("engine_hours", trackers, start, end, how)

    def raw(
        self, trackers: Iterable[int] | None = None, *, start: datetime, end: datetime | None = None, **how: Unpack[How]
    ) -> Harvest:
        """Every message that the devices made in ``[start, end)``, from the data warehouse.

        Arguments and errors are those of :meth:`tracks`.

        Columns: account (when iterating; the directory in files), tracker_id, time (UTC, the device's), server_time
        (UTC, the arrival), gps_fix_type, lat, lng (degrees), alt (m), speed (km/h), heading (degrees), satellites,
        precision (m), hdop, pdop, event_id, mn_name, mn_roaming, mn_code, mn_csq, mn_type, and as JSON objects what
        only some devices have: flags, inputs, discrete_inputs, discrete_outputs, states.

        Platform actions: ``/tracker/list``, ``/dealer/get_ui_config``, ``/dwh/v1/tracker/raw_data/read``
        """
        return self._harvest("raw", trackers, start, end, how)

    def raw_arrived(
        self,
        trackers: Iterable[int] | None = None,
        *,
        start: datetime,
        end: datetime | None = None,
        reach: timedelta | None = None,
        **how: Unpack[How],
    ) -> Harvest:
        """Every message that reached the platform in ``[start, end)``, whenever the device made it.

        Adjacent ranges return every message exactly once, however late it came: the exact way to follow a fleet.
        A range should have passed when it is harvested. Files are by the UTC day of the arrival.

        Args:
            trackers: as in :meth:`tracks`, like the arguments not named here.
            start: aware datetime.
            end: as in :meth:`tracks`.
            reach: how much older than their arrival messages may be; six months if not given.
            how: as in :meth:`tracks`; without an end, only the last five minutes of arrivals are read twice.

        Columns: those of :meth:`raw`.

        Raises:
            InvalidInput: naive datetimes, an end before the start, or options that make no sense.

        Platform actions: ``/tracker/list``, ``/dealer/get_ui_config``, ``/dwh/v1/tracker/raw_data/read``
        """
        _require_pyarrow()
        from .streams.raw import REACH, raw_arrived  # it imports pyarrow

        if reach is not None and not (isinstance(reach, timedelta) and reach > timedelta(0)):
            raise InvalidInput(f"reach must be a timedelta above zero, not {reach!r}")
        stream = raw_arrived(REACH if reach is None else reach)
        return self._harvest(stream, trackers, start, end, how)

    def states(
        self,
        trackers: Iterable[int] | None = None,
        *,
        at: datetime | None = None,
        series: bool = False,
        **how: Unpack[How],
    ) -> Harvest:
        """The last state of every tracker, as one snapshot.

        Args:
            trackers: ids; all trackers of the accounts if not given.
            at: the time of the rows; now if not given. It does not choose the states: the platform knows only the last
                ones. A snapshot in files is resumed under the same moment.
            series: whether each run, with ``resume=True``, adds a new snapshot to the existing ones.
            how: as in :meth:`tracks`; windows and increments have no effect here.

        Columns: account (when iterating; the directory in files), tracker_id, time (UTC, of the snapshot), user_time
        (UTC, the platform's), source_id, gps_updated, lat, lng (degrees), alt (m), speed (km/h), heading (degrees),
        precision (m), gps_signal_level (percent), gsm_lbs, connection_status, movement_status, movement_status_update,
        ignition, ignition_update, last_update, battery_level (percent), battery_update, gsm_updated, gsm_signal_level
        (percent), gsm_network_name, gsm_roaming, inputs, inputs_update, outputs, outputs_update, additional (JSON as
        the platform wrote it), actual_track_update.

        Raises:
            InvalidInput: a naive datetime, or options that make no sense.

        Platform actions: ``/tracker/list``, ``/dealer/get_ui_config``, ``/tracker/get_states``
        """
        if series:
            if at is not None:
                raise InvalidInput("every snapshot of a series has its own moment: leave out at, or series")
            return self._harvest("states", trackers, FIRST_MOMENT, None, how)
        moment = (datetime.now(UTC) if at is None else require_aware(at, "at")).replace(microsecond=0)
        return self._harvest("states", trackers, moment, moment + SECOND, how)

    def _harvest(
        self,
        stream: str | Stream,
        trackers: Iterable[int] | None,
        start: date,
        end: date | None,
        how: How,
    ) -> Harvest:
        _require_pyarrow()
        from .harvest import Harvest
        from .plan.schedule import Increments
        from .spec import HarvestSpec, Options, tracker_ids  # they import pyarrow
        from .streams import STREAMS

        wrong = sorted(how.keys() - How.__annotations__.keys())
        if wrong:
            raise TypeError(f"{wrong[0]!r} is not an option of a harvest: use {', '.join(How.__annotations__)}")
        options = {name: value for name, value in how.items() if name != "increments"}
        increments = how.get("increments")
        if not isinstance(increments, Increments | None):
            raise InvalidInput(f"increments must be Increments(...), not {increments!r}")
        spec = HarvestSpec(
            callers=self._callers,
            stream=STREAMS[stream] if isinstance(stream, str) else stream,
            start=start,
            end=end,
            trackers=tracker_ids(trackers),
            options=Options(**options),  # type: ignore[arg-type]
            increments=increments or Increments(),
        )
        return Harvest(spec)


def _require_pyarrow() -> None:
    try:
        import pyarrow  # noqa: F401 - an extra, only needed from here on
    except ImportError:
        raise InvalidInput("harvesting needs pyarrow: install it with pip install 'navixy-async[arrow]'") from None
