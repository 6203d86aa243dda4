"""The `navixy` command. Needs the extra ``cli``; without it, one sentence says so."""

from __future__ import annotations

import sys
from collections.abc import Sequence

__all__ = ["main"]


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command with `argv` (the process's own arguments if not given) and return its exit code.

    Never prints a traceback unless ``NAVIXY_DEBUG=1`` asks for one, and never a credential.
    """
    from .output import open_missing_streams, settle  # noqa: PLC0415 - importing the package costs nothing

    arguments = list(sys.argv[1:] if argv is None else argv)
    open_missing_streams()
    try:
        from .app import run  # noqa: PLC0415 - the extra may be missing, and that is answered in one sentence
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in ("typer", "rich", "click"):
            raise
        print('navixy: the command needs its extra: run pip install "navixy-async[cli]"', file=sys.stderr)
        return settle(2)
    return settle(run(arguments))
