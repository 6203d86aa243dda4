"""Rules for the MQTT endpoints of an account. No finding repeats a password or a name of a user."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from .report import AuditFinding, text_of

_SHORTEST_PASSWORD: Final = 12
_SHORTEST_CLIENT: Final = 8


def audit_endpoints(endpoints: Sequence[Mapping[str, Any]]) -> Iterator[AuditFinding]:
    """Encryption, passwords, client ids and topics."""
    clients: dict[str, object] = {}
    passwords: dict[str, object] = {}
    topics: dict[str, object] = {}
    for endpoint in endpoints:
        number, settings = endpoint.get("id"), _settings(endpoint)
        if not settings:
            continue
        yield from _encryption(number, settings)
        yield from _password(number, settings, passwords)
        yield from _client(number, settings, clients)
        yield from _topics(number, settings, topics)


def _settings(endpoint: Mapping[str, Any]) -> Mapping[str, Any]:
    """The members of the connection, wherever they stand; nothing where only the list was read."""
    for member in ("properties", "settings", "connection"):
        inner = endpoint.get(member)
        if isinstance(inner, Mapping):
            return inner
    return endpoint if "domain" in endpoint or "port" in endpoint else {}


def _encryption(number: object, settings: Mapping[str, Any]) -> Iterator[AuditFinding]:
    if settings.get("use_ssl") is not True:
        yield AuditFinding("encryption", "error", f"Endpoint {number} sends without encryption", "set use_ssl")
    elif settings.get("port") == 1883:
        message = f"Endpoint {number} uses SSL with the port of connections without it (1883)"
        yield AuditFinding("encryption", "warning", message, "use 8883")


def _password(number: object, settings: Mapping[str, Any], seen: dict[str, object]) -> Iterator[AuditFinding]:
    if settings.get("mqtt_auth") is False:
        yield AuditFinding("passwords", "warning", f"Endpoint {number} has no authentication", "use one")
        return
    password = text_of(settings, "user_password")
    if not password or set(password) == {"*"}:  # not given, or masked
        return
    advice = "take a password of its own, with 12 characters at least"
    if len(password) < _SHORTEST_PASSWORD or password == settings.get("user_name"):
        yield AuditFinding("passwords", "error", f"Endpoint {number} has a weak password", advice)
    if password in seen:
        message = f"Endpoints {seen[password]} and {number} have the same password"
        yield AuditFinding("passwords", "error", message, advice)
    seen.setdefault(password, number)


def _client(number: object, settings: Mapping[str, Any], seen: dict[str, object]) -> Iterator[AuditFinding]:
    client = text_of(settings, "client_id")
    if len(client) < _SHORTEST_CLIENT:
        message = f"The client id of endpoint {number} has {len(client)} characters"
        yield AuditFinding("client_ids", "warning", message, "take one of 8 characters at least")
    if client and client in seen:
        message = f"Endpoints {seen[client]} and {number} have the same client id"
        yield AuditFinding("client_ids", "error", message, "a broker drops one of them: give one another id")
    seen.setdefault(client, number)


def _topics(number: object, settings: Mapping[str, Any], seen: dict[str, object]) -> Iterator[AuditFinding]:
    given = settings.get("topics")
    topics = (
        [given]
        if isinstance(given, str)
        else [t for t in given if isinstance(t, str)]
        if isinstance(given, list)
        else []
    )
    if not any(topic.strip() for topic in topics):
        yield AuditFinding("topics", "error", f"Endpoint {number} has no topic", "name one")
    for topic in topics:
        if "#" in topic or "+" in topic:
            message = f"A topic of endpoint {number} has a wildcard"
            yield AuditFinding("topics", "error", message, "messages are sent to plain topics only")
        elif topic.strip() and "/" not in topic.strip("/"):
            message = f"A topic of endpoint {number} has no prefix"
            yield AuditFinding("topics", "notice", message, "write it like company/fleet/data")
        if topic in seen and seen[topic] != number:
            message = f"Endpoints {seen[topic]} and {number} send to the same topic"
            yield AuditFinding("topics", "warning", message, "tell them apart")
        seen.setdefault(topic, number)
