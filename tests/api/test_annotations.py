"""Annotations of base structs are evaluated once."""

from __future__ import annotations

from datetime import datetime

import msgspec

from navixy_async.api.runtime.annotations import resolved
from navixy_async.api.runtime.model import Model


@resolved
class Base(Model, kw_only=True):
    """A struct that others are built on."""

    moment: datetime | None = None
    names: list[str] | None = None


class Heir(Base, kw_only=True):
    """A struct with the fields of another."""

    count: int | None = None


def test_texts_become_types() -> None:
    assert Base.__annotations__ == {"moment": datetime | None, "names": list[str] | None}


def test_structs_that_inherit_them_are_read_as_before() -> None:
    found = msgspec.json.decode(b'{"moment": "2024-03-01T00:00:00Z", "names": ["a"], "count": 2}', type=Heir)
    assert (found.names, found.count) == (["a"], 2)
    assert found.moment is not None
    assert found.moment.tzinfo is not None
