"""Every failure as an exit code and one sentence without secrets."""

from __future__ import annotations

import os
import traceback
from collections.abc import Iterator
from enum import IntEnum

from .output import notify


class ExitCode(IntEnum):
    """What the exit code of `navixy` means; the list in ``navixy --help`` is this one."""

    OK = 0
    INCOMPLETE = 1
    BAD_INPUT = 2
    REFUSED = 3
    NO_ANSWER = 4
    INTERRUPTED = 130


MEANINGS = {
    ExitCode.OK: "all done",
    ExitCode.INCOMPLETE: "the job is incomplete, or its output is wrong",
    ExitCode.BAD_INPUT: "wrong usage, nothing was done",
    ExitCode.REFUSED: "refused by the platform (credential, rights, parameters, limit)",
    ExitCode.NO_ANSWER: "no usable answer (connection, deadline, a fault of the platform)",
    ExitCode.INTERRUPTED: "stopped by Ctrl-C or SIGTERM",
}
# The mark keeps the lines as they are written.
EPILOG = "\b\nExit codes:\n" + "\n".join(f"{code:>5}  {meaning}" for code, meaning in MEANINGS.items())
_EXTRAS = ("pyarrow", "duckdb", "tzdata")


class Interrupted(Exception):
    """A signal arrived, and the work has stopped; `advice` says how to continue."""

    def __init__(self, advice: str = "") -> None:
        super().__init__(advice)
        self.advice = advice


class Incomplete(Exception):
    """The job ended, but not everything is there; the message says what is missing."""


def classify(error: BaseException) -> tuple[ExitCode, str]:
    """The exit code and the sentence for `error`; for a group, those of its gravest member."""
    return max((_judge(cause) for cause in _leaves(error)), key=lambda judged: judged[0])


def report_error(error: BaseException) -> ExitCode:
    """Print on stderr what went wrong, in one sentence, and return the exit code for it."""
    code, sentence = classify(error)
    notify(sentence)
    if os.environ.get("NAVIXY_DEBUG") == "1" and code is not ExitCode.INTERRUPTED:
        notify("".join(traceback.format_exception(error)).rstrip(), one_line=False)
    return code


def _leaves(error: BaseException) -> Iterator[BaseException]:
    if isinstance(error, BaseExceptionGroup):
        for inner in error.exceptions:
            yield from _leaves(inner)
    else:
        yield error


def _judge(error: BaseException) -> tuple[ExitCode, str]:
    # Imported here to keep `navixy --help` fast.
    from .. import errors as e

    match error:
        case Interrupted():
            return ExitCode.INTERRUPTED, f"stopped. {error.advice}".strip()
        case KeyboardInterrupt():
            return ExitCode.INTERRUPTED, "stopped."
        case Incomplete():
            return ExitCode.INCOMPLETE, str(error)
        case e.InvalidInput():
            return ExitCode.BAD_INPUT, str(error)
        case e.SecondFactorRequired():
            return (
                ExitCode.REFUSED,
                f"the platform asks this login for a second factor ({error.factor_type}), which a command "
                "cannot enter: use an API key, or the hash of a session that you opened",
            )
        case e.SessionEnded():
            return ExitCode.REFUSED, f"{error}; check the credential and that it belongs to this platform (--url)"
        case e.ServerFault():
            return ExitCode.NO_ANSWER, str(error)
        case e.ApiError():
            return ExitCode.REFUSED, str(error)
        case e.WriteFailed() | e.DoneButUnreadError():
            return ExitCode.INCOMPLETE, str(error)
        case e.NavixyError():
            return ExitCode.NO_ANSWER, str(error)
        case ModuleNotFoundError() if (error.name or "").partition(".")[0] in _EXTRAS:
            return ExitCode.BAD_INPUT, f'this needs {error.name}: run pip install "navixy-async[all]"'
        case OSError():
            return ExitCode.INCOMPLETE, f"the system refused: {error.strerror or error}{_of(error)}"
        case _:
            return (
                ExitCode.INCOMPLETE,
                f"something unexpected happened ({type(error).__name__}: {error}); NAVIXY_DEBUG=1 shows where; "
                "please report it",
            )


def _of(error: OSError) -> str:
    return f" ({error.filename})" if error.filename else ""
