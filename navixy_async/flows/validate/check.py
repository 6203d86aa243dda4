"""All checks of a flow, stage by stage."""

from __future__ import annotations

from ..graph import read_graph
from .content import check_content
from .edges import check_edges
from .findings import Finding, own_finding
from .formulas import check_formulas
from .topology import check_topology


def check(flow: object) -> list[Finding]:
    """What the platform would refuse in a flow, and what may be wrong with it; nothing is sent, and nothing is raised.

    ``flow`` is a typed ``Flow``, ``FlowDraft`` or ``FlowExport``, the dict of an export, the API's envelope or answer,
    or JSON text. Stages: shape, edges, topology, content, formula. The topology is looked at only if the edges are
    sound: the platform does not say what follows from a broken edge either.
    """
    graph = read_graph(flow)
    findings = [own_finding("shape", "shape", f"The flow cannot be read: {text}", []) for text in graph.problems]
    edges = list(check_edges(graph))
    findings += edges
    if (graph.nodes or graph.edges) and not any(finding.template for finding in edges):
        findings += check_topology(graph)
    findings += check_content(graph)
    findings += check_formulas(graph)
    return findings
