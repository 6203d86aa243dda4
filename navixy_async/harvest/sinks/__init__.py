"""Where the rows of a harvest go. Each sink says what it promises about every row being there exactly once."""

from __future__ import annotations

from ...errors import NavixyError


class WriteFailed(NavixyError):
    """The rows could not be written; what was written before is whole, and the harvest can be resumed from there."""
