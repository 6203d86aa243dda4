"""Limits that a platform publishes, in either spelling, and those that are not believed."""

from __future__ import annotations

import pytest

from navixy_async.paging.published_limits import MAX_PAGE, page_limit, published_limit


@pytest.mark.parametrize(
    ("platform", "limit"),
    [
        ({"history.max_limit": 500}, 500),
        ({"history": {"max_limit": 500}}, 500),
        ({"history.max_limit": 200, "history": {"max_limit": 500}}, 200),
        ({"history.max_limit": 1}, 1),
        ({"history.max_limit": MAX_PAGE}, MAX_PAGE),
        ({"history.max_limit": MAX_PAGE + 1}, None),
        ({"history.max_limit": 0}, None),
        ({"history.max_limit": True}, None),
        ({"history.max_limit": "500"}, None),
        ({"history": 500}, None),
        ({}, None),
        ([], None),
        (None, None),
    ],
    ids=str,
)
def test_a_page_limit_is_believed_within_reason(platform: object, limit: int | None) -> None:
    assert page_limit(platform) == limit


def test_other_limits_are_found_in_both_spellings() -> None:
    assert published_limit({"report.max_time_span": "P90D"}, "report", "max_time_span") == "P90D"
    assert published_limit({"report": {"max_time_span": "P90D"}}, "report", "max_time_span") == "P90D"
    assert published_limit({"report": {}}, "report", "max_time_span") is None
