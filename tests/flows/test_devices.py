"""Histories of devices while a flow runs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from navixy_async.flows import simulate

from ..support.flows.dry_run import flow, messages


def values(item: dict[str, Any], sent: list[dict[str, Any]], **how: Any) -> list[object]:
    name = item["name"]
    return [step.attributes_out[name] for step in simulate(flow(item), sent, **how) if step.node_id == 2]


def test_both_queues_follow_the_messages() -> None:
    sent = messages(1, None, 3, 4)
    assert values({"name": "b", "value": "value('speed', 1, 'all')"}, sent) == [None, 1, None, 3]
    assert values({"name": "b", "value": "value('speed', 0, 'valid')"}, sent) == [1, 1, 3, 4]
    assert values({"name": "b", "value": "value('speed', 1, 'valid')"}, sent) == [None, None, 1, 3]


def test_a_calculated_attribute_remembers_itself() -> None:
    counter = {"name": "n", "value": "speed < 2 ? value('n', 0, 'all') + 1 : 0"}
    assert values(counter, messages(5, 1, 1, 5, 1)) == [0, 1, 2, 0, 1]
    started_on_null = {"name": "n", "value": "speed < 2 ? value('n', 0, 'all') + 1 : 0"}
    assert values(started_on_null, messages(1, 1, 5, 1)) == [None, None, 0, 1]


def test_a_name_that_is_calculated_reads_any_history() -> None:
    item = {"name": "b", "value": "value('spe' + 'ed', 1, 'all')"}
    assert values(item, messages(1, 2, 3)) == [None, 1, 2]


def test_devices_do_not_share_their_history() -> None:
    first, second = messages(1, 2), messages(10, 20, source_id=8)
    sent = [message for pair in zip(first, second, strict=True) for message in pair]
    assert values({"name": "b", "value": "value('speed', 1, 'all')"}, sent) == [None, None, 1, 10]


def test_calculated_times_are_those_of_the_reading() -> None:
    item = {"name": "b", "value": "speed", "generation_time": "genTime('speed', 0, 'all') - 5", "server_time": "now()"}
    late = {"name": "c", "value": "genTime('b', 0, 'all')"}
    steps = [step for step in simulate(flow(item, late), messages(1, 2)) if step.node_id == 2]
    assert [step.attributes_out["c"] for step in steps] == [-5, 59_995]


def test_geofences_are_changes_between_two_messages() -> None:
    def inside(zone: int, message: Mapping[str, object]) -> bool:
        return zone == 5 and bool(message.get("speed"))

    def taken(condition: str) -> list[object]:
        run = simulate(flow(condition=condition), messages(0, 1, 1, 0), inside=inside)
        return [step.branch for step in run if step.node_id == 3]

    assert taken("inGeofence(5)") == ["else", "then", "then", "else"]
    assert taken("enterGeofence(5)") == ["else", "then", "else", "else"]
    assert taken("leaveGeofence(5)") == ["else", "else", "else", "then"]


def test_what_cannot_be_simulated_is_said_by_name() -> None:
    (step,) = (step for step in simulate(flow(condition="inGeofence(5)"), messages(1)) if step.node_id == 3)
    assert step.reasons == {"fast": "cannot be simulated: inGeofence() without inside=…"}


def test_a_calculated_attribute_replaces_the_devices_own_in_both_queues() -> None:
    own = {"name": "speed", "value": "speed * 10"}
    for mode in ("all", "valid"):
        steps = simulate(flow(own, {"name": "b", "value": f"value('speed', 1, '{mode}')"}), messages(1, 2))
        assert [step.attributes_out["b"] for step in steps if step.node_id == 2] == [None, 10]
