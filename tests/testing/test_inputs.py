"""Inputs, fuel and diagnostics."""

from __future__ import annotations

from navixy_async.testing import World

from .conftest import Raw
from .test_series import counting


async def test_inputs_fuel_and_diagnostics(raw: Raw, world: World) -> None:
    tracker = counting(world)[0]
    silent = next(one.id for one in world.accounts[0].trackers if one.kind == "silent")
    one = {"tracker_id": tracker}
    fuel = (await raw("tracker/get_fuel", one)).json["inputs"]
    assert [reading["type"] for reading in fuel] == ["fuel"]
    inputs = (await raw("tracker/get_inputs", one)).json
    many = (await raw("tracker/batch_get_inputs", {"trackers": [tracker, silent]})).json["data"]
    assert many[str(tracker)]["states"] == inputs["states"]
    assert many[str(silent)]["inputs"] == []
    assert [state["input_number"] for state in inputs["states"]] == [1, 2, 3]
    outputs = (await raw("tracker/get_outputs", one)).json["result"]
    assert (await raw("tracker/batch_get_outputs", {"trackers": [tracker]})).json["result"] == {str(tracker): outputs}
    assert (await raw("tracker/get_diagnostics", one)).json["inputs"] == []
    assert (await raw("tracker/get_fuel", {"tracker_id": 1})).error == (400, 201)
