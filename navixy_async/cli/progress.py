"""The progress line of a long job: on stderr, and only on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from .stats import RequestStats

if TYPE_CHECKING:
    from ..harvest import Progress as HarvestProgress

ProgressCallback = Callable[["HarvestProgress"], None]


@contextmanager
def progress_line(title: str, stats: RequestStats, *, quiet: bool) -> Iterator[ProgressCallback | None]:
    """Yield a function that shows how far a harvest is, or ``None`` without a terminal.

    The line has the share done, requests per second with their share of the limit, rows, retries and refusals if there
    are any, and the time left.
    """
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console  # only a terminal needs it
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(bar_width=20),
        TaskProgressColumn(),
        TextColumn("{task.fields[facts]}"),
        TimeRemainingColumn(),
        TextColumn("left"),
    )
    console = Console(file=sys.stderr)
    with Progress(*columns, console=console, transient=True, refresh_per_second=4, speed_estimate_period=60) as bar:
        task = bar.add_task(title, total=1.0, facts="")

        def show(done: HarvestProgress) -> None:
            bar.update(task, completed=done.share, facts=facts(done.rows, stats, holes=done.gaps + done.failed))

        yield show


@contextmanager
def show_activity(title: str, *, quiet: bool) -> Iterator[None]:
    """Show on a terminal that something of unknown length is under way."""
    if quiet or not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(file=sys.stderr).status(title):
        yield


def facts(rows: int, stats: RequestStats, *, holes: int = 0) -> str:
    """The middle of the line: ``48.6/s (97 % of 50/s)  1,234,567 rows  2 retries``."""
    parts = [f"{stats.rate:.1f}/s"]
    if stats.limit:
        parts[0] += f" ({stats.rate / stats.limit:.0%} of {stats.limit}/s)"
    parts.append(f"{rows:,} rows")
    for count, one, many in (
        (stats.retries, "retry", "retries"),
        (stats.refused, "refused", "refused"),
        (holes, "hole", "holes"),
    ):
        if count:
            parts.append(f"{count:,} {one if count == 1 else many}")
    return "  ".join(parts)
