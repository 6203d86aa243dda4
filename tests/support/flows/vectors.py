"""Expressions with what the platform makes of them: printed by the vendor, or measured with the engine.

The files in ``tests/data/flows`` are facts: `dialect` and `expected` are what must come out, `disputed`, `certain` and
`conflict` say where sources clash or are silent.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

from navixy_async.flows import Big, Expression, Float, FormulaError, Long

FOLDER = Path(__file__).parents[2] / "data" / "flows"
Outcome = tuple[str, object] | FormulaError


def read(name: str) -> list[dict[str, Any]]:
    """All rows of a file."""
    return [json.loads(line) for line in (FOLDER / name).read_text(encoding="utf-8").splitlines()]


def typed(value: Any) -> Any:
    """A value of a context, with the types that JSON cannot tell."""
    if isinstance(value, list):
        return [typed(item) for item in value]
    if not isinstance(value, dict):
        return value
    if len(value) == 1:
        ((kind, inner),) = value.items()
        makers: dict[str, Callable[[Any], object]] = {
            "$long": Long,
            "$float": Float,
            "$bigint": lambda text: Big(int(text)),
            "$bigdec": Decimal,
        }
        if kind in makers:
            return makers[kind](inner)
    return {key: typed(item) for key, item in value.items()}


def context(row: dict[str, Any]) -> dict[str, Any]:
    return {name: typed(value) for name, value in row.get("context", {}).items()}


def history(row: dict[str, Any]) -> dict[str, Any]:
    """Readings as the evaluator takes them."""
    return {
        name: [(item["value"], item["gen"], item["srv"]) if isinstance(item, dict) else (item,) for item in items]
        for name, items in row.get("history", {}).items()
    }


def outcome(row: dict[str, Any]) -> Outcome:
    """What comes of a row: type and value, or why the platform refuses to save it."""
    try:
        formula = Expression(row["expression"])
    except FormulaError as error:
        return error
    kind, value = formula.evaluate_typed(context(row), history=history(row), now=row.get("now"))
    assert repr(formula.evaluate(context(row), history=history(row), now=row.get("now"))) == repr(value)
    return kind, shown(kind, value)


def shown(kind: str, value: object) -> object:
    """A value as the files write it."""
    if kind in ("bigint", "bigdecimal"):
        return str(value)
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    return value
