"""One request and its answer; the connection is returned to its pool whatever happens."""

from __future__ import annotations

import errno
import logging
import ssl
from time import monotonic
from typing import TYPE_CHECKING, Any, ClassVar

import aiohttp
import msgspec
from aiohttp.abc import AbstractStreamWriter
from yarl import URL

from ..errors import (
    AttemptTimedOut,
    CertificateRefused,
    ConnectFailed,
    ConnectionLost,
    InvalidInput,
    NavixyError,
    TransportError,
    UnreadableAnswer,
)
from ..limits.protocol import Permit
from ..masking import Secret, without_frames
from ..retry.retry_after import parse_retry_after
from .answer import Answer
from .bodies import Body, BrokenBody, is_plain
from .proxies import Proxy

if TYPE_CHECKING:
    # Most programs never send or receive a file.
    from .downloads import FileSink
    from .forms import Multipart, UploadForm

log = logging.getLogger("navixy_async")

_MARK = b"\xef\xbb\xbf"
_NO_FILE_LEFT = frozenset((errno.EMFILE, errno.ENFILE))


class SizeLimits(msgspec.Struct, frozen=True):
    """How many bytes of an answer, unpacked, are taken into memory."""

    answer: int = 256_000_000
    error: int = 1_000_000


_TO_PROXY = (aiohttp.ClientProxyConnectionError, aiohttp.ClientConnectorDNSError)
"""What aiohttp raises if the proxy itself is not reached."""


class Request(msgspec.Struct):
    """Everything that one attempt sends; made once per call, the credential set per attempt."""

    method: str
    url: URL
    body: bytes | None
    operation: str
    headers: dict[str, str]
    """What each request carries beside the credential."""
    query: dict[str, str] | None = None
    form: UploadForm | None = None
    """What is uploaded, instead of `body`."""
    sink: FileSink | None = None
    """Where a file answer goes, if not into memory."""
    credential: Secret[str] | None = None
    """The hash or key of this attempt."""
    proxy: Proxy | None = None
    """The proxy that it goes through."""
    ssl_context: ssl.SSLContext | None = None
    """Whom to trust, if other than its session does."""
    refusal_means_busy: bool = False
    """Whether a refusal says that such work is under way, and nothing about the request rate."""
    is_write: bool = False
    """Whether it may change something: what came in of its answer is kept, even if that cannot be read."""
    answered: Secret[bytes] | None = None
    """What came in of the last answer, for a write."""

    def __repr__(self) -> str:
        # Query and body may hold secrets, and tracebacks with local variables end up in error reports.
        return f"Request({self.method} {self.operation})"

    def __rich_repr__(self) -> list[tuple[str, Any]]:
        return [("method", self.method), ("operation", self.operation)]

    def routed(self) -> dict[str, Any]:
        """The session's arguments for proxy and certificates."""
        routed: dict[str, Any] = {} if self.ssl_context is None else {"ssl": self.ssl_context}
        if self.proxy is not None:
            routed |= {"proxy": self.proxy.url, "proxy_headers": self.proxy.headers()}
        return routed

    def sent_headers(self, content_type: str | None) -> dict[str, str]:
        """The headers with the credential; for the call that sends them, never for a variable."""
        headers = self.headers
        if content_type is not None:
            headers = headers | {"Content-Type": content_type}
        if self.proxy is not None and self.url.scheme == "http":
            headers = headers | self.proxy.headers()
        if self.credential is None:
            return headers
        return {**headers, "Authorization": f"NVX {self.credential.reveal()}"}


class _Sending:
    """Reports to the permit when the request is written, and remembers that it was."""

    __slots__ = ("left", "permit")

    observable: ClassVar[bool] = False
    """Whether this aiohttp has reported a write before; until then, silence proves nothing."""

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


