"""`navixy verify`: whether the files of a harvest are still those that were written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ..exit_codes import ExitCode
from ..output import notify, write, write_json, write_rows
from ..progress import show_activity

if TYPE_CHECKING:
    from ...harvest.report.verify import Verified


def verify(folder: Path, *, as_json: bool, quiet: bool) -> ExitCode:
    """Read every file of the harvest in `folder` once, and report what differs from its manifest."""
    from ...harvest.report.verify import verify as check  # needs pyarrow

    with show_activity(f"reading the files in {folder}", quiet=quiet or as_json):
        result = check(folder)
    if as_json:
        write_json(result.to_json() | {"directory": str(folder)})
    else:
        if result.problems:
            write_rows(
                ("fault", "path", "detail"),
                ((problem.fault, problem.path, problem.detail) for problem in result.problems),
            )
        write(_summary(result))
    if result.is_sound:
        return ExitCode.OK
    counts: dict[str, int] = {}
    for problem in result.problems:
        counts[problem.fault] = counts.get(problem.fault, 0) + 1
    listed = ", ".join(f"{count:,} {fault}" for fault, count in sorted(counts.items()))
    notify(f"{folder} differs from its manifest: {listed}")
    return ExitCode.INCOMPLETE


def _summary(result: Verified) -> str:
    verdict = "sound" if result.is_sound else "not sound"
    streams = ", ".join(result.streams) or "nothing"
    return f"{streams}: {verdict}; {result.files:,} files, {result.rows:,} rows in {result.bytes:,} bytes as written"
