"""A Parquet dataset: one sorted file per account and UTC day, each row in it exactly once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import pyarrow as pa

from .dataset import WholeDaySink
from .part_files import write_day


class ParquetSink(WholeDaySink):
    """Parquet files of a harvest with an end."""

    kind = "parquet"
    files = "part-0.parquet"

    def _write(self, account: str, day: date, tables: Iterable[pa.Table]) -> Iterator[tuple[Path, str, int]]:
        temporary = self._target.scratch / f"{day.isoformat()}.parquet"
        rows = write_day(temporary, self._stream.layout.schema, tables)
        if rows:
            yield temporary, self.files, rows
        temporary.unlink(missing_ok=True)
