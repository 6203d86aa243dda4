"""`navixy harvest`: everything of a period into Parquet files, with progress, and a way to go on after a stop."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

from .. import errors
from ..errors import InvalidInput
from ..times import TimeRange
from .failures import ExitCode
from .meter import Meter
from .output import say, write, write_json
from .progress import Show, progress_line
from .running import run_until_signal
from .session import Session

if TYPE_CHECKING:
    from ..harvest import Coverage, Harvest, Harvests

KNOWN_HOLES = ("blocked", "clipped", "gaps")


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What to harvest, and where to."""

    stream: str
    asked: TimeRange
    trackers: Sequence[int] | None
    out: Path
    resume: bool
    overwrite: bool
    workers: int
    accepted: Sequence[str] = ()
    """Kinds of holes that do not make the job incomplete."""
    patience: float | None = None
    """Seconds without any success before the rest of an account is given up; the harvest's own if not given."""

    def __post_init__(self) -> None:
        if self.resume and self.overwrite:
            raise InvalidInput("--resume and --overwrite contradict each other: keep what is there, or replace it")
        check_accepted(self.accepted)

    def job(self, harvests: Harvests, progress: Show | None = None) -> Harvest:
        """The harvest that was ordered."""
        options: dict[str, Any] = {} if self.patience is None else {"patience": self.patience}
        make: Callable[..., Harvest] = getattr(harvests, self.stream)
        start, end = self.asked.start, self.asked.end
        return make(self.trackers, start=start, end=end, workers=self.workers, progress=progress, **options)


def check_accepted(kinds: Sequence[str]) -> None:
    """Refuse a kind of hole that nobody knows."""
    unknown = [kind for kind in kinds if kind not in KNOWN_HOLES]
    if unknown:
        raise InvalidInput(f"--accept {unknown[0]!r} is not known: choose from {', '.join(KNOWN_HOLES)}")


def resume_command(order: Order, *, url: str | None, account_file: Path | None, accounts: Sequence[str]) -> list[str]:
    """The words that go on with the same harvest after a stop."""
    words = ["navixy", "harvest", order.stream]
    words += ["--from", _moment(order.asked.start), "--to", _moment(order.asked.end), "--out", str(order.out)]
    if order.trackers is not None:
        words += ["--trackers", ",".join(map(str, order.trackers))]
    words += ["--workers", str(order.workers)]
    if order.patience is not None:
        words += ["--patience", f"{order.patience:g}"]
    for kind in order.accepted:
        words += ["--accept", kind]
    if url is not None:
        words += ["--url", url]
    if account_file is not None:
        words += ["--account-file", str(account_file)]
    for name in accounts:
        words += ["--account", name]
    return [*words, "--resume"]


def _moment(moment: datetime) -> str:
    text = moment.isoformat().replace("+00:00", "Z")
    return text.removesuffix("T00:00:00Z")


def harvest(session: Session, order: Order, *, again: Sequence[str], as_json: bool, quiet: bool) -> ExitCode:
    """Harvest, show progress on stderr and the coverage on stdout.

    Args:
        session: platform and accounts.
        order: what to harvest.
        again: the words of the command that goes on after a stop.
        as_json: one JSON object on stdout, and no progress.
        quiet: no progress.
    """
    meter = Meter()

    async def work() -> Coverage:
        async with session.open(lane="bulk", observer=meter) as (navixy, accounts), meter.watching(navixy.limits):
            with progress_line(order.stream, meter, quiet=quiet or as_json) as show:
                job = order.job(navixy.harvest(accounts), show)
                return await job.to_parquet(order.out, resume=order.resume, overwrite=order.overwrite)

    started = monotonic()
    coverage = run_until_signal(
        work,
        advice=f"What is finished is kept; go on with: {shlex.join(again)}",
        farewell="stopping after what is under way…",
    )
    seconds = monotonic() - started
    if as_json:
        write_json({**coverage.to_json(), **numbers(meter, seconds), "out": str(order.out)})
    else:
        write(str(coverage))
        write(f"  {as_words(numbers(meter, seconds))}")
        write(f"  files in {order.out}")
    return judge_coverage(coverage, order.accepted, again)


def numbers(meter: Meter, seconds: float) -> dict[str, Any]:
    """What the job cost."""
    return {
        "seconds": round(seconds, 2),
        "requests": meter.requests,
        "retries": meter.retries,
        "refused": meter.refused,
        "rate": None if meter.achieved is None else round(meter.achieved, 2),
        "limit": meter.limit,
    }


def as_words(cost: dict[str, Any]) -> str:
    """The cost as a line."""
    line = f"{cost['requests']:,} requests in {cost['seconds']:,.1f} s"
    if cost["rate"] is not None and cost["limit"]:
        line += f", {cost['rate']:.1f}/s under load ({cost['rate'] / cost['limit']:.0%} of {cost['limit']}/s)"
    return f"{line}, {cost['retries']:,} retries, {cost['refused']:,} refused"


def judge_coverage(coverage: Coverage, accepted: Sequence[str], again: Sequence[str]) -> ExitCode:
    """The exit code for a finished harvest, and the sentence on stderr if it is not complete."""
    kinds = [kind for kind in ("failed", *KNOWN_HOLES) if getattr(coverage, kind) and kind not in accepted]
    if not kinds:
        return ExitCode.OK
    counts = ", ".join(f"{len(getattr(coverage, kind)):,} {kind}" for kind in kinds)
    if coverage.failed:
        advice = f"ask for the failed ones again with: {shlex.join(again)}"
    else:
        advice = f"if that is as it should be, add {' '.join(f'--accept {kind}' for kind in kinds)}"
    say(f"the harvest is not complete: {counts}; {advice}")
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
