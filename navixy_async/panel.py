"""The admin panel as one of its sessions sees it: the operator's users, trackers and tariffs."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, Unpack, overload

from .api.resources.panel import PanelActions
from .operations import CallOptions, Lane, Operation, UpdateOptions

if TYPE_CHECKING:
    from .account import Account
    from .files import FileBytes, SavedFile

T = TypeVar("T")


class PanelAccount(PanelActions):
    """The actions of the panel; made by :meth:`Navixy.panel_account`.

    ``panel.tracker.list()`` is ``/panel/tracker/list``. A panel session lasts 24 hours and cannot be prolonged; with a
    ``PanelLogin`` a new one is opened when it ends. The panel knows no ISO mode: its times are naive datetimes in the
    operator's zone.
    """

    __slots__ = ("_account",)

    def __init__(self, account: Account) -> None:
        super().__init__(account)
        self._account = account

    def __repr__(self) -> str:
        return f"PanelAccount(label={self.label!r}, lane={self.lane!r})"

    @property
    def panel(self) -> PanelActions:
        """The same actions under their whole path: ``.panel.tracker.list()``."""
        return PanelActions(self._account)

    @property
    def lane(self) -> Lane:
        """The lane that calls take unless they name another."""
        return self._account.lane

    @property
    def label(self) -> str:
        """A name for people and logs; never a secret."""
        return self._account.label

    @overload
    async def call(
        self,
        operation: Operation[T],
        params: Mapping[str, Any] | None = None,
        **options: Unpack[UpdateOptions],
    ) -> T: ...

    @overload
    async def call(
        self,
        operation: str,
        params: Mapping[str, Any] | None = None,
        **options: Unpack[UpdateOptions],
    ) -> dict[str, Any]: ...

    async def call(
        self,
        operation: Operation[Any] | str,
        params: Mapping[str, Any] | None = None,
        **options: Unpack[UpdateOptions],
    ) -> Any:
        """Call any action of the panel, as :meth:`Account.call` does (``panel/tracker/list``)."""
        call = self._account.call(operation, params, **options)
        del params  # an error must not carry them away in the locals of this frame
        return await call

    async def call_bytes(
        self,
        operation: Operation[Any] | str,
        params: Mapping[str, Any] | None = None,
        **options: Unpack[UpdateOptions],
    ) -> bytes:
        """Call any action of the panel and return the undecoded body of its successful answer."""
        call = self._account.call_bytes(operation, params, **options)
        del params
        return await call

    async def call_file(
        self,
        operation: Operation[Any] | str,
        params: Mapping[str, Any] | None = None,
        *,
        path: str | os.PathLike[str] | None = None,
        overwrite: bool = True,
        **options: Unpack[CallOptions],
    ) -> FileBytes | SavedFile:
        """Call an action of the panel that makes a file, as :meth:`Account.call_file` does."""
        call = self._account.call_file(operation, params, path=path, overwrite=overwrite, **options)
        del params
        return await call
