"""The CSV and Parquet files of an export, each table in one file, written part by part."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

from milaid.tables.schema import Schema

# Without it Excel takes the file for one of another encoding, and Côte d’Ivoire loses its accent.
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class CsvFile:
    """One CSV: UTF-8 with byte order mark, comma, texts in double quotes, a missing value without quotes.

    Cells stand as they are in the table. A text that begins with = + - or @ is not marked or changed, so
    that any program reads back what the document prints.
    """

    def __init__(self, path: Path, schema: Schema) -> None:
        self._stream = path.open("wb")
        self._stream.write(BYTE_ORDER_MARK)
        options = pa.csv.WriteOptions(quoting_style="needed")
        self._writer = pa.csv.CSVWriter(self._stream, schema.arrow_schema, write_options=options)

    def write(self, part: pa.Table) -> None:
        """Append rows."""
        self._writer.write_table(part)

    def __enter__(self) -> CsvFile:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._writer.close()
        self._stream.close()


class ParquetFile:
    """One Parquet file, a row group for each part."""

    def __init__(self, path: Path, schema: Schema) -> None:
        self._writer = pa.parquet.ParquetWriter(path, schema.arrow_schema, compression="zstd")

    def write(self, part: pa.Table) -> None:
        """Append rows as a row group."""
        self._writer.write_table(part)

    def __enter__(self) -> ParquetFile:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._writer.close()
