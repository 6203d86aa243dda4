"""Settings of users are kept."""

from __future__ import annotations

from navixy_async.testing import World
from navixy_async.testing.facts import documented

from .conftest import serving


async def test_user_settings_are_kept(world: World) -> None:
    async with serving(world) as raw:
        asked = documented()["user/settings/update"].example_request or {}
        changed = {
            **asked,
            "locale": "de_DE",
            "translit": True,
            "balance_alert_settings": {"emails": ["a@example.com"]},
        }
        assert (await raw("user/settings/update", changed)).status == 200
        read = (await raw("user/settings/read")).json
        assert (read["settings"]["locale"], read["settings"]["translit"]) == ("de_DE", True)
        assert read["balance_alert_settings"] == {"emails": ["a@example.com"]}
        assert read["settings"]["time_zone"] == world.accounts[0].time_zone
        other = (await raw.acting_as(world.accounts[1])("user/settings/read")).json
        assert other["settings"]["locale"] == "en_US"
