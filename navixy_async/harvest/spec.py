"""What is to be harvested, and how: checked when a harvest is made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from ..errors import InvalidInput
from ..operations import Caller
from ..times import SECOND, TimeRange, require_aware
from .aliases import JsonObject
from .engine import OnError, Report
from .plan.local_days import FIRST_MOMENT, LAST_MOMENT, moment_of
from .plan.schedule import Increments, Schedule
from .sinks.files.directory import check_labels
from .state.store import FORMAT, OPEN
from .streams import RereadPolicy, Stream

_ARRIVAL_LAG = timedelta(minutes=5)
"""How long after its arrival a message may become readable."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How a harvest runs; none of it changes which rows it brings."""

    workers: int = 16
    window: timedelta | None = None
    on_error: OnError | None = None
    patience: float = 120.0
    progress: Report | None = None

    def __post_init__(self) -> None:
        if isinstance(self.workers, bool) or not isinstance(self.workers, int) or self.workers < 1:
            raise InvalidInput(f"workers must be a whole number of at least 1, not {self.workers!r}")
        if self.window is not None and not (isinstance(self.window, timedelta) and self.window >= SECOND):
            raise InvalidInput(f"window must be a timedelta of at least one second, not {self.window!r}")
        if self.on_error not in (None, "collect", "raise"):
            raise InvalidInput(f"on_error must be 'collect' or 'raise', not {self.on_error!r}")
        if isinstance(self.patience, bool) or not isinstance(self.patience, int | float) or self.patience < 0:
            raise InvalidInput(f"patience must be a number of seconds, not {self.patience!r}")


@dataclass(frozen=True, slots=True)
class HarvestSpec:
    """What is to be harvested.

    Attributes:
        callers: the accounts.
        stream: what the rows are.
        start: where the range begins; a local date of each account if rows are of days.
        end: where it ends, exclusive; ``None`` for a harvest that is kept current, up to now in every run.
        trackers: ids, sorted; all trackers if ``None``.
        options: how it runs.
        increments: how it is kept current, and by which clock.
    """

    callers: Sequence[Caller]
    stream: Stream
    start: date
    end: date | None
    trackers: Sequence[int] | None
    options: Options
    increments: Increments

    def __post_init__(self) -> None:
        for name, moment in (("start", self.start), ("end", self.end)):
            if moment is not None:
                self._check(name, moment)
        if self.end is not None:
            if isinstance(self.start, datetime) != isinstance(self.end, datetime):
                raise InvalidInput("start and end must both be dates or both be datetimes: give two of a kind")
            TimeRange(*map(moment_of, (self.start, self.end)))
        check_labels(self.labels)

    def _check(self, name: str, moment: date) -> None:
        if isinstance(moment, datetime) or not isinstance(moment, date):
            require_aware(moment, name)
        elif not self.stream.by_calendar:
            raise InvalidInput(
                f"{name} is a date ({moment.isoformat()}), and {self.stream.name} are of moments: give it a time, for "
                f"example datetime({moment.year}, {moment.month}, {moment.day}, tzinfo=UTC)"
            )
        if not FIRST_MOMENT <= moment_of(moment) <= LAST_MOMENT:
            raise InvalidInput(f"a range must lie between {FIRST_MOMENT:%Y} and {LAST_MOMENT:%Y}: correct its years")

    @property
    def is_open(self) -> bool:
        """Whether it has no end: every run adds what is new up to now."""
        return self.end is None

    def asked(self, now: datetime) -> TimeRange:
        """The requested range at `now`, unless a calendar says otherwise."""
        start = moment_of(self.start)
        return TimeRange(min(start, now - SECOND), now) if self.end is None else TimeRange(start, moment_of(self.end))

    @property
    def schedule(self) -> Schedule:
        """When what was read is due again."""
        stream, increments = self.stream, self.increments
        if stream.reread == RereadPolicy.EXACT:
            return Schedule(max(_ARRIVAL_LAG, increments.look_back), ())
        # A trip that late points lengthen may begin earlier than before: its old start and its new one are read in one
        # run. A day of a calendar has a fixed start, whatever comes late.
        margin = stream.settles if stream.reread == RereadPolicy.REPLACE and not stream.by_calendar else timedelta(0)
        return Schedule(max(increments.look_back, stream.settles), tuple(increments.rereads), margin)

    @property
    def labels(self) -> list[str]:
        """What the accounts are called."""
        return [caller.label for caller in self.callers]

    def definition(self, files: str = "parquet") -> JsonObject:
        """What makes it this harvest and no other; in a harvest without an end, accounts may come and go."""
        return {
            "format": FORMAT,
            "stream": self.stream.name,
            "start": self.start.isoformat(),
            "end": OPEN if self.end is None else self.end.isoformat(),
            "trackers": None if self.trackers is None else list(self.trackers),
            "accounts": OPEN if self.end is None else sorted(self.labels),
            **self.stream.parameters,
            **({} if files == "parquet" else {"files": files}),
        }


def tracker_ids(trackers: Iterable[int] | None) -> tuple[int, ...] | None:
    """The requested ids, without repeats, sorted; InvalidInput if one is not an id."""
    if trackers is None:
        return None
    if isinstance(trackers, int | str):
        raise InvalidInput(f"trackers must be a list of ids, not {trackers!r}")
    ids = list(trackers)
    for one in ids:
        if isinstance(one, int) and one.bit_length() > 63:
            raise InvalidInput(
                f"trackers must be ids, and a number of {one.bit_length()} bits is not an id: correct it"
            )
        if isinstance(one, bool) or not isinstance(one, int):
            raise InvalidInput(
                f"trackers must be ids (whole numbers), and {one!r} is not an id: leave out trackers for all of them"
            )
    return tuple(sorted(set(ids)))
