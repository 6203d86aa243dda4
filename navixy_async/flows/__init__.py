"""IoT Logic beyond its calls: expressions that are checked and evaluated before the platform sees them.

::

    formula = Expression("speed * 2")  # FormulaError where the platform refuses to save
    formula.evaluate({"speed": 5})  # 10
"""

from __future__ import annotations

from .expressions.checker import Doubt
from .expressions.errors import FormulaError
from .expressions.expression import Explanation, Expression
from .expressions.functions import FUNCTIONS, Function, complete
from .expressions.numbers import Big, Float, Long

__all__ = [
    "FUNCTIONS",
    "Big",
    "Doubt",
    "Explanation",
    "Expression",
    "Float",
    "FormulaError",
    "Function",
    "Long",
    "complete",
]
