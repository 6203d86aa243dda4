"""The control endpoint, with which a platform in another process is turned."""

from __future__ import annotations

import aiohttp

from navixy_async.testing import Platform, World

from .test_process import SPEC


async def test_the_control_endpoint_answers_nonsense_politely() -> None:
    async with Platform(World(SPEC)) as platform, aiohttp.ClientSession() as http:
        wrong: list[tuple[str, dict[str, str], int]] = [
            ("nothing", {}, 404),
            ("fault", {"kind": "bad mood"}, 400),
            ("now", {"now": "x"}, 400),
        ]
        for name, body, status in wrong:
            async with http.post(f"{platform.origin}/control/{name}", json=body) as answer:
                assert answer.status == status
                assert "error" in await answer.json()
