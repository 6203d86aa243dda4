"""`navixy demo`: a harvest of the embedded platform, and the proof that nothing is lost, duplicated or refused."""

from __future__ import annotations

import json
import shlex
import sys
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from time import monotonic
from typing import Any

from ....account import Account
from ....client import Navixy
from ....credentials import ApiKey
from ....errors import InvalidInput
from ....harvest import Coverage
from ....testing import Latency, PlatformProcess, Rules, World, WorldSpec
from ....times import TimeRange
from ...exit_codes import ExitCode
from ...output import keep_secret, notify, write, write_json
from ...progress import progress_line, show_activity
from ...signals import run_until_signal
from ...stats import RequestStats
from .compare import Difference
from .truth import check

MARK = "navixy-demo.json"
"""File in every directory that the demo made; only such a directory is ever replaced."""
RULES = Rules(latency=Latency(base=0.08, jitter=0.06), report_span=2, track_span=2, history_limit=500)
"""The documented limits, counted strictly; 80 ms away with up to 60 ms of jitter.

Small windows and pages make many light requests: the demo is about the rate, and must not depend on how fast a busy
machine can serve itself.
"""

_SHOWN = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoSize:
    """How much is harvested."""

    accounts: int = 3
    trackers: int = 30
    """Of each account."""
    days: int = 14
    points: int = 600
    """Of a busy day of a tracker."""

    def spec(self) -> WorldSpec:
        """The world: time zones from Berlin to Sydney, clocks changing in two of them, late points, days off."""
        return WorldSpec(
            accounts=self.accounts,
            trackers=self.trackers,
            days=self.days,
            points_per_day=self.points,
            events_per_day=20,
            blocked=0,
        )


@dataclass(slots=True)
class DemoOutcome:
    """Everything that goes into the table at the end."""

    folder: Path
    zones: Sequence[str]
    trackers: int
    days: int
    stats: RequestStats
    coverage: Mapping[str, Coverage]
    seconds: float
    """Of the harvest alone."""
    server: Mapping[str, Any] = field(default_factory=dict)
    differences: Mapping[str, Difference] = field(default_factory=dict)
    comparing: float = 0.0

    @property
    def difference(self) -> Difference:
        """Over all streams."""
        return sum(self.differences.values(), Difference())

    @property
    def is_right(self) -> bool:
        """Whether everything was delivered, once and unchanged."""
        return not self.difference and all(coverage.is_complete for coverage in self.coverage.values())


def demo(out: Path, size: DemoSize, *, as_json: bool, quiet: bool) -> ExitCode:
    """Harvest the embedded platform into `out`, compare every row with the truth, and print a table.

    Returns:
        INCOMPLETE if a row is missing, duplicated or wrong.
    """
    folder = claim(out)
    spec = size.spec()
    world = World(spec)
    for account in world.accounts:
        keep_secret(account.api_key)
    midnight = datetime.combine(spec.start, time(), UTC)
    asked = TimeRange(midnight, midnight + timedelta(days=spec.days))
    labels = {f"fleet-{account.index + 1}": account.id for account in world.accounts}
    if not quiet and not as_json:
        write(
            f"The embedded platform: {size.accounts} accounts ({', '.join(zones(world))}) with {len(world.trackers)} "
            f"trackers and {spec.days} days of data;"
        )
        write("50 requests/s at most, strictly counted; 80 ms away, with up to 60 ms of jitter.")

    async def work() -> DemoOutcome:
        async with PlatformProcess(spec, RULES) as platform:
            outcome = await _harvest(world, platform.base_url, asked, folder, quiet=quiet or as_json)
            outcome.server = platform.stats()
            return outcome

    outcome = run_until_signal(work, advice=f"Start the demo again with: navixy demo --out {shlex.quote(str(out))}")
    started = monotonic()
    with show_activity("comparing every row with the truth", quiet=quiet or as_json):
        outcome.differences = check(world, labels, folder, asked)
    outcome.comparing = monotonic() - started
    report = as_report(outcome)
    (folder / MARK).write_text(json.dumps(report, indent=2) + "\n")
    if as_json:
        write_json(report)
    else:
        for line in as_table(outcome):
            write(line)
    for example in outcome.difference.examples:
        notify(example)
    holes = [hole for coverage in outcome.coverage.values() for hole in coverage.holes]
    for hole in holes[:_SHOWN]:
        notify(f"hole: {hole}")
    if len(holes) > _SHOWN:
        notify(f"and {len(holes) - _SHOWN:,} more holes, see manifest.json")
    return ExitCode.OK if outcome.is_right else ExitCode.INCOMPLETE


def claim(out: Path) -> Path:
    """Take the directory `out`: a new or empty one, or one that an earlier demo made."""
    try:
        if out.exists() and not (out / MARK).exists() and any(out.iterdir()):
            raise InvalidInput(f"{out} is not empty and was not made by the demo: name another directory with --out")
        out.mkdir(parents=True, exist_ok=True)
        (out / MARK).write_text("{}\n")
    except OSError as error:
        raise InvalidInput(f"{out} cannot be used ({error.strerror}): name another directory with --out") from None
    return out


