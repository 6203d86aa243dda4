"""Where the command gets its credentials: the environment, a hidden prompt, or a file that only its owner can read.

Never the argument list: every process of the machine can read that, and the shell writes it down.
"""

from __future__ import annotations

import os
import re
import stat
import sys
import tomllib
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..credentials import ApiKey, Credential, CredentialWarning, Login, SessionHash
from ..errors import InvalidInput
from .output import keep_secret, say

WAYS = (
    "set NAVIXY_API_KEY, NAVIXY_SESSION_HASH, or NAVIXY_LOGIN and NAVIXY_PASSWORD in the environment, "
    "or give --account-file"
)
_SECRET_NAMES = frozenset(
    ("hash", "session_hash", "session_key", "session_token", "api_key", "apikey", "token", "authorization", "login")
) | frozenset(("password", "old_password", "new_password", "apn_password", "demo_password"))
_FILE_KEYS = frozenset(("label", "api_key", "session_hash", "login", "password", "dealer_id"))
_WHERE = re.compile(r"\(at (?:line \d+, column \d+|end of document)\)")


@dataclass(frozen=True, slots=True)
class Door:
    """One account to open: a credential and the name that people know it by."""

    credential: Credential
    label: str | None = None

    @property
    def name(self) -> str:
        """The label that the account will carry."""
        return self.label or self.credential.key_id


@dataclass(frozen=True, slots=True)
class Doors:
    """The accounts to work on, and the platform that their file names, if it does."""

    doors: tuple[Door, ...]
    url: str | None = field(default=None)


def refuse_secret_arguments(arguments: Sequence[str]) -> None:
    """Raise InvalidInput if an option is meant to carry a credential; its value is not repeated."""
    for argument in arguments:
        if argument == "--":
            return
        name = argument.partition("=")[0]
        if name.startswith("--") and (is_secret_name(name[2:]) or name == "--key"):
            raise InvalidInput(
                f"{name} is refused: the argument list can be read by every process of this machine and stays in the "
                f"shell's history; {WAYS}"
            )


def is_secret_name(name: str) -> bool:
    """Whether a parameter of this name carries a credential."""
    return name.lower().replace("-", "_") in _SECRET_NAMES


def find_doors(account_file: Path | None, wanted: Sequence[str] = ()) -> Doors:
    """The accounts of the file if one is given, else of the environment, else of a person at the terminal.

    Args:
        account_file: a TOML file of mode 0600 with ``[[account]]`` tables.
        wanted: labels of the accounts to take; empty takes all.

    Raises:
        InvalidInput: there is no credential, it is malformed, or the file is not as it must be.
    """
    found = read_account_file(account_file) if account_file is not None else Doors((_from_environment(os.environ),))
    unknown = [label for label in wanted if label not in {door.name for door in found.doors}]
    if unknown:
        known = ", ".join(door.name for door in found.doors)
        raise InvalidInput(f"there is no account {unknown[0]!r}: choose from {known}")
    if not wanted:
        return found
    return Doors(tuple(door for door in found.doors if door.name in wanted), found.url)


def _from_environment(environment: Mapping[str, str]) -> Door:
    given = [
        name for name in ("NAVIXY_API_KEY", "NAVIXY_SESSION_HASH", "NAVIXY_LOGIN") if environment.get(name) is not None
    ]
    if len(given) > 1:
        raise InvalidInput(f"{' and '.join(given)} are both set: leave only the one to be used")
    if not given:
        return _from_person()
    name = given[0]
    fields = {name.removeprefix("NAVIXY_").lower(): environment[name]}
    if name == "NAVIXY_LOGIN":
        password = environment.get("NAVIXY_PASSWORD")
        if password is None:
            if not _person_is_there():
                raise InvalidInput("NAVIXY_LOGIN is set, but NAVIXY_PASSWORD is not: set both")
            password = _ask("Password of NAVIXY_LOGIN (hidden): ")
        fields["password"] = password
    return Door(_credential(fields, name), _label(environment))


def _from_person() -> Door:
    if not _person_is_there():
        raise InvalidInput(f"there is no credential: {WAYS}")
    return Door(_credential({"api_key": _ask("API key or session hash (hidden): ")}, "the prompt"), _label(os.environ))


