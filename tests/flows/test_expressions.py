"""The audit of expressions."""

from __future__ import annotations

from navixy_async.flows import audit

from ..support.flows.audited import flow, made


def test_a_huge_expression_is_no_trouble() -> None:
    assert "simple" in _rules(flow(made(" + ".join(["x"] * 20_000))))
    assert "simple" in _rules(flow(made("(" * 1_000 + "x" + " || y)" * 1_000)))


def _rules(content: object) -> set[str]:
    return {finding.rule for finding in audit({"a": content}).findings}
