"""Secrets stay secret, over the whole suite: proofs that the watch over it sees what it must, and nothing else."""

from __future__ import annotations

import logging
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from navixy_async import credentials

from .support.watch import Watch, distinctive

ROOT = Path(__file__).parent.parent
KEY = "0f1e2d3c4b5a69788796a5b4c3d2e1f0"


def record(text: str) -> logging.LogRecord:
    return logging.LogRecord("x", logging.INFO, "f", 1, "%s", (text,), None)


def test_the_watch_would_notice() -> None:
    watch = Watch()
    watch.add("correct horse")
    for text in ("login with correct horse failed", f"NVX {'0123456789abcdef' * 2}"):
        watch.emit(record(text))
    try:
        raise ValueError("correct horse")
    except ValueError as error:
        info = (type(error), error, error.__traceback__)
        watch.emit(logging.LogRecord("x", logging.INFO, "f", 1, "failed", (), info))
    watch.emit(logging.LogRecord("x", logging.INFO, "f", 1, "all is well", (), None))
    assert len(watch.leaks) == 3
    assert watch.lines == 4


@pytest.mark.parametrize(
    "secret",
    [KEY, "0123456789abcdef" * 2, "hunter2", "pass-0a1b2c3d4e5f", "correct horse", "user@example.com", "пароль-да"],
)
def test_a_secret_that_can_be_recognised_is_watched_wherever_it_stands(secret: str) -> None:
    watch = Watch()
    watch.add(secret)
    for text in (secret, f"x{secret}y", f"https://api/?hash={secret}&a=1", f'{{"password": "{secret}"}}'):
        watch.leaks.clear()
        watch.look(text, "here")
        assert watch.leaks, text


@pytest.mark.parametrize(
    ("secret", "text"),
    [
        ("password", "Executing <Task name='wrong password'> took 0.301 seconds"),
        ("somebody", "somebody else wrote"),
        ("0" * 32, f"lat={10**38}"),
        (f"{300:032x}", f"{10**40 * 0x12B:x}"),
        ("ffffff", "#ffffff"),
    ],
)
def test_what_ordinary_text_contains_is_no_leak(secret: str, text: str) -> None:
    assert not distinctive(secret)
    watch = Watch()
    watch.add(secret)
    watch.look(text, "here")
    assert not watch.leaks


def test_every_credential_is_watched(watch: Watch) -> None:
    credentials.Login("watched@example.com", "watched password")
    assert {"watched@example.com", "watched password"} <= watch.secrets


SHOWN = {
    "nothing": ["logging.info('password %s', 10**38)"],
    "one": ["logging.getLogger('navixy_async').debug('sent %s', KEY)"],
    "all": [
        "logging.getLogger('navixy_async').debug('sent %s', KEY)",
        "logging.getLogger('elsewhere').debug('aabbccddeeff00112233445566778899')",
        "print('sent', KEY)",
        "print('sent', KEY, file=sys.stderr)",
        "(tmp_path / 'rows.ndjson').write_text(KEY)",
    ],
}


@pytest.mark.parametrize("workers", [0, 2])
@pytest.mark.parametrize("shown", SHOWN)
def test_a_run_in_which_a_secret_was_shown_fails(shown: str, workers: int, tmp_path: Path) -> None:
    """Whichever test it was, and in whichever worker."""
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    (tmp_path / "test_it.py").write_text(
        "import logging, sys\nimport pytest\nfrom navixy_async.credentials import ApiKey, Login\n"
        f"KEY = f'{{{int(KEY, 16)}:032x}}'\n"
        "@pytest.mark.parametrize('number', range(6))\n"
        "def test_something(number, tmp_path):\n"
        "    ApiKey('0' * 32), Login('somebody', 'password'), ApiKey(KEY)\n"
        "    if number == 1:\n" + "".join(f"        {line}\n" for line in SHOWN[shown])
    )
    command = [sys.executable, "-m", "pytest", "-p", "tests.support.watch", "-n", str(workers)]
    paths: list[str | Path] = ["-c", tmp_path / "pytest.ini", "--rootdir", tmp_path, "--basetemp", tmp_path / "temp"]
    done = subprocess.run(
        [*command, *paths, "-p", "no:cacheprovider", "-p", "no:asyncio", tmp_path],
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert "6 passed" in done.stdout, done.stdout + done.stderr
    if shown == "nothing":
        assert done.returncode == 0, done.stdout
    else:
        assert done.returncode == 1, done.stdout
        assert "1 error" in done.stdout
        assert re.search(r"AssertionError: some test, .*, showed a secret", done.stdout), done.stdout
        assert "log navixy_async: sent" in done.stdout
    if shown == "all":
        found = re.sub(r"\s+", " ", done.stdout)
        assert "log elsewhere: aabb" in found
        assert re.search(r"test_something\[1\] Captured stdout call: sent", found), found
        assert re.search(r"test_something\[1\] Captured stderr call: sent", found), found
        assert re.search(r"file \S*rows.ndjson contains a secret", found), found
    for path in tmp_path.rglob("rows.ndjson"):
        path.unlink()
