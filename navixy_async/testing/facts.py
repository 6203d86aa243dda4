"""What is documented about every action, read from the package's catalogue files and from `data/examples.json`.

The catalogue's files are data; none of the client's code is used. If an action's resource has no file yet, only
its line in the index is known, and its parameters are not checked.
"""

from __future__ import annotations

import csv
import json
import re
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from .params import Kind, ParamRule

CATALOGUE = files("navixy_async") / "api" / "catalogue"
EXAMPLES = files(__package__) / "data" / "examples.json"
BESIDE = ("dwh", "eco_fleet")
UPDATING = ("update", "set", "assign", "bind")
"""Verbs whose parameters may be omitted although no page says so."""
KINDS: dict[str, Kind] = {
    "int": "int",
    "number": "number",
    "float": "number",
    "str": "str",
    "bool": "bool",
    "datetime": "time",
    "list[int]": "ints",
    "list[str]": "strs",
}
READS: dict[Kind, type | tuple[type, ...]] = {
    "int": int,
    "number": (int, float),
    "str": str,
    "bool": bool,
    "time": str,
    "ints": list,
    "strs": list,
    "objects": list,
    "object": dict,
    "any": object,
}
"""What JSON values of a kind look like."""
DATE = r"\d{4}-\d\d-\d\d"


@dataclass(frozen=True, slots=True)
class Documented:
    """One documented action."""

    path: str
    api: str
    method: str
    encoding: str
    session: str
    replay: str
    params: dict[str, ParamRule] | None
    """``None`` if the catalogue does not describe them yet."""
    errors: frozenset[int]
    example_answer: dict[str, Any] = field(repr=False)
    """Without `success`."""
    example_request: dict[str, Any] | None = field(repr=False)
    update: dict[str, Any] | None = field(repr=False)
    """For an action that changes an object, what the review found: whether it replaces, what it does not accept."""
    file: tuple[str, ...] | None
    """The formats of a file answer; ``None`` if the answer is JSON."""

    @property
    def resource(self) -> str:
        return self.path.rpartition("/")[0]

    @property
    def verb(self) -> str:
        return self.path.rpartition("/")[2]

    @property
    def unknown(self) -> int:
        """The code for an object that does not exist."""
        return 204 if 204 in self.errors and 201 not in self.errors else 201


@cache
def documented() -> dict[str, Documented]:
    """Every documented action by its path; those beside the Backend API have their interface before a colon."""
    described, enums = _described()
    updates = json.loads((CATALOGUE / "reviewed" / "updates.json").read_text("utf-8"))["updates"]
    examples: dict[str, dict[str, Any]] = json.loads(EXAMPLES.read_text("utf-8"))
    found = {}
    for row in csv.DictReader((CATALOGUE / "index.tsv").read_text("utf-8").splitlines(), delimiter="\t"):
        if row["api"] == "websocket":
            continue
        path = f"{row['api']}:{row['path']}" if row["api"] in BESIDE else row["path"]
        facts, example = described.get(row["path"]), examples.get(path, {})
        formats = example.get("file")
        found[path] = Documented(
            path=path,
            api=row["api"],
            method=row["method"],
            encoding=row["encoding"],
            session=row["session"],
            replay=row["replay"],
            params=None if facts is None else _params(path, facts.get("params", []), example.get("asks"), enums),
            errors=frozenset(() if facts is None else facts.get("errors", ())),
            example_answer=example.get("says", {}),
            example_request=example.get("asks"),
            update=updates.get(row["path"]),
            file=None if formats is None else tuple(formats),
        )
    return found


def _described() -> tuple[dict[str, dict[str, Any]], dict[str, list[Any]]]:
    actions: dict[str, dict[str, Any]] = {}
    enums: dict[str, list[Any]] = {}
    for file in CATALOGUE.iterdir():
        if file.name.endswith(".json") and file.name != "reviewed.json":
            resource = json.loads(file.read_text("utf-8"))
            actions.update(resource.get("actions", {}))
            enums.update(resource.get("enums", {}))
    for file in (CATALOGUE / "reviewed").iterdir():
        for path, corrected in json.loads(file.read_text("utf-8")).get("actions", {}).items():
            for row in actions[path]["params"]:
                # Where two pages contradict each other, the reviewers chose the wider bound.
                over = corrected.get("params", {}).get(row["name"]) or {}
                row.update({bound: over[bound] for bound in ("min_items", "max_items") if bound in over})
    return actions, enums


def _params(
    path: str, rows: list[dict[str, Any]], example_request: dict[str, Any] | None, enums: dict[str, list[Any]]
) -> dict[str, ParamRule]:
    return {row["name"]: _param(path, row, example_request, enums) for row in rows if "." not in row["name"]}


def _param(
    path: str, row: dict[str, Any], example_request: dict[str, Any] | None, enums: dict[str, list[Any]]
) -> ParamRule:
    """The checks of one parameter. It is required if the page says so, or if the example contains it."""
    name, basis = row["name"], row.get("required")
    updating = path.rpartition("/")[2] in UPDATING
    in_example = example_request is None or name in example_request
    required = basis == "doc" or (basis is not None and not updating and in_example)
    kind = _kind(row["type"])
    example = (example_request or {}).get(name)
    if example is not None and not isinstance(example, READS[kind]):
        kind = "any"  # the documents print what their own table forbids
    options = row.get("values") or enums.get(row.get("enum", ""))
    closed = kind in ("str", "strs") and options is not None and all(isinstance(one, str) for one in options)
    if options is not None and isinstance(example, str) and example not in options:
        closed = False  # the documents print a value that their own list lacks
    bounds = {
        "str": ("min_length", "max_length"),
        "int": ("min", "max"),
        "number": ("min", "max"),
    }.get(kind, ("min_items", "max_items"))
    low, high = (row.get(bound) if isinstance(row.get(bound), int | float) else None for bound in bounds)
    return ParamRule(
        kind,
        required=required and kind != "any",
        low=low,
        high=high,
        options=frozenset(options) if closed and options is not None else None,
        item_low=row.get("item_min_length"),
        item_high=row.get("item_max_length"),
        pattern=DATE if row["type"] == "date" else None,
    )


def _kind(text: str) -> Kind:
    if "|" in text or text in ("any", "file"):
        return "any"
    if text in KINDS:
        return KINDS[text]
    if text == "date":
        return "str"
    inner = re.fullmatch(r"list\[(.+)\]", text)
    if inner:
        return "objects" if inner[1] not in KINDS and inner[1] not in ("any", "date") else "any"
    return "object"
