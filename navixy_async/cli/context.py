"""What a command works with: the platform's address, the accounts, and the client that opens them."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import InvalidInput
from ..settings import BaseUrl, Pool
from .credentials import AccountEntries, find_accounts

if TYPE_CHECKING:
    from ..account import Account
    from ..client import Navixy
    from ..observe.events import Observer
    from ..operations import Lane

DEFAULT_PLATFORM = "eu"


def make_pool(ca_file: Path | None) -> Pool:
    """Connections as every command makes them: through the shell's proxies, and with the certificates that it names."""
    return Pool(proxy="environment", ca_file=ca_file or os.environ.get("NAVIXY_CA_FILE", "").strip() or None)


@dataclass(frozen=True, slots=True)
class CommandContext:
    """A platform and the accounts to open there; nothing is connected before :meth:`open`."""

    base_url: BaseUrl
    accounts: AccountEntries
    pool: Pool

    @classmethod
    def prepare(
        cls, url: str | None, account_file: Path | None, wanted: Sequence[str] = (), ca_file: Path | None = None
    ) -> CommandContext:
        """Check everything that can be checked without the network.

        The platform is what ``--url`` says, else what the account file says, else ``NAVIXY_URL``, else ``eu``: the
        credentials of a file never go to a host that the file does not name, unless the command line says so.
        """
        given = None if url is None else BaseUrl.parse(url)
        accounts = find_accounts(account_file, wanted)
        named = accounts.url or os.environ.get("NAVIXY_URL", "").strip() or DEFAULT_PLATFORM
        return cls(given or BaseUrl.parse(named), accounts, make_pool(ca_file))

    def require_one(self, command: str) -> None:
        """Raise InvalidInput if there are several accounts: the command needs exactly one."""
        if len(self.accounts.entries) > 1:
            names = ", ".join(entry.name for entry in self.accounts.entries)
            raise InvalidInput(f"`navixy {command}` works on one account: choose one with --account ({names})")

    @asynccontextmanager
    async def open(
        self, *, lane: Lane = "interactive", observer: Observer | None = None
    ) -> AsyncIterator[tuple[Navixy, list[Account]]]:
        """The client and its accounts, until the block ends."""
        from ..client import Navixy  # aiohttp is loaded only when something is sent

        strict = os.environ.get("NAVIXY_STRICT") == "1"
        async with Navixy(self.base_url, observer=observer, pool=self.pool, strict=strict) as navixy:
            yield (
                navixy,
                [navixy.account(entry.credential, lane=lane, label=entry.label) for entry in self.accounts.entries],
            )
