"""The outputs of a dry run as a table."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from navixy_async import InvalidInput
from navixy_async.flows import simulate

from ..support.flows.dry_run import flow, messages
from .test_arithmetic import VALUES


def test_every_output_is_a_row_and_every_field_a_column() -> None:
    table = simulate(flow(), [*messages(10, 60), {"speed": 1.5, "node_id": "x", "late": True}]).to_arrow()
    assert table.column_names[:4] == ["message", "source_id", "node_id", "destination"]
    assert table.column("message").to_pylist() == [0, 1, 2]
    assert table.column("source_id").to_pylist() == [7, 7, None]
    assert table.column("speed").to_pylist() == [10, 60, 1.5]
    assert table.column("fast").to_pylist() == [False, True, False]
    assert table.column("late").to_pylist() == [None, None, True]
    assert table.column("field_node_id").to_pylist() == [None, None, "x"]


def test_mixed_types_become_texts() -> None:
    table = simulate(flow(), [{"speed": 1, "x": value} for value in ("a", 5, [1], None)]).to_arrow()
    assert table.column("x").to_pylist() == ["a", "5", "[1]", None]


def test_no_output_is_an_empty_table() -> None:
    assert simulate(flow(), []).to_arrow().num_rows == 0


def test_without_pyarrow_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(InvalidInput, match=r"navixy-async\[arrow\]"):
        simulate(flow(), messages(1)).to_arrow()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.dictionaries(st.sampled_from(["speed", "x", "y"]), VALUES), max_size=4))
def test_no_value_whatever_surprises_it(sent: list[dict[str, object]]) -> None:
    assert simulate(flow(), sent).to_arrow().num_rows == len(sent)
