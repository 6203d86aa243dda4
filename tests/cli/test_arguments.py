"""What is typed, and what is said when it cannot be meant."""

from __future__ import annotations

import io
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from navixy_async.cli.app import StreamName
from navixy_async.cli.arguments import parse_ids, parse_moment, parse_period, parse_periods
from navixy_async.cli.commands.call import parse_parameters, parse_path
from navixy_async.cli.commands.harvest import BY_DAY, STATES, HarvestOptions, methods, resume_command
from navixy_async.errors import InvalidInput
from navixy_async.harvest import Harvests
from navixy_async.harvest.streams import STREAMS, RereadPolicy

from .conftest import Run, one_sentence

KEY = "0123456789abcdef" * 2


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-03-16", datetime(2026, 3, 16, tzinfo=UTC)),
        ("2026-03-16T08:00:00Z", datetime(2026, 3, 16, 8, tzinfo=UTC)),
        ("2026-03-16T08:00:00+05:45", datetime(2026, 3, 16, 2, 15, tzinfo=UTC)),
        ("2026-03-16 08:00:00-0300", datetime(2026, 3, 16, 11, tzinfo=UTC)),
    ],
)
def test_moments_are_read(text: str, moment: datetime) -> None:
    read = parse_moment(text, "--from")
    assert read == moment
    assert read.tzinfo is UTC


@pytest.mark.parametrize("text", ["", "yesterday", "2026-02-30", "16.03.2026", "2026-03-16T25:00:00Z"])
def test_what_is_no_moment_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput, match="is not a time: write a date"):
        parse_moment(text, "--from")


def test_a_naive_time_is_refused() -> None:
    with pytest.raises(InvalidInput, match="--to '2026-03-16T08:00:00' has no offset"):
        parse_moment("2026-03-16T08:00:00", "--to")


def order(**members: Any) -> HarvestOptions:
    made: dict[str, Any] = {
        "streams": ["tracks"],
        "start": datetime(2026, 3, 16, tzinfo=UTC),
        "end": None,
        "trackers": None,
        "out": Path("out"),
        "resume": False,
        "overwrite": False,
        "workers": 16,
    }
    return HarvestOptions(**made | members)


@pytest.mark.parametrize(("start", "end"), [("2026-03-16", "2026-03-16"), ("2026-03-16", "2026-03-15T23:00:00Z")])
def test_a_range_must_have_a_length(start: str, end: str) -> None:
    with pytest.raises(InvalidInput, match="must be after --from"):
        order(start=parse_moment(start, "--from"), end=parse_moment(end, "--to"))


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("15m", timedelta(minutes=15)),
        ("PT2H", timedelta(hours=2)),
        ("daily", timedelta(days=1)),
        (" Hourly", timedelta(hours=1)),
        ("90 seconds", timedelta(seconds=90)),
    ],
)
def test_periods_are_read(text: str, period: timedelta) -> None:
    assert parse_period(text, "--every") == period


@pytest.mark.parametrize("text", ["", "0m", "15", "often", "-1h", "1d,2d"])
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput, match=r"--every .* is not a period: write 15m"):
        parse_period(text, "--every")


def test_periods_in_a_row_are_read() -> None:
    assert parse_periods("1d, 3d,12h", "--reread") == [timedelta(days=1), timedelta(days=3), timedelta(hours=12)]
    assert parse_periods("none", "--reread") == []


@pytest.mark.parametrize(
    ("members", "says"),
    [
        ({"resume": True, "overwrite": True}, "--resume and --overwrite contradict"),
        ({"every": timedelta(hours=1), "overwrite": True}, "--every and --overwrite contradict"),
        ({"streams": ["tracks", "events", "tracks"]}, "a stream is named twice"),
        (
            {"end": datetime(2026, 3, 17, tzinfo=UTC), "every": timedelta(hours=1)},
            "--every is for harvests that are kept",
        ),
        ({"end": datetime(2026, 3, 17, tzinfo=UTC), "rereads": []}, "--reread is for harvests that are kept current"),
        ({"end": datetime(2026, 3, 17, tzinfo=UTC), "streams": ["states"]}, "knows only current states"),
        ({"start": None}, "--from is missing"),
        ({"start": None, "streams": ["states", "tracks"]}, "--from is missing"),
        ({"accepted": ["failed"]}, "--accept 'failed' is not known"),
    ],
)
def test_orders_that_contradict_themselves_are_refused(members: dict[str, Any], says: str) -> None:
    with pytest.raises(InvalidInput, match=says):
        order(**members)


