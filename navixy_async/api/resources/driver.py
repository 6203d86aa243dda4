"""The actions under `/driver`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Literal, TypeAlias

from msgspec import UNSET, UnsetType

from ...operations import Lane, Operation, Replay
from ..checks import listed, sent, window
from ..models.driver import (
    DriverJournalEntry,
    DriverJournalEntryListAnswer,
    DriverJournalEntryUpdateRequest,
    DriverJournalProposal,
    DriverJournalProposalListAnswer,
)
from ..noun import Download, Noun, present

EntryFormat: TypeAlias = Literal["pdf", "xls", "xlsx"]

EntryTypes: TypeAlias = Literal["work", "personal", "other"]

GroupBy: TypeAlias = Literal["type", "date"]

JOURNAL_ENTRY_CREATE: Operation[dict[str, Any]] = Operation("driver/journal/entry/create", dict[str, Any])
JOURNAL_ENTRY_DELETE: Operation[dict[str, Any]] = Operation("driver/journal/entry/delete", dict[str, Any])
JOURNAL_ENTRY_DOWNLOAD: Operation[bytes] = Operation("driver/journal/entry/download", bytes, replay=Replay.READ)
JOURNAL_ENTRY_LIST: Operation[DriverJournalEntryListAnswer] = Operation(
    "driver/journal/entry/list", DriverJournalEntryListAnswer, replay=Replay.READ
)
JOURNAL_ENTRY_UPDATE: Operation[dict[str, Any]] = Operation(
    "driver/journal/entry/update", dict[str, Any], replay=Replay.IDEMPOTENT
)
JOURNAL_PROPOSAL_LIST: Operation[DriverJournalProposalListAnswer] = Operation(
    "driver/journal/proposal/list", DriverJournalProposalListAnswer, replay=Replay.READ
)


class DriverActions(Noun):
    """Actions under `/driver`. Logbooks of drivers."""

    __slots__ = ()

    @property
    def journal(self) -> DriverJournalActions:
        """Actions under `/driver/journal`."""
        return DriverJournalActions(self._caller)


class DriverJournalActions(Noun):
    """Actions under `/driver/journal`."""

    __slots__ = ()

    @property
    def entry(self) -> DriverJournalEntryActions:
        """Actions under `/driver/journal/entry`."""
        return DriverJournalEntryActions(self._caller)

    @property
    def proposal(self) -> DriverJournalProposalActions:
        """Actions under `/driver/journal/proposal`."""
        return DriverJournalProposalActions(self._caller)


class DriverJournalEntryActions(Noun):
    """Actions under `/driver/journal/entry`."""

    __slots__ = ()

    async def create(
        self,
        entries: Iterable[DriverJournalEntry | Mapping[str, Any]],
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Add entries to a driver's logbook.

        Args:
            entries: the entries of the logbook.

        Platform action: `/driver/journal/entry/create`
        """
        params = {"entries": listed("entries", entries)}
        await self._caller.call(JOURNAL_ENTRY_CREATE, params, timeout=timeout, lane=lane)

    async def delete(
        self,
        entry_ids: Iterable[int],
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Delete entries of a driver's logbook.

        Args:
            entry_ids: ids of entries of the logbook.

        Platform action: `/driver/journal/entry/delete`
        """
        params = {"entry_ids": listed("entry_ids", entry_ids)}
        await self._caller.call(JOURNAL_ENTRY_DELETE, params, timeout=timeout, lane=lane)

    def download(
        self,
        *,
        tracker_id: int,
        from_: datetime,
        to: datetime,
        format: EntryFormat | str,
        entry_ids: Iterable[int] | UnsetType = UNSET,
        types: Iterable[EntryTypes | str] | UnsetType = UNSET,
        sort: Iterable[str] | UnsetType = UNSET,
        add_filename_header: bool | UnsetType = UNSET,
        group_by: GroupBy | str | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> Download:
        """Make a file of a driver's logbook.

        Args:
            tracker_id: id of the tracker.
            from_: start of the period, with its time zone.
            to: end of the period, with its time zone.
            format: file format; documented: pdf, xls, xlsx.
            entry_ids: ids of entries of the logbook.
            types: only these types; documented: work, personal, other.
            sort: columns to sort by, each with `=asc` or `=desc`.
            add_filename_header: name the file in a header of the answer; the platform's default: true.
            group_by: what the file is grouped by; documented: type, date.

        Returns:
            The file's bytes (pdf, xls, xlsx).

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.

        Platform action: `/driver/journal/entry/download`
        """
        window(from_, to)
        params = sent(
            {
                "tracker_id": tracker_id,
                "from": from_,
                "to": to,
                "entry_ids": listed("entry_ids", entry_ids),
                "types": listed("types", types),
                "sort": listed("sort", sort),
                "add_filename_header": add_filename_header,
                "format": format,
                "group_by": group_by,
            }
        )
        return Download(self._caller, JOURNAL_ENTRY_DOWNLOAD, params, timeout=timeout, lane=lane)

    async def list(
        self,
        tracker_id: int,
        from_: datetime,
        to: datetime,
        *,
        entry_ids: Iterable[int] | UnsetType = UNSET,
        types: Iterable[EntryTypes | str] | UnsetType = UNSET,
        sort: Iterable[str] | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> builtins.list[DriverJournalEntry]:
        """List the entries of a driver's logbook in a period.

        Args:
            tracker_id: id of the tracker.
            from_: start of the period, with its time zone.
            to: end of the period, with its time zone.
            entry_ids: ids of entries of the logbook.
            types: only these types; documented: work, personal, other.
            sort: columns to sort by, each with `=asc` or `=desc`.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.

        Platform action: `/driver/journal/entry/list`
        """
        window(from_, to)
        params = sent(
            {
                "tracker_id": tracker_id,
                "from": from_,
                "to": to,
                "entry_ids": listed("entry_ids", entry_ids),
                "types": listed("types", types),
                "sort": listed("sort", sort),
            }
        )
        answer = await self._caller.call(JOURNAL_ENTRY_LIST, params, timeout=timeout, lane=lane)
        return present(answer.list, JOURNAL_ENTRY_LIST, "list")

    async def update(
        self,
        entry: DriverJournalEntryUpdateRequest | Mapping[str, Any],
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Replace an entry of a driver's logbook.

        Whether what is left out stays is not documented: send the whole as it was read, with your changes.

        Args:
            entry: the entry of the logbook.

        Raises:
            NotFound: codes 201, 204.

        Platform action: `/driver/journal/entry/update`
        """
        params = {"entry": entry}
        await self._caller.call(JOURNAL_ENTRY_UPDATE, params, timeout=timeout, lane=lane)


class DriverJournalProposalActions(Noun):
    """Actions under `/driver/journal/proposal`."""

    __slots__ = ()

    async def list(
        self,
        from_: datetime,
        to: datetime,
        tracker_id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> builtins.list[DriverJournalProposal]:
        """List trips that could become entries of a driver's logbook.

        Args:
            from_: start of the period, with its time zone.
            to: end of the period, with its time zone.
            tracker_id: id of the tracker.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.

        Platform action: `/driver/journal/proposal/list`
        """
        window(from_, to)
        params = {"from": from_, "to": to, "tracker_id": tracker_id}
        answer = await self._caller.call(JOURNAL_PROPOSAL_LIST, params, timeout=timeout, lane=lane)
        return present(answer.list, JOURNAL_PROPOSAL_LIST, "list")
