"""PostgreSQL that makes one wait: locks, silent servers, and transactions that come to nothing."""

from __future__ import annotations

import asyncio
import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic
from typing import Any

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from navixy_async.harvest import WriteFailed
from navixy_async.harvest.sinks import base
from navixy_async.harvest.sinks.tables import postgres
from navixy_async.harvest.sinks.tables.postgres import PostgresStore

from ..support.harvest import servers
from ..support.harvest.model import track_truth
from .test_run_resume import END, START, world
from .test_table import Place, harvest, run

SECONDS = 15.0
"""Far less than any of the bounds, and enough for a busy machine."""


@pytest.fixture
def place(server: str, tmp_path: Path) -> Iterator[Place]:
    with servers.schema(server) as schema:
        yield Place("postgres", tmp_path, server, schema)


@contextmanager
def locked(place: Place) -> Iterator[None]:
    """Somebody else holds a lock on the table, though not for ever: a harvest that cannot be left is a failure then."""
    with psycopg.connect(place.dsn, application_name="nightly backup") as db:
        db.execute(f'LOCK TABLE "{place.schema}".tracks IN ACCESS EXCLUSIVE MODE'.encode())
        end = threading.Timer(2 * SECONDS, place.sql, [f"SELECT pg_terminate_backend({db.info.backend_pid})"])
        end.start()
        try:
            yield
        finally:
            end.cancel()
            end.join()


async def write_until(place: Place, reached: asyncio.Event, **options: Any) -> None:
    """Harvest; `reached` is set when the platform is asked for points."""
    model = world()

    async def pause() -> None:
        if model.count("track/read"):
            reached.set()
        await asyncio.sleep(0)

    model.pause = pause
    await place.write(harvest(model), **options)


