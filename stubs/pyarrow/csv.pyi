from collections.abc import Callable, Iterator, Mapping, Sequence
from os import PathLike
from typing import Any, BinaryIO, Self

from . import DataType, MemoryPool, NativeFile, RecordBatch, Schema, Table

class InvalidRow:
    expected_columns: int
    actual_columns: int
    number: int | Any
    """None if several threads read."""
    text: str

class ReadOptions:
    def __init__(self, use_threads: bool = True, block_size: int | None = None) -> None: ...

class ParseOptions:
    def __init__(
        self, *, newlines_in_values: bool = False, invalid_row_handler: Callable[[InvalidRow], str] | None = None
    ) -> None: ...

class ConvertOptions:
    def __init__(
        self,
        *,
        column_types: Mapping[str, DataType] | Schema | None = None,
        null_values: Sequence[str] | None = None,
        strings_can_be_null: bool = False,
        quoted_strings_can_be_null: bool = True,
    ) -> None: ...

class WriteOptions:
    def __init__(self, include_header: bool = True) -> None: ...

class CSVStreamingReader:
    schema: Schema
    def __enter__(self) -> Self: ...
    def __exit__(self, *_: object) -> None: ...
    def __iter__(self) -> Iterator[RecordBatch]: ...

def read_csv(
    input_file: str | PathLike[str] | NativeFile,
    read_options: ReadOptions | None = None,
    parse_options: ParseOptions | None = None,
    convert_options: ConvertOptions | None = None,
    memory_pool: MemoryPool | None = None,
) -> Table: ...
def open_csv(
    input_file: str | PathLike[str] | NativeFile,
    read_options: ReadOptions | None = None,
    parse_options: ParseOptions | None = None,
    convert_options: ConvertOptions | None = None,
) -> CSVStreamingReader: ...
def write_csv(
    data: RecordBatch | Table, output_file: str | PathLike[str] | BinaryIO, write_options: WriteOptions | None = None
) -> None: ...
