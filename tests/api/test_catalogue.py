"""The catalogue: names and texts of everything in it."""

from __future__ import annotations

import pytest

from navixy_async.api.codegen.catalogue import load, python_name


def test_no_name_of_a_parameter_is_the_path_of_a_member() -> None:
    """A row such as `zone.color` describes a member of an object; sent as a parameter, it would be ignored."""
    params = [(action.path, param.name) for action in load().actions() for param in action.params]
    assert len(params) > 1000
    assert [place for place in params if "." in place[1]] == []


@pytest.mark.parametrize(
    ("wire", "python"),
    [
        ("from", "from_"),
        ("import", "import_"),
        ("history.max_limit", "history_max_limit"),
        ("timeout", "timeout_"),
        ("id", "id"),
    ],
)
def test_names_of_the_wire_become_identifiers(wire: str, python: str) -> None:
    assert python_name(wire) == python


def test_every_parameter_has_a_text() -> None:
    catalogue = load()
    texts = catalogue.parameter_texts
    bare = [
        (action.path, param.name)
        for action in catalogue.actions()
        for param in action.params
        if param.is_sent
        and "description" not in param.facts
        and not {param.name, f"{param.name}: {param.kind}"} & texts.keys()
    ]
    assert bare == []
