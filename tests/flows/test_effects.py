"""What would go out, and what of it stays hidden."""

from __future__ import annotations

from decimal import Decimal

from navixy_async.flows import simulate
from navixy_async.flows.simulation.effects import Template

from ..support.flows.dry_run import flow, messages


def test_a_body_is_filled() -> None:
    body = '{"a": {{a}}, "b": {{ b.c }}, "t": "{{t}}", "n": {{nope}}, "x": {{a.b}}}'
    filled = Template(body).render({"a": 1.5, "b": {"c": [1, None]}, "t": "text"})
    assert filled == '{"a": 1.5, "b": [1,null], "t": "text", "n": null, "x": null}'


def test_an_action_goes_to_its_targets_or_to_the_sender() -> None:
    def targets(source_id: int) -> list[object]:
        sent = messages(60, source_id=source_id)
        return [effect.target for _, effect in simulate(flow(), sent).effects() if effect.kind == "action"]

    assert targets(7) == [[7]]
    assert targets(8) == [[80, 81]]


def test_addresses_and_headers_are_in_no_effect() -> None:
    assert "hidden" not in repr(list(simulate(flow(), messages(60)).effects()))
    assert "hidden" not in repr(list(simulate(flow(), messages(60))))


def test_half_a_pair_of_surrogates_and_decimals_are_written() -> None:
    template = Template("{{a}} {{b}}")
    assert template.render({"a": {"x": "\ud800"}, "b": ["\ud800", 5]}) == '{"x": "\\ud800"} ["\\ud800", 5]'
    assert template.render({"a": Decimal("1.50"), "b": [Decimal(2)]}) == "1.50 [2]"
