"""Paged answers as a whole: pagers, the lossless walk through history, and interval sets."""

from ..errors import HistoryIncomplete, PagingError
from ..gaps import Gap, GapReason
from .batches import pack
from .history_pager import Entry, HistoryPager, Page, walk
from .intervals import IntervalSet, WindowSizer, bisection, is_too_long
from .offset_pager import OffsetPager
from .pager import Pager

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
