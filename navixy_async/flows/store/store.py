"""``account.flows``: an account's flows as files, and back."""

from __future__ import annotations

import asyncio
import os
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from ...errors import DecodeFailed
from .canonical import canonical_endpoint, canonical_flow, covers, digest_of, endpoint_digest, flow_digest
from .differences import FlowChange, endpoint_changes, flow_changes
from .errors import FlowsRefused
from .folder import SOURCES, Folder, Pulled, load_folder, write_json
from .plan import PlannedWrite, WritePlan, endpoint_ids, filled_endpoint, filled_flow, make_plan
from .references import used
from .snapshot import ActionCaller, Snapshot, as_folder, read_endpoint, read_flow, read_snapshot


@dataclass(frozen=True, slots=True)
class PulledFlows:
    """What a pull wrote: names of files, and a digest that is the same wherever the same flows are.

    Attributes:
        flows: names of the files under ``flows``.
        endpoints: names of the files under ``endpoints``.
        digest: SHA-256 over all of them, without ids, layout and order; secrets count by their references.
        removed: names of flows and endpoints that are no longer in the account; flows are kept under ``versions``.
    """

    flows: tuple[str, ...]
    endpoints: tuple[str, ...]
    digest: str
    removed: tuple[str, ...] = ()


@dataclass(slots=True)
class PushedFlows:
    """What a push or a restore wrote, as ``flows/NAME`` and ``endpoints/NAME``, and what it warns of."""

    created: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


class Flows:
    """The flows of one account, with their endpoints; made by ``account.flows``."""

    def __init__(self, account: ActionCaller) -> None:
        self._account = account

    async def pull(self, path: str | os.PathLike[str], *, force: bool = False) -> PulledFlows:
        """Read all flows and endpoints into a directory, with their secrets apart in a file of mode 0600.

        Args:
            path: the directory; made if it is not there.
            force: whether changes of files that were not pushed may be overwritten.

        Raises:
            FlowsRefused: files were changed since the last pull, and `force` is not given. Nothing was written.
            InvalidInput: a file cannot be read.

        Platform actions: `/iot/logic/flow/list`, `/iot/logic/flow/read`, `/iot/logic/flow/endpoint/list`,
        `/iot/logic/flow/endpoint/read`, `/tracker/list`, `/user/get_info`
        """
        local = await asyncio.to_thread(load_folder, path, must_exist=False)
        snapshot = await read_snapshot(self._account)
        new = as_folder(snapshot, local)
        if not force:
            _refuse_to_overwrite(local, new, snapshot.account_id)
        return await asyncio.to_thread(_write_pulled, local, new, snapshot)

    async def diff(self, path: str | os.PathLike[str]) -> list[FlowChange]:
        """What a push would change: from what the platform has to what the files say.

        Secrets stand in it as references; that one has another value is said without the values.

        Raises:
            InvalidInput: a file cannot be read.
        """
        local = await asyncio.to_thread(load_folder, path, must_exist=True)
        remote = as_folder(await read_snapshot(self._account), local)
        found: list[FlowChange] = []
        for kind, old, new, compare in (
            ("endpoints", remote.endpoints, local.endpoints, endpoint_changes),
            ("flows", remote.flows, local.flows, flow_changes),
        ):
            for name in sorted({*old, *new}):
                file = f"{kind}/{name}.json"
                if name not in old or name not in new:
                    found.append(FlowChange(file, "only in the files" if name in new else "only on the platform"))
                    continue
                found += compare(file, old[name], new[name])
                for secret in sorted(used(old[name]) & used(new[name])):
                    if local.secrets.get(secret) != remote.secrets.get(secret):
                        found.append(FlowChange(file, f"the secret {secret} has another value"))
        return found

    async def push(self, path: str | os.PathLike[str], *, force: bool = False) -> PushedFlows:
        """Write what was changed in the files: endpoints first, then flows. Nothing is ever deleted.

        Everything is checked before the first write. New flows are created switched off, read back, and only then
        switched on if the file says so; changed ones are read again just before the write.

        Args:
            path: the directory of a pull.
            force: whether sure findings and changes on the platform since the pull are only warned of.

        Raises:
            FlowsRefused: the platform would refuse a flow, or holds other flows than were pulled; or what it stored is
                not what was sent, in which case a new flow stays switched off.
            InvalidInput: a file cannot be read, or a secret is missing.

        Platform actions: `/iot/logic/flow/create`, `/iot/logic/flow/update`, `/iot/logic/flow/endpoint/create`,
        `/iot/logic/flow/endpoint/update`, and those of :meth:`pull`
        """
        return await self._write(path, force=force, recreate=False)

    async def restore(self, path: str | os.PathLike[str], *, force: bool = False) -> PushedFlows:
        """As :meth:`push`, and what was deleted on the platform since the pull is created again."""
        return await self._write(path, force=force, recreate=True)

    async def _write(self, path: str | os.PathLike[str], *, force: bool, recreate: bool) -> PushedFlows:
        folder = await asyncio.to_thread(load_folder, path, must_exist=True)
        snapshot = await read_snapshot(self._account)
        plan = make_plan(folder, snapshot, force=force, recreate=recreate)
        if plan.reasons:
            raise FlowsRefused(plan.reasons)
        return await _Writer(self._account, folder, snapshot, plan, force=force).run()