def test_the_command_that_goes_on_is_the_same_harvest() -> None:
    made = order(
        streams=["tracks", "events"],
        every=timedelta(minutes=15),
        look_back=timedelta(minutes=90),
        rereads=[timedelta(days=1), timedelta(hours=36)],
        trackers=[7, 8],
        patience=60,
        accepted=["gaps"],
    )
    words = resume_command(made, url="eu", account_file=Path("a.toml"), accounts=["north"])
    assert " ".join(words) == (
        "navixy harvest tracks events --from 2026-03-16 --every 15m --look-back 90m --reread 1d,36h --out out "
        "--trackers 7,8 --workers 16 --patience 60 --accept gaps --url eu --account-file a.toml --account north"
    )
    whole = order(end=datetime(2026, 3, 17, 12, tzinfo=UTC))
    assert resume_command(whole, url=None, account_file=None, accounts=())[-1] == "--resume"


def test_ids_are_read() -> None:
    assert parse_ids(None) is None
    assert parse_ids("3, 1,3") == [3, 1]
    for bad in ("", "1,", "a", "1;2", "0", "-4"):
        with pytest.raises(InvalidInput, match="--trackers"):
            parse_ids(bad)


@pytest.mark.parametrize(
    ("words", "parameters"),
    [
        ([], {}),
        (["tracker_id=123", "simplify=false"], {"tracker_id": 123, "simplify": False}),
        (["label=Van 12", 'number="12"', "empty="], {"label": "Van 12", "number": "12", "empty": ""}),
        (["from=2026-03-16T00:00:00Z", "a=1=2"], {"from": "2026-03-16T00:00:00Z", "a": "1=2"}),
        (["trackers=[1,2]", 'filter={"a": null}', "b=NaN"], {"trackers": [1, 2], "filter": {"a": None}, "b": "NaN"}),
        (['{"trackers": [1, 2], "label": "ö"}'], {"trackers": [1, 2], "label": "ö"}),
        (["key=name_of_a_setting"], {"key": "name_of_a_setting"}),
    ],
)
def test_parameters_are_read(words: list[str], parameters: dict[str, Any]) -> None:
    assert parse_parameters(words) == parameters


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["tracker_id"], "parameter 1 is not written as key=value"),
        (["a=1", "=2"], "parameter 2 is not"),
        (["a=1", "a=2"], "a is given twice"),
        (['{"a": 1'], "the argument is not one JSON object"),
        (['{"a": 1}', "b=2"], "parameter 1 is not"),
        (["-", "b=2"], "parameter 1 is not"),
    ],
)
def test_bad_parameters_are_one_sentence(words: list[str], said: str, run: Run) -> None:
    one_sentence(run("call", "tracker/list", *words), said)


@pytest.mark.parametrize(
    "words",
    [
        [f"hash={KEY}"],
        [f"HASH={KEY}"],
        ["login=me@example.com", "password=correct horse"],
        ['{"deep": [{"new_password": "correct horse"}]}'],
        [f"key={KEY[:31]}"],
        [f'whatever=["{KEY}"]'],
    ],
)
def test_secrets_among_the_parameters_are_refused(words: list[str], run: Run) -> None:
    outcome = run("call", "user/get_info", *words)
    one_sentence(outcome, "is refused in the argument list")
    assert "correct horse" not in outcome.err
    assert KEY[:31] not in outcome.err


def test_standard_input_may_hold_what_the_argument_list_may_not(monkeypatch: pytest.MonkeyPatch) -> None:
    typed = b'{"old_password": "correct", "new_password": "horse"}'
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(typed)))
    assert parse_parameters(["-"]) == {"old_password": "correct", "new_password": "horse"}
    for bad in (b"", b"[1]", b"\xff", b"{} {}"):
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(bad)))
        with pytest.raises(InvalidInput, match="standard input is not one JSON object"):
            parse_parameters(["-"])


def test_paths_are_read() -> None:
    assert parse_path("/tracker/list/") == "tracker/list"
    assert parse_path("iot/logic/flow/{flow_id}") == "iot/logic/flow/{flow_id}"


@pytest.mark.parametrize("path", ["", "/", "tracker list", "https://host/v2/tracker/list", "../etc", "a//b", "a/b\n"])
def test_what_is_no_path_is_refused(path: str, run: Run) -> None:
    one_sentence(run("call", path), "the path is not one of the platform's")


def test_a_path_with_a_query_is_refused_and_not_repeated(run: Run) -> None:
    outcome = run("call", "user/get_info?hash=horse")
    one_sentence(outcome, "the path must not carry parameters")
    assert "horse" not in outcome.err


def test_the_command_knows_the_streams_of_the_harvest() -> None:
    """The command repeats some of their facts, because loading the streams would make its help slow."""
    assert {stream.value for stream in StreamName} == set(STREAMS) == set(methods(Harvests([])))
    assert set(BY_DAY) == {name for name, stream in STREAMS.items() if stream.by_calendar}
    assert {STATES} == {name for name, stream in STREAMS.items() if stream.reread == RereadPolicy.SNAPSHOT}
