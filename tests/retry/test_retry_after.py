"""Retry-After in seconds and as a date."""

from datetime import UTC, datetime
from email.utils import format_datetime

import pytest

from navixy_async.operations import Replay
from navixy_async.retry.policy import Retry
from navixy_async.retry.retry_after import parse_retry_after

from .test_policy import FAULT, retries


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("3", 3.0), (" 2.5 ", 2.5), ("-1", 0.0), ("", None), (None, None), ("soon", None), ("inf", 1e9), ("nan", None)],
)
def test_retry_after_in_seconds(text: str | None, seconds: float | None) -> None:
    assert parse_retry_after(text) == seconds


@pytest.mark.parametrize("text", ["9" * 5000, "1e400", "Fri, 31 Dec 99999 23:59:59 GMT", "1" + "0" * 20])
def test_more_seconds_than_can_be_counted_are_many_not_none(text: str) -> None:
    assert parse_retry_after(text) == 1e9
    again = retries().decide(FAULT, replay=Replay.READ, attempt=1, retry_after=parse_retry_after(text))
    assert again == Retry(600)


def test_retry_after_as_a_date() -> None:
    now = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
    assert parse_retry_after(format_datetime(now.replace(second=30), usegmt=True), now=now) == 30.0
    assert parse_retry_after(format_datetime(now.replace(year=2020), usegmt=True), now=now) == 0.0
