"""An account: every action of the platform, as one credential sees it."""

from __future__ import annotations

import os
from collections.abc import Callable, Coroutine, Mapping
from contextlib import AbstractAsyncContextManager
from typing import TYPE_CHECKING, Any, TypeVar, Unpack, overload

import msgspec
from msgspec.structs import replace
from yarl import URL

from .api.resources import Resources
from .api.runtime.answers import answer_reader
from .api.runtime.index import find
from .errors import InvalidInput
from .files import FileBytes, SavedFile, UploadSource, as_upload, file_name
from .masking import Secret, without_frames
from .operations import LANES, CallOptions, Lane, Operation, Replay, UpdateOptions
from .requester import Requester
from .sessions import FixedSource
from .texts import shorten
from .transport.answer import Answer
from .transport.pipeline import Pipeline

if TYPE_CHECKING:
    from .flows.store.store import Flows
    from .harvest import Harvests
    from .helpers.batches import Batches
    from .helpers.imports import Imports
    from .helpers.reports import Reports
    from .transport.downloads import FileSink

T = TypeVar("T")

_UPLOAD_SLOT: Operation[bytes] = Operation("upload slot", bytes, encoding="multipart", session="none")
_NOBODY = FixedSource(None)
_READ = Replay.READ  # looking up members of an Enum takes long
_decoders: dict[tuple[Any, bool, bool], Callable[[Answer], Any]] = {}


def check_lane(lane: str) -> Lane:
    """`lane`, if there is such a lane; raises InvalidInput otherwise."""
    if lane not in LANES:
        raise InvalidInput(f"unknown lane {shorten(lane)}: use one of {', '.join(LANES)}")
    return lane


