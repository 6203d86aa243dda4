"""The bookkeeping beside the tables of a database, and what each database does in its own way."""

from __future__ import annotations

import json
import logging
import re
from abc import abstractmethod
from collections.abc import Mapping, Sequence
from functools import partial
from typing import ClassVar, Literal

import pyarrow as pa

from ....errors import InvalidInput, WriteFailed
from ...aliases import JsonObject, SqlRow
from ...state.records import RunRecord
from ...state.store import HarvestState, decode_member
from ...streams import Stream
from .windows import Moments

log = logging.getLogger("navixy_async")

_LONGEST_NAME = 48
_TEXT, _WHOLE, _TRUTH = pa.string(), pa.int64(), pa.bool_()
_KEY = {"target": _TEXT, "kind": _TEXT}
STATE_TABLES: Mapping[str, Mapping[str, pa.DataType]] = {
    "navixy_job": {
        **_KEY,
        **dict.fromkeys(("definition", "zones", "coverage"), _TEXT),
        "open": _TRUTH,
        "run": _TEXT,
    },
    "navixy_tracker": {**_KEY, "account": _TEXT, "id": _WHOLE, "blocked": _TRUTH},
    "navixy_work": {
        **_KEY,
        **dict.fromkeys(("account", "trackers", "start", "stop"), _TEXT),
        **dict.fromkeys(("rows", "bytes", "late"), _WHOLE),
        **dict.fromkeys(("clipped_start", "clipped_stop", "gaps"), _TEXT),
        **dict.fromkeys(("odd_rows", "replaced_texts"), _WHOLE),
        **dict.fromkeys(("read_at", "zone"), _TEXT),
    },
    "navixy_held": {**_KEY, "account": _TEXT, "id": _WHOLE, "pieces": _TEXT},
}
"""The tables of the state: their columns, by Arrow's types."""


