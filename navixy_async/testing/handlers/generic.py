"""Every documented action without a handler of its own: checked against the documented facts, answered from them."""

from __future__ import annotations

from copy import deepcopy
from functools import cache, partial
from typing import Any

from ..facts import Documented, documented
from ..initial_objects import PANEL
from ..object_store import NAMING
from ..params import is_whole
from ..wire import WireError
from . import collections
from .action import ACTIONS, TEMPLATES, Answer, Call, Params, PlatformAction
from .adapt_answer import at_home, in_mode
from .files import announced, announces, empty_file, received, redirected
from .flows import read_part, refuse_flow

SAVING = ("update", "set")
REFERENCES = {
    "zone_id": "zone",
    "place_id": "place",
    "vehicle_id": "vehicle",
    "employee_id": "employee",
    "new_employee_id": "employee",
    "tag_id": "tag",
}
"""Parameters that refer to an object of the account, wherever they occur in a request."""
AS_FILE_TOO = ("checkin/list",)
"""Lists that turn into a file if a format is asked for."""
REFUSALS = {"panel_session": 4, "standard_session_only": 276, "root_access": 13}


def resolve(path: str) -> tuple[PlatformAction, dict[str, str]]:
    """The action of a path without slashes at its ends, and the parameters within the path itself.

    111 for an unknown resource, 112 for an unknown verb of it.
    """
    found = ACTIONS.get(path) or _generic(path)
    if found is not None:
        return found, {}
    parts = path.split("/")
    for pattern in TEMPLATES:
        wanted = pattern.split("/")
        if len(wanted) == len(parts) and all(a == b or a[0] == "{" for a, b in zip(wanted, parts, strict=True)):
            return ACTIONS[pattern], {a[1:-1]: b for a, b in zip(wanted, parts, strict=True) if a[0] == "{"}
    raise WireError(112 if path.rpartition("/")[0] in _resources() else 111)


@cache
def _resources() -> frozenset[str]:
    return frozenset(known.resource for known in documented().values())


@cache
def _all_generic() -> dict[str, PlatformAction]:
    return {
        path: PlatformAction(
            path,
            known.params or {},
            known.session,  # type: ignore[arg-type]
            REFUSALS.get(known.session, 276),
            known.replay != "read",
            partial(answer, known),
            loose=True,
            method="GET" if known.method == "GET" else "POST" if known.api == "iot_logic" else None,
        )
        for path, known in documented().items()
        if path not in ACTIONS
    }


def _generic(path: str) -> PlatformAction | None:
    return _all_generic().get(path)


def answer(known: Documented, call: Call, p: Params) -> Answer:
    """The answer of one documented action to the parameters `p`."""
    _check_references(known, call, p)
    if known.encoding == "multipart":
        return redirected(call, p, received(known, call, p))
    if announces(known):
        return announced(known, call, p)
    refuse_flow(known.path, p)
    kept = read_part(known.path, call, p)
    if kept is None:
        kept = collections.keep(call, known, p)
    if kept is None:
        kept = _related(known, call, p)
    if kept is None:
        kept = _saved(known, call, p)
    if known.path in AS_FILE_TOO and p.get("format") is not None:
        return empty_file(known, p)
    if kept is not None:
        return in_mode(call, kept)  # type: ignore[no-any-return]
    if known.file is not None:
        return empty_file(known, p)
    return in_mode(call, at_home(call, p, known.example_answer))  # type: ignore[no-any-return]


def _check_references(known: Documented, call: Call, p: Params) -> None:
    """What a request names must be there: trackers above all."""
    if call.credential is None:
        return
    panel = known.api == "panel"
    tracker_id, trackers = p.get("tracker_id"), p.get("trackers")
    if is_whole(tracker_id):
        if panel:
            if tracker_id not in call.world.trackers:
                raise WireError(known.unknown)
        elif 208 in known.errors:
            call.tracker(tracker_id, unknown=known.unknown)
        else:
            call.any_tracker(tracker_id, unknown=known.unknown)
    if isinstance(trackers, list) and all(map(is_whole, trackers)) and not panel:
        mine = {tracker.id for tracker in call.account.trackers}
        missing = [one for one in trackers if one not in mine]
        if missing:
            raise call.list_error(217, missing)
    for name, resource in REFERENCES.items():
        if is_whole(p.get(name)) and not panel and not collections.exists(call, resource, p[name]):
            raise WireError(known.unknown)


def _related(known: Documented, call: Call, p: Params) -> dict[str, Any] | None:
    """`bind`, `unbind` and `list` of a resource that relates two things; ``None`` for any other."""
    resource = known.resource
    if known.verb not in ("bind", "unbind", "list", "list_ids") or f"{resource}/unbind" not in documented():
        return None
    owner = next((p[name] for name in ("subuser_id", "rule_id", "tracker_id") if is_whole(p.get(name))), None)
    bound = call.state.store.related(call.account.id, resource, owner)
    if known.verb.startswith("list"):
        name = next((name for name, value in known.example_answer.items() if isinstance(value, list)), "list")
        sample: Any = next(iter(known.example_answer.get(name, ())), 1)
        rows = [one if is_whole(sample) else {**at_home(call, p, sample), "id": one} for one in bound]
        counted = {"count": len(rows)} if "count" in known.example_answer else {}
        return {**deepcopy(known.example_answer), name: rows, **counted}
    ids = next((value for value in p.values() if isinstance(value, list)), None)
    if ids is None:
        ids = [value for name, value in p.items() if is_whole(value) and value != owner]
    for one in ids:
        if known.verb == "bind":
            bound[one] = None
        else:
            bound.pop(one, None)
    return deepcopy(known.example_answer)


def _saved(known: Documented, call: Call, p: Params) -> dict[str, Any] | None:
    """`read` and `update` (or `set`) of an object that always exists; ``None`` for any other action."""
    resource = known.resource
    pair = f"{resource}/read" in documented() and any(f"{resource}/{verb}" in documented() for verb in SAVING)
    if not pair or known.verb not in (*SAVING, "read"):
        return None
    owner = PANEL if known.api == "panel" else call.account.id
    saved = call.state.store.saved(owner, resource, p)
    if known.verb != "read":
        aside = (*NAMING, "type", "hash")
        saved.update(deepcopy({name: value for name, value in p.items() if name not in aside}))
        return deepcopy(known.example_answer)
    result = at_home(call, p, deepcopy(known.example_answer))
    wrapped = [name for name, value in result.items() if isinstance(value, dict)]
    for name, value in saved.items():
        if name in result or not wrapped:
            result[name] = deepcopy(value)
        elif isinstance(value, dict):
            result[wrapped[0]].update(deepcopy(value))
        else:
            result[wrapped[0]][name] = value
    if not wrapped and len(result) == 1 and len(saved) == 1:
        result = dict.fromkeys(result, next(iter(saved.values())))
    return result  # type: ignore[no-any-return]
