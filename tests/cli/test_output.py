"""Messages stay one line and cannot command a terminal."""

from __future__ import annotations

import pytest

from navixy_async.cli.output import notify, single_line


def test_long_and_strange_messages_stay_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    notify("first\nsecond\tthird " + "x" * 5000)
    err = capsys.readouterr().err
    assert err.startswith("navixy: first second third xxx")
    assert err.count("\n") == 1
    assert len(err) < 1100


def test_labels_cannot_command_a_terminal() -> None:
    assert single_line("a\tb\nc\x1b[31mred\x07\u0000") == "a b c[31mred"
