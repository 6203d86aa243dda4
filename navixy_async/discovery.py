"""Finds the interface of a platform by trying: ``Navixy.discover``.

An installation on premises serves its interface below ``https://host/api``, at ``https://api.host`` with or without
``/v2``, or below the ``/api-v2`` of its web host. Each possible base is asked once for what anybody may read, without a
credential; a host that does not answer like the platform never sees one.
"""

from __future__ import annotations

import asyncio
import logging
from ipaddress import ip_address
from time import monotonic
from typing import Any, Literal, NamedTuple, TypeAlias

import msgspec
from aiohttp import ClientSession
from yarl import URL

from .codes import BACKEND
from .errors import (
    AnswerTooLarge,
    ApiError,
    ConnectFailed,
    ConnectionLost,
    DiscoveryError,
    InvalidInput,
    NavixyError,
    ServerFault,
    UnexpectedRedirect,
    UnknownAction,
    UnreadableAnswer,
)
from .limits import Limiter
from .observe.events import Observer
from .operations import Operation, Replay
from .requester import Requester
from .sessions import FixedSource
from .settings import (
    HOSTED_ONLY,
    BaseUrl,
    Limits,
    Pool,
    Retries,
    Timeouts,
    UrlParts,
    check_seconds,
    is_page_path,
    is_region_host,
    split_url,
)
from .transport.answer import Answer
from .transport.pipeline import Pipeline

log = logging.getLogger("navixy_async")

ONE_PROBE = 10.0
"""Seconds that one probe may take."""
HEAD_START = 1.0
"""Seconds by which the most likely prefix is ahead: how long it is asked alone, and how long it is still waited for."""
_RETRIES = Retries(attempts=1, refusals=3)
"""The pipeline does not repeat probes: to it, every strange answer is passing trouble."""
_LARGEST_ANSWER = 1_000_000
"""The most bytes to read of an answer: a stranger may send without end."""
_DEALER_NOT_FOUND = 12
_MOST_ORIGINS = 5
_MOST_BASES = 24
"""The most requests of one discovery, wherever it is redirected to."""
_PREFIXES = ("/v2", "/api", "/api/v2", "/api-v2", "")
"""Where an interface may be, the documented ones first."""

_PROBE: Operation[Any] = Operation("dealer/get_ui_config", dict, replay=Replay.READ, session="none")
"""What anybody may read: the name, the maps and the limits of the platform."""
_HOSTED_PROBES: dict[str, Operation[Any]] = {
    "dwh": Operation("tracker/raw_data/get_inputs", dict, api="dwh", replay=Replay.READ, session="none"),
    "eco_fleet": Operation(
        "trackers/1/sensors/1/quality", dict, api="eco_fleet", method="GET", replay=Replay.READ, session="none"
    ),
}
"""An action that an existing interface refuses for want of a credential."""
_REQUESTER = Requester(FixedSource(None, key="discovery"), "discovery")

Evidence: TypeAlias = Literal["certain", "likely", "none", "unclear"]
"""Whether an answer is the platform's: it knew the action; it spoke as the platform does; neither; or the server had
trouble of its own."""


class Found(NamedTuple):
    """A platform that answered, and the limiter that counted the calls to its host."""

    base_url: BaseUrl
    limiter: Limiter | None


class Remark(NamedTuple):
    """What an origin answered below one prefix; ``path`` is None if it goes for all of them."""

    origin: str
    path: str | None
    what: str


