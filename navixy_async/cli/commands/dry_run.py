"""`navixy harvest --dry-run`: what would be asked, and how long that takes at the limit; nothing is written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from ..context import Session
from ..exit_codes import ExitCode
from ..output import say, write, write_json, write_rows
from ..signals import run_until_signal

if TYPE_CHECKING:
    from ...harvest.forecast import AccountForecast, Forecast
    from ...limits import LimitsSnapshot
    from .harvest import Order

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Ceiling:
    """Requests per second that the platform allows; ``None`` if the limiter is off."""

    all: int | None
    """To all accounts together, over the addresses that they are asked from."""
    one: int | None
    """To one account."""

    def seconds(self, counts: Iterable[int]) -> float | None:
        """How long so many requests per account take when nothing but the limit holds them back."""
        each = list(counts)
        if self.all is None or self.one is None:
            return None
        return max(sum(each) / self.all, max(each, default=0) / self.one)


def dry_run(session: Session, order: Order, *, as_json: bool) -> ExitCode:
    """Print the plan: per account trackers, tracker-days and requests, then the time that the limit asks for."""

    async def work() -> tuple[list[Forecast], Ceiling]:
        async with session.open(lane="bulk") as (navixy, accounts):
            harvests = navixy.harvest(accounts)
            found = [
                await order.job(harvests, stream).forecast(order.out, resume=order.goes_on, overwrite=order.overwrite)
                for stream in order.streams
            ]
            return found, _ceiling(navixy.limits.snapshot())

    plans, ceiling = run_until_signal(work)
    return max(_tell(found, ceiling, as_json=as_json) for found in plans)


def _tell(found: Forecast, ceiling: Ceiling, *, as_json: bool) -> ExitCode:
    """Print the plan of one stream."""
    least = ceiling.seconds(each.least for each in found.accounts)
    likely = None if found.likely is None else ceiling.seconds(each.likely or 0 for each in found.accounts)
    if as_json:
        write_json(_told(found, ceiling, least, likely))
    else:
        columns = ("account", "trackers", "blocked", "tracker-days", "requests at least", "requests about")
        write_rows(columns, (_row(each) for each in found.accounts))
        write(f"{found.stream} {found.range}: {_sentence(found, ceiling, least, likely)}")
    for hole in found.failed:
        say(f"account {hole.account}: {hole.reason}")
    return ExitCode.INCOMPLETE if found.failed else ExitCode.OK


def _ceiling(limits: LimitsSnapshot) -> Ceiling:
    if not limits.enabled or not limits.addresses:
        return Ceiling(None, None)
    together = sum(budget.limit for budget in limits.addresses)
    return Ceiling(together, min((budget.limit for budget in limits.credentials), default=together))


def _row(each: AccountForecast) -> tuple[object, ...]:
    return each.account, each.trackers, each.blocked, _tracker_days(each), each.least, each.likely


def _tracker_days(each: AccountForecast) -> float:
    return round(each.span / _DAY, 2)


def _sentence(found: Forecast, ceiling: Ceiling, least: float | None, likely: float | None) -> str:
    trackers = sum(each.trackers for each in found.accounts)
    noun = "account" if len(found.accounts) == 1 else "accounts"
    parts = f"{trackers:,} trackers of {len(found.accounts):,} {noun}, at least {found.least:,} requests"
    if least is not None:
        parts += f" ({duration(least)} at {ceiling.all}/s)"
    if found.likely is not None and found.density is not None:
        parts += f", about {found.likely:,}"
        if likely is not None:
            parts += f" ({duration(likely)})"
        parts += f" if a tracker has {found.density.rows:,} rows a day"
    return f"{parts}; nothing was written"


def duration(seconds: float) -> str:
    """Seconds as a person says them: ``45 s``, ``12 min``, ``3.5 h``."""
    if seconds < 1:
        return "under 1 s"
    if seconds < 100:
        return f"{seconds:.0f} s"
    if seconds < 6000:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3600:.1f} h"


def _told(found: Forecast, ceiling: Ceiling, least: float | None, likely: float | None) -> dict[str, Any]:
    return {
        "stream": found.stream,
        "start": found.range.start.isoformat().replace("+00:00", "Z"),
        "end": found.range.end.isoformat().replace("+00:00", "Z"),
        "requests": {"least": found.least, "likely": found.likely},
        "seconds": {"least": least, "likely": likely},
        "limit": ceiling.all,
        "rows_per_day": None if found.density is None else found.density.rows,
        "accounts": [
            {
                "account": each.account,
                "trackers": each.trackers,
                "blocked": each.blocked,
                "tracker_days": _tracker_days(each),
                "requests": {"least": each.least, "likely": each.likely},
            }
            for each in found.accounts
        ],
        "failed": {hole.account: hole.reason for hole in found.failed},
    }
