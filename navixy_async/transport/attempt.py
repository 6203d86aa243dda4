"""One request and its answer, with the connection given back whatever happens."""

from __future__ import annotations

from io import BytesIO
from time import monotonic
from typing import TYPE_CHECKING, Any, ClassVar

import aiohttp
import msgspec
from aiohttp.abc import AbstractStreamWriter
from yarl import URL

from ..errors import AttemptTimedOut, ConnectFailed, ConnectionLost, InvalidInput, NavixyError, UnreadableAnswer
from ..limits.protocol import Permit
from ..masking import Secret, bare
from ..retry.retry_after import parse_retry_after
from .answer import Answer

if TYPE_CHECKING:
    # Most programs never send or receive a file.
    from .downloads import FileSink
    from .forms import Form, Multipart

_LARGE = 256 * 1024
"""Bytes from which a body is gathered piece by piece."""
_MOST_AT_ONCE = 64 * 1024 * 1024
"""Bytes that are made room for because a header announced them."""


class Request(msgspec.Struct):
    """Everything that one attempt sends; made once per call, the credential set per attempt."""

    method: str
    url: URL
    body: bytes | None
    operation: str
    headers: dict[str, str]
    """What each request carries, but for the credential."""
    query: dict[str, str] | None = None
    form: Form | None = None
    """What is uploaded, instead of `body`."""
    sink: FileSink | None = None
    """Where a file answer goes, if not into memory."""
    credential: Secret[str] | None = None
    """The hash or key of this attempt."""

    def __repr__(self) -> str:
        # Query and body may hold secrets, and tracebacks with local variables end up in error reports.
        return f"Request({self.method} {self.operation})"

    def __rich_repr__(self) -> list[tuple[str, Any]]:
        return [("method", self.method), ("operation", self.operation)]

    def sent_headers(self, content_type: str | None) -> dict[str, str]:
        """The headers with the credential; for the call that sends them, never for a variable."""
        headers = self.headers if content_type is None else self.headers | {"Content-Type": content_type}
        if self.credential is None:
            return headers
        return {**headers, "Authorization": f"NVX {self.credential.reveal()}"}


class _Sending:
    """Tells the permit when the request is written, and remembers that it was."""

    __slots__ = ("left", "permit")

    observable: ClassVar[bool] = False
    """Whether this aiohttp was seen to report the writing; until then, silence proves nothing."""

    def __init__(self, permit: Permit) -> None:
        self.permit = permit
        self.left = False

    def written(self) -> None:
        """The body begins to leave."""
        _Sending.observable = True
        self.sent()

    def sent(self) -> None:
        if not self.left:
            self.left = True
            self.permit.sent()

    @property
    def provably_unsent(self) -> bool:
        return not self.left and self.observable


class _Body(aiohttp.BytesPayload):
    """A JSON body that says when it is written.

    That moment, and not the start of the attempt, is the send: before it lie the wait for a connection, the name
    look-up and the TLS handshake. aiohttp's tracing tells it too, at ten times the cost.
    """

    def __init__(self, value: bytes, sending: _Sending) -> None:
        super().__init__(value, content_type="application/json")
        self._sending = sending

    def __deepcopy__(self, _memo: object) -> _Body:
        # aioresponses copies what it records; the limiter and its loop behind the permit are not to be copied.
        return self

    async def write(self, writer: AbstractStreamWriter) -> None:
        self._sending.written()
        await super().write(writer)

    async def write_with_length(self, writer: AbstractStreamWriter, content_length: int | None) -> None:
        self._sending.written()
        await super().write_with_length(writer, content_length)


async def send_once(
    session: aiohttp.ClientSession,
    request: Request,
    permit: Permit,
    *,
    timeout: aiohttp.ClientTimeout | None = None,
    busy_at_429: bool = False,
) -> Answer:
    """Send `request` once and read its whole answer.

    Args:
        session: where the connection comes from.
        request: what to send.
        permit: the limiter's leave; told of the send and of what became of it.
        timeout: limits of this attempt, if other than those of the session.
        busy_at_429: for this action 429 says that such work is under way, and nothing about the request rate.

    Raises:
        TransportError: one of its kinds; `unsent` says whether the request provably never left.
        InvalidInput: the URL cannot be used.
    """
    sending = _Sending(permit)
    try:
        outcome: Answer | BaseException = await _exchange(session, request, sending, timeout, busy_at_429=busy_at_429)
    except BaseException as error:
        outcome = error
    if isinstance(outcome, Answer):
        return outcome
    _close(permit, unsent=getattr(outcome, "unsent", sending.provably_unsent))
    # Raised out here, and bare: the frames of aiohttp hold the headers with the credential, and the answer's.
    raise bare(outcome)


