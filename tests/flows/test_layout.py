"""The columns of a picture."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from navixy_async.flows.drawing.layout import columns

EDGES = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=40)


def column_of(found: list[list[int]]) -> dict[int, int]:
    return {number: index for index, column in enumerate(found) for number in column}


@given(EDGES)
def test_every_node_stands_once(edges: list[tuple[int, int]]) -> None:
    found = columns(range(13), edges)
    assert sorted(number for column in found for number in column) == list(range(13))
    assert all(found)


@given(EDGES)
def test_without_cycles_all_arrows_point_to_the_right(edges: list[tuple[int, int]]) -> None:
    forward = [(min(pair), max(pair)) for pair in edges if pair[0] != pair[1]]
    column = column_of(columns(range(12, -1, -1), forward))
    assert all(column[start] < column[end] for start, end in forward)


def test_nodes_stand_beside_those_that_lead_to_them() -> None:
    assert columns([1, 2, 3, 4, 5, 6], [(1, 4), (2, 5), (3, 6)]) == [[1, 2, 3], [4, 5, 6]]
    assert columns([1, 2, 3, 4, 5, 6], [(1, 6), (2, 5), (3, 4)]) == [[1, 2, 3], [6, 5, 4]]
    assert columns([], []) == []