class ProbeSettings(NamedTuple):
    """How probes are sent: as the calls of the client will be."""

    limits: Limits
    timeouts: Timeouts
    pool: Pool
    observer: Observer | None
    session: ClientSession | None
    addresses: tuple[str | None, ...]

    def limiter(self, host: str) -> Limiter:
        """A limiter for one host."""
        return Limiter(self.limits, host=host, local_addrs=self.addresses)

    def pipeline(self, base_url: BaseUrl, limiter: Limiter) -> Pipeline:
        """The pipeline for probes to one origin: impatient, and for small answers only."""
        wait = self.timeouts
        return Pipeline(
            base_url,
            limiter,
            timeouts=Timeouts(
                total=ONE_PROBE,
                attempt=min(wait.attempt, ONE_PROBE),
                connect=min(wait.connect, ONE_PROBE),
                read=min(wait.read, ONE_PROBE),
                close=wait.close,
            ),
            retries=_RETRIES,
            pool=msgspec.structs.replace(self.pool, largest_answer=min(self.pool.largest_answer, _LARGEST_ANSWER)),
            observer=self.observer,
            addresses=self.addresses,
            session=self.session,
        )


class Discovery:
    """One search for a platform.

    Args:
        url: what is known: a host, with or without scheme, port and path; or a region.
        settings: how probes are sent.
        timeout: seconds for everything.

    Raises:
        InvalidInput: `url` does not name a host that could be a platform's.
    """

    def __init__(self, url: str, settings: ProbeSettings, timeout: float) -> None:
        self._given = _read(url)
        self._settings = settings
        self._until = monotonic() + check_seconds("timeout", timeout)
        self._limiters: dict[str, Limiter] = {}
        self._queue: list[tuple[UrlParts, list[str]]] = []
        """Origins to ask, each with its prefixes."""
        self._queued: dict[str, int] = {}
        """Bases that were ever queued, numbered in that order."""
        self._origins: set[str] = set()
        self._remarks: list[Remark] = []

    async def run(self) -> Found:
        """The platform's base.

        Raises:
            DiscoveryError: nothing answered like the platform; the message says who answered what.
        """
        given = self._given
        if isinstance(given, BaseUrl):
            return Found(given, None)
        self._add(given, "" if is_page_path(given.path) else given.path)
        api_host = _api_host(given)
        while self._queue:
            found = await self._search(*self._queue.pop(0))
            if found is not None:
                host = split_url(found.base_url.url).host
                if host not in (given.host, api_host and api_host.host):
                    log.warning("%s leads to %s: that is where credentials will be sent", given.host, host)
                return found
            if not self._queue and api_host is not None and api_host.origin not in self._origins:
                self._add(api_host, "")
        raise DiscoveryError(f"no Navixy platform was found: {self._summary()}")

    def _add(self, parts: UrlParts, prefix: str) -> None:
        """Search an origin as well: below `prefix` first, and then below all others."""
        known = parts.origin in self._origins
        if not known and len(self._origins) >= _MOST_ORIGINS:
            return
        self._origins.add(parts.origin)
        prefixes = (prefix, *_PREFIXES) if prefix else _PREFIXES
        new = [path for path in dict.fromkeys(prefixes) if parts.origin + path not in self._queued]
        if known:
            new = [path for path in new if path == prefix]
        new = new[: _MOST_BASES - len(self._queued)]
        self._queued.update({parts.origin + path: len(self._queued) + at for at, path in enumerate(new)})
        if new:
            self._queue.append((parts, new))

    async def _search(self, parts: UrlParts, prefixes: list[str]) -> Found | None:
        limiter = self._limiters.get(parts.netloc) or self._settings.limiter(parts.netloc)
        self._limiters[parts.netloc] = limiter
        pipeline = self._settings.pipeline(BaseUrl(parts.origin), limiter)
        pipeline.open()
        try:
            path = await self._find_prefix(pipeline, parts, prefixes)
            if path is None:
                return None
            base_url = BaseUrl.parse(parts.origin + path)
            if not base_url.without:
                base_url = BaseUrl(base_url.url, await self._missing(pipeline, base_url))
            return Found(base_url, limiter)
        finally:
            await pipeline.close()

    async def _find_prefix(self, pipeline: Pipeline, parts: UrlParts, prefixes: list[str]) -> str | None:
        """The prefix below which the platform answers; the first one is asked alone for a moment, then all others."""
        evidence: dict[str, Evidence] = {}

        async def ask(path: str) -> None:
            evidence[path] = await self._probe(pipeline, parts, path)

        first, *others = prefixes
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(ask(first))]
            await asyncio.wait(tasks, timeout=HEAD_START)
            if evidence.get(first) != "certain" and not self._is_settled(parts):
                tasks += [group.create_task(ask(path)) for path in others]
            await _first_certain(tasks, evidence)
        unclear = [path for path in prefixes if evidence.get(path) == "unclear"]
        if "certain" not in evidence.values():  # passing trouble must not hide a platform
            async with asyncio.TaskGroup() as group:
                for path in unclear:
                    group.create_task(ask(path))
        for path in prefixes:
            if evidence.get(path) == "certain":
                return path
        likely = [path for path in prefixes if evidence.get(path) == "likely"]
        # A host that refuses everything below a prefix refuses longer ones, too; but a given prefix is tried.
        given = "" if isinstance(self._given, BaseUrl) else self._given.path
        return min(likely, key=lambda path: (path != given, len(path)), default=None)

    def _is_settled(self, parts: UrlParts) -> bool:
        """Whether something was found out that goes for the whole origin, so that nothing more need be asked there."""
        return any(remark.origin == parts.origin and remark.path is None for remark in self._remarks)

    async def _probe(self, pipeline: Pipeline, parts: UrlParts, path: str) -> Evidence:
        def remark(what: str, evidence: Evidence = "none", *, everywhere: bool = False) -> Evidence:
            self._remarks.append(Remark(parts.origin, None if everywhere else path, what))
            return evidence

        remaining = self._until - monotonic()
        if remaining <= 0:
            return remark("was not asked, because time ran out")
        try:
            url = _url(f"{parts.origin}{path}/{_PROBE.path}")
            params, timeout = {"domain": parts.host}, min(remaining, ONE_PROBE)
            evidence = await pipeline.send(_PROBE, params, _evidence_of, _REQUESTER, timeout=timeout, url=url)
        except UnexpectedRedirect as error:
            target = None if error.location is None else _parts(error.location)
            if target is None:
                return remark("redirects, but not to a usable URL")
            refused = _refuse_redirect(parts, target)
            if refused:
                return remark(f"redirects to {target.origin}: {refused}")
            below, action, rest = target.path.rpartition(f"/{_PROBE.path}")
            self._add(target, below if action and not rest else "")
            moved = target.host == parts.host and target.scheme != parts.scheme
            return remark(f"redirects to {target.origin}", everywhere=moved)
        except UnknownAction:
            return remark("answers like the platform, but not under this prefix")
        except ApiError as error:
            if _is_documented(error):
                return "certain" if error.code == _DEALER_NOT_FOUND else "likely"
            passing: Evidence = "unclear" if error.http_status >= 500 else "none"
            return remark(f"answers HTTP {error.http_status}, and not like the platform", passing)
        except ConnectFailed as error:
            return remark(_reason(error), everywhere=True)
        except AnswerTooLarge:
            return remark("sends more than a platform would")
        except UnreadableAnswer as error:
            status = error.http_status
            return remark(_reason(error) if status is None else f"answers HTTP {status}, but not with JSON")
        except ConnectionLost as error:
            return remark(_reason(error), "unclear")
        except NavixyError as error:
            return remark(_reason(error))
        return remark("answers with JSON that is not the platform's") if evidence == "none" else evidence

    async def _missing(self, pipeline: Pipeline, base_url: BaseUrl) -> tuple[str, ...]:
        """The interfaces of the hosted platforms that are certainly not at `base_url`."""
        missing: set[str] = set()

        async def ask(api: str) -> None:
            probe = _HOSTED_PROBES[api]
            url = URL(f"{base_url.of(api)}/{probe.path}")
            timeout = min(max(self._until - monotonic(), 0.001), ONE_PROBE)
            try:
                await pipeline.send(probe, None, _ignore, _REQUESTER, timeout=timeout, url=url)
            except ServerFault:
                return  # unknown, so nothing is refused
            except ApiError as error:
                if error.http_status in (401, 403, 429) or (error.from_platform and not error.code):
                    return
            except (UnreadableAnswer, UnexpectedRedirect):
                pass
            except NavixyError:
                return
            missing.add(api)

        async with asyncio.TaskGroup() as group:
            for api in HOSTED_ONLY:
                group.create_task(ask(api))
        return tuple(api for api in HOSTED_ONLY if api in missing)

    def _summary(self) -> str:
        """Who answered what, in one sentence."""
        prefixes: dict[tuple[str, str], list[str]] = {}
        for remark in sorted(self._remarks, key=lambda one: self._queued.get(f"{one.origin}{one.path or ''}", 0)):
            below = prefixes.setdefault((remark.origin, remark.what), [])
            if remark.path is not None and (remark.path or "/") not in below:
                below.append(remark.path or "/")
        return "; ".join(
            f"{origin} ({', '.join(below)}): {what}" if below else f"{origin}: {what}"
            for (origin, what), below in prefixes.items()
        )