class _Writer:
    """Carries out a plan, and notes every step on the disk before the next."""

    def __init__(
        self, account: ActionCaller, folder: Folder, snapshot: Snapshot, plan: WritePlan, *, force: bool
    ) -> None:
        self._account, self._folder, self._snapshot, self._plan, self._force = account, folder, snapshot, plan, force
        self._state = folder.state_of(snapshot.account_id)
        self._done = PushedFlows(warnings=list(plan.warnings))

    async def run(self) -> PushedFlows:
        for step in self._plan.endpoints:
            await self._endpoint(step)
        for step in self._plan.flows:
            await self._flow(step)
        return self._done

    async def _endpoint(self, step: PlannedWrite) -> None:
        wanted = filled_endpoint(self._folder, step.name)
        number = step.id
        if number is None:
            number = await self._create("iot/logic/flow/endpoint/create", {"endpoint": wanted})
        elif step.is_written:
            self._refuse_if_moved(step, endpoint_digest(await read_endpoint(self._account, number)))
            await self._account.call("iot/logic/flow/endpoint/update", {"endpoint": {**wanted, "id": number}})
        stored = await read_endpoint(self._account, number) if step.is_written else wanted
        seen = endpoint_digest(stored) if step.is_written else step.seen
        file = endpoint_digest(self._folder.endpoints[step.name])
        self._state.endpoints[step.name] = Pulled(id=number, server=seen, file=file)
        is_stored = covers(canonical_endpoint(stored), canonical_endpoint(wanted))
        await self._note(step, "endpoints", is_stored=is_stored)

    async def _flow(self, step: PlannedWrite) -> None:
        wanted = filled_flow(self._folder, step.name, endpoint_ids(self._state))
        number = step.id
        if number is None:
            draft = {**wanted, "enabled": False}
            number = await self._create("iot/logic/flow/create", {"flow": draft})
            stored = await read_flow(self._account, number)
            if covers(canonical_flow(stored), canonical_flow(draft)) and wanted.get("enabled") is True:
                await self._update(number, wanted, stored)
        elif step.is_written:
            stored = await read_flow(self._account, number)
            self._refuse_if_moved(step, flow_digest(stored))
            await self._update(number, wanted, stored)
        stored = await read_flow(self._account, number) if step.is_written else wanted
        seen = flow_digest(stored) if step.is_written else step.seen
        file = flow_digest(self._folder.flows[step.name])
        self._state.flows[step.name] = Pulled(id=number, server=seen, file=file)
        if step.is_written:
            entry = {"at": _now(), "by": "push", "account": self._snapshot.account_id}
            await asyncio.to_thread(self._folder.save_version, step.name, self._folder.flows[step.name], entry)
        await self._note(step, "flows", is_stored=covers(canonical_flow(stored), canonical_flow(wanted)))

    async def _create(self, action: str, params: dict[str, Any]) -> int:
        number = (await self._account.call(action, params)).get("id")
        if not isinstance(number, int):
            text = f"{action} does not say which id the new object has: push again, and it is found by its title"
            raise DecodeFailed(text, operation=action)
        return number

    async def _update(self, number: int, wanted: dict[str, Any], stored: dict[str, Any]) -> None:
        """Replace a flow; ids that the platform gave its nodes are sent back, since formulas may name them."""
        given = {}
        for node in stored.get("nodes") or []:
            data = node.get("data") if isinstance(node, dict) else None
            if isinstance(data, dict) and data.get("trackable_node_id") is not None:
                given[node.get("id"), node.get("type")] = data["trackable_node_id"]
        nodes = []
        for node in wanted.get("nodes") or []:
            key = (node.get("id"), node.get("type"))
            if key in given and isinstance(node.get("data"), dict):
                nodes.append({**node, "data": {**node["data"], "trackable_node_id": given[key]}})
            else:
                nodes.append(node)
        await self._account.call("iot/logic/flow/update", {"flow": {**wanted, "id": number, "nodes": nodes}})

    def _refuse_if_moved(self, step: PlannedWrite, seen: str) -> None:
        if seen != step.seen and not self._force:
            raise FlowsRefused([f"{step.name} was changed on the platform during this push"])

    async def _note(self, step: PlannedWrite, kind: str, *, is_stored: bool) -> None:
        await asyncio.to_thread(self._folder.save_state)
        if not is_stored:
            raise FlowsRefused(
                [f"the platform stored {kind}/{step.name} otherwise than it was sent: compare with diff"]
            )
        where = self._done.unchanged if not step.is_written else self._done.updated if step.id else self._done.created
        where.append(f"{kind}/{step.name}")


