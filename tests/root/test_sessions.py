"""One login for all who wait, opened again when it ends, and never tried in vain again and again."""

import asyncio
from time import monotonic

import pytest

from navixy_async.credentials import Login
from navixy_async.errors import ClientClosed, DeadlineExceeded, WrongLogin
from navixy_async.masking import Secret
from navixy_async.sessions import LoginSource


class Desk:
    """Counts the logins and lets the test decide when and how each ends."""

    def __init__(self) -> None:
        self.calls = 0
        self.open = asyncio.Event()
        self.error: Exception | None = None

    async def __call__(self, login: Login) -> Secret[str]:
        self.calls += 1
        number = self.calls
        await self.open.wait()
        if self.error is not None:
            raise self.error
        return Secret(f"0123456789abcdef{number:016x}")


async def test_a_hundred_waiters_share_one_login() -> None:
    desk = Desk()
    source = LoginSource(Login("a", "b"), desk)
    waiters = [asyncio.create_task(source.hash(None)) for _ in range(100)]
    await asyncio.sleep(0)
    waiters[0].cancel()
    desk.open.set()
    results = await asyncio.gather(*waiters, return_exceptions=True)
    assert desk.calls == 1
    assert isinstance(results[0], asyncio.CancelledError)
    assert set(results[1:]) == {f"0123456789abcdef{1:016x}"}


async def test_renewal_happens_once_per_ended_session() -> None:
    desk = Desk()
    desk.open.set()
    source = LoginSource(Login("a", "b"), desk)
    first = await source.hash(None)
    await asyncio.gather(*(source.renew(first, None) for _ in range(50)))
    second = await source.hash(None)
    assert desk.calls == 2
    assert second != first
    await source.renew(first, None)
    assert desk.calls == 2, "a stale hash that was replaced already costs no login"


async def test_a_refused_login_is_remembered_and_does_not_lock_the_user_out() -> None:
    desk = Desk()
    desk.open.set()
    desk.error = WrongLogin(102, "Wrong login or password", operation="user/auth")
    source = LoginSource(Login("a", "b"), desk)
    for _ in range(20):
        with pytest.raises(WrongLogin):
            await source.hash(None)
    assert desk.calls == 1


async def test_a_passing_failure_is_not_remembered() -> None:
    desk = Desk()
    desk.open.set()
    desk.error = ConnectionError("gone")
    source = LoginSource(Login("a", "b"), desk)
    with pytest.raises(ConnectionError):
        await source.hash(None)
    desk.error = None
    assert await source.hash(None) == f"0123456789abcdef{2:016x}"


async def test_one_callers_deadline_does_not_end_the_login_of_the_others() -> None:
    desk = Desk()
    source = LoginSource(Login("a", "b"), desk)
    patient = asyncio.create_task(source.hash(None))
    await asyncio.sleep(0)
    with pytest.raises(DeadlineExceeded, match="login took longer"):
        await source.hash(monotonic() - 1)
    desk.open.set()
    assert await patient == f"0123456789abcdef{1:016x}"


async def test_closing_during_a_login_wakes_the_waiters() -> None:
    desk = Desk()
    source = LoginSource(Login("a", "b"), desk)
    waiter = asyncio.create_task(source.hash(None))
    await asyncio.sleep(0)
    await source.close()
    with pytest.raises(ClientClosed):
        await waiter
