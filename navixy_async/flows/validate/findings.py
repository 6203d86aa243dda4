"""What a check finds, and the platform's own messages."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Literal

Stage = Literal["shape", "edges", "topology", "content", "formula"]

MESSAGES: Final = {
    "missing_node": "Node #{} is missing, but has a link from edge",
    "data_source_not_first": 'Data source node "{}" (#{}) must be at the start of flow',
    "output_not_last": "Output endpoint node #{} must be at the end of flow",
    "no_output": "A flow starting from data source node #{} must have an output endpoint node",
    "cycle": "The flow's graph cannot contain cycles",
    "self_loop": "The flow's graph can't contain self-loops",
    "twice": "Node #{} is involved in the message processing twice",
    "duplicate_connection": "Nodes #{} and #{} have a duplicate connection",
    "logic_no_links": "Logic node #{} does not contain at least one relationship",
    "logic_bad_links": "Logic node #{} contains invalid link types, only Then or Else is allowed",
    "bad_content": "Node #{} has incorrect content",
    "duplicate_switch": "Duplicate Switch Output #{} action in Nodes: #{}, #{}",
    "too_many_attributes": "The total number of attributes in a flow must not exceed 200",
    "duplicate_id": "The node identifier must be unique within the flow: non-unique ID is #{}",
    "duplicate_outputs": "Nodes #{} and #{} are duplicated as output nodes",
    "formula": "The formula is invalid: [{}:{} {}]",
}
"""The platform's messages by their names; formulas have one with four kinds of text."""


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong with a flow, or that may be.

    ``message``, ``node_ids`` and ``parameters`` are what the platform would answer. ``template`` names its message; it
    is None for rules that the platform has no message for, which have a ``rule`` of our own. ``sure`` says that the
    platform refuses the flow; otherwise its documentation is silent or contradicts itself. ``detail`` says more than
    the platform does.
    """

    message: str
    stage: Stage
    node_ids: list[int] = field(default_factory=list)
    parameters: list[str] = field(default_factory=list)
    sure: bool = True
    template: str | None = None
    rule: str = ""
    detail: str = ""

    def __str__(self) -> str:
        where = f" ({', '.join(self.parameters)})" if self.parameters else ""
        more = f": {self.detail}" if self.detail else ""
        return f"{'' if self.sure else 'perhaps: '}{self.message}{where}{more}"


def platform_finding(
    template: str,
    stage: Stage,
    *values: object,
    node_ids: list[int] | None = None,
    sure: bool = True,
    detail: str = "",
) -> Finding:
    """A finding with one of the platform's messages."""
    message = MESSAGES[template].format(*values)
    return Finding(message, stage, node_ids or [], sure=sure, template=template, rule=template, detail=detail)


def own_finding(
    rule: str, stage: Stage, message: str, node_ids: list[int], *, parameters: list[str] | None = None
) -> Finding:
    """A finding that the platform has no message for; never sure."""
    return Finding(message, stage, node_ids, parameters or [], sure=False, rule=rule)
