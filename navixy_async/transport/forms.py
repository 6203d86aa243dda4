"""Uploads: multipart forms with the fields first and the file last, rebuilt for every attempt."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterable, AsyncIterator, Callable, Mapping
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import payload
from aiohttp.abc import AbstractStreamWriter

from ..errors import InvalidInput
from ..files import Upload, as_upload
from .encoding import encode_query


class UploadForm:
    """What one call uploads."""

    def __init__(self, params: Mapping[str, Any], operation: str, api: str = "backend") -> None:
        """Take the file out of `params`; the others become fields.

        Raises:
            InvalidInput: there is no file, or more than one.
        """
        files = {name: value for name, value in params.items() if _is_file(name, value)}
        if len(files) != 1:
            raise InvalidInput(f"{operation} uploads one file, not {len(files)}: give it as the parameter 'file'")
        ((self._name, source),) = files.items()
        self._upload: Upload = as_upload(source)
        self._fields = encode_query({name: value for name, value in params.items() if name not in files}, api)
        self._begun = False

    @property
    def repeatable(self) -> bool:
        """Whether it can be sent again: an iterator that was started cannot."""
        return self._upload.repeatable or not self._begun

    async def open(self, written: Callable[[], None]) -> Multipart:
        """The body of one attempt; `written` is called when its first byte leaves. Whoever opens it closes it."""
        body = Multipart(written)
        for name, value in self._fields.items():
            part = payload.StringPayload(value, content_type="text/plain; charset=utf-8")
            part.set_content_disposition("form-data", name=name)
            body.append_payload(part)
        content, kind = self._upload.content, self._upload.content_type
        if isinstance(content, bytes | bytearray):
            file: payload.Payload = payload.BytesPayload(bytes(content), content_type=kind)
        elif isinstance(content, str | os.PathLike):
            try:
                body.handle = await asyncio.to_thread(Path(content).open, "rb")
            except OSError as error:
                raise InvalidInput(f"{Path(content).name} cannot be read: {error.strerror}") from None
            file = payload.BufferedReaderPayload(body.handle, content_type=kind)
        else:
            file = payload.AsyncIterablePayload(self._watched(content), content_type=kind)
        file.set_content_disposition("form-data", name=self._name, filename=self._upload.file_name)
        body.append_payload(file)
        return body

    async def _watched(self, content: AsyncIterable[bytes]) -> AsyncIterator[bytes]:
        self._begun = True
        async for chunk in content:
            yield chunk


class Multipart(aiohttp.MultipartWriter):
    """A form that says when it is written."""

    def __init__(self, written: Callable[[], None]) -> None:
        super().__init__("form-data")
        self._written = written
        self.handle: Any = None

    def __deepcopy__(self, _memo: object) -> Multipart:
        # aioresponses copies what it records; an open file must not be copied.
        return self

    async def write(self, writer: AbstractStreamWriter, close_boundary: bool = True) -> None:
        self._written()
        await super().write(writer, close_boundary)

    async def release(self) -> None:
        """Close the file that is being sent, if it was opened here."""
        if self.handle is not None:
            handle, self.handle = self.handle, None
            await asyncio.to_thread(handle.close)


def _is_file(name: str, value: Any) -> bool:
    if isinstance(value, Upload | bytes | bytearray | os.PathLike | AsyncIterable):
        return True
    return name == "file" and isinstance(value, str)
