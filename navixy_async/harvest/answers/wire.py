"""JSON taken apart without trust: members, elements and single values, whatever is beside them.

The ordinary readers refuse an answer as a whole. Here each value is read by itself, so that an unreadable one (nested
too deep, not a number, not UTF-8) costs nothing but itself. What is not JSON at all is still refused: that is not an
odd value, but a truncated or foreign answer.
"""

from __future__ import annotations

import json
import re
import struct
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TypeVar

import msgspec
import pyarrow as pa

from ...errors import DecodeFailed, UnreadableAnswer
from ..aliases import Json

T = TypeVar("T")

_STRING = rb'"[^"\\]*(?:\\.[^"\\]*)*"'
_TOKEN = re.compile(_STRING + rb'|["\[\]{},]', re.DOTALL)
_NAMED = re.compile(rb"\s*(" + _STRING + rb")\s*:\s*", re.DOTALL)
_TEXT = re.compile(_STRING, re.DOTALL)
_SCALAR = re.compile(rb"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null|-?(?:NaN|Inf|Infinity)")
_CLOSES = {ord("{"): ord("}"), ord("["): ord("]")}
_QUOTE, _COMMA = ord('"'), ord(",")
_BLANKS = b" \t\r\n"
_BOM = b"\xef\xbb\xbf"
_SURROGATES = re.compile("[\ud800-\udfff]")
_ESCAPES = re.compile("[\ud800-\udbff\udc00-\udc7f]")
"""Surrogates that do not stand for bytes: halves of a pair, written as an escape."""
_LONGEST = 2**31 - 1
"""The most bytes that Arrow can check as one text."""
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

_members: msgspec.json.Decoder[dict[str, msgspec.Raw]] = msgspec.json.Decoder(dict[str, msgspec.Raw])
_elements: msgspec.json.Decoder[list[msgspec.Raw]] = msgspec.json.Decoder(list[msgspec.Raw])
_string: msgspec.json.Decoder[str] = msgspec.json.Decoder(str)

REFUSALS = (msgspec.MsgspecError, pa.ArrowException, ValueError, TypeError, OverflowError, RecursionError)
"""What readers raise for an answer that is not as documented."""


class NotJson(ValueError):
    """The bytes are not JSON, or not all of it."""


class OtherShape(ValueError):
    """They are JSON, but not of the expected shape."""


def is_utf8(body: bytes) -> bool:
    """Whether all of the bytes are UTF-8; Arrow checks gigabytes a second, without the interpreter's lock."""
    if len(body) > _LONGEST:
        return False
    offsets = pa.py_buffer(struct.pack("=ii", 0, len(body)))
    try:
        pa.Array.from_buffers(pa.string(), 1, [None, offsets, pa.py_buffer(body)]).validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


@contextmanager
def answer_of(operation: str) -> Iterator[None]:
    """Turn what readers raise into an error that names the action."""
    try:
        yield
    except NotJson as error:
        raise UnreadableAnswer(f"{operation}: the answer is cut or not JSON ({error})", operation=operation) from None
    except REFUSALS as error:
        raise DecodeFailed(f"{operation}: {error}", operation=operation) from None


def read_answer(
    body: bytes,
    operation: str,
    strictly: Callable[[bytes], T] | None,
    carefully: Callable[[dict[str, bytes]], T],
) -> T:
    """Read an answer with `strictly` and, if that refuses it, with `carefully`, which takes its members.

    Raises:
        UnreadableAnswer: the answer is not JSON.
        DecodeFailed: it does not have the documented shape.
    """
    try:
        if strictly is not None and is_utf8(body):
            return strictly(body)
    except REFUSALS:
        pass
    with answer_of(operation):
        return carefully(members(body))


def members(raw: bytes) -> dict[str, bytes]:
    """The members of an object, each as it was written; of members with one name, the last.

    Raises:
        NotJson: it is not JSON.
        OtherShape: it is not an object.
    """
    raw = _opened(raw, b"{", "an object")
    try:
        return {name: bytes(value) for name, value in _members.decode(raw).items()}
    except REFUSALS:
        pass
    found = {}
    for part in _parts(raw):
        named = _NAMED.match(part)
        if named is None:
            raise NotJson(f"not a member: {shown(part)}")
        found[text(named[1])[0]] = _whole(part[named.end() :])
    return found


