"""Formulas inside of flows: where they stand, and how sure a refusal is."""

from __future__ import annotations

from navixy_async.flows import check


def test_all_members_with_formulas_are_checked() -> None:
    items = [{"name": "a", "value": "1 +", "generation_time": "x x", "server_time": "inGeofence(1)"}]
    nodes = [
        {"id": 1, "type": "initiate_attributes", "data": {"items": items}},
        {"id": 2, "type": "logic", "data": {"name": "l", "condition": "inGeofence(1) && sqrt(4) > 1"}},
        {
            "id": 3,
            "type": "initiate_attributes",
            "data": {"items": [{"name": "b", "value": "value('x') + value('y')"}]},
        },
    ]
    findings = [f for f in check({"nodes": nodes}) if f.stage == "formula"]
    assert [(f.message, f.node_ids, f.parameters, f.sure) for f in findings[:4]] == [
        ("The formula is invalid: [1:3 parsing error in '+']", [1], ["data.items[0].value"], True),
        ("The formula is invalid: [1:3 parsing error in 'x']", [1], ["data.items[0].generation_time"], True),
        (
            "The formula is invalid: [1:11 unsolvable function/method 'inGeofence(arg)']",
            [1],
            ["data.items[0].server_time"],
            False,
        ),
        ("The formula is invalid: [1:22 unsolvable function/method 'sqrt(arg)']", [2], ["data.condition"], False),
    ]
    (doubt,) = findings[4:]
    assert (doubt.rule, doubt.template, doubt.sure) == ("doubtful_formula", None, False)
