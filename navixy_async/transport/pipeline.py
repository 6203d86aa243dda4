"""A call from its parameters to its value: retry ∘ limiter ∘ attempt.

Retry wraps the limiter, so each attempt queues again, and no connection is held while anything waits. One deadline
covers the queue, the attempts and the waits between them.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from time import monotonic
from typing import TYPE_CHECKING, Any, TypeVar

import aiohttp
import msgspec
from yarl import URL

from ..errors import (
    ApiError,
    AttemptTimedOut,
    ClientClosed,
    DeadlineExceeded,
    DecodeFailed,
    Handling,
    InvalidInput,
    NavixyError,
    RateLimited,
    ServerFault,
    TransportError,
    UnknownAction,
    UnreadableAnswer,
)
from ..limits.action_limits import ACTION_LIMITS, ActionLimiter
from ..limits.protocol import Admission
from ..masking import Mask, Secret, secrets_in, without_frames
from ..observe.events import Event, Observer, Refused, RequestFinished, Retrying
from ..operations import Operation, Replay, check_path
from ..requester import Requester
from ..retry.budget import RetryBudget
from ..retry.policy import CallRetries
from ..sessions import CredentialSource
from ..settings import HOSTED_ONLY, BaseUrl, Pool, Retries, Timeouts, check_seconds
from .answer import Answer
from .attempt import Request, SizeLimits, send_once
from .encoding import encode_params, encode_query, fill_path
from .envelope import read_failure
from .http_sessions import HttpSessions
from .lifetime import CLOSED, CLOSED_UNDER_WAY, Lifetime
from .older_platforms import with_age_hint
from .unread import done_but_unread, is_unread_write

if TYPE_CHECKING:
    from .downloads import FileSink

T = TypeVar("T")
E = TypeVar("E", bound=NavixyError)

log = logging.getLogger("navixy_async")


_MOST_URLS = 1000
"""URLs that are kept; there are 493 documented actions."""


class Pipeline:
    """Sends calls of every account to one platform."""

    def __init__(
        self,
        base_url: BaseUrl,
        admission: Admission,
        *,
        timeouts: Timeouts,
        retries: Retries,
        pool: Pool,
        observer: Observer | None = None,
        addresses: Sequence[str | None] = (None,),
        session: aiohttp.ClientSession | None = None,
        strict: bool = False,
    ) -> None:
        self._base_url = base_url
        self.admission = admission
        self.timeouts = timeouts
        self.retries = retries
        self.observer = observer
        self.borrowed = session is not None
        self.strict = strict
        """Whether an answer with a member that is not of its documented type is refused."""
        self.size_limits = SizeLimits(pool.largest_answer, pool.largest_error)
        self.http_sessions = HttpSessions(
            pool, timeouts, addresses=addresses, borrowed=session, encrypted=base_url.url.startswith("https:")
        )
        self._urls: dict[tuple[str, str], URL] = {}
        self.lifetime = Lifetime()
        self._action_limiter = ActionLimiter()
        self.budget = RetryBudget(retries.budget)

    def open(self) -> None:
        """Make the HTTP sessions, on the running loop."""
        self.lifetime.begin()
        self.http_sessions.open()

    async def close(self) -> None:
        """Refuse further calls, wake those under way with ClientClosed, and close the connections."""
        self.lifetime.end()
        await self.http_sessions.close()

    async def send(
        self,
        operation: Operation[Any],
        params: Mapping[str, Any] | Secret[Any] | None,
        decode: Callable[[Answer], T],
        requester: Requester,
        *,
        timeout: float | None,
        sink: FileSink | None = None,
        url: URL | None = None,
    ) -> T:
        """Send one call until it succeeds, fails for good, or its time is over.

        Args:
            operation: the action.
            params: its parameters by wire name; wrapped where they are a secret.
            decode: makes the value from a successful answer.
            requester: who asks, and with whose hash.
            timeout: seconds for everything; ``None`` for the settings' total.
            sink: where a file answer goes, if not into memory.
            url: where to send it, if not to the platform's own address of the action.

        Raises:
            DeadlineExceeded: the time is over, or would be before a free slot (RateLimitWaitTooLong).
            TransportError: no usable answer, after the retries that the operation allows.
            ApiError: the platform refused.
            DecodeFailed: the answer does not have the documented shape.
            DoneButUnreadError: a write was done, but its answer could not be read.
        """
        # From here on they are in no variable of a frame: whatever is raised below may be printed with its locals.
        given = params if isinstance(params, Secret) else Secret(params)
        del params
        call = _Call(self, operation, requester, self._deadline(timeout), params=given)
        request = self._prepare(operation, given, url)
        if isinstance(request, InvalidInput):
            raise request
        request.sink, request.is_write = sink, operation.replay is not Replay.READ
        call.request = request
        request.refusal_means_busy = call.refusal_means_busy
        task = self.lifetime.enter()
        try:
            if operation.cap is None:
                value = await self._repeat(call, request, decode)
            else:
                value = await self._repeat_within(operation.cap, call, request, decode)
        except BaseException as error:
            if self.lifetime.leave(task, error):
                raise ClientClosed(CLOSED_UNDER_WAY) from None
            raise
        self.lifetime.leave(task, None)
        return value

    async def _repeat(self, call: _Call, request: Request, decode: Callable[[Answer], T]) -> T:
        while True:
            try:
                return decode(await call.attempt(request))
            except (TransportError, ApiError, DecodeFailed, msgspec.MsgspecError, RecursionError, ValueError) as error:
                if isinstance(error, InvalidInput):
                    raise
                failure = call.translate(error)
            # Out here, so that what is raised instead does not carry a decoder's frames with the body in them.
            await call.recover(failure)

    async def _repeat_within(self, limit: str, call: _Call, request: Request, decode: Callable[[Answer], T]) -> T:
        counted_by = ACTION_LIMITS[limit].counted_by
        subject = "" if counted_by is None else (call.params.reveal() or {}).get(counted_by, "")
        async with self._action_limiter.hold(limit, call.source.key, call.deadline, subject=subject):
            return await self._repeat(call, request, decode)

    def _prepare(self, operation: Operation[Any], params: Secret[Any], url: URL | None) -> Request | InvalidInput:
        try:
            return self._request(operation, params.reveal(), url)
        except InvalidInput as error:
            return without_frames(error)

    def _deadline(self, timeout: float | None) -> float | None:
        seconds = self.timeouts.total if timeout is None else check_seconds("timeout", timeout)
        return None if seconds is None else monotonic() + seconds

    @asynccontextmanager
    async def hold(self, limit: str, source: CredentialSource, timeout: float | None) -> AsyncIterator[None]:
        """Keep an action's limit for the whole of a longer work; the calls in it go straight through."""
        async with self._action_limiter.hold(limit, source.key, self._deadline(timeout)):
            yield

    def _request(self, operation: Operation[Any], params: Mapping[str, Any] | None, url: URL | None) -> Request:
        path, rest, is_elsewhere = operation.path, params, url is not None
        if "{" in path:
            path, rest = fill_path(path, params or {})
        if url is None:
            url = self._urls.get((operation.api, path))
        if url is None:
            url = URL(f"{self._base_url.of(operation.api)}/{check_path(path)}")
            if "{" not in operation.path and len(self._urls) < _MOST_URLS:
                self._urls[operation.api, path] = url
        in_query = operation.method == "GET" or operation.encoding == "query"
        query = rest if in_query else None
        if operation.query and not in_query and rest:
            query = {name: value for name, value in rest.items() if name in operation.query}
            rest = {name: value for name, value in rest.items() if name not in operation.query}
        form = None
        if operation.encoding == "multipart":
            from .forms import UploadForm  # noqa: PLC0415 - most programs never upload a file

            form = UploadForm(rest or {}, operation.path, operation.api)
        return Request(
            method=operation.method,
            url=url,
            body=None if in_query or form is not None else encode_params(rest, operation.api),
            operation=operation.path,
            headers=self.http_sessions.headers,
            query=encode_query(query, operation.api) if query else None,
            form=form,
            proxy=self.http_sessions.proxies.find(url),
            ssl_context=self.http_sessions.ssl_context_for(url) if is_elsewhere else None,
        )

    def with_url_hint(self, failure: E, api: str) -> E:
        """`failure`, with a hint on the URL if something other than the interface seems to answer there."""
        hint = self._base_url.hint_for(api)
        foreign = isinstance(failure, ApiError) and not failure.from_platform and failure.http_status in (404, 405)
        unknown = isinstance(failure, UnknownAction) and api in HOSTED_ONLY
        if isinstance(failure, ApiError) and hint and (foreign or unknown):
            failure.description = f"{failure.description or 'there is nothing'}; {hint}"
            failure.args = (failure.code, failure.description)
        elif isinstance(failure, UnreadableAnswer) and hint and failure.http_status == 200:
            failure.args = (f"{failure}; {hint}",)
        return failure

    def emit(self, event: Event) -> None:
        """Hand `event` to the observer; an exception of the observer is logged and goes no further."""
        if self.observer is not None:
            try:
                self.observer(event)
            except Exception:
                log.exception("the observer failed on %s", type(event).__name__)


