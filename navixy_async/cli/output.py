"""What goes to the screen: sentences on stderr, results on stdout, and no secret on either."""

from __future__ import annotations

import contextlib
import logging
import os
import re
import sys
from collections.abc import Iterable, Iterator
from typing import Any

_LONGEST = 1000
_HEX32 = re.compile(r"(?<![0-9a-fA-F])[0-9a-fA-F]{32}(?![0-9a-fA-F])")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")

_secrets: set[str] = set()


def keep_secret(*secrets: str) -> None:
    """Never let these be printed by :func:`say`, whatever message they turn up in."""
    _secrets.update(secret for secret in secrets if len(secret) >= 4)


def masked(text: str) -> str:
    """`text` without the secrets of this run, and without anything that looks like a session hash."""
    for secret in sorted(_secrets, key=len, reverse=True):
        text = text.replace(secret, "***")
    return _HEX32.sub("***", text)


def say(text: str, *, one_line: bool = True) -> None:
    """Tell a person something on stderr: one masked sentence, or with `one_line` false the lines as they are."""
    text = masked(text)
    if one_line:
        text = "navixy: " + " ".join(text.split())
        if len(text) > _LONGEST:
            text = text[:_LONGEST] + " …"
    with contextlib.suppress(BrokenPipeError):
        print(_printable(text, sys.stderr.encoding), file=sys.stderr, flush=True)


class _Says(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        say(record.getMessage())


@contextlib.contextmanager
def warnings_said() -> Iterator[None]:
    """Until the block ends, what the package logs reaches the person: warnings, and with NAVIXY_DEBUG=1 more."""
    log, handler = logging.getLogger("navixy_async"), _Says()
    handler.setLevel(logging.INFO if os.environ.get("NAVIXY_DEBUG") == "1" else logging.WARNING)
    before = log.level
    log.setLevel(min(before or logging.WARNING, handler.level))
    log.addHandler(handler)
    try:
        yield
    finally:
        log.removeHandler(handler)
        log.setLevel(before)


def plain(text: object) -> str:
    """`text` on one line and without control characters, so that a label can neither break nor command a terminal."""
    return _CONTROL.sub("", " ".join(str(text).split()))


def write(text: str) -> None:
    """A result as a line on stdout."""
    write_bytes((text + "\n").encode("utf-8", "replace"))


def write_bytes(data: bytes) -> None:
    """A result on stdout as it is; a reader that has had enough is no failure."""
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        # Later writes, and the interpreter's own flush at the end, must not fail on the closed pipe again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def write_json(value: Any) -> None:
    """One JSON object on stdout."""
    import msgspec  # noqa: PLC0415 - keeps `navixy --help` quick

    write_bytes(msgspec.json.encode(value) + b"\n")


def write_rows(header: Iterable[str], rows: Iterable[Iterable[object]], *, title: str | None = None) -> None:
    """A table: drawn on a terminal, tab-separated lines elsewhere."""
    if not sys.stdout.isatty():
        for row in (header, *rows):
            write("\t".join(plain("" if cell is None else cell) for cell in row))
        return
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    table = Table(*header, title=title, title_justify="left")
    for row in rows:
        table.add_row(*(Text(plain("" if cell is None else cell)) for cell in row))
    Console(file=sys.stdout).print(table)


def _printable(text: str, encoding: str | None) -> str:
    name = encoding or "utf-8"
    return text.encode(name, "replace").decode(name)
