"""IoT Logic beyond its calls: flows are checked and expressions evaluated before the platform sees them.

::

    formula = Expression("speed * 2")  # FormulaError where the platform refuses to save
    formula.evaluate({"speed": 5})  # 10
    for finding in check(flow):  # what the platform would refuse, and what may be wrong
        print(finding)
"""

from __future__ import annotations

from .audit.audit import audit
from .audit.report import AuditFinding, AuditReport, AuditState
from .drawing.draw import draw
from .expressions.checker import Doubt
from .expressions.errors import FormulaError
from .expressions.expression import Explanation, Expression
from .expressions.functions import FUNCTIONS, Function, complete
from .expressions.numbers import Big, Float, Long
from .simulation.dry_run import Simulation, SimulationSummary, Step, simulate
from .simulation.effects import Effect
from .store.differences import FlowChange
from .store.errors import FlowsRefused
from .store.store import Flows, PulledFlows, PushedFlows
from .validate.check import check
from .validate.findings import Finding

__all__ = [
    "FUNCTIONS",
    "AuditFinding",
    "AuditReport",
    "AuditState",
    "Big",
    "Doubt",
    "Effect",
    "Explanation",
    "Expression",
    "Finding",
    "Float",
    "FlowChange",
    "Flows",
    "FlowsRefused",
    "FormulaError",
    "Function",
    "Long",
    "PulledFlows",
    "PushedFlows",
    "Simulation",
    "SimulationSummary",
    "Step",
    "audit",
    "check",
    "complete",
    "draw",
    "simulate",
]
