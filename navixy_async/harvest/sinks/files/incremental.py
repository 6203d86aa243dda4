"""The Parquet dataset of a harvest without an end: every run merges what it read into the same files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import date

import msgspec

from ....files import publish_file, remove
from ....paging.intervals import IntervalSet
from ...report.coverage import Coverage
from ...state.ledger import DayFile, Slice
from .dataset import DatasetSink
from .merge import DayFileReader, DayMerge, windows_of
from .part_files import digest, write_day


class IncrementalParquetSink(DatasetSink):
    """Merges what was read of a day into the day's file: the windows that were read replace the old ones.

    Windows in which nothing was found count as well, so every item has a slice for each of its days. A merge is a
    function of the file and the slices and gives the same result a second time, so a kill between the change of the
    file and its mark in the ledger does no harm.
    """

    kind = "parquet"
    files = "part-0.parquet"
    _recovering = False

    async def recover(self) -> None:
        """Merge what a killed run had read, before the next run begins."""
        await self._disk.run(self._recover)

    # --- on the disk's thread ---------------------------------------------------------------------------------------

    def _recover(self) -> None:
        if pending := self._ledger.pending_days(whole=True):
            self._recovering = True
            self._target.write_manifest(None)
            self._make_files(pending)

    def _is_read_again(self, account: str, day: date) -> bool:
        return True

    def _pending_days(self) -> list[tuple[str, date]]:
        return self._ledger.pending_days(whole=True)

    def _make_file(self, account: str, day: date, slices: list[Slice]) -> None:
        final = self._target.day_file(account, day)
        path = final.relative_to(self._target.root).as_posix()
        known, there = self._ledger.file(path), digest(final) if final.exists() else None
        if (intended := self._ledger.intents().get(path)) is not None:
            file, late_rows = intended
            if there == (file and file.sha256):
                # Only the mark is missing.
                self._ledger.keep_files(account, day, {path: file}, spent=True, late_rows=late_rows)
                return
        if there != (known and known.sha256):
            fault = "is missing" if there is None else "is not as it was written"
            raise OSError(
                f"{path} {fault}, and rows that were read would be lost: put it back, or overwrite the harvest"
            )
        temporary = self._target.scratch / f"{day.isoformat()}.parquet"
        windows = windows_of(self._ledger.work_of(slices).values())
        with ExitStack() as stack:
            merge = DayMerge(
                None if known is None else stack.enter_context(closing(DayFileReader(final))),
                slices,
                self._parts,
                stream=self._stream,
                windows=windows,
                held={tracker: self._held.get((account, tracker), IntervalSet()) for tracker in windows},
            )
            rows = write_day(temporary, self._stream.layout.schema, merge.tables())
        file = self._describe(temporary, path, account, day, rows) if rows else None
        if file is not None and self._recovering:
            file = msgspec.structs.replace(file, whole=False)  # The run that read this did not finish.
        if (file and file.sha256) != there:
            self._ledger.intend(path, file, late_rows=merge.late_rows)
            if file is not None:
                publish_file(temporary, final)
            else:
                remove(final)
        temporary.unlink(missing_ok=True)
        self._ledger.keep_files(account, day, {path: file}, spent=True, late_rows=merge.late_rows)

    def _finish(self, coverage: Coverage, parameters: Mapping[str, object]) -> Coverage:
        coverage = super()._finish(coverage, parameters)
        self._ledger.finish_run()
        return coverage

    def _add_counts(self, coverage: Coverage, files: Sequence[DayFile]) -> Coverage:
        run = self._ledger.run()
        return coverage if run is None else replace(coverage, late_rows=run.late_rows)
