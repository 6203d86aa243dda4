"""The platform's actions as values, and the one way to call them.

An :class:`Operation` names one documented action and what the client must know to send it safely. A
:class:`Caller` sends it. The rooms between the transport and the account (``api``, ``paging``, ``harvest``) only know
these two, so each of them can be tested against a caller of a few lines.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from enum import Enum
from typing import Any, Generic, Literal, Protocol, TypeAlias, TypedDict, TypeVar, Unpack, overload

import msgspec

from .errors import InvalidInput
from .files import FileBytes, SavedFile

T = TypeVar("T")

_PATH = re.compile(r"/?([A-Za-z0-9_]+(?:/(?:[A-Za-z0-9_]+|\{[a-z_]+\}))*)/?")

EXTRA_KEY = "<unknown members>"
"""The member in which a struct keeps what has no field of its own; its content is written in its stead."""

Lane: TypeAlias = Literal["interactive", "live", "bulk"]
"""Urgency of a call: a person waits (`interactive`), a screen refreshes (`live`), a job runs at night (`bulk`)."""

LANES: tuple[Lane, ...] = ("interactive", "live", "bulk")
"""From the most urgent to the least."""

Api: TypeAlias = Literal["backend", "panel", "iot_logic", "dwh", "eco_fleet"]
"""Which of the platform's interfaces an action belongs to; it decides the URL base and the meaning of error codes."""

SessionKind: TypeAlias = Literal[
    "session_or_api_key",
    "standard_session_only",
    "panel_session",
    "none",
    "optional",
    "emailed_link_session",
    "second_factor_session",
    "root_access",
]

"""Which credential an action requires. With ``none``, none is sent; with ``optional``, it is sent because the answer
depends on it, although the action is answered without."""


class Replay(Enum):
    """Whether an action may be sent a second time when the fate of the first is unknown."""

    READ = "read"
    """Changes nothing: may be repeated freely."""
    IDEMPOTENT = "idempotent"
    """Sets a state that is the same after one request or two, unless somebody else wrote in between: repeated like a
    write, unless the caller asks for more with ``repeat_updates=True``."""
    WRITE = "write"
    """Repeated only when the first request provably never left, or was refused unexecuted."""


def check_path(path: str) -> str:
    """`path` without slashes at its ends, if it can be an action of the platform.

    Raises:
        InvalidInput: it is a URL, carries parameters, or leads elsewhere (``..``); it is not repeated.
    """
    if not isinstance(path, str):
        raise InvalidInput(f"the path of an action is text such as 'tracker/list', not {type(path).__name__}")
    if "?" in path or "=" in path:
        raise InvalidInput("the path must not carry parameters: give them beside it, as in tracker/read tracker_id=123")
    found = _PATH.fullmatch(path)
    if found is None:
        raise InvalidInput("the path is not one of the platform's: write it like tracker/list, without host and prefix")
    return found[1]


class Operation(msgspec.Struct, Generic[T], frozen=True):
    """One documented action of the platform; `T` is what its answer decodes into."""

    path: str
    """The platform's own path without leading slash: ``tracker/list``; may hold ``{name}`` parts taken from params."""
    answer: Any
    """The type the whole JSON answer decodes into (a Struct with the documented members beside ``success``)."""
    api: Api = "backend"
    method: Literal["GET", "POST"] = "POST"
    encoding: Literal["json", "query", "multipart"] = "json"
    replay: Replay = Replay.WRITE
    session: SessionKind = "session_or_api_key"
    cap: str | None = None
    """Name of the limit of this action alone, declared in ``limits.action_limits``; ``None`` for the common 50/s."""
    device: bool = False
    """Whether the platform sends something to a device for it: never repeated blindly, whatever the caller allows."""
    query: tuple[str, ...] = ()
    """Parameters that travel in the query although the others are sent as JSON."""


class CallOptions(TypedDict, total=False):
    """How a call is sent, by keyword."""

    timeout: float | None
    """Seconds for queue, attempts and back-off together; the client's ``Timeouts.total`` if not given."""
    lane: Lane | None
    """Urgency, if other than the account's."""


class UpdateOptions(CallOptions, total=False):
    """How a call that may change something is sent, by keyword."""

    repeat_updates: bool | None
    """Whether an update that sets a state may be sent again though the first may have been done; as the account was
    made, if not given."""


class Caller(Protocol):
    """Sends operations for one credential: limiter, retries, decoding and typed errors included."""

    @property
    def lane(self) -> Lane:
        """The lane that calls take unless they name another."""

    @property
    def label(self) -> str:
        """A name for people, logs and directories; never a secret."""

    @overload
    async def call(
        self,
        operation: Operation[T],
        params: Mapping[str, Any] | None = None,
        **options: Unpack[CallOptions],
    ) -> T: ...

    @overload
    async def call(
        self,
        operation: str,
        params: Mapping[str, Any] | None = None,
        **options: Unpack[CallOptions],
    ) -> dict[str, Any]: ...

    async def call_bytes(
        self,
        operation: Operation[Any] | str,
        params: Mapping[str, Any] | None = None,
        **options: Unpack[CallOptions],
    ) -> bytes:
        """The undecoded body of a successful answer; a platform error inside it is raised, not returned."""


class FileCaller(Caller, Protocol):
    """A caller that can receive files, too; what accounts are."""

    async def call_file(
        self,
        operation: Operation[Any] | str,
        params: Mapping[str, Any] | None = None,
        *,
        path: str | os.PathLike[str] | None = None,
        overwrite: bool = True,
        **options: Unpack[CallOptions],
    ) -> FileBytes | SavedFile:
        """The file that an action makes, in memory or saved under `path`; an error instead of a file is raised."""
