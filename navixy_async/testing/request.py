"""What a request says before it is acted on: path, parameters, credential, ISO mode. Sans-IO."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

import msgspec

from .multipart import UploadedPart, read_form
from .wire import WireError

TRUE = "true"


@dataclass(slots=True)
class ParsedRequest:
    """One request, parsed: parameters of query and body merged, those of the body win."""

    path: str
    given: dict[str, Any]
    textual: bool
    """Whether the values came as text (form, query), lists among them as JSON."""
    hash: str | None = field(repr=False)
    iso: bool
    method: str = "POST"
    files: dict[str, UploadedPart] = field(default_factory=dict)


def parse(
    method: str, path: str, *, query: Mapping[str, str], content_type: str, headers: Mapping[str, str], body: bytes
) -> ParsedRequest:
    """Read a request; 5 for a method or a body that the platform does not understand."""
    if method not in ("GET", "POST"):
        raise WireError(5)
    given: dict[str, Any] = dict(query)
    textual, files = True, {}
    if method == "POST" and body:
        if content_type in ("application/json", ""):
            given, textual = {**given, **_json(body)}, False
        elif content_type == "application/x-www-form-urlencoded":
            given.update(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
        elif content_type == "multipart/form-data":
            form = read_form(headers["Content-Type"], body)
            given.update(form.fields)
            files = form.files
        else:
            raise WireError(5)
    return ParsedRequest(
        path=path.strip("/"),
        given=given,
        textual=textual,
        hash=_credential(headers.get("Authorization"), given),
        iso=headers.get("NVX-ISO-DateTime", "").lower() == TRUE or given.get("iso_datetime") in (True, TRUE),
        method=method,
        files=files,
    )


def _json(body: bytes) -> dict[str, Any]:
    try:
        decoded = msgspec.json.decode(body)
    except msgspec.DecodeError:
        raise WireError(5) from None
    if not isinstance(decoded, dict):
        raise WireError(5)
    return decoded


def _credential(header: str | None, given: Mapping[str, Any]) -> str | None:
    if header is not None:
        scheme, _, value = header.partition(" ")
        return value.strip() if scheme.rstrip(":") == "NVX" else None
    given_hash = given.get("hash")
    return given_hash if isinstance(given_hash, str) else None
