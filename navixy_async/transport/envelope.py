"""What an answer says: a success, an error of the platform, or nothing usable.

The body decides first (``success``, ``status.code``), the HTTP status second: some hosts send errors with HTTP 200. A
successful body is not parsed here, however large it is; only its ends and its ``success`` member are looked at.
"""

from __future__ import annotations

import re
from typing import Any

import msgspec

from ..codes import meaning
from ..errors import ApiError, TransportError, UnexpectedRedirect, UnreadableAnswer
from ..operations import Operation
from .answer import Answer

_SUCCESS = b'"success"'
_DENIED = re.compile(rb"\s*:\s*false")
_GRANTED = re.compile(rb'\s*\{\s*"success"\s*:\s*true\b')
_HEAD = 65536
"""Bytes of a file that are looked through for an error of the platform, which is never longer."""
_ENVELOPE = frozenset(("success", "status"))
_decode = msgspec.json.Decoder().decode


def read_failure(operation: Operation[Any], answer: Answer, attempts: int) -> TransportError | ApiError | None:
    """The exception that `answer` stands for, or ``None`` if it is a success."""
    status = answer.status
    if operation.answer is bytes and 200 <= status < 300:
        # A file may be anything, but for a platform's error; storages of uploads answer 201 or 204 and nothing.
        return _error(operation, answer, attempts) if _claims_failure(answer.body[:_HEAD]) else None
    if status == 200 and (not answer.is_json or not _claims_failure(answer.body)):
        return _malformed(operation, answer, attempts) if answer.is_json else None
    if 300 <= status < 400:
        return UnexpectedRedirect(
            f"{operation.path}: the host redirects (HTTP {status}) to {answer.location or 'an unnamed place'}; "
            "redirects are never followed, so open Navixy with that base URL if you trust it",
            operation=operation.path,
            attempts=attempts,
            http_status=status,
        )
    return _error(operation, answer, attempts)


def _claims_failure(body: bytes) -> bool:
    if _GRANTED.match(body):
        return False  # where the platform puts it, and megabytes need not be looked through
    at = body.find(_SUCCESS)
    while at >= 0:
        if _DENIED.match(body, at + len(_SUCCESS)):
            return True
        at = body.find(_SUCCESS, at + len(_SUCCESS))
    return False


def _malformed(operation: Operation[Any], answer: Answer, attempts: int) -> TransportError | None:
    """A 200 whose body cannot be whole JSON; the decoder finds what this cheap look does not."""
    body = answer.body.strip()
    if body[:1] + body[-1:] in (b"{}", b"[]"):
        return None
    return UnreadableAnswer(
        f"{operation.path}: the answer is {'empty' if not body else 'cut short or not JSON'} "
        f"({len(answer.body)} bytes, {answer.content_type or 'no content type'})",
        operation=operation.path,
        attempts=attempts,
        http_status=answer.status,
    )


def _error(operation: Operation[Any], answer: Answer, attempts: int) -> TransportError | ApiError | None:
    try:
        body = _decode(answer.body)
    except msgspec.DecodeError:
        body = None
    if not isinstance(body, dict):
        return _without_code(operation, answer, attempts)
    if answer.status == 200 and body.get("success") is not False:
        return None  # a nested member was called "success"
    code, description = _code_of(body)
    extra = {key: value for key, value in body.items() if key not in _ENVELOPE}
    return _build(operation, answer, attempts, code=code, description=description, extra=extra)


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
    return (code if isinstance(code, int) else 0), (text if isinstance(text, str) else "")


def _without_code(operation: Operation[Any], answer: Answer, attempts: int) -> TransportError | ApiError:
    if answer.status == 200:
        return UnreadableAnswer(
            f"{operation.path}: the answer is not JSON ({len(answer.body)} bytes)",
            operation=operation.path,
            attempts=attempts,
            http_status=200,
        )
    return _build(operation, answer, attempts, code=0, description=answer.reason)


def _build(
    operation: Operation[Any],
    answer: Answer,
    attempts: int,
    *,
    code: int,
    description: str,
    extra: dict[str, Any] | None = None,
) -> ApiError:
    kind, _ = meaning(operation.api, code, answer.status)
    return kind(
        code,
        description,
        http_status=answer.status,
        operation=operation.path,
        attempts=attempts,
        extra=extra,
        retry_after=answer.retry_after,
    )
