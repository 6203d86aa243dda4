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

BY_RULE = "limit"
"""Its bound is the platform's rule, because the documents take it from the platform's settings."""

OR_NOTHING = {("tracker/employee/assign", "new_employee_id"): "null for nobody"}
"""Parameters that the platform wants, but takes null for; it does not tell null from nothing."""

LOGINS = ("user/auth", "user/auth/code/verify", "panel/account/auth")
"""They open sessions, which changes nothing that a user sees."""


def documented() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for file in CATALOGUE.iterdir():
        if file.name.endswith(".json") and file.name != "reviewed.json":
            found.update(json.loads(file.read_text("utf-8")).get("actions", {}))
    return found


def index() -> dict[str, dict[str, str]]:
    rows = csv.DictReader((CATALOGUE / "index.tsv").read_text("utf-8").splitlines(), delimiter="\t")
    beside = ("dwh", "eco_fleet")
    return {f"{row['api']}:{row['path']}" if row["api"] in beside else row["path"]: row for row in rows}


FACTS, INDEX = documented(), index()


def test_the_catalogue_was_found() -> None:
    assert len(set(ACTIONS) & set(FACTS)) > 30


@pytest.mark.parametrize("path", sorted(ACTIONS))
def test_session_kinds_and_writes_are_the_documented_ones(path: str) -> None:
    assert INDEX[path]["session"] == ACTIONS[path].session
    if path not in LOGINS:
        assert (INDEX[path]["replay"] == "read") is not ACTIONS[path].writes


@pytest.mark.parametrize("path", sorted(set(ACTIONS) & set(FACTS)))
def test_parameters_are_the_documented_ones(path: str) -> None:
    rows = {row["name"]: row for row in FACTS[path].get("params", []) if row["type"] != "file"}
    params = ACTIONS[path].params
    assert set(rows) - {"hash"} == set(params) - {"hash", "file"}
    for name, row in rows.items():
        assert params[name].required is ("required" in row and (path, name) not in OR_NOTHING), name
        if isinstance(row.get("default"), bool):
            assert params[name].default is row["default"], name
        for bound, ours in BOUNDS.items():
            if bound in row and name != BY_RULE:
                assert getattr(params[name], ours) == row[bound], (name, bound)
