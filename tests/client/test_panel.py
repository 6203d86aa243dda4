"""The admin panel: its own login, its own sessions, its own entrance."""

from __future__ import annotations

from datetime import timedelta

import pytest

from navixy_async import ApiKey, InvalidInput, Login, Navixy, PanelLogin, SessionHash, WrongLogin
from navixy_async.testing import Platform, World

KEY = "0123456789abcdef" * 2


def login(world: World) -> PanelLogin:
    return PanelLogin(world.panel.login, world.panel.password)


async def test_panel_actions_hang_on_a_panel_account(navixy: Navixy, platform: Platform, world: World) -> None:
    panel = navixy.panel_account(login(world))
    page = await panel.tracker.list()
    assert isinstance(page.list, list)
    assert (await panel.panel.dealer.get_info()) is not None
    assert (await panel.call("panel/account/get_permissions"))["success"] is True
    assert platform.stats.by_path["panel/account/auth"] == 1
    await navixy.aclose()
    assert platform.stats.by_path["panel/account/logout"] == 1
    assert "user/logout" not in platform.stats.by_path


async def test_a_session_that_ended_is_opened_again(navixy: Navixy, platform: Platform, world: World) -> None:
    panel = navixy.panel_account(login(world))
    await panel.tracker.list()
    platform.now += timedelta(hours=25)
    await panel.tracker.list()
    assert platform.stats.by_path["panel/account/auth"] == 2


async def test_a_wrong_password_is_told(navixy: Navixy, world: World) -> None:
    panel = navixy.panel_account(PanelLogin(world.panel.login, "another-0a1b2c3d"))
    with pytest.raises(WrongLogin):
        await panel.user.list()


async def test_the_two_entrances_are_not_mixed_up(navixy: Navixy, world: World) -> None:
    with pytest.raises(InvalidInput, match=r"use navixy.panel_account\(\)"):
        navixy.account(login(world))
    for credential in (ApiKey(KEY), Login("a", "b")):
        with pytest.raises(InvalidInput, match="needs a PanelLogin or a SessionHash"):
            navixy.panel_account(credential)  # type: ignore[arg-type]
    assert "operator@" not in repr(navixy.panel_account(login(world))) + repr(login(world))
    assert navixy.panel_account(SessionHash(KEY), label="ops").label == "ops"
    assert PanelLogin("a", "b") != Login("a", "b")
