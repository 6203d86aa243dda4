"""One answer of the platform, read to its end and detached from its connection."""

from __future__ import annotations

from typing import Any

import msgspec


class Answer(msgspec.Struct):
    """Status, the few headers that matter, and the whole body."""

    status: int
    reason: str
    content_type: str
    body: bytes
    retry_after: float | None = None
    location: str | None = None
    disposition: str | None = None
    seconds: float = 0.0
    """From the send to the last byte."""
    ended: bool = True
    """Whether the body is known to be whole: by its length, its chunks, or the end of its compressed stream. Without
    any of these it ends with the connection, which looks the same when that is broken."""

    def __repr__(self) -> str:
        # The server's words may repeat the credential, and answers are locals of many frames.
        return f"Answer(HTTP {self.status}, {len(self.body)} bytes)"

    def __rich_repr__(self) -> list[tuple[str, Any]]:
        return [("status", self.status), ("size", len(self.body))]
