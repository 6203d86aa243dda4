"""Where the rows of a harvest go. Each sink states its guarantee that every row is there exactly once."""

from __future__ import annotations

from ...errors import WriteFailed as WriteFailed  # Kept until 0.3: it is in navixy_async.errors
