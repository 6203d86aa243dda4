"""Whether a harvest can do everything it needs in a PostgreSQL database: checked before anything is requested."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

import psycopg

from ....errors import InvalidInput, WriteNotAllowed
from ...aliases import SqlRow
from .database import STATE_TABLES
from .postgres_session import Dsn, Session, connect

Execute: TypeAlias = Callable[..., list[SqlRow]]

_KINDS = {
    "v": "a view",
    "m": "a materialized view",
    "f": "a foreign table",
    "i": "an index",
    "I": "an index",
    "S": "a sequence",
    "c": "a type",
    "t": "a table of the system",
}
_RELATION = (
    "SELECT c.relkind::pg_catalog.text, CASE WHEN c.relpersistence = 'u' THEN 'unlogged'"
    " WHEN pg_catalog.row_security_active(c.oid) THEN 'secured' ELSE '' END,"
    " ARRAY(SELECT r FROM unnest(?::pg_catalog.text[]) AS r WHERE NOT pg_catalog.has_table_privilege(c.oid, r)),"
    " c.relhasrules OR c.relhassubclass OR c.relkind = 'p' OR EXISTS (SELECT 1 FROM pg_catalog.pg_trigger AS t"
    " WHERE t.tgrelid = c.oid AND NOT t.tgisinternal)"
    " FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace"
    " WHERE n.nspname = ? AND c.relname = ?"
)
_LOCK = "locktype = 'advisory' AND classid::bigint = ? AND objid::bigint = ? AND objsubid = 2 AND granted"


def settle_in(session: Session, execute: Execute, where: str) -> None:
    """Set up a new connection for a harvest; settings of role, database and DSN take precedence.

    Raises:
        InvalidInput: the database cannot keep the rows.
        psycopg.Error: the server refused.
    """
    ((session.pid, encoding, read_only, commit),) = execute(
        "SELECT pg_catalog.pg_backend_pid(), pg_catalog.current_setting('server_encoding'),"
        " pg_catalog.current_setting('transaction_read_only'), pg_catalog.current_setting('synchronous_commit')"
    )
    # SQL_ASCII stores any bytes unchanged, and it is sent UTF-8.
    if encoding not in ("UTF8", "SQL_ASCII"):
        raise InvalidInput(
            f"{where} keeps texts as {encoding}, which lacks letters that addresses and labels may contain: "
            "create a database for the harvest (CREATE DATABASE ... ENCODING 'UTF8' TEMPLATE template0) and name that"
        )
    if read_only == "on":
        raise InvalidInput(f"{where} is read-only (a standby, or by its settings): name the one that takes writes")
    execute("SET TIME ZONE 'UTC'")
    if commit == "off":
        # What a mark says must be on the server's disk; any setting stronger than off is good enough.
        execute("SET synchronous_commit = on")


def lock_patience(session: Session, execute: Execute, own: float) -> None:
    """How long a statement waits for a lock: what role, database or DSN say, or else `own` seconds."""
    execute("RESET lock_timeout")
    ((said,),) = execute("SELECT setting::bigint FROM pg_catalog.pg_settings WHERE name = 'lock_timeout'")
    if not said:
        execute(f"SET lock_timeout = '{own * 1000:.0f}ms'")
    session.patient_for(said / 1000 or own)


def lock_keys(execute: Execute, name: str) -> tuple[int, int]:
    """The two halves of the number under which a table's name is locked."""
    ((first, second),) = execute("SELECT pg_catalog.hashtext('navixy'), pg_catalog.hashtext(?)", [name])
    return first, second


def lock_holders(execute: Execute, keys: Sequence[int]) -> list[int]:
    """The server's processes that hold the lock."""
    unsigned = [key & 0xFFFFFFFF for key in keys]
    own = "database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database())"
    return [pid for (pid,) in execute(f"SELECT pid FROM pg_catalog.pg_locks WHERE {_LOCK} AND {own}", unsigned)]


