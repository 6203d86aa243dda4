"""One HTTP session for each source address, and a borrowed one as it was found."""

from __future__ import annotations

from typing import Any

import aiohttp
import pytest

from navixy_async.errors import InvalidInput
from navixy_async.settings import Pool, Timeouts
from navixy_async.transport.http_sessions import HttpSessions


def sessions(**given: Any) -> HttpSessions:
    return HttpSessions(Pool(), Timeouts(attempt=7.0, connect=2.0, read=3.0), **given)


async def test_each_source_address_has_a_session_of_its_own_until_the_end() -> None:
    pool = sessions(addresses=("127.0.0.1", "127.0.0.2"))
    pool.open()
    one, other = pool.get("127.0.0.1"), pool.get("127.0.0.2")
    assert one is not other
    assert one.headers["NVX-ISO-DateTime"] == "true"
    assert pool.headers == {}, "the sessions send the headers by themselves"
    await pool.close()
    assert (one.closed, other.closed) == (True, True)


async def test_an_attempt_is_timed_as_the_settings_say() -> None:
    limits = sessions().timeout(1.5)
    assert (limits.total, limits.sock_connect, limits.sock_read) == (1.5, 2.0, 3.0)


async def test_a_borrowed_session_gets_the_headers_by_each_request_and_goes_back_open() -> None:
    async with aiohttp.ClientSession() as session:
        pool = sessions(borrowed=session)
        pool.open()
        assert pool.get(None) is session
        assert pool.headers["Content-Type"] == "application/json"
        await pool.close()
        assert not session.closed


async def test_a_session_that_two_borrow_repeats_by_itself_again_when_both_are_done() -> None:
    async with aiohttp.ClientSession() as session:
        before = getattr(session, "_retry_connection", None)
        one, other = sessions(borrowed=session), sessions(borrowed=session)
        one.open()
        other.open()
        await one.close()
        assert getattr(session, "_retry_connection", None) in (False, None)
        await other.close()
        assert getattr(session, "_retry_connection", None) == before


async def test_settings_that_a_borrowed_session_cannot_follow_are_refused() -> None:
    async with aiohttp.ClientSession() as session:
        with pytest.raises(InvalidInput, match="local_addr has no effect"):
            sessions(borrowed=session, addresses=("127.0.0.1",))
        with pytest.raises(InvalidInput, match="ca_file has no effect"):
            HttpSessions(Pool(ca_file="ca.pem"), Timeouts(), borrowed=session)
