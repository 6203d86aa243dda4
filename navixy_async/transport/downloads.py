"""Downloads: a file on disk is whole or absent; a JSON answer is never mistaken for a file."""

from __future__ import annotations

import asyncio
import os
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing
from pathlib import Path
from typing import IO, Any, ParamSpec, TypeVar

import msgspec

from ..errors import DecodeFailed, InvalidInput, TariffRestricted
from ..files import SavedFile, file_name, publish_file
from ..operations import Operation
from .answer import Answer
from .bodies import Body, is_object, is_page

P = ParamSpec("P")
T = TypeVar("T")

_CHUNK = 1 << 20
"""Bytes that are gathered before a thread writes them."""
_SIGNIFICANT = 16
"""Bytes after white space that suffice to recognise JSON and HTML."""


class FileSink:
    """Writes the body of a file answer to disk: under a temporary name first, under its own when it is whole."""

    def __init__(self, path: str | os.PathLike[str], *, overwrite: bool = True) -> None:
        self.path = Path(path)
        if self.path.is_dir():
            raise InvalidInput(f"{self.path.name!r} is a directory: name the file to write")
        if not self.path.parent.is_dir():
            raise InvalidInput(f"the directory of {self.path.name!r} does not exist: create it first")
        if not overwrite and self.path.exists():
            raise InvalidInput(f"{self.path.name!r} exists: choose another name, or give overwrite=True")
        self._part = self.path.with_name(f".{self.path.name}.{secrets.token_hex(4)}.part")
        self._size: int | None = None

    async def receive(self, body: Body) -> bytes:
        """Store the body; one that may be JSON, or an HTML page, is returned instead.

        Raises:
            InvalidInput: the file cannot be written.
            AnswerTooLarge: a body to be returned is too large for memory.
            BrokenBody: it cannot be unpacked, or was cut.
        """
        self._size = None
        head = b""
        async with aclosing(body.chunks()) as chunks:
            async for chunk in chunks:
                head += chunk
                if len(head.lstrip()) >= _SIGNIFICANT or len(head) > _CHUNK:
                    break
            if is_object(head) or is_page(body.content_type, head):
                return head + b"".join([chunk async for chunk in chunks])
            body.unbounded()
            self._size = await self._store(head, chunks)
        return b""

    async def _store(self, head: bytes, chunks: AsyncIterator[bytes]) -> int:
        """Write everything; returns how many bytes it was."""
        file: IO[bytes] = await self._on_disk(self._part.open, "wb")
        try:
            size, waiting = len(head), [head]
            gathered = size
            async for chunk in chunks:
                waiting.append(chunk)
                gathered += len(chunk)
                size += len(chunk)
                if gathered >= _CHUNK:
                    await self._on_disk(file.write, b"".join(waiting))
                    waiting, gathered = [], 0
            await self._on_disk(_finish, file, b"".join(waiting))
        finally:
            await self._on_disk(file.close)
        return size

    async def keep(self, answer: Answer) -> SavedFile:
        """Give the file its name. A body that turned out not to be the platform's JSON is written now."""
        if self._size is None:
            await self._on_disk(self._write, answer.body)
            self._size = len(answer.body)
        await self._on_disk(publish_file, self._part, self.path)
        return SavedFile(self.path, file_name(answer.disposition), answer.content_type, self._size)

    async def discard(self) -> None:
        """Leave nothing behind; safe to call even after :meth:`keep`."""
        await asyncio.to_thread(self._part.unlink, missing_ok=True)

    async def _on_disk(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """`work` in a thread; trouble with the disk is an InvalidInput, never mistaken for the network's."""
        try:
            return await asyncio.to_thread(work, *args, **kwargs)
        except OSError as error:
            raise InvalidInput(f"{self.path.name!r} cannot be written: {error.strerror or error}") from None

    def _write(self, body: bytes) -> None:
        with self._part.open("wb") as file:
            _finish(file, body)


def _finish(file: IO[bytes], rest: bytes) -> None:
    file.write(rest)
    file.flush()
    os.fsync(file.fileno())


def refuse_json(operation: Operation[Any], body: bytes) -> None:
    """Raise the error that a JSON answer means where a file was expected.

    Raises:
        TariffRestricted: an empty list with ``limit_exceeded``: the tariff no longer stores the asked period.
        DecodeFailed: JSON of another kind.
    """
    answer = _json_object(body)
    if answer is None:
        return
    if answer.get("limit_exceeded"):
        raise TariffRestricted(
            0,
            "no file was made: the asked period is older than what the tariff stores",
            http_status=200,
            operation=operation.path,
            extra={"limit_exceeded": True},
            from_platform=True,
        )
    raise DecodeFailed(
        f"{operation.path}: the platform answered with JSON ({', '.join(sorted(answer)[:5])}) instead of a file",
        operation=operation.path,
        body=body,
    )


def _json_object(body: bytes) -> dict[str, Any] | None:
    """`body` if it is a JSON answer of the platform; a file never starts like one."""
    if not is_object(body):
        return None
    try:
        answer = msgspec.json.decode(body)
    except (msgspec.DecodeError, RecursionError, ValueError):
        return None
    return answer if isinstance(answer, dict) and "success" in answer else None
