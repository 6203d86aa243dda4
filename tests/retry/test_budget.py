"""How many retries an outage may cost, and how they come back."""

from hypothesis import given
from hypothesis import strategies as st

from navixy_async.operations import Replay
from navixy_async.retry.budget import RetryBudget
from navixy_async.retry.policy import CallRetries
from navixy_async.settings import Retries

from .test_policy import FAULT, retries


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
