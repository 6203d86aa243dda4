"""The careful reader gives the same rows as the fast one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from navixy_async.errors import DecodeFailed, UnreadableAnswer
from navixy_async.harvest.answers import layout

from .test_layout import FULL, LAYOUT, body, point, read_both


@settings(max_examples=150, deadline=None)
@given(st.lists(point, max_size=20))
def test_both_readers_give_what_json_holds(rows: list[dict[str, Any]]) -> None:
    found = read_both(body(rows)).batch
    for name in ("lat", "mileage", "alt", "speed", "address", "parking"):
        assert found.column(name).to_pylist() == [row.get(name) for row in rows]
    assert found.column("time").to_pylist() == [datetime.fromisoformat(row["get_time"]) for row in rows]


@pytest.mark.parametrize("small", [0, 10**6])
@pytest.mark.parametrize(
    ("data", "error", "says"),
    [
        (body([FULL])[:-3], UnreadableAnswer, "cut or not JSON"),
        (b"<html>Bad gateway</html>", UnreadableAnswer, "cut or not JSON"),
        (b"", UnreadableAnswer, "cut or not JSON"),
        (body([FULL]) + body([FULL]), UnreadableAnswer, "cut or not JSON"),
        (b'{"success": true}', DecodeFailed, "list"),
        (b'{"success": true, "list": null}', DecodeFailed, "list"),
        (b'[{"list": []}]', DecodeFailed, "object"),
        (b'{"list": {"get_time": 5}}', DecodeFailed, "list"),
    ],
)
def test_a_spoilt_answer_is_an_error_that_names_it(
    data: bytes, error: type[Exception], says: str, small: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(layout, "SMALL", small)
    with pytest.raises(error, match=says) as caught:
        LAYOUT.read(data, "track/read", fixed={"tracker_id": 5})
    assert "track/read" in str(caught.value)
