"""The control endpoint: what a test in another process may read and change. Beside the API, never rate limited."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Protocol

import msgspec
from aiohttp import web

from .faults import Fault, Faults
from .fleet import TrackerAccount
from .stats import Stats
from .world import World


class Controllable(Protocol):
    """What the endpoint needs of a platform."""

    world: World
    stats: Stats
    faults: Faults

    @property
    def now(self) -> datetime: ...

    @now.setter
    def now(self, moment: datetime) -> None: ...

    def end_session(self, account: TrackerAccount | int, *, keys: bool = False) -> int: ...

    def open_session(self, account: TrackerAccount) -> str: ...


async def answer_control(platform: Controllable, http: web.BaseRequest) -> web.Response:
    """Answer ``/control/stats``, ``reset``, ``fault``, ``faults/clear``, ``now``, ``session/end``, ``session/open``."""
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


def _answer(platform: Controllable, name: str, given: dict[str, Any]) -> dict[str, Any] | None:
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
