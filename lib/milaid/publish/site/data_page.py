"""What the data page shows: every table with its files, sizes, checksums, columns, licence and source."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from milaid.blocks.numbers import integer
from milaid.blocks.words import sentence_start
from milaid.publish.export.folder import SUMS, read_sums
from milaid.publish.export.readme import DATABASE
from milaid.publish.site.built_reports import size_in_words
from milaid.publish.site.downloads import BY_YEAR, FOLDER
from milaid.tables import counting
from milaid.tables.datapackage import FILE_NAME
from milaid.tables.dictionary import exported_schemas, kind_in_words, values_in_words
from milaid.tables.origins import origin
from milaid.tables.recipient_codes import slug
from milaid.tables.schema import Field, Schema

_WHOLE = {
    Path(DATABASE).with_suffix(".zip").name: "All tables in one SQLite file, in a ZIP",
    FILE_NAME: "Description by machine (Frictionless data package)",
    "data-dictionary.md": "What each column means, as text",
    "README.md": "What the folder holds and how to open it",
    SUMS: "SHA-256 of every file",
}
_WHAT = {".csv": "CSV, UTF-8", ".parquet": "Parquet, exact types", ".zip": "CSV in a ZIP"}
_GROUPS = {
    "Activities": (
        "trainings", "trainings_totals", "unread_values", "known_issues", "other_country_rows", "corrections", "withheld",
        "not_personal", "row_boxes",
    ),
    "Aid": ("aid", "aid_country_totals", "foreignassistance", "aid_accounts", "aid_recipients"),
    "Arms": (
        "arms_sales", "arms_sales_totals", "excess_defense_articles", "arms_notifications", "arms_recipients", "arms_known_issues",
        "eda_oddities",
    ),
    "Prices, people, economy, outlines": (
        "deflator", "population", "gdp", "world_bank_aggregates", "boundaries",
    ),
}  # fmt: skip
_OTHERS = "Names, places and sources"
_WRITTEN_OTHERWISE = {
    "us": "US",
    "gdp": "GDP",
    "eda": "EDA",
    "bank": "Bank",
    "defense": "Defense",
    "articles": "Articles",
}


def content(reports: Path) -> dict[str, Any]:
    """Return what the template of the data page asks for; no files where the data are not there yet."""
    folder = reports / FOLDER
    sums = read_sums(folder) if (folder / SUMS).is_file() else {}
    return {
        "rules": counting.RULES,
        "whole": [
            _file(folder, name, _what(folder / name, what), sums)
            for name, what in _WHOLE.items()
            if _there(folder, name)
        ],
        "groups": list(_groups(folder, sums)),
    }


def _groups(folder: Path, sums: dict[str, str]) -> Iterator[dict[str, Any]]:
    """Yield the tables that are there, those on one matter together."""
    there = {s.name: s for s in exported_schemas() if _there(folder, f"parquet/{s.name}.parquet")}
    named = {name for names in _GROUPS.values() for name in names}
    others = tuple(name for name in there if name not in named)
    for title, names in {**_GROUPS, _OTHERS: others}.items():
        tables = [_table(folder, there[name], sums) for name in names if name in there]
        if tables:
            yield {"anchor": f"group-{slug(title)}", "title": title, "tables": tables}


def _title(name: str) -> str:
    """Return the name of a table as a title: ``Trainings totals``, ``US states``."""
    words = [_WRITTEN_OTHERWISE.get(word, word) for word in name.split("_")]
    return sentence_start(" ".join(words))


def _what(path: Path, said: str = "") -> str:
    """Return what a file is, of an archive how large its file is unpacked."""
    said = said or _WHAT[path.suffix]
    if path.suffix != ".zip":
        return said
    with zipfile.ZipFile(path) as archive:
        return f"{said}, {size_in_words(sum(entry.file_size for entry in archive.infolist()))} unpacked"


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
        "title": _title(schema.name),
        "description": schema.description,
        "rows": integer(rows),
        "licence": where.licence,
        "source": where.sentence,
        "files": [_file(folder, name, _what(folder / name), sums) for name in names if _there(folder, name)],
        "years": [
            _file(folder, f"{BY_YEAR}/{path.name}", f"Fiscal year {path.stem[-4:]}, {_what(path)}", sums)
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
