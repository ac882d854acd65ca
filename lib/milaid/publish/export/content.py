"""The rows of an export, one file of data/ at a time, so that memory holds one fiscal year."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pyarrow as pa

from milaid import paths
from milaid.publish.export.request import ExportRequest
from milaid.tables import catalogue, citation, schemas, store, value_flags
from milaid.tables.schema import Schema

_READ_BY_YEAR = (schemas.TRAININGS_TOTALS.name, schemas.UNREAD_VALUES.name)


@dataclass(frozen=True)
class ExportTable:
    """One table of an export: its exported columns, the files it is read from, the years that are kept."""

    schema: Schema
    files: tuple[Path, ...]
    years: tuple[int, ...] | None = None

    @property
    def name(self) -> str:
        """The name of the table."""
        return self.schema.name

    def parts(self) -> Iterator[pa.Table]:
        """Yield the rows file by file, with the types of the schema; DataError when a file does not fit it."""
        for path in self.files:
            frame = self._exported(path)
            yield (
                pa.Table.from_pandas(frame, schema=self.schema.arrow_schema, preserve_index=False)
                .cast(self.schema.arrow_schema)
                .replace_schema_metadata()
            )

    def _exported(self, path: Path) -> pd.DataFrame:
        frame = store.read_file(path, schemas.SCHEMAS[self.name])
        if self.name == schemas.TRAININGS.name:
            frame = citation.cited(frame, store.load_documents())
        # The columns that are there have their types; those added get theirs with the table of Arrow.
        frame = value_flags.flagged(frame, self.name)[list(self.schema.columns)]
        return frame[frame["fiscal_year"].isin(self.years)] if self._by_year else frame

    @property
    def _by_year(self) -> bool:
        """Whether the rows were read from documents of a year, so that only those of ``years`` are kept."""
        return self.years is not None and self.name in _READ_BY_YEAR


def tables(request: ExportRequest) -> list[ExportTable]:
    """Return the tables asked for, in the order of the schemas; reference tables hold all their rows."""
    data = paths.data_dir()
    files: dict[str, list[Path]] = {}
    for name, schema in catalogue.with_schemas(catalogue.table_files(data)).items():
        year = catalogue.year_of(name)
        if year is None or request.years is None or year in request.years:
            files.setdefault(schema.name, []).append(data / name)
    found = []
    for name in schemas.SCHEMAS:
        if name in request.tables:
            found.append(ExportTable(schemas.EXPORTED_SCHEMAS[name], tuple(files[name]), request.years))
    return found
