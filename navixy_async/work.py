"""The former name of :mod:`navixy_async.helpers`."""

# Kept until 0.3.
from __future__ import annotations

from .helpers import Batches, BatchResult, ImportDone, Imports, Reports

__all__ = ["BatchResult", "Batches", "ImportDone", "Imports", "Reports"]
