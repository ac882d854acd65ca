"""The data dictionary: what a row and a column of each table is, written from the schemas.

``python -m milaid.tables.dictionary > docs/data-dictionary.md`` writes the page of the repository.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable

from milaid import flags
from milaid.tables import counting, schemas
from milaid.tables.origins import origin
from milaid.tables.schema import Field, Schema

_KINDS = {"text": "text", "decimal": "number", "date": "date", "boolean": "true or false"}
_ONLY_EXPORTED = {
    field.name
    for name, schema in schemas.EXPORTED_SCHEMAS.items()
    for field in schema.fields
    if field.name not in schemas.SCHEMAS[name].columns
}

_PAGE = """# Data dictionary

What the tables hold, column by column. This page is written from `lib/milaid/tables/schemas.py`: change a
description there, then run `python -m milaid.tables.dictionary > docs/data-dictionary.md`.

## Before you use a number

{rules}

## To find a row again

Every activity has a `row_id` such as `2014-2015/243029.pdf/p14/r12`: edition, document, page of the document,
row on that page. It stays the same when rows are corrected or editions are added. `milaid export` adds a
`citation` in words and a `source_url`, which opens the official document at the page where that is possible:
a web page has no pages. Three columns hold a page, and each says which: `page` counts from the first page of the
document that the row was read from, `printed_page` is the number that stands on the page, and `official_page` is the page
of the file at the address, which differs where a section was cut out of a whole volume. In the tables of reports that
is `AF 5 (file 97)`: page 5 of the section on Africa, page 97 of the official file.

## Flags

A column `<name>_flag` says of each value of the column `<name>` what it is, by the letters of Eurostat, which are those
of the SDMX code list CL_OBS_STATUS in small letters. A cell without a letter is a normal value, or an empty one where
the source lists none (in reports –). Several letters stand together, as `bu`.

{flags}

Tables of this dictionary can have `e`, `m` and `p`; the CSV files of reports can have all of them.

## Where the tables are

In the repository the activities are `data/trainings/fy2014.parquet` and so on, one file a fiscal year. Any
other table lies under its own name in `data/` or `data/reference/`. `milaid export` writes each table as one
CSV, as one Parquet file and into one SQLite file. `data/datapackage.json` describes every file by machine, as
a [Frictionless](https://specs.frictionlessdata.io/) data package, with size and SHA-256; `unit` in it is a
property of our own, the unit of a column in words.

In the tables below, *empty* says whether a cell may be empty. Text is UTF-8, a date is written `2014-01-31`,
a whole number has no separators.

{tables}
"""


def page(tables: Iterable[Schema] = ()) -> str:
    """Return the page in Markdown for ``tables``, by default every table with its exported columns."""
    shown = tuple(tables) or exported_schemas()
    overview = ["| table | what it holds | key |", "| --- | --- | --- |"]
    overview += [
        f"| [{schema.name}](#{schema.name}) | {schema.description} | {_key(schema)} |" for schema in shown
    ]
    return _PAGE.format(
        rules=counting.as_markdown(),
        flags=flags.as_markdown(),
        tables="\n".join(overview) + "\n\n" + "\n\n".join(map(section, shown)),
    )


def exported_schemas() -> tuple[Schema, ...]:
    """Return the schema of every table, that of the activities with the columns that the export adds."""
    return tuple(schemas.EXPORTED_SCHEMAS.values())


def section(schema: Schema) -> str:
    """Return the heading, the origin and the columns of one table in Markdown."""
    where = origin(schema.name)
    lines = [
        f"## {schema.name}",
        "",
        f"{schema.description} {where.sentence}",
        "",
        f"Key: {_key(schema)}. Terms: {_terms(where.licence.title, where.licence.path)}.",
        "",
        "| column | type | unit | empty | values | meaning |",
        "| --- | --- | --- | --- | --- | --- |",
        *(_row(field) for field in schema.fields),
    ]
    return "\n".join(lines)


def _row(field: Field) -> str:
    only = " Only in the export." if field.name in _ONLY_EXPORTED else ""
    cells = (
        f"`{field.name}`",
        kind_in_words(field),
        field.unit or " ",
        "yes" if field.nullable else "no",
        "; ".join(values_in_words(field)) or " ",
        field.description + only,
    )
    return f"| {' | '.join(cells)} |"


def kind_in_words(field: Field) -> str:
    """Return the type of a column: text, whole number, number or date."""
    return _KINDS.get(field.kind, "whole number")


def values_in_words(field: Field) -> list[str]:
    """Return which values a column may hold, in up to three phrases."""
    phrases = [", ".join(field.allowed)] if field.allowed else []
    if field.minimum is not None:
        phrases.append(f"{field.minimum:g} or more")
    if field.refers_to:
        phrases.append(f"as in {field.refers_to}")
    return phrases


def _key(schema: Schema) -> str:
    return ", ".join(f"`{name}`" for name in schema.key) or "none"


def _terms(title: str, path: str) -> str:
    return f"[{title}]({path})" if path else title


if __name__ == "__main__":
    sys.stdout.buffer.write(page().encode("utf-8"))
