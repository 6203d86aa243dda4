"""An account's flows as files: what a pull writes, what a push sends, and what neither ever shows."""

from __future__ import annotations

import json
import logging
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from navixy_async import Account, ApiKey, InvalidInput, Navixy
from navixy_async.flows import Flows, FlowsRefused
from navixy_async.testing import World

SECRETS = (
    "broker-Passw0rd!",
    "Bearer header-t0ken",
    "bot123:URL-t0ken",
    "body-t0ken",
    "setparam 1,device-pw",
    "user-t0ken",
)


def endpoint(title: str = "Broker", **properties: Any) -> dict[str, Any]:
    given = {
        "protocol": "NGP",
        "domain": "broker.example.com",
        "port": 8883,
        "client_id": "navixy-1",
        "qos": 1,
        "topics": ["fleet/raw"],
        "version": "5.0",
        "use_ssl": True,
        "mqtt_auth": True,
        "user_name": "fleet",
        "user_password": SECRETS[0],
    }
    return {"title": title, "type": "output_mqtt_client", "properties": {**given, **properties}}


def flow(endpoint_id: Any, sources: list[int], **head: Any) -> dict[str, Any]:
    nodes: list[dict[str, Any]] = [
        {"id": 1, "type": "data_source", "data": {"title": "All trucks", "source_ids": sources}},
        {
            "id": 2,
            "type": "initiate_attributes",
            "data": {"title": "Miles", "items": [{"name": "speed_mph", "value": "speed * 0.62"}]},
        },
        {"id": 3, "type": "logic", "data": {"title": "Fast?", "name": "is_fast", "condition": "speed > 90"}},
        {
            "id": 4,
            "type": "webhook",
            "data": {
                "title": "Alarm",
                "url": f"https://api.example.com/{SECRETS[2]}/send?chat=1",
                "headers": [
                    {"key": "Content-Type", "value": "application/json"},
                    {"key": "Authorization", "value": SECRETS[1]},
                ],
                "body": f'{{"text": "{SECRETS[3]}", "speed": {{{{speed}}}}, "chat": 123456789}}',
            },
        },
        {
            "id": 5,
            "type": "action",
            "data": {"title": "Stop", "actions": [{"type": "send_gprs_command", "command": SECRETS[4]}]},
        },
        {
            "id": 6,
            "type": "output_endpoint",
            "data": {"title": "Out", "output_endpoint_type": "output_mqtt_client", "output_endpoint_id": endpoint_id},
            "view": {"position": {"x": 10, "y": 20}},
        },
    ]
    edges = [
        {"from": 1, "to": 2, "type": "simple_edge"},
        {"from": 2, "to": 3, "type": "simple_edge"},
        {"from": 2, "to": 6, "type": "simple_edge"},
        {"from": 3, "to": 6, "type": "else_edge"},
        {"from": 3, "to": 6, "type": "then_edge"},
        {"from": 3, "to": 4, "type": "then_edge"},
        {"from": 3, "to": 5, "type": "then_edge"},
    ]
    return {"title": "Speed alarm", "description": "", "enabled": True, "nodes": nodes, "edges": edges, **head}


class SameTrackers:
    """Another account that has the trackers of the first: their sources have the same ids."""

    def __init__(self, account: Account, trackers: list[dict[str, Any]]) -> None:
        self._account, self._trackers = account, trackers

    async def call(self, operation: str, params: Any = None) -> dict[str, Any]:
        if operation == "tracker/list":
            return {"list": self._trackers}
        return await self._account.call(operation, params)


@pytest.fixture
async def fleet(navixy: Navixy, world: World) -> AsyncIterator[Account]:
    account = navixy.account(ApiKey(world.accounts[0].api_key))
    await clear(account)
    made = await account.call("iot/logic/flow/endpoint/create", {"endpoint": endpoint()})
    rows = (await account.call("tracker/list"))["list"]
    sources = [row["source"]["id"] for row in rows[:2]]
    await account.call("iot/logic/flow/create", {"flow": flow(made["id"], sources)})
    yield account