class Account(Resources):
    """The platform as one credential sees it; made by :meth:`Navixy.account`, cheap, thousands may exist.

    Every documented action is a method under the platform's own path (``account.tracker.list()`` for
    ``/tracker/list``). Each takes ``timeout=`` (seconds for queue, attempts and back-off together) and ``lane=``.
    """

    def __init__(
        self,
        pipeline: Pipeline,
        requester: Requester,
    ) -> None:
        super().__init__(self)
        check_lane(requester.lane)
        self._pipeline = pipeline
        self._requester = requester

    @property
    def lane(self) -> Lane:
        """The lane that calls take unless they name another."""
        return self._requester.lane

    @property
    def label(self) -> str:
        """A name for people, logs and directories; never a secret."""
        return self._requester.label

    def __repr__(self) -> str:
        return f"Account(label={self.label!r}, lane={self.lane!r})"

    def with_lane(self, lane: Lane) -> Account:
        """The same account, with another lane for its calls."""
        return Account(self._pipeline, self._as(lane, None))

    def with_updates_repeated(self, repeat_updates: bool = True) -> Account:
        """The same account, whose updates are repeated (or not) if it is unknown whether the first one arrived.

        This is for actions that set a state: sent twice they do the same, unless somebody else wrote in between. What
        adds, deletes, or commands a device is never sent again blindly.
        """
        return Account(self._pipeline, self._as(None, repeat_updates))

    def _as(self, lane: Lane | None, repeat_updates: bool | None) -> Requester:
        """Who asks, with another lane or another rule for repeating updates than the account's own."""
        own = self._requester
        lane = own.lane if lane is None else check_lane(lane)
        repeated = own.repeat_updates if repeat_updates is None else repeat_updates
        if lane == own.lane and repeated is own.repeat_updates:
            return own
        return replace(own, lane=lane, repeat_updates=repeated)

    @property
    def harvest(self) -> Harvests:
        """Bulk jobs over this account: lossless and resumable, into Arrow and Parquet (needs the extra ``arrow``)."""
        from .harvest import Harvests  # an extra, loaded only when it is used

        return Harvests([self])

    @property
    def flows(self) -> Flows:
        """The account's flows of IoT Logic as files: pulled, compared, pushed and restored."""
        from .flows.store.store import Flows  # loaded when first used

        return Flows(self)

    @property
    def batches(self) -> Batches:
        """The batch actions for any number of trackers, split by the platform's limits and merged again."""
        from .helpers.batches import Batches  # loaded when first used

        return Batches(self)

    @property
    def reports(self) -> Reports:
        """Reports as one call: started, waited for, read or downloaded, and deleted again."""
        from .helpers.reports import Reports  # loaded when first used

        return Reports(self, self._hold, close=self._pipeline.timeouts.close)

    @property
    def imports(self) -> Imports:
        """Imports of spreadsheets as one call."""
        from .helpers.imports import Imports  # loaded when first used

        return Imports(self, self._hold, close=self._pipeline.timeouts.close)

    @overload
    async def call(
        self,
        operation: Operation[T],
        params: Mapping[str, Any] | None = None,
        **options: Unpack[UpdateOptions],
    ) -> T: ...

    @overload
    async def call(
        self,
        operation: str,
        params: Mapping[str, Any] | None = None,
        **options: Unpack[UpdateOptions],
    ) -> dict[str, Any]: ...

    async def call(
        self,
        operation: Operation[Any] | str,
        params: Mapping[str, Any] | None = None,
        **options: Unpack[UpdateOptions],
    ) -> Any:
        """Call any action of the platform.

        Args:
            operation: its path (``tracker/list``), or an Operation for a typed answer.
            params: parameters by wire name; datetimes must be aware and are sent in UTC.
            timeout: seconds for everything; the client's ``Timeouts.total`` if not given.
            lane: urgency, if other than the account's.
            repeat_updates: whether an update that sets a state may be sent again though the first may have been done;
                as the account was made, if not given.

        Returns:
            The whole answer: a dict for a path, the operation's type for an Operation.

        Raises:
            InvalidInput: the parameters cannot be sent.
            ApiError: the platform refused.
            TransportError: no usable answer after the retries that the operation allows.
            DeadlineExceeded: time ran out; RateLimitWaitTooLong at once if the queue would outlast it.
            DecodeFailed: the answer does not have the documented shape.
            DoneButUnreadError: a write was done, but its answer could not be read; it is not sent again.
        """
        given = Secret(params)
        del params  # whatever is raised below may be printed with the locals of this frame
        known = _known(operation)
        return await self._send(known, given, _decoder(known, self._pipeline.strict), **options)

    async def call_bytes(
        self,
        operation: Operation[Any] | str,
        params: Mapping[str, Any] | None = None,
        **options: Unpack[UpdateOptions],
    ) -> bytes:
        """Call any action and return the undecoded body of its successful answer.

        Raises what :meth:`call` raises, but for DecodeFailed: an error inside the body is raised, not returned.
        """
        given = Secret(params)
        del params
        return await self._send(_known(operation), given, _body, **options)

    async def call_file(
        self,
        operation: Operation[Any] | str,
        params: Mapping[str, Any] | None = None,
        *,
        path: str | os.PathLike[str] | None = None,
        overwrite: bool = True,
        **options: Unpack[CallOptions],
    ) -> FileBytes | SavedFile:
        """Call an action that makes a file.

        Args:
            operation: its path (``track/download``), or an Operation.
            params: parameters by wire name.
            path: where to save the file; it appears there whole or not at all. In memory if not given.
            overwrite: whether a file of that name may be replaced.
            timeout: seconds for everything; one attempt takes ``Timeouts.attempt`` at the most.
            lane: urgency, if other than the account's.

        Returns:
            The bytes with the file's name and media type, or what was saved.

        Raises:
            TariffRestricted: the tariff no longer stores that period.
            DecodeFailed: the platform answered with JSON instead of a file; and what :meth:`call` raises.
        """
        from .transport.downloads import FileSink, refuse_json  # most programs never download a file

        given = Secret(params)
        del params
        known = _known(operation)
        if known.answer is not bytes:
            known = replace(known, answer=bytes)
        sink = None if path is None else FileSink(path, overwrite=overwrite)

        def take(answer: Answer) -> Answer:
            refuse_json(known, answer.body)
            return answer

        try:
            answer = await self._send(known, given, take, sink=sink, **options)
            if sink is not None:
                return await sink.keep(answer)
        finally:
            if sink is not None:
                await sink.discard()
        return FileBytes(answer.body, file_name(answer.disposition), answer.content_type)

    async def fill_slot(
        self,
        slot: Mapping[str, Any] | msgspec.Struct,
        file: UploadSource,
        **options: Unpack[CallOptions],
    ) -> None:
        """Upload a file into the slot that an action such as ``task/form/file/create`` answered.

        The slot may be on a storage outside the platform. It carries its own permission, so neither session nor
        key is ever sent there.

        Args:
            slot: the answer of the action: `url`, `file_field_name` and `fields`.
            file: a path, bytes, or an asynchronous iterator of bytes; storages may need the size beforehand,
                which an iterator does not know.
            timeout: seconds for everything.
            lane: urgency, if other than the account's.

        Raises:
            InvalidInput: it is not a slot, or not a file.
            ApiError: the storage refused the file; the slot may have expired.
            TransportError: no answer came; whether the file arrived is unknown.
        """
        given = Secret(slot)
        del slot  # it carries the storage's permission
        filled = _filled(given, file)
        if filled is None:
            raise InvalidInput(
                "this is not a slot for an upload: give the answer of an action such as task/form/file/create"
            )
        url, params = filled
        await self._send(_UPLOAD_SLOT, params, _whole, url=url.reveal(), **options)

    def _hold(self, limit: str, timeout: float) -> AbstractAsyncContextManager[None]:
        """Hold the limit of an action for the whole of a longer job."""
        return self._pipeline.hold(limit, self._requester.source, timeout)

    def _send(
        self,
        operation: Operation[Any],
        params: Secret[Any],
        decode: Callable[[Answer], T],
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
        repeat_updates: bool | None = None,
        sink: FileSink | None = None,
        url: URL | None = None,
    ) -> Coroutine[Any, Any, T]:
        requester = self._requester
        if lane is not None or repeat_updates is not None:
            requester = self._as(lane, repeat_updates)
        if url is not None:  # a storage outside of the platform, which no credential is sent to
            requester = replace(requester, source=_NOBODY)
        return self._pipeline.send(operation, params, decode, requester, timeout=timeout, sink=sink, url=url)