async def _first_certain(tasks: list[asyncio.Task[None]], evidence: dict[str, Evidence]) -> None:
    """Wait until all probes have ended; once one is certain, only for a moment more, and then cancel the others."""
    pending = set(tasks)
    while pending and "certain" not in evidence.values():
        _, pending = await asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED)
    if pending:
        await asyncio.wait(pending, timeout=HEAD_START)
    for task in pending:
        task.cancel()


def _read(url: str) -> BaseUrl | UrlParts:
    """What is known about a platform: its base for certain, or where to look for it."""
    if not isinstance(url, str) or not url.strip():
        return BaseUrl.parse(url)
    text = url.strip()
    if "://" not in text and ("." in text or ":" in text):
        text = f"https://{text}"
    if "://" not in text:
        return BaseUrl.parse(text)
    parts = split_url(text)
    if is_region_host(parts.host) or parts.host == "navixy.com" or parts.host.endswith(".navixy.com"):
        return BaseUrl.parse(f"https://{parts.netloc}/v2")
    return parts


def _api_host(parts: UrlParts) -> UrlParts | None:
    """``api.host`` of a host that has a name, if it is not that already."""
    try:
        ip_address(parts.host.partition("%")[0])
    except ValueError:
        if parts.host.startswith("api."):
            return None
        host = f"api.{parts.host.removeprefix('www.')}"
        return UrlParts(parts.scheme, host, parts.netloc.replace(parts.host, host, 1), "")
    return None


