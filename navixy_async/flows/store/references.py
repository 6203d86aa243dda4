"""Secrets apart from what is read and compared: a reference stands in their place.

``${secret:NAME}`` stands for an entry of the file of secrets, ``${env:NAME}`` for a variable of the environment. What
the platform itself holds of that form gets one more ``$``, so that no stored text can ask for a secret.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from typing import Any

import msgspec

from ...errors import InvalidInput
from ...masking import MASK, is_secret_name

_REFERENCE = re.compile(r"\$(\$*)\{(secret|env):(?:([^{}\s]+)\})?")
_ADDRESS = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*://[^/?#@\s]+)(.*)", re.DOTALL)
_ADDRESS_IN_TEXT = re.compile(r"""([A-Za-z][A-Za-z0-9+.-]*://[^\s'"<>]+)""")
_PLACEHOLDER = re.compile(r"\{\{[^{}]*\}\}")
_CONSTANT = re.compile(r'"((?:[^"\\]|\\.)*)"(\s*:)?|(?<![\w.{])-?\d{6,}(?:\.\d+)?(?![\w.}])', re.DOTALL)
_PLAIN_HEADERS = ("content-type", "accept", "accept-charset", "accept-language", "cache-control", "user-agent")
_SECRET_WORDS = ("password", "passwd", "secret", "token", "credential", "apikey", "api_key", "private_key")


class Splitter:
    """Takes the secrets out of flows and endpoints; ``secrets`` has them by the names of their references."""

    def __init__(self) -> None:
        self.secrets: dict[str, Any] = {}

    def split(self, value: Any, name: str) -> Any:
        """The same object with references; ``name`` begins the names of its secrets."""
        if isinstance(value, Mapping):
            return self._members(value, name)
        if isinstance(value, list | tuple):
            return [self.split(item, f"{name}.{_label(item, index)}") for index, item in enumerate(value)]
        if not isinstance(value, str):
            return value
        if "://" not in value:
            return _escape(value)
        parts = _ADDRESS_IN_TEXT.split(value)  # texts and addresses in turn
        return "".join(self._address(part, name) if index % 2 else _escape(part) for index, part in enumerate(parts))

    def _members(self, value: Mapping[str, Any], name: str) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, member in value.items():
            reference = f"{name}.{key}"
            if member in (None, "", [], {}) or isinstance(member, bool):
                found[key] = member
            elif _is_secret(key, value):
                found[key] = self._keep(member, reference)
            elif key == "headers":
                found[key] = self._headers(member, reference)
            elif key == "body" and isinstance(member, str):
                found[key] = self._body(member, reference)
            else:
                found[key] = self.split(member, reference.removesuffix(".data"))
        return found

    def _keep(self, value: Any, name: str) -> str:
        """Keep a secret; returns its reference."""
        name = first = re.sub(r"[{}\s]", "_", name)
        count = 1
        while name in self.secrets:
            count += 1
            name = f"{first}-{count}"
        self.secrets[name] = value
        return f"${{secret:{name}}}"

    def _headers(self, headers: Any, name: str) -> Any:
        if isinstance(headers, Mapping):
            return {
                key: member if str(key).lower() in _PLAIN_HEADERS else self._keep(member, f"{name}.{key}")
                for key, member in headers.items()
            }
        if not isinstance(headers, list) or not all(isinstance(header, Mapping) for header in headers):
            return self._keep(headers, name)
        found = []
        for header in headers:
            key, value = str(header.get("key")), header.get("value")
            rest = self.split({member: header[member] for member in header if member != "value"}, name)
            if isinstance(value, str) and key.lower() in _PLAIN_HEADERS:
                value = _escape(value)
            elif value not in (None, ""):
                value = self._keep(value, f"{name}.{key}")
            found.append({**rest, "value": value} if "value" in header else rest)
        return found

    def _address(self, text: str, name: str) -> str:
        """An address shows its host; what follows, or a user before it, is a secret."""
        parts = _ADDRESS.fullmatch(text)
        if parts is None or "@" in text.partition("://")[2].partition("/")[0]:
            return self._keep(text, name)
        return _escape(parts[1]) + (self._keep(parts[2], name) if parts[2] not in ("", "/") else parts[2])

    def _body(self, text: str, name: str) -> str:
        """A body in JSON shows its members and placeholders, any other body nothing."""
        try:
            decoded = msgspec.json.decode(_PLACEHOLDER.sub("0", text))
        except (msgspec.DecodeError, UnicodeEncodeError, RecursionError):
            decoded = None
        if not isinstance(decoded, dict | list):
            return _escape(text) if _PLACEHOLDER.fullmatch(text.strip()) else self._keep(text, name)

        def constant(found: re.Match[str]) -> str:
            inner = found[1]
            if inner is None:
                return self._keep(found[0], name)
            if found[2] is not None or not _PLACEHOLDER.sub("", inner).strip():
                return found[0]
            return f'"{self._keep(_unescape(inner), name)}"'

        return _CONSTANT.sub(constant, _escape(text))


def _label(item: Any, index: int) -> str:
    number = item.get("id") if isinstance(item, Mapping) else None
    return str(number if isinstance(number, int) else index)


def _is_secret(name: str, beside: Mapping[str, Any]) -> bool:
    lower = str(name).lower().replace("-", "_")
    if lower == "command" or is_secret_name(lower) or any(word in lower for word in _SECRET_WORDS):
        return True
    # Brokers that know their clients by a token take it as the name of a user without a password.
    return lower == "user_name" and not beside.get("user_password")


def _escape(text: str) -> str:
    return re.sub(r"\$(\$*)\{(?=secret:|env:)", r"$$\1{", text)


def _unescape(text: str) -> str:
    return re.sub(r"\$(\$+)\{(?=secret:|env:)", r"\1{", text)


def fill(value: Any, secrets: Mapping[str, Any], where: str) -> Any:
    """The object with its secrets filled in; raises InvalidInput for a reference to nothing."""
    if isinstance(value, Mapping):
        return {name: fill(member, secrets, where) for name, member in value.items()}
    if isinstance(value, list):
        return [fill(item, secrets, where) for item in value]
    if not isinstance(value, str) or "{" not in value:
        return value
    whole = _REFERENCE.fullmatch(value)
    if whole is not None and not whole[1]:
        return _resolve(whole, secrets, where)
    return _REFERENCE.sub(lambda found: _text_of(found, secrets, where), value)


def _text_of(found: re.Match[str], secrets: Mapping[str, Any], where: str) -> str:
    return found[0][1:] if found[1] else str(_resolve(found, secrets, where))


def _resolve(found: re.Match[str], secrets: Mapping[str, Any], where: str) -> Any:
    kind, name = found[2], found[3]
    if name is None:
        raise InvalidInput(f"{where}: a reference is ${{{kind}:NAME}}, and its end is missing")
    if kind == "env":
        if name not in os.environ:
            raise InvalidInput(f"{where} needs the environment variable {name}: set it")
        return os.environ[name]
    if name not in secrets:
        raise InvalidInput(f"{where} needs the secret {name}, which the file of secrets does not have")
    return secrets[name]


def keep_environment(new: Any, old: Any, secrets: Mapping[str, Any]) -> Any:
    """``new``, with the references to the environment that ``old`` has where the value is the same."""
    if isinstance(new, Mapping) and isinstance(old, Mapping):
        return {name: keep_environment(member, old.get(name), secrets) for name, member in new.items()}
    if isinstance(new, list) and isinstance(old, list):
        pairs = zip(new, [*old, *[None] * len(new)], strict=False)
        return [keep_environment(item, before, secrets) for item, before in pairs]
    if isinstance(new, str) and isinstance(old, str) and "${env:" in old:
        try:
            return old if fill(old, secrets, "") == fill(new, secrets, "") else new
        except InvalidInput:
            return new
    return new


def used(value: Any) -> set[str]:
    """Names of the secrets that an object refers to."""
    if isinstance(value, Mapping):
        return {name for member in value.values() for name in used(member)}
    if isinstance(value, list):
        return {name for item in value for name in used(item)}
    if not isinstance(value, str):
        return set()
    return {found[3] for found in _REFERENCE.finditer(value) if found[2] == "secret" and not found[1] and found[3]}


def without_secrets(text: str, secrets: Mapping[str, Any]) -> str:
    """A text for people, in which no secret stands."""
    for value in sorted((str(value) for value in secrets.values()), key=len, reverse=True):
        if len(value) > 3:
            text = text.replace(value, MASK)
    return text
