"""Copy the documented examples of the catalogue's actions and objects: ``python -m tests.api.import_examples FOLDER``.

Session hashes are left out, because they travel in a header; whatever else looks like a secret is replaced.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

from navixy_async.api.import_facts import snake

TARGET = Path(__file__).parent.parent / "data" / "api_examples.jsonl"

_HASH = re.compile(r"[0-9a-fA-F]{32}")
_PASSWORDS = frozenset(("password", "old_password", "new_password", "user_password"))


def harmless(value: Any, name: str = "") -> Any:
    """`value` without anything that could be taken for a secret."""
    if isinstance(value, dict):
        return {key: harmless(item, key) for key, item in value.items()}
    if isinstance(value, list):
        return [harmless(item, name) for item in value]
    if isinstance(value, str) and name in _PASSWORDS:
        return "example-password"
    return _HASH.sub("0" * 32, value) if isinstance(value, str) else value


def main(folder: Path) -> None:
    """Write the examples, one in a line; those of other interfaces belong to no action and no object."""
    lines: list[str] = []
    for line in (folder / "examples.jsonl").read_text(encoding="utf-8").splitlines():
        example = json.loads(line)
        thing = snake(example["object"]) if example["object"] else None
        if thing is None and example["path"] is None and example["kind"] != "error":
            continue
        content = example["json"]
        if example["kind"] == "request" and example["api"] != "websocket":
            content = {key: value for key, value in content.items() if key != "hash"}
        row = {
            "kind": example["kind"],
            "api": example["api"],
            "path": example["path"],
            "object": thing,
            "json": harmless(content),
        }
        text = json.dumps({key: value for key, value in row.items() if value is not None}, ensure_ascii=False)
        if text not in lines:
            lines.append(text)
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
