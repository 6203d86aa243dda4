"""The audit of one flow or of many."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from ...errors import InvalidInput
from ..graph import read_content, read_graph
from ..keys import without_keys
from ..validate.check import check
from . import account
from .endpoints import audit_endpoints
from .expressions import audit_expressions
from .flows import audit_flow
from .report import AuditedFlow, AuditFinding, AuditReport, AuditState

_ORDER = {"error": 0, "warning": 1, "notice": 2}
_NEEDED = {
    "endpoints": "endpoints, encryption of endpoints, client_ids, topics, passwords, unused_endpoints",
    "received": "monitoring of attributes",
    "last_data": "monitoring of devices",
    "tested": "tested",
    "updated": "review by age",
    "pulled": "backup",
    "logged": "versions in the changelog",
    "credentials_since": "rotation",
}
"""What rules need of an account, and which rules these are."""


def audit(flows: Mapping[str, object], state: AuditState | None = None) -> AuditReport:
    """Look at flows with the platform's best practices as rules; nothing is sent.

    ``flows`` has by name whatever :func:`check` takes. What :func:`check` finds is part of it: an error where the
    platform refuses the flow. Rules that need what was read of the account take it from ``state``; those that were
    not given what they need are in ``not_checked``. No finding repeats a secret.

    Raises InvalidInput for flows that are not given by name, and for moments without a time zone.
    """
    if not isinstance(flows, Mapping):
        raise InvalidInput(f"flows are given by name, as a dict, not as a {type(flows).__name__}")
    state = state or AuditState()
    account.check_state(state)
    audited = [AuditedFlow(str(name), read_content(flow, []) or {}, read_graph(flow)) for name, flow in flows.items()]
    findings = [finding for name, flow in flows.items() for finding in _checked(str(name), flow)]
    for one in audited:
        findings += audit_flow(one)
        findings += audit_expressions(one)
    findings += account.audit_together(audited)
    findings += _audit_state(audited, state)
    findings.sort(key=lambda finding: (_ORDER[finding.severity], finding.flow, finding.node_ids, finding.rule))
    missing = {rules: member for member, rules in _NEEDED.items() if getattr(state, member) is None}
    if state.updated is None and state.pulled is not None:
        missing["backup"] = "updated"
    return AuditReport(findings, missing)


def _checked(name: str, flow: object) -> Iterator[AuditFinding]:
    for finding in check(flow):
        is_error = finding.sure or finding.stage == "shape"
        advice = "the platform refuses it: mend it" if finding.sure else "see whether this is meant"
        message = without_keys(f"{finding.message}: {finding.detail}" if finding.detail else finding.message)
        ids, parameters = tuple(finding.node_ids), tuple(finding.parameters)
        yield AuditFinding(finding.rule, "error" if is_error else "warning", message, advice, name, ids, parameters)


def _audit_state(flows: list[AuditedFlow], state: AuditState) -> Iterator[AuditFinding]:
    if state.endpoints is not None:
        plain = [msgspec.to_builtins(endpoint, enc_hook=str) for endpoint in state.endpoints]
        endpoints = [endpoint for endpoint in plain if isinstance(endpoint, Mapping)]
        yield from account.audit_references(flows, endpoints)
        yield from audit_endpoints(endpoints)
    if state.received is not None:
        yield from account.audit_received(flows, state.received)
    if state.last_data is not None:
        yield from account.audit_last_data(flows, state.last_data, state.now)
    if state.tested is not None:
        yield from account.audit_tested(flows, state.tested)
    if state.updated is not None:
        yield from account.audit_age(flows, state.updated, state.now)
        if state.pulled is not None:
            yield from account.audit_backup(flows, state.updated, state.pulled)
    if state.logged is not None:
        yield from account.audit_changelog(flows, state.logged)
    if state.credentials_since is not None:
        yield from account.audit_credentials(state.credentials_since, state.now)
