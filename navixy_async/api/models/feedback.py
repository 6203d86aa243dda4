"""Structs of `feedback`. Messages to the operator.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

from typing import Any

from ..model import Model


class Feedback(Model, kw_only=True):
    """A feedback."""

    text: str | None = None
    useragent: str | None = None
    platform: str | None = None
    screenshots: list[str] | None = None
    log: Any = None