class TableDatabase(HarvestState):
    """One table of one database, and the state of its harvests beside it. Used by one thread at a time.

    Args:
        stream: what the rows are.
        table: name of the table; the stream's if ``None``.
        where: names the database, for messages; without secrets.
        current: whether this is the harvest that keeps the table current, and not one with an end.
    """

    columns_of: ClassVar[Mapping[str, str]] = {
        name.removeprefix("navixy_"): ", ".join(column for column in columns if column not in _KEY)
        for name, columns in STATE_TABLES.items()
    }
    instead = "table, or begin without resume"
    types: ClassVar[Mapping[pa.DataType, str]]
    """The database's types for those of Arrow."""

    def __init__(self, stream: Stream, table: str | None, where: str, *, current: bool = False) -> None:
        self.table = stream.name if table is None else table
        if not isinstance(self.table, str) or not re.fullmatch(
            rf"[A-Za-z_][A-Za-z0-9_]{{0,{_LONGEST_NAME - 1}}}", self.table
        ):
            raise InvalidInput(
                f"table must be a name of letters, digits and _, {_LONGEST_NAME} at the most, not {table!r}"
            )
        if self.table.lower().startswith("navixy_"):
            raise InvalidInput(f"the table {self.table} could be one of the bookkeeping: choose another name")
        self.where: str = where
        self.target = self.table
        """The table's name in the bookkeeping: the same for every spelling that means this table."""
        self.stream = stream
        self.schema = stream.layout.schema.insert(0, pa.field("account", pa.string()))
        self._kind: Literal["current", "bounded"] = "current" if current else "bounded"
        self._has_state = False
        self._inside = False
        """Whether a transaction is open."""

    # --- what each database does in its own way ---------------------------------------------------------------------

    @abstractmethod
    def open(self) -> None:
        """Connect, and keep others from filling the table; change nothing.

        Raises:
            InvalidInput: the database or the table cannot be used, or not by this user.
        """

    @abstractmethod
    def close(self) -> None:
        """Close the database; never raises."""

    def execute(self, sql: str, values: Sequence[object] = ()) -> list[SqlRow]:
        """Run one statement; its rows."""
        now = partial(self._now, sql, values)
        return now() if self._inside else self.atomically(now) or []

    @abstractmethod
    def _now(self, sql: str, values: Sequence[object]) -> list[SqlRow]:
        """Run one statement within a transaction."""

    @abstractmethod
    def columns(self, table: str) -> dict[str, str] | None:
        """The types of a table's columns as the database spells them; ``None`` without such a table."""

    @abstractmethod
    def named(self, table: str) -> str:
        """A table's name in SQL."""

    @abstractmethod
    def lock_state(self) -> None:
        """Keep others from creating the bookkeeping at the same time, until the transaction ends."""

    @abstractmethod
    def replace(self, windows: pa.Table, rows: pa.Table) -> None:
        """Delete what is in the `windows` (a table as :data:`windows.WINDOWS`), then add the `rows` (a table).

        Raises:
            WriteFailed: the database took another number of rows than it was sent.
        """

    @abstractmethod
    def moments(self, windows: pa.Table) -> Moments:
        """How many rows the table has at each moment within the `windows`."""

    @abstractmethod
    def made(self) -> None:
        """Add what a new table should have besides its columns."""

    @abstractmethod
    def finished(self) -> None:
        """A harvest has finished."""

    def spelled(self, kind: str) -> str:
        """One of the :attr:`types` as a statement names it."""
        return kind

    @abstractmethod
    def interrupt(self) -> None:
        """Make what is under way in the database end soon, and let nothing else begin; called from another thread."""

    @property
    def in_window(self) -> str:
        """In SQL: whether the row `old` lies in the window `new`."""
        same, time = "old.account = new.account AND old.tracker_id = new.tracker_id", f'old."{self.stream.time}"'
        return f"{same} AND {time} >= new.start AND {time} < new.stop"

    def compare(self, taken: int, sent: int) -> None:
        """Raise WriteFailed if the database took another number of rows than it was sent."""
        if taken != sent:
            raise WriteFailed(
                f"the table {self.table} in {self.where} took {taken:,} of {sent:,} rows: a trigger or a rule on it "
                "keeps rows out or adds some; drop that, then resume the harvest; what was finished before is safe"
            )

    # --- the state --------------------------------------------------------------------------------------------

    @property
    def _scope(self) -> Mapping[str, str]:
        return {"target": self.target, "kind": self._kind}

    def _table(self, name: str) -> str:
        return self.named(f"navixy_{name}")

    def _select(self, columns: str, table: str, more: str = "", values: Sequence[object] = ()) -> list[SqlRow]:
        if not self._has_state:
            self._has_state = self.columns("navixy_job") is not None
        return super()._select(columns, table, more, values) if self._has_state else []

    def _get(self, name: str) -> JsonObject | None:
        found = self._select(f'"{name}"', "job")
        return decode_member(name, found[0][0]) if found else None

    def _put(self, name: str, value: object) -> None:
        self._update(name, json.dumps(value, sort_keys=True))

    def _update(self, column: str, value: object) -> None:
        self.execute(
            f'UPDATE {self._table("job")} SET "{column}" = ? WHERE {self._is_ours()}', [value, *self._scope.values()]
        )

    def _put_definition(
        self, definition: Mapping[str, object], zones: Mapping[str, str], run: RunRecord | None
    ) -> None:
        self._forget("job")
        # While it runs, nothing claims what the table covers.
        texts = [json.dumps(value, sort_keys=True) for value in (dict(definition), zones)]
        self._insert("job", [(*texts, None, True, run and json.dumps(run.to_json(), sort_keys=True))])

    def _mend_state(self) -> None:
        """Bring the state's tables of an earlier version up to date; those without a version stay as they are."""
        if self.columns("navixy_job") is not None and self._missing_columns():
            self.atomically(self._make_state)

    def _missing_columns(self) -> dict[str, dict[str, str]]:
        """The missing columns of each of the state's tables."""
        lacking: dict[str, dict[str, str]] = {}
        for table, columns in STATE_TABLES.items():
            there = self.columns(table) or {}
            wanted = {name: self.types[kind] for name, kind in columns.items()}
            if any(there[name].lower() != kind.lower() for name, kind in wanted.items() if name in there):
                raise InvalidInput(
                    f"{table} in {self.where} is not one of this program's tables: rename it, or write elsewhere"
                )
            if missing := {name: kind for name, kind in wanted.items() if name not in there}:
                lacking[table] = missing
        return lacking

    def _make_state(self) -> None:
        if not self._missing_columns():
            return
        self.lock_state()
        for table, lacking in self._missing_columns().items():  # again: somebody else may just have created them
            if len(lacking) == len(STATE_TABLES[table]):
                self._create(table, lacking)
                continue
            for name, kind in lacking.items():
                self.execute(f'ALTER TABLE {self.named(table)} ADD COLUMN "{name}" {self.spelled(kind)}')
            if "kind" in lacking:
                self._take_over(table)

    def _take_over(self, table: str) -> None:
        """A table from when a table had only one harvest: assign it the kind that it was."""
        runs = f"SELECT target FROM {self.named('navixy_job')} WHERE run IS NOT NULL"
        self.execute(
            f"UPDATE {self.named(table)} SET kind = CASE WHEN target IN ({runs}) THEN 'current' ELSE 'bounded' END"
            " WHERE kind IS NULL"
        )

    def _make_tables(self) -> None:
        self._make_state()
        wanted = {field.name: self._type(field) for field in self.schema}
        there = self.columns(self.table)
        if there is None:
            self._forget_all()
            self._create(self.table, wanted)
            self.made()
            return
        wrong = [name for name, kind in wanted.items() if there.get(name, kind).lower() != kind.lower()]
        new = [name for name in wanted if name not in there]
        if wrong or (new and not self._is_of_stream()):
            if wrong and self._is_of_stream():
                self._refuse_narrower(wrong, wanted)
            wrong = [name for name in wanted if name in wrong or name in new]
            raise InvalidInput(
                f"the table {self.table} in {self.where} does not hold {self.stream.name} (its {', '.join(wrong[:5])} "
                f"{'is' if len(wrong) == 1 else 'are'} missing or of another type): choose another table"
            )
        for name in new:
            self.execute(f'ALTER TABLE {self.named(self.table)} ADD COLUMN "{name}" {self.spelled(wanted[name])}')
        if new:
            log.warning("the table %s in %s has new columns: %s", self.table, self.where, ", ".join(new))

    def _refuse_narrower(self, columns: Sequence[str], wanted: Mapping[str, str]) -> None:
        """The table is of an earlier version, whose columns held less: rewriting it is its owner's decision."""
        table = self.named(self.table)
        statements = "; ".join(f'ALTER TABLE {table} ALTER COLUMN "{name}" TYPE {wanted[name]}' for name in columns)
        raise InvalidInput(
            f"the table {self.table} in {self.where} was made by another version of this package, with columns of "
            f"other types: choose another table, or change them ({statements}) and begin without resume"
        )

    def _create(self, table: str, columns: Mapping[str, str]) -> None:
        listed = ", ".join(f'"{name}" {self.spelled(kind)}' for name, kind in columns.items())
        self.execute(f"CREATE TABLE {self.named(table)} ({listed})")

    def _forget_all(self) -> None:
        """The table is gone, and with it everything that was done for it."""
        sql = f"SELECT 1 FROM {self.named('navixy_job')} WHERE target = ? AND kind = 'current'"
        if self.execute(sql, [self.target]):
            log.warning(
                "the table %s in %s is gone: what kept it current begins again from its start", self.table, self.where
            )
        for table in STATE_TABLES:
            self.execute(f"DELETE FROM {self.named(table)} WHERE target = ?", [self.target])

    def _is_of_stream(self) -> bool:
        """Whether an earlier harvest of this stream created the table, perhaps in a version with fewer columns."""
        found = self.execute(f"SELECT definition FROM {self.named('navixy_job')} WHERE target = ?", [self.target])
        return any(json.loads(text).get("stream") == self.stream.name for (text,) in found)

    def _type(self, field: pa.Field) -> str:
        if field.type not in self.types:
            raise InvalidInput(f"{self.stream.name} cannot be written to a table: its {field.name} is {field.type}")
        return self.types[field.type]
