"""What several modules of this room need."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ..support.harvest import servers


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The DSN of a PostgreSQL that all modules use, each in schemas of its own."""
    with servers.postgres() as dsn:
        yield dsn
