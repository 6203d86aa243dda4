"""A state that is reported counts, whatever else the answer says."""

from __future__ import annotations

from .test_events_untold import platform, run


async def test_a_state_that_is_told_counts_whatever_else_the_answer_says() -> None:
    answers = {
        "tracker/get_states": {
            "states": {"1": {"source_id": 1}, "2": {"source_id": 2}},
            "blocked": [1, 3],
            "not_exist": [2, 4],
        }
    }
    rows, coverage = await run(platform(answers, 1, 2, 3, 4, 5), "states")
    assert [row["tracker_id"] for row in rows] == [1, 2]
    assert {hole.tracker_id for hole in coverage.holes} == {3, 4, 5}
