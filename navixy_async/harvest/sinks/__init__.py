"""Where the rows of a harvest go. Each sink says what it promises about every row being there exactly once."""

from __future__ import annotations

from ...errors import WriteFailed as WriteFailed  # Kept until 0.3: its place is navixy_async.errors