def _evidence_of(answer: Answer) -> Evidence:
    """Whether a successful answer is the platform's."""
    found = msgspec.json.decode(answer.body)
    if not isinstance(found, dict) or found.get("success") is not True:
        return "none"
    return "certain" if isinstance(found.get("settings"), dict) or isinstance(found.get("dealer"), dict) else "none"


def _is_documented(error: ApiError) -> bool:
    """Whether a refusal is the platform's own: its envelope with one of its codes and a text."""
    foreign = "code" in error.extra or "error" in error.extra
    return error.from_platform and error.code in BACKEND and bool(error.description) and not foreign


def _refuse_redirect(source: UrlParts, target: UrlParts) -> str:
    """Why a redirect is not followed; empty if it is.

    Anybody on the way can answer a plain request with any redirect, so only an encrypted one may name another host.
    """
    if target.is_exposed and not source.is_exposed:
        return "that is not encrypted, and is not followed"
    related = f".{target.host}".endswith(f".{source.host}") or source.host.endswith(f".{target.host}")
    if source.is_exposed and not related:
        return "that is another host, named by an answer that was not encrypted; give its URL if you trust it"
    return ""


def _url(text: str) -> URL:
    try:
        return URL(text)
    except (ValueError, TypeError) as error:
        raise InvalidInput(f"is not a usable URL ({error})") from None


def _parts(location: str) -> UrlParts | None:
    try:
        return split_url(location)
    except InvalidInput:
        return None


def _reason(error: NavixyError) -> str:
    return str(error).removeprefix(f"{_PROBE.path}: ")


def _ignore(_answer: Answer) -> None:
    return None
