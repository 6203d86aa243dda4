"""What an action is: documented parameters, the kind of session it requires, and the function that answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias, TypeVar

from ..fleet import TrackerAccount, WorldTracker
from ..multipart import UploadedPart
from ..params import ParamRule
from ..rules import Rules
from ..sessions import IssuedCredential, Sessions
from ..state import State
from ..wire import Times, WireError
from ..world import World

SessionNeed: TypeAlias = Literal[
    "session_or_api_key",
    "standard_session_only",
    "second_factor_session",
    "emailed_link_session",
    "panel_session",
    "root_access",
    "optional",
    "none",
]
Params: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class File:
    """An answer that is a file, not JSON."""

    content: bytes
    content_type: str
    name: str = ""
    """The name to save it under; empty for a body that is not an attachment."""


@dataclass(frozen=True, slots=True)
class Redirect:
    """An answer that sends a browser elsewhere."""

    location: str


@dataclass(slots=True)
class Call:
    """One admitted request, as a handler sees it."""

    world: World
    state: State
    sessions: Sessions
    rules: Rules
    times: Times
    now: int
    """Platform time, epoch seconds."""
    credential: IssuedCredential | None = None
    origin: str = ""
    """``http://127.0.0.1:PORT``, for URLs that point back to the platform."""
    files: dict[str, UploadedPart] = field(default_factory=dict)

    @property
    def account(self) -> TrackerAccount:
        if self.credential is None:
            raise WireError(3)
        return self.world.account(self.credential.account.id)

    def tracker(self, tracker_id: int, *, unknown: int = 201) -> WorldTracker:
        """An accessible tracker of the account: `unknown` if it does not exist, 208 if it is blocked."""
        tracker = self.any_tracker(tracker_id, unknown=unknown)
        if tracker.blocked:
            raise WireError(208)
        return tracker

    def any_tracker(self, tracker_id: int, *, unknown: int = 201) -> WorldTracker:
        """A tracker of the account, blocked or not."""
        tracker = self.world.trackers.get(tracker_id)
        if tracker is None or tracker.account_id != self.account.id:
            raise WireError(unknown)
        return tracker

    def trackers(self, tracker_ids: list[int]) -> list[WorldTracker]:
        """All of a list: 217 if one of them is missing or blocked."""
        mine = {tracker.id: tracker for tracker in self.account.trackers if not tracker.blocked}
        asked = list(dict.fromkeys(tracker_ids))
        culprits = [tracker_id for tracker_id in asked if tracker_id not in mine]
        if culprits:
            raise self.list_error(217, culprits)
        return [mine[tracker_id] for tracker_id in asked]

    def check_group(self, group_id: int) -> None:
        """204 if the account has no such group; 0 is the default group of everybody."""
        if group_id and group_id not in {group.id for group in self.state.groups(self.account.id)}:
            raise WireError(204)

    def list_error(self, code: int, culprits: list[int]) -> WireError:
        """The error for a list with wrong trackers in it, which names them only if the rules say so."""
        return WireError(code, list=culprits) if self.rules.name_culprits else WireError(code)

    @property
    def stored_since(self) -> int | None:
        """Platform time before which the tariff stores nothing; ``None`` if it stores everything."""
        days = self.account.store_days
        return None if days is None else self.now - days * 86_400


Answer: TypeAlias = dict[str, Any] | bytes | File | Redirect
Handler: TypeAlias = Callable[[Call, Params], Answer]
H = TypeVar("H", bound=Handler)


@dataclass(frozen=True, slots=True)
class PlatformAction:
    """One documented action that this platform performs."""

    path: str
    params: dict[str, ParamRule]
    session: SessionNeed
    refusal: int
    """The code for a credential of the wrong kind."""
    writes: bool
    handler: Handler
    loose: bool = False
    """Whether the handler gets all given parameters as they are, instead of the documented ones only."""
    method: str | None = None
    """The only method that it accepts, if the platform insists on one."""


ACTIONS: dict[str, PlatformAction] = {}
TEMPLATES: list[str] = []
"""Paths with parameters in them."""


def action(
    path: str,
    params: dict[str, ParamRule] | None = None,
    *,
    session: SessionNeed = "session_or_api_key",
    refusal: int = 276,
    writes: bool = False,
) -> Callable[[H], H]:
    """Register the decorated function as the answer to `path`."""

    def register(handler: H) -> H:
        if "{" in path:
            TEMPLATES.append(path)
        ACTIONS[path] = PlatformAction(path, params or {}, session, refusal, writes, handler)
        return handler

    return register


TRACKER_ID = {"tracker_id": ParamRule("int")}
"""The parameters of an action on one tracker."""
API_PREFIXES = {"dwh": "/dwh/v1/", "eco_fleet": "/eco_fleet/"}
"""URL prefixes of the interfaces beside the Backend API, by the word before the colon in their actions' paths."""


def api_of(path: str) -> str:
    """Which interface a path belongs to: ``dwh:tracker/raw_data/read`` is one of ``dwh``."""
    return path.partition(":")[0] if ":" in path else "backend"
