"""The client of one command: where the platform is, who asks, and what the screen is told meanwhile."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import InvalidInput
from ..settings import BaseUrl, Pool
from .credentials import Doors, find_doors

if TYPE_CHECKING:
    from ..account import Account
    from ..client import Navixy
    from ..observe.events import Observer
    from ..operations import Lane

DEFAULT_PLATFORM = "eu"


@dataclass(frozen=True, slots=True)
class Session:
    """A platform and the accounts to open there; nothing is connected before :meth:`open`."""

    base_url: BaseUrl
    doors: Doors
    pool: Pool

    @classmethod
    def prepare(
        cls, url: str | None, account_file: Path | None, wanted: Sequence[str] = (), ca_file: Path | None = None
    ) -> Session:
        """Check everything that can be checked without the network.

        The platform is what ``--url`` says, else what the account file says, else ``NAVIXY_URL``, else ``eu``: the
        credentials of a file never go to a host that the file does not name, unless the command line says so.
        """
        said = None if url is None else BaseUrl.parse(url)
        doors = find_doors(account_file, wanted)
        named = doors.url or os.environ.get("NAVIXY_URL", "").strip() or DEFAULT_PLATFORM
        # The shell's proxies hold for every command, and so they do for this one.
        ca = ca_file or os.environ.get("NAVIXY_CA_FILE", "").strip() or None
        return cls(said or BaseUrl.parse(named), doors, Pool(proxy="environment", ca_file=ca))

    def require_one(self, command: str) -> None:
        """Refuse a command that needs exactly one account if there are several."""
        if len(self.doors.doors) > 1:
            names = ", ".join(door.name for door in self.doors.doors)
            raise InvalidInput(f"`navixy {command}` works on one account: choose one with --account ({names})")

    @asynccontextmanager
    async def open(
        self, *, lane: Lane = "interactive", observer: Observer | None = None
    ) -> AsyncIterator[tuple[Navixy, list[Account]]]:
        """The client and its accounts, until the block ends."""
        from ..client import Navixy  # noqa: PLC0415 - aiohttp is loaded only when something is sent

        async with Navixy(self.base_url.url, observer=observer, pool=self.pool) as navixy:
            yield navixy, [navixy.account(door.credential, lane=lane, label=door.label) for door in self.doors.doors]
