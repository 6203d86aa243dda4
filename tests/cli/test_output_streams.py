"""Closed, full and broken standard streams, and text that would command a terminal; by real processes."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from navixy_async.cli import output
from navixy_async.cli.arguments import parse_ids, parse_moment, parse_period
from navixy_async.cli.commands.call import parse_parameters, show
from navixy_async.cli.commands.harvest import HarvestOptions
from navixy_async.errors import InvalidInput

from .conftest import Run, one_sentence

KEY = "0123456789abcdef" * 2

EVIL = "a\x1b]0;owned\x07b\x9b31mc\u202egnp\u2066\x00\x7fd\ud800"


def shell(command: str, text: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", "-c", command.replace("navixy", f"{sys.executable} -m navixy_async.cli")],
        capture_output=True,
        text=True,
        timeout=60,
        input=text,
        check=False,
    )


@pytest.mark.parametrize("command", ["navixy --help", "navixy verify nowhere", "navixy trackers", "navixy call a/b -"])
@pytest.mark.parametrize("how", [">&-", "2>&-", "<&-", "<&- >&- 2>&-", ">/dev/full", "2>/dev/full", ">/dev/full 2>&1"])
def test_no_stream_makes_a_traceback_or_an_unlisted_code(command: str, how: str) -> None:
    done = shell(f"{command} {how}")
    assert done.returncode in (0, 1, 2, 3, 4), done
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr
    if command == "navixy --help":
        assert done.returncode == (1 if how.startswith(">/dev/full") else 0), done
    else:
        assert done.returncode == 2, done


def test_a_reader_that_has_had_enough_is_no_failure() -> None:
    done = shell("set -o pipefail; navixy harvest --help | head -c 1; exit ${PIPESTATUS[0]}")
    assert done.returncode == 0
    assert done.stderr == ""


def test_no_file_takes_the_descriptor_of_a_closed_stream(tmp_path: Path) -> None:
    """What a library writes to descriptor 2 must not end in the first file that a harvest opens."""
    script = (
        "import os, sys; from navixy_async.cli import main; main(['--help']);"
        f"print(os.open({str(tmp_path / 'file')!r}, os.O_CREAT | os.O_RDWR) > 2)"
    )
    done = subprocess.run(
        ["bash", "-c", f'{sys.executable} -c "{script}" 2>&- <&-'],
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    assert done.stdout.endswith("True\n")


def test_nothing_that_is_said_or_shown_commands_a_terminal(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    output.notify(f"label {EVIL}")
    output.notify(f"two\nlines {EVIL}", one_line=False)
    output.write(f"coverage {EVIL}\nsecond line")
    output.write_rows(("id", EVIL), [(1, EVIL)])
    with output.log_to_stderr():
        logging.getLogger("navixy_async").warning("account %s", EVIL)
    out, err = (text.decode() for text in capsysbinary.readouterr())
    for text in (out, err):
        assert not set(text) & set("\x1b\x07\x9b\u202e\u2066\x00\x7f")
        assert "ab31mcgnpd" in text.replace("]0;owned", "")
    assert "\nsecond line\n" in out


def test_json_says_everything_and_commands_nothing(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    evil = EVIL.replace("\ud800", "")
    output.write_json({"label": evil})
    show(json.dumps({"success": True, "label": evil}, ensure_ascii=False).encode())
    for line in capsysbinary.readouterr().out.decode().splitlines():
        assert json.loads(line)["label"] == evil
        assert line.isprintable()


def test_an_answer_that_repeats_the_credential_does_not_show_it(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    output.keep_secret('pa"ss wörd')
    show(json.dumps({"success": True, "echo": 'pa"ss wörd'}).encode())
    assert capsysbinary.readouterr().out == b'{"success":true,"echo":"***"}\n'


@pytest.mark.parametrize(
    "words",
    [
        ["x=" + "[" * 100_000],
        ["{" + '"x":{' * 50_000],
        ["x=" + "[" * 990 + "]" * 990],
        ["label=\udcff"],
        ['{"x": "\udcff"}'],
        ["-"],
    ],
)
def test_odd_parameters_are_a_sentence(words: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    class Deep:
        @staticmethod
        def read(_size: int) -> bytes:
            return b'{"x":' + b"[" * 100_000

    monkeypatch.setattr(sys, "stdin", type("Stdin", (), {"buffer": Deep}))
    try:
        parse_parameters(words)
    except InvalidInput as error:
        assert len(str(error)) < 300


def test_a_nul_in_an_argument_is_a_sentence(run: Run) -> None:
    one_sentence(run("verify", "a\0b"), "NUL character")
    one_sentence(run("trackers", "--account-file", "a\0b"), "NUL character")


@pytest.mark.parametrize(
    ("parse", "texts"),
    [
        (
            lambda text: parse_period(text, "--every"),
            ["9" * 400 + "d", "99999999d", "P9999999Y", "nan", "1e99d"],
        ),
        (
            lambda text: parse_moment(text, "--from"),
            [
                "0001-01-01",
                "0001-01-01T00:00:00+05:00",
                "9999-12-31T23:59:59-05:00",
                "1979-12-31",
                "2201-01-01",
                "\udcff",
            ],
        ),
        (parse_ids, ["9" * 5000, str(1 << 63), "1_0", "٣", "-1", "0", "1,,2"]),
    ],
)
def test_odd_times_and_numbers_are_a_sentence(parse: Callable[[str], object], texts: list[str]) -> None:
    for text in texts:
        with pytest.raises(InvalidInput) as caught:
            parse(text)
        assert len(str(caught.value)) < 300


def test_patience_is_a_number_of_seconds() -> None:
    common: dict[str, Any] = {
        "streams": ["tracks"],
        "start": parse_moment("2026-03-01", ""),
        "end": parse_moment("2026-03-02", ""),
    }
    common |= {"trackers": None, "out": Path("out"), "resume": False, "overwrite": False, "workers": 1}
    for wrong in (float("nan"), float("inf"), 1e30):
        with pytest.raises(InvalidInput, match="--patience"):
            HarvestOptions(**common, patience=wrong)
