"""A signal stops the command wherever it is: one sentence, exit code 130, and nothing left running."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import IO

import pytest

import navixy_async

from .conftest import Run, one_sentence

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")

ROOT = str(Path(navixy_async.__file__).parents[1])

WHILE_IMPORTING = """
import sys, time
class Slow:
    def find_spec(self, name, path=None, target=None):
        if name == "navixy_async.cli.app":
            print("ready", flush=True)
            time.sleep(60)
sys.meta_path.insert(0, Slow())
"""

WHILE_COMPARING = """
import time
import navixy_async.cli.commands.demo.demo as demo
size = demo.DemoSize(accounts=1, trackers=2, days=2, points=40)
def check(*_):
    print("ready", flush=True)
    time.sleep(60)
demo.check = check
real = demo.demo
demo.demo = lambda out, _size, **more: real(out, size, **more)
"""

RUN = "\nimport sys\nfrom navixy_async.cli import main\nsys.exit(main(sys.argv[1:]))\n"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("moment", [WHILE_IMPORTING, WHILE_COMPARING], ids=["while importing", "while comparing"])
def test_a_signal_outside_of_any_loop_is_one_sentence(number: signal.Signals, moment: str, tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", moment + RUN, "demo", "--out", str(tmp_path / "out"), "--quiet"],
        env={**os.environ, "PYTHONPATH": ROOT},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        child.send_signal(number)
        out, err = child.communicate(timeout=30)
    assert (child.returncode, out, err) == (130, "", "navixy: stopped.\n")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_embedded_platform_stops_in_good_order(number: signal.Signals, tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "navixy_async.cli", "simulate", "--port", "0", "--accounts", "1", "--trackers", "1"],
        env={**os.environ, "PYTHONPATH": ROOT, "TMPDIR": str(tmp_path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as child:
        assert child.stdout is not None
        while "Ctrl-C" not in child.stdout.readline():
            pass
        child.send_signal(number)
        _, err = child.communicate(timeout=30)
    assert (child.returncode, err) == (0, "navixy: the platform stops\n")
    assert list(tmp_path.iterdir()) == []


def test_an_account_file_that_does_not_fit_leaves_no_half_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    path, opened = tmp_path / "accounts.toml", os.fdopen

    def full(number: int, mode: str) -> IO[str]:
        os.close(number)
        return opened(os.open("/dev/full", os.O_WRONLY), mode)

    words = ("simulate", "--port", "0", "--write-accounts", path)
    with monkeypatch.context() as patch:
        patch.setattr("navixy_async.cli.commands.simulate.os.fdopen", full)
        one_sentence(run(*words), "cannot be written", "No space left")
    assert not path.exists()


def test_a_port_that_is_taken_is_one_sentence(run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        one_sentence(run("simulate", "--port", taken.getsockname()[1]), "cannot be used", "--port")


@pytest.mark.parametrize("start", ["9999-12-20", "0001-01-01"])
def test_a_world_beyond_the_calendar_is_one_sentence(start: str, run: Run) -> None:
    one_sentence(run("simulate", "--port", "0", "--start", start), "starts between the years 1970 and 9900")
