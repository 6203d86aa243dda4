"""`navixy harvest`: everything of a period into Parquet files, once or kept current, with progress, resumable."""

from __future__ import annotations

import asyncio
import shlex
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

from ... import errors
from ...errors import InvalidInput
from ...settings import check_seconds
from ...times import time_text
from ..context import CommandContext
from ..exit_codes import ExitCode, report_error
from ..output import notify, write, write_json
from ..progress import ProgressCallback, progress_line
from ..signals import run_until_signal
from ..stats import RequestStats

if TYPE_CHECKING:
    from ...harvest import Coverage, Harvest, Harvests

KNOWN_HOLES = ("blocked", "clipped", "gaps")
STATES = "states"
BY_DAY = ("mileage", "engine_hours")
"""Streams whose rows are local days."""


def methods(harvests: Harvests) -> dict[str, Callable[..., Harvest]]:
    """The method that makes a harvest, by the name of its stream."""
    return {
        "tracks": harvests.tracks,
        "events": harvests.events,
        "trips": harvests.trips,
        "trip_points": harvests.trip_points,
        "sensors": harvests.sensors,
        "counters": harvests.counters,
        "mileage": harvests.mileage,
        "engine_hours": harvests.engine_hours,
        "raw": harvests.raw,
        "raw_arrived": harvests.raw_arrived,
        STATES: harvests.states,
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class HarvestOptions:
    """What to harvest, and where to."""

    streams: Sequence[str]
    start: datetime | None
    """``None`` only if the one stream is states."""
    end: datetime | None
    """``None`` for a harvest that is kept current."""
    days: tuple[date, date | None] | None = None
    """Start and end as dates, if given as such: for streams of local days they are days of each account's calendar."""
    trackers: Sequence[int] | None
    out: Path
    resume: bool
    overwrite: bool
    workers: int
    every: timedelta | None = None
    look_back: timedelta | None = None
    rereads: Sequence[timedelta] | None = None
    accepted: Sequence[str] = ()
    """Kinds of holes that do not make the harvest incomplete."""
    patience: float | None = None
    """Seconds without any success before the rest of an account is given up; the harvest's default if not given."""

    def __post_init__(self) -> None:
        if self.resume and self.overwrite:
            raise InvalidInput("--resume and --overwrite contradict each other: keep what is there, or replace it")
        if self.every is not None and self.overwrite:
            raise InvalidInput("--every and --overwrite contradict each other: each run would drop the one before")
        if len(set(self.streams)) < len(self.streams):
            raise InvalidInput("a stream is named twice: name it once")
        if self.end is not None:
            for option, value in (("--every", self.every), ("--reread", self.rereads)):
                if value is not None:
                    raise InvalidInput(
                        f"{option} is for harvests that are kept current: leave out either --to or {option}"
                    )
            if STATES in self.streams:
                raise InvalidInput("the platform knows only current states: harvest them without --to")
            if self.start is not None and self.end <= self.start:
                raise InvalidInput(
                    f"--to ({self.end.isoformat()}) must be after --from ({self.start.isoformat()}); the end itself is "
                    "not included"
                )
        if self.start is None and set(self.streams) != {STATES}:
            raise InvalidInput("--from is missing: say when the harvest starts, for example --from 2026-03-16")
        if self.patience is not None:
            check_seconds("--patience", self.patience)
        check_accepted(self.accepted)

    def harvest_of(self, harvests: Harvests, stream: str, progress: ProgressCallback | None = None) -> Harvest:
        """The harvest of one of the streams."""
        options: dict[str, Any] = {} if self.patience is None else {"patience": self.patience}
        make = methods(harvests)[stream]
        if stream == STATES:
            return make(self.trackers, series=True, workers=self.workers, progress=progress, **options)
        chosen: dict[str, Any] = {"look_back": self.look_back, "rereads": self.rereads}
        if given := {name: value for name, value in chosen.items() if value is not None}:
            from ...harvest import Increments  # an extra

            options["increments"] = Increments(**given)
        start, end = self.days if self.days is not None and stream in BY_DAY else (self.start, self.end)
        return make(self.trackers, start=start, end=end, workers=self.workers, progress=progress, **options)

    @property
    def continues(self) -> bool:
        """Whether it continues an earlier run; a harvest that is kept current always does."""
        return self.resume or (self.end is None and not self.overwrite)


def check_accepted(kinds: Sequence[str]) -> None:
    """Refuse unknown kinds of holes."""
    unknown = [kind for kind in kinds if kind not in KNOWN_HOLES]
    if unknown:
        raise InvalidInput(f"--accept {unknown[0]!r} is not known: choose from {', '.join(KNOWN_HOLES)}")


def resume_command(
    options: HarvestOptions,
    *,
    url: str | None,
    account_file: Path | None,
    accounts: Sequence[str],
    ca_file: Path | None = None,
) -> list[str]:
    """The words of the command that resumes the same harvest after a stop."""
    words = ["navixy", "harvest", *options.streams]
    # For streams of local days, a date means something else than its midnight in UTC.
    as_day = options.days is not None or not set(options.streams) & set(BY_DAY)
    if options.start is not None:
        words += ["--from", _moment(options.start, as_day=as_day)]
    if options.end is not None:
        words += ["--to", _moment(options.end, as_day=as_day)]
    if options.every is not None:
        words += ["--every", _duration(options.every)]
    if options.look_back is not None:
        words += ["--look-back", _duration(options.look_back) if options.look_back else "none"]
    if options.rereads is not None:
        words += ["--reread", ",".join(map(_duration, options.rereads)) or "none"]
    words += ["--out", str(options.out)]
    if options.trackers is not None:
        words += ["--trackers", ",".join(map(str, options.trackers))]
    words += ["--workers", str(options.workers)]
    if options.patience is not None:
        words += ["--patience", f"{options.patience:g}"]
    for kind in options.accepted:
        words += ["--accept", kind]
    if url is not None:
        words += ["--url", url]
    if account_file is not None:
        words += ["--account-file", str(account_file)]
    for name in accounts:
        words += ["--account", name]
    if ca_file is not None:
        words += ["--ca-file", str(ca_file)]
    return words if options.end is None else [*words, "--resume"]


def _moment(moment: datetime, *, as_day: bool) -> str:
    text = time_text(moment)
    return text.removesuffix("T00:00:00Z") if as_day else text


def _duration(span: timedelta) -> str:
    seconds = round(span.total_seconds())
    for unit, length in (("d", 86_400), ("h", 3_600), ("m", 60)):
        if seconds and seconds % length == 0:
            return f"{seconds // length}{unit}"
    return f"{seconds}s"


def harvest(
    context: CommandContext, options: HarvestOptions, *, resume_with: Sequence[str], as_json: bool, quiet: bool
) -> ExitCode:
    """Harvest, show progress on stderr and the coverage on stdout; with ``--every``, until a signal.

    Args:
        context: platform and accounts.
        options: what to harvest.
        resume_with: the words of the command that resumes it after a stop.
        as_json: one JSON object a stream on stdout, and no progress.
        quiet: no progress.
    """
    stats = RequestStats()

    async def work() -> ExitCode:
        async with context.open(lane="bulk", observer=stats) as (navixy, accounts), stats.watch(navixy.limiter):
            how = {"resume_with": resume_with, "as_json": as_json, "quiet": quiet}
            once = partial(_harvest_all, navixy.harvest(accounts), options, stats, **how)
            return await (once() if options.every is None else _repeat(once, options.every, quiet=quiet or as_json))

    return run_until_signal(
        work,
        advice=f"What is finished is kept; continue with: {shlex.join(resume_with)}",
        farewell="stopping after what is under way…",
    )


async def _harvest_all(harvests: Harvests, options: HarvestOptions, stats: RequestStats, **how: Any) -> ExitCode:
    """Harvest one stream after the other; one that fails does not stop the others."""
    codes: list[ExitCode] = []
    failures: list[errors.NavixyError] = []
    for stream in options.streams:
        try:
            codes.append(await _harvest_one(harvests, options, stream, stats, **how))
        except errors.NavixyError as error:
            failures.append(error)
    if not codes:
        raise failures[0]
    return max([*codes, *map(report_error, failures)])


async def _harvest_one(
    harvests: Harvests,
    options: HarvestOptions,
    stream: str,
    stats: RequestStats,
    *,
    resume_with: Sequence[str],
    as_json: bool,
    quiet: bool,
) -> ExitCode:
    """Harvest one stream and print the outcome."""
    stats.reset()
    started = monotonic()
    with progress_line(stream, stats, quiet=quiet or as_json) as show:
        job = options.harvest_of(harvests, stream, show)
        coverage = await job.to_parquet(options.out, resume=options.continues, overwrite=options.overwrite)
    cost = cost_of(stats, monotonic() - started)
    if as_json:
        verdict = {"verdict": coverage.verdict(options.accepted)}
        write_json({**coverage.to_json(), **verdict, **cost, "out": str(options.out)})
    else:
        write(coverage.text(options.accepted))
        write(f"  {as_words(cost)}")
        write(f"  files in {options.out}")
    return coverage_exit_code(coverage, options.accepted, resume_with)


async def _repeat(once: Callable[[], Awaitable[ExitCode]], every: timedelta, *, quiet: bool) -> ExitCode:
    """Repeat it, one period from start to start; only a failure of the first run ends the command."""
    loop = asyncio.get_running_loop()
    began, first = loop.time(), True
    while True:
        try:
            await once()
        except errors.NavixyError as error:
            if first:
                raise
            report_error(error)
        first = False
        late = loop.time() - (began + every.total_seconds())
        if late > 0:
            notify(f"the run took {late:,.0f} s longer than --every: the next one starts at once")
        elif not quiet:
            notify(f"the next run starts at {datetime.now(UTC) - timedelta(seconds=late):%Y-%m-%d %H:%M:%S} UTC")
        began += every.total_seconds() + max(late, 0)
        await asyncio.sleep(max(-late, 0))


def cost_of(stats: RequestStats, seconds: float) -> dict[str, Any]:
    """What the harvest cost in time and requests."""
    return {
        "seconds": round(seconds, 2),
        "requests": stats.requests,
        "retries": stats.retries,
        "refused": stats.refused,
        "rate": None if stats.achieved is None else round(stats.achieved, 2),
        "limit": stats.limit,
    }


def as_words(cost: dict[str, Any]) -> str:
    """The cost as one line."""
    line = f"{cost['requests']:,} requests in {cost['seconds']:,.1f} s"
    if cost["rate"] is not None and cost["limit"]:
        line += f", {cost['rate']:.1f}/s under load ({cost['rate'] / cost['limit']:.0%} of {cost['limit']}/s)"
    return f"{line}, {cost['retries']:,} retries, {cost['refused']:,} refused"


def coverage_exit_code(coverage: Coverage, accepted: Sequence[str], resume_with: Sequence[str]) -> ExitCode:
    """The exit code for a finished harvest; prints a sentence on stderr if it is not complete."""
    kinds = [kind for kind in ("failed", "waiting", *KNOWN_HOLES) if getattr(coverage, kind) and kind not in accepted]
    if not kinds:
        return ExitCode.OK
    counts = ", ".join(f"{len(getattr(coverage, kind)):,} {kind}" for kind in kinds)
    if coverage.failed:
        advice = f"request the failed ones again with: {shlex.join(resume_with)}"
    elif coverage.waiting:
        advice = f"fetch what was not over yet, later, with: {shlex.join(resume_with)}"
    else:
        advice = f"if that is expected, add {' '.join(f'--accept {kind}' for kind in kinds)}"
    notify(f"the harvest is not complete: {counts}; {advice}")
    if coverage.failed and not any(coverage.complete.values()):
        return _why_nothing_came(coverage)
    return ExitCode.INCOMPLETE


def _why_nothing_came(coverage: Coverage) -> ExitCode:
    kinds: list[type[Exception]] = [getattr(errors, hole.error or "", Exception) for hole in coverage.failed]
    if all(issubclass(kind, errors.ApiError) and not issubclass(kind, errors.ServerFault) for kind in kinds):
        return ExitCode.REFUSED
    if all(issubclass(kind, errors.TransportError | errors.ServerFault | errors.DeadlineExceeded) for kind in kinds):
        return ExitCode.NO_ANSWER
    return ExitCode.INCOMPLETE
