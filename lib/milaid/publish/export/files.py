"""The CSV and Parquet files of an export, each table in one file, written part by part."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType

import pyarrow as pa
import pyarrow.compute
import pyarrow.csv
import pyarrow.parquet

from milaid.blocks import csv_form
from milaid.tables.schema import Schema


class CsvFile:
    """One CSV in the form of :mod:`milaid.blocks.csv_form`, texts in double quotes, a missing value without quotes.

    ``spans`` says of each part where its rows lie in the file, in bytes.
    """

    def __init__(self, path: Path, schema: Schema) -> None:
        self.spans: list[range] = []
        self._stream = path.open("wb")
        self._stream.write(csv_form.BYTE_ORDER_MARK.encode("utf-8"))
        options = pa.csv.WriteOptions(quoting_style="needed")
        self._writer = pa.csv.CSVWriter(self._stream, schema.arrow_schema, write_options=options)

    def write(self, part: pa.Table) -> None:
        """Append rows."""
        columns = [
            _harmless(column) if pa.types.is_string(column.type) else column for column in part.columns
        ]
        start = self._stream.tell()
        self._writer.write_table(pa.table(columns, schema=part.schema))
        self.spans.append(range(start, self._stream.tell()))

    def __enter__(self) -> CsvFile:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._writer.close()
        self._stream.close()


def _harmless(texts: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return texts with an apostrophe in front of each that a spreadsheet would take for a formula."""
    # Most columns say few different things: each is looked at once.
    coded = pa.compute.dictionary_encode(texts.combine_chunks())
    said = coded.dictionary
    formula = pa.compute.and_not(
        pa.compute.match_substring_regex(said, csv_form.FORMULA),
        pa.compute.match_substring_regex(said, csv_form.NUMBER),
    )
    if not pa.compute.any(formula).as_py():
        return texts
    marked = pa.compute.if_else(formula, pa.compute.binary_join_element_wise("'", said, ""), said)
    return pa.chunked_array([marked.take(coded.indices)])


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
