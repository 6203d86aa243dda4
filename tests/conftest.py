"""What holds for the whole suite: everything that is logged or printed is searched for secrets at the end."""

from __future__ import annotations

import logging
import re

import pytest

from navixy_async import credentials

_HASH_LIKE = re.compile(r"(?<![0-9a-fA-F])[0-9a-fA-F]{32}(?![0-9a-fA-F])")


class Watch(logging.Handler):
    """Remembers every secret that became a credential, and every line that shows one."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.secrets: set[str] = set()
        self.leaks: list[str] = []
        self.lines = 0

    def emit(self, record: logging.LogRecord) -> None:
        if record.name == "asyncio" and record.levelno <= logging.DEBUG:
            return
        text = record.getMessage()
        if record.exc_info:
            text += logging.Formatter().formatException(record.exc_info)
        self.look(text, f"log {record.name}")

    def look(self, text: str, where: str) -> None:
        """Search `text` for secrets."""
        self.lines += 1
        if any(secret in text for secret in self.secrets) or _HASH_LIKE.search(text):
            self.leaks.append(f"{where}: {text[:500]}")


WATCH = Watch()
_make = credentials._Masked.__init__


def _make_and_remember(self: credentials._Masked, *secrets: str) -> None:
    _make(self, *secrets)
    WATCH.secrets.update(secret for secret in secrets if len(secret) >= 6)


def pytest_configure(config: pytest.Config) -> None:
    credentials._Masked.__init__ = _make_and_remember  # type: ignore[method-assign]
    root = logging.getLogger()
    root.addHandler(WATCH)
    root.setLevel(logging.DEBUG)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The search for leaks comes last, when everything else has had its say."""
    items.sort(key=lambda item: item.name == "test_the_suite_showed_no_secret")


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.passed:
        for name, text in report.sections:
            if "std" in name:
                WATCH.look(text, f"{report.nodeid} {name}")


@pytest.fixture
def watch() -> Watch:
    """The suite's watch over secrets."""
    return WATCH
