"""Grouping: by expected entries, in halves of equal weight, and the search for those that poison a list."""

from __future__ import annotations

import math
from collections.abc import Generator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from navixy_async.errors import InvalidInput
from navixy_async.paging import pack
from navixy_async.paging.batches import find_culprits, split_evenly


@given(
    st.dictionaries(st.integers(1, 10_000), st.floats(0, 500), max_size=60),
    st.floats(1, 1000),
    st.integers(1, 50),
)
def test_packed_groups_hold_everyone_once_within_the_bounds(
    density: dict[int, float], capacity: float, largest: int
) -> None:
    groups = pack(density, capacity=capacity, largest=largest)
    assert sorted(tracker for group in groups for tracker in group) == sorted(density)
    for group in groups:
        assert 1 <= len(group) <= largest
        assert sum(density[tracker] for tracker in group) <= capacity * (1 + 1e-9) or len(group) == 1


def test_packed_groups_are_about_as_few_as_can_be() -> None:
    density = {tracker: float(tracker % 97 + 1) for tracker in range(1, 5001)}
    groups = pack(density, capacity=800.0, largest=1000)
    assert len(groups) <= math.ceil(sum(density.values()) / 800 * 1.02)


def test_senseless_bounds_are_refused() -> None:
    for capacity, largest in ((0.0, 5), (-1.0, 5), (5.0, 0)):
        with pytest.raises(InvalidInput):
            pack({1: 1.0}, capacity=capacity, largest=largest)


@given(st.dictionaries(st.integers(), st.integers(0, 100), min_size=2, max_size=30))
def test_dealt_halves_are_balanced(weight: dict[int, int]) -> None:
    one, other = split_evenly(weight, weight)
    assert one
    assert other
    assert sorted(one + other) == sorted(weight)
    difference = abs(sum(weight[m] for m in one) - sum(weight[m] for m in other))
    assert difference <= max(weight.values())


def search(members: list[int], refused: set[int]) -> tuple[list[int], list[list[int]]]:
    """Hold the conversation for a platform that refuses every list with one of `refused` in it."""
    tries: list[list[int]] = []
    talk: Generator[list[int], bool, list[int]] = find_culprits(members)
    try:
        group = next(talk)
        while True:
            tries.append(group)
            group = talk.send(not refused.isdisjoint(group))
    except StopIteration as end:
        return end.value, tries


@settings(max_examples=400)
@given(st.integers(1, 70), st.data())
def test_all_culprits_are_found_and_no_others(count: int, data: st.DataObject) -> None:
    members = list(range(count))
    refused = data.draw(st.sets(st.sampled_from(members), min_size=1))
    found, tries = search(members, refused)
    assert sorted(found) == sorted(refused)
    assert all(tries)
    assert len(tries) <= 3 * len(refused) * (math.log2(count) + 1)
    assert len(tries) <= 3 * count
    if count > 1:
        assert all([culprit] in tries for culprit in refused), "nobody is blamed without having been tried alone"


@given(st.integers(2, 200), st.data())
def test_one_culprit_costs_a_logarithm(count: int, data: st.DataObject) -> None:
    refused = {data.draw(st.integers(0, count - 1))}
    _, tries = search(list(range(count)), refused)
    assert len(tries) <= math.ceil(math.log2(count)) + 2


def test_no_member_is_blamed_if_only_the_whole_list_is_refused() -> None:
    found, tries = search(list(range(20)), set())
    assert found == []
    assert len(tries) <= 6
