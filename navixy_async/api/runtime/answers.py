"""How the answer of an operation is read: into its type, and never taken for more than it is."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from msgspec import DecodeError, ValidationError

from ...errors import DecodeFailed
from ...operations import Operation, Replay
from .lenient import OddMembers, mended, noting_odd_members
from .model import Model
from .unknown_fields import ModelReader

log = logging.getLogger("navixy_async")

_reported: set[tuple[str, str]] = set()
_JSON = "\0json"
"""Stands among the names of members for an answer that is not valid JSON; no member is called so."""


def answer_reader(operation: Operation[Any], *, strict: bool = False) -> Callable[[bytes], Any]:
    """A function that reads the answers of `operation`.

    Unless `strict`, a member that is not of its documented type is kept as it came, and reported in the log, once for
    each action. What makes up the whole answer has to be right: the reader raises ValidationError if that is not of its
    type, and DecodeFailed if a write's answer lacks it.
    """
    path, model = operation.path, ModelReader[Any](operation.answer, answer=True)
    sole = _sole_member(operation.answer)
    whole = "" if sole is None else sole[1]

    def read_leniently(body: bytes) -> Any:
        try:
            return read_members(body)
        except ValidationError:
            raise
        except (DecodeError, UnicodeDecodeError):
            readable = mended(body)
            if readable is None:
                raise
        _warn_once(
            (path, _JSON),
            "the answer is not valid JSON: halves of characters are given as U+FFFD, NaN as None; please report it",
        )
        return read_members(readable)

    def read_members(body: bytes) -> Any:
        try:
            return model.attempt(body)
        except ValidationError:
            pass
        try:
            return model.learn(body)
        except ValidationError as error:
            failure = error.with_traceback(None)
        with noting_odd_members() as odd:
            found = model.read_leniently(body, odd)
        if odd.found.keys() & {"", whole}:
            raise failure
        report(path, odd)
        return found

    plain = model.read if strict else read_leniently
    if sole is None or operation.replay is Replay.READ:
        return plain
    name, wire = sole

    def read_whole(body: bytes) -> Any:
        found = plain(body)
        if getattr(found, name) is None:
            raise DecodeFailed(f"{path}: the answer has no {wire!r}", operation=path)
        return found

    return read_whole


def report(path: str, odd: OddMembers) -> None:
    """Warn of odd members in an answer of the action `path`, once of each."""
    for member, instead in odd.found.items():
        _warn_once(
            (path, member),
            f"{member} is {instead}, which is not its documented type; it is given as it came (please report this)",
        )


def _warn_once(what: tuple[str, str], sentence: str) -> None:
    """Log a sentence about an action and one of its members, the first time."""
    if what not in _reported:
        _reported.add(what)
        log.warning("%s: %s", what[0], sentence)


def _sole_member(kind: Any) -> tuple[str, str] | None:
    """The name of the one member that an answer consists of, here and on the wire; None if there are others."""
    if not (isinstance(kind, type) and issubclass(kind, Model)) or len(kind.__struct_fields__) != 1:
        return None
    (name,) = kind.__struct_fields__
    # Members that may be absent are annotated as such; variants stand there as raw JSON.
    always = str(kind.__annotations__.get(name, "")).startswith(("Always", "Raw"))
    return (name, kind.__struct_encode_fields__[0]) if always else None
