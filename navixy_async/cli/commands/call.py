"""`navixy call`: one action of the platform, any of them."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from ...errors import InvalidInput
from ...masking import is_secret_name
from ...operations import check_path
from ...texts import is_utf8
from ..context import CommandContext
from ..output import json_text, single_line, without_secrets, write_bytes
from ..signals import run_until_signal

_TOKEN = re.compile(r"[0-9a-fA-F]{30,}")
_MOST = 64 << 20
"""Bytes of parameters that are read."""
_OWN = ("hash", "session_hash", "session_key", "api_key")


def parse_path(text: str) -> str:
    """The action's path without slashes around it; an invalid one is not repeated in the message."""
    return check_path(text)


def parse_parameters(words: Sequence[str]) -> dict[str, Any]:
    """Parameters from ``key=value`` words, from one JSON object, or from standard input (``-``).

    A value is read as JSON where it is JSON (numbers, true, null, lists, objects, quoted text), else taken as text.
    """
    if not words:
        return {}
    if not all(map(is_utf8, words)):
        raise InvalidInput("a parameter contains bytes that are not UTF-8 text: give it as JSON on standard input (-)")
    if list(words) == ["-"]:
        return _object(sys.stdin.buffer.read(_MOST + 1), "standard input")
    if len(words) == 1 and words[0].lstrip().startswith("{"):
        parameters = _object(words[0].encode(), "the argument")
    else:
        parameters = {}
        for position, word in enumerate(words, start=1):
            name, equals, value = word.partition("=")
            if not equals or not name.isidentifier():
                raise InvalidInput(
                    f"parameter {position} is not written as key=value: use tracker_id=123, or one JSON object, or - "
                    "to read one from standard input"
                )
            if name in parameters:
                raise InvalidInput(f"the parameter {name} is given twice")
            parameters[name] = _value(value)
    try:
        secret = _find_secret(parameters)
    except RecursionError:
        raise InvalidInput("a parameter is nested deeper than any that the platform takes") from None
    if secret is not None:
        raise InvalidInput(
            f"the parameter {secret} is refused in the argument list, which every process of this machine can read: "
            + (
                "the credential comes from the environment, a prompt or --account-file, and is sent automatically"
                if secret in _OWN
                else "write - instead of the parameters and give them as a JSON object on standard input"
            )
        )
    return parameters


def _object(text: bytes, where: str) -> dict[str, Any]:
    if len(text) > _MOST:
        raise InvalidInput(f"{where} is longer than {_MOST >> 20} MB: send it in parts")
    try:
        return msgspec.json.decode(text, type=dict[str, Any])
    except RecursionError:
        raise InvalidInput(f"{where} is nested deeper than any parameter that the platform takes") from None
    except (msgspec.MsgspecError, ValueError):
        raise InvalidInput(f'{where} is not one JSON object: write it like {{"tracker_id": 123}}') from None


def _value(text: str) -> Any:
    try:
        return msgspec.json.decode(text.encode())
    except RecursionError:
        raise InvalidInput("a parameter is nested deeper than any that the platform takes") from None
    except (msgspec.MsgspecError, ValueError):
        return text


def _find_secret(value: Any, name: str = "") -> str | None:
    """The name of the first parameter that carries a credential: by its name, or by looking like a hash or key."""
    if isinstance(value, str) and _TOKEN.fullmatch(value):
        return name
    pairs: Iterable[tuple[str, Any]] = ()
    if isinstance(value, dict):
        pairs = value.items()
    elif isinstance(value, list):
        pairs = ((name, inner) for inner in value)
    for inner_name, inner in pairs:
        if isinstance(value, dict) and is_secret_name(inner_name):
            return single_line(inner_name)
        found = _find_secret(inner, single_line(inner_name))
        if found is not None:
            return found
    return None


def call(context: CommandContext, path: str, parameters: Mapping[str, Any], *, timeout: float | None) -> None:
    """Send one call and print its answer: indented on a terminal, compact elsewhere, binary answers unchanged."""
    context.require_one("call")

    async def send() -> bytes:
        async with context.open() as (_, accounts):
            return await accounts[0].call_bytes(path, parameters, timeout=timeout)

    show(run_until_signal(send))


def show(body: bytes) -> None:
    """Print an answer on stdout."""
    try:
        msgspec.json.decode(body, type=msgspec.Raw)
        text = msgspec.json.format(body, indent=2 if sys.stdout.isatty() else -1)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        if sys.stdout.isatty():
            raise InvalidInput(
                f"the answer is a file of {len(body):,} bytes, not for a terminal: redirect it to a file with > name"
            ) from None
        write_bytes(body)
        return
    write_bytes(without_secrets(json_text(text).decode()).encode() + b"\n")
