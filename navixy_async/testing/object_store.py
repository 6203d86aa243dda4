"""What accounts keep on the platform: objects by resource, settings, relations; in memory, made on demand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

Object: TypeAlias = dict[str, Any]
FIRST_ID = 7_000_001
NAMING = ("tracker_id", "sensor_id", "key", "entity_id")
"""Parameters that identify whose settings are meant."""


class ObjectStore:
    """The objects of all accounts; `initial` returns the objects of a resource that an account has at the start."""

    def __init__(self, initial: Callable[[int, str], list[Object]]) -> None:
        self._initial = initial
        self._objects: dict[tuple[int, str], dict[int, Object]] = {}
        self._settings: dict[tuple[Any, ...], Object] = {}
        self._relations: dict[tuple[Any, ...], dict[int, None]] = {}
        self._next = FIRST_ID

    def objects(self, owner: int, resource: str) -> dict[int, Object]:
        """The objects of `owner` by id, oldest first."""
        held = self._objects.get((owner, resource))
        if held is None:
            held = self._objects[owner, resource] = {one["id"]: one for one in self._initial(owner, resource)}
        return held

    def new_id(self) -> int:
        self._next += 1
        return self._next - 1

    def settings(self, *key: Any) -> Object:
        """What was saved under `key`; change the object itself."""
        return self._settings.setdefault(key, {})

    def saved(self, owner: int, resource: str, given: Object) -> Object:
        """What an `update` of `resource` saved for the object that `given` names; change the object itself."""
        value = given.get("value")
        kind = value.get("type") if isinstance(value, dict) else given.get("type")
        return self.settings(owner, resource, *(given.get(name) for name in NAMING), kind)

    def related(self, *key: Any) -> dict[int, None]:
        """The ids that are bound to something, in the order of binding; change the object itself."""
        return self._relations.setdefault(key, {})
