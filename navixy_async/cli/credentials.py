"""Where the command gets its credentials: the environment, a hidden prompt, or a file that only its owner can read.

Never the argument list: every process of the machine can read that, and the shell saves it in its history.
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
from time import monotonic
from typing import Any

from ..credentials import ApiKey, Credential, CredentialWarning, Login, SessionHash
from ..errors import InvalidInput
from ..masking import is_secret_name
from ..texts import is_utf8
from .output import keep_secret, notify

WAYS = (
    "set NAVIXY_API_KEY, NAVIXY_SESSION_HASH, or NAVIXY_LOGIN and NAVIXY_PASSWORD in the environment, "
    "or give --account-file"
)
_FILE_KEYS = frozenset(("label", "api_key", "session_hash", "login", "password", "dealer_id"))
_LARGEST = 16 << 20
"""Bytes of an account file: a hundred thousand accounts."""
_PIPE_TIMEOUT = 60.0
"""Seconds to wait for a program whose output is the account file."""
_PASSED_PIPES = ("/dev/fd/", "/proc/self/fd/")
"""Where shells put the pipes of ``<(…)``; any other pipe may never get a writer."""
_POSITION = re.compile(r"\(at (?:line \d+, column \d+|end of document)\)")


@dataclass(frozen=True, slots=True)
class AccountEntry:
    """One account to open: a credential, and the name that people know the account by."""

    credential: Credential
    label: str | None = None

    @property
    def name(self) -> str:
        """The label that the account will carry."""
        return self.label or self.credential.key_id


@dataclass(frozen=True, slots=True)
class AccountEntries:
    """The accounts to work with, and the platform that their file names, if any."""

    entries: tuple[AccountEntry, ...]
    url: str | None = field(default=None)


def refuse_secret_arguments(arguments: Sequence[str]) -> None:
    """Raise InvalidInput if an option looks like one for a credential; its value is not repeated."""
    for argument in arguments:
        if argument == "--":
            return
        name = argument.partition("=")[0]
        if name.startswith("--") and (is_secret_name(name[2:]) or name == "--key"):
            raise InvalidInput(
                f"{name} is refused: the argument list can be read by every process of this machine and stays in the "
                f"shell's history; {WAYS}"
            )


def find_accounts(account_file: Path | None, wanted: Sequence[str] = ()) -> AccountEntries:
    """The accounts of the file if there is one, else of the environment, else of a prompt at the terminal.

    Args:
        account_file: a TOML file of mode 0600 with ``[[account]]`` tables.
        wanted: labels of the accounts to use; empty for all.

    Raises:
        InvalidInput: there is no credential, it is malformed, or the file is not acceptable.
    """
    found = (
        read_account_file(account_file)
        if account_file is not None
        else AccountEntries((_from_environment(os.environ),))
    )
    unknown = [label for label in wanted if label not in {entry.name for entry in found.entries}]
    if unknown:
        known = ", ".join(entry.name for entry in found.entries)
        raise InvalidInput(f"there is no account {unknown[0]!r}: choose from {known}")
    if not wanted:
        return found
    return AccountEntries(tuple(entry for entry in found.entries if entry.name in wanted), found.url)


def is_set(environment: Mapping[str, str], name: str) -> bool:
    """Whether a variable has a value: empty ones, which containers and CI systems set, count as unset."""
    return bool(environment.get(name, "").strip())


def _from_environment(environment: Mapping[str, str]) -> AccountEntry:
    given = [name for name in ("NAVIXY_API_KEY", "NAVIXY_SESSION_HASH", "NAVIXY_LOGIN") if is_set(environment, name)]
    if len(given) > 1:
        raise InvalidInput(f"{' and '.join(given)} are both set: leave only the one to be used")
    if not given:
        return _from_prompt()
    name = given[0]
    fields = {name.removeprefix("NAVIXY_").lower(): environment[name]}
    if name == "NAVIXY_LOGIN":
        password = environment.get("NAVIXY_PASSWORD")
        if not password:
            if not _is_interactive():
                raise InvalidInput("NAVIXY_LOGIN is set, but NAVIXY_PASSWORD is not: set both")
            password = _ask("Password of NAVIXY_LOGIN (hidden): ")
        fields["password"] = password
    return AccountEntry(_credential(fields, name), _label(environment))


def _from_prompt() -> AccountEntry:
    if not _is_interactive():
        raise InvalidInput(f"there is no credential: {WAYS}")
    return AccountEntry(
        _credential({"api_key": _ask("API key or session hash (hidden): ")}, "the prompt"), _label(os.environ)
    )


def _label(environment: Mapping[str, str]) -> str | None:
    return _readable(environment.get("NAVIXY_LABEL", "").strip(), "NAVIXY_LABEL") or None


def _readable(label: str, where: str) -> str:
    if not is_utf8(label):
        raise InvalidInput(f"{where}: the label is not UTF-8 text: write it again")
    return label


def _is_interactive() -> bool:
    return sys.stdin.isatty() and sys.stderr.isatty()


def _ask(prompt: str) -> str:
    import getpass  # only a person needs it

    try:
        return getpass.getpass(prompt, stream=sys.stderr)
    except EOFError:
        raise InvalidInput(f"nothing was entered: {WAYS}") from None


def read_account_file(path: Path) -> AccountEntries:
    """The accounts of a TOML file: ``[[account]]`` tables, each with a ``label`` and one credential.

    A table holds ``api_key``, or ``session_hash``, or ``login`` and ``password`` (and ``dealer_id`` if the platform
    needs it). A ``url`` above the tables names the platform that these credentials belong to.
    """
    document = _read_private(path)
    where = f"the account file {path}"
    tables = document.pop("account", None)
    url = document.pop("url", None)
    if document:
        raise InvalidInput(
            f"{where} has an unknown entry above its tables: only url and [[account]] tables belong there"
        )
    if url is not None and not isinstance(url, str):
        raise InvalidInput(f"{where}: url must be text")
    if not isinstance(tables, list) or not tables:
        raise InvalidInput(f"{where} has no account: add a table [[account]] with a label and an api_key")
    entries = tuple(_entry(table, f"{where}, account {number}") for number, table in enumerate(tables, start=1))
    names = [entry.name for entry in entries]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise InvalidInput(f"{where} has the account {twice!r} twice: give each a label of its own")
    return AccountEntries(entries, url)


def _read_private(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(_read_text(path))
    except OSError as error:
        raise InvalidInput(f"the account file {path} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise InvalidInput(f"the account file {path} is not UTF-8 text") from None
    except (ValueError, RecursionError) as error:
        if isinstance(error, InvalidInput):
            raise
        # Only the position is repeated: the parser's own message may quote the line, and the line may be a secret.
        found = _POSITION.search(str(error))
        position = f" {found.group()}" if found else ""
        raise InvalidInput(
            f"the account file {path} is not valid TOML{position}: write "
            '[[account]] and below it, for example, label = "…" and api_key = "…"'
        ) from None


def _read_text(path: Path) -> str:
    """The text of a file that only its owner can read; opening anything else may block or have side effects."""
    is_passed = str(path).startswith(_PASSED_PIPES)
    kind = path.stat().st_mode
    if not stat.S_ISREG(kind) and not (is_passed and stat.S_ISFIFO(kind)):
        raise InvalidInput(f"the account file {path} cannot be read: {_kind(kind)}")
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0))
    with os.fdopen(descriptor, "rb") as file:
        # The open file is checked, not its name: a name could point elsewhere a moment later.
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode) and not is_passed:
            raise InvalidInput(f"the account file {path} cannot be read: {_kind(found.st_mode)}")
        _refuse_readable(path, found)
        data = _read_pipe(path, descriptor) if stat.S_ISFIFO(found.st_mode) else file.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        raise InvalidInput(f"the account file {path} is larger than {_LARGEST >> 20} MB: is it the right one?")
    return data.decode("utf-8-sig").replace("\r\n", "\n")


def _kind(mode: int) -> str:
    if stat.S_ISDIR(mode):
        return "Is a directory"
    return f"it is {'a pipe' if stat.S_ISFIFO(mode) else 'a device or socket'}, not a file"


def _refuse_readable(path: Path, found: os.stat_result) -> None:
    """Refuse what PostgreSQL refuses for its keys; root's may be readable by their group, as in containers."""
    if os.name != "posix":
        return
    others = 0o037 if found.st_uid == 0 else 0o077
    if found.st_uid not in (0, os.geteuid()):
        raise InvalidInput(
            f"the account file {path} belongs to another user: take it over (chown) and give it mode 0600"
        )
    if found.st_mode & others:
        raise InvalidInput(
            f"the account file {path} can be read by others (mode {stat.S_IMODE(found.st_mode):04o}): "
            f"keep it to yourself with: chmod 600 {path}"
        )


