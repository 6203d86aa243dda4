"""Files: what is uploaded, what is downloaded, and what a power cut must leave whole.

Uploads are given as a path, as bytes, or as an asynchronous iterator of bytes, and where name or type matters as an
:class:`Upload`. Downloads come as :class:`FileBytes`, or go straight to the disk and come as a :class:`SavedFile`.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import AsyncIterable
from dataclasses import dataclass, field
from errno import EXDEV
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import unquote

import msgspec

from .errors import InvalidInput


@dataclass(frozen=True, slots=True)
class Upload:
    """A file to upload, with the name and type that the platform will see.

    Attributes:
        content: a path, the bytes themselves, or an asynchronous iterator of bytes (which can be sent only once).
        name: the file's name; that of the path, or ``upload`` if not given.
        content_type: its media type; ``application/octet-stream`` if not given.
    """

    content: str | os.PathLike[str] | bytes | AsyncIterable[bytes] = field(repr=False)
    name: str | None = None
    content_type: str = "application/octet-stream"

    def __post_init__(self) -> None:
        if isinstance(self.content, str | os.PathLike):
            path = Path(self.content)
            if not path.is_file():
                raise InvalidInput(f"there is no file {path.name!r} to upload: check the path")
        elif not isinstance(self.content, bytes | bytearray | AsyncIterable):
            raise InvalidInput(
                f"an upload is a path, bytes or an asynchronous iterator of bytes, not {type(self.content).__name__}"
            )

    @property
    def file_name(self) -> str:
        """The name that is sent."""
        if self.name is not None:
            return self.name
        return Path(self.content).name if isinstance(self.content, str | os.PathLike) else "upload"

    @property
    def repeatable(self) -> bool:
        """Whether it can be sent a second time."""
        return not isinstance(self.content, AsyncIterable)


UploadSource: TypeAlias = Upload | str | os.PathLike[str] | bytes | AsyncIterable[bytes]
"""Whatever can be uploaded; text is the path of a file."""


def as_upload(source: Any) -> Upload:
    """`source` with its name.

    Raises:
        InvalidInput: it is not a file, or the file does not exist.
    """
    return source if isinstance(source, Upload) else Upload(source)


class FileBytes(bytes):
    """The bytes of a downloaded file, and what the platform called it."""

    name: str | None
    """The file's name, if the platform gave one; without any directory."""
    content_type: str
    """Its media type."""

    def __new__(cls, content: bytes, name: str | None = None, content_type: str = "") -> FileBytes:
        made = super().__new__(cls, content)
        made.name = name
        made.content_type = content_type
        return made

    def __repr__(self) -> str:
        return f"FileBytes(name={self.name!r}, content_type={self.content_type!r}, {len(self)} bytes)"


class SavedFile(msgspec.Struct, frozen=True):
    """A downloaded file on the disk.

    Attributes:
        path: where it is.
        name: what the platform called it, if it gave a name.
        content_type: its media type.
        size: bytes.
    """

    path: Path
    name: str | None
    content_type: str
    size: int


_PLAIN = r'filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;]+))'
_CODED = r"filename\*\s*=\s*([\w-]+)'[^']*'([^;]+)"


def file_name(disposition: str | None) -> str | None:
    """The name in a ``Content-Disposition`` header, without any directory; None if there is no name."""
    if not disposition:
        return None
    coded, plain = (re.search(pattern, disposition, re.IGNORECASE) for pattern in (_CODED, _PLAIN))
    name = ""
    if coded is not None:
        try:
            name = unquote(coded[2].strip(), encoding=coded[1], errors="strict")
        except (LookupError, UnicodeDecodeError):
            coded = None
    if coded is None and plain is not None:
        name = re.sub(r"\\(.)", r"\1", plain[1]) if plain[1] is not None else plain[2].strip()
    # A server must never choose the directory that a file is saved into.
    name = re.split(r"[\\/]", name)[-1].replace("\0", "").strip()
    return name if name not in ("", ".", "..") else None


def publish_file(temporary: Path, final: Path) -> None:
    """Give a file that is safely on the disk its final name, so that even a power cut leaves it whole or absent."""
    missing = [final.parent]
    while not missing[-1].exists():
        missing.append(missing[-1].parent)
    final.parent.mkdir(parents=True, exist_ok=True)
    try:
        temporary.replace(final)
    except OSError as error:
        if error.errno != EXDEV:
            raise
        raise OSError(EXDEV, f"{final.parent} and {temporary.parent} are on two file systems") from None
    for directory in missing:
        sync(directory)


def remove(path: Path) -> None:
    """Delete a file so that even a power cut does not bring it back."""
    path.unlink()
    sync(path.parent)


def sync(path: Path) -> None:
    """Have the system write a file, or the names in a directory, to the disk."""
    if sys.platform == "win32" and path.is_dir():
        return  # Windows delays no names, and cannot open a directory.
    descriptor = os.open(path, os.O_RDWR if sys.platform == "win32" else os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
