"""The `navixy` command. Needs the extra ``cli``; without it, one sentence says so."""

from __future__ import annotations

import contextlib
import signal
import sys
import threading
from collections.abc import Iterator, Sequence

__all__ = ["main"]


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command with `argv` (the process's own arguments if not given) and return its exit code.

    Never prints a traceback unless ``NAVIXY_DEBUG=1`` asks for one, and never a credential.
    """
    from .output import flush_streams, open_missing_streams  # importing the package costs nothing

    arguments = list(sys.argv[1:] if argv is None else argv)
    open_missing_streams()
    with _terminated_like_interrupted():
        return flush_streams(_run(arguments))


def _run(arguments: list[str]) -> int:
    try:
        from .app import run  # the extra may be missing, and that is answered in one sentence
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in ("typer", "rich", "click"):
            raise
        print('navixy: the command needs its extra: run pip install "navixy-async[cli]"', file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("navixy: stopped.", file=sys.stderr)
        return 130
    return run(arguments)


@contextlib.contextmanager
def _terminated_like_interrupted() -> Iterator[None]:
    """SIGTERM does what Ctrl-C does, even where no loop handles both."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
