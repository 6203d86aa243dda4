"""What an answer says: a success, an error of the platform, or nothing usable.

The body decides first (``success``, ``status.code``), the HTTP status second: some hosts send errors with HTTP 200. A
successful body is not parsed here, however large it is; only its ends and its ``success`` member are examined.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any, TypeAlias

import msgspec

from ..codes import error_of
from ..errors import ApiError, TransportError, UnexpectedRedirect, UnreadableAnswer
from ..operations import Operation, Replay
from .answer import Answer
from .bodies import is_object, is_page

_SUCCESS = b'"success"'
_DENIED = re.compile(rb'\s*:\s*"?false', re.IGNORECASE)
_GRANTED = re.compile(rb'\s*\{\s*"success"\s*:\s*true\b')
_DIGITS = re.compile(r"[0-9]{1,9}")
_MOST_CODE = 10**9
_LONGEST = 4000
"""Characters of a description that are kept: it is repeated in logs, and at every hole of a harvest."""
_ENVELOPE = frozenset(("success", "status"))
_PROBLEMS = frozenset(("dwh", "eco_fleet"))
"""Interfaces whose own errors are RFC 7807 problems."""
_LARGE = 1_000_000
"""Bytes of a refusal above which only its code and text are read: the event loop must serve others."""


class _Envelope(msgspec.Struct):
    success: Any = None
    status: Any = None
    error: Any = None
    code: Any = None
    detail: Any = None
    title: Any = None


_decode = msgspec.json.Decoder().decode
_skim_envelope = msgspec.json.Decoder(_Envelope).decode
_skim = msgspec.json.Decoder(msgspec.Raw).decode


Clean: TypeAlias = Callable[[Any], Any]


def _as_it_is(value: Any) -> Any:
    return value


def read_failure(
    operation: Operation[Any], answer: Answer, attempts: int, clean: Clean = _as_it_is
) -> TransportError | ApiError | None:
    """The exception that `answer` means, or ``None`` for a success.

    `clean` masks secrets in the server's words; the client's own words stay as they are.
    """
    status, body = answer.status, answer.body
    if 300 <= status < 400:
        location = clean(answer.location)
        redirect = UnexpectedRedirect(
            f"{operation.path}: the host redirects (HTTP {status}) to {location or 'no location'}; "
            "redirects are never followed: if you trust that host, open Navixy with its base URL",
            operation=operation.path,
            attempts=attempts,
            http_status=status,
        )
        redirect.location = location
        return redirect
    if not 200 <= status < 300:
        return _error(operation, answer, attempts, clean)
    if is_object(body):
        # Whatever its media type, a refusal is never a success, and never a file.
        failure = _error(operation, answer, attempts, clean) if claims_failure(body) else None
        if failure is not None:
            return failure
        if operation.replay is not Replay.READ and not _is_of_the_platform(operation, body):
            return _unreadable(operation, answer, attempts, clean, "does not say that it is a success")
        return None if operation.answer is bytes and answer.ended else _malformed(operation, answer, attempts, clean)
    if operation.answer is bytes or _is_table(answer):
        return _no_file(operation, answer, attempts, clean)
    failure = _malformed(operation, answer, attempts, clean)
    if failure is None and operation.replay is not Replay.READ and operation.api not in _PROBLEMS:
        return _unreadable(operation, answer, attempts, clean, "does not say that it is a success")
    return failure


def claims_failure(body: bytes) -> bool:
    """Whether an answer calls itself a failure."""
    if _GRANTED.match(body):
        return False  # where the platform puts it; no need to search megabytes
    at = body.find(_SUCCESS)
    while at >= 0:
        if _DENIED.match(body, at + len(_SUCCESS)):
            return True
        at = body.find(_SUCCESS, at + len(_SUCCESS))
    return False


def _is_of_the_platform(operation: Operation[Any], body: bytes) -> bool:
    """Whether a JSON object can be the platform's answer to a write, and not that of a gateway on the way."""
    if operation.api in _PROBLEMS or operation.answer is bytes or _SUCCESS in body:
        return True
    documented = getattr(operation.answer, "__struct_encode_fields__", ())
    return any(f'"{name}"'.encode() in body for name in documented)


def _is_table(answer: Answer) -> bool:
    """Whether the body is not meant to be JSON, for example CSV read with ``call_bytes``."""
    kind = answer.content_type
    return bool(kind) and "json" not in kind and not kind.startswith(("text/html", "text/plain"))


def _no_file(operation: Operation[Any], answer: Answer, attempts: int, clean: Clean) -> TransportError | None:
    """The error for a 2xx that is not a whole file, table or text. Storages answer uploads with 201 or 204 alone."""
    if is_page(answer.content_type, answer.body):
        what = "is an HTML page, not a file"
    elif not answer.ended and operation.encoding != "multipart":
        what = "has neither a length nor an end, so it may be cut short"
    else:
        return None
    return _unreadable(operation, answer, attempts, clean, what)


