"""Structs of `file`. The file storage of the account.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

from ..model import ABSENT, Always, Model


class FileStatsReadValue(Model, kw_only=True, gc=False):
    """What `value` is made of in `/file/stats/read`.

    Attributes:
        total_size: in bytes.
        quota: in bytes.
    """

    file_count: int | None = None
    total_size: int | float | None = None
    quota: int | float | None = None


class FileStatsReadAnswer(Model, kw_only=True, gc=False):
    """What `/file/stats/read` answers."""

    value: Always[FileStatsReadValue] = ABSENT
