"""The fixtures for other suites."""

from __future__ import annotations

import pytest

pytest_plugins = ["pytester"]


def test_the_fixtures_serve_a_world(pytester: pytest.Pytester) -> None:
    pytester.makeini("[pytest]\nasyncio_mode = auto\nasyncio_default_fixture_loop_scope = function\n")
    pytester.makeconftest("pytest_plugins = ['navixy_async.testing.plugin']\n")
    pytester.makepyfile(
        """
        import aiohttp
        import pytest
        from navixy_async.testing import WorldSpec

        @pytest.fixture
        def navixy_spec():
            return WorldSpec(accounts=1, trackers=1, days=1, points_per_day=20)

        async def test_it(navixy_platform, navixy_world):
            key = navixy_world.accounts[0].api_key
            async with aiohttp.ClientSession(headers={"Authorization": f"NVX {key}"}) as http:
                async with http.post(f"{navixy_platform.base_url}/tracker/list") as answer:
                    assert len((await answer.json())["list"]) == 1
        """
    )
    pytester.runpytest_subprocess("-q", "-p", "no:cacheprovider").assert_outcomes(passed=1)
