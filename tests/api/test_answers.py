"""Answers that are no JSON for a strict decoder, and such that are none at all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from navixy_async.api.models.tracker import TrackerListAnswer
from navixy_async.api.runtime import answers
from navixy_async.api.runtime.answers import answer_reader
from navixy_async.api.runtime.unknown_fields import unknown_members
from navixy_async.operations import Operation, Replay


@pytest.fixture(autouse=True)
def nothing_reported() -> Iterator[None]:
    answers._reported.clear()
    yield
    answers._reported.clear()


@pytest.mark.parametrize(
    ("written", "label"),
    [
        (b'"caf\\ud83d"', "caf\ufffd"),
        (b'"\\ude00 \\ud83d\\ude00"', "\ufffd \U0001f600"),
        (b'"\xff\xfe"', "\ufffd\ufffd"),
        (b"NaN", None),
        (b"-Infinity", None),
    ],
)
def test_what_only_lenient_decoders_call_json_costs_itself_alone(
    written: bytes, label: str | None, caplog: pytest.LogCaptureFixture
) -> None:
    operation: Operation[Any] = Operation("tracker/list", TrackerListAnswer, replay=Replay.READ)
    body = (
        b'{"success": true, "list": [{"id": 1, "label": %s, "new": 1e400}, {"id": 2, "label": "b", "more": 7}]}'
        % written
    )
    for _ in range(2):
        one, other = answer_reader(operation)(body).list
        assert (one.id, one.label, other.id, other.label) == (1, label, 2, "b")
        assert unknown_members(other)["more"] == 7
    assert [record.getMessage() for record in caplog.records if "not valid JSON" in record.getMessage()] == [
        "tracker/list: the answer is not valid JSON: halves of characters are given as U+FFFD, NaN as None;"
        " please report it"
    ]
    with pytest.raises((msgspec.DecodeError, UnicodeDecodeError)):
        answer_reader(operation, strict=True)(body)


@pytest.mark.parametrize("cut", [b'{"list": [{"id": 1, "label": "\\ud83d"', b"{" * 100_000, b'{"list": [nan]}'])
def test_what_is_no_json_at_all_is_an_error(cut: bytes) -> None:
    operation: Operation[Any] = Operation("tracker/list", TrackerListAnswer, replay=Replay.READ)
    with pytest.raises((msgspec.DecodeError, RecursionError)):
        answer_reader(operation)(cut)
