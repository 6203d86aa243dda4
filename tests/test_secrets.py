"""Secrets stay secret, over the whole suite."""

from __future__ import annotations

import logging

import pytest

from navixy_async import credentials

from .conftest import Watch


def test_the_watch_would_notice() -> None:
    watch = Watch()
    watch.secrets.add("correct horse")
    for text in ("login with correct horse failed", f"NVX {'0123456789abcdef' * 2}"):
        watch.emit(logging.LogRecord("x", logging.INFO, "f", 1, "%s", (text,), None))
    try:
        raise ValueError("correct horse")
    except ValueError as error:
        info = (type(error), error, error.__traceback__)
        watch.emit(logging.LogRecord("x", logging.INFO, "f", 1, "failed", (), info))
    watch.emit(logging.LogRecord("x", logging.INFO, "f", 1, "all is well", (), None))
    assert len(watch.leaks) == 3
    assert watch.lines == 4


def test_every_credential_is_watched(watch: Watch) -> None:
    credentials.Login("watched@example.com", "watched password")
    assert {"watched@example.com", "watched password"} <= watch.secrets


def test_the_suite_showed_no_secret(watch: Watch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Logs, output, and every file that a test left behind."""
    assert not watch.leaks, "\n".join(watch.leaks[:10])
    secrets = [secret.encode() for secret in watch.secrets]
    for path in tmp_path_factory.getbasetemp().rglob("*"):
        if path.is_symlink() or not path.is_file():
            continue
        found = path.read_bytes()
        if path.suffix == ".toml" and b"[[account]]" in found:
            continue  # account files hold credentials by their very purpose
        assert not any(secret in found for secret in secrets), f"{path.name} holds a secret"
