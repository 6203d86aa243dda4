"""What goes to the screen: sentences on stderr, results on stdout, and no secret on either."""

from __future__ import annotations

import contextlib
import logging
import os
import re
import sys
from collections.abc import Iterable, Iterator
from typing import Any, TextIO

from ..masking import Mask, Secret

_LONGEST = 1000
_FEW = 20
"""Secrets for which every spelling is looked for; a file of thousands of accounts would make that slow."""
_HEX32 = re.compile(r"(?<![0-9a-fA-F])[0-9a-fA-F]{32}(?![0-9a-fA-F])")
_COMMANDS = re.compile(
    "[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069\\ufeff\\ufff9-\\ufffb\\ud800-\\udfff]"
)
"""Characters that command a terminal (ESC, BEL, their 8-bit forms), turn the direction of writing, or are none."""

_secrets: set[str] = set()


def keep_secret(*secrets: str) -> None:
    """Never let these be printed by :func:`notify`, whatever message they turn up in."""
    _secrets.update(secret for secret in secrets if len(secret) >= 4)


def masked(text: str) -> str:
    """`text` without the secrets of this run, and without anything that looks like a session hash."""
    return _HEX32.sub("***", without_secrets(text))


def without_secrets(text: str) -> str:
    """`text` without the secrets of this run, as they are, and of a few accounts in any spelling."""
    if len(_secrets) <= _FEW:
        return Mask(map(Secret, _secrets)).text(text)
    for secret in sorted(_secrets, key=len, reverse=True):
        text = text.replace(secret, "***")
    return text


def notify(text: str, *, one_line: bool = True) -> None:
    """Tell a person something on stderr: one masked sentence, or with `one_line` false the lines as they are."""
    text = masked(text)
    if one_line:
        text = "navixy: " + single_line(text)
        if len(text) > _LONGEST:
            text = text[:_LONGEST] + " …"
    try:
        print(_printable(strip_control(text), sys.stderr.encoding), file=sys.stderr, flush=True)
    except OSError:
        discard_rest(sys.stderr)  # whom could it be told?


class _StderrHandler(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        notify(record.getMessage())


@contextlib.contextmanager
def log_to_stderr() -> Iterator[None]:
    """Until the block ends, what the package logs reaches the person: warnings, and with NAVIXY_DEBUG=1 more."""
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
    """`text` on one line and without control characters, so that a label can neither break nor command a terminal."""
    return strip_control(" ".join(str(text).split()))


def strip_control(text: str) -> str:
    """`text` in its lines, but without anything that commands a terminal."""
    return _COMMANDS.sub("", text)


def write(text: str) -> None:
    """A result on stdout, as lines."""
    write_bytes((strip_control(text) + "\n").encode("utf-8", "replace"))


def write_bytes(data: bytes) -> None:
    """A result on stdout as it is; a reader that has had enough is no failure."""
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
    """Let what is still to be written vanish: the interpreter's own flush at the end must not fail once more."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
        stream.flush()


def open_missing_streams() -> None:
    """Make a standard stream that is closed as good as /dev/null, so that no file is opened in its place."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            nowhere = os.open(os.devnull, os.O_RDWR)
            if nowhere != number:
                os.dup2(nowhere, number)
                os.close(nowhere)
            setattr(sys, name, open(number, "w" if number else "r", encoding="utf-8", closefd=False))  # noqa: SIM115


def flush_streams(code: int) -> int:
    """Write out what is left; the exit code, which is 1 if a result could not be written."""
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
    """JSON whose texts command no terminal: what JSON need not escape, but a terminal obeys, is escaped."""
    return _COMMANDS.sub(lambda found: f"\\u{ord(found[0]):04x}", data.decode("utf-8", "replace")).encode()


def write_json(value: Any) -> None:
    """One JSON object on stdout."""
    import msgspec  # keeps `navixy --help` quick

    write_bytes(json_text(msgspec.json.encode(value)) + b"\n")


def write_rows(header: Iterable[str], rows: Iterable[Iterable[object]], *, title: str | None = None) -> None:
    """A table: drawn on a terminal, tab-separated lines elsewhere."""
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
