"""Authentication: logins, session hashes, API keys and the second factor."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from hmac import compare_digest
from typing import Literal, TypeAlias

from .fleet import TrackerAccount, digest
from .rules import Rules
from .wire import WireError
from .world import World

CredentialKind: TypeAlias = Literal["api_key", "session", "second_factor", "panel"]
HASH = re.compile(r"[0-9a-fA-F]{32}")
RESEND_SECONDS = 300
LOCKED_SECONDS = 600
"""How long an account is locked after too many wrong passwords; the documents give no number."""
MAX_KEYS = 20


@dataclass(slots=True)
class IssuedCredential:
    """One valid hash: its kind, its owner, and a label without secrets."""

    hash: str = field(repr=False)
    kind: CredentialKind
    account: TrackerAccount
    """Its owner; the operator's panel sessions use the first account's time zone."""
    label: str
    alive_from: int
    """Platform time of its creation or last renewal."""
    created: int
    title: str = ""
    calls: int = 0
    code_sent: int = 0


class Sessions:
    """Every credential in force on one platform."""

    def __init__(self, world: World, rules: Rules, now: int) -> None:
        self._world, self._rules = world, rules
        self._made = 0
        self._held: dict[str, IssuedCredential] = {}
        self._wrong: dict[str, tuple[int, int]] = {}
        for account in world.accounts:
            label = f"key:{account.id}"
            key = IssuedCredential(account.api_key, "api_key", account, label, now, now, title="World's own key")
            self._held[account.api_key] = key

    def login(self, login: str, password: str, now: int) -> IssuedCredential:
        """A new session, or a second-factor one; 102 for a wrong pair, 105 after too many of them."""
        wrong, last = self._wrong.get(login, (0, now))
        if now - last >= LOCKED_SECONDS:
            wrong = 0
        if wrong >= self._rules.login_attempts:
            raise WireError(105)
        account = next((account for account in self._world.accounts if account.login == login), None)
        if account is None or not compare_digest(account.password.encode(), password.encode()):
            self._wrong[login] = (wrong + 1, now)
            raise WireError(102)
        self._wrong.pop(login, None)
        if account.second_factor:
            return self._open(account, "second_factor", now)
        return self._open(account, "session", now)

    def login_panel(self, login: str, password: str, now: int) -> IssuedCredential:
        """A new session of the admin panel; 102 for a wrong pair."""
        operator = self._world.panel
        if login != operator.login or not compare_digest(operator.password.encode(), password.encode()):
            raise WireError(102)
        return self._open(self._world.accounts[0], "panel", now)

    def verify(self, credential: IssuedCredential, code: str, now: int) -> IssuedCredential:
        """The session behind a second factor; 282 for a wrong code. A good code works once."""
        if not compare_digest(code.encode(), credential.account.code.encode()):
            raise WireError(282)
        del self._held[credential.hash]
        return self._open(credential.account, "session", now)

    def resend(self, credential: IssuedCredential, now: int) -> None:
        """Send the code again: at most once in five minutes (15)."""
        if now - credential.code_sent < RESEND_SECONDS:
            raise WireError(15)
        credential.code_sent = now

    def peek(self, given: str | None) -> IssuedCredential | None:
        """The credential with this hash, only for counting: :meth:`find` decides whether it is accepted."""
        return None if given is None else self._held.get(given)

    def find(self, given: str | None, now: int) -> IssuedCredential:
        """The credential of a request: 3 if there is none or it is not a hash, 4 if it is unknown or has ended."""
        if given is None or not HASH.fullmatch(given):
            raise WireError(3)
        credential = self._held.get(given)
        if credential is None:
            raise WireError(4)
        if credential.kind != "api_key":
            life, calls = self._rules.session_life, self._rules.session_calls
            if credential.kind == "panel":
                life = self._rules.panel_session_life
            if (life is not None and now - credential.alive_from >= life) or (
                calls is not None and credential.calls >= calls
            ):
                del self._held[given]
                raise WireError(4)
        credential.calls += 1
        return credential

    def renew(self, credential: IssuedCredential, now: int) -> None:
        credential.alive_from = now

    def end(self, credential: IssuedCredential) -> None:
        self._held.pop(credential.hash, None)

    def end_of(self, account_id: int, *, keys: bool = False) -> int:
        """End every session of an account, with `keys` its API keys too; returns how many there were."""
        ended = [
            credential
            for credential in self._held.values()
            if credential.account.id == account_id
            and credential.kind != "panel"
            and (keys or credential.kind != "api_key")
        ]
        for credential in ended:
            self.end(credential)
        return len(ended)

    def open_session(self, account: TrackerAccount, now: int) -> str:
        """The hash of a new session, without a login: for tests that need one at hand."""
        return self._open(account, "session", now).hash

    def keys_of(self, account_id: int) -> list[IssuedCredential]:
        held = self._held.values()
        return [one for one in held if one.kind == "api_key" and one.account.id == account_id]

    def create_key(self, account: TrackerAccount, title: str, now: int) -> IssuedCredential:
        """A new API key; 268 beyond the twentieth."""
        if len(self.keys_of(account.id)) >= MAX_KEYS:
            raise WireError(268)
        key = self._open(account, "api_key", now)
        key.title = title
        return key

    def delete_key(self, account: TrackerAccount, key: str) -> None:
        found = self._held.get(key)
        if found is None or found.kind != "api_key" or found.account.id != account.id:
            raise WireError(201)
        self.end(found)

    def _open(self, account: TrackerAccount, kind: CredentialKind, now: int) -> IssuedCredential:
        self._made += 1
        made = digest(self._world.spec.seed, "credential", self._made, account.id)
        whose = "operator" if kind == "panel" else account.id
        label = f"{'key' if kind == 'api_key' else kind}:{whose}/{self._made}"
        credential = IssuedCredential(made, kind, account, label, now, now, code_sent=now)
        self._held[made] = credential
        return credential
