"""Output of the command: notices on stderr, results on stdout, and no secret on either."""

from __future__ import annotations

import contextlib
import logging
import os
import re
import sys
from collections.abc import Iterable, Iterator
from typing import Any, TextIO

from ..masking import Mask, Secret

_MAX_LENGTH = 1000
_FEW_SECRETS = 20
"""Up to this many secrets are masked in every spelling; with thousands of accounts that would be slow."""
_SESSION_HASH = re.compile(r"(?<![0-9a-fA-F])[0-9a-fA-F]{32}(?![0-9a-fA-F])")
_CONTROLS = re.compile(
    "[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069\\ufeff\\ufff9-\\ufffb\\ud800-\\udfff]"
)
"""Characters that control a terminal (ESC, BEL, their 8-bit forms) or the direction of writing, or are invalid."""

_secrets: set[str] = set()


def keep_secret(*secrets: str) -> None:
    """Have these masked in everything that :func:`notify` prints."""
    _secrets.update(secret for secret in secrets if len(secret) >= 4)


def masked(text: str) -> str:
    """`text` without the secrets of this run, and without anything that looks like a session hash."""
    return _SESSION_HASH.sub("***", without_secrets(text))


def without_secrets(text: str) -> str:
    """`text` without the secrets of this run; if there are only a few, in any spelling."""
    if len(_secrets) <= _FEW_SECRETS:
        return Mask(map(Secret, _secrets)).text(text)
    for secret in sorted(_secrets, key=len, reverse=True):
        text = text.replace(secret, "***")
    return text


def notify(text: str, *, one_line: bool = True) -> None:
    """Print a masked notice on stderr: one sentence, or with `one_line` false the lines as they are."""
    text = masked(text)
    if one_line:
        text = "navixy: " + single_line(text)
        if len(text) > _MAX_LENGTH:
            text = text[:_MAX_LENGTH] + " …"
    try:
        print(_printable(strip_control(text), sys.stderr.encoding), file=sys.stderr, flush=True)
    except OSError:
        discard_rest(sys.stderr)  # there is nowhere left to report it to to to


class _StderrHandler(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        notify(record.getMessage())


@contextlib.contextmanager
def log_to_stderr() -> Iterator[None]:
    """Until the block ends, print what the package logs: warnings, and with NAVIXY_DEBUG=1 more."""
    log, handler = logging.getLogger("navixy_async"), _StderrHandler()
    handler.setLevel(logging.INFO if os.environ.get("NAVIXY_DEBUG") == "1" else logging.WARNING)
    before = log.level
    log.setLevel(min(before or logging.WARNING, handler.level))
    log.addHandler(handler)
    try:
        yield
    finally:
        log.removeHandler(handler)
        log.setLevel(before)


def single_line(text: object) -> str:
    """`text` on one line and without control characters, so that a label can neither break nor control a terminal."""
    return strip_control(" ".join(str(text).split()))


def strip_control(text: str) -> str:
    """`text` with its line breaks, but nothing that controls a terminal."""
    return _CONTROLS.sub("", text)


def write(text: str) -> None:
    """Print a result on stdout, as lines."""
    write_bytes((strip_control(text) + "\n").encode("utf-8", "replace"))


def write_bytes(data: bytes) -> None:
    """Write a result to stdout unchanged; a reader that closes the pipe early is not a failure."""
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        discard_rest(sys.stdout)
    except OSError:
        discard_rest(sys.stdout)
        raise


def discard_rest(stream: TextIO) -> None:
    """Drop what is still to be written: the interpreter's own flush at exit must not fail again."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
        stream.flush()


def open_missing_streams() -> None:
    """Open a closed standard stream as /dev/null, so that no other file takes its descriptor."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            nowhere = os.open(os.devnull, os.O_RDWR)
            if nowhere != number:
                os.dup2(nowhere, number)
                os.close(nowhere)
            setattr(sys, name, open(number, "w" if number else "r", encoding="utf-8", closefd=False))  # noqa: SIM115


def flush_streams(code: int) -> int:
    """Flush both streams; the exit code, which becomes 1 if a result could not be written."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BrokenPipeError:
            discard_rest(stream)
        except OSError as error:
            discard_rest(stream)
            if stream is sys.stdout and not code:
                notify(f"the result could not be written ({error.strerror}): make room, or send it elsewhere")
                code = 1
        except ValueError:  # closed meanwhile
            continue
    return code


def json_text(data: bytes) -> bytes:
    """JSON that is safe on a terminal: control characters that JSON need not escape are escaped as well."""
    return _CONTROLS.sub(lambda found: f"\\u{ord(found[0]):04x}", data.decode("utf-8", "replace")).encode()


def write_json(value: Any) -> None:
    """Print one JSON object on stdout."""
    import msgspec  # keeps `navixy --help` quick

    write_bytes(json_text(msgspec.json.encode(value)) + b"\n")


def write_rows(header: Iterable[str], rows: Iterable[Iterable[object]], *, title: str | None = None) -> None:
    """Print a table: drawn on a terminal, tab-separated lines elsewhere."""
    if not sys.stdout.isatty():
        for row in (header, *rows):
            write("\t".join(single_line("" if cell is None else cell) for cell in row))
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(*header, title=title, title_justify="left")
    for row in rows:
        table.add_row(*(Text(single_line("" if cell is None else cell)) for cell in row))
    Console(file=sys.stdout).print(table)


def _printable(text: str, encoding: str | None) -> str:
    name = encoding or "utf-8"
    return text.encode(name, "replace").decode(name)