class _JsonBody(aiohttp.BytesPayload):
    """A JSON body that says when it is written.

    That moment, and not the start of the attempt, is the send: before it come the wait for a connection, the name
    look-up and the TLS handshake. aiohttp's tracing knows it too, at ten times the cost.
    """

    def __init__(self, value: bytes, sending: _Sending) -> None:
        super().__init__(value, content_type="application/json")
        self._sending = sending

    def __deepcopy__(self, _memo: object) -> _JsonBody:
        # aioresponses copies what it records; the limiter and its loop behind the permit must not be copied.
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
    size_limits: SizeLimits = SizeLimits(),  # noqa: B008 - frozen
    timeout: aiohttp.ClientTimeout | None = None,
) -> Answer:
    """Send `request` once and read its whole answer.

    Args:
        session: where the connection comes from.
        request: what to send.
        permit: the limiter's permission; learns of the send and of its outcome, whatever that is.
        size_limits: how much of an answer is taken into memory.
        timeout: limits of this attempt, if other than those of the session.

    Raises:
        TransportError: one of its kinds; `unsent` says whether the request provably never left.
        InvalidInput: the URL cannot be used, or a file cannot be read or written.
    """
    sending = _Sending(permit)
    try:
        outcome: Answer | BaseException = await _exchange(session, request, sending, size_limits, timeout)
    except BaseException as error:
        # Whatever it is, a cancellation or a bug: the limiter must not wait for an answer forever.
        outcome = error
    if isinstance(outcome, Answer):
        return outcome
    if isinstance(outcome, TransportError):
        outcome.operation = request.operation
    _close(permit, unsent=getattr(outcome, "unsent", sending.provably_unsent))
    # Raised out here, without frames: aiohttp's hold the headers with the credential, and those of the answer.
    raise without_frames(outcome)


async def _exchange(
    session: aiohttp.ClientSession,
    request: Request,
    sending: _Sending,
    size_limits: SizeLimits,
    timeout: aiohttp.ClientTimeout | None,
) -> Answer | NavixyError:
    """The answer, or the error that it failed with."""
    data: _JsonBody | Multipart | None = None
    if request.body is not None:
        data = _JsonBody(request.body, sending)
    elif request.form is None:
        sending.sent()
    started = monotonic()
    form: Multipart | None = None
    status: int | None = None
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
            **request.routed(),
            auto_decompress=False,
            **({} if timeout is None else {"timeout": timeout}),  # type: ignore[arg-type]
        ) as response:
            status = response.status
            answer = await _receive(response, request, sending.permit, size_limits)
            answer.seconds = monotonic() - started
            return answer
    except NavixyError as error:
        return _with_status(error, status)
    except Exception as error:
        return _with_status(_translate(error, request, unsent=sending.provably_unsent), status)
    finally:
        if form is not None:
            await form.release()


def _with_status(error: NavixyError, status: int | None) -> NavixyError:
    """`error`, with the status of the answer that had begun."""
    if isinstance(error, TransportError):
        error.http_status = status
    return error


async def _receive(
    response: aiohttp.ClientResponse, request: Request, permit: Permit, size_limits: SizeLimits
) -> Answer:
    """The answer whose head has arrived; the permit is informed first."""
    status, headers = response.status, response.headers
    retry_after = parse_retry_after(headers.get("Retry-After")) if status in (429, 503) else None
    if status == 429 and not request.refusal_means_busy:
        permit.refused(retry_after)
    else:
        permit.answered()
    ended = True
    succeeded = 200 <= status < 300
    if succeeded and request.sink is None and not request.is_write and is_plain(response, size_limits.answer):
        content = await response.read()
    else:
        body = Body(response, size_limits.answer)
        try:
            if not succeeded:
                content = await body.head(size_limits.error)
            elif request.sink is None:
                content = await body.read()
            else:
                content = await request.sink.receive(body)
        except BaseException:
            request.answered = Secret(body.beginning)
            raise
        ended = body.ended
        if request.is_write:
            request.answered = Secret(content)
    return Answer(
        status=status,
        reason=response.reason or "",
        content_type=headers.get("Content-Type", ""),
        body=_without_mark(content),
        retry_after=retry_after,
        location=_redirect_target(response) if 300 <= status < 400 else None,
        disposition=headers.get("Content-Disposition"),
        ended=ended,
    )


def _without_mark(body: bytes) -> bytes:
    """JSON without the byte order mark that some servers prepend."""
    return body[3:] if body.startswith(_MARK) and body[3:64].lstrip()[:1] in (b"{", b"[") else body


def _close(permit: Permit, *, unsent: bool) -> None:
    if unsent:
        permit.unsent()
    else:
        permit.lost()


def _redirect_target(response: aiohttp.ClientResponse) -> str | None:
    location = response.headers.get("Location")
    if location is None:
        return None
    try:
        return str(response.url.join(URL(location)).with_query(None).with_user(None).with_fragment(None))
    except (ValueError, TypeError, UnicodeError, RecursionError):
        return None


