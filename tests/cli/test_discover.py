"""`navixy discover`: one URL on stdout, or one sentence."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from navixy_async.testing import PlatformProcess

from .conftest import Run, one_sentence
from .test_harvest import FLEET, QUICK, SPEC


@pytest.fixture(scope="module")
def process() -> Iterator[PlatformProcess]:
    with PlatformProcess(SPEC, QUICK) as running:
        yield running


def test_the_url_is_printed_alone(process: PlatformProcess, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a shell can give it to the next command, which then works."""
    outcome = run("discover", process.base_url.removesuffix("/v2"))
    assert (outcome.code, outcome.out, outcome.err) == (0, f"{process.base_url}\n", "")
    monkeypatch.setenv("NAVIXY_API_KEY", FLEET.api_key)
    assert run("trackers", "--url", outcome.out.strip()).code == 0


def test_as_json(process: PlatformProcess, run: Run) -> None:
    outcome = run("discover", f"{process.base_url}/", "--json")
    assert json.loads(outcome.out) == {"url": process.base_url, "missing": []}


def test_a_region_is_known(run: Run) -> None:
    assert run("discover", "me").out == "https://api.me.navixy.com/v2\n"


def test_no_platform_is_one_sentence(run: Run) -> None:
    one_sentence(run("discover", "http://127.0.0.1:1"), "no Navixy platform was found", "cannot connect", code=4)
    one_sentence(run("discover", "ftp://127.0.0.1"), "http or https")
