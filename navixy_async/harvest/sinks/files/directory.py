"""The directory that a harvest writes to: what may be in it, who may write, and where everything is.

::

    manifest.json                                        what is in the files, and what is not; written last
    stream=tracks/account=<label>/date=2026-03-16/part-0.parquet
    .navixy-harvest/lock                                 held while a harvest writes
    .navixy-harvest/tracks/ledger.sqlite                 what is done; one per stream
    .navixy-harvest/tracks/parts/7.arrow                 rows whose day is not whole yet
"""

from __future__ import annotations

import json
import logging
import os
import shutil
import sys
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from urllib.parse import quote

from ....errors import InvalidInput
from ....files import publish_file, sync
from ....texts import is_utf8
from ...aliases import JsonObject
from ...state.store import DIGEST

log = logging.getLogger("navixy_async")

STATE = ".navixy-harvest"
MANIFEST = "manifest.json"
_MANIFEST_FORMAT = 1
_HIVE_NULL = "__HIVE_DEFAULT_PARTITION__"
_LONGEST_NAME = 255
"""Bytes of a name that file systems allow."""


class DatasetDirectory:
    """A directory, and one stream in it.

    Args:
        root: the directory; created if it does not exist.
        stream: name of the stream.
        resume: continue the harvest that is there, or begin one.
        overwrite: drop the harvest that is there; files that are not part of one are left alone.

    Raises:
        InvalidInput: the directory cannot be used this way; nothing in it was changed.
    """

    def __init__(self, root: Path, stream: str, *, resume: bool, overwrite: bool) -> None:
        if resume and overwrite:
            raise InvalidInput("resume and overwrite contradict each other: choose one")
        self.root = root
        self.stream = stream
        self.resume = resume
        self.overwrite = overwrite
        self.data = root / f"stream={stream}"
        self.state = root / STATE / stream
        self.ledger = self.state / "ledger.sqlite"
        self.parts = self.state / "parts"
        self.scratch = self.state / "tmp"
        self.manifest = root / MANIFEST

    def check(self) -> None:
        """Raise InvalidInput unless the directory may be used as asked; change nothing."""
        if not self.root.is_dir():
            self._check_new()
            return
        if not os.access(self.root, os.R_OK | os.W_OK | os.X_OK):
            raise InvalidInput(f"{self.root} is not writable: choose another directory or change its permissions")
        self._check_manifest()
        # An empty ledger was made by a harvest that never began, or somebody emptied it.
        begun = self.ledger.exists() and self.ledger.stat().st_size > 0
        if self.overwrite or (self.resume and begun):
            return
        if begun or self.data.exists():
            if self.resume:
                raise InvalidInput(
                    f"{self.root} holds {self.stream}, but no ledger to resume from: overwrite it or choose another "
                    "directory"
                )
            raise InvalidInput(
                f"{self.root} is not empty: it already holds a harvest of {self.stream}; resume it, overwrite it, or "
                "choose another directory"
            )
        harvests = list(self.root.glob(f"{STATE}/*/ledger.sqlite"))
        others = [entry.name for entry in self.root.iterdir() if entry.name != STATE]
        if others and not harvests:
            raise InvalidInput(f"{self.root} is not empty (it holds {min(others)!r}): choose an empty directory")

    def _check_new(self) -> None:
        existing = next(filter(Path.exists, (self.root, *self.root.parents)), self.root)
        if not existing.is_dir():
            raise InvalidInput(f"{self.root} cannot be a directory, because {existing} is a file: choose another path")
        if not os.access(existing, os.W_OK | os.X_OK):
            raise InvalidInput(
                f"{self.root} cannot be created, because {existing} is not writable: choose another path"
            )

    def lock(self) -> Callable[[], None]:
        """Lock the directory, created if need be, for this harvest alone; returns what unlocks it, as a kill does too.

        The state's directory is locked beside the file in it: people delete files that are called lock.

        Raises:
            InvalidInput: another harvest is writing to it, or it cannot be made.
        """
        held = ExitStack()
        try:
            (self.root / STATE).mkdir(parents=True, exist_ok=True)
            lock = os.open(self.root / STATE / "lock", os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:
            raise InvalidInput(f"{self.root} is not writable ({error.strerror}): choose another directory") from None
        held.callback(os.close, lock)
        try:
            _lock(lock)
            if sys.platform != "win32":
                directory = os.open(self.root / STATE, os.O_RDONLY)
                held.callback(os.close, directory)
                try:
                    _lock(directory)
                except OSError as error:
                    # Network file systems only lock what is open for writing, and a directory never is.
                    if isinstance(error, BlockingIOError | PermissionError):
                        raise
        except (BlockingIOError, PermissionError):
            held.close()
            raise InvalidInput(
                f"another harvest is writing to {self.root}: wait until it is done or choose another directory"
            ) from None
        except OSError as error:
            held.close()
            raise InvalidInput(
                f"{self.root} cannot be locked ({error.strerror}): choose a directory on a local disk"
            ) from None
        return held.close

    def prepare(self) -> None:
        """Make room for a new harvest (dropping the old one if that was asked), or clean up behind a killed one."""
        if self.overwrite:
            # The ledger goes first: without it, the half-dropped rest cannot pass for something to resume.
            self.write_manifest(None)
            for name in ("ledger.sqlite", "ledger.sqlite-wal", "ledger.sqlite-shm"):
                (self.state / name).unlink(missing_ok=True)
            for directory in (self.data, self.state):
                if directory.exists():
                    shutil.rmtree(directory)
        if self.scratch.exists():
            shutil.rmtree(self.scratch)
        for directory in (self.parts, self.scratch):
            directory.mkdir(parents=True, exist_ok=True)

    def drop_parts_except(self, kept: Iterable[int]) -> None:
        """Delete the part files that are no longer needed."""
        names = {self.part(number).name for number in kept}
        for path in self.parts.iterdir():
            if path.name not in names:
                path.unlink(missing_ok=True)

    def part(self, number: int) -> Path:
        """The path of a part."""
        return self.parts / f"{number}.arrow"

    def day_file(self, account: str, day: date) -> Path:
        """Where the rows of one account and UTC day belong."""
        return account_directory(self.data, account) / f"date={day.isoformat()}" / "part-0.parquet"

    def _read_manifest(self) -> JsonObject:
        """The sections of the manifest; one that cannot be read is put aside, so that its content is not lost."""
        try:
            manifest = json.loads(self.manifest.read_text(encoding="utf-8"))
            if manifest["format"] == _MANIFEST_FORMAT and isinstance(manifest["streams"], dict):
                return manifest["streams"]
        except FileNotFoundError:
            return {}
        except (ValueError, LookupError, TypeError, RecursionError):
            pass
        number = sum(1 for _ in (self.root / STATE).glob("manifest-*.json"))
        aside = self.root / STATE / f"manifest-{number + 1}.json"
        self.manifest.replace(aside)
        log.warning("%s cannot be read, and is kept as %s: resume the other harvests in it", self.manifest, aside)
        return {}

    def _check_manifest(self) -> None:
        """Raise InvalidInput if the manifest is of another version, which knows more than this one."""
        try:
            manifest = json.loads(self.manifest.read_text(encoding="utf-8"))
            found = manifest["format"] if isinstance(manifest["format"], int) else _MANIFEST_FORMAT
        except (OSError, ValueError, LookupError, TypeError, RecursionError):
            return
        if found != _MANIFEST_FORMAT:
            raise InvalidInput(
                f"{self.manifest} was written by another version of this program (format {found}): continue with "
                "that version, or choose another directory"
            )

    def write_manifest(self, section: Mapping[str, object] | None) -> None:
        """Put this stream's section into the manifest, or take it out; the others stay as they are."""
        streams = self._read_manifest()
        known = streams.pop(self.stream, None)
        if section is None and known is None:
            return
        if section is not None:
            streams[self.stream] = dict(section)
        if not streams:
            self.manifest.unlink(missing_ok=True)
            return
        text = json.dumps(
            {"format": _MANIFEST_FORMAT, "streams": streams}, indent=1, sort_keys=True, ensure_ascii=False
        )
        # In the root's own state directory: the stream's may just have been dropped.
        temporary = self.root / STATE / f"{MANIFEST}.tmp"
        temporary.write_text(text + "\n", encoding="utf-8")
        sync(temporary)
        publish_file(temporary, self.manifest)


def quote_label(label: str) -> str:
    """An account's label as a partition value: letters of any script unchanged, and ``%XX`` for what a file system
    or a reader of partitions interprets, so that two labels never collide.
    """
    return "".join(one if _is_kept(one) else quote(one, safe="") for one in label)


def _is_kept(one: str) -> bool:
    # All printable characters, but of ASCII only those that no system and no shell treats specially.
    return not one.isascii() and one.isprintable() and _UNICODE_NAMES


_UNICODE_NAMES = sys.getfilesystemencoding().lower().replace("-", "") == "utf8"
"""Whether file names can contain every character."""


def account_directory(data: Path, label: str) -> Path:
    """Where the rows of an account belong; a directory that an earlier version named differently is continued."""
    old = data / f"account={quote(label, safe='')}"
    return old if old.is_dir() else data / f"account={quote_label(label)}"


def check_labels(labels: Iterable[str]) -> None:
    """Raise InvalidInput unless each account can have a directory of its own, even if case does not count."""
    seen: set[str] = set()
    for label in labels:
        if not label.strip():
            raise InvalidInput("an account has an empty label: give each account a name")
        if not is_utf8(label):
            raise InvalidInput(f"the account label {ascii(label)[:60]} is not UTF-8 text: write it again")
        if label == _HIVE_NULL:
            raise InvalidInput(f"an account is labelled {label!r}, which readers take for null: use another label")
        if (size := len(f"account={quote_label(label)}".encode())) > _LONGEST_NAME:
            raise InvalidInput(
                f"the account label {label[:40]!r}... is too long for a directory ({size} bytes where "
                f"{_LONGEST_NAME} are allowed): use a shorter one"
            )
        # Some systems equate letters that differ in case, or in how their accents are written.
        same = unicodedata.normalize("NFC", unicodedata.normalize("NFC", label).casefold())
        if same in seen:
            if DIGEST.fullmatch(label):
                raise InvalidInput(
                    f"two accounts without a label have the same login or key ({label}): leave one out, or give each a "
                    "label of its own"
                )
            raise InvalidInput(f"two accounts are labelled {label!r}: give each account a label of its own")
        seen.add(same)


def _lock(descriptor: int) -> None:
    """Lock the open file until it is closed or the process ends, however it ends; OSError if somebody else has it."""
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415 - only there

        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl  # noqa: PLC0415 - not on Windows

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
