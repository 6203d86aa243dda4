"""Paged answers as a whole: pagers, the lossless walk through history, and interval sets."""

from .batches import pack
from .history_pager import Entry, Gap, GapReason, HistoryIncomplete, HistoryPager, Page, walk
from .intervals import IntervalSet, WindowSizer, bisection, is_too_long
from .offset_pager import OffsetPager
from .pager import Pager, PagingError

__all__ = [
    "Entry",
    "Gap",
    "GapReason",
    "HistoryIncomplete",
    "HistoryPager",
    "IntervalSet",
    "OffsetPager",
    "Page",
    "Pager",
    "PagingError",
    "WindowSizer",
    "bisection",
    "is_too_long",
    "pack",
    "walk",
]
