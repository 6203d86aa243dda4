"""The audit: what it finds, what it did not check, and that it repeats no secret."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from navixy_async.errors import InvalidInput
from navixy_async.flows import AuditFinding, AuditState, audit

NOW = datetime(2026, 6, 1, tzinfo=UTC)
HASH = "22eac1c27af4be7b9d04da2ce1af111b"


def flow(*middle: dict[str, Any], title: str = "Speed v1", devices: tuple[int, ...] = (7,)) -> dict[str, Any]:
    """A source, the given nodes one after the other, and an output; nothing to find but what is in the middle."""
    source = {"title": "Trucks of Leipzig", "source_ids": list(devices)}
    output = {"title": "Back to Navixy", "output_endpoint_type": "output_mqtt_client", "output_endpoint_id": 5}
    nodes = [{"id": 1, "type": "data_source", "data": source}]
    nodes += [{"id": 10 + index, **node} for index, node in enumerate(middle)]
    nodes.append({"id": 99, "type": "output_endpoint", "data": output})
    edges = [{"from": a["id"], "to": b["id"]} for a, b in itertools.pairwise(nodes)]
    return {"title": title, "description": "for tests", "nodes": nodes, "edges": edges}


def made(value: str, name: str = "engine_load", title: str = "Load of the engine") -> dict[str, Any]:
    return {"type": "initiate_attributes", "data": {"title": title, "items": [{"name": name, "value": value}]}}


def hook(**data: Any) -> dict[str, Any]:
    headers = [{"key": "Content-Type", "value": "application/json"}]
    given = {"title": "Tell the shop", "url": "https://hooks.example.com/a", "headers": headers, "body": "{}", **data}
    flow_of_hook = flow(title="Hook v1")
    flow_of_hook["nodes"].append({"id": 50, "type": "webhook", "data": given})
    flow_of_hook["edges"].append({"from": 1, "to": 50})
    return flow_of_hook


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


def endpoint(number: int = 5, **settings: Any) -> dict[str, Any]:
    given = {
        "domain": "mqtt.example.com",
        "port": 8883,
        "use_ssl": True,
        "mqtt_auth": True,
        "user_name": "fleet-user",
        "user_password": f"long-password-{number}",
        "client_id": f"client-id-{number}",
        "topics": [f"fleet/data/{number}"],
    }
    return {"id": number, "type": "output_mqtt_client", "status": "active", "properties": {**given, **settings}}


@pytest.mark.parametrize(
    ("endpoints", "found"),
    [
        ([endpoint()], set()),
        ([], {"endpoints"}),
        ([{**endpoint(), "status": "suspend"}], {"endpoints", "unused_endpoints"}),
        ([endpoint(), endpoint(6)], {"unused_endpoints"}),
        ([endpoint(), {"id": 1, "type": "output_default"}], set()),
        ([endpoint(use_ssl=False)], {"encryption"}),
        ([endpoint(port=1883)], {"encryption"}),
        ([endpoint(mqtt_auth=False)], {"passwords"}),
        ([endpoint(user_password="short")], {"passwords"}),
        ([endpoint(user_password="fleet-user-of-us", user_name="fleet-user-of-us")], {"passwords"}),
        ([endpoint(client_id="abc")], {"client_ids"}),
        ([endpoint(topics=[])], {"topics"}),
        ([endpoint(topics=["fleet/#"])], {"topics"}),
        ([endpoint(topics=["fleet"])], {"topics"}),
        (
            [
                endpoint(),
                endpoint(6, user_password="long-password-5", client_id="client-id-5", topics=["fleet/data/5"]),
            ],
            {"unused_endpoints", "passwords", "client_ids", "topics"},
        ),
    ],
)
def test_rules_of_endpoints(endpoints: list[dict[str, Any]], found: set[str]) -> None:
    state = AuditState(endpoints=endpoints)
    assert "password" not in repr(state)
    report = audit({"a": flow()}, state)
    assert {finding.rule for finding in report.findings} == found
    for one in endpoints:
        for finding in report.findings:
            assert one.get("properties", {}).get("user_password", "?" * 99) not in str(finding)


def test_rules_that_need_an_account() -> None:
    content = flow(made("engine_percent * 1.5"))
    day = timedelta(days=1)
    bad = AuditState(
        endpoints=[endpoint()],
        received=["speed"],
        last_data={7: NOW - 2 * day},
        updated={"a": NOW - 200 * day},
        pulled=NOW - 300 * day,
        tested=[],
        logged=[],
        credentials_since={5: NOW - 91 * day},
        now=NOW,
    )
    report = audit({"a": content}, bad)
    assert report.not_checked == {}
    assert [f.rule for f in report.findings if f.rule == "monitoring"] == ["monitoring"] * 2
    assert {f.rule for f in report.findings} == {"monitoring", "review", "backup", "tested", "versions", "rotation"}
    good = AuditState(
        endpoints=[endpoint()],
        received=["engine_percent"],
        last_data={7: NOW},
        updated={"a": NOW - day},
        pulled=NOW,
        tested=["a"],
        logged=["a"],
        credentials_since={5: NOW},
        now=NOW,
    )
    assert audit({"a": content}, good).findings == []


def test_what_was_not_given_is_not_checked_and_said() -> None:
    needed = set(audit({}).not_checked.values())
    assert needed == {
        "endpoints", "received", "last_data", "tested", "updated", "pulled", "logged", "credentials_since"
    }  # fmt: skip
    assert audit({}, AuditState(pulled=NOW)).not_checked["backup"] == "updated"


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


def test_a_huge_expression_is_no_trouble() -> None:
    assert "simple" in rules(flow(made(" + ".join(["x"] * 20_000))))
    assert "simple" in rules(flow(made("(" * 1_000 + "x" + " || y)" * 1_000)))
