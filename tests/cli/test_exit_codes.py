"""Every failure has its exit code and its sentence."""

from __future__ import annotations

import pytest
import typer

from navixy_async import errors as e
from navixy_async.cli.exit_codes import ExitCode, Incomplete, Interrupted, report_error
from navixy_async.cli.output import keep_secret
from navixy_async.credentials import SessionHash
from navixy_async.harvest import WriteFailed

from .conftest import Run, one_sentence

SECRET = "0123456789abcdef" * 2


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (e.InvalidInput("do it otherwise"), 2, "do it otherwise"),
        (e.SessionEnded(4, "Session ended", operation="tracker/list"), 3, "belongs to this platform (--url)"),
        (e.SecondFactorRequired("email", SessionHash(SECRET)), 3, "second factor (email)"),
        (e.NotFound(204, "Entity not found", operation="tracker/read"), 3, "tracker/read answered code 204"),
        (e.RateLimited(15, "Too many requests", http_status=429), 3, "code 15"),
        (e.ServerFault(1, "Database error", operation="a/b", attempts=5), 4, "after 5 attempts"),
        (e.ConnectFailed("no connection to host"), 4, "no connection"),
        (e.DeadlineExceeded("the time was over"), 4, "the time was over"),
        (e.DecodeFailed("a/b: wrong", operation="a/b"), 4, "a/b: wrong"),
        (Incomplete("rows differ"), 1, "rows differ"),
        (WriteFailed("out could not be written to (No space left on device)"), 1, "No space left on device"),
        (PermissionError(13, "Permission denied", "out"), 1, "Permission denied (out)"),
        (OSError("no words"), 1, "no words"),
        (Interrupted("Go on with: navixy x --resume"), 130, "stopped. Go on with: navixy x --resume"),
        (ModuleNotFoundError("no", name="pyarrow.lib"), 2, 'pip install "navixy-async[all]"'),
        (ModuleNotFoundError("No module named 'x'", name="x"), 1, "unexpected"),
        (KeyboardInterrupt(), 130, "stopped."),
        (ZeroDivisionError("oh"), 1, "unexpected happened (ZeroDivisionError: oh); NAVIXY_DEBUG=1"),
        (ExceptionGroup("two", [e.ConnectFailed("no"), ExceptionGroup("", [e.NotFound(204, "x")])]), 4, "no"),
    ],
)
def test_each_failure_has_a_code_and_a_sentence(
    error: BaseException, code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert report_error(error) == code
    out, err = capsys.readouterr()
    assert out == ""
    assert said in err
    assert err.count("\n") == 1


def test_a_traceback_only_on_demand_and_without_secrets(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    keep_secret("correct horse")

    def fail() -> None:
        raise ZeroDivisionError(f"correct horse, {SECRET}")

    for debug in (False, True):
        if debug:
            monkeypatch.setenv("NAVIXY_DEBUG", "1")
        try:
            fail()
        except ZeroDivisionError as error:
            assert report_error(error) == ExitCode.INCOMPLETE
        err = capsys.readouterr().err
        assert ("Traceback" in err) is debug
        assert "***, ***" in err
        assert "correct horse" not in err
        assert SECRET not in err


def test_the_command_never_shows_a_traceback(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def explode(*_: object) -> None:
        raise RuntimeError("out of cheese")

    monkeypatch.setattr("navixy_async.cli.context.CommandContext.prepare", explode)
    one_sentence(run("trackers"), "out of cheese", "NAVIXY_DEBUG=1", code=1)


def test_ctrl_c_before_the_work_began(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    for way in (interrupt, lambda *_: (_ for _ in ()).throw(typer.Abort())):
        monkeypatch.setattr("navixy_async.cli.context.CommandContext.prepare", way)
        one_sentence(run("trackers"), "stopped.", code=130)
