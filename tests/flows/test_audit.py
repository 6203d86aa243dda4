"""The audit: what it finds, what it did not check, and that it repeats no secret."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from navixy_async.errors import InvalidInput
from navixy_async.flows import AuditFinding, AuditState, audit

from ..support.flows.audited import HASH, flow, hook, made


def rules(content: object, state: AuditState | None = None) -> set[str]:
    return {finding.rule for finding in audit({"a": content}, state).findings}


def test_a_careful_flow_has_no_findings() -> None:
    assert audit({"a": flow(made("engine_percent * 1.5"))}).findings == []


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        ({**flow(), "description": ""}, "plan"),
        ({**flow(), "nodes": [*flow()["nodes"], {"id": 5, "type": "logic", "data": {"title": "alone"}}]}, "plan"),
        (flow(title="New flow"), "titles"),
        (flow(made("1", title="")), "titles"),
        (flow(made("1", title="Back to Navixy")), "titles"),
        (flow(made("a + b * c - d + e + f + g + h + i + j + k + l + m + n")), "simple"),
        (flow(made("a ? (b ? 1 : 2) : (c ? 3 : 4)")), "simple"),
        (flow(made("a + b * c - d + e + f + g + h", title="")), "documented"),
        (flow(made("1", name="EngineLoad")), "names"),
        (flow(made("1", name="speed")), "names"),
        (hook(), "volume"),
        (flow(devices=tuple(range(1_001))), "volume"),
        (flow(title="Speed"), "versions"),
        ({**flow(), "enabled": False}, "review"),
        (flow(devices=()), "review"),
        (hook(url=f"https://hooks.example.com/?hash={HASH}"), "keys"),
        (hook(headers=[{"key": "Authorization", "value": "short"}]), "keys"),
        (flow(made(f"'{HASH}'")), "keys"),
        (hook(url="http://hooks.example.com"), "encryption"),
        (hook(body='{"lat": {{latitude}}}'), "privacy"),
        (hook(body='{"speed": {{speed}}'), "body_json"),
        (hook(headers=[]), "no_content_type"),
        (flow(made("x != 5")), "presence_guard"),
        (flow(made("x > 5 || y > 5")), "null_in_or"),
        (flow(made("value('x', 12, 'all')")), "history_index"),
        (flow(made("x / 1024")), "integer_division"),
        (flow(made("5 / 9")), "integer_division"),
        (flow(made("x & 2 == 2")), "bit_precedence"),
        (flow(made("trips + 1", name="trips")), "null_counter"),
        (flow(made("value('trips', 0, 'valid') + 1", name="trips")), "null_counter"),
        (flow(made("util:hexToLong(x, 0, 1) + util:bytes(y, 0, 1)")), "byte_order"),
        (flow(made("speed >")), "formula"),
        ("no JSON", "shape"),
    ],
)
def test_rules_of_one_flow(content: object, rule: str) -> None:
    assert rule in rules(content)


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (flow(made("x != null && x != 5")), "presence_guard"),
        (flow(made("x != null && x > 5 || y > 5")), "null_in_or"),
        (flow(made("x / 1024.0")), "integer_division"),
        (flow(made("(x & 2) == 2")), "bit_precedence"),
        (flow(made("(value('trips', 0, 'valid') ?: 0) + 1", name="trips")), "null_counter"),
        (hook(body='{"speed": {{speed}}, "name": "{{name}}"}'), "body_json"),
        (hook(body='{"token": "{{token}}"}'), "keys"),
        (flow(made("1", title="Basic transformations of the engine's values")), "keys"),
    ],
)
def test_what_is_right_is_not_found(content: object, rule: str) -> None:
    assert rule not in rules(content)


def test_flows_are_compared() -> None:
    long_one = "engine_percent * 1.5 + oil_level * 2.5"
    same = audit({"a": flow(made(long_one)), "b": flow(made(long_one))})
    assert {(f.rule, f.flow) for f in same.findings} == {("titles", "b"), ("names", "b"), ("patterns", "b")}


def test_no_finding_repeats_a_key() -> None:
    content = hook(
        title=f"call {HASH}",
        url=f"https://user:hunter2-pass@hooks.example.com/{HASH}",
        headers=[
            {"key": "Authorization", "value": "Bearer abcdef1234567890"},
            {"key": f"X-{HASH}", "value": "secret-x"},
        ],
        body=f'{{"{HASH}": "{HASH}"}}',
    )
    content["nodes"].append({"id": 60, "type": HASH, **made(f"'{HASH}' +", name=HASH)})
    text = "\n".join(str(finding) + repr(finding) for finding in audit({"a": content, "b": content}).findings)
    assert "keys" in text
    for secret in (HASH, "hunter2", "abcdef1234567890", "secret-x"):
        assert secret not in text


def test_the_gravest_come_first_and_say_where() -> None:
    first, *_, last = audit({"fast": hook(url="http://hooks.example.com", body='{"lat": 1}')}).findings
    assert (first.severity, last.severity) == ("error", "notice")
    assert str(first) == "fast: error: Webhook node #50 sends without encryption; use https [encryption]"
    assert str(AuditFinding("x", "notice", "what", "do")) == "notice: what; do [x]"


def test_wrong_arguments_are_refused() -> None:
    flows: Any = [flow()]
    with pytest.raises(InvalidInput, match="by name"):
        audit(flows)
    with pytest.raises(InvalidInput, match="has no time zone"):
        audit({}, AuditState(pulled=datetime(2026, 1, 1)))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(("items", "headers", "name", "value", "url", "body", "title", "key")), inner)
    ),
    max_leaves=8,
)
TYPES = st.sampled_from(("data_source", "initiate_attributes", "logic", "action", "webhook", "output_endpoint", "x"))


@settings(max_examples=80, deadline=None)
@given(st.lists(st.fixed_dictionaries({"id": st.integers(0, 3), "type": TYPES, "data": JSON}), max_size=4), JSON)
def test_anything_can_be_audited(nodes: list[dict[str, Any]], title: Any) -> None:
    content = {"title": title, "nodes": nodes, "edges": [{"from": 0, "to": 1}, {"from": 1, "to": 0}]}
    assert audit({"a": content, "b": title}, AuditState(endpoints=[title], received=[])).findings
