"""The Frictionless description of a folder of tables: every file with its fields, units, sources and SHA-256.

Follows version 1 of the Data Package specification. A field carries one property that the specification
does not know: ``unit``, its unit in words.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq

import milaid
from milaid.tables import catalogue, counting, schemas, store
from milaid.tables.citation import REPORT, SECTION
from milaid.tables.origins import CC0, PUBLISHERS, REPORT_TITLE, Licence, origin
from milaid.tables.schema import Field, Schema
from milaid.tables.state import file_digest

FILE_NAME = "datapackage.json"
NAME = "us-foreign-military-training"
TITLE = "US foreign military training: every activity reported to Congress"
_TYPES = {"text": "string", "decimal": "number", "date": "date", "boolean": "boolean"}
_MEDIA_TYPES = {
    "csv": "text/csv",
    "parquet": "application/vnd.apache.parquet",
    "sqlite": "application/vnd.sqlite3",
}


def write_data_package(directory: Path, data: Path, written: Collection[str]) -> dict[str, str]:
    """Write the description of data/ into ``directory``; return its SHA-256 by its name.

    The files ``written`` lie in ``directory``, the reference tables in ``data``, or in ``directory`` those that are
    to be replaced; in ``data`` too the tables that a user added.
    """
    there = catalogue.table_files(data)
    reference = [name for name in there if name.startswith("reference/") or Path(name).stem in schemas.ADDED]
    files = {name: directory / name for name in written}
    files |= {name: path if (path := directory / name).is_file() else data / name for name in reference}
    documents = store.read_file(files["reference/documents.csv"], schemas.DOCUMENTS)
    text = as_json(describe_data(files, documents, store.load_other_sources()))
    (directory / FILE_NAME).write_text(text, encoding="utf-8", newline="")
    return {FILE_NAME: file_digest(directory / FILE_NAME)}


def describe_data(
    files: Mapping[str, Path], documents: pd.DataFrame, other_sources: pd.DataFrame
) -> dict[str, Any]:
    """Return the description of data/ from its table files by their place below it.

    ``documents`` and ``other_sources`` as in ``schemas.DOCUMENTS`` and ``schemas.OTHER_SOURCES``. Raises
    DataError for a file without a schema or a table without an origin.
    """
    known = catalogue.with_schemas(sorted(files))
    tables = {schema.name for schema in known.values()}
    resources = []
    for name, schema in known.items():
        year = catalogue.year_of(name)
        resource = describe_table(name, files[name], schema, tables)
        if year is not None:
            resource["name"] = f"{schema.name}-fy{year}"
            resource["title"] += f", fiscal year {year}"
            read = pq.ParquetFile(files[name]).read(columns=["document"], use_threads=False)
            named = set(read["document"].to_pylist())
            resource["sources"] = document_sources(documents[documents["file"].isin(named)])
        resources.append(resource)
    return describe_package(resources, package_sources(documents, other_sources))


def describe_package(resources: Sequence[dict[str, Any]], sources: list[dict[str, str]]) -> dict[str, Any]:
    """Return the description of a package; it names no day, so that the same tables give the same bytes."""
    return {
        "profile": "data-package",
        "name": NAME,
        "title": TITLE,
        "description": f"Read from the report “{REPORT_TITLE}” ({PUBLISHERS}).\n\n{counting.as_markdown()}",
        "version": milaid.__version__,
        "keywords": ["security assistance", "military training", "IMET", "United States", "open data"],
        "licenses": [_licence(CC0)],
        "sources": sources,
        "contributors": [{"title": "the milaid authors", "role": "author"}],
        "resources": list(resources),
    }


def describe_table(
    name: str, file: Path, schema: Schema, tables: Collection[str], suffix: str = ""
) -> dict[str, Any]:
    """Return the description of one file that holds a table.

    ``name`` is its path in the package, ``file`` where it lies, or the archive that it is packed into; ``tables`` the tables
    that references may lead to, ``suffix`` an ending that tells the resources of one format from those of another.
    """
    csv = name.endswith(".csv")
    return {
        "profile": "tabular-data-resource" if csv else "data-resource",
        "name": schema.name + suffix,
        "title": schema.name.replace("_", " ").capitalize(),
        "description": f"{schema.description} {origin(schema.name).sentence}",
        **describe_file(name, file),
        **({"encoding": "utf-8"} if csv else _parquet_dialect(schema)),
        "licenses": [_licence(origin(schema.name).licence)],
        "schema": table_schema(schema, tables, suffix),
    }


def describe_file(name: str, file: Path) -> dict[str, Any]:
    """Return path, format and media type of a file of this name, size and hash of what lies there: it, or it in an archive.

    Parquet gets no size: frictionless-py counts the bytes of such a file as none, and would call it damaged.
    """
    kind = Path(name).suffix.removeprefix(".")
    packed = {"innerpath": Path(name).name, "compression": "zip"} if file.suffix == ".zip" else {}
    return {
        "path": Path(name).with_suffix(".zip").as_posix() if packed else name,
        "format": kind,
        "mediatype": _MEDIA_TYPES[kind],
        **({"bytes": file.stat().st_size} if kind != "parquet" else {}),
        "hash": f"sha256:{file_digest(file)}",
        **packed,
    }


def _parquet_dialect(schema: Schema) -> dict[str, Any]:
    """Return how frictionless-py has to read whole numbers that may be missing.

    It reads Parquet through pandas, which turns such a column into floats with NaN unless the column is
    named as one of categories.
    """
    names = [field.name for field in schema.fields if field.nullable and field.kind.startswith("int")]
    return {"dialect": {"parquet": {"categories": names}}} if names else {}


def table_schema(schema: Schema, tables: Collection[str], suffix: str = "") -> dict[str, Any]:
    """Return a schema as Frictionless writes it, with the references that lead to one of ``tables``."""
    described: dict[str, Any] = {"fields": [_field(field, schema.key) for field in schema.fields]}
    described["missingValues"] = [""]
    if schema.key:
        described["primaryKey"] = list(schema.key)
    references = []
    for field in schema.fields:
        table, _, column = field.refers_to.partition(".")
        if table in tables:
            target = {"resource": table + suffix, "fields": [column]}
            references.append({"fields": [field.name], "reference": target})
    if references:
        described["foreignKeys"] = references
    return described


def _field(field: Field, key: Sequence[str]) -> dict[str, Any]:
    constraints: dict[str, Any] = {}
    if not field.nullable:
        constraints["required"] = True
    if tuple(key) == (field.name,):
        constraints["unique"] = True
    if field.allowed:
        constraints["enum"] = list(field.allowed)
    if field.minimum is not None:
        constraints["minimum"] = field.minimum
    return {
        "name": field.name,
        "type": _TYPES.get(field.kind, "integer"),
        "description": field.description,
        **({"unit": field.unit} if field.unit else {}),
        **({"constraints": constraints} if constraints else {}),
    }


def _licence(licence: Licence) -> dict[str, str]:
    return {
        "name": licence.name,
        "title": licence.title,
        **({"path": licence.path} if licence.path else {}),
    }


def document_sources(documents: pd.DataFrame) -> list[dict[str, str]]:
    """Return documents of the report with title and address, one entry an address."""
    sources = []
    for (edition, url), rows in documents.groupby(["edition", "url"], sort=False):
        # A file with several regions is named without one.
        regions = rows["region"].dropna() if len(rows) == 1 else []
        sources.append({"title": ", ".join([f"{REPORT} {edition}", SECTION, *regions]), "path": url})
    return sources


def package_sources(documents: pd.DataFrame, other_sources: pd.DataFrame) -> list[dict[str, str]]:
    """Return every edition of the report, then the other official files with their addresses."""
    editions = [
        {"title": f"{PUBLISHERS}, {REPORT_TITLE}, edition {edition}, {SECTION}"}
        for edition in sorted(set(documents["edition"]))
    ]
    others = other_sources.drop_duplicates(["title", "url"]).itertuples()
    return editions + [{"title": f"{row.publisher}, {row.title}", "path": row.url} for row in others]


def as_json(description: dict[str, Any]) -> str:
    """Return a description as the text of its file."""
    return json.dumps(description, ensure_ascii=False, indent=1) + "\n"
