"""Where the rows of a harvest go. Each sink says what it promises about every row being there exactly once."""

from __future__ import annotations

from ...errors import InvalidInput, NavixyError


class WriteFailed(NavixyError):
    """The rows could not be written; what was written before is whole, and the harvest can be resumed from there."""


class NotAllowed(WriteFailed, InvalidInput):
    """Whoever is to write lacks a right to; found out before anything was asked for or written."""
