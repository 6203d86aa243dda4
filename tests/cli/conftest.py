from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from navixy_async.cli import main, output


@dataclass(frozen=True)
class Outcome:
    """What one run of the command left on the screen."""

    code: int
    out: str
    err: str


Run = Callable[..., Outcome]


@pytest.fixture(autouse=True)
def _no_credentials(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("API_KEY", "SESSION_HASH", "LOGIN", "PASSWORD", "LABEL", "URL", "DEBUG"):
        monkeypatch.delenv(f"NAVIXY_{name}", raising=False)
    yield
    output._secrets.clear()


@pytest.fixture
def run(capsysbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Run the command in this process, without a terminal."""

    def invoke(*words: object) -> Outcome:
        code = main([str(word) for word in words])
        out, err = capsysbinary.readouterr()
        return Outcome(code, out.decode(), err.decode())

    return invoke


def one_sentence(outcome: Outcome, *parts: str, code: int = 2) -> None:
    """The command gave up with `code`, said one sentence that holds `parts` on stderr, and printed nothing."""
    assert outcome.code == code, outcome
    assert outcome.out == ""
    assert outcome.err.startswith("navixy: ")
    assert outcome.err.count("\n") == 1, outcome.err
    assert "Traceback" not in outcome.err
    for part in parts:
        assert part in outcome.err


@pytest.fixture
def account_file(tmp_path: Path) -> Iterator[Callable[..., Path]]:
    """Write an account file of the given text and mode; it is removed at the end, whatever its mode became."""
    path = tmp_path / "accounts.toml"

    def write(text: str, mode: int = 0o600) -> Path:
        path.write_text(text)
        path.chmod(mode)
        return path

    yield write
    path.unlink(missing_ok=True)
