"""Rules that make no sense are refused."""

from __future__ import annotations

import pytest

from navixy_async.testing import Latency, Limit, Rules


def test_wrong_rules_are_refused() -> None:
    for make in (
        lambda: Limit(rate=0),
        lambda: Limit(period=0),
        lambda: Latency(base=-1),
        lambda: Latency(up=2),
        lambda: Latency(jitter_up=-0.1),
        lambda: Rules(prefix="v2"),
        lambda: Rules(prefix="/v2/"),
        lambda: Rules(history_limit=0),
        lambda: Rules(parallel_reports=0),
        lambda: Rules(import_polls=-1),
    ):
        with pytest.raises(ValueError):
            make()
