"""A caller of a few lines, and the documented examples."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from navixy_async.api.codegen.catalogue import ActionSpec, Catalogue, load
from navixy_async.api.codegen.type_expr import ListOf, MapOf, Ref, Scalar, Type
from navixy_async.api.resources import Resources
from navixy_async.api.resources.panel import PanelActions
from navixy_async.api.runtime.unknown_fields import ModelReader
from navixy_async.files import FileBytes, SavedFile
from navixy_async.operations import Lane, Operation
from navixy_async.transport.downloads import refuse_json

CATALOGUE: Catalogue = load()
ACTIONS = {action.path: action for action in CATALOGUE.actions()}
EXAMPLES: list[dict[str, Any]] = [
    json.loads(line)
    for line in (Path(__file__).parent.parent / "data" / "api_examples.jsonl").read_text(encoding="utf-8").splitlines()
]


class FakeCaller:
    """Answers with a prepared body, and remembers what was sent."""

    lane: Lane = "interactive"
    label = "fake"

    def __init__(self, body: bytes = b'{"success": true}') -> None:
        self.body = body
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.tails: list[tuple[float | None, Lane | None]] = []

    async def call(
        self,
        operation: Operation[Any] | str,
        params: Mapping[str, Any] | None = None,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> Any:
        assert isinstance(operation, Operation)
        self._note(operation, params, timeout, lane)
        return ModelReader(operation.answer, answer=True).read(self.body)

    async def call_bytes(
        self,
        operation: Operation[Any] | str,
        params: Mapping[str, Any] | None = None,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> bytes:
        assert isinstance(operation, Operation)
        self._note(operation, params, timeout, lane)
        return self.body

    async def call_file(
        self,
        operation: Operation[Any] | str,
        params: Mapping[str, Any] | None = None,
        *,
        path: Any = None,
        overwrite: bool = True,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> FileBytes | SavedFile:
        assert isinstance(operation, Operation)
        self._note(operation, params, timeout, lane)
        refuse_json(operation, self.body)
        if path is not None:
            return SavedFile(Path(path), None, "", len(self.body))
        return FileBytes(self.body)

    def _note(
        self, operation: Operation[Any], params: Mapping[str, Any] | None, timeout: float | None, lane: Lane | None
    ) -> None:
        self.calls.append((operation.path, dict(params or {})))
        self.tails.append((timeout, lane))

    @property
    def sent(self) -> dict[str, Any]:
        """Parameters of the only call."""
        ((_, params),) = self.calls
        return params


def method(action: ActionSpec, caller: FakeCaller) -> Any:
    """The method of `action`, found by following the platform's path; panel actions hang on a panel account."""
    found: Any = PanelActions(caller) if action.row.api == "panel" else Resources(caller)
    for attribute in action.attributes[1 if action.row.api == "panel" else 0 :]:
        found = getattr(found, attribute)
    return found


def sample(kind: Type, name: str) -> Any:
    """A value of that type."""
    moments = {"from": datetime(2024, 1, 1, tzinfo=UTC), "to": datetime(2024, 1, 2, tzinfo=UTC)}
    if name in moments and kind == Scalar("datetime"):
        return moments[name]
    if isinstance(kind, Scalar):
        plain = {"int": 3, "number": 3, "float": 1.5, "bool": True, "file": b"x", "any": "x", "date": "2024-01-01"}
        return plain.get(kind.name, moments["from"] if kind.name == "datetime" else "abcdefghijklmn")
    if isinstance(kind, ListOf):
        return [sample(kind.item, "") for _ in range(3)]
    return {} if isinstance(kind, MapOf | Ref) else 3


def needed(action: ActionSpec) -> dict[str, Any]:
    """Arguments that the method of `action` insists on, and one of each group."""
    names = [param.name for param in action.params if param.required]
    for group in action.facts.get("groups", ()):
        names += group["params"][: 2 if group["kind"] == "interval_or_from_to" else 1]
    params = [param for param in action.params if param.name in names]
    values = {param.python: {"device": "a"} if param.is_free else sample(param.type, param.name) for param in params}
    return {name: in_zone(action, value) for name, value in values.items()}


def in_zone(action: ActionSpec, value: Any) -> Any:
    """An argument as the method of `action` takes it: the panel's times have no zone."""
    return value.replace(tzinfo=None) if isinstance(value, datetime) and action.row.api == "panel" else value


def moment(text: str) -> datetime:
    """A documented time; naive ones are read as UTC."""
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def argument(kind: Type, value: Any) -> Any:
    """A documented parameter as a program gives it: times as datetimes."""
    if isinstance(kind, Scalar) and kind.name == "datetime":
        return moment(value)
    if isinstance(kind, ListOf) and isinstance(value, list):
        return [argument(kind.item, item) for item in value]
    return value


def differences(shown: Any, got: Any, where: str = "") -> list[str]:
    """What an example shows and `got` lacks or has otherwise, and what `got` has beside it; null means absent."""
    if isinstance(shown, dict) and isinstance(got, dict):
        found = []
        for key in {**shown, **got}:
            found += differences(shown.get(key), got.get(key), f"{where}.{key}")
        return found
    if isinstance(shown, list) and isinstance(got, list):
        if len(shown) != len(got):
            return [f"{where}: {len(shown)} items became {len(got)}"]
        return [
            text
            for at, pair in enumerate(zip(shown, got, strict=True))
            for text in differences(*pair, f"{where}[{at}]")
        ]
    if isinstance(shown, str) and isinstance(got, str) and shown != got:
        try:
            same = moment(shown) == moment(got)
        except ValueError:
            same = False
        return [] if same else [f"{where}: {shown!r} became {got!r}"]
    if isinstance(got, datetime | date):
        return [f"{where}: {got!r} was not encoded"]
    if shown != got or isinstance(shown, bool) != isinstance(got, bool):
        return [f"{where}: {shown!r} became {got!r}"]
    return []
