"""`navixy harvest --dry-run`: what would be requested, and how long that takes at the limit; writes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from ...times import time_text
from ..context import CommandContext
from ..exit_codes import ExitCode
from ..output import notify, write, write_json, write_rows
from ..signals import run_until_signal

if TYPE_CHECKING:
    from ...harvest.forecast import AccountForecast, Forecast
    from ...limits import LimitsSnapshot
    from .harvest import HarvestOptions

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Ceiling:
    """Requests per second that the platform allows; ``None`` if the limiter is off."""

    total: int | None
    """To all accounts together, over the source addresses in use."""
    per_account: int | None
    """To one account."""

    def seconds(self, counts: Iterable[int]) -> float | None:
        """How long this many requests per account take when only the limit slows them down."""
        requests = list(counts)
        if self.total is None or self.per_account is None:
            return None
        return max(sum(requests) / self.total, max(requests, default=0) / self.per_account)


def dry_run(context: CommandContext, options: HarvestOptions, *, as_json: bool) -> ExitCode:
    """Print the plan: trackers, tracker-days and requests by account, then the time they take at the limit."""

    async def work() -> tuple[list[Forecast], Ceiling]:
        async with context.open(lane="bulk") as (navixy, accounts):
            harvests = navixy.harvest(accounts)
            how = {"resume": options.continues, "overwrite": options.overwrite}
            forecasts = [
                await options.harvest_of(harvests, stream).forecast(options.out, **how) for stream in options.streams
            ]
            return forecasts, _ceiling(navixy.limiter.snapshot())

    forecasts, ceiling = run_until_signal(work)
    return max(_print_forecast(forecast, ceiling, as_json=as_json) for forecast in forecasts)


def _print_forecast(forecast: Forecast, ceiling: Ceiling, *, as_json: bool) -> ExitCode:
    """Print the plan of one stream."""
    least = ceiling.seconds(account.least for account in forecast.accounts)
    likely = None if forecast.likely is None else ceiling.seconds(account.likely or 0 for account in forecast.accounts)
    if as_json:
        write_json(_as_json(forecast, ceiling, least, likely))
    else:
        columns = ("account", "trackers", "blocked", "tracker-days", "requests at least", "requests about")
        write_rows(columns, (_row(account) for account in forecast.accounts))
        write(f"{forecast.stream} {forecast.range}: {_sentence(forecast, ceiling, least, likely)}")
    for hole in forecast.failed:
        notify(f"account {hole.account}: {hole.reason}")
    return ExitCode.INCOMPLETE if forecast.failed else ExitCode.OK


def _ceiling(limits: LimitsSnapshot) -> Ceiling:
    if not limits.enabled or not limits.addresses:
        return Ceiling(None, None)
    together = sum(budget.limit for budget in limits.addresses)
    return Ceiling(together, min((budget.limit for budget in limits.credentials), default=together))


def _row(account: AccountForecast) -> tuple[object, ...]:
    return account.account, account.trackers, account.blocked, _tracker_days(account), account.least, account.likely


def _tracker_days(account: AccountForecast) -> float:
    return round(account.span / _DAY, 2)


def _sentence(forecast: Forecast, ceiling: Ceiling, least: float | None, likely: float | None) -> str:
    trackers = sum(account.trackers for account in forecast.accounts)
    word = "account" if len(forecast.accounts) == 1 else "accounts"
    parts = f"{trackers:,} trackers of {len(forecast.accounts):,} {word}, at least {forecast.least:,} requests"
    if least is not None:
        parts += f" ({duration(least)} at {ceiling.total}/s)"
    if forecast.likely is not None and forecast.density is not None:
        parts += f", about {forecast.likely:,}"
        if likely is not None:
            parts += f" ({duration(likely)})"
        parts += f" if a tracker has {forecast.density.rows:,} rows a day"
    return f"{parts}; nothing was written"


def duration(seconds: float) -> str:
    """Seconds as people write them: ``45 s``, ``12 min``, ``3.5 h``."""
    if seconds < 1:
        return "under 1 s"
    if seconds < 100:
        return f"{seconds:.0f} s"
    if seconds < 6000:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3600:.1f} h"


def _as_json(forecast: Forecast, ceiling: Ceiling, least: float | None, likely: float | None) -> dict[str, Any]:
    return {
        "stream": forecast.stream,
        "start": time_text(forecast.range.start),
        "end": time_text(forecast.range.end),
        "requests": {"least": forecast.least, "likely": forecast.likely},
        "seconds": {"least": least, "likely": likely},
        "limit": ceiling.total,
        "rows_per_day": None if forecast.density is None else forecast.density.rows,
        "accounts": [
            {
                "account": account.account,
                "trackers": account.trackers,
                "blocked": account.blocked,
                "tracker_days": _tracker_days(account),
                "requests": {"least": account.least, "likely": account.likely},
            }
            for account in forecast.accounts
        ],
        "failed": {hole.account: hole.reason for hole in forecast.failed},
    }
