"""The former module of :func:`navixy_async.unknown_members`; kept until 0.3."""

from __future__ import annotations

from .runtime.unknown_fields import unknown_members

__all__ = ["unknown_members"]  # Kept until 0.3
