"""What an audit is given, and what it returns."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal

from ..graph import FlowGraph, FlowNode

Severity = Literal["error", "warning", "notice"]


@dataclass(frozen=True)
class AuditFinding:
    """One thing to look at: ``rule`` names it, ``flow`` and ``node_ids`` say where, ``advice`` what to do."""

    rule: str
    severity: Severity
    message: str
    advice: str
    flow: str = ""
    node_ids: tuple[int, ...] = ()
    parameters: tuple[str, ...] = ()

    def __str__(self) -> str:
        where = f"{self.flow}: " if self.flow else ""
        return f"{where}{self.severity}: {self.message}; {self.advice} [{self.rule}]"


@dataclass(frozen=True)
class AuditState:
    """What was read of an account besides its flows; the rules that need what is None are not checked.

    ``endpoints`` are the values of ``endpoint/read``, typed or dicts. ``received`` are the attributes that devices
    sent, ``last_data`` says when the device of a source id last sent any. ``updated`` is when a flow was last changed,
    by its name in the audit, ``pulled`` when the account was last pulled. ``tested`` are the flows with a file of
    messages, ``logged`` those with an entry of the changelog. ``credentials_since`` says since when an endpoint has
    its password, by id.
    """

    endpoints: Sequence[object] | None = field(default=None, repr=False)  # they have passwords
    received: Collection[str] | None = None
    last_data: Mapping[int, datetime] | None = None
    updated: Mapping[str, datetime] | None = None
    pulled: datetime | None = None
    tested: Collection[str] | None = None
    logged: Collection[str] | None = None
    credentials_since: Mapping[int, datetime] | None = None
    now: datetime = field(default_factory=lambda: datetime.now(UTC))


@dataclass(frozen=True)
class AuditReport:
    """All findings, the gravest first, and for each rule that was not checked what it needs."""

    findings: list[AuditFinding]
    not_checked: dict[str, str]


@dataclass(frozen=True)
class AuditedFlow:
    """One flow with the name that findings have for it."""

    name: str
    content: Mapping[str, Any]
    graph: FlowGraph

    def nodes(self, kind: str) -> Iterator[FlowNode]:
        """Its nodes of one type."""
        return (node for node in self.graph.nodes if node.type == kind)

    def finding(
        self, rule: str, severity: Severity, message: str, advice: str, *node_ids: int, parameter: str = ""
    ) -> AuditFinding:
        """A finding about this flow."""
        return AuditFinding(rule, severity, message, advice, self.name, node_ids, (parameter,) if parameter else ())


FlowRule = Callable[[AuditedFlow], Iterator[AuditFinding]]


def objects(data: Mapping[str, Any], member: str) -> list[Mapping[str, Any]]:
    """The objects of a list; whatever else stands there is for the checks."""
    found = data.get(member)
    return [item for item in found if isinstance(item, Mapping)] if isinstance(found, list | tuple) else []


def whole_numbers(data: Mapping[str, Any], member: str) -> list[int]:
    """The whole numbers of a list."""
    found = data.get(member)
    return [item for item in found if type(item) is int] if isinstance(found, list | tuple) else []


def text_of(data: Mapping[str, Any], member: str) -> str:
    """A text, or an empty one."""
    found = data.get(member)
    return found if isinstance(found, str) else ""
