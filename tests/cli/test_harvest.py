"""`navixy harvest` against the embedded platform, run as a person would run it."""

from __future__ import annotations

import base64
import json
import shlex
import urllib.request
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from navixy_async.testing import Fault, Limit, PlatformProcess, Rules, World, WorldSpec

from .conftest import Run, one_sentence

SPEC = WorldSpec(accounts=2, trackers=6, days=3, points_per_day=200)

QUICK = Rules(per_credential=Limit(rate=None), per_address=Limit(rate=None))

WORLD = World(SPEC)

FLEET, OTHER = WORLD.accounts

PERIOD = ("--from", "2026-03-23", "--to", "2026-03-24")


@pytest.fixture(scope="module")
def process() -> Iterator[PlatformProcess]:
    with PlatformProcess(SPEC, QUICK) as running:
        yield running


@pytest.fixture
def platform(process: PlatformProcess, monkeypatch: pytest.MonkeyPatch) -> Iterator[PlatformProcess]:
    monkeypatch.setenv("NAVIXY_URL", process.base_url)
    monkeypatch.setenv("NAVIXY_API_KEY", FLEET.api_key)
    yield process
    process.clear_faults()


@pytest.fixture
def two_accounts(platform: PlatformProcess, monkeypatch: pytest.MonkeyPatch, account_file: Callable[..., Path]) -> Path:
    """An account file with both accounts of the world; nothing is in the environment."""
    monkeypatch.delenv("NAVIXY_API_KEY")
    monkeypatch.setenv("NAVIXY_URL", "https://never.example.com")
    return account_file(
        f'url = "{platform.base_url}"\n[[account]]\nlabel = "north"\napi_key = "{FLEET.api_key}"\n'
        f'[[account]]\nlabel = "south"\nlogin = "{OTHER.login}"\npassword = "{OTHER.password}"\n'
    )


def open_trackers() -> str:
    return ",".join(str(tracker.id) for tracker in FLEET.trackers if not tracker.blocked)


def test_a_harvest_of_what_is_open_is_complete(platform: PlatformProcess, tmp_path: Path, run: Run) -> None:
    out = tmp_path / "out"
    outcome = run("harvest", "tracks", *PERIOD, "--out", out, "--trackers", open_trackers())
    assert (outcome.code, outcome.err) == (0, "")
    assert "tracks [2026-03-23T00:00:00+00:00, 2026-03-24T00:00:00+00:00): complete" in outcome.out
    assert "requests in" in outcome.out
    assert str(out) in outcome.out
    files = list(out.glob("stream=tracks/account=*/date=2026-03-23/*.parquet"))
    assert sum(pq.ParquetFile(path).metadata.num_rows for path in files) > 100


@pytest.mark.parametrize("stream", ["tracks", "events"])
def test_a_hole_makes_the_exit_code_unless_it_is_accepted(
    stream: str, platform: PlatformProcess, tmp_path: Path, run: Run
) -> None:
    words = ("harvest", stream, *PERIOD, "--out", tmp_path / "out")
    outcome = run(*words)
    assert outcome.code == 1
    assert outcome.err == (
        "navixy: the harvest is not complete: 1 blocked; if that is expected, add --accept blocked\n"
    )
    (blocked,) = (tracker.id for tracker in FLEET.trackers if tracker.blocked)
    assert f"/{blocked} " in outcome.out
    assert ": not complete\n" in outcome.out
    accepted = run(*words, "--resume", "--accept", "blocked")
    assert (accepted.code, accepted.err) == (0, "")
    assert accepted.out.splitlines()[0].endswith(": complete but for what was accepted")
    told = json.loads(run(*words, "--resume", "--accept", "blocked", "--json").out)
    assert (told["verdict"], told["is_complete"]) == ("complete but for what was accepted", False)


def test_what_failed_is_named_and_can_be_asked_for_again(platform: PlatformProcess, tmp_path: Path, run: Run) -> None:
    tracker = FLEET.trackers[0].id
    words = ("harvest", "tracks", *PERIOD, "--out", tmp_path / "out", "--trackers", tracker)
    platform.add_fault(Fault(kind="error_in_200", path="track/read", code=7))
    outcome = run(*words)
    assert outcome.code == 3, outcome  # nothing at all came, because the platform refused
    said = outcome.err.splitlines()[-1]
    assert said.startswith("navixy: the harvest is not complete: 1 failed; request the failed ones again with: navixy")
    again = shlex.split(said.partition("again with: ")[2])
    platform.clear_faults()
    assert run(*again[1:]).code == 0


def test_patience_decides_when_an_account_is_given_up(platform: PlatformProcess, tmp_path: Path, run: Run) -> None:
    platform.add_fault(Fault(kind="server_error", path="track/read", code=2))
    words = ("harvest", "tracks", *PERIOD, "--out", tmp_path / "out", "--trackers", FLEET.trackers[0].id)
    outcome = run(*words, "--patience", "0")
    assert outcome.code == 4, outcome
    again = shlex.split(outcome.err.splitlines()[-1].partition("again with: ")[2])
    assert again[again.index("--patience") + 1] == "0"
    platform.clear_faults()
    assert run(*again[1:]).code == 0
    one_sentence(run(*words, "--patience", "-1"), "--patience")


def test_one_refused_account_of_two_makes_the_harvest_incomplete(
    platform: PlatformProcess, account_file: Callable[..., Path], tmp_path: Path, run: Run
) -> None:
    path = account_file(
        f'[[account]]\nlabel = "bad"\napi_key = "{"ab" * 16}"\n'
        f'[[account]]\nlabel = "good"\napi_key = "{FLEET.api_key}"\n'
    )
    words = ("harvest", "events", *PERIOD, "--out", tmp_path / "out", "--accept", "blocked", "--account-file", path)
    outcome = run(*words, "--json", "--url", platform.base_url)
    told = json.loads(outcome.out)
    assert outcome.code == 1
    assert [hole["account"] for hole in told["failed"]] == ["bad"]
    assert told["rows"] > 10
    assert "1 failed" in outcome.err


