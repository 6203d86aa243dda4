"""Helpers that take more than one call: batches, reports, imports."""

from __future__ import annotations

from .batches import Batches, BatchResult
from .imports import ImportDone, Imports
from .reports import Report, ReportOptions, Reports

__all__ = ["BatchResult", "Batches", "ImportDone", "Imports", "Report", "ReportOptions", "Reports"]
