"""The page that explains an export to a person who has only the folder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import milaid
from milaid import fiscal, flags
from milaid.publish.export.request import ExportRequest
from milaid.tables import counting
from milaid.tables.datapackage import TITLE
from milaid.tables.origins import PUBLISHERS, REPORT_TITLE, origin
from milaid.tables.schema import Schema

DATABASE = "us-foreign-military-training.sqlite"
_PAGE = """# {title}

Each year the {publishers} report to Congress what training the United States gave to foreign soldiers, police
and officials: the “{report}”. These tables hold every activity that Volume I, Section IV of the report prints
for {years}, with the page it stands on. They were read from the official documents by milaid, version
{version} of {day}, and compared with the totals that the documents print.

## Before you use a number

{rules}

## Letters beside values

A column such as `cost_usd_flag` says of the value beside it what it is, by the letters that Eurostat uses (SDMX):

{flags}

No letter: a value as the source prints it. Breaks and changes of what is counted are rows of `series_breaks`.

## What is here

| table | rows | what it holds |
| --- | ---: | --- |
{tables}

{formats}
- `data-dictionary.md` says what each column means. `datapackage.json` says the same for programs (Frictionless
  data package). `SHA256SUMS` lets you check that the files arrived whole: `sha256sum -c SHA256SUMS`.

{reading}
## How to cite

A single number or row: quote its `citation` and give its `source_url`. Both are columns of `trainings`. Where
the page of the official file is known, the address opens at that page. `row_id` names a row for good, also in
later versions.

The tables as a whole: the milaid authors, *{title}*, version {version}, {day}.

## Terms

{terms}

The report itself is a work of the US Government and in the public domain in the United States. There is no
warranty: check a number on the page it cites before you publish it.
"""
_FORMATS = {
    "csv": """- `csv/` holds each table as one CSV: UTF-8 with byte order mark, comma, first line with the names of the
  columns. An empty cell means that there is no value. A text that a spreadsheet would take for a formula has an
  apostrophe in front: one that begins with = + - @, a tab or a carriage return, after any number of apostrophes, unless it is
  a number or has none of A to Z and 0 to 9. Take one off such a text to have it as the document prints it.""",
    "parquet": "- `parquet/` holds each table as one Parquet file with exact types.",
    "sqlite": f"""- `{DATABASE}` holds all tables, with keys, references and indexes. The table
  `field_dictionary` describes each column.""",
}
_READING = {
    "csv": """In a spreadsheet, import a CSV with *Data > From text* and mark the columns of text as text. A double click
works too, but the program may then take some texts for dates or formulas. In pandas:
`pd.read_csv("csv/trainings.csv", encoding="utf-8-sig", keep_default_na=False, na_values=[""])`.
""",
    "parquet": """With DuckDB:

    select recipient, sum(quantity) from 'parquet/trainings.parquet'
    where status = 'actual' group by 1 order by 2 desc limit 10;
""",
    "sqlite": f"""With SQLite; the view `trainings_actual` leaves planned activities out:

    sqlite3 {DATABASE} "select fiscal_year, sum(quantity) from trainings_actual group by 1"
""",
}


def page(request: ExportRequest, years: Sequence[int], rows: Mapping[Schema, int]) -> str:
    """Return the page in Markdown; ``rows`` counts the rows of each table, ``years`` are those of activities."""
    lines = [f"| `{schema.name}` | {count:,} | {schema.description} |" for schema, count in rows.items()]
    with_activities = any(schema.name == "trainings" for schema in rows)
    reading = [text for name, text in _READING.items() if name in request.formats] if with_activities else []
    return _PAGE.format(
        title=TITLE,
        publishers=PUBLISHERS,
        report=REPORT_TITLE,
        years=in_words(years),
        version=milaid.__version__,
        day=milaid.__released__,
        rules=counting.as_markdown(),
        flags=flags.as_markdown(),
        tables="\n".join(lines),
        formats="\n".join(_FORMATS[name] for name in request.formats),
        reading="## How to open it\n\n" + "\n".join(reading) + "\n" if reading else "",
        terms=_terms(list(rows)),
    )


def in_words(years: Sequence[int]) -> str:
    """Return ascending years in words: ``fiscal year 2014``, ``fiscal years 2007 to 2010 and 2012``."""
    runs = fiscal.runs(years)
    parts = [str(first) if first == last else f"{first} to {last}" for first, last in runs]
    listed = " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
    return f"fiscal year{'s' if len(years) > 1 else ''} {listed}"


def _terms(tables: Sequence[Schema]) -> str:
    """Return the licences, each with the tables that are under it."""
    under: dict[str, list[str]] = {}
    for schema in tables:
        licence = origin(schema.name).licence
        title = f"[{licence.title}]({licence.path})" if licence.path else licence.title
        under.setdefault(title, []).append(f"`{schema.name}`")
    return "\n".join(f"- {title}: {', '.join(names)}" for title, names in under.items())
