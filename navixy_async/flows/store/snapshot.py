"""An account's flows and endpoints as the platform has them now, and the same in the shape of files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from ...errors import DecodeFailed
from .canonical import endpoint_digest, flow_digest, portable_endpoint, portable_flow
from .folder import AccountState, Folder, Pulled, file_name_of
from .references import Splitter, keep_environment

ENDPOINT = "endpoint:"
"""What stands before the name of an endpoint's file where the platform has the endpoint's id."""


class ActionCaller(Protocol):
    """An account: calls any action, and answers with a dict."""

    async def call(self, operation: str, params: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """The whole answer."""
        ...


@dataclass
class Snapshot:
    """What one account holds, by ids; ``sources`` has the labels of the trackers behind ``source_ids``."""

    account_id: str
    flows: dict[int, dict[str, Any]] = field(default_factory=dict, repr=False)
    endpoints: dict[int, dict[str, Any]] = field(default_factory=dict, repr=False)
    sources: dict[int, str] = field(default_factory=dict)


async def read_snapshot(account: ActionCaller) -> Snapshot:
    """Read all flows and endpoints of an account, one by one: the lists hold only their titles."""
    user = (await account.call("user/get_info")).get("user_info")
    number = user.get("id") if isinstance(user, Mapping) else None
    if not isinstance(number, int):
        raise DecodeFailed("user/get_info does not say which account this is", operation="user/get_info")
    found = Snapshot(str(number))
    for number in await _ids(account, "iot/logic/flow/endpoint/list"):
        found.endpoints[number] = await read_endpoint(account, number)
    for number in await _ids(account, "iot/logic/flow/list"):
        found.flows[number] = await read_flow(account, number)
    for tracker in _list(await account.call("tracker/list"), "tracker/list"):
        source = tracker.get("source")
        if isinstance(source, Mapping) and isinstance(source.get("id"), int):
            found.sources[source["id"]] = str(tracker.get("label") or "")
    return found


async def read_flow(account: ActionCaller, number: int) -> dict[str, Any]:
    """A flow as the platform has it."""
    return _value(await account.call("iot/logic/flow/read", {"flow_id": number}), "iot/logic/flow/read")


async def read_endpoint(account: ActionCaller, number: int) -> dict[str, Any]:
    """An endpoint as the platform has it."""
    answer = await account.call("iot/logic/flow/endpoint/read", {"endpoint_id": number})
    return _value(answer, "iot/logic/flow/endpoint/read")


async def _ids(account: ActionCaller, action: str) -> list[int]:
    rows = _list(await account.call(action), action)
    if not all(isinstance(row.get("id"), int) for row in rows):
        raise DecodeFailed(f"{action} lists something without an id", operation=action)
    return sorted(row["id"] for row in rows)


def _list(answer: Mapping[str, Any], action: str) -> list[dict[str, Any]]:
    rows = answer.get("list")
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise DecodeFailed(f"{action} answered without a list of objects", operation=action)
    return rows


def _value(answer: Mapping[str, Any], action: str) -> dict[str, Any]:
    value = answer.get("value")
    if not isinstance(value, dict):
        raise DecodeFailed(f"{action} answered without an object", operation=action)
    return value


def as_folder(snapshot: Snapshot, local: Folder) -> Folder:
    """What the account holds, in the shape of files; names and references to the environment stay as in ``local``."""
    known = local.state_of(snapshot.account_id)
    found, splitter = Folder(local.path), Splitter()
    state = found.state_of(snapshot.account_id)
    for names, held, files, pulled, digest in (
        (known.endpoints, snapshot.endpoints, local.endpoints, state.endpoints, endpoint_digest),
        (known.flows, snapshot.flows, local.flows, state.flows, flow_digest),
    ):
        taken = set(files) | set(names)
        by_id = {entry.id: name for name, entry in names.items()}
        for number, value in held.items():
            name = by_id.get(number) or file_name_of(value.get("title"), taken, "untitled")
            taken.add(name)
            pulled[name] = Pulled(id=number, server=digest(value), file="")
    for name, entry in state.endpoints.items():
        plain = portable_endpoint(snapshot.endpoints[entry.id])
        found.endpoints[name] = splitter.split(plain, f"endpoint.{name}")
    ids = endpoint_names(state)
    for name, entry in state.flows.items():
        plain = with_endpoints(portable_flow(snapshot.flows[entry.id]), ids)
        found.flows[name] = splitter.split(plain, f"flow.{name}")
    found.secrets = splitter.secrets
    _keep_environment(found, local)
    for entries, files, digest in (
        (state.endpoints, found.endpoints, endpoint_digest),
        (state.flows, found.flows, flow_digest),
    ):
        for name, entry in entries.items():
            entry.file = digest(files[name])
    return found


def _keep_environment(found: Folder, local: Folder) -> None:
    for new, old in ((found.endpoints, local.endpoints), (found.flows, local.flows)):
        for name in new:
            new[name] = keep_environment(new[name], old.get(name), found.secrets)


def endpoint_names(state: AccountState) -> dict[Any, Any]:
    """References to endpoints by their ids."""
    return {entry.id: ENDPOINT + name for name, entry in state.endpoints.items()}


def with_endpoints(flow: dict[str, Any], replaced: Mapping[Any, Any]) -> dict[str, Any]:
    """A flow with other values in place of the ids of endpoints, or of their names."""
    nodes = []
    for node in flow.get("nodes") or []:
        data = node.get("data") if isinstance(node, Mapping) else None
        number = data.get("output_endpoint_id") if isinstance(data, Mapping) else None
        if isinstance(data, Mapping) and isinstance(number, int | str) and number in replaced:
            nodes.append({**node, "data": {**data, "output_endpoint_id": replaced[number]}})
        else:
            nodes.append(node)
    return {**flow, "nodes": nodes}