def test_a_harvest_of_many_accounts_as_json(two_accounts: Path, tmp_path: Path, run: Run) -> None:
    out = tmp_path / "out"
    outcome = run("harvest", "events", *PERIOD, "--out", out, "--account-file", two_accounts, "--json")
    told = json.loads(outcome.out)
    assert outcome.code == 1
    assert told["stream"] == "events"
    assert told["rows"] > 10
    assert set(told["complete"]) == {"north", "south"}
    assert len(told["blocked"]) == 2
    assert told["requests"] >= 6
    assert (told["refused"], told["retries"], told["out"]) == (0, 0, str(out))
    assert {path.name for path in (out / "stream=events").iterdir()} == {"account=north", "account=south"}


@pytest.mark.parametrize("stream", ["trips", "sensors", "counters", "mileage", "engine_hours", "raw"])
def test_every_stream_can_be_harvested_looked_at_and_verified(
    stream: str, platform: PlatformProcess, tmp_path: Path, run: Run
) -> None:
    out, page = tmp_path / "out", tmp_path / "page.html"
    words = ("harvest", stream, *PERIOD, "--out", out, "--trackers", open_trackers())
    foretold = json.loads(run(*words, "--dry-run", "--json").out)
    assert (foretold["requests"]["likely"], foretold["rows_per_day"]) == (None, None)
    told = json.loads(run(*words, "--json").out)
    assert told["rows"] > 0
    assert foretold["requests"]["least"] <= told["requests"]
    looked = json.loads(run("coverage", out, "--json", "--html", page).out)
    assert looked["streams"][stream]["rows"] == told["rows"]
    kinds = {"failed": "failed", "gap": "gaps", "clipped": "clipped", "blocked": "blocked"}
    found = [(hole["kind"], hole["tracker_id"], hole["start"], hole["end"]) for hole in looked["holes"]]
    assert found == [
        (kind, hole["tracker_id"], hole["start"], hole["end"]) for kind, name in kinds.items() for hole in told[name]
    ]
    assert looked["streams"][stream]["is_complete"] == told["is_complete"] == (stream != "engine_hours")
    data = json.loads(page.read_text().partition('type="application/json">')[2].partition("</script>")[0])
    planes = zlib.decompress(base64.b64decode(data["panels"][0]["rows"]))
    cells = len(planes) // 4
    assert sum(planes[cell] + 256 * planes[cells + cell] for cell in range(cells)) == told["rows"]
    assert run("verify", out).code == 0


def test_harvests_of_two_streams_share_a_directory_and_nothing_is_overwritten(
    platform: PlatformProcess, tmp_path: Path, run: Run
) -> None:
    words = (*PERIOD, "--out", tmp_path / "out", "--trackers", open_trackers())
    assert run("harvest", "tracks", *words).code == 0
    assert run("harvest", "events", *words).code == 0
    one_sentence(run("harvest", "tracks", *words), "is not empty")
    assert run("harvest", "tracks", *words, "--resume").code == 0
    assert run("harvest", "tracks", *words, "--overwrite").code == 0
    one_sentence(run("harvest", "tracks", *words, "--overwrite", "--resume"), "contradict")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"--from": "2026-03-23T00:00:00"}, "--from '2026-03-23T00:00:00' has no offset"),
        ({"--from": "soon"}, "--from 'soon' is not a time"),
        ({"--to": "2026-03-23"}, "must be after --from"),
        ({"--trackers": "1,2"}, "unknown trackers 1, 2"),
        ({"--trackers": "Van"}, "'Van' is not a tracker id"),
        ({"--workers": "0"}, "--workers"),
        ({"--accept": "failed"}, "--accept 'failed' is not known: choose from blocked, clipped, gaps"),
        ({"--url": "gps.example.com"}, "has no scheme"),
    ],
)
def test_a_badly_asked_harvest_writes_nothing(
    change: dict[str, str], said: str, platform: PlatformProcess, tmp_path: Path, run: Run
) -> None:
    out = tmp_path / "out"
    options = {"--from": "2026-03-23", "--to": "2026-03-24", "--out": str(out)} | change
    one_sentence(run("harvest", "tracks", *(word for pair in options.items() for word in pair)), said)
    assert not out.exists()


def test_a_directory_that_cannot_be_used_is_one_sentence(platform: PlatformProcess, tmp_path: Path, run: Run) -> None:
    (tmp_path / "file").write_text("mine")
    one_sentence(run("harvest", "tracks", *PERIOD, "--out", tmp_path), "is not empty (it holds 'file')")
    one_sentence(run("harvest", "tracks", *PERIOD, "--out", tmp_path / "file"), "is a file")
    one_sentence(run("harvest", "tracks", *PERIOD, "--out", "/proc/out"), "not writable")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_harvest_without_a_right_key_is_refused(
    platform: PlatformProcess, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NAVIXY_API_KEY", "ab" * 16)
    one_sentence(run("harvest", "tracks", *PERIOD, "--out", tmp_path / "out"), "code 4", code=3)
    assert not (tmp_path / "out").exists()


def test_the_platform_counted_no_refusal(process: PlatformProcess) -> None:
    assert process.stats()["refused"] == 0
    with urllib.request.urlopen(process.base_url.removesuffix("/v2") + "/control/stats") as answer:
        assert FLEET.api_key not in answer.read().decode()