def _read_pipe(path: Path, descriptor: int) -> bytes:
    """What a shell passes with ``<(…)``, limited in time and size."""
    import select  # hardly anybody needs it

    chunks: list[bytes] = []
    until = monotonic() + _PIPE_TIMEOUT
    while sum(map(len, chunks)) <= _LARGEST:
        if not select.select([descriptor], [], [], max(0.0, until - monotonic()))[0]:
            raise InvalidInput(
                f"nothing came from {path} for {_PIPE_TIMEOUT:.0f} s: is the program that writes it stuck?"
            )
        chunk = os.read(descriptor, 1 << 16)
        if not chunk:
            break
        chunks.append(chunk)
    return b"".join(chunks)


def _entry(table: object, where: str) -> AccountEntry:
    if not isinstance(table, dict):
        raise InvalidInput(f"{where} is not a table: write [[account]] above it")
    if not table.keys() <= _FILE_KEYS:
        raise InvalidInput(f"{where} has an unknown entry: allowed are {', '.join(sorted(_FILE_KEYS))}")
    fields = dict(table)
    label = fields.pop("label", None)
    if label is not None and (not isinstance(label, str) or not label.strip()):
        raise InvalidInput(f"{where}: the label must be text, and not empty")
    return AccountEntry(_credential(fields, where), label)


def _credential(fields: dict[str, Any], where: str) -> Credential:
    """The credential of `fields`; its secrets are registered for masking before anything is checked."""
    keep_secret(*(value for name, value in fields.items() if isinstance(value, str) and not _is_word(name, value)))
    try:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always", CredentialWarning)
            credential = _build(fields)
    except InvalidInput as error:
        raise InvalidInput(f"{where}: {error}") from None
    for warning in caught:
        notify(f"warning: {where}: {warning.message}")
    return credential


def _is_word(name: str, value: str) -> bool:
    """Whether it may appear in messages: a label, or a login such as ``user``, which occurs in paths."""
    return name == "label" or (name == "login" and value.isalpha())


def _build(fields: dict[str, Any]) -> Credential:
    match sorted(fields.keys() - {"dealer_id"}):
        case ["api_key"]:
            return ApiKey(fields["api_key"])
        case ["session_hash"]:
            return SessionHash(fields["session_hash"])
        case ["login", "password"]:
            return Login(fields["login"], fields["password"], dealer_id=fields.get("dealer_id"))
    raise InvalidInput("give exactly one credential: api_key, or session_hash, or login and password")