async def leave(place: Place, how: str) -> None:
    """Harvest into a table that is locked, and leave after a second, in one of the ways that there are."""
    if how == "cancel":
        task = asyncio.create_task(place.write(harvest(world())))
        await asyncio.wait([task], timeout=1.0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    elif how == "timeout":
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(1.0):
                await place.write(harvest(world()))
    else:
        with pytest.raises(ExceptionGroup) as caught:
            async with asyncio.TaskGroup() as group:
                group.create_task(place.write(harvest(world())))
                await asyncio.sleep(1.0)
                raise ZeroDivisionError
        assert caught.value.subgroup(ZeroDivisionError)


@pytest.mark.parametrize("how", ["cancel", "timeout", "group"])
async def test_a_harvest_ends_within_seconds_though_its_table_is_locked(place: Place, how: str) -> None:
    await asyncio.to_thread(run, place, world())
    with locked(place):
        left = asyncio.create_task(leave(place, how))
        await asyncio.wait([left], timeout=SECONDS)
        ended = left.done()
    await left
    assert ended, "nobody could leave before the lock was gone"
    assert (await place.write(harvest(world()), resume=True)).is_complete


@pytest.mark.parametrize("where", ["role", "dsn"])
def test_a_lock_timeout_of_the_user_holds_and_the_holder_is_named(place: Place, where: str) -> None:
    run(place, world())
    dsn = place.dsn
    with servers.guarded(dsn) as guarded:
        user = conninfo_to_dict(guarded)["user"]
        with psycopg.connect(dsn, autocommit=True) as db:
            db.execute(f'GRANT ALL ON SCHEMA "{place.schema}" TO {user}'.encode())
            db.execute(f'GRANT ALL ON ALL TABLES IN SCHEMA "{place.schema}" TO {user}'.encode())
            db.execute(f"GRANT pg_read_all_stats TO {user}".encode())
            if where == "role":
                db.execute(f"ALTER ROLE {user} SET lock_timeout = '700ms'".encode())
        asked = guarded if where == "role" else make_conninfo(guarded, options="-c lock_timeout=700ms")
        with locked(place), pytest.raises(WriteFailed) as caught:
            run(Place("postgres", place.path, asked, place.schema), world())
        said = str(caught.value)
        assert re.search(r"the lock is held by process \d+ \(nightly backup, user \w+, idle in transaction", said)
        assert "right-word" not in said
        with psycopg.connect(dsn, autocommit=True) as db:
            db.execute(f"DROP OWNED BY {user}".encode())


class Silence:
    """A way to the server on which nothing goes any more once it is silent, though it stays open."""

    def __init__(self, dsn: str) -> None:
        self.silent = threading.Event()
        parts = conninfo_to_dict(dsn)
        self._socket = f"{parts['host']}/.s.PGSQL.{parts.get('port', 5432)}"
        self._server = socket.create_server(("127.0.0.1", 0))
        self.dsn = make_conninfo(dsn, host="127.0.0.1", port=self._server.getsockname()[1])
        self._ends: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        for end in (self._server, *self._ends):
            # A thread that waits for it keeps one that is only closed open.
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                here, _ = self._server.accept()
                there = socket.socket(socket.AF_UNIX)
                there.connect(self._socket)
                self._ends += [here, there]
                for one, other in ((here, there), (there, here)):
                    threading.Thread(target=self._pass_on, args=(one, other), daemon=True).start()

    def _pass_on(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while data := one.recv(65536):
                if not self.silent.is_set():
                    other.sendall(data)
            if not self.silent.is_set():
                other.shutdown(socket.SHUT_WR)


@pytest.fixture
def way(server: str) -> Iterator[Silence]:
    if not str(conninfo_to_dict(server).get("host", "")).startswith("/"):
        pytest.skip("needs a server behind a socket of this machine")
    way = Silence(server)
    yield way
    way.close()


async def test_a_harvest_ends_within_seconds_though_the_server_fell_silent(place: Place, way: Silence) -> None:
    through = Place("postgres", place.path, way.dsn, place.schema)
    reached = asyncio.Event()
    task = asyncio.create_task(write_until(through, reached))
    await reached.wait()
    way.silent.set()
    await asyncio.wait([task], timeout=1.5)
    assert not task.done()
    task.cancel()
    await asyncio.wait([task], timeout=SECONDS)
    ended = task.done()
    if not ended:
        way.close()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert ended, "nobody could leave before the line was cut"
    # The server's end of the silent line is still open, and the lock with it: that is told, and then ended.
    with psycopg.connect(place.dsn, autocommit=True) as db:
        db.execute("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'")
    assert (await place.write(harvest(world()), resume=True)).is_complete
    assert await asyncio.to_thread(place.rows) == sorted(track_truth(world(), START, END))


def test_a_server_that_falls_silent_is_noticed_without_anybody_watching(
    place: Place, way: Silence, monkeypatch: pytest.MonkeyPatch
) -> None:
    from navixy_async.harvest.sinks.tables import postgres_session  # newer than what is tested

    for name, seconds in (("LOOK_AFTER", 0.2), ("LOOK_AGAIN", 0.2), ("SILENCE", 0.5)):
        monkeypatch.setattr(postgres_session, name, seconds)
    monkeypatch.setattr(postgres, "PAUSES", ())
    monkeypatch.setitem(postgres_session._IF_NOT_SAID, "connect_timeout", 2)
    model = world()

    async def silence() -> None:
        if model.count("track/read") > 5:
            way.silent.set()
        await asyncio.sleep(0)

    model.pause = silence
    real = postgres_session.connect
    monkeypatch.setattr(postgres_session, "connect", lambda dsn, **more: real(dsn, **{**more, "connect_timeout": 2}))
    began, end = monotonic(), threading.Timer(2 * SECONDS, way.close)
    end.start()
    with pytest.raises(WriteFailed, match=r"\(it no longer answered, and a second connection"):
        run(Place("postgres", place.path, way.dsn, place.schema), model)
    end.cancel()
    assert monotonic() - began < 2 * SECONDS


# --- transactions that come to nothing ------------------------------------------------------------------------------


def ended_by(place: Place, at: int, how: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Let the commit of rows of that number meet some trouble, once; what it met."""
    real, real_commit, count, met, inside = PostgresStore._now, PostgresStore.commit, 0, [], []

    def commit(self: PostgresStore, *args: Any) -> None:
        inside.append(True)
        real_commit(self, *args)
        inside.clear()

    def now(self: PostgresStore, sql: str, values: Any = ()) -> Any:
        nonlocal count
        if sql == "COMMIT" and inside:
            count += 1
            if count == at:
                met.append(how)
                return trouble(self, sql, values)
        return real(self, sql, values)

    def trouble(self: PostgresStore, sql: str, values: Any) -> Any:
        own = real(self, "SELECT pg_backend_pid()")[0][0]
        if how == "done, and nobody saw it":
            real(self, sql, values)
        if how in ("done, and nobody saw it", "lost before it"):
            place.sql(f"SELECT pg_terminate_backend({own})")
            return real(self, "SELECT 1")
        raise {"deadlock": psycopg.errors.DeadlockDetected, "serial": psycopg.errors.SerializationFailure}[how](how)

    monkeypatch.setattr(base, "PERIOD", 0.0)
    monkeypatch.setattr(postgres, "PAUSES", (0.01, 0.01))
    monkeypatch.setattr(PostgresStore, "_now", now)
    monkeypatch.setattr(PostgresStore, "commit", commit)
    return met


@pytest.mark.parametrize("how", ["deadlock", "serial", "lost before it", "done, and nobody saw it"])
@pytest.mark.parametrize("at", [1, 2])
def test_a_transaction_that_came_to_nothing_is_repeated(
    place: Place, at: int, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = world()
    with monkeypatch.context() as patch:
        met = ended_by(place, at, how, patch)
        coverage = run(place, model)
    assert met == [how]
    assert coverage.is_complete and coverage.rows == len(track_truth(model, START, END))
    assert place.rows() == sorted(track_truth(model, START, END))
    done = place.done()
    assert len(done) == len(set(done)), "a mark stands there twice"


def test_a_connection_that_idled_too_long_is_opened_again(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    model = world()
    dropped: list[Any] = []
    real = PostgresStore.commit

    def commit(self: PostgresStore, *args: Any) -> None:
        if len(dropped) < 2:
            dropped.append(place.sql("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'"))
        real(self, *args)

    monkeypatch.setattr(base, "PERIOD", 0.0)
    monkeypatch.setattr(PostgresStore, "commit", commit)
    assert run(place, model).is_complete
    assert len(dropped) == 2 and place.rows() == sorted(track_truth(model, START, END))