def _refuse_to_overwrite(local: Folder, new: Folder, account_id: str) -> None:
    state, reasons = local.state_of(account_id), []
    for kind, files, known, remote, digest in (
        ("endpoints", local.endpoints, state.endpoints, new.endpoints, endpoint_digest),
        ("flows", local.flows, state.flows, new.flows, flow_digest),
    ):
        for name, entry in known.items():
            if name not in files:
                continue
            now = digest(files[name])
            if now != entry.file and not (name in remote and now == digest(remote[name])):
                reasons.append(f"{kind}/{name}.json was changed since the last pull: push it, or pull with force=True")
    if reasons:
        raise FlowsRefused(reasons)


def _write_pulled(local: Folder, new: Folder, snapshot: Snapshot) -> PulledFlows:
    """Secrets first, what is known last: cut off anywhere, the directory has every secret that a file names."""
    path, account_id = local.path, snapshot.account_id
    before, after = local.state_of(account_id), new.state_of(account_id)
    path.mkdir(parents=True, exist_ok=True)
    local.save_ignored()
    local.secrets.update(new.secrets)
    local.save_secrets()
    for name, endpoint in new.endpoints.items():
        if local.endpoints.get(name) != endpoint:
            write_json(path / "endpoints" / f"{name}.json", endpoint)
    (path / "flows").mkdir(exist_ok=True)
    for name, flow in new.flows.items():
        if local.flows.get(name) == flow:
            continue
        if name not in local.flows or flow_digest(local.flows[name]) != flow_digest(flow):
            changes = [str(change) for change in flow_changes(name, local.flows.get(name, {}), flow)]
            entry = {
                "at": _now(),
                "by": "pull",
                "account": account_id,
                "changes": changes if name in local.flows else [],
            }
            new.save_version(name, flow, entry)
        write_json(path / "flows" / f"{name}.json", flow)
    write_json(path / SOURCES, {str(number): label for number, label in sorted(snapshot.sources.items())})
    removed = []
    for kind, files, old, current in (
        ("endpoints", local.endpoints, before.endpoints, after.endpoints),
        ("flows", local.flows, before.flows, after.flows),
    ):
        for name in set(old) - set(current):
            removed.append(f"{kind}/{name}")
            if files.pop(name, None) is not None:
                (path / kind / f"{name}.json").unlink(missing_ok=True)
    local.accounts[account_id] = after
    local.save_state()
    kept = {**local.endpoints, **new.endpoints}, {**local.flows, **new.flows}
    names = {name for held in kept for value in held.values() for name in used(value)}
    local.secrets = {name: value for name, value in local.secrets.items() if name in names}
    local.save_secrets()
    digest = digest_of(
        {
            "endpoints": {name: canonical_endpoint(value) for name, value in new.endpoints.items()},
            "flows": {name: canonical_flow(value) for name, value in new.flows.items()},
        }
    )
    return PulledFlows(tuple(sorted(new.flows)), tuple(sorted(new.endpoints)), digest, tuple(sorted(removed)))


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
