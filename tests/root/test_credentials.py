"""Credentials never show their secret, and one login serves all who wait for it."""

import copy
import pickle

import pytest

from navixy_async.credentials import ApiKey, CredentialWarning, Login, SessionHash
from navixy_async.errors import InvalidInput

HASH = "0123456789abcdef" * 2


@pytest.mark.parametrize("credential", [ApiKey(HASH), SessionHash(HASH), Login("fleet@example.com", "hunter2")])
def test_nothing_about_a_credential_shows_its_secret(credential: ApiKey) -> None:
    shown = f"{credential!r} {credential} {credential.key_id} {vars(type(credential))}"
    for secret in (HASH, "fleet@example.com", "hunter2"):
        assert secret not in shown
    with pytest.raises(TypeError, match="cannot be pickled"):
        pickle.dumps(credential)
    with pytest.raises(TypeError, match="cannot be pickled"):
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
