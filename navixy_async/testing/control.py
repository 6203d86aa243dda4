"""The control endpoint: what a test in another process may see and turn. Beside the API, never rate limited."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import msgspec
from aiohttp import web

from .faults import Fault

if TYPE_CHECKING:
    from .platform import Platform


async def answer_control(platform: Platform, http: web.BaseRequest) -> web.Response:
    """``/control/stats``, ``reset``, ``fault``, ``faults/clear``, ``now``, ``session/end`` and ``session/open``."""
    name = http.path.removeprefix("/control/")
    body = await http.read()
    try:
        given: dict[str, Any] = msgspec.json.decode(body, type=dict[str, Any]) if body else {}
        answer = _answer(platform, name, given)
    except (msgspec.MsgspecError, ValueError, KeyError, IndexError) as error:
        return _json({"error": f"{type(error).__name__}: {error}"}, status=400)
    if answer is None:
        return _json({"error": f"no control named {name!r}"}, status=404)
    return _json(answer)


def _answer(platform: Platform, name: str, given: dict[str, Any]) -> dict[str, Any] | None:
    if name == "stats":
        return platform.stats.snapshot()
    if name == "reset":
        platform.stats.reset()
        return {}
    if name == "fault":
        platform.faults.add(msgspec.convert(given, Fault))
        return {}
    if name == "faults/clear":
        platform.faults.clear()
        return {}
    if name == "now":
        if "now" in given:
            platform.now = datetime.fromisoformat(given["now"])
        return {"now": platform.now.isoformat()}
    if name == "session/end":
        return {"ended": platform.end_session(int(given["account"]), keys=bool(given.get("keys")))}
    if name == "session/open":
        return {"hash": platform.open_session(platform.world.account(int(given["account"])))}
    return None


def _json(answer: dict[str, Any], status: int = 200) -> web.Response:
    return web.Response(body=msgspec.json.encode(answer), content_type="application/json", status=status)
