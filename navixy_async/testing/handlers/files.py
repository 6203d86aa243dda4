"""Files out, files in, and files that are announced first."""

from __future__ import annotations

from copy import deepcopy
from typing import Any
from urllib.parse import urlencode

from ..facts import Documented
from ..multipart import UploadedPart
from ..params import is_whole
from ..wire import WireError, encode, invalid
from .action import Call, File, Params, Redirect

LARGEST = 16_777_216
IMAGES = ("image/jpeg", "image/pjpeg", "image/png", "image/gif", "image/webp")
CONTENT = {
    "pdf": ("application/pdf", b"%PDF-1.4\n%%EOF\n"),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK\x05\x06" + bytes(18)),
    "xls": ("application/vnd.ms-excel", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", b"PK\x05\x06" + bytes(18)),
    "kml": ("application/vnd.google-earth.kml+xml", b'<?xml version="1.0" encoding="UTF-8"?><kml/>'),
    "kmz": ("application/vnd.google-earth.kmz", b"PK\x05\x06" + bytes(18)),
    "csv": ("text/csv", b"id,error\n"),
}
"""Empty files of every documented format."""


def empty_file(known: Documented, p: Params) -> File:
    """An empty file of the requested format, or of the first documented one."""
    formats = known.file or ("csv",)
    wanted = p.get("format") if p.get("format") in CONTENT else formats[0]
    content_type, content = CONTENT[str(wanted)]
    return File(content, content_type, f"{known.resource.replace('/', '_')}.{wanted}")


def file_of(call: Call) -> UploadedPart:
    """The file of a request: 233 without one, 271 if it is too large."""
    part = call.files.get("file")
    if part is None:
        raise WireError(233)
    if len(part.content) > LARGEST:
        raise WireError(271)
    return part


def received(known: Documented, call: Call, p: Params) -> dict[str, Any]:
    """The answer to an upload: the name of a picture, or what the documents print."""
    part = file_of(call)
    result = deepcopy(known.example_answer)
    if known.resource.endswith("avatar"):
        if part.content_type not in IMAGES:
            raise WireError(234)
        return {**result, "value": part.filename}
    if known.resource == "map_layer":
        number = call.state.store.new_id()
        call.state.store.objects(call.account.id, "map_layer")[number] = {"id": number, "label": p.get("label")}
        return {**result, "id": number}
    if known.path == "zone/upload" and p.get("dry_run") is False:
        return {**result, "list": [_created(call, "zone", zone) for zone in result["list"]]}
    return result


def _created(call: Call, kind: str, shown: dict[str, Any]) -> int:
    """The id of an object that the file brought."""
    number = call.state.store.new_id()
    call.state.store.objects(call.account.id, kind)[number] = {**shown, "id": number}
    return number


def redirected(call: Call, p: Params, result: dict[str, Any]) -> dict[str, Any] | Redirect:
    """`result`, or a redirect that takes a browser to where it wants to go with it."""
    target = p.get("redirect_target")
    if not isinstance(target, str) or not target:
        return result
    return Redirect(f"{target}?{urlencode({'response': encode({'success': True, **result}).decode()})}")


def announces(known: Documented) -> bool:
    """Whether an action announces a file that will be sent elsewhere."""
    value = known.example_answer.get("value")
    return isinstance(value, dict) and "file_field_name" in value


def announced(known: Documented, call: Call, p: Params) -> dict[str, Any]:
    """Where and how to send the file: to this platform, every field first, the file last."""
    size = p.get("size")
    if not is_whole(size) or size < 1:
        raise invalid("size", "a size in bytes is required")
    if size > LARGEST:
        raise WireError(271)
    slot = call.state.slots.announce(size, call.now)
    return {
        "value": {
            "file_id": slot.id,
            "url": f"{call.origin}/upload/{slot.id}",
            "expires": call.times.text(slot.expires),
            "file_field_name": "file",
            "fields": slot.fields,
        }
    }