async def _harvest(world: World, url: str, asked: TimeRange, folder: Path, *, quiet: bool) -> DemoOutcome:
    stats = RequestStats()
    coverage: dict[str, Coverage] = {}
    async with AsyncExitStack() as stack:
        navixy = await stack.enter_async_context(Navixy(url, observer=stats))
        await stack.enter_async_context(stats.watch(navixy.limiter))
        accounts = [
            navixy.account(ApiKey(account.api_key), lane="bulk", label=f"fleet-{account.index + 1}")
            for account in world.accounts
        ]
        await _warm_up(world, accounts, asked)
        harvests = navixy.harvest(accounts)
        started = monotonic()
        for stream, make in (("tracks", harvests.tracks), ("events", harvests.events)):
            with progress_line(stream, stats, quiet=quiet) as show:
                job = make(start=asked.start, end=asked.end, progress=show)
                coverage[stream] = await job.to_parquet(folder, overwrite=True)
        seconds = monotonic() - started
    return DemoOutcome(folder, zones(world), len(world.trackers), world.spec.days, stats, coverage, seconds)


async def _warm_up(world: World, accounts: Sequence[Account], asked: TimeRange) -> None:
    """Have the platform make its events, which it does on the first request for them.

    Made in the middle of the harvest, they would stop its only thread for a while, and the requests that piled up
    meanwhile would be counted in one moment, as no real platform does.
    """
    for account, known in zip(accounts, world.accounts, strict=True):
        trackers = [tracker.id for tracker in known.trackers]
        asked_for = {"trackers": trackers, "from": asked.start, "to": asked.start + timedelta(days=1), "limit": 1}
        await account.call("history/tracker/list", asked_for)


def zones(world: World) -> list[str]:
    """The accounts' time zones."""
    return [account.time_zone for account in world.accounts]


def as_report(outcome: DemoOutcome) -> dict[str, Any]:
    """The outcome as plain members."""
    stats, difference = outcome.stats, outcome.difference
    achieved = stats.achieved
    return {
        "made_by": "navixy demo",
        "accounts": len(outcome.zones),
        "trackers": outcome.trackers,
        "days": outcome.days,
        "requests": outcome.server.get("requests"),
        "rate": None if achieved is None else round(achieved, 2),
        "limit": stats.limit,
        "refused": outcome.server.get("refused"),
        "points": outcome.coverage["tracks"].rows,
        "events": outcome.coverage["events"].rows,
        "bytes_received": stats.bytes,
        "bytes_written": written_bytes(outcome.folder),
        "harvest_seconds": round(outcome.seconds, 2),
        "comparison_seconds": round(outcome.comparing, 2),
        "compared": difference.compared,
        "missing": difference.missing,
        "doubled": difference.doubled,
        "wrong": difference.wrong,
        "complete": outcome.is_right,
        "out": str(outcome.folder),
    }


def as_table(outcome: DemoOutcome) -> list[str]:
    """The outcome as the lines of a short table."""
    report = as_report(outcome)
    rate = report["rate"]
    difference = outcome.difference
    rows = {
        "requests": f"{report['requests']:,}",
        "achieved rate": (
            "too short to measure"
            if rate is None
            else f"{rate:.1f} requests/s while there was work for the limiter, {rate / report['limit']:.1%} of "
            f"{report['limit']}/s"
        ),
        "refused (429)": f"{report['refused']:,}, as the server counted",
        "rows": f"{report['points']:,} points, {report['events']:,} events",
        "bytes": f"{_mb(report['bytes_received'])} of answers, {_mb(report['bytes_written'])} of Parquet",
        "duration": f"{outcome.seconds:.1f} s, and {outcome.comparing:.1f} s to compare {difference.compared:,} rows",
        "rows missing": f"{difference.missing:,}",
        "rows doubled": f"{difference.doubled:,}",
        "rows wrong": f"{difference.wrong:,}",
        "files": str(outcome.folder.resolve()),
        "look at them": duckdb_line(outcome.folder),
    }
    return [f"{name:<14}  {text}" for name, text in rows.items()]


def duckdb_line(folder: Path) -> str:
    """A shell command that shows what was written, by account and day."""
    files = json.dumps(f"{folder}/stream=tracks/*/*/*.parquet", ensure_ascii=False)
    columns = json.dumps("account, date, count(*) AS points, count(DISTINCT tracker_id) AS trackers, max(speed) AS top")
    code = (
        f'import duckdb; duckdb.read_parquet({files}, hive_partitioning=True).aggregate({columns}).order("ALL").show()'
    )
    return f"{Path(sys.executable).name} -c {shlex.quote(code)}"


def written_bytes(folder: Path) -> int:
    """Size of all Parquet files under `folder`."""
    return sum(path.stat().st_size for path in folder.rglob("*.parquet"))


def _mb(count: int) -> str:
    return f"{count / 1e6:,.1f} MB"
