"""Printed names and labels, and what they stand for: recipients, programs and departments."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import pandas as pd

from milaid import spelling
from milaid.errors import DataError, list_problems
from milaid.sources.fmtr.document import FUNDER_NOT_STATED, FUNDERS
from milaid.tables import schemas
from milaid.tables.edited import TO_FILL_IN
from milaid.tables.schema_fields import REGIONS

# Labels are short, and short words are soon alike; a name may hold words that another spelling leaves out.
_NEAR_NAME, _NEAR_LABEL = 0.5, 0.7
_CODE = re.compile("[A-Z]{3}")


@dataclass(frozen=True)
class Unknown:
    """A printed name that no reference table knows: where it stands first, and what is like it.

    ``lines`` holds lines to complete, by the table that they may be added to; ``if_new`` those for a program
    that is new, where ``lines`` takes the label for another spelling.
    """

    kind: str
    name: str
    place: str
    table: str
    near: tuple[str, ...] = ()
    lines: dict[str, str] = field(default_factory=dict)
    if_new: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.kind} «{self.name}» ({self.place}) is not in {self.table}; {listed(self.near)}"


def harmonise(
    activities: pd.DataFrame, countries: pd.DataFrame, labels: pd.DataFrame, fields: pd.DataFrame
) -> pd.DataFrame:
    """Return activities with recipient, recipient_kind, iso3, region_harmonised and program.

    In: country and program_printed as printed; ``schemas.COUNTRIES``, ``schemas.PROGRAM_LABELS`` and
    ``schemas.EDITION_FIELDS``; funder is "not stated" in an edition that prints no department of the program.
    Raises one DataError with every name and label that is in no reference table, and the nearest spellings.
    """
    problems = [*unknown_countries(activities, countries), *unknown_labels(activities, labels)]
    if problems:
        advice = "Add each to the reference table named, with what it stands for."
        raise DataError(
            list_problems("Names that the reference tables do not know:", [*map(str, problems)], advice)
        )
    known = countries.set_index("printed")
    codes = labels.set_index("printed")["code"]
    silent = fields.loc[(fields["field"] == "funder") & (fields["printed"] == "no"), "edition"]
    return activities.assign(
        funder=activities["funder"].mask(activities["edition"].isin(silent), FUNDER_NOT_STATED),
        recipient=activities["country"].map(known["recipient"]),
        recipient_kind=activities["country"].map(known["kind"]),
        iso3=activities["country"].map(known["iso3"]),
        region_harmonised=activities["country"].map(known["region"]),
        program=activities["program_printed"].map(codes),
    )


def unknown_countries(activities: pd.DataFrame, countries: pd.DataFrame) -> list[Unknown]:
    """Return every country name that countries.csv does not have, with a line for it."""
    known = countries.set_index("printed")
    found = []
    for name, first in _first_rows(activities, "country", known.index):
        near = nearest(name, known.index)
        if near:
            meant = known.loc[near[0]]
            values = ["" if pd.isna(meant[c]) else meant[c] for c in ("iso3", "recipient", "region", "kind")]
        else:
            region = _usual_region(activities, known["region"], first["region"])
            values = [TO_FILL_IN, name, region, "country"]
        line = as_line([name, *values, "", "", ""])
        lines = {"countries.csv": line}
        found.append(Unknown("country name", name, _place(first), "countries.csv", near, lines))
    return found


def unknown_labels(activities: pd.DataFrame, labels: pd.DataFrame) -> list[Unknown]:
    """Return every program label that program_labels.csv does not have, with lines for it."""
    codes = labels.set_index("printed")["code"]
    found = []
    for name, first in _first_rows(activities, "program_printed", codes.index):
        near = spelling.nearest(name, codes.index, _NEAR_LABEL)
        code = re.sub(r"[^A-Za-z0-9&]+", "-", name).strip("-")
        program = dict.fromkeys(schemas.PROGRAMS.columns, "") | {
            "code": code,
            "name": TO_FILL_IN,
            "short_name": TO_FILL_IN,
            "funder": first["funder"],
            "authority_verified": "not verified",
            "start_verified": "not verified",
            "status": TO_FILL_IN,
            "category": "Not established",
            "agency": TO_FILL_IN,
            "purpose": TO_FILL_IN,
            "label": name,
        }
        new = {"program_labels.csv": as_line([name, code]), "programs.csv": as_line(program.values())}
        lines = {"program_labels.csv": as_line([name, codes[near[0]]])} if near else {}
        found.append(Unknown("program label", name, _place(first), "program_labels.csv", near, lines, new))
    return found


def unknown_funders(activities: pd.DataFrame) -> list[Unknown]:
    """Return every department of a program heading that is not known."""
    table = "FUNDERS of milaid/sources/fmtr/document.py"
    return [
        Unknown("department", name, _place(first), table, nearest(name, FUNDERS))
        for name, first in _first_rows(activities, "funder", FUNDERS.values())
    ]


def contradictions(countries: pd.DataFrame, labels: pd.DataFrame, programs: pd.DataFrame) -> list[str]:
    """Return what is wrong in the reference tables of names themselves.

    A value still to be filled in, a code or region of another form, a recipient with two codes or regions, a
    label whose program is in no table.
    """
    tables = {"countries.csv": countries, "program_labels.csv": labels, "programs.csv": programs}
    problems = [problem for name, table in tables.items() for problem in to_fill_in(name, table)]
    for row in countries.itertuples():
        if pd.notna(row.iso3) and row.iso3 != TO_FILL_IN and not _CODE.fullmatch(str(row.iso3)):
            problems.append(f"countries.csv, {row.printed}: iso3 «{row.iso3}» is not three capital letters")
        if row.region not in (*REGIONS, TO_FILL_IN):
            problems.append(
                f"countries.csv, {row.printed}: region «{row.region}» is not one of {', '.join(REGIONS)}"
            )
    stated = countries.loc[countries["recipient"].notna(), ["recipient", "iso3", "region"]]
    stated = stated.fillna("no code").drop_duplicates()
    for recipient, rows in stated[stated["recipient"].duplicated(keep=False)].groupby("recipient"):
        for column in ("iso3", "region"):
            values = rows[column].unique()
            if len(values) > 1:
                problems.append(f"countries.csv, {recipient}: {column} is {' and '.join(map(str, values))}")
    known = set(programs["code"])
    for row in labels.itertuples():
        if row.code not in known | {TO_FILL_IN}:
            near = listed(nearest(str(row.code), known))
            problems.append(
                f"program_labels.csv, {row.printed}: code «{row.code}» is not in programs.csv; {near}"
            )
    return problems


def to_fill_in(name: str, table: pd.DataFrame) -> list[str]:
    """Return the rows of a reference table that hold a value still to be filled in."""
    rows = table[table.astype("str").eq(TO_FILL_IN).any(axis=1)]
    return [
        f"{name}, {' '.join(str(value) for value in row[:4] if pd.notna(value))}: «{TO_FILL_IN}» is to be filled in"
        for row in rows.itertuples(index=False)
    ]


def with_years(countries: Sequence[dict[str, str]], activities: pd.DataFrame) -> list[dict[str, str]]:
    """Return the rows of countries.csv with the first and last fiscal year in which each name is printed."""
    years = activities.groupby("country")["fiscal_year"].agg(["min", "max"])
    return [
        row
        if row["printed"] not in years.index
        else {
            **row,
            "first_fiscal_year": str(years.at[row["printed"], "min"]),
            "last_fiscal_year": str(years.at[row["printed"], "max"]),
        }
        for row in countries
    ]


def nearest(name: str, known: Iterable[str]) -> tuple[str, ...]:
    """Return up to three known spellings that are like a name, the nearest first."""
    return spelling.nearest(name, known, _NEAR_NAME)


def listed(near: Iterable[str]) -> str:
    """Return the spellings nearest to a printed name as a part of a sentence."""
    return f"nearest: {', '.join(f'«{one}»' for one in near) or 'none near'}"


def _first_rows(
    activities: pd.DataFrame, column: str, known: Iterable[str]
) -> Iterable[tuple[str, pd.Series]]:
    """Yield each value of a column that is not known, and the first activity that has it."""
    for name in sorted(set(activities[column]) - set(known)):
        yield name, activities[activities[column] == name].iloc[0]


def _usual_region(activities: pd.DataFrame, regions: pd.Series, printed: str) -> str:
    """Return the region of most recipients that the documents list under a printed region."""
    usual = activities.loc[activities["region"] == printed, "country"].map(regions).mode()
    return str(usual.iloc[0]) if len(usual) else TO_FILL_IN


def _place(row: pd.Series) -> str:
    return f"{row['document']}, page {row['page']}"


def as_line(values: Iterable[object]) -> str:
    """Return values as a line of a reference table."""
    text = io.StringIO()
    csv.writer(text, lineterminator="").writerow(values)
    return text.getvalue()
