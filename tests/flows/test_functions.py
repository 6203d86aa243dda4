"""The table of functions, against the vendor's results."""

from __future__ import annotations

from navixy_async.flows import FUNCTIONS, Expression, complete

from ..support.flows.vectors import outcome, read


def test_every_certain_result_comes_out() -> None:
    rows = [row for row in read("function_vectors.jsonl") if row["certain"]]
    wrong = [
        (row["expression"], outcome(row))
        for row in rows
        if outcome(row) != (row["expected"]["type"], row["expected"]["value"])
    ]
    assert wrong == []
    assert len(rows) > 90


def test_where_a_choice_had_to_be_made_it_is_the_one_that_the_files_lean_to() -> None:
    rows = [row for row in read("function_vectors.jsonl") if not row["certain"]]
    assert [row["id"] for row in rows if outcome(row) != (row["expected"]["type"], row["expected"]["value"])] == []


def test_each_entry_serves_documentation_and_completion() -> None:
    for name, function in FUNCTIONS.items():
        assert function.name == name
        assert function.summary.endswith(".")
        assert function.takes(function.least)
    assert [function.name for function in complete("util:to")] == ["util:toBcd", "util:toDouble", "util:toFloat"]


def test_geofences_are_asked_of_the_caller() -> None:
    inside = Expression("enterGeofence(35229 /* Depot */) && !leaveGeofence(1)")
    assert inside.evaluate(geofence=lambda name, zone: (name, zone) == ("enterGeofence", 35229)) is True
    assert inside.evaluate() is None
    assert "enterGeofence() without geofence" in inside.explain().why


def test_times_of_readings_that_are_not_there_are_said() -> None:
    formula = Expression("genTime('speed', 0, 'all')")
    assert formula.evaluate(history={"speed": [(5, 1_000, 2_000)]}) == 1_000
    assert "has no time" in formula.explain({"speed": 5}).why
    assert Expression("now()").evaluate(history={"speed": [(5, 1_000, 2_000)]}) == 2_000
    assert "now=" in Expression("now()").explain().why
