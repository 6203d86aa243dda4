"""A pytest plugin that watches over secrets: what is logged, printed, or left in a temporary file is searched for them.

Each process that runs tests searches what it has seen itself, so this works for one process and for the workers of
pytest-xdist alike: at the end of a process, a secret that was shown is an error at the teardown of its last test.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from navixy_async import credentials

_HASH_LIKE = re.compile(r"(?<![0-9a-fA-F])[0-9a-fA-F]{32}(?![0-9a-fA-F])")


def distinctive(secret: str) -> bool:
    """Whether a text that contains `secret` shows it.

    A password that is one plain word (``password``) stands in ordinary sentences, and a key of few different characters
    (32 zeros, say) in numbers. Neither can be recognised, so neither is watched: a test whose credential may leak gives
    it a value that nothing else contains.
    """
    return len(set(secret)) >= 6 and not secret.isalpha()


class Watch(logging.Handler):
    """Remembers every secret that became a credential, and every line that shows one."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.secrets: set[str] = set()
        self.leaks: list[str] = []
        self.lines = 0

    def add(self, *secrets: str) -> None:
        """Watch over `secrets`, except those that ordinary text contains."""
        self.secrets.update(filter(distinctive, secrets))

    def emit(self, record: logging.LogRecord) -> None:
        if record.name == "asyncio" and record.levelno <= logging.DEBUG:
            return
        text = record.getMessage()
        if record.exc_info:
            text += logging.Formatter().formatException(record.exc_info)
        self.look(text, f"log {record.name}")

    def look(self, text: str, where: str) -> None:
        """Search `text` for secrets, and for whatever looks like the hash of a session."""
        self.lines += 1
        if any(secret in text for secret in self.secrets) or any(map(distinctive, _HASH_LIKE.findall(text))):
            self.leaks.append(f"{where}: {text[:500]}")

    def look_into(self, directory: Path) -> None:
        """Search every file below `directory`."""
        secrets = [secret.encode(errors="surrogatepass") for secret in self.secrets]
        for path in directory.rglob("*"):
            if path.is_symlink() or not path.is_file():
                continue
            found = path.read_bytes()
            if path.suffix == ".toml" and b"[[account]]" in found:
                continue  # account files contain credentials by their very purpose
            if any(secret in found for secret in secrets):
                self.leaks.append(f"file {path.relative_to(directory)} contains a secret")


WATCH = Watch()
_make = credentials._Masked.__init__


def _make_and_remember(self: credentials._Masked, *secrets: str) -> None:
    _make(self, *secrets)
    WATCH.add(*secrets)


def pytest_configure() -> None:
    credentials._Masked.__init__ = _make_and_remember  # type: ignore[method-assign]
    root = logging.getLogger()
    root.addHandler(WATCH)
    root.setLevel(logging.DEBUG)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.passed:
        for name, text in report.sections:
            if "std" in name:
                WATCH.look(text, f"{report.nodeid} {name}")


@pytest.fixture
def watch() -> Watch:
    """The watch of this process."""
    return WATCH


@pytest.fixture(scope="session", autouse=True)
def no_secret_is_shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Set up before all others, so that it looks when everything else has come to its end."""
    yield
    WATCH.look_into(tmp_path_factory.getbasetemp())
    assert not WATCH.leaks, "some test, not necessarily this one, showed a secret:\n" + "\n".join(WATCH.leaks[:10])
