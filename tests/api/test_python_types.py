"""Names of the wire as identifiers of Python."""

from __future__ import annotations

import pytest

from navixy_async.api.codegen.catalogue import python_name


@pytest.mark.parametrize(
    ("wire", "python"),
    [("from", "from_"), ("import", "import_"), ("zone.color", "zone_color"), ("timeout", "timeout_"), ("id", "id")],
)
def test_names_of_the_wire_become_identifiers(wire: str, python: str) -> None:
    assert python_name(wire) == python
