"""Whatever changes the answer tells credentials apart, and nothing that can be guessed is told of them."""

from __future__ import annotations

import hashlib
import itertools
from typing import Any

import pytest

from navixy_async import Navixy
from navixy_async.credentials import ApiKey, Login, PanelLogin, SessionHash
from navixy_async.errors import InvalidInput
from navixy_async.sessions import FixedSource, LoginSource

HASH = "0123456789abcdef" * 2


def test_all_that_changes_the_answer_tells_credentials_apart() -> None:
    different: list[Any] = [
        ApiKey(HASH),
        SessionHash(HASH),
        Login("user@example.com", "pass-0a1b2c3d"),
        Login("user@example.com", "other-0a1b2c3d"),
        Login("other@example.com", "pass-0a1b2c3d"),
        Login("user@example.com", "pass-0a1b2c3d", dealer_id=1),
        Login("user@example.com", "pass-0a1b2c3d", dealer_id=2),
        PanelLogin("user@example.com", "pass-0a1b2c3d"),
    ]
    for one, other in itertools.combinations(different, 2):
        assert one != other
    assert len(set(different)) == len(different)
    assert Login("a", "b", dealer_id=5) == Login("a", "b", dealer_id=5)


async def _unused(_login: Login) -> Any:
    raise AssertionError


def test_the_same_login_at_two_dealers_has_two_limits_and_two_labels() -> None:
    logins = [Login("user", "pass-0a1b2c3d", dealer_id=dealer) for dealer in (None, 1, 2, 12)]
    assert len({LoginSource(login, _unused).key for login in logins}) == 4
    assert len({login.key_id for login in logins}) == 4
    assert FixedSource(ApiKey(HASH)).key != FixedSource(SessionHash(HASH)).key
    assert Login("a", "b").key_id != PanelLogin("a", "b").key_id


def test_two_dealers_do_not_share_a_session() -> None:
    navixy = Navixy("eu")
    one, other, again = (navixy.account(Login("user", "pass-0a1b2c3d", dealer_id=dealer)) for dealer in (1, 2, 1))
    assert one._requester.source is not other._requester.source
    assert one._requester.source is again._requester.source


def test_no_digest_is_taken_over_a_password() -> None:
    login, changed = Login("user@example.com", "hunter2 hunter2"), Login("user@example.com", "changed since")
    assert login.key_id == changed.key_id, "the same account, and the same directory, after its password was changed"
    for text in itertools.permutations(("login", "user@example.com", "hunter2 hunter2"), 3):
        for between in ("\0", ":", ""):
            digest = hashlib.sha256(between.join(text).encode()).hexdigest()
            assert login.key_id not in digest


@pytest.mark.parametrize("dealer", ["5", 5.0, True, 0, -1, 1 << 63])
def test_an_impossible_dealer_is_refused(dealer: Any) -> None:
    with pytest.raises(InvalidInput, match="dealer_id"):
        Login("user", "pass-0a1b2c3d", dealer_id=dealer)
