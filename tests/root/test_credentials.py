"""Credentials never show their secret, and one login serves all who wait for it."""

import asyncio
import copy
import pickle
from time import monotonic

import pytest

from navixy_async.credentials import ApiKey, CredentialWarning, Login, SessionHash
from navixy_async.errors import ClientClosed, DeadlineExceeded, InvalidInput, WrongLogin
from navixy_async.masking import Secret
from navixy_async.sessions import LoginSource

HASH = "0123456789abcdef" * 2


@pytest.mark.parametrize("credential", [ApiKey(HASH), SessionHash(HASH), Login("fleet@example.com", "hunter2")])
def test_nothing_about_a_credential_shows_its_secret(credential: ApiKey) -> None:
    shown = f"{credential!r} {credential} {credential.key_id} {vars(type(credential))}"
    for secret in (HASH, "fleet@example.com", "hunter2"):
        assert secret not in shown
    with pytest.raises(TypeError, match="not pickled"):
        pickle.dumps(credential)
    with pytest.raises(TypeError, match="not pickled"):
        copy.deepcopy(credential)


def test_equal_secrets_are_equal_credentials_of_the_same_kind() -> None:
    assert ApiKey(HASH) == ApiKey(f" {HASH}\n")
    assert hash(ApiKey(HASH)) == hash(ApiKey(HASH))
    assert ApiKey(HASH) != SessionHash(HASH)
    assert ApiKey(HASH).key_id != SessionHash(HASH).key_id


@pytest.mark.parametrize("text", ["", "   ", "xyz", HASH[:-1], HASH + "0", "g" * 32])
def test_malformed_session_hashes_are_refused(text: str) -> None:
    with pytest.raises(InvalidInput, match="session hash") as caught:
        SessionHash(text)
    assert not text.strip() or text.strip() not in str(caught.value)


def test_an_unusual_api_key_is_sent_with_a_warning() -> None:
    with pytest.warns(CredentialWarning, match="not 32 hexadecimal digits") as caught:
        key = ApiKey("abc-DEF_123")
    assert key.reveal() == "abc-DEF_123"
    assert "abc-DEF_123" not in str(caught[0].message)


@pytest.mark.parametrize("text", ["two words", "line\nbreak", "ключ", ""])
def test_a_key_that_no_header_can_carry_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput, match="API key"):
        ApiKey(text)
    with pytest.raises(InvalidInput, match="must be a string"):
        ApiKey(None)  # type: ignore[arg-type]


@pytest.mark.parametrize(("login", "password"), [("", "x"), ("x", ""), ("x", "p" * 41)])
def test_impossible_logins_are_refused(login: str, password: str) -> None:
    with pytest.raises(InvalidInput):
        Login(login, password)


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
