"""How the answer of an operation is read: into its type, and never taken for more than it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ...errors import DecodeFailed
from ...operations import Operation, Replay
from .model import Model
from .unknown_fields import ModelReader

_readers: dict[tuple[Any, bool], Callable[[bytes], Any]] = {}


def answer_reader(operation: Operation[Any]) -> Callable[[bytes], Any]:
    """What reads the answers of `operation`; made once for each type.

    It raises DecodeFailed if a write's answer lacks the one member that it consists of: what a read lacks is for its
    method or pager to say.
    """
    key = operation.answer, operation.replay is Replay.READ
    read = _readers.get(key)
    if read is None:
        read = _readers[key] = _reader(operation)
    return read


def _reader(operation: Operation[Any]) -> Callable[[bytes], Any]:
    plain: Callable[[bytes], Any] = ModelReader(operation.answer, answer=True).read
    member = None if operation.replay is Replay.READ else _sole_member(operation.answer)
    if member is None:
        return plain
    name, wire, path = *member, operation.path

    def read(body: bytes) -> Any:
        found = plain(body)
        if getattr(found, name) is None:
            raise DecodeFailed(f"{path}: the answer has no {wire!r}", operation=path)
        return found

    return read


def _sole_member(kind: Any) -> tuple[str, str] | None:
    """The name of the one member that an answer consists of, here and on the wire; None if there are others."""
    if not (isinstance(kind, type) and issubclass(kind, Model)) or len(kind.__struct_fields__) != 1:
        return None
    (name,) = kind.__struct_fields__
    # Members that may be absent are annotated as such; variants stand there as raw JSON.
    always = str(kind.__annotations__.get(name, "")).startswith(("Always", "Raw"))
    return (name, kind.__struct_encode_fields__[0]) if always else None
