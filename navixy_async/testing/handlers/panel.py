"""Sign-in to the admin panel: panel/account/*. The rest of the panel is answered from the documented facts."""

from __future__ import annotations

from typing import Any

from ..params import need
from .action import Call, Params, action

PERMISSIONS = ("read", "create", "update", "corrupt", "global_access")
GROUPS = ("base", "tariffs", "trackers", "users", "service_settings", "notification_settings", "tracker_bundles")


@action("panel/account/auth", {"login": need("str", low=1), "password": need("str", low=1)}, session="none")
def auth(call: Call, p: Params) -> dict[str, Any]:
    session = call.sessions.login_panel(p["login"], p["password"], call.now)
    return {"hash": session.hash, "permissions": {group: list(PERMISSIONS) for group in GROUPS}}


@action("panel/account/logout", session="panel_session", refusal=4, writes=True)
def logout(call: Call, p: Params) -> dict[str, Any]:
    assert call.credential is not None
    call.sessions.end(call.credential)
    return {}
