"""Where announced files are uploaded: ``/upload/ID``, beside the API, without a session; the fields authorise it."""

from __future__ import annotations

from aiohttp import web

from .jobs import UploadSlots
from .multipart import read_form
from .wire import WireError


async def receive(http: web.BaseRequest, slots: UploadSlots, now: int) -> web.Response:
    """204 for a correct upload; 404 for an unknown slot, 403 for wrong fields, 400 for a wrong file or order."""
    number = http.path.removeprefix("/upload/")
    slot = slots.held.get(int(number)) if number.isdecimal() and len(number) < 20 else None
    body = await http.read()
    if slot is None or http.method != "POST":
        return web.Response(status=404)
    try:
        form = read_form(http.headers.get("Content-Type", ""), body)
    except WireError:
        return web.Response(status=400)
    return web.Response(status=slot.take(form, now))
