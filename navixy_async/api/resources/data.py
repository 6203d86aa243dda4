"""The actions under `/data`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins
from collections.abc import Iterable, Mapping
from typing import Literal, TypeAlias

from msgspec import UNSET, UnsetType

from ...files import UploadSource, as_upload
from ...operations import Lane, Operation, Replay
from ..checks import listed, sent, within
from ..models.data import DataImportListAnswer, DataImportReadAnswer, DataSpreadsheetParseAnswer
from ..models.vehicle import ImportProcess
from ..noun import Noun, present

ImportTypes: TypeAlias = Literal["vehicle", "employee"]

ImportType: TypeAlias = Literal["vehicle", "employee"]

IMPORT_LIST: Operation[DataImportListAnswer] = Operation("data/import/list", DataImportListAnswer, replay=Replay.READ)
IMPORT_READ: Operation[DataImportReadAnswer] = Operation("data/import/read", DataImportReadAnswer, replay=Replay.READ)
SPREADSHEET_PARSE: Operation[DataSpreadsheetParseAnswer] = Operation(
    "data/spreadsheet/parse", DataSpreadsheetParseAnswer, encoding="multipart"
)


class DataActions(Noun):
    """Actions under `/data`. Spreadsheets, and the imports that are made of them."""

    __slots__ = ()

    @property
    def import_(self) -> DataImportActions:
        """Actions under `/data/import_`."""
        return DataImportActions(self._caller)

    @property
    def spreadsheet(self) -> DataSpreadsheetActions:
        """Actions under `/data/spreadsheet`."""
        return DataSpreadsheetActions(self._caller)


class DataImportActions(Noun):
    """Actions under `/data/import_`."""

    __slots__ = ()

    async def list(
        self,
        *,
        types: Iterable[ImportTypes | str] | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> builtins.list[ImportProcess]:
        """List imports, those that run and those that are done.

        Args:
            types: only these types; documented: vehicle, employee.

        Platform action: `/data/import/list`
        """
        params = sent({"types": listed("types", types)})
        answer = await self._caller.call(IMPORT_LIST, params, timeout=timeout, lane=lane)
        return present(answer.list, IMPORT_LIST, "list")

    async def read(
        self,
        process_id: int,
        type: ImportType | str,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> ImportProcess:
        """Read how far an import is.

        Args:
            process_id: id of the import.
            type: kind; documented: vehicle, employee.

        Raises:
            NotFound: code 201.

        Platform action: `/data/import/read`
        """
        params = {"process_id": process_id, "type": type}
        answer = await self._caller.call(IMPORT_READ, params, timeout=timeout, lane=lane)
        return present(answer.value, IMPORT_READ, "value")


class DataSpreadsheetActions(Noun):
    """Actions under `/data/spreadsheet`."""

    __slots__ = ()

    async def parse(
        self,
        file: UploadSource,
        preview_count: int,
        parse_header: bool,
        *,
        header_map: Mapping[str, str] | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> DataSpreadsheetParseAnswer:
        """Upload a spreadsheet, and look at its first rows; imports and converters take its `file_id`.

        Args:
            file: the file: a path, bytes, an asynchronous iterator of bytes, or an `Upload` with name and type.
            preview_count: rows of the preview; 1 to 20.
            parse_header: whether the first row holds headers.
            header_map: what columns of the sheet are, by their header.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.
            InvalidRequest: code 234.

        Platform action: `/data/spreadsheet/parse`
        """
        within("preview_count", preview_count, least=1, most=20)
        params = sent(
            {
                "file": as_upload(file),
                "preview_count": preview_count,
                "parse_header": parse_header,
                "header_map": header_map,
            }
        )
        return await self._caller.call(SPREADSHEET_PARSE, params, timeout=timeout, lane=lane)
