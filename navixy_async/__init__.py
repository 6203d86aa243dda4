"""The asyncio client for the Navixy telematics platform.

Never over the rate limit and hardly under it, nothing lost silently, typed answers, secrets that stay secret::

    async with Navixy("eu") as navixy:
        fleet = navixy.account(ApiKey(key))
        trackers = await fleet.tracker.list()
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .account import Account as Account
    from .api.runtime.unknown_fields import unknown_members as unknown_members
    from .client import Navixy as Navixy
    from .credentials import ApiKey as ApiKey
    from .credentials import Credential as Credential
    from .credentials import CredentialWarning as CredentialWarning
    from .credentials import Login as Login
    from .credentials import PanelLogin as PanelLogin
    from .credentials import SessionHash as SessionHash
    from .errors import *  # noqa: F403 - all of them
    from .files import FileBytes as FileBytes
    from .files import SavedFile as SavedFile
    from .files import Upload as Upload
    from .operations import Lane as Lane
    from .operations import Operation as Operation
    from .operations import Replay as Replay
    from .settings import Limits as Limits
    from .settings import Pool as Pool
    from .settings import Retries as Retries
    from .settings import Timeouts as Timeouts
    from .times import TimeRange as TimeRange

__version__ = "0.2.0"

# A public name is loaded when it is first asked for: `import navixy_async` and `navixy --help` cost next to nothing.
_HOMES = {
    "account": "Account",
    "api.runtime.unknown_fields": "unknown_members",
    "client": "Navixy",
    "credentials": "ApiKey Credential CredentialWarning Login PanelLogin SessionHash",
    "files": "FileBytes SavedFile Upload",
    "operations": "Lane Operation Replay",
    "settings": "Limits Pool Retries Timeouts",
    "times": "TimeRange",
}
"""Where the public names are defined; besides these, all errors are public."""
_HOME = {name: home for home, names in _HOMES.items() for name in names.split()}


if not TYPE_CHECKING:  # type checkers read the imports above, and still know a wrong name when they see one

    def __getattr__(name: str) -> Any:
        if name == "__all__":
            return sorted((*_HOME, *_errors().__all__))
        if name not in _HOME and name not in _errors().__all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        home = import_module(f".{_HOME[name]}", __name__) if name in _HOME else _errors()
        value = globals()[name] = getattr(home, name)
        return value


def _errors() -> Any:
    return import_module(".errors", __name__)


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOME, *_errors().__all__})
