"""Create, list, read, update, delete: one engine for every resource with objects, driven by the documented facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from typing import Any

from ..facts import Documented, documented
from ..initial_objects import PANEL, template, with_bounds
from ..object_store import Object
from ..params import is_whole
from ..wire import WireError, invalid
from .action import Call, Params
from .adapt_answer import epoch_of

WORDS = {
    "asset_group": ("group", "asset_group"),
    "driver/journal/entry": ("entry",),
    "map_layer": ("layer",),
    "panel/user": ("user",),
    "subuser": ("user", "subuser"),
    "subuser/security_group": ("group", "security_group"),
    "task/schedule/route": ("route",),
    "user/application": ("application",),
    "vehicle/service_task": ("task", "service_task"),
}
"""What a resource calls one of its objects in parameters, where that is not its last word."""
KEPT_IN = {"task/schedule/route": "task/schedule"}
BY_HAND = (
    *("api/key", "tracker", "tracker/group", "tracker/sensor", "report/tracker", "zone/point"),
    *("panel/subpaas", "panel/tracker/bundle", "panel/dealer/activation_code", "task/form", "entity/fields"),
)
"""Resources with handlers of their own, and those whose objects are not identified by an `id` of their own."""
NEVER_CHANGED = ("panel/tracker",)
"""Resources that only list what the world holds."""
KEEPING = {"create": "create", "register": "create", "list": "list", "read": "read"}
KEEPING |= {"update": "update", "delete": "delete"}
OF_ANOTHER_SHAPE = ("driver/journal/entry", "vehicle/service_task")
"""Resources whose update takes an object with other members than the stored one."""
APART = {"zone": ("points",)}
"""Members with an update of their own, which stay when an update of the object omits them."""
SCOPES = ("tracker_id", "listing_id", "vehicle_id")
ASIDE = ("hash", "iso_datetime", "create_form", "force_reassign", "ignore_missing_fields")
TEXTS = ("label", "name", "title", "first_name", "last_name", "login", "address", "description", "external_id")


@dataclass(frozen=True, slots=True)
class Collection:
    """The objects of one resource."""

    resource: str
    words: tuple[str, ...]

    @property
    def kept_in(self) -> str:
        return KEPT_IN.get(self.resource, self.resource)

    def owner(self, call: Call) -> int:
        return PANEL if self.resource.startswith("panel/") else call.account.id

    def held(self, call: Call) -> dict[int, Object]:
        return call.state.store.objects(self.owner(call), self.kept_in)

    def ids(self, p: Params) -> list[int] | None:
        """The ids that a request names, one or several; ``None`` without any."""
        for name in (*(f"{word}_id" for word in self.words), "id"):
            if is_whole(p.get(name)):
                return [p[name]]
        for name in (*(f"{word}_ids" for word in self.words), "ids"):
            if isinstance(p.get(name), list):
                return list(p[name])
        return None

    def payloads(self, p: Params) -> list[Object] | None:
        """The objects in a request: wrapped in their word, several of them in its plural, or flat."""
        for word in self.words:
            if isinstance(p.get(word), dict):
                beside = {name: value for name, value in p.items() if isinstance(value, list) and name != word}
                return [{**beside, **p[word]}]
            several = p.get(f"{word[:-1]}ies" if word.endswith("y") else f"{word}s")
            if isinstance(several, list) and all(isinstance(one, dict) for one in several):
                return list(several)
        flat = {name: value for name, value in p.items() if name not in ASIDE}
        return [flat] if flat else None


@cache
def collections() -> dict[str, Collection]:
    """Every resource with objects."""
    verbs: dict[str, set[str]] = {}
    for known in documented().values():
        verbs.setdefault(known.resource, set()).add(known.verb)
    found = {}
    for resource, has in verbs.items():
        changed = has & {"create", "register", "update", "delete"}
        if resource in BY_HAND or not (changed or resource in NEVER_CHANGED):
            continue
        if resource in KEPT_IN or (has & {"list"} and template(resource)) or (has & {"list"} and "create" in has):
            found[resource] = Collection(resource, WORDS.get(resource, (resource.rpartition("/")[2],)))
    return found


def keep(call: Call, known: Documented, p: Params) -> dict[str, Any] | None:
    """The answer of a collection; ``None`` if the action does not belong to one."""
    collection = collections().get(known.resource)
    deed = KEEPING.get(known.verb)
    if collection is None or deed is None:
        return None
    if deed == "create":
        return _create(call, known, collection, p)
    if deed == "list":
        return _list(call, known, collection, p)
    ids = collection.ids(p)
    payloads = None
    if deed == "update":
        payloads = collection.payloads(p)
        if ids is None and payloads is not None:
            ids = collection.ids(payloads[0])
    if ids is None:
        raise invalid(f"{collection.words[0]}_id", "parameter is required")
    held = collection.held(call)
    if any(one not in held for one in ids):
        raise WireError(known.unknown)
    if deed == "delete":
        for one in ids:
            held.pop(one, None)
        return deepcopy(known.example_answer)
    if deed == "update":
        changes = {name: value for name, value in (payloads or [{}])[0].items() if name != "id"}
        stays = _staying(known, held[ids[0]])
        held[ids[0]] = _complete(call, collection, {**stays, **deepcopy(changes), "id": ids[0]})
        return _named(known, held[ids[0]])
    return _named(known, _shown(collection, held[ids[0]], p), whole=True)


def _staying(known: Documented, one: Object) -> Object:
    """What an update leaves of an object, whatever it sends.

    Where the documents do not say that members stay, they do not: a client that loses nothing here loses nothing.
    """
    if known.update is None or known.resource in OF_ANOTHER_SHAPE:
        return one
    own = (
        *APART.get(known.resource, ()),
        *(name for names in known.update.get("left_out", {}).values() for name in names),
    )
    return {name: value for name, value in one.items() if name in own}


def exists(call: Call, resource: str, one: int) -> bool:
    """Whether the account has the object `one` of `resource`."""
    return one in collections()[resource].held(call)


def _create(call: Call, known: Documented, collection: Collection, p: Params) -> dict[str, Any]:
    payloads = collection.payloads(p)
    if payloads is None:
        raise invalid(collection.words[0], "parameter is required")
    held, made = collection.held(call), []
    for payload in payloads:
        common = template(collection.kept_in)
        given = {name: deepcopy(value) for name, value in payload.items() if name != "id"}
        if "type" in given and given["type"] != common.get("type"):
            common = {}
        scope = {name: p[name] for name in SCOPES if is_whole(p.get(name))}
        one = _complete(call, collection, {"id": call.state.store.new_id(), **common, **scope, **given})
        made.append(one)
    for one in made:
        held[one["id"]] = one
    return _named(known, made[-1])


def _complete(call: Call, collection: Collection, one: Object) -> Object:
    """Complete an object as the platform does, and refuse what it does not accept."""
    if collection.resource == "task/route" and isinstance(one.get("checkpoints"), list):
        return _with_checkpoints(call, one)
    if collection.resource != "zone":
        return one
    points = one.get("points")
    if one.get("type") == "circle" and not isinstance(one.get("center"), dict):
        raise invalid("zone", "a circle needs its center")
    if isinstance(points, list) and len(points) < {"polygon": 3, "sausage": 2}.get(one.get("type", ""), 0):
        raise WireError(284)
    return with_bounds(one)


def _with_checkpoints(call: Call, route: Object) -> Object:
    """A route stores the ids of its checkpoints, in order; those without an id are new."""
    held, ids = collections()["task/checkpoint"].held(call), []
    for given in route["checkpoints"]:
        known = held.get(given.get("id"), template("task/checkpoint"))
        one = {**known, **given, "id": given.get("id") if given.get("id") in held else call.state.store.new_id()}
        held[one["id"]] = one
        ids.append(one["id"])
    return {**{name: value for name, value in route.items() if name != "checkpoints"}, "checkpoint_ids": ids}


def _named(known: Documented, one: Object, *, whole: bool = False) -> dict[str, Any]:
    """The documented answer with this object, or its id, where the example has one."""
    answer = deepcopy(known.example_answer)
    for name, value in answer.items():
        if isinstance(value, dict) and (whole or "id" in value or name == "result"):
            return {**answer, name: one}
        if name in ("id", "value") and is_whole(value):
            return {**answer, name: one["id"]}
    return {**answer, "value": one} if whole else answer


def _list(call: Call, known: Documented, collection: Collection, p: Params) -> dict[str, Any]:
    rows = list(_wanted(call, collection, collection.held(call).values(), p))
    for order in reversed([one for one in p.get("sort") or () if isinstance(one, str)]):
        name, _, way = order.partition("=")
        rows.sort(key=lambda row: str(row.get(name, "")), reverse=way == "desc")
    total, first, limit = len(rows), p.get("offset") or 0, p.get("limit")
    rows = rows[first:] if limit is None else rows[first : first + limit]
    answer = {name: value for name, value in known.example_answer.items() if not isinstance(value, list)}
    name = next((name for name, value in known.example_answer.items() if isinstance(value, list)), "list")
    answer[name] = [_shown(collection, row, p) for row in rows]
    if "count" in known.example_answer:
        answer["count"] = total
    return answer


def _wanted(call: Call, collection: Collection, rows: Iterable[Object], p: Params) -> Iterator[Object]:
    """The objects that pass the filters of a list."""
    ids, text, tags = collection.ids(p), p.get("filter"), p.get("tag_ids")
    statuses, types, trackers = p.get("statuses"), p.get("types"), p.get("trackers")
    first, last = epoch_of(call, p.get("from")), epoch_of(call, p.get("to"))
    for row in rows:
        begins = epoch_of(call, row.get("from"))
        if (
            (ids is None or row["id"] in ids)
            and (not isinstance(text, str) or any(text.lower() in str(row.get(name, "")).lower() for name in TEXTS))
            and (not tags or set(tags) & set(row.get("tags") or ()))
            and (not statuses or row.get("status") in statuses)
            and (not types or row.get("type") in types)
            and (trackers is None or row.get("tracker_id") in trackers)
            and all(row.get(name, p[name]) == p[name] for name in SCOPES if is_whole(p.get(name)))
            and (first is None or begins is None or begins >= first)
            and (last is None or begins is None or begins <= last)
        ):
            yield row


def _shown(collection: Collection, row: Object, p: Params) -> Object:
    if collection.resource == "zone" and not p.get("with_points"):
        return {name: value for name, value in row.items() if name != "points"}
    return row