def _label(environment: Mapping[str, str]) -> str | None:
    return environment.get("NAVIXY_LABEL", "").strip() or None


def _person_is_there() -> bool:
    return sys.stdin.isatty() and sys.stderr.isatty()


def _ask(prompt: str) -> str:
    import getpass  # noqa: PLC0415 - only a person needs it

    try:
        return getpass.getpass(prompt, stream=sys.stderr)
    except EOFError:
        raise InvalidInput(f"nothing was typed: {WAYS}") from None


def read_account_file(path: Path) -> Doors:
    """The accounts of a TOML file: ``[[account]]`` tables, each with a ``label`` and one credential.

    A table holds ``api_key``, or ``session_hash``, or ``login`` and ``password`` (and ``dealer_id`` if the platform
    needs it). A ``url`` above the tables names the platform that these credentials belong to.
    """
    document = _read_private(path)
    where = f"the account file {path}"
    tables = document.pop("account", None)
    url = document.pop("url", None)
    if document:
        raise InvalidInput(f"{where} has an unknown entry at its top: only url and [[account]] tables belong there")
    if url is not None and not isinstance(url, str):
        raise InvalidInput(f"{where}: url must be text")
    if not isinstance(tables, list) or not tables:
        raise InvalidInput(f"{where} names no account: add a table [[account]] with a label and an api_key")
    doors = tuple(_door(table, f"{where}, account {number}") for number, table in enumerate(tables, start=1))
    names = [door.name for door in doors]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise InvalidInput(f"{where} has the account {twice!r} twice: give each a label of its own")
    return Doors(doors, url)


def _read_private(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            # The opened file is judged, not its name: a name could point elsewhere a moment later.
            mode = os.fstat(file.fileno())
            if os.name == "posix" and (mode.st_mode & 0o077 or mode.st_uid not in (os.getuid(), 0)):
                raise InvalidInput(
                    f"the account file {path} can be read by others (mode {stat.S_IMODE(mode.st_mode):04o}): "
                    f"make it yours alone with: chmod 600 {path}"
                )
            return tomllib.load(file)
    except OSError as error:
        raise InvalidInput(f"the account file {path} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise InvalidInput(f"the account file {path} is not UTF-8 text") from None
    except tomllib.TOMLDecodeError as error:
        # Only the place is repeated: the parser's own words may quote the line, and the line may be a secret.
        found = _WHERE.search(str(error))
        raise InvalidInput(
            f"the account file {path} is not valid TOML {found.group() if found else ''}: write "
            '[[account]] and below it, for example, label = "…" and api_key = "…"'
        ) from None


def _door(table: object, where: str) -> Door:
    if not isinstance(table, dict):
        raise InvalidInput(f"{where} is not a table: write [[account]] above it")
    if not table.keys() <= _FILE_KEYS:
        raise InvalidInput(f"{where} has an unknown entry: allowed are {', '.join(sorted(_FILE_KEYS))}")
    fields = dict(table)
    label = fields.pop("label", None)
    if label is not None and (not isinstance(label, str) or not label.strip()):
        raise InvalidInput(f"{where}: the label must be a text that is not empty")
    return Door(_credential(fields, where), label)


def _credential(fields: dict[str, Any], where: str) -> Credential:
    """The credential of `fields`; its secrets are made unprintable before anything is checked."""
    keep_secret(*(value for name, value in fields.items() if isinstance(value, str) and name != "label"))
    try:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always", CredentialWarning)
            credential = _build(fields)
    except InvalidInput as error:
        raise InvalidInput(f"{where}: {error}") from None
    for warning in caught:
        say(f"warning: {where}: {warning.message}")
    return credential


def _build(fields: dict[str, Any]) -> Credential:
    match sorted(fields.keys() - {"dealer_id"}):
        case ["api_key"]:
            return ApiKey(fields["api_key"])
        case ["session_hash"]:
            return SessionHash(fields["session_hash"])
        case ["login", "password"]:
            return Login(fields["login"], fields["password"], dealer_id=fields.get("dealer_id"))
    raise InvalidInput("give exactly one credential: api_key, or session_hash, or login and password")
