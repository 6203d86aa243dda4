"""What a terminal shows while a harvest runs."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from navixy_async.testing import Latency, PlatformProcess, Rules, World

from .test_signals import SPEC, words_of

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals and terminals")


@pytest.fixture(scope="module")
def process() -> Iterator[PlatformProcess]:
    with PlatformProcess(SPEC, Rules(latency=Latency(base=0.05), report_span=2)) as running:
        yield running


@pytest.fixture
def environment(process: PlatformProcess, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Of a child, and of this process too."""
    process.reset_stats()
    for name in [name for name in os.environ if name.startswith("NAVIXY_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("NAVIXY_URL", process.base_url)
    monkeypatch.setenv("NAVIXY_API_KEY", World(SPEC).accounts[0].api_key)
    return dict(os.environ)


def test_a_terminal_sees_the_progress(process: PlatformProcess, environment: dict[str, str], tmp_path: Path) -> None:
    import pty  # POSIX only

    mine, theirs = pty.openpty()
    words = words_of(tmp_path / "out")
    words[words.index("2026-04-02")] = "2026-03-25"
    with subprocess.Popen(
        words,
        env=environment | {"COLUMNS": "160", "TERM": "xterm", "CI": ""},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=theirs,
    ) as child:
        os.close(theirs)
        shown = b"".join(_read_all(mine))
        assert child.stdout is not None
        printed = child.stdout.read().decode()
    assert child.returncode == 0, shown
    text = shown.decode()
    assert "tracks" in text
    assert "of 50/s)" in text
    assert "rows" in text
    assert "left" in text
    assert "complete" in printed
    assert "\x1b" not in printed


def _read_all(descriptor: int) -> Iterator[bytes]:
    with os.fdopen(descriptor, "rb", buffering=0) as terminal:
        while True:
            try:
                part = terminal.read(65536)
            except OSError:  # Linux says EIO when the other side is closed
                return
            if not part:
                return
            yield part