def _translate(error: Exception, request: Request, *, unsent: bool) -> NavixyError:
    """The error that names the reason; it never quotes what the server sent."""
    where: dict[str, Any] = {"operation": request.operation, "unsent": unsent}
    path, host = request.operation, request.url.host
    if isinstance(error, aiohttp.InvalidURL):
        return InvalidInput(f"{path}: the URL of the platform cannot be used")
    if (cause := _os_error(error)) is not None and cause.errno in _NO_FILE_LEFT:
        where["unsent"] = True
        return ConnectFailed(
            f"{path}: this process cannot open more files or connections ({cause.strerror}): "
            "raise its limit (ulimit -n), or lower Pool.size",
            **where,
        )
    if isinstance(error, aiohttp.ClientConnectorCertificateError):
        where["unsent"] = True
        why = getattr(error.certificate_error, "verify_message", "") or type(error.certificate_error).__name__
        return CertificateRefused(
            f"{path}: the certificate of {host} is not trusted ({why}): if it is signed by a CA of your own, give its "
            "file (Pool(ca_file=...), --ca-file, NAVIXY_CA_FILE or SSL_CERT_FILE)",
            **where,
        )
    if isinstance(error, aiohttp.ClientHttpProxyError) and request.proxy is not None:
        where["unsent"] = True
        wants = ": give its name and password in its URL" if error.status == 407 else ""
        return ConnectFailed(
            f"{path}: the proxy {request.proxy.url} refuses to connect to {host} (HTTP {error.status}){wants}", **where
        )
    if isinstance(error, aiohttp.ClientConnectorError | aiohttp.ConnectionTimeoutError):
        where["unsent"] = True
        if request.proxy is not None and isinstance(error, _TO_PROXY):
            host = f"the proxy {request.proxy.url}"
        return ConnectFailed(f"{path}: cannot connect to {host}: {_why_no_connection(error)}", **where)
    if isinstance(error, TimeoutError):
        return AttemptTimedOut(f"{path}: {host} did not answer in time", **where)
    if isinstance(error, BrokenBody):
        return UnreadableAnswer(f"{path}: the answer of {host} is unreadable: {error}", **where)
    if isinstance(error, aiohttp.ClientPayloadError):
        return UnreadableAnswer(f"{path}: the answer of {host} was cut short{_framing(error)}", **where)
    if isinstance(error, aiohttp.ClientResponseError | ValueError):
        return UnreadableAnswer(f"{path}: {host} did not answer in HTTP{_header_fault(error)}", **where)
    if isinstance(error, aiohttp.ClientError | OSError):
        return ConnectionLost(f"{path}: the connection to {host} broke ({type(error).__name__})", **where)
    log.error("%s: reading the answer of %s failed with %s", path, host, type(error).__name__)
    return UnreadableAnswer(f"{path}: the answer of {host} could not be read ({type(error).__name__})", **where)


def _os_error(error: Exception) -> OSError | None:
    if isinstance(error, aiohttp.ClientConnectorCertificateError):
        return None  # before 3.14, aiohttp makes it without one
    if isinstance(error, aiohttp.ClientConnectorError):
        return error.os_error
    return error if isinstance(error, OSError) else None


def _why_no_connection(error: Exception) -> str:
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return "its name cannot be resolved"
    if isinstance(error, aiohttp.ClientConnectorError):
        secured = "the TLS handshake failed: " if isinstance(error, aiohttp.ClientSSLError) else ""
        return f"{secured}{error.os_error}"
    return "no answer in time"


def _framing(error: Exception) -> str:
    """Why the body is incomplete, by the class that aiohttp names in its message."""
    text = f"{error!r} {error.__cause__!r}"
    if "TransferEncodingError" in text:
        return ": its chunks are broken, or end too early"
    if "ContentLengthError" in text:
        return ": fewer bytes than announced"
    return ""


def _header_fault(error: Exception) -> str:
    """What is wrong with the head of the answer, from the parser's message; the server's own text is left out."""
    text = str(getattr(error, "message", ""))
    if text.startswith("Got more than"):
        return ": a line of its head is too long"
    if text.startswith("Too many headers"):
        return ": it has too many headers"
    lowered = text.lower()
    for word in ("content-length", "transfer-encoding", "chunk", "status", "header"):
        if word in lowered:
            return f": its {word} is broken"
    return ""