def refuse_pooled(dsn: Dsn, session: Session, execute: Execute, where: str) -> None:
    """Raise InvalidInput if something in between assigns connections per transaction: a lock would belong to nobody."""
    other = connect(dsn)
    if isinstance(other, str):
        return  # no second connection left; a pooler would have had one
    with other:
        other.execute("BEGIN")
        ((theirs,),) = other.execute("SELECT pg_catalog.pg_backend_pid()").fetchall()
        shared = theirs == session.pid
        for _ in range(3):
            shared = shared or execute("SELECT pg_catalog.pg_backend_pid()") != [(session.pid,)]
        other.execute("ROLLBACK")
    if shared:
        raise InvalidInput(
            f"{where} is reached through a proxy that pools transactions (PgBouncer, for example), where no table can "
            "be locked for a harvest: name the server itself, or a pool of sessions"
        )


def check_relations(execute: Execute, schema: str, table: str, where: str) -> bool:
    """Whether something on the table, such as a trigger, could change what is written to it.

    Raises:
        InvalidInput: the table, or one of the bookkeeping, cannot hold rows, or not for this user.
    """
    found = execute(
        "SELECT pg_catalog.has_schema_privilege(oid, 'USAGE'), pg_catalog.has_schema_privilege(oid, 'CREATE')"
        " FROM pg_catalog.pg_namespace WHERE nspname = ?",
        [schema],
    )
    if not found:
        raise InvalidInput(f"{where} has no schema {schema!r}: create it or name another one")
    ((may_use, may_create),) = found
    if not may_use:
        raise WriteNotAllowed(
            f"permission denied for schema {schema} in {where}: GRANT USAGE on it to the user of the DSN"
        )
    extras = False
    for name in (table, *STATE_TABLES):
        rights = ["SELECT", "INSERT", "DELETE", *(["UPDATE"] if name in STATE_TABLES else [])]
        relation = execute(_RELATION, [rights, schema, name])
        if relation:
            _check_relation(name, where, *relation[0][:3])
            extras = extras or relation[0][3]
        elif not may_create:
            raise WriteNotAllowed(
                f"permission denied for schema {schema} in {where}: the table {name} is missing there; GRANT CREATE "
                "on it to the user of the DSN, or have somebody with that right create the tables"
            )
    return extras


def _check_relation(name: str, where: str, kind: str, state: str, lacking: Sequence[str]) -> None:
    if kind not in ("r", "p"):
        raise InvalidInput(f"{name} in {where} is {_KINDS.get(kind, 'no table')}: choose another table")
    if lacking:
        raise WriteNotAllowed(
            f"permission denied for table {name} in {where}: GRANT {', '.join(lacking)} on it to the user of the DSN"
        )
    if state == "unlogged":
        raise InvalidInput(
            f"the table {name} in {where} is unlogged, and empty after a crash: ALTER TABLE ... SET LOGGED, or choose "
            "another table"
        )
    if state == "secured":
        raise InvalidInput(
            f"row security would hide rows of the table {name} in {where} from the harvest: let its user bypass it "
            "(ALTER ROLE ... BYPASSRLS), or choose another table"
        )


def blocking_locks(execute: Execute, schema: str, tables: Sequence[str]) -> list[int]:
    """The server's processes that hold locks on the tables for which a writer must wait."""
    try:
        found = execute(
            "SELECT DISTINCT l.pid FROM pg_catalog.pg_locks AS l JOIN pg_catalog.pg_class AS c ON c.oid = l.relation"
            " JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace WHERE l.granted"
            " AND l.pid <> pg_catalog.pg_backend_pid() AND n.nspname = ? AND c.relname = ANY (?::pg_catalog.text[])"
            " AND l.mode IN ('ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock')",
            [schema, list(tables)],
        )
    except psycopg.Error:
        return []
    return [pid for (pid,) in found]
