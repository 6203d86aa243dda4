"""Copy the documented examples of actions and objects: ``python -m tests.support.import_api_examples FOLDER``.

Session hashes are left out, because they travel in a header; whatever else looks like a secret is replaced.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

from navixy_async.api.codegen.importer import snake

TARGET = Path(__file__).parent.parent / "data" / "api_examples.jsonl"

_IOT, _GUIDES = "iot-logic-api/", "user-api/backend-api/guides/"
ATTACHED: dict[tuple[str, str], tuple[str, str, str]] = {
    (_IOT + "Websocket-access-for-DSA.md", '"action": "subscribe", "hash"'): ("request", "websocket", ""),
    (_IOT + "Websocket-access-for-DSA.md", '"type": "response"'): ("response", "websocket", ""),
    (_IOT + "Websocket-access-for-DSA.md", '"event": "iot_monitor"'): ("event", "websocket", "ws_event.iot_monitor"),
    (_IOT + "navixy-iot-guide/ai-flow-generation-guide.md", '{"flow"'): (
        "request",
        "iot_logic",
        "iot/logic/flow/create",
    ),
    (_IOT + "navixy-iot-guide/ai-flow-generation-guide.md", '{"title"'): ("object", "iot_logic", "flow_draft"),
    (_IOT + "technical-details/nodes.md", '"type": "initiate_attributes"'): ("object", "iot_logic", "node"),
    (_IOT + "technical-details/nodes.md", '"type": "logic"'): ("object", "iot_logic", "node"),
    (_IOT + "technical-details/nodes.md", '"type": "webhook"'): ("object", "iot_logic", "node"),
    (_IOT + "technical-details/nodes.md", '"type": "action"'): ("object", "iot_logic", "node"),
    (_IOT + "technical-details/nodes.md", '"type": "output_endpoint"'): ("object", "iot_logic", "node"),
    ("panel-api/getting-started.md", '"hash"'): ("response", "panel", "panel/account/auth"),
    (_GUIDES + "data-retrieval/get-track-points.md", '"list"'): ("response", "backend", "track/read"),
    (_GUIDES + "data-retrieval/sensor-data.md", '"id": 1700049'): ("object", "backend", "sensor"),
    (_GUIDES + "device-management/ble-beacons.md", '"hardware_id"'): ("object", "backend", "beacon_data_entry"),
    (_GUIDES + "device-management/ble-beacons.md", '"start_date"'): ("object", "backend", "track_info.regular"),
    (_GUIDES + "field-service-management/check-ins.md", '"file_field_name"'): (
        "response",
        "backend",
        "checkin/image/create",
    ),
}
"""Examples of guides that name neither action nor object: by section and a part of their text, what they are."""

FAULTY = {
    (_IOT + "flow-schema-structure/general-json-schema-example.md", '"id": 1001'): (
        "a flow in an older shape: titles stand beside the data of nodes, not in it"
    ),
    (_GUIDES + "data-retrieval/sensor-data.md", '"id": 456'): (
        "a virtual sensor whose calculation stands beside its parameters, not in them"
    ),
}
"""Examples of guides that contradict the pages of what they show, with the reason."""

NOT_OURS = {
    "navixy-generic-protocol": "messages that devices send, not programs",
    "flow-schema-structure": "a JSON schema, no value",
    "authentication.md": "placeholders for any request, or permissions of no action",
    "technical-details/README.md": "envelopes with nothing in them",
    "technical-details/nodes.md": "bodies that a flow sends elsewhere, and a fragment of an action",
    "sensor-data.md": "texts for values, a member of its own sensor",
    "get-push-notifications.md": "what a browser gives, handed on as it is",
    "app-connect.md": "tokens of another program",
}
"""Parts of sections whose other examples belong to no interface of the platform, and what they are."""

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


def attached(example: dict[str, Any]) -> dict[str, Any] | None:
    """What an example of a guide is; None if it is none of ours.

    Raises:
        ValueError: nobody has said what it is.
    """
    text = json.dumps(example["json"], ensure_ascii=False)
    for (section, part), (kind, api, name) in ATTACHED.items():
        if example["section"] == section and part in text:
            place = "path" if kind in ("request", "response") else "object"
            return {"kind": kind, "api": api, "path": None, "object": None, place: name or None}
    faulty = any(example["section"] == section and part in text for section, part in FAULTY)
    if not faulty and not any(part in example["section"] for part in NOT_OURS):
        raise ValueError(f"an example of {example['section']} belongs to nothing: {text[:100]}")
    return None


def main(folder: Path) -> None:
    """Write the examples, one in a line; those of other interfaces belong to no action and no object."""
    lines: list[str] = []
    for line in (folder / "examples.jsonl").read_text(encoding="utf-8").splitlines():
        example = json.loads(line)
        schema = snake(example["object"]) if example["object"] else None
        if schema is None and example["path"] is None and example["kind"] != "error":
            found = attached(example)
            if found is None:
                continue
            example |= found
            schema = found["object"]
        content = example["json"]
        if example["kind"] == "request" and example["api"] != "websocket":
            content = {key: value for key, value in content.items() if key != "hash"}
        row = {
            "kind": example["kind"],
            "api": example["api"],
            "path": example["path"],
            "object": schema,
            "json": harmless(content),
        }
        text = json.dumps({key: value for key, value in row.items() if value is not None}, ensure_ascii=False)
        if text not in lines:
            lines.append(text)
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
