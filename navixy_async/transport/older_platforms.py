"""What an installation that is some months old does not know yet, named when it refuses a request."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from ..errors import InvalidRequest, UnknownAction
from ..masking import Secret

E = TypeVar("E", bound=Exception)

_IN_ADDRESSES = ("include_places_in_address", "include_zones_in_address")
_PUSHED = ("push_type", "primary_key", "mappings")

RECENT_PARAMETERS: Mapping[str, tuple[str, ...]] = {
    "report/tracker/generate": _IN_ADDRESSES,
    "report/schedule/create": _IN_ADDRESSES,
    "report/schedule/update": _IN_ADDRESSES,
    "vehicle/service_task/download": ("columns",),
    "iot/logic/flow/create": _PUSHED,
    "iot/logic/flow/update": _PUSHED,
}
"""Parameters, and members of parameters, that are documented since August 2026, by action."""

RECENT_ACTIONS = frozenset(
    (
        *(f"{kind}/import/{step}" for kind in ("place", "zone") for step in ("start", "read", "list", "finish")),
        *(f"{kind}/import/download_failed" for kind in ("place", "zone")),
        "iot/logic/flow/push",
        "iot/logic/flow/schema/read",
        "panel/user/menu/item/list",
    )
)
"""Actions that are documented since August 2026."""

_INVALID_PARAMETERS = 7
_DEEPEST = 12


def with_age_hint(failure: E, params: Secret[Any]) -> E:
    """`failure`, with what an older installation does not know of the request, if that may be the reason."""
    if not isinstance(failure, InvalidRequest) or not failure.from_platform:
        return failure
    if isinstance(failure, UnknownAction):
        hint = "it is documented since August 2026, and unknown to older installations"
        return _with_hint(failure, hint) if failure.operation in RECENT_ACTIONS else failure
    recent = RECENT_PARAMETERS.get(failure.operation, ())
    if failure.code != _INVALID_PARAMETERS or not recent:
        return failure
    names = set(_names(params.reveal()))
    sent = [name for name in recent if name in names]
    blamed = [name for name in sent if any(name in path.split(".") for path in failure.parameters)]
    if not sent or (failure.parameters and not blamed):
        return failure
    hint = (
        f"older installations do not know {', '.join(blamed or sent)}, documented since August 2026: leave it out there"
    )
    return _with_hint(failure, hint)


def _with_hint(failure: E, hint: str) -> E:
    if isinstance(failure, InvalidRequest):
        failure.description = f"{failure.description or 'no description'} ({hint})"
        failure.args = (failure.code, failure.description)
    return failure


def _names(value: Any, depth: int = 0) -> Iterator[str]:
    """Names of parameters that were sent, and of members in them."""
    if depth > _DEEPEST:
        return
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield str(name)
            yield from _names(inner, depth + 1)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _names(inner, depth + 1)
    elif hasattr(value, "__struct_fields__"):
        for field, name in zip(value.__struct_fields__, value.__struct_encode_fields__, strict=True):
            held = getattr(value, field)
            if held is not None:
                yield name
                yield from _names(held, depth + 1)
