"""Structs of `data`. Spreadsheets, and the imports that are made of them.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins

from ..model import ABSENT, Always, Model
from .vehicle import ImportProcess


class DataImportListAnswer(Model, kw_only=True):
    """What `/data/import/list` answers."""

    list: Always[builtins.list[ImportProcess]] = ABSENT


class DataImportReadAnswer(Model, kw_only=True):
    """What `/data/import/read` answers."""

    value: Always[ImportProcess] = ABSENT


class DataSpreadsheetParseAnswer(Model, kw_only=True):
    """What `/data/spreadsheet/parse` answers."""

    file_id: str | None = None
    header: list[str] | None = None
    preview: list[str] | None = None
