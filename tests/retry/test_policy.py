"""What is repeated, and after how long: no time passes here."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from navixy_async import errors as e
from navixy_async.codes import error_of
from navixy_async.operations import Replay
from navixy_async.retry.budget import RetryBudget
from navixy_async.retry.policy import CallRetries, Retry
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
