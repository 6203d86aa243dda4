"""Structs of `tracker.contact`. Contacts of trackers.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

from ..model import Model
from .tracker import Tracker


class Contact(Model, kw_only=True):
    """A contact."""

    user_id: int | None = None
    trackers: list[Tracker] | None = None
    first_name: str | None = None
    middle_name: str | None = None
    last_name: str | None = None


class TrackerContactListAnswer(Model, kw_only=True):
    """What `/tracker/contact/list` answers."""

    contacts: list[Contact] | None = None
    trackers: list[Tracker] | None = None
