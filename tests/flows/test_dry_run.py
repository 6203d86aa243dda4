"""What a flow makes of messages, node by node; nothing is sent."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from navixy_async import InvalidInput
from navixy_async.flows import simulate

from ..support.flows.dry_run import flow, messages
from .test_check import JSON


def test_every_step_has_attributes_branch_and_effect() -> None:
    steps = list(simulate(flow(), messages(60)))
    assert [(step.node_id, step.branch, step.effect and step.effect.kind) for step in steps] == [
        (1, None, None),
        (2, None, None),
        (3, "then", None),
        (4, None, "webhook"),
        (6, None, "action"),
        (5, None, "output"),
    ]
    assert steps[1].attributes_out == steps[1].attributes_in | {"a": 120}
    assert steps[2].attributes_out["fast"] is True
    assert steps[-1].effect is not None
    assert steps[-1].effect.content == {"message_time": 0, "server_time": 500, "speed": 60, "a": 120, "fast": True}
    assert steps[-1].effect.target == "output_default"


def test_null_takes_else_and_the_reason_is_there() -> None:
    steps = list(simulate(flow(), messages(None)))
    assert [step.branch for step in steps if step.branch] == ["else"]
    assert steps[1].reasons == {"a": "* with null"}
    assert steps[2].attributes_out["fast"] is None


def test_effects_alone_are_those_of_the_steps() -> None:
    sent = messages(10, 60, None, 70)
    alone = [effect for _, effect in simulate(flow(), sent).effects()]
    assert alone == [step.effect for step in simulate(flow(), sent) if step.effect is not None]


def test_a_summary_says_what_never_happened() -> None:
    simulation = simulate(flow({"name": "b", "value": "missing + 1"}), messages(1, 2) + messages(1, source_id=99))
    summary = simulation.run()
    assert (summary.messages, summary.without_output) == (3, 1)
    assert summary.arrivals == {1: 2, 2: 2, 3: 2, 5: 2}
    assert summary.branches_never_taken == [(3, "then")]
    assert summary.attributes_never_seen == ["missing"]
    assert summary.effects["output"] == 2


def test_a_message_without_a_device_goes_to_every_source() -> None:
    assert simulate(flow(), [{"speed": 5}]).run().without_output == 0


def test_times_may_be_datetimes_and_now_is_the_servers() -> None:
    moment = datetime(2026, 3, 1, tzinfo=UTC)
    items = ({"name": "age", "value": "now() - genTime('speed', 0, 'all')"},)
    sent = [{"source_id": 7, "speed": 5, "message_time": moment, "server_time": int(moment.timestamp() * 1000) + 750}]
    assert next(iter(simulate(flow(*items), sent).effects()))[1].content["age"] == 750  # type: ignore[index]


@pytest.mark.parametrize("value", [5, None, "speed", [1]])
def test_what_is_no_message_is_said(value: object) -> None:
    with pytest.raises(InvalidInput, match="a message is a dict"):
        simulate(flow(), [value]).run()  # type: ignore[list-item]


@settings(max_examples=80, deadline=None)
@given(st.lists(st.dictionaries(st.sampled_from(["speed", "source_id", "message_time", "x"]), JSON), max_size=4))
def test_no_message_whatever_surprises_it(sent: list[dict[str, object]]) -> None:
    simulation = simulate(flow({"name": "b", "value": "value('x', 1, 'valid') + x"}), sent)
    try:
        assert {step.node_id for step in simulation} <= set(range(1, 7))
    except InvalidInput as error:
        assert "source_id" in str(error)
    else:
        assert simulation.summary().messages == len(sent)


def test_a_datetime_is_exact_to_the_millisecond() -> None:
    item = {"name": "b", "value": "now() - seen"}
    start = datetime(1970, 1, 1, tzinfo=UTC)
    for number in (4_100, 8_200, 1_720_618_553_001, 32_503_680_000_009):
        moment = start + timedelta(milliseconds=number)
        steps = simulate(flow(item), [{"source_id": 7, "speed": 1, "server_time": moment, "seen": number}])
        assert [step.attributes_out["b"] for step in steps if step.node_id == 2] == [0]


@pytest.mark.parametrize("name", ["message_time", "server_time", "x"])
@pytest.mark.parametrize("moment", [datetime(2026, 3, 1), datetime.min])
def test_a_time_without_a_zone_is_refused(name: str, moment: datetime) -> None:
    with pytest.raises(InvalidInput, match="naive"):
        simulate(flow(), [{"source_id": 7, name: moment}]).run()


def test_a_time_beyond_64_bits_is_none() -> None:
    steps = simulate(flow({"name": "b", "value": "now()"}), [{"source_id": 7, "server_time": 2**80}])
    assert [step.attributes_out["b"] for step in steps if step.node_id == 2] == [None]
