"""Bodies of multipart/form-data, read without a network: fields, and files with name and type."""

from __future__ import annotations

from dataclasses import dataclass, field
from email.message import Message
from email.parser import BytesParser

from .wire import WireError


@dataclass(frozen=True, slots=True)
class UploadedPart:
    """One file of a request."""

    name: str
    filename: str
    content_type: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class ParsedForm:
    """A parsed body. Fields that come after a file are `ignored`: the platform reads up to the file."""

    fields: dict[str, str]
    files: dict[str, UploadedPart]
    ignored: tuple[str, ...] = ()


def read_form(content_type: str, body: bytes) -> ParsedForm:
    """The parts of a body, given its whole Content-Type; 5 if it is not a multipart body."""
    head = f"Content-Type: {content_type}\r\nMIME-Version: 1.0\r\n\r\n".encode()
    message = BytesParser().parsebytes(head + body)
    parts = message.get_payload()
    if not message.is_multipart() or not isinstance(parts, list) or message.defects:
        raise WireError(5)
    fields: dict[str, str] = {}
    files: dict[str, UploadedPart] = {}
    ignored: list[str] = []
    for part in parts:
        if not isinstance(part, Message):
            raise WireError(5)
        name = part.get_param("name", header="Content-Disposition")
        content = part.get_payload(decode=True)
        if not isinstance(name, str) or not isinstance(content, bytes):
            raise WireError(5)
        filename = part.get_filename()
        if filename is not None:
            files[name] = UploadedPart(name, filename, part.get_content_type(), content)
        elif files:
            ignored.append(name)
        else:
            fields[name] = content.decode("utf-8", "replace")
    return ParsedForm(fields, files, tuple(ignored))