async def clear(account: Account) -> None:
    for row in (await account.call("iot/logic/flow/list"))["list"]:
        await account.call("iot/logic/flow/delete", {"flow_id": row["id"]})
    for row in (await account.call("iot/logic/flow/endpoint/list"))["list"]:
        await account.call("iot/logic/flow/endpoint/delete", {"endpoint_id": row["id"]})


async def only_flow(account: Account) -> dict[str, Any]:
    (row,) = (await account.call("iot/logic/flow/list"))["list"]
    return dict((await account.call("iot/logic/flow/read", {"flow_id": row["id"]}))["value"])


def edit(path: Path, change: Callable[[dict[str, Any]], None]) -> None:
    content = json.loads(path.read_text())
    change(content)
    path.write_text(json.dumps(content))


def files(path: Path) -> dict[str, bytes]:
    return {str(file.relative_to(path)): file.read_bytes() for file in path.rglob("*") if file.is_file()}


async def test_secrets_are_in_files_of_the_owner_alone(
    fleet: Account, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    await fleet.flows.pull(tmp_path)
    edit(tmp_path / "flows" / "speed-alarm.json", lambda one: one.update(description="new"))
    edit(tmp_path / ".secrets.json", lambda one: one.update({name: "other" for name in one if "Authorization" in name}))
    changes = await fleet.flows.diff(tmp_path)
    pushed = await fleet.flows.push(tmp_path)
    shown = caplog.text + "".join(map(str, changes)) + repr(changes) + repr(pushed)
    for secret in SECRETS[:5]:
        assert secret not in shown
    open_to_others = {name: text for name, text in files(tmp_path).items() if (tmp_path / name).stat().st_mode & 0o077}
    assert [
        (name, secret) for name, text in open_to_others.items() for secret in SECRETS if secret.encode() in text
    ] == []
    private = tmp_path / ".secrets.json"
    assert private.stat().st_mode & 0o777 == 0o600
    assert SECRETS[0] in private.read_text()


async def test_an_empty_account_gets_the_same_flows(
    fleet: Account, navixy: Navixy, world: World, tmp_path: Path
) -> None:
    first = await fleet.flows.pull(tmp_path / "one")
    other = navixy.account(ApiKey(world.accounts[1].api_key))
    await clear(other)
    await other.call("iot/logic/flow/endpoint/create", {"endpoint": endpoint("Before")})
    await other.call("iot/logic/flow/endpoint/delete", {"endpoint_id": (await _endpoints(other))[0]["id"]})
    flows = Flows(SameTrackers(other, (await fleet.call("tracker/list"))["list"]))
    pushed = await flows.push(tmp_path / "one")
    assert pushed.created == ["endpoints/broker", "flows/speed-alarm"]
    for directory in ("one", "two"):
        again = await flows.pull(tmp_path / directory)
        assert again.digest == first.digest
    mine, theirs = await only_flow(fleet), await only_flow(other)
    assert theirs["enabled"] is True
    assert theirs["nodes"][:5] == mine["nodes"][:5]  # with every secret
    assert theirs["nodes"][5]["data"]["output_endpoint_id"] == (await _endpoints(other))[0]["id"]
    read = await other.call("iot/logic/flow/endpoint/read", {"endpoint_id": (await _endpoints(other))[0]["id"]})
    assert read["value"]["properties"]["user_password"] == SECRETS[0]
    for account in (fleet.flows, flows):  # one directory serves both
        assert (await account.push(tmp_path / "one")).unchanged == ["endpoints/broker", "flows/speed-alarm"]


async def _endpoints(account: Account) -> list[dict[str, Any]]:
    return list((await account.call("iot/logic/flow/endpoint/list"))["list"])


async def test_a_pull_that_finds_nothing_new_changes_no_byte(fleet: Account, tmp_path: Path) -> None:
    await fleet.flows.pull(tmp_path)
    before = files(tmp_path)
    await fleet.flows.pull(tmp_path)
    assert files(tmp_path) == before
    assert await fleet.flows.diff(tmp_path) == []


async def test_a_push_refuses_what_moved(fleet: Account, tmp_path: Path) -> None:
    await fleet.flows.pull(tmp_path)
    now = await only_flow(fleet)
    await fleet.call("iot/logic/flow/update", {"flow": {**now, "description": "by somebody else"}})
    edit(tmp_path / "flows" / "speed-alarm.json", lambda one: one.update(description="mine"))
    with pytest.raises(FlowsRefused, match="speed-alarm was changed on the platform since it was pulled"):
        await fleet.flows.push(tmp_path)
    assert (await only_flow(fleet))["description"] == "by somebody else"
    with pytest.raises(FlowsRefused, match="changed since the last pull"):
        await fleet.flows.pull(tmp_path)
    assert (await fleet.flows.push(tmp_path, force=True)).updated == ["flows/speed-alarm"]
    assert (await only_flow(fleet))["description"] == "mine"


async def test_a_layout_is_no_change_on_the_platform(fleet: Account, tmp_path: Path) -> None:
    await fleet.flows.pull(tmp_path)
    now = await only_flow(fleet)
    nodes = [{**node, "view": {"position": {"x": 1, "y": 1}}} for node in reversed(now["nodes"])]
    await fleet.call("iot/logic/flow/update", {"flow": {**now, "nodes": nodes, "edges": now["edges"][::-1]}})
    edit(tmp_path / "flows" / "speed-alarm.json", lambda one: one.update(description="mine"))
    assert (await fleet.flows.push(tmp_path)).updated == ["flows/speed-alarm"]


async def test_a_push_checks_before_the_first_write(fleet: Account, tmp_path: Path) -> None:
    await fleet.flows.pull(tmp_path)
    edit(tmp_path / "endpoints" / "broker.json", lambda one: one["properties"].update(port=1884))

    def spoil(one: dict[str, Any]) -> None:
        one["nodes"][2]["data"]["condition"] = "speed >"
        one["nodes"][0]["data"]["source_ids"].append(999_999_999)

    edit(tmp_path / "flows" / "speed-alarm.json", spoil)
    with pytest.raises(FlowsRefused) as caught:
        await fleet.flows.push(tmp_path)
    assert [reason for reason in caught.value.reasons if "1:7 parsing error" in reason]
    assert [reason for reason in caught.value.reasons if "999999999" in reason]
    (row,) = await _endpoints(fleet)
    read = await fleet.call("iot/logic/flow/endpoint/read", {"endpoint_id": row["id"]})
    assert read["value"]["properties"]["port"] == 8883


async def test_what_was_deleted_is_only_restored(fleet: Account, tmp_path: Path) -> None:
    first = await fleet.flows.pull(tmp_path)
    await clear(fleet)
    with pytest.raises(FlowsRefused, match="was deleted on the platform"):
        await fleet.flows.push(tmp_path)
    restored = await fleet.flows.restore(tmp_path)
    assert restored.created == ["endpoints/broker", "flows/speed-alarm"]
    assert (await fleet.flows.pull(tmp_path)).digest == first.digest


async def test_a_push_that_was_cut_off_creates_nothing_twice(fleet: Account, tmp_path: Path) -> None:
    await fleet.flows.pull(tmp_path)
    await clear(fleet)

    class Falling:
        """Loses its connection after a flow was created, and before anybody knows its id."""

        async def call(self, operation: str, params: Any = None) -> dict[str, Any]:
            answer = await fleet.call(operation, params)
            if operation == "iot/logic/flow/create":
                raise ConnectionResetError
            return answer

    with pytest.raises(ConnectionResetError):
        await Flows(Falling()).restore(tmp_path)
    assert (await only_flow(fleet))["enabled"] is False
    await fleet.flows.restore(tmp_path)
    assert (await only_flow(fleet))["enabled"] is True
    assert len(await _endpoints(fleet)) == 1


async def test_a_difference_says_what_it_means(fleet: Account, tmp_path: Path) -> None:
    await fleet.flows.pull(tmp_path)

    def change(one: dict[str, Any]) -> None:
        one["nodes"][1]["data"]["items"][0]["value"] = "speed*0.62  /* miles */"
        one["nodes"][2]["data"]["condition"] = "speed > 80"
        one["nodes"][5]["view"] = None
        one["edges"].pop()

    edit(tmp_path / "flows" / "speed-alarm.json", change)
    changes = await fleet.flows.diff(tmp_path)
    assert [str(one) for one in changes if not one.is_layout] == [
        "flows/speed-alarm.json: node 3 (Fast?) condition: 'speed > 90' -> 'speed > 80'",
        "flows/speed-alarm.json: connection removed: node 3 (Fast?) to node 5 (Stop) (then)",
    ]
    assert len([one for one in changes if one.is_layout]) == 2


async def test_variables_of_the_environment_stay(
    fleet: Account, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await fleet.flows.pull(tmp_path)
    monkeypatch.setenv("BROKER_PASSWORD", SECRETS[0])
    broker = tmp_path / "endpoints" / "broker.json"
    edit(broker, lambda one: one["properties"].update(user_password="${env:BROKER_PASSWORD}"))
    assert "endpoints/broker" in (await fleet.flows.push(tmp_path)).unchanged
    await fleet.flows.pull(tmp_path)
    assert json.loads(broker.read_text())["properties"]["user_password"] == "${env:BROKER_PASSWORD}"
    assert SECRETS[0] not in (tmp_path / ".secrets.json").read_text()
    monkeypatch.delenv("BROKER_PASSWORD")
    with pytest.raises(InvalidInput, match="environment variable BROKER_PASSWORD"):
        await fleet.flows.push(tmp_path)


async def test_a_stored_text_asks_for_no_secret(
    fleet: Account, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KEY", "of the operator")
    text = "${env:KEY} $${secret:x} ${env:"
    await fleet.call("iot/logic/flow/update", {"flow": {**await only_flow(fleet), "description": text}})
    await fleet.flows.pull(tmp_path)
    edit(tmp_path / "flows" / "speed-alarm.json", lambda one: one.update(title="Renamed"))
    await fleet.flows.push(tmp_path)
    assert (await only_flow(fleet))["description"] == text


async def test_versions_are_kept(fleet: Account, tmp_path: Path) -> None:
    await fleet.flows.pull(tmp_path)
    edit(tmp_path / "flows" / "speed-alarm.json", lambda one: one.update(description="second"))
    await fleet.flows.push(tmp_path)
    versions = sorted((tmp_path / "versions" / "speed-alarm").iterdir())
    assert [json.loads(file.read_text())["description"] for file in versions] == ["", "second"]
    lines = [json.loads(line) for line in (tmp_path / "changelog.jsonl").read_text().splitlines()]
    assert [(line["by"], line["version"]) for line in lines] == [("pull", 1), ("push", 2)]


async def test_a_broken_file_is_named(fleet: Account, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="pull the account's flows first"):
        await fleet.flows.push(tmp_path)
    await fleet.flows.pull(tmp_path)
    (tmp_path / "flows" / "speed-alarm.json").write_text("{")
    with pytest.raises(InvalidInput, match=r"speed-alarm\.json is no JSON"):
        await fleet.flows.diff(tmp_path)
    (tmp_path / "flows" / "speed-alarm.json").write_text("[]")
    with pytest.raises(InvalidInput, match="JSON object"):
        await fleet.flows.push(tmp_path)
