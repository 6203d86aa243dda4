"""What has to be written so that an account holds what a directory says, and why it must not be."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..validate.check import check
from .canonical import endpoint_digest, flow_digest
from .folder import AccountState, Folder, Pulled
from .references import fill, without_secrets
from .snapshot import ENDPOINT, Snapshot, with_endpoints


@dataclass
class PlannedWrite:
    """One flow or endpoint: the id that it has on the platform, if any, and the digest of what was seen there."""

    name: str
    id: int | None = None
    seen: str = ""
    is_written: bool = False


@dataclass
class WritePlan:
    """Steps in their order, reasons against them, and warnings."""

    endpoints: list[PlannedWrite] = field(default_factory=list)
    flows: list[PlannedWrite] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def make_plan(folder: Folder, snapshot: Snapshot, *, force: bool, recreate: bool) -> WritePlan:
    """Compare the directory with the account, and check what would be written."""
    plan, state = WritePlan(), folder.state_of(snapshot.account_id)
    choose = _Chooser(plan, force=force, recreate=recreate)
    for name in folder.endpoints:
        wanted = filled_endpoint(folder, name)
        choose.of(
            "endpoint",
            name,
            wanted,
            held=snapshot.endpoints,
            state=state.endpoints,
            digest=endpoint_digest,
            steps=plan.endpoints,
        )
    ids = {ENDPOINT + step.name: step.id for step in plan.endpoints if step.id is not None}
    ids |= {ENDPOINT + step.name: 1_000_000_000 + at for at, step in enumerate(plan.endpoints) if step.id is None}
    for name in folder.flows:
        wanted = filled_flow(folder, name, ids)
        choose.of("flow", name, wanted, held=snapshot.flows, state=state.flows, digest=flow_digest, steps=plan.flows)
        if plan.flows and plan.flows[-1].name == name and plan.flows[-1].is_written:
            _check(plan, folder, name, wanted, snapshot, force=force)
    return plan


def filled_endpoint(folder: Folder, name: str) -> dict[str, Any]:
    """An endpoint as it is sent."""
    return dict(fill(folder.endpoints[name], folder.secrets, f"endpoints/{name}.json"))


def filled_flow(folder: Folder, name: str, endpoint_ids: Mapping[str, int]) -> dict[str, Any]:
    """A flow as it is sent."""
    return with_endpoints(fill(folder.flows[name], folder.secrets, f"flows/{name}.json"), endpoint_ids)


def endpoint_ids(state: AccountState) -> dict[str, int]:
    """Ids by references to endpoints."""
    return {ENDPOINT + name: entry.id for name, entry in state.endpoints.items()}


class _Chooser:
    """Decides for one object after the other."""

    def __init__(self, plan: WritePlan, *, force: bool, recreate: bool) -> None:
        self._plan, self._force, self._recreate = plan, force, recreate

    def of(
        self,
        kind: str,
        name: str,
        wanted: Mapping[str, Any],
        *,
        held: Mapping[int, Mapping[str, Any]],
        state: Mapping[str, Pulled],
        digest: Callable[[Mapping[str, Any]], str],
        steps: list[PlannedWrite],
    ) -> None:
        """Add the step for one object, or the reason why there is none."""
        entry = state.get(name)
        if entry is not None and entry.id in held:
            seen = digest(held[entry.id])
            is_same = seen == digest(wanted)
            if not is_same and seen != entry.server:
                self._object(f"the {kind} {name} was changed on the platform since it was pulled")
            steps.append(PlannedWrite(name, entry.id, seen, is_written=not is_same))
            return
        if entry is not None and not self._recreate:
            self._object(f"the {kind} {name} was deleted on the platform since it was pulled: restore creates it again")
        known = {other.id for other in state.values()}
        twins = [n for n, one in held.items() if n not in known and one.get("title") == wanted.get("title")]
        twins = [number for number in twins if number not in {step.id for step in steps}]
        # An earlier push may have been cut off between creating the object and noting its id.
        own = next((n for n in twins if _without_state(held[n], digest) == _without_state(wanted, digest)), None)
        if own is not None:
            is_same = digest(held[own]) == digest(wanted)
            steps.append(PlannedWrite(name, own, digest(held[own]), is_written=not is_same))
            return
        if twins:
            self._object(f"the account has another {kind} with the title of {name}: pull first")
        steps.append(PlannedWrite(name, is_written=True))

    def _object(self, reason: str) -> None:
        (self._plan.warnings if self._force else self._plan.reasons).append(reason)


def _without_state(value: Mapping[str, Any], digest: Callable[[Mapping[str, Any]], str]) -> str:
    return digest({**value, "enabled": False})


def _check(
    plan: WritePlan, folder: Folder, name: str, wanted: Mapping[str, Any], snapshot: Snapshot, *, force: bool
) -> None:
    for finding in check(dict(wanted)):
        is_refused = finding.sure and not force
        text = without_secrets(f"flows/{name}.json: {finding}", folder.secrets)
        (plan.reasons if is_refused else plan.warnings).append(text)
    for node in wanted.get("nodes") or []:
        data = node.get("data") if isinstance(node, Mapping) else None
        if not isinstance(data, Mapping):
            continue
        where = f"flows/{name}.json: node {node.get('id')}"
        sources = data.get("source_ids")
        unknown = [one for one in sources if one not in snapshot.sources] if isinstance(sources, list) else []
        if unknown:
            shown = ", ".join(map(str, unknown[:10]))
            text = f"{where} has devices that the account does not have, and the platform would drop: {shown}"
            (plan.warnings if force else plan.reasons).append(text)
        endpoint = data.get("output_endpoint_id")
        if isinstance(endpoint, str):
            plan.reasons.append(f"{where} names {endpoint[:80]!r}, which is no file under endpoints")
        elif isinstance(endpoint, int) and endpoint < 1_000_000_000 and endpoint not in snapshot.endpoints:
            (plan.warnings if force else plan.reasons).append(f"{where} names endpoint {endpoint}, which is not there")
