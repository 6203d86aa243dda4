"""The directory of an account's flows: what stands where, and how it gets there whole."""

from __future__ import annotations

import os
import re
import tempfile
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from ...errors import InvalidInput
from ...files import publish_file

SECRETS = ".secrets.json"
STATE = ".state.json"
SOURCES = "sources.json"
CHANGELOG = "changelog.jsonl"
_IGNORED = f"{SECRETS}\n{STATE}\n"
_LONGEST = 48
"""Characters of a file's name; some systems allow 255 bytes."""


class Pulled(msgspec.Struct, kw_only=True):
    """What is known of a flow or endpoint in one account: its id, what stood there last, and what was written of it."""

    id: int
    server: str
    file: str


class AccountState(msgspec.Struct, kw_only=True):
    """What is known of one account, by names of files."""

    flows: dict[str, Pulled] = {}
    endpoints: dict[str, Pulled] = {}


@dataclass
class Folder:
    """A directory with flows and endpoints by the names of their files; secrets stand in them as references."""

    path: Path
    flows: dict[str, dict[str, Any]] = field(default_factory=dict)
    endpoints: dict[str, dict[str, Any]] = field(default_factory=dict)
    secrets: dict[str, Any] = field(default_factory=dict, repr=False)
    accounts: dict[str, AccountState] = field(default_factory=dict)

    def state_of(self, account_id: str) -> AccountState:
        """What is known of an account."""
        return self.accounts.setdefault(account_id, AccountState())

    def save_state(self) -> None:
        """Write what is known of all accounts."""
        write_json(self.path / STATE, {"accounts": self.accounts}, is_private=True)

    def save_secrets(self) -> None:
        """Write the secrets, which only the owner may read."""
        write_json(self.path / SECRETS, self.secrets, is_private=True)

    def save_version(self, name: str, flow: Mapping[str, Any], entry: Mapping[str, Any]) -> None:
        """Keep a version of a flow beside the earlier ones, and say in the changelog what is new."""
        versions = self.path / "versions" / name
        numbers = [int(path.stem) for path in versions.glob("*.json") if path.stem.isdecimal()]
        number = max(numbers, default=0) + 1
        write_json(versions / f"{number:04}.json", flow)
        log = self.path / CHANGELOG
        before = log.read_bytes() if log.exists() else b""
        line = msgspec.json.encode({"flow": name, "version": number, **entry})
        write_file(log, before + line + b"\n")

    def save_ignored(self) -> None:
        """Keep what belongs to nobody else out of a repository."""
        if not (self.path / ".gitignore").exists():
            write_file(self.path / ".gitignore", _IGNORED.encode())


def load_folder(path: str | os.PathLike[str], *, must_exist: bool) -> Folder:
    """Read a directory; raises InvalidInput that names the file which cannot be read."""
    root = Path(path)
    if must_exist and not (root / "flows").is_dir():
        raise InvalidInput(f"{root.name} has no directory 'flows': pull the account's flows first")
    folder = Folder(root)
    for kind, held in (("flows", folder.flows), ("endpoints", folder.endpoints)):
        for file in sorted((root / kind).glob("*.json"), key=lambda file: natural(file.stem)):
            held[file.stem] = _object(file)
    folder.secrets = _object(root / SECRETS) if (root / SECRETS).exists() else {}
    if (root / STATE).exists():
        try:
            folder.accounts = msgspec.convert(_object(root / STATE).get("accounts", {}), dict[str, AccountState])
        except msgspec.ValidationError:
            raise InvalidInput(f"{STATE} is damaged: delete it, and pull again") from None
    return folder


def natural(name: str) -> tuple[str, int]:
    """The order of names in which ``a-2`` stands before ``a-10``."""
    found = re.fullmatch(r"(.*)-([0-9]{1,9})", name, re.DOTALL)
    return (found[1], int(found[2])) if found else (name, 0)


def file_name_of(title: object, taken: Collection[str], otherwise: str) -> str:
    """A name for the file of what has this title, other than those that are taken."""
    text = unicodedata.normalize("NFC", title).casefold() if isinstance(title, str) else ""
    name = re.sub(r"[\W_]+", "-", text)[:_LONGEST].strip("-") or otherwise
    found, count = name, 1
    while found in taken:
        count += 1
        found = f"{name}-{count}"
    return found


def write_json(path: Path, value: object, *, is_private: bool = False) -> None:
    """Write readable JSON that a comparison line by line likes."""
    encoded = msgspec.json.format(msgspec.json.encode(value), indent=2)
    write_file(path, encoded + b"\n", is_private=is_private)


def write_file(path: Path, content: bytes, *, is_private: bool = False) -> None:
    """Write a file that is there whole or not at all; a private one is nobody else's at any moment."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")  # with mode 0600
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if not is_private:
            Path(name).chmod(0o644)
        publish_file(Path(name), path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _object(path: Path) -> dict[str, Any]:
    try:
        value = msgspec.json.decode(path.read_bytes())
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        shown = "" if path.name == SECRETS else f": {error}"
        raise InvalidInput(f"{path.name} is no JSON{shown}") from None
    if not isinstance(value, dict):
        raise InvalidInput(f"{path.name} has to hold a JSON object")
    return value
