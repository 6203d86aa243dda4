"""A proxy that deals out a few of the server's connections by transaction, as PgBouncer can: refused, not half used."""

from __future__ import annotations

import socket
import struct
import threading
from contextlib import suppress
from pathlib import Path
from queue import LifoQueue

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from navixy_async.errors import InvalidInput

from ..support.harvest import servers
from ..support.harvest.model import track_truth
from .test_run_resume import END, START, world
from .test_table import Place, run

_NO_SSL, _NO_GSS = 80877103, 80877104


def exactly(line: socket.socket, size: int) -> bytes:
    found = b""
    while len(found) < size:
        if not (more := line.recv(size - len(found))):
            raise OSError("closed")
        found += more
    return found


def message(line: socket.socket) -> tuple[bytes, bytes]:
    """One message with its kind, as it went over the line."""
    kind = exactly(line, 1)
    size = exactly(line, 4)
    return kind, kind + size + exactly(line, struct.unpack("!I", size)[0] - 4)


class Pool:
    """The proxy, with so many of the server's connections."""

    def __init__(self, dsn: str, size: int) -> None:
        parts = conninfo_to_dict(dsn)
        self._there = f"{parts['host']}/.s.PGSQL.{parts.get('port', 5432)}"
        self._hello = f"user\0{parts['user']}\0database\0{parts['dbname']}\0\0".encode()
        self._free: LifoQueue[socket.socket] = LifoQueue()
        self._lines: list[socket.socket] = []
        self._greeting = b""
        for _ in range(size):
            self._free.put(self._connect())
        self._door = socket.create_server(("127.0.0.1", 0))
        self.dsn = make_conninfo(dsn, host="127.0.0.1", port=self._door.getsockname()[1])
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        for line in (self._door, *self._lines):
            line.close()

    def _connect(self) -> socket.socket:
        line = socket.socket(socket.AF_UNIX)
        self._lines.append(line)
        line.connect(self._there)
        line.sendall(struct.pack("!II", len(self._hello) + 8, 196608) + self._hello)
        greeting, kind = b"", b""
        while kind != b"Z":
            kind, said = message(line)
            greeting += said
        self._greeting = greeting
        return line

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._door.accept()
                self._lines.append(client)
                threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        with suppress(OSError), client:
            while True:
                size, code = struct.unpack("!II", exactly(client, 8))
                exactly(client, size - 8)
                if code not in (_NO_SSL, _NO_GSS):
                    break
                client.sendall(b"N")
            client.sendall(self._greeting)
            while (asked := self._asked(client))[-5:-4] != b"X":
                server = self._free.get()
                status = b""
                while status != b"I":
                    server.sendall(asked)
                    kind = b""
                    while kind != b"Z":
                        kind, said = message(server)
                        client.sendall(said)
                        if kind == b"G":
                            return  # nobody is meant to come as far as to a COPY
                    status = said[-1:]
                    asked = b"" if status == b"I" else self._asked(client)
                self._free.put(server)

    @staticmethod
    def _asked(client: socket.socket) -> bytes:
        """Messages up to where the server is to answer, or the client leaves."""
        asked, kind = b"", b""
        while kind not in (b"Q", b"S", b"X"):
            kind, said = message(client)
            asked += said
        return asked


@pytest.fixture(scope="module")
def server(server: str) -> str:
    if not str(conninfo_to_dict(server).get("host", "")).startswith("/"):
        pytest.skip("needs a server behind a socket of this machine")
    return server


@pytest.mark.parametrize("size", [1, 2, 3])
def test_pooled_transactions_are_refused_and_leave_no_lock(size: int, server: str, tmp_path: Path) -> None:
    with servers.schema(server) as schema:
        pool = Pool(server, size)
        try:
            model = world()
            with pytest.raises(InvalidInput, match=r"through a proxy that pools transactions \(PgBouncer"):
                run(Place("postgres", tmp_path, pool.dsn, schema), model)
            assert not model.asked
            with psycopg.connect(server) as db:
                assert db.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'").fetchall() == [(0,)]
            assert run(Place("postgres", tmp_path, server, schema), world()).is_complete
        finally:
            pool.close()


def test_a_lock_that_somebody_left_is_told_with_its_holder(
    server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("navixy_async.harvest.sinks.tables.postgres.LOCK_WAIT", 0.1)
    with servers.schema(server) as schema, psycopg.connect(server, application_name="old pool") as db:
        db.execute("SELECT pg_advisory_lock(hashtext('navixy'), hashtext(%s))", [f"{schema}.tracks"])
        ((pid,),) = db.execute("SELECT pg_backend_pid()").fetchall()
        with pytest.raises(InvalidInput) as caught:
            run(Place("postgres", tmp_path, server, schema), world())
        assert f"the lock is held by process {pid} (old pool, user " in str(caught.value)
        db.execute("SELECT pg_advisory_unlock_all()")
        place = Place("postgres", tmp_path, server, schema)
        assert run(place, world()).is_complete and place.rows() == sorted(track_truth(world(), START, END))
