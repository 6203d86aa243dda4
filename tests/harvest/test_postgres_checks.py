"""What a PostgreSQL must be able to do is asked before anything else."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from ..support.harvest import servers
from .test_database import refused
from .test_run_resume import world
from .test_table import Place, run


@pytest.fixture
def place(server: str, tmp_path: Path) -> Iterator[Place]:
    with servers.schema(server) as schema:
        yield Place("postgres", tmp_path, server, schema)


@pytest.mark.parametrize("encoding", ["LATIN1", "KOI8R", "SQL_ASCII"])
def test_a_database_without_all_letters(encoding: str, server: str, tmp_path: Path) -> None:
    name = f"test_{encoding.lower()}_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as db:
        db.execute(
            f"CREATE DATABASE {name} ENCODING '{encoding}' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0".encode()
        )
    dsn = make_conninfo(server, dbname=name, client_encoding="UTF8")
    place = Place("postgres", tmp_path, dsn, "public")
    try:
        if encoding != "SQL_ASCII":
            refused(place, rf"keeps texts as {encoding}, which lacks letters")
            return
        model = world()
        model.fleets = {"Küste Ж": next(iter(model.fleets.values()))}
        asked = make_conninfo(server, dbname=name, client_encoding="LATIN1")  # the harvest knows better
        assert run(Place("postgres", tmp_path, asked, "public"), model).is_complete
        assert {row[0] for row in place.rows()} == {"Küste Ж"}
    finally:
        with psycopg.connect(server, autocommit=True) as db:
            db.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


@contextmanager
def user(place: Place) -> Iterator[tuple[str, Place]]:
    """A role that may nothing yet, and the place as it reaches it."""
    with servers.guarded(place.dsn) as dsn:
        name = str(conninfo_to_dict(dsn)["user"])
        try:
            yield name, Place("postgres", place.path, dsn, place.schema)
        finally:
            place.sql(f"DROP OWNED BY {name}")


def test_rights_that_lack_are_told_before_anything_is_asked(place: Place) -> None:
    run(place, world())
    with user(place) as (name, theirs):
        refused(theirs, "permission denied for schema")
        place.sql(f'GRANT USAGE ON SCHEMA "{place.schema}" TO {name}')
        for have, lack in (("", "SELECT, INSERT, DELETE"), ("SELECT", "INSERT, DELETE"), ("INSERT", "DELETE")):
            if have:
                place.sql(f"GRANT {have} ON tracks TO {name}")
            refused(theirs, f"permission denied for table tracks in .*: GRANT {lack} on it")
        place.sql(f"GRANT DELETE ON tracks TO {name}")
        refused(theirs, "permission denied for table navixy_job")
        refused(theirs, "the table other is missing there; GRANT CREATE on it", table="other")


def test_a_role_without_create_is_enough_where_the_tables_are(place: Place) -> None:
    run(place, world())
    with user(place) as (name, theirs):
        place.sql(f'GRANT USAGE ON SCHEMA "{place.schema}" TO {name}')
        place.sql(f'GRANT SELECT, INSERT, DELETE, UPDATE ON ALL TABLES IN SCHEMA "{place.schema}" TO {name}')
        assert run(theirs, world()).is_complete
        assert run(theirs, world(), resume=True).is_complete


def test_row_security_is_told(place: Place) -> None:
    run(place, world())
    with user(place) as (name, theirs):
        place.sql(f'GRANT USAGE ON SCHEMA "{place.schema}" TO {name}')
        place.sql(f'GRANT ALL ON ALL TABLES IN SCHEMA "{place.schema}" TO {name}')
        place.sql("ALTER TABLE tracks ENABLE ROW LEVEL SECURITY")
        refused(theirs, "row security would hide rows of the table tracks")


def test_a_standby_is_told(place: Place) -> None:
    dsn = make_conninfo(place.dsn, options="-c default_transaction_read_only=on")
    refused(Place("postgres", place.path, dsn, place.schema), "is read-only")
