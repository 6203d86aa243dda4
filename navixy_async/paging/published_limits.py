"""The limits that a platform publishes with ``dealer/get_ui_config``."""

from __future__ import annotations

from collections.abc import Mapping

MAX_PAGE = 100_000
"""Entries per page beyond which a published limit is not believed."""


def published_limit(platform: object, group: str, name: str) -> object:
    """A limit in the member ``platform`` of the answer, nested or with a dot in its name; None if it is absent."""
    if not isinstance(platform, Mapping):
        return None
    nested = platform.get(group)
    return platform.get(f"{group}.{name}", nested.get(name) if isinstance(nested, Mapping) else None)


def page_limit(platform: object) -> int | None:
    """Entries per page of history; None if the platform publishes no believable limit."""
    limit = published_limit(platform, "history", "max_limit")
    return limit if isinstance(limit, int) and not isinstance(limit, bool) and 0 < limit <= MAX_PAGE else None
