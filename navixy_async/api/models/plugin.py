"""Structs of `plugin`. Report plugins that the account may use.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins
from typing import Any

from ..model import ABSENT, Always, Model


class PluginFilter(Model, kw_only=True):
    """The `filter` of `Plugin`."""

    exclusion: bool | None = None
    values: list[str] | None = None


class Plugin(Model, kw_only=True):
    """A plugin."""

    id: Always[int] = ABSENT
    type: str | None = None
    ui_module: str | None = None
    module: str | None = None
    filter: PluginFilter | None = None
    parameters: dict[str, Any] | None = None


class PluginListAnswer(Model, kw_only=True):
    """What `/plugin/list` answers."""

    list: Always[builtins.list[Plugin]] = ABSENT