def _known(operation: Operation[Any] | str) -> Operation[Any]:
    return operation if isinstance(operation, Operation) else find(operation)


def _filled(slot: Secret[Any], file: UploadSource) -> tuple[Secret[URL], Secret[dict[str, Any]]] | None:
    """Where to send the form of a slot, and the form; None if it is not a slot."""
    given = slot.reveal()
    plain = msgspec.to_builtins(given) if isinstance(given, msgspec.Struct) else given
    if not isinstance(plain, Mapping):
        return None
    url, name, fields = plain.get("url"), plain.get("file_field_name") or "file", plain.get("fields") or {}
    if not isinstance(url, str) or not url.startswith(("https://", "http://")) or not isinstance(fields, Mapping):
        return None
    try:
        return Secret(URL(url)), Secret({**fields, str(name): as_upload(file)})
    except ValueError as error:
        if isinstance(error, InvalidInput):
            raise without_frames(error) from None
        return None


def _whole(answer: Answer) -> Answer:
    return answer


def _body(answer: Answer) -> bytes:
    return answer.body


def _decoder(operation: Operation[Any], strict: bool) -> Callable[[Answer], Any]:
    key = operation.answer, operation.replay is _READ, strict
    decode = _decoders.get(key)
    if decode is None:
        read = answer_reader(operation, strict=strict)

        def decode(answer: Answer) -> Any:
            return read(answer.body)

        _decoders[key] = decode
    return decode
