"""A session with PostgreSQL that never waits without end, can be left at once, and says what it waited for.

One thread works with it; a second one watches, because a thread that waits for a lock, or for a silent server, cannot
check anything itself.
"""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from threading import Event, Thread
from time import monotonic

import psycopg
from psycopg.conninfo import conninfo_to_dict

from ....errors import InvalidInput
from ....masking import Secret
from ...aliases import JsonObject, Keywords, SqlRow

log = logging.getLogger("navixy_async")

LOCK_PATIENCE = 120.0
"""Seconds to wait for a lock on the table, if role, database and DSN do not set it."""
LOOK_AFTER = 5.0
"""Seconds that a statement may take before the watch checks what it is waiting for."""
LOOK_AGAIN = 30.0
SILENCE = 60.0
"""Seconds after which a server that cannot be reached counts as gone."""
LONGEST = 3600.0
"""Seconds that one statement may take, even if the server is at work on it."""
_LEAVE = 1.5
"""Seconds that a server has to cancel what is under way."""
_IF_NOT_SAID = {
    "connect_timeout": 30,
    "keepalives": 1,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 60_000,
}
"""What libpq would leave to the system: hours."""
_BLOCKERS = (
    "SELECT a.pid, a.application_name, a.usename, a.state, a.query FROM pg_catalog.pg_stat_activity AS a"
    " WHERE a.pid = ANY (%s::pg_catalog.int4[])"
)


class Dsn:
    """How to connect, as libpq reads it; neither the whole text nor a password in it is ever shown.

    Raises:
        InvalidInput: libpq would not understand it.
    """

    def __init__(self, dsn: Secret[str]) -> None:
        parts = _parts(dsn)
        if parts is None:
            # libpq's own words quote what it stumbled over, which may be the password.
            raise InvalidInput(
                "PostgreSQL does not understand the DSN: write postgresql://user:password@host:port/database "
                "(with %XX for odd characters in the password), or key=value pairs"
            ) from None
        self.whole = dsn
        self.given = frozenset(parts.reveal())
        self._secrets = [Secret(str(value)) for name, value in parts.reveal().items() if "password" in name and value]
        host, port, name = (parts.reveal().get(part) for part in ("host", "port", "dbname"))
        self.name = f"{name or '(default)'} on {host or '(default host)'}" + (f":{port}" if port else "")

    def masked(self, text: str) -> str:
        """The text without passwords, in one line."""
        said = " ".join(text.split())
        for secret in self._secrets:
            said = said.replace(secret.reveal(), "***")
        return said

    def reason_of(self, error: psycopg.Error) -> str:
        """The reason of an error, in one line."""
        return self.masked(error.diag.message_primary or str(error)) or type(error).__name__


def _parts(dsn: Secret[str]) -> Secret[JsonObject] | None:
    if not isinstance(dsn.reveal(), str):
        return None
    try:
        return Secret(conninfo_to_dict(dsn.reveal()))
    except (psycopg.Error, ValueError):
        return None


def connect(dsn: Dsn, **more: str | int) -> psycopg.Connection[SqlRow] | str:
    """A connection, or why there is none: the driver's errors have the DSN in their frames, so none is passed on."""
    options: Keywords = {name: value for name, value in _IF_NOT_SAID.items() if name not in dsn.given} | more
    try:
        return psycopg.connect(
            dsn.whole.reveal(),
            autocommit=True,
            prepare_threshold=None,
            client_encoding="UTF8",
            fallback_application_name="navixy_async",
            **options,
        )
    except psycopg.Error as error:
        return dsn.reason_of(error)
    except (UnicodeError, ValueError):
        return "the DSN holds characters that PostgreSQL does not take"


