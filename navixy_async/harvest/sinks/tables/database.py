"""The bookkeeping beside the tables of a database, and what every database does for it in its own way."""

from __future__ import annotations

import json
import logging
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar, Literal, TypeVar

import pyarrow as pa

from ....errors import InvalidInput, WriteFailed
from ...aliases import SqlRow
from ...streams import Stream
from .windows import Moments

T = TypeVar("T")
log = logging.getLogger("navixy_async")

_LONGEST_NAME = 48
_TEXT, _WHOLE, _TRUTH = pa.string(), pa.int64(), pa.bool_()
_KEY = {"target": _TEXT, "kind": _TEXT}
BOOKS: Mapping[str, Mapping[str, pa.DataType]] = {
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
"""The bookkeeping: the columns of each of its tables, by Arrow's types."""


class TableBooks(ABC):
    """One table of one database, and its bookkeeping. Used by one thread at a time.

    Args:
        stream: what the rows are.
        table: name of the table; the stream's if ``None``.
        place: names the database, for messages; without secrets.
        current: whether this is the harvest that keeps the table current, and not one with an end.
    """

    types: ClassVar[Mapping[pa.DataType, str]]
    """The database's types for those of Arrow."""

    def __init__(self, stream: Stream, table: str | None, place: str, *, current: bool = False) -> None:
        self.table = stream.name if table is None else table
        if not isinstance(self.table, str) or not re.fullmatch(
            rf"[A-Za-z_][A-Za-z0-9_]{{0,{_LONGEST_NAME - 1}}}", self.table
        ):
            raise InvalidInput(
                f"table must be a name of letters, digits and _, {_LONGEST_NAME} at the most, not {table!r}"
            )
        if self.table.lower().startswith("navixy_"):
            raise InvalidInput(f"the table {self.table} could be one of the bookkeeping: choose another name")
        self.place = place
        self.stream = stream
        self.schema = stream.layout.schema.insert(0, pa.field("account", pa.string()))
        self._kind: Literal["current", "bounded"] = "current" if current else "bounded"

    # --- what each database does in its own way ---------------------------------------------------------------------

    @abstractmethod
    def open(self) -> None:
        """Connect, and keep everybody else from filling the table; change nothing.

        Raises:
            InvalidInput: the database or the table cannot be used, or not by this user.
        """

    @abstractmethod
    def close(self) -> None:
        """Let go of the database; never raises."""

    @abstractmethod
    def atomically(self, work: Callable[[], T], done: Callable[[], bool] | None = None) -> T | None:
        """Everything that `work` does safely in the database, or nothing.

        Args:
            work: may be called again, where a transaction came to nothing that can be repeated.
            done: whether an earlier call did it after all, where nobody saw how its transaction ended; ``None`` if
                `work` may be done twice.

        Returns:
            What `work` gave; ``None`` if it was done already.

        Raises:
            WriteFailed: the database refused, or is gone.
        """

    @abstractmethod
    def execute(self, sql: str, values: Sequence[object] = ()) -> list[SqlRow]:
        """Run one statement with ``?`` for values; its rows, if it has any."""

    @abstractmethod
    def execute_many(self, sql: str, values: Sequence[Sequence[object]]) -> None:
        """Run one INSERT for each of the values."""

    @abstractmethod
    def columns(self, table: str) -> dict[str, str] | None:
        """The types of a table's columns as the database spells them, or ``None`` if there is no such table."""

    @abstractmethod
    def named(self, table: str) -> str:
        """A table's name in SQL."""

    @abstractmethod
    def lock_books(self) -> None:
        """Keep others from making the bookkeeping at the same time, until the transaction ends."""

    @abstractmethod
    def replace(self, windows: pa.Table, rows: pa.Table) -> None:
        """Delete what lies in the `windows` (a table as :data:`windows.WINDOWS`), then add the `rows` (a table).

        Raises:
            WriteFailed: the database took another number of rows than it was sent.
        """

    @abstractmethod
    def moments(self, windows: pa.Table) -> Moments:
        """How many rows the table has at each moment within the `windows`."""

    @abstractmethod
    def made(self) -> None:
        """The table is new: what it should have besides its columns."""

    @abstractmethod
    def finished(self) -> None:
        """A harvest came to its end."""

    def spelled(self, kind: str) -> str:
        """One of the :attr:`types` as a statement names it."""
        return kind

    @property
    def target(self) -> str:
        """The table's name in the bookkeeping: the same for every spelling that means this table."""
        return self.table

    @abstractmethod
    def interrupt(self) -> None:
        """Make what is under way in the database end soon, and nothing begin again; called from another thread."""

    def compare(self, taken: int, sent: int) -> None:
        """Raise WriteFailed if the database took another number of rows than it was sent."""
        if taken != sent:
            raise WriteFailed(
                f"the table {self.table} in {self.place} took {taken:,} of {sent:,} rows: a trigger or a rule on it "
                "keeps rows out or adds some; drop that, then resume the harvest; what was finished before is safe"
            )

    # --- the books --------------------------------------------------------------------------------------------

    def _select(self, columns: str, book: str, more: str = "", values: Sequence[object] = ()) -> list[SqlRow]:
        sql = f"SELECT {columns} FROM {self.named(book)} WHERE target = ? AND kind = ?{more}"
        return self.execute(sql, [self.target, self._kind, *values])

    def _insert(self, book: str, rows: Sequence[Sequence[object]]) -> None:
        """Add lines to a book: `rows` have its columns but for the first two."""
        columns = ", ".join(f'"{name}"' for name in BOOKS[book])
        marks = ", ".join("?" * len(BOOKS[book]))
        self.execute_many(
            f"INSERT INTO {self.named(book)} ({columns}) VALUES ({marks})",
            [(self.target, self._kind, *row) for row in rows],
        )

    def _update(self, column: str, value: object) -> None:
        self.execute(
            f'UPDATE {self.named("navixy_job")} SET "{column}" = ? WHERE target = ? AND kind = ?',
            [value, self.target, self._kind],
        )

    def _forget(self, book: str) -> None:
        self.execute(f"DELETE FROM {self.named(book)} WHERE target = ? AND kind = ?", [self.target, self._kind])

    def _zones(self) -> dict[str, str]:
        found = self._select("zones", "navixy_job")
        zones: dict[str, str] = json.loads(found[0][0]) if found else {}
        return zones

    def _mend_books(self) -> None:
        """Bring books of an earlier version up to this one; those of no version stay as they are."""
        if self.columns("navixy_job") is not None and self._lacking_books():
            self.atomically(self._make_books)

    def _lacking_books(self) -> dict[str, dict[str, str]]:
        """Which columns each of the books lacks."""
        lacking: dict[str, dict[str, str]] = {}
        for book, columns in BOOKS.items():
            there = self.columns(book) or {}
            wanted = {name: self.types[kind] for name, kind in columns.items()}
            if any(there[name].lower() != kind.lower() for name, kind in wanted.items() if name in there):
                raise InvalidInput(
                    f"{book} in {self.place} is none of this program's tables: rename it, or write to another place"
                )
            if missing := {name: kind for name, kind in wanted.items() if name not in there}:
                lacking[book] = missing
        return lacking

    def _make_books(self) -> None:
        if not self._lacking_books():
            return
        self.lock_books()
        for book, lacking in self._lacking_books().items():  # once more: somebody else may just have made them
            if len(lacking) == len(BOOKS[book]):
                self._create(book, lacking)
                continue
            for name, kind in lacking.items():
                self.execute(f'ALTER TABLE {self.named(book)} ADD COLUMN "{name}" {self.spelled(kind)}')
            if "kind" in lacking:
                self._take_over(book)

    def _take_over(self, book: str) -> None:
        """A book that was kept when a table had one harvest only: whichever that was."""
        runs = f"SELECT target FROM {self.named('navixy_job')} WHERE run IS NOT NULL"
        self.execute(
            f"UPDATE {self.named(book)} SET kind = CASE WHEN target IN ({runs}) THEN 'current' ELSE 'bounded' END"
            " WHERE kind IS NULL"
        )

    def _make_tables(self) -> None:
        self._make_books()
        wanted = {field.name: self._type(field) for field in self.schema}
        there = self.columns(self.table)
        if there is None:
            self._forget_all()
            self._create(self.table, wanted)
            self.made()
            return
        wrong = [name for name, kind in wanted.items() if there.get(name, kind).lower() != kind.lower()]
        new = [name for name in wanted if name not in there]
        if wrong or (new and not self._is_ours()):
            if wrong and self._is_ours():
                self._refuse_narrower(wrong, wanted)
            wrong = [name for name in wanted if name in wrong or name in new]
            raise InvalidInput(
                f"the table {self.table} in {self.place} is none of {self.stream.name} (its {', '.join(wrong[:5])} "
                f"{'is' if len(wrong) == 1 else 'are'} missing or of another type): choose another table"
            )
        for name in new:
            self.execute(f'ALTER TABLE {self.named(self.table)} ADD COLUMN "{name}" {self.spelled(wanted[name])}')
        if new:
            log.warning("the table %s in %s has new columns: %s", self.table, self.place, ", ".join(new))

    def _refuse_narrower(self, columns: Sequence[str], wanted: Mapping[str, str]) -> None:
        """The table is of an earlier version, whose columns held less: to write it anew is for whoever keeps it."""
        table = self.named(self.table)
        statements = "; ".join(f'ALTER TABLE {table} ALTER COLUMN "{name}" TYPE {wanted[name]}' for name in columns)
        raise InvalidInput(
            f"the table {self.table} in {self.place} was made by another version of this package, with columns of "
            f"other types: choose another table, or change them ({statements}) and begin without resume"
        )

    def _create(self, table: str, columns: Mapping[str, str]) -> None:
        listed = ", ".join(f'"{name}" {self.spelled(kind)}' for name, kind in columns.items())
        self.execute(f"CREATE TABLE {self.named(table)} ({listed})")

    def _forget_all(self) -> None:
        """The table is not there: nothing that was ever done for it is."""
        sql = f"SELECT 1 FROM {self.named('navixy_job')} WHERE target = ? AND kind = 'current'"
        if self.execute(sql, [self.target]):
            log.warning(
                "the table %s in %s is gone: what kept it current begins again from its start", self.table, self.place
            )
        for book in BOOKS:
            self.execute(f"DELETE FROM {self.named(book)} WHERE target = ?", [self.target])

    def _is_ours(self) -> bool:
        """Whether an earlier harvest of this stream made the table, perhaps by a version that knew fewer columns."""
        found = self.execute(f"SELECT definition FROM {self.named('navixy_job')} WHERE target = ?", [self.target])
        return any(json.loads(text).get("stream") == self.stream.name for (text,) in found)

    def _type(self, field: pa.Field) -> str:
        if field.type not in self.types:
            raise InvalidInput(f"{self.stream.name} cannot be written to a table: its {field.name} is {field.type}")
        return self.types[field.type]