def elements(raw: bytes) -> list[bytes]:
    """The elements of an array, each as it was written.

    Raises:
        NotJson: it is not JSON.
        OtherShape: it is not an array.
    """
    raw = _opened(raw, b"[", "a list")
    try:
        return [bytes(value) for value in _elements.decode(raw)]
    except REFUSALS:
        return [_whole(part) for part in _parts(raw)]


def text(raw: bytes) -> tuple[str, bool]:
    """A JSON string's text, and whether something in it was replaced: bytes that are not UTF-8, halves of a pair.

    Raises:
        ValueError: it is not a string, or has escapes unknown to JSON.
    """
    try:
        return _string.decode(raw), False
    except REFUSALS:
        pass
    value = json.loads(raw.decode("utf-8", "surrogateescape"), strict=False)
    if not isinstance(value, str):
        raise OtherShape("no text")
    return repaired(value)


def repaired(value: str) -> tuple[str, bool]:
    """A text decoded with ``surrogateescape``, with U+FFFD for invalid characters, and whether there were any."""
    if not _SURROGATES.search(value):
        return value, False
    return _ESCAPES.sub(REPLACEMENT, value).encode("utf-8", "surrogateescape").decode("utf-8", "replace"), True


def written(raw: bytes) -> tuple[str, bool]:
    """A JSON value of any kind as it was written, as text, and whether something in it was replaced."""
    try:
        return raw.decode(), False
    except UnicodeDecodeError:
        return repaired(raw.decode("utf-8", "surrogateescape"))


def shown(raw: bytes | str) -> str:
    """The beginning of a value, for messages: one line of printable ASCII."""
    value = raw if isinstance(raw, str) else raw[:200].decode("utf-8", "replace")
    short = value if len(value) <= _SHOWN else value[: _SHOWN - 1] + "…"
    return short.encode("ascii", "backslashreplace").decode().translate(_CONTROLS)


_SHOWN = 40
_CONTROLS: Mapping[int, str] = {number: f"\\x{number:02x}" for number in (*range(32), 127)}


def _opened(raw: bytes, bracket: bytes, what: str) -> bytes:
    """The JSON without surrounding blanks, after checking that it begins with the bracket."""
    raw = raw.removeprefix(_BOM).strip(_BLANKS)
    if raw[:1] != bracket:
        raise OtherShape(f"{what} is expected, not {shown(_whole(raw))}")
    return raw


def _whole(raw: bytes) -> bytes:
    """A part of JSON without surrounding blanks; of its inside, only the brackets are checked."""
    raw = raw.strip(_BLANKS)
    first = raw[0] if raw else 0
    if first in _CLOSES:
        good = raw[-1] == _CLOSES[first]
    elif first == _QUOTE:
        good = _TEXT.fullmatch(raw) is not None
    else:
        good = _SCALAR.fullmatch(raw) is not None
    if not good:
        raise NotJson(f"not a value: {shown(raw)}")
    return raw


def _parts(raw: bytes) -> Iterator[bytes]:
    """What stands between the commas of an object or array; without recursion, however deep it is."""
    open_: list[int] = []
    start = 1
    for token in _TOKEN.finditer(raw):
        at = token.start()
        kind = raw[at]
        if kind == _QUOTE:
            if token.end() == at + 1:
                break  # A text without an end.
        elif kind in _CLOSES:
            open_.append(_CLOSES[kind])
        elif kind == _COMMA:
            if len(open_) == 1:
                yield raw[start:at]
                start = at + 1
        elif not open_ or open_.pop() != kind:
            break
        elif not open_:
            if at + 1 != len(raw):
                break
            if start > 1 or raw[1:at].strip(_BLANKS):
                yield raw[start:at]
            return
    raise NotJson(f"it is cut or not JSON: {shown(raw)}")


def value(raw: bytes) -> Json:
    """A value that is neither object nor array: text, number, boolean or null.

    Raises:
        ValueError: it is something else, or a number with thousands of digits.
    """
    if raw[:1] == b'"':
        return text(raw)[0]
    if raw[:1] in (b"{", b"["):
        raise OtherShape("not a single value")
    if len(raw) > _LONGEST_NUMBER:
        raise OtherShape("a number too long to be one")
    return json.loads(raw.replace(b"Infinity", b"Inf").replace(b"Inf", b"Infinity"))


_LONGEST_NUMBER = 400
"""Characters. Longer numbers are beyond a float's range, or have meaningless digits."""
