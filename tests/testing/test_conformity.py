"""What the platform asks for is what the package's own catalogue of documented facts says; they were made apart."""

from __future__ import annotations

import csv
import json
from importlib.resources import files
from typing import Any

import pytest

from navixy_async.testing.handlers import ACTIONS

CATALOGUE = files("navixy_async") / "api" / "catalogue"
BOUNDS = {
    "min": "low",
    "max": "high",
    "min_items": "low",
    "max_items": "high",
    "min_length": "low",
    "max_length": "high",
}
BY_RULE = {"limit"}
"""Bounds that the platform takes from its rules, because the documents take them from its settings."""


def documented() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for file in CATALOGUE.iterdir():
        if file.name.endswith(".json") and file.name != "reviewed.json":
            found.update(json.loads(file.read_text("utf-8"))["actions"] if "actions" in file.read_text("utf-8") else {})
    return found


def index() -> dict[str, dict[str, str]]:
    rows = csv.DictReader((CATALOGUE / "index.tsv").read_text("utf-8").splitlines(), delimiter="\t")
    return {row["path"]: row for row in rows if row["api"] == "backend"}


FACTS, INDEX = documented(), index()


@pytest.mark.parametrize("path", sorted(ACTIONS))
def test_session_kinds_are_the_documented_ones(path: str) -> None:
    assert INDEX[path]["session"] == ACTIONS[path].session
    assert (INDEX[path]["replay"] == "read") is not (
        ACTIONS[path].writes or path in ("user/auth", "user/auth/code/verify")
    )


@pytest.mark.parametrize("path", sorted(set(ACTIONS) & set(FACTS)))
def test_parameters_are_the_documented_ones(path: str) -> None:
    rows = {row["name"]: row for row in FACTS[path].get("params", [])}
    params = ACTIONS[path].params
    assert set(rows) == set(params)
    for name, row in rows.items():
        assert params[name].required is ("required" in row), name
        if name not in BY_RULE:
            for bound, ours in BOUNDS.items():
                assert getattr(params[name], ours) == row[bound] if bound in row else True, (name, bound)
            if isinstance(row.get("default"), bool):
                assert params[name].default is row["default"], name
