"""Faults on demand: what goes wrong, for which requests, and how often."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase
from random import Random
from typing import Literal, TypeAlias

FaultKind: TypeAlias = Literal[
    "latency",
    "throttle",
    "unavailable",
    "unavailable_html",
    "server_error",
    "reset_before",
    "reset_after",
    "cut",
    "cut_chunked",
    "not_json",
    "empty",
    "drip",
    "session_ended",
    "error_in_200",
    "redirect",
    "stale",
    "too_large",
]

BEFORE = frozenset({"throttle", "unavailable", "unavailable_html", "server_error", "reset_before", "redirect"})
BEFORE |= frozenset({"session_ended", "error_in_200", "too_large"})
"""Faults that answer instead of the handler: the action is not executed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Fault:
    """One thing that goes wrong.

    =================  ==========================================================================================
    kind               what the client meets
    =================  ==========================================================================================
    latency            the answer comes `seconds` later; the request was counted and executed in time
    throttle           429 with code 15; `retry_after` is sent as given
    unavailable        503 with code `code` (8 if 0; 14 is the other documented one)
    unavailable_html   503 from a proxy, with an HTML body
    server_error       500 with code `code` (1 if 0; 6 is the other documented one)
    reset_before       connection reset, nothing was executed
    reset_after        connection reset, the action was executed
    cut                a body shorter than its Content-Length, then the connection closes
    cut_chunked        a chunked body without its last chunk
    not_json           HTTP 200 with a page of text
    empty              HTTP 200 without a body
    drip               the body comes bit by bit, over `seconds`
    session_ended      the session really ends; code 4 (an API key only gets the answer)
    error_in_200       HTTP 200 whose body says `success: false` with `code` (6 if 0)
    redirect           302 to `location`
    stale              a kept-alive connection is closed when its next request comes, before the platform sees it:
                       nothing is counted or executed; first requests of connections pass
    too_large          413
    =================  ==========================================================================================
    """

    kind: FaultKind
    path: str = "*"
    """Action or pattern: ``track/read``, ``history/*``."""
    times: int | None = 1
    """How many requests it hits; ``None`` for no end."""
    skip: int = 0
    """How many matching requests pass before that."""
    probability: float = 1.0
    account: int | None = None
    """Only requests of this account (its id)."""
    seconds: float = 0.2
    code: int = 0
    retry_after: str | None = None
    location: str = "http://127.0.0.1:9/stolen"

    def __post_init__(self) -> None:
        if not 0 < self.probability <= 1:
            raise ValueError("the probability of a fault must be above 0 and at most 1")


class Faults:
    """The active faults, in the order in which they were added; the first that matches hits a request."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)
        self._active: list[_ActiveFault] = []

    def add(self, fault: Fault) -> Fault:
        self._active.append(_ActiveFault(fault, fault.skip, fault.times))
        return fault

    def clear(self) -> None:
        self._active.clear()

    def struck(self, fault: Fault) -> int:
        """How many requests `fault` has hit so far."""
        return sum(standing.hits for standing in self._active if standing.fault is fault)

    def take(self, path: str, account: int | None, *, unseen: bool = False) -> Fault | None:
        """The fault that hits this request, if any; with `unseen` only one that the platform does not see."""
        for standing in self._active:
            fault = standing.fault
            if standing.left == 0 or not fnmatchcase(path, fault.path) or (fault.kind == "stale") is not unseen:
                continue
            if fault.account is not None and fault.account != account:
                continue
            if standing.skip:
                standing.skip -= 1
                continue
            if fault.probability < 1 and self._random.random() >= fault.probability:
                continue
            standing.hits += 1
            if standing.left is not None:
                standing.left -= 1
            return fault
        return None


@dataclass(slots=True)
class _ActiveFault:
    fault: Fault
    skip: int
    left: int | None
    hits: int = 0