def _malformed(operation: Operation[Any], answer: Answer, attempts: int, clean: Clean) -> TransportError | None:
    """The error for a 2xx whose body cannot be whole JSON; the decoder finds what this quick look misses."""
    body = answer.body
    # Both ends are near the ends of the body; stripping all of it would copy it.
    if body[:64].lstrip()[:1] + body[-64:].rstrip()[-1:] in (b"{}", b"[]") and (answer.ended or _is_json(body)):
        return None
    what = "is empty" if not body.strip() else "is cut short or not JSON"
    return _unreadable(operation, answer, attempts, clean, what)


def _is_json(body: bytes) -> bool:
    try:
        _skim(body)
    except (msgspec.DecodeError, RecursionError, ValueError):
        return False
    return True


def _unreadable(operation: Operation[Any], answer: Answer, attempts: int, clean: Clean, what: str) -> UnreadableAnswer:
    return UnreadableAnswer(
        f"{operation.path}: the answer {what} "
        f"({len(answer.body)} bytes, {clean(answer.content_type)[:100] or 'no content type'})",
        operation=operation.path,
        attempts=attempts,
        http_status=answer.status,
    )


def _error(operation: Operation[Any], answer: Answer, attempts: int, clean: Clean) -> TransportError | ApiError | None:
    body = _object_of(answer.body)
    if body is None:
        return _without_code(operation, answer, attempts, clean)
    if 200 <= answer.status < 300 and not _is_denial(body.get("success")):
        return None  # a nested member was called "success"
    code, description = _code_of(body)
    extra = {key: value for key, value in body.items() if key not in _ENVELOPE}
    # The data warehouse reports what is wrong with a request as RFC 7807 problems, which have no codes.
    own = code != 0 or (operation.api in _PROBLEMS and "problem+json" in answer.content_type.lower())
    return _build(
        operation,
        answer,
        attempts,
        code=code,
        description=clean(description)[:_LONGEST],
        extra=clean(extra),
        from_platform=own,
    )


def _object_of(body: bytes) -> dict[str, Any] | None:
    """A body as a JSON object, whatever its bytes: what is not UTF-8 is replaced, so that its code can be read."""
    try:
        if len(body) > _LARGE:
            skimmed = msgspec.structs.asdict(_skim_envelope(body))
            return {name: value for name, value in skimmed.items() if value is not None}
        found = _decode(body)
    except (msgspec.DecodeError, RecursionError, ValueError):
        try:
            # The other decoder also knows NaN and lone surrogates, which some servers write.
            found = json.loads(body.decode("utf-8-sig", errors="replace"))
        except (RecursionError, ValueError):
            return None
    return found if isinstance(found, dict) else None


def _is_denial(value: Any) -> bool:
    return value is False or (isinstance(value, str) and value.strip().lower() == "false")


def _code_of(body: dict[str, Any]) -> tuple[int, str]:
    """Code and text from any of the platform's error forms: its own, ``{"error": …}``, and RFC 7807 problems."""
    status = body.get("status")
    if isinstance(status, dict):
        code, text = status.get("code"), status.get("description")
    elif isinstance(error := body.get("error"), dict):
        code, text = error.get("code"), error.get("message")
    elif isinstance(error, str):
        code, text = None, error
    else:
        code, text = body.get("code"), body.get("detail") or body.get("title")
    return _code(code), (text if isinstance(text, str) else "")


def _code(value: Any) -> int:
    """A code however it is written (208, 208.0, "208"); 0 for anything else."""
    if isinstance(value, str):
        value = value.strip()
        value = int(value) if _DIGITS.fullmatch(value) else None
    if isinstance(value, float):
        value = int(value) if value.is_integer() and abs(value) < _MOST_CODE else None
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 < value < _MOST_CODE else 0


def _without_code(operation: Operation[Any], answer: Answer, attempts: int, clean: Clean) -> TransportError | ApiError:
    if 200 <= answer.status < 300:
        return _unreadable(operation, answer, attempts, clean, "is not JSON")
    return _build(operation, answer, attempts, code=0, description=clean(answer.reason))


def _build(
    operation: Operation[Any],
    answer: Answer,
    attempts: int,
    *,
    code: int,
    description: str,
    extra: dict[str, Any] | None = None,
    from_platform: bool = False,
) -> ApiError:
    return error_of(
        operation.api,
        code,
        description,
        http_status=answer.status,
        operation=operation.path,
        attempts=attempts,
        extra=extra,
        retry_after=answer.retry_after,
        from_platform=from_platform,
    )