class Session:
    """One connection, watched.

    Args:
        dsn: how to connect.
    """

    def __init__(self, dsn: Dsn) -> None:
        self._dsn = dsn
        self.db: psycopg.Connection[SqlRow] | None = None
        self.pid = 0
        """The number of the server's process at the other end."""
        self.blockers = ""
        """What kept the last statement waiting, if the watch checked."""
        self.silent = False
        """Whether the connection was given up because the server did not answer."""
        self.leaving = Event()
        """Set once the harvest is to end: nothing new begins."""
        self._busy_since: float | None = None
        self._look_after = LOOK_AFTER
        self._closed = Event()
        self._watch: Thread | None = None

    def connect(self) -> str:
        """Connect, again if need be; returns why that failed, if it did."""
        self.drop()
        self.silent, self.blockers = False, ""
        if self._watch is None:
            self._watch = Thread(target=self._keep_watch, name="harvest-postgres-watch", daemon=True)
            self._watch.start()
        found = connect(self._dsn)
        if isinstance(found, str):
            return found
        self.db = found
        return ""

    def patient_for(self, lock_timeout: float) -> None:
        """How long a statement waits for a lock: the watch looks for its holder well before that."""
        self._look_after = min(LOOK_AFTER, lock_timeout / 2)

    @property
    def is_there(self) -> bool:
        """Whether there is a connection that may be used."""
        return self.db is not None and not self.db.closed and not self.db.broken and not self.silent

    @contextmanager
    def busy(self) -> Iterator[psycopg.Connection[SqlRow]]:
        """The connection, for one statement that is watched."""
        if self.db is None:
            raise psycopg.OperationalError("not connected")
        self.blockers = ""
        self._busy_since = monotonic()
        try:
            yield self.db
        finally:
            self._busy_since = None

    def drop(self) -> None:
        """Release the connection; never raises."""
        if self.db is not None:
            with suppress(psycopg.Error, OSError):
                self.db.close()
            self.db = None

    def close(self) -> None:
        """Release everything; never raises."""
        self._closed.set()
        self.drop()

    def interrupt(self) -> None:
        """End what is under way, from another thread: cancelled by the server, or else by hanging up."""
        self.leaving.set()
        if self.db is None:
            return
        Thread(target=self._cancel, name="harvest-postgres-cancel", daemon=True).start()
        if not self._closed.wait(_LEAVE) and self._busy_since is not None:
            self._hang_up()

    def _cancel(self) -> None:
        with suppress(Exception):  # whatever happens, the connection is closed next
            if self.db is not None:
                self.db.cancel_safe(timeout=_LEAVE)

    def _hang_up(self) -> None:
        """Break the connection under the thread that waits for it, without touching libpq's own state."""
        self.silent = True
        with suppress(OSError, ValueError, psycopg.Error):
            if self.db is not None:
                with socket.socket(fileno=os.dup(self.db.fileno())) as line:
                    line.shutdown(socket.SHUT_RDWR)

    # --- the watch --------------------------------------------------------------------------------------------------

    def _keep_watch(self) -> None:
        looked = alive = 0.0
        while not self._closed.wait(min(1.0, self._look_after / 2)):
            since, now = self._busy_since, monotonic()
            if since is None:
                continue
            alive = max(alive, since)
            if now - since < self._look_after or now - looked < (LOOK_AGAIN if looked > since else 0.0):
                continue
            looked = now
            if self._look(since):
                alive = monotonic()
            elif self._busy_since == since and monotonic() - alive >= SILENCE:
                self._hang_up()
            if self._busy_since == since and monotonic() - since >= LONGEST:
                self._cancel()

    def _look(self, since: float) -> bool:
        """Whether the server is there and working for this session; what keeps it waiting is recorded and logged."""
        db = self.db
        if db is None:
            return True
        same: dict[str, str | int] = {"host": db.info.host, "port": db.info.port} if db.info.host else {}
        other = connect(self._dsn, connect_timeout=10, **same)
        if isinstance(other, str):
            return "too many" in other  # said by a server that is there
        with suppress(psycopg.Error), other:
            other.execute("SET statement_timeout = '10s'")
            found = other.execute(
                "SELECT pg_catalog.pg_blocking_pids(%s) FROM pg_catalog.pg_stat_activity WHERE pid = %s",
                [self.pid, self.pid],
            ).fetchall()
            if found and found[0][0] and self._busy_since == since:
                self.blockers = holders(other, found[0][0])
                log.warning("the harvest waits for a lock that is held by %s", self._dsn.masked(self.blockers))
            return bool(found)
        return False


def holders(db: psycopg.Connection[SqlRow], pids: Sequence[int]) -> str:
    """Who these processes of the server are, as far as this user may see."""
    return "; ".join(_holder(*row) for row in db.execute(_BLOCKERS, [list(pids)]).fetchall())


def _holder(pid: int, application: str | None, user: str | None, state: str | None, query: str | None) -> str:
    # Only the first word of what it ran last: there may be secrets in it.
    verb = (query or "").split(None, 1)[:1]
    did = f", {verb[0].upper()}" if verb and verb[0].isalpha() else ""
    return f"process {pid} ({application or 'a program without a name'}, user {user}, {state or 'state unknown'}{did})"
