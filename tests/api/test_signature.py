"""What the docstring of a typed method says."""

from __future__ import annotations

import pytest

from navixy_async.api.codegen.catalogue import ActionSpec

from ..support.api import ACTIONS, FakeCaller, method
from .test_resource import surface

UPDATES = [action for action in ACTIONS.values() if "update" in action.facts]


@pytest.mark.parametrize("action", UPDATES, ids=lambda action: action.path)
def test_an_update_says_what_it_takes(action: ActionSpec) -> None:
    told = " ".join((method(action, FakeCaller()).__doc__ or "").split())
    whole, silent = "replaces the whole" in told, "stays is not documented" in told
    assert (whole, silent) == ((True, False) if action.facts["update"].get("replaces") else (False, True))
    for param, members in action.facts["update"].get("left_out", {}).items():
        assert f"{', '.join(members)} (of `{param}`)" in told


def test_docstrings_tell_units_errors_and_the_platforms_action() -> None:
    fleet, _ = surface()
    text = type(fleet.track).read.__doc__ or ""
    for part in ("2 to 3000", "SpanTooBig: code 211", "Platform action: `/track/read`", "clipped"):
        assert part in text
