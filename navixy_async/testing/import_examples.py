"""Writes `data/examples.json` from documented facts: ``python -m navixy_async.testing.import_examples FOLDER``.

The embedded platform answers actions that it does not know better with these examples. Facts only: hashes and
passwords are replaced, and so are sentences. Where the documents print no answer, one is made of the documented fields.
"""

from __future__ import annotations

import json
import re
import sys
from collections import defaultdict
from copy import deepcopy
from pathlib import Path
from typing import Any, TypeAlias

TARGET = Path(__file__).parent / "data" / "examples.json"
BESIDE = ("dwh", "eco_fleet")
HASH, PASSWORD, LONGEST = "feed" * 8, "example-password", 5
"""Substitutes for a hash and a password, and the number of words above which a text is prose."""
SECRET = re.compile(r"pass(word)?|secret|token|^key$|hash|signature", re.IGNORECASE)
HEX = re.compile(r"[0-9a-fA-F]{32,}")
ACCESS_KEY = re.compile(r"AKIA[0-9A-Z]{16}")
SCALARS: dict[str, Any] = {
    "int": 1,
    "long": 1,
    "float": 1.5,
    "double": 1.5,
    "bool": True,
    "string": "text",
    "datetime": "2024-03-05 10:20:30",
    "date": "2024-03-05",
    "time": "10:20:30",
    "duration": "PT10M",
    "any": 1,
    "object": {},
    "location": {"lat": 53.41, "lng": -2.97, "address": "1 Scotland Road"},
}
Facts: TypeAlias = dict[str, Any]


class Objects:
    """Documented objects, with an example of each."""

    def __init__(self, objects: list[Facts], examples: list[Facts]) -> None:
        self._fields = {one["name"]: one for one in objects}
        self._examples: dict[str, Any] = {}
        for example in examples:
            if example["kind"] == "object" and example.get("object"):
                self._examples.setdefault(example["object"], example["json"])

    def example(self, name: str, depth: int = 0) -> Any:
        """One object of this name, printed in the documents or made of its fields; ``None`` if neither is there."""
        if name in self._examples:
            return self._examples[name]
        known = self._fields.get(name)
        if known is None or depth > 3:
            return None
        if known.get("one_of"):
            return self.example(known["one_of"][0], depth + 1)
        return build(known.get("fields", []), self, depth + 1)


def build(fields: list[Facts], objects: Objects, depth: int = 0) -> Facts:
    """An answer or object made of its documented fields."""
    made: Facts = {}
    whole: list[str] = []
    for field in fields:
        path: str = field.get("path") or field["name"]
        if any(path.startswith(done) and path != done for done in whole) or field.get("optional"):
            continue
        value = _sample(field, objects, depth)
        if field.get("ref") and value not in ({}, [], [{}], None):
            whole.append(path)
        _put(made, re.findall(r"[^.\[\]{}]+|\[\]|\{\}", path), value)
    return made


def _sample(field: Facts, objects: Objects, depth: int) -> Any:
    kind = field.get("type", "any")
    inner = re.fullmatch(r"array<(.+)>", kind)
    ref = field.get("ref")
    plain = None if ref is None or ref.startswith("enum ") else objects.example(ref.lstrip("#"), depth)
    if plain is None:
        plain = field["enum"][0] if field.get("enum") else field.get("const")
    if plain is None:
        plain = SCALARS.get(inner[1] if inner else kind)
    plain = deepcopy(plain)
    if inner or kind == "array":
        return [] if plain is None else [plain]
    return {} if kind.startswith("map") or plain is None else plain


def _put(made: Any, steps: list[str], value: Any) -> None:
    """Put `value` where `steps` lead: names, ``[]`` for the only item of a list, ``{}`` for a member of a map."""
    here = made
    for name, following in zip(steps, [*steps[1:], None], strict=True):
        step = "1" if name == "{}" else name
        last = following is None
        if isinstance(here, list):
            if not here:
                here.append([] if following == "[]" else {})
            if last or not isinstance(here[0], dict | list):
                here[0] = value if last else here[0]
                return
            here = here[0]
        elif not isinstance(here, dict):
            return
        elif last:
            if not here.get(step):
                here[step] = value
            return
        else:
            if not isinstance(here.get(step), dict | list):
                here[step] = [] if following == "[]" else {}
            here = here[step]


def clean(value: Any, name: str = "") -> Any:
    """`value` without secrets and without sentences."""
    if isinstance(value, dict):
        return {member: clean(inner, member) for member, inner in value.items()}
    if isinstance(value, list):
        return [clean(inner, name) for inner in value]
    if not isinstance(value, str):
        return value
    if HEX.search(value) or ACCESS_KEY.search(value):
        return ACCESS_KEY.sub("EXAMPLE", HEX.sub(HASH, value))
    if SECRET.search(name) and value:
        return HASH if name.endswith("hash") else PASSWORD
    return "Text" if len(value.split()) > LONGEST else value


def collect(folder: Path) -> Facts:
    """By path: the documented request (``asks``), the answer (``says``), and the kinds of a file answer (``file``)."""
    actions = json.loads((folder / "catalogue.json").read_text("utf-8"))
    examples = [json.loads(line) for line in (folder / "examples.jsonl").read_text("utf-8").splitlines()]
    objects = Objects(json.loads((folder / "objects.json").read_text("utf-8")), examples)
    printed: dict[tuple[str, str, str], list[Any]] = defaultdict(list)
    for example in examples:
        printed[example["api"], str(example.get("path")), example["kind"]].append(example["json"])
    found: Facts = {}
    for action in actions:
        api, path, returns = action["api"], action["path"], action["returns"]
        if api == "websocket":
            continue
        entry: Facts = {}
        asked = [one for one in printed[api, path, "request"] if isinstance(one, dict)]
        if asked:
            entry["asks"] = {name: value for name, value in asked[0].items() if name != "hash"}
        answers = [one for one in printed[api, path, "response"] if isinstance(one, dict)]
        full = max(answers, key=lambda one: len(json.dumps(one)), default=None)
        made = build(returns.get("fields", []), objects)
        if full is None or _is_poor(full, made):
            full = made
        entry["says"] = {name: value for name, value in full.items() if name != "success"}
        if returns["kind"] == "file":
            entry["file"] = returns.get("formats", [])
        found[f"{api}:{path}" if api in BESIDE else path] = clean(entry)
    return found


def _is_poor(printed: Facts, made: Facts) -> bool:
    """Whether a printed answer leaves a list or object empty whose fields are documented."""
    return any(value in ([], {}) and made.get(name) not in (None, [], {}, [{}]) for name, value in printed.items())


def main(folder: str) -> None:
    found = collect(Path(folder))
    lines = [f"{json.dumps(path)}: {json.dumps(entry, ensure_ascii=False)}" for path, entry in sorted(found.items())]
    TARGET.write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
