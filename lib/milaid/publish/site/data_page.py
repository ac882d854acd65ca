"""What the data page shows: every table with its files, sizes, checksums, columns, licence and source."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from milaid.exhibits.numbers import integer
from milaid.publish.export.folder import SUMS, read_sums
from milaid.publish.export.readme import DATABASE
from milaid.publish.site.downloads import BY_YEAR, FOLDER
from milaid.tables import counting
from milaid.tables.datapackage import FILE_NAME
from milaid.tables.dictionary import exported_schemas, kind_in_words, values_in_words
from milaid.tables.origins import origin
from milaid.tables.schema import Field, Schema

_WHOLE = {
    Path(DATABASE).with_suffix(".zip").name: "All tables in one SQLite file, in a ZIP",
    FILE_NAME: "Description by machine (Frictionless data package)",
    "data-dictionary.md": "What each column means, as text",
    "README.md": "What the folder holds and how to open it",
    SUMS: "SHA-256 of every file",
}
_WHAT = {"csv": "CSV, UTF-8", "parquet": "Parquet, exact types", "zip": "CSV in a ZIP"}


def content(reports: Path) -> dict[str, Any]:
    """Return what the template of the data page asks for; no files where the data are not there yet."""
    folder = reports / FOLDER
    sums = read_sums(folder) if (folder / SUMS).is_file() else {}
    return {
        "rules": counting.RULES,
        "whole": [_file(folder, name, what, sums) for name, what in _WHOLE.items() if _there(folder, name)],
        "tables": [
            _table(folder, schema, sums)
            for schema in exported_schemas()
            if _there(folder, f"parquet/{schema.name}.parquet")
        ],
    }


def _there(folder: Path, name: str) -> bool:
    return (folder / name).is_file()


def _file(folder: Path, name: str, what: str, sums: dict[str, str]) -> dict[str, Any]:
    return {
        "path": f"{FOLDER}/{name}",
        "name": Path(name).name,
        "what": what,
        "size": (folder / name).stat().st_size,
        # The list of checksums cannot hold its own.
        "sha256": sums.get(name, ""),
    }


def _table(folder: Path, schema: Schema, sums: dict[str, str]) -> dict[str, Any]:
    where = origin(schema.name)
    names = [f"csv/{schema.name}.csv", f"csv/{schema.name}.zip", f"parquet/{schema.name}.parquet"]
    years = sorted((folder / BY_YEAR).glob(f"{schema.name}-fy*.zip"), reverse=True)
    rows = pq.read_metadata(folder / f"parquet/{schema.name}.parquet").num_rows
    return {
        "anchor": f"table-{schema.name}",
        "name": schema.name,
        "title": schema.name.replace("_", " ").capitalize(),
        "description": schema.description,
        "rows": integer(rows),
        "licence": where.licence,
        "source": where.sentence,
        "files": [
            _file(folder, name, _WHAT[Path(name).suffix[1:]], sums) for name in names if _there(folder, name)
        ],
        "years": [
            _file(folder, f"{BY_YEAR}/{path.name}", f"Fiscal year {path.stem[-4:]}, CSV in a ZIP", sums)
            for path in years
        ],
        "fields": [
            {"name": field.name, "type": kind_in_words(field), "meaning": _meaning(field)}
            for field in schema.fields
        ],
    }


def _meaning(field: Field) -> str:
    """Return what a column holds, its unit, the values it may have and whether it may be empty."""
    parts = [field.description]
    if field.unit:
        parts.append(f"Unit: {field.unit}.")
    if values := values_in_words(field):
        parts.append(f"Values: {'; '.join(values)}.")
    if field.nullable:
        parts.append("May be empty.")
    return " ".join(parts)
