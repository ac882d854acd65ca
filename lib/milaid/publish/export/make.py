"""An export from its request to the folder: rows into files, then what explains and proves them."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from milaid.progress import Progress
from milaid.publish.export import content, folder, readme
from milaid.publish.export.content import ExportTable
from milaid.publish.export.database import Database
from milaid.publish.export.files import CsvFile, ParquetFile
from milaid.publish.export.readme import DATABASE
from milaid.publish.export.request import ExportRequest
from milaid.tables import datapackage, dictionary, store
from milaid.tables.schema import Schema
from milaid.world import require_room


@dataclass
class Written:
    """The tables of an export as they were written: how many rows of each, and where each file of data/ lies in the CSV.

    ``spans`` are in bytes of the CSV of the table.
    """

    tables: list[ExportTable]
    rows: dict[Schema, int]
    spans: dict[Path, range] = field(default_factory=dict)


def make_export(request: ExportRequest, out: Path) -> list[Path]:
    """Write the tables of a checked request into the folder ``out``; return its files.

    The folder is replaced as a whole when all is done; until then, and when anything fails, it stays as it
    was. Raises RequestError when ``out`` holds anything that is not an export of milaid, DataError when a
    table does not fit its schema.
    """
    require_room(out)
    # A wrong table is told before anything is written.
    tables = content.tables(request)
    with folder.replaced(out) as made:
        explain(request, write_tables(tables, request, made), made)
        names = sorted(path.relative_to(made) for path in made.rglob("*") if path.is_file())
    return [out / name for name in names]


def explain(
    request: ExportRequest,
    written: Written,
    made: Path,
    more: Mapping[str, Any] | None = None,
    note: str = "",
) -> None:
    """Write what explains and proves the tables in a folder: page, dictionary, description, checksums.

    A table or the database that lies there packed, as a ZIP in its place, is described as that. ``more`` is added to the
    description, ``note`` to the page.
    """
    years = request.years or store.available_years()
    _write_text(made / "README.md", readme.page(request, years, written.rows) + note)
    _write_text(made / "data-dictionary.md", dictionary.page([table.schema for table in written.tables]))
    description = {**_description(written.tables, request, made), **(more or {})}
    _write_text(made / datapackage.FILE_NAME, datapackage.as_json(description))
    folder.write_sums(made)


def write_tables(tables: list[ExportTable], request: ExportRequest, made: Path) -> Written:
    """Write every table in every format into a folder."""
    written = Written(tables, {table.schema: 0 for table in tables})
    with ExitStack() as open_files:
        progress = open_files.enter_context(
            Progress("Exporting tables", sum(len(table.files) for table in tables))
        )
        database = None
        if "sqlite" in request.formats:
            database = open_files.enter_context(Database(made / DATABASE, list(written.rows)))
        for table in tables:
            with ExitStack() as own:
                files = _files(table, request, made)
                for file in files:
                    own.enter_context(file)
                for part in table.parts():
                    for file in files:
                        file.write(part)
                    if database is not None:
                        database.write(table.schema, part)
                    written.rows[table.schema] += part.num_rows
                    progress.advance(what=table.name)
            for file in files:
                if isinstance(file, CsvFile):
                    written.spans.update(zip(table.files, file.spans, strict=True))
    return written


def _files(table: ExportTable, request: ExportRequest, made: Path) -> list[CsvFile | ParquetFile]:
    """Return the files that one table is written to, opened."""
    opened: list[CsvFile | ParquetFile] = []
    for kind in _file_formats(request):
        path = made / _place(table, kind)
        path.parent.mkdir(exist_ok=True)
        opened.append(CsvFile(path, table.schema) if kind == "csv" else ParquetFile(path, table.schema))
    return opened


def _file_formats(request: ExportRequest) -> list[str]:
    """Return the formats asked for that hold one file a table."""
    return [kind for kind in ("csv", "parquet") if kind in request.formats]


def _place(table: ExportTable, kind: str) -> str:
    return f"{kind}/{table.name}.{kind}"


def _description(tables: list[ExportTable], request: ExportRequest, made: Path) -> dict[str, Any]:
    """Return the data package of the export: a resource for each file that holds tables."""
    names = {table.name for table in tables}
    resources = []
    for kind in _file_formats(request):
        # Where a table is there twice, the second resource needs a name of its own.
        suffix = "-parquet" if kind == "parquet" and "csv" in request.formats else ""
        resources += [
            datapackage.describe_table(
                _place(t, kind), _lying(made / _place(t, kind)), t.schema, names, suffix
            )
            for t in tables
        ]
    if "sqlite" in request.formats:
        resources.append(
            {
                "profile": "data-resource",
                "name": "sqlite",
                "title": "All tables in one SQLite file",
                "description": "The table field_dictionary describes each column.",
                **datapackage.describe_file(DATABASE, _lying(made / DATABASE)),
            }
        )
    documents = store.load_documents()
    if request.years:
        documents = documents[documents["fiscal_year"].isin(request.years)]
    return datapackage.describe_package(
        resources, datapackage.package_sources(documents, store.load_other_sources())
    )


def _lying(file: Path) -> Path:
    """Return a file, or the archive in its place."""
    return file if file.exists() else file.with_suffix(".zip")


def _write_text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="")