class _Call:
    """The state of one call over its attempts."""

    __slots__ = (
        "attempts",
        "deadline",
        "logins",
        "no_session",
        "operation",
        "params",
        "pipeline",
        "refusal_means_busy",
        "refusals",
        "request",
        "requester",
        "retries",
        "source",
        "used_hash",
    )

    def __init__(
        self,
        pipeline: Pipeline,
        operation: Operation[Any],
        requester: Requester,
        deadline: float | None,
        *,
        params: Secret[Any],
    ) -> None:
        self.params = params
        self.pipeline = pipeline
        self.operation = operation
        self.requester = requester
        self.source = requester.source
        self.deadline = deadline
        self.attempts = 0
        # Repeats that cost no retry, because the server did no work for them.
        self.refusals = 0
        self.logins = 0
        self.no_session: NavixyError | None = None
        """Why there was no session to send with."""
        self.retries: CallRetries | None = None
        self.request: Request
        self.used_hash: Secret[str] | None = None
        # For reports and imports code 15 says that one is under way, and nothing about the request rate.
        self.refusal_means_busy = operation.cap is not None and ACTION_LIMITS[operation.cap].refusal_means_busy

    def remaining(self) -> float | None:
        """Seconds until the deadline; ``None`` if there is none."""
        return None if self.deadline is None else self.deadline - monotonic()

    async def attempt(self, request: Request) -> Answer:
        """Queue, send once, and return a successful answer; everything else is raised."""
        pipeline, operation = self.pipeline, self.operation
        pipeline.lifetime.check(operation.path)
        if operation.session != "none":
            self.used_hash = self.source.ready or await self._log_in()
            request.credential = self.used_hash
        try:
            permit = await pipeline.admission.acquire(self.requester, deadline=self.deadline, front=self.refusals > 0)
        except DeadlineExceeded as error:
            error.operation, error.attempts = operation.path, self.attempts
            raise
        if pipeline.lifetime.is_over:
            permit.unsent()
            raise ClientClosed(CLOSED)
        self.attempts += 1
        answer: Answer | None = None
        failure: NavixyError | None
        started = monotonic()
        try:
            answer = await send_once(
                pipeline.http_sessions.get(permit.local_addr),
                request,
                permit,
                size_limits=pipeline.size_limits,
                timeout=self._timeout(started),
            )
            failure = read_failure(operation, answer, self.attempts, self._clean)
            if failure is not None:
                failure = with_age_hint(pipeline.with_url_hint(failure, operation.api), self.params)
        except TransportError as error:
            error.attempts = self.attempts
            failure = error
        if isinstance(failure, RateLimited) and not self.refusal_means_busy:
            permit.refused(failure.retry_after)
        if pipeline.observer is not None:
            self._report(answer, failure, permit.waited, monotonic() - started)
        if answer is None or failure is not None:
            del answer  # what it says is printed with the locals of this frame
            raise failure or UnreadableAnswer(f"{operation.path}: no answer")
        if answer.disposition is not None:
            answer.disposition = self._mask().text(answer.disposition)
        pipeline.budget.repay(0 if self.retries is None else self.retries.spent, self.source.key)
        return answer

    @property
    def _repeats_updates(self) -> bool:
        """Whether an update that sets a state may be sent again though the first may have been done."""
        return self.requester.repeat_updates and not self.operation.device

    async def _log_in(self) -> Secret[str] | None:
        try:
            return await self.source.hash(self.deadline)
        except NavixyError as error:
            self.no_session = error
            raise

    def _clean(self, said: Any) -> Any:
        return self._mask().clean(said)

    def _mask(self) -> Mask:
        """Masks every secret that was sent; made only when an answer may repeat one."""
        return Mask((self.used_hash, *self.source.secrets, *secrets_in(self.params)))

    async def recover(self, failure: TransportError | ApiError | DecodeFailed) -> None:
        """Return when the call may be sent again; raise `failure` if it may not."""
        if failure is self.no_session:
            raise failure  # a login has attempts of its own, then rests for everybody who waits
        if isinstance(failure, ApiError) or not is_unread_write(self.operation, failure):
            return await self._recover(failure)
        # What was done is never sent again; what may have been done is, if the caller asked for that.
        answered = b"" if self.request.answered is None else self.request.answered.reveal()
        unread = done_but_unread(self.operation, failure, answered, self.attempts, self._mask())
        if unread.is_certain or isinstance(failure, DecodeFailed) or not self._repeats_updates:
            raise unread
        try:
            return await self._recover(failure)
        except (TransportError, DeadlineExceeded):
            pass
        raise unread

    async def _recover(self, failure: TransportError | ApiError | DecodeFailed) -> None:
        if isinstance(failure, DecodeFailed) or (self.request.form is not None and not self.request.form.repeatable):
            raise failure
        handling = failure.handling if isinstance(failure, ApiError) else None
        if handling is Handling.THROTTLE and self.refusal_means_busy:
            raise failure
        if handling is Handling.THROTTLE:
            # The limiter knows, and delays the next attempt; the server did nothing, so a write may be repeated.
            retry_after = failure.retry_after if isinstance(failure, RateLimited) else None
            self.pipeline.emit(
                Refused(
                    account=self.requester.label,
                    operation=self.operation.path,
                    lane=self.requester.lane,
                    retry_after=retry_after,
                )
            )
            self.refusals += 1
            if self.refusals > self.pipeline.retries.refusals:
                raise failure
            return
        if handling is Handling.LOGIN:
            if not self.source.can_renew or self.logins:
                raise failure
            self.logins += 1
            if await self.source.renew(self.used_hash, self.deadline):
                return
            raise failure
        await self._wait_or_raise(failure)

    async def _wait_or_raise(self, failure: TransportError | ApiError) -> None:
        remaining = self.remaining()
        if remaining is not None and remaining <= 0 and isinstance(failure, AttemptTimedOut):
            raise DeadlineExceeded(
                f"{self.operation.path}: time ran out after {self.attempts} attempt{'' if self.attempts == 1 else 's'}",
                operation=self.operation.path,
                attempts=self.attempts,
            )
        if self.retries is None:
            self.retries = CallRetries(self.pipeline.retries, self.pipeline.budget, key=self.source.key)
        again = self.retries.decide(
            failure,
            replay=self.operation.replay,
            attempt=self.attempts - self.refusals - self.logins,
            retry_after=failure.retry_after if isinstance(failure, ServerFault) else None,
            remaining=remaining,
            repeat_updates=self._repeats_updates,
        )
        if again is None:
            raise failure
        log.debug("%s failed (%s), again in %.2f s", self.operation.path, type(failure).__name__, again.wait)
        self.pipeline.emit(
            Retrying(
                account=self.requester.label,
                operation=self.operation.path,
                attempt=self.attempts,
                wait=again.wait,
                cause=type(failure).__name__,
            )
        )
        if again.wait:
            await asyncio.sleep(again.wait)

    def translate(self, error: Exception) -> TransportError | ApiError | DecodeFailed:
        """`error` as an error of this package, without what a decoder may have quoted."""
        if isinstance(error, DecodeFailed):
            return without_frames(self._mask().error(error, error.operation))
        if isinstance(error, TransportError | ApiError):
            return error
        said = self._mask().text(str(error))
        if not isinstance(error, msgspec.DecodeError) or isinstance(error, msgspec.ValidationError):
            return DecodeFailed(
                f"{self.operation.path}: {said}; read it undecoded with call_bytes() and please report it",
                operation=self.operation.path,
            )
        return UnreadableAnswer(
            f"{self.operation.path}: the answer is cut short or not JSON ({said})",
            operation=self.operation.path,
            attempts=self.attempts,
            http_status=200,
        )

    def _timeout(self, now: float) -> aiohttp.ClientTimeout | None:
        """The time-outs of this attempt: the session's own, unless the deadline is nearer."""
        limit = self.pipeline.timeouts.attempt
        if self.deadline is not None and self.deadline - now < limit:
            return self.pipeline.http_sessions.timeout(max(self.deadline - now, 0.001))
        return self.pipeline.http_sessions.timeout(limit) if self.pipeline.borrowed else None

    def _report(self, answer: Answer | None, failure: NavixyError | None, queued: float, seconds: float) -> None:
        self.pipeline.emit(
            RequestFinished(
                account=self.requester.label,
                operation=self.operation.path,
                lane=self.requester.lane,
                attempt=self.attempts,
                http_status=None if answer is None else answer.status,
                code=failure.code if isinstance(failure, ApiError) else None,
                queued=queued,
                seconds=seconds,
                size=0 if answer is None else len(answer.body),
            )
        )