async def _exchange(
    session: aiohttp.ClientSession,
    request: Request,
    sending: _Sending,
    timeout: aiohttp.ClientTimeout | None,
    *,
    busy_at_429: bool,
) -> Answer | NavixyError:
    """The answer, or what its lack stands for."""
    permit = sending.permit
    data: _Body | Multipart | None = None
    if request.body is not None:
        data = _Body(request.body, sending)
    elif request.form is None:
        sending.sent()
    started = monotonic()
    form: Multipart | None = None
    try:
        if request.form is not None:
            data = form = await request.form.open(sending.written)
        async with session.request(
            request.method,
            request.url,
            data=data,
            params=request.query,
            headers=request.sent_headers(None if form is None else form.content_type),
            allow_redirects=False,
            **({} if timeout is None else {"timeout": timeout}),  # type: ignore[arg-type]
        ) as response:
            status, headers = response.status, response.headers
            retry_after = parse_retry_after(headers.get("Retry-After")) if status in (429, 503) else None
            if status == 429 and not busy_at_429:
                permit.refused(retry_after)
            else:
                permit.answered()
            body = await (_read(response) if request.sink is None else request.sink.receive(response))
            return Answer(
                status=status,
                reason=response.reason or "",
                content_type=headers.get("Content-Type", ""),
                body=body,
                retry_after=retry_after,
                location=_place(response) if 300 <= status < 400 else None,
                disposition=headers.get("Content-Disposition"),
                seconds=monotonic() - started,
            )
    except InvalidInput:
        raise
    except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
        return _translate(error, request, unsent=sending.provably_unsent)
    finally:
        if form is not None:
            await form.release()


async def _read(response: aiohttp.ClientResponse) -> bytes:
    """The whole body. ``response.read()`` holds a large one twice: in pieces, and joined."""
    announced = response.content_length or 0
    if 0 < announced < _LARGE:
        return await response.read()
    # Room for all of it at once: growing would copy it again and again. (It still may grow, if it is compressed.)
    body = BytesIO(bytes(min(announced, _MOST_AT_ONCE)))
    async for piece in response.content.iter_any():
        body.write(piece)
    body.truncate()
    return body.getvalue()


def _close(permit: Permit, *, unsent: bool) -> None:
    if unsent:
        permit.unsent()
    else:
        permit.lost()


def _place(response: aiohttp.ClientResponse) -> str | None:
    location = response.headers.get("Location")
    if location is None:
        return None
    try:
        return str(response.url.join(URL(location)).with_query(None).with_user(None).with_fragment(None))
    except ValueError:
        return None


def _translate(error: Exception, request: Request, *, unsent: bool) -> NavixyError:
    where: dict[str, Any] = {"operation": request.operation, "unsent": unsent}
    host = request.url.host
    if isinstance(error, aiohttp.InvalidURL):
        return InvalidInput(f"{request.operation}: the URL of the platform cannot be used")
    if isinstance(error, aiohttp.ClientConnectorError | aiohttp.ConnectionTimeoutError):
        where["unsent"] = True
        reason = error.os_error if isinstance(error, aiohttp.ClientConnectorError) else "no answer in time"
        return ConnectFailed(f"{request.operation}: cannot connect to {host}: {reason}", **where)
    if isinstance(error, TimeoutError):
        return AttemptTimedOut(f"{request.operation}: {host} did not answer in time", **where)
    if isinstance(error, aiohttp.ClientPayloadError):
        return UnreadableAnswer(f"{request.operation}: the answer of {host} was cut short", **where)
    if isinstance(error, aiohttp.ClientResponseError | ValueError):
        return UnreadableAnswer(f"{request.operation}: {host} did not answer in HTTP", **where)
    return ConnectionLost(f"{request.operation}: the connection to {host} broke ({type(error).__name__})", **where)
