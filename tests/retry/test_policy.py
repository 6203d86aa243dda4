"""What is repeated, how often, and after how long: no time passes here."""

from datetime import UTC, datetime
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from navixy_async import errors as e
from navixy_async.codes import error_of
from navixy_async.operations import Replay
from navixy_async.retry.budget import RetryBudget
from navixy_async.retry.policy import CallRetries, Retry
from navixy_async.retry.retry_after import parse_retry_after
from navixy_async.settings import Retries

LOST = e.ConnectionLost("broke")
UNSENT = e.ConnectFailed("refused", unsent=True)
SILENT = e.AttemptTimedOut("silent")
FAULT = error_of("backend", 8, "Queue service error, try again later", http_status=503)


def retries(budget: int = 100, **settings: float) -> CallRetries:
    return CallRetries(Retries(**settings), RetryBudget(budget), draw=lambda ceiling: ceiling)  # type: ignore[arg-type]


@pytest.mark.parametrize("failure", [LOST, SILENT, FAULT, e.UnreadableAnswer("cut")])
def test_a_write_is_never_repeated_blindly(failure: e.NavixyError) -> None:
    for replay in (Replay.WRITE, Replay.IDEMPOTENT):
        assert retries().decide(failure, replay=replay, attempt=1) is None
    assert retries().decide(failure, replay=Replay.READ, attempt=1) is not None


@pytest.mark.parametrize("failure", [LOST, SILENT, FAULT, e.UnreadableAnswer("cut")])
def test_an_update_that_sets_a_state_is_repeated_only_for_those_who_ask(failure: e.NavixyError) -> None:
    decide = retries().decide
    assert decide(failure, replay=Replay.IDEMPOTENT, attempt=1, repeat_updates=True) is not None
    assert decide(failure, replay=Replay.WRITE, attempt=1, repeat_updates=True) is None


def test_a_write_that_never_left_is_repeated() -> None:
    assert retries().decide(UNSENT, replay=Replay.WRITE, attempt=1) == Retry(0.5)


@pytest.mark.parametrize(
    "failure",
    [
        error_of("backend", 201, "Not found in database"),
        error_of("backend", 2, "Service Auth error", http_status=403),
        error_of("backend", 7, "Invalid parameters"),
        e.UnexpectedRedirect("elsewhere"),
        e.DecodeFailed("shape", operation="x"),
    ],
)
def test_what_would_fail_again_is_not_repeated(failure: e.NavixyError) -> None:
    assert retries().decide(failure, replay=Replay.READ, attempt=1) is None


def test_waits_double_up_to_the_longest_and_end_with_the_attempts() -> None:
    call = retries(attempts=6, base=1, longest=5)
    waits = [call.decide(FAULT, replay=Replay.READ, attempt=attempt) for attempt in range(1, 7)]
    assert waits == [Retry(1), Retry(2), Retry(4), Retry(5), Retry(5), None]


def test_a_stale_connection_costs_no_wait_the_first_time() -> None:
    call = retries(base=1)
    assert call.decide(LOST, replay=Replay.READ, attempt=1) == Retry(0.0)
    assert call.decide(LOST, replay=Replay.READ, attempt=2) == Retry(1)


@given(st.floats(0, 1000), st.floats(0, 1))
def test_retry_after_is_a_floor(asked: float, luck: float) -> None:
    call = CallRetries(Retries(), RetryBudget(5), draw=lambda ceiling: ceiling * luck)
    again = call.decide(FAULT, replay=Replay.READ, attempt=1, retry_after=asked)
    assert again is not None
    assert again.wait >= asked


def test_no_wait_begins_that_would_pass_the_deadline() -> None:
    assert retries().decide(FAULT, replay=Replay.READ, attempt=1, retry_after=10, remaining=5) is None
    assert retries().decide(FAULT, replay=Replay.READ, attempt=1, retry_after=10, remaining=11) == Retry(10)


def test_an_outage_costs_no_more_than_the_budget() -> None:
    budget = RetryBudget(30)
    sent = 0
    for _ in range(1000):
        call = CallRetries(Retries(), budget)
        for attempt in range(1, 6):
            if call.decide(FAULT, replay=Replay.READ, attempt=attempt) is None:
                break
            sent += 1
    assert sent == 30
    assert not budget.take()


def test_one_tenants_trouble_leaves_the_others_their_retries() -> None:
    budget = RetryBudget(100)
    budget.repay(0, "healthy")
    taken = 0
    while budget.take("in trouble"):
        taken += 1
        assert taken <= 100
    assert taken == 50
    for number in range(1, 21):
        assert budget.take(f"healthy {number}"), "each of the others may still repeat"
    for _ in range(1000):
        budget.repay(0, "healthy")
    more = 0
    while budget.take("in trouble"):
        more += 1
    assert taken + more <= 100, "who never succeeds never gets more than the budget, however well the others do"
    assert budget.left >= 1


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from(["take", "take", "ok", "after two"]))))
def test_no_mix_of_tenants_spends_more_than_the_budget(steps: list[tuple[str, str]]) -> None:
    budget = RetryBudget(12)
    for tenant, step in steps:
        if step == "take":
            before = budget.left
            if budget.take(tenant):
                assert before >= 1
                assert budget.left == before - 1
        else:
            budget.repay(2 if step == "after two" else 0, tenant)
        assert 0 <= budget.left <= 12


def test_success_pays_back_and_never_beyond_the_capacity() -> None:
    budget = RetryBudget(2)
    assert budget.take()
    assert budget.take()
    budget.repay(1)
    assert budget.take()
    for _ in range(8):
        budget.repay(0)
    assert budget.take(), "eight clean calls forgive one lost retry"
    for _ in range(1000):
        budget.repay(5)
    assert budget.left == 2


def test_a_budget_of_nothing_repeats_nothing() -> None:
    assert retries(budget=0).decide(FAULT, replay=Replay.READ, attempt=1) is None


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
