"""What all generated resources have in common: the caller that they send through, and how answers are read."""

from __future__ import annotations

import os
import warnings
from collections.abc import Generator, Mapping
from typing import Any, TypeVar

from msgspec import ValidationError
from msgspec.json import encode

from ...errors import DecodeFailed, DoneButUnreadError
from ...files import FileBytes, SavedFile
from ...operations import FileCaller, Lane, Operation, Replay
from .answers import report
from .lenient import noting_odd_members
from .model import Model
from .unknown_fields import ModelReader, unknown_members

S = TypeVar("S", bound=Model)
T = TypeVar("T")


class Resource:
    """One part of the platform's path (``/tracker/group``), bound to a caller; its methods are the platform's actions.

    Every method takes ``timeout`` (seconds for queue, attempts and back-off together; the client's default if None) and
    ``lane`` (urgency; the account's own if None). Besides the errors that it lists itself, it may raise AuthError,
    InvalidRequest, RateLimited, ServerFault, TransportError, DeadlineExceeded, DecodeFailed, and, if it is a write,
    DoneButUnreadError: it was done, but its answer could not be read.
    """

    __slots__ = ("_caller",)

    def __init__(self, caller: FileCaller) -> None:
        self._caller = caller

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._caller.label}>"


def warn_renamed(old: str, new: str) -> None:
    """Say that the platform has renamed an action; the caller's line is where the old name stands."""
    warnings.warn(
        f"the platform calls {old} {new} now: use that, and the old name only for an installation that lacks it",
        DeprecationWarning,
        stacklevel=3,
    )


def require(value: T, operation: Operation[Any], member: str) -> T:
    """`value`, which is the `member` that an answer consists of; its absence is an error, never an empty value."""
    if value is None and operation.replay is Replay.READ:
        raise DecodeFailed(f"{operation.path}: the answer has no {member!r}", operation=operation.path)
    if value is None:
        raise DoneButUnreadError(
            f"{operation.path} was done, but its answer could not be read: it has no {member!r}; do not send it again",
            operation=operation.path,
            is_certain=True,
        )
    return value


def list_or_single(
    found: list[S] | None, answer: Model, kind: type[S], operation: Operation[Any], member: str
) -> list[S]:
    """The list that an answer consists of, or a list of the single object that the platform sent instead of it."""
    members = unknown_members(answer)
    if found is None and members.keys() & kind.__struct_encode_fields__:
        reader, body = ModelReader[S](kind), encode(dict(members))
        try:
            return [reader.read(body)]
        except ValidationError:
            pass
        with noting_odd_members() as odd:
            single = reader.read_leniently(body, odd)
        report(operation.path, odd)
        return [single]
    listed: list[S] = require(found, operation, member)  # type: ignore[arg-type]
    return listed


class Download:
    """A file that an action returns: await it for its bytes, or save it.

    ::

        kml = await fleet.track.download(7, start, end)
        saved = await fleet.track.download(7, start, end).save("july.kml")
    """

    __slots__ = ("_caller", "_lane", "_operation", "_params", "_timeout")

    def __init__(
        self,
        caller: FileCaller,
        operation: Operation[bytes],
        params: Mapping[str, Any],
        *,
        timeout: float | None,
        lane: Lane | None,
    ) -> None:
        self._caller = caller
        self._operation = operation
        self._params = params
        self._timeout = timeout
        self._lane = lane

    def __repr__(self) -> str:
        return f"<Download of {self._operation.path}>"

    def __await__(self) -> Generator[Any, Any, FileBytes]:
        return self._fetch().__await__()

    async def save(self, path: str | os.PathLike[str], *, overwrite: bool = True) -> SavedFile:
        """Save the file without loading it into memory; it appears at `path` completely or not at all.

        Raises:
            InvalidInput: `path` is a directory, its directory does not exist, or the file exists and must not be
                replaced. Everything that awaiting raises may be raised as well.
        """
        found = await self._caller.call_file(
            self._operation, self._params, path=path, overwrite=overwrite, timeout=self._timeout, lane=self._lane
        )
        if not isinstance(found, SavedFile):
            raise DecodeFailed(f"{self._operation.path}: the file was not saved", operation=self._operation.path)
        return found

    async def _fetch(self) -> FileBytes:
        """The file in memory.

        Raises:
            TariffRestricted: instead of a file, the platform answered with an empty JSON list and ``limit_exceeded``,
                as it does for a period that the tariff no longer stores.
            DecodeFailed: instead of a file, the platform answered with other JSON.
        """
        found = await self._caller.call_file(self._operation, self._params, timeout=self._timeout, lane=self._lane)
        if not isinstance(found, FileBytes):
            raise DecodeFailed(f"{self._operation.path}: the file is not in memory", operation=self._operation.path)
        return found
