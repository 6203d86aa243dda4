"""Rules that compare flows with one another, and those that need what was read of the account."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from ...errors import InvalidInput
from ..expressions.errors import FormulaError
from ..expressions.expression import Expression
from ..graph import LOGIC, OUTPUT, SOURCE
from ..keys import looks_like_key
from ..validate.content import items_of
from .flows import made_attributes
from .report import AuditedFlow, AuditFinding, AuditState, Severity, text_of, whole_numbers

Flows = Sequence[AuditedFlow]
_DAY: Final = timedelta(days=1)
_MONTHS: Final = timedelta(days=180)
_ROTATION: Final = timedelta(days=90)


def audit_together(flows: Flows) -> Iterator[AuditFinding]:
    """Titles, attributes and expressions that several flows have."""
    yield from _shared(flows, "titles", "title", _titles, severity="warning", advice="tell the flows apart")
    yield from _shared(
        flows, "names", "attribute", _attributes, severity="warning", advice="take another name: devices share them"
    )
    yield from _shared(
        flows, "patterns", "long expression", _formulas, severity="notice", advice="keep it as one pattern"
    )


def _shared(
    flows: Flows, rule: str, what: str, keys: Callable[[AuditedFlow], set[object]], *, severity: Severity, advice: str
) -> Iterator[AuditFinding]:
    first: dict[object, AuditedFlow] = {}
    for flow in flows:
        for key in sorted(keys(flow), key=str):
            if key in first:
                named = f" ({key})" if what == "attribute" and not looks_like_key(str(key)) else ""
                yield flow.finding(rule, severity, f"{first[key].name} has the same {what}{named[:80]}", advice)
            else:
                first[key] = flow


def _titles(flow: AuditedFlow) -> set[object]:
    title = text_of(flow.content, "title").strip().lower()
    return {title} if title else set()


def _attributes(flow: AuditedFlow) -> set[object]:
    return {name for name, _ in made_attributes(flow)}


def _formulas(flow: AuditedFlow) -> set[object]:
    return {expression for expression in _expressions(flow) if expression.size[0] >= 5}


def _expressions(flow: AuditedFlow) -> Iterator[Expression]:
    for node in flow.graph.nodes:
        items = [text_of(item, "value") for item in items_of(node) if isinstance(item, Mapping)]
        for text in [text_of(node.data, "condition")] if node.type == LOGIC else items:
            try:
                yield Expression(text)
            except FormulaError:
                continue


def audit_tested(flows: Flows, tested: Any) -> Iterator[AuditFinding]:
    """Flows without messages to try them with."""
    for flow in flows:
        if flow.name not in tested:
            yield flow.finding("tested", "notice", "The flow has no messages to try it with", "keep some beside it")


def audit_received(flows: Flows, received: Any) -> Iterator[AuditFinding]:
    """Attributes that are read, and that no device sends."""
    for flow in flows:
        made = _attributes(flow)
        missing = sorted({name for found in _expressions(flow) for name in found.attributes} - made - set(received))
        if missing:
            shown = ", ".join(name for name in missing if not looks_like_key(name))[:200]
            message = f"No device sends {shown}"
            yield flow.finding("monitoring", "warning", message, "look for the device's own name of it")


def audit_last_data(flows: Flows, last_data: Mapping[int, datetime], now: datetime) -> Iterator[AuditFinding]:
    """Devices that sent nothing for a day."""
    for flow in flows:
        ids = {number for node in flow.nodes(SOURCE) for number in whole_numbers(node.data, "source_ids")}
        silent = sum(1 for number in ids if number not in last_data or now - last_data[number] > _DAY)
        if silent:
            message = f"{silent} of {len(ids)} devices sent nothing for a day"
            yield flow.finding("monitoring", "notice", message, "see whether they are in use")


def audit_backup(flows: Flows, updated: Mapping[str, datetime], pulled: datetime) -> Iterator[AuditFinding]:
    """Changes since the last pull."""
    for flow in flows:
        if flow.name in updated and updated[flow.name] > pulled:
            yield flow.finding("backup", "warning", "The flow was changed after the last pull", "pull it")


def audit_age(flows: Flows, updated: Mapping[str, datetime], now: datetime) -> Iterator[AuditFinding]:
    """Flows that nobody touched for half a year."""
    for flow in flows:
        if flow.name in updated and now - updated[flow.name] > _MONTHS:
            yield flow.finding("review", "notice", "The flow was not touched for 180 days", "see whether it is in use")


def audit_changelog(flows: Flows, logged: Any) -> Iterator[AuditFinding]:
    """Flows without an entry of the changelog."""
    for flow in flows:
        if flow.name not in logged:
            yield flow.finding("versions", "notice", "The changelog has no entry of the flow", "write what changed")


def audit_credentials(since: Mapping[int, datetime], now: datetime) -> Iterator[AuditFinding]:
    """Passwords that are older than 90 days."""
    for number, moment in since.items():
        if now - moment > _ROTATION:
            message = f"Endpoint {number} has had its password for more than 90 days"
            yield AuditFinding("rotation", "warning", message, "change it")


def audit_references(flows: Flows, endpoints: Sequence[Mapping[str, Any]]) -> Iterator[AuditFinding]:
    """Outputs whose endpoint is missing or idle, and endpoints that no flow has."""
    status = {endpoint.get("id"): endpoint.get("status") for endpoint in endpoints}
    defaults = {endpoint.get("id") for endpoint in endpoints if endpoint.get("type") == "output_default"}
    used: set[object] = set()
    for flow in flows:
        for node in flow.nodes(OUTPUT):
            number = node.data.get("output_endpoint_id")
            if type(number) is not int:
                continue
            used.add(number)
            if number not in status:
                message = f"Output node #{node.id} has no such endpoint: {number}"
                yield flow.finding("endpoints", "error", message, "make the endpoint first", node.id)
            elif status[number] in ("suspend", "disabled"):
                message = f"Output node #{node.id} sends to endpoint {number}, which is {status[number]}"
                yield flow.finding("endpoints", "warning", message, "enable the endpoint", node.id)
    for number, state in status.items():
        if number in defaults:
            continue
        if number not in used:
            yield AuditFinding("unused_endpoints", "notice", f"No flow sends to endpoint {number}", "remove it")
        elif state in ("suspend", "disabled"):
            yield AuditFinding("unused_endpoints", "notice", f"Endpoint {number} is {state}", "enable or remove it")


def check_state(state: AuditState) -> None:
    """Raise InvalidInput for moments without a zone: they cannot be compared."""
    moments = [state.now, state.pulled, *(state.updated or {}).values(), *(state.last_data or {}).values()]
    for moment in (*moments, *(state.credentials_since or {}).values()):
        if moment is not None and moment.tzinfo is None:
            raise InvalidInput(f"{moment} has no time zone: audits compare moments that have one")
