"""What the docstring of a typed method says."""

from __future__ import annotations

import inspect

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


def said(path: str) -> str:
    return " ".join((method(ACTIONS[path], FakeCaller()).__doc__ or "").split())


@pytest.mark.parametrize(
    ("flag", "sentence"),
    [
        ("removed", "Not in the platform's documents since August 2026: it may be gone."),
        ("new_id", "What is returned is the new id: the old one is dead from then on."),
        ("ends_sessions", "Ends all sessions of that login, also the one that asks."),
        ("accepted_only", "what matches nothing is dropped without an error."),
        ("replaces", "The platform replaces the whole set of these settings"),
        ("resets_unlisted", "Settings that are no parameter here are reset as well."),
    ],
)
def test_what_an_action_does_beside_its_purpose_is_said(flag: str, sentence: str) -> None:
    with_flag = [path for path, action in ACTIONS.items() if action.facts.get(flag)]
    assert with_flag
    assert [path for path in ACTIONS if sentence in said(path)] == with_flag


def test_what_an_update_keeps_is_named() -> None:
    text = said("panel/dealer/settings/service/update")
    assert "is reset, except allow_registration, show_mobile_apps and default_user_time_zone." in text


def test_docstrings_tell_units_errors_and_the_platforms_action() -> None:
    fleet, _ = surface()
    text = type(fleet.track).read.__doc__ or ""
    for part in ("2 to 3000", "SpanTooBig: code 211", "Platform action: `/track/read`", "clipped"):
        assert part in text


def test_every_permission_and_right_that_an_action_needs_stands_in_its_text() -> None:
    panel = 0
    for action in ACTIONS.values():
        told = text_of(action)
        access = action.facts.get("access") or {}
        panel += bool(access.get("permissions"))
        named = [*access.get("permissions", ()), *access.get("tariff_features", ())]
        named += [] if access.get("master_only") else access.get("rights", ())
        for name in (*named, *access.get("rights_by_field", ())):
            assert f"`{name}`" in told, action.path
        assert ("Not available to sub-users." in told) == bool(access.get("master_only"))
        assert not (access.get("master_only") and access.get("rights_by_field")), action.path
    assert panel == 67


def test_what_bites_is_said_after_what_an_action_does() -> None:
    noted = [action for action in ACTIONS.values() if action.facts.get("note")]
    assert len(noted) > 50
    for action in noted:
        told = text_of(action)
        assert action.facts["note"] in told, action.path
        assert told.startswith(str(action.facts["summary"]))


def text_of(action: ActionSpec) -> str:
    """The docstring of a method, without its line breaks."""
    found = method(action, FakeCaller())
    text = type(found).__call__.__doc__ if action.path == "user/auth" else found.__doc__
    return " ".join((text or "").split())


def test_a_bound_that_the_operator_may_set_is_not_checked() -> None:
    """How long a password must be is each operator's own matter; the documents' 12 to 20 is a hint."""
    by_policy = {
        (action.path, param.name)
        for action in ACTIONS.values()
        for param in action.params
        if param.facts.get("config") == "password_policy"
    }
    passwords = {
        (action.path, param.name)
        for action in ACTIONS.values()
        if action.row.api == "panel"
        for param in action.params
        if param.name in ("password", "new_password") and param.facts.get("max_length")
    }
    assert by_policy == passwords
    for path, name in by_policy:
        assert "as `password_policy` says, usually 12 to 20 characters" in said(path)
        assert f'check_length("{name}"' not in inspect.getsource(method(ACTIONS[path], FakeCaller()))
