"""Figures that others published beside ours, and why they differ where that is known."""

from __future__ import annotations

import pandas as pd

from milaid.blocks.block import Column, Prose, Source, Table, csv_text
from milaid.blocks.words import cardinal, sentence_start
from milaid.exhibits.quality.subject import QualitySubject
from milaid.exhibits.tables import table_from_frame
from milaid.tables import store

_NOT_KNOWN = "Not known."


def lead(survey: QualitySubject) -> Prose:
    """Return how the comparison is made, and which published figures are left out of it."""
    table = store.load_published_figures()
    left = table[table["unit"] != "people"]
    text = (
        "Others have published counts of people trained. Each counts something else than Section IV, so that no difference "
        "in [[published]] is an error of either side, and the figures are never joined with our series. Ours is the sum of "
        "all rows of the same years, recipient and program."
    )
    if len(left):
        text += (
            f" {sentence_start(cardinal(len(left)))} more published figures in data/reference/published_figures.csv count "
            "arms sales in dollars; nothing in Section IV can be set beside them."
        )
    return Prose(text)


def published_table(survey: QualitySubject) -> Table | Prose:
    """Return every published count of people beside ours, with difference and reason."""
    found = survey.published
    if found.empty:
        return Prose("No published count of people is listed.")
    frame = found.assign(
        year=found["fiscal_year"].map(_years),
        what=[_what(row) for row in found.itertuples()],
        why=found["reason"].fillna(_NOT_KNOWN),
    )
    several = frame["publisher"].nunique() > 1
    columns = (
        Column("what", "Who was counted", width=0.17),
        Column("year", "Fiscal year", width=0.1),
        Column("published", "Published", "integer", width=0.09),
        Column("participants", "Sec. IV", "integer", emphasis="main", width=0.09),
        Column("difference", "Difference", "change", width=0.1),
        Column("percent", "%", "percent_change", width=0.08),
        Column("why", "Reason for the difference", emphasis="secondary", width=0.37),
    )
    return table_from_frame(
        frame,
        columns,
        key="published",
        title=_title(found),
        subtitle="Counts of people that others published, and the rows of Section IV for the same years, place and program",
        alt="Table of published counts of people, our count, the difference in people and percent, and the reason.",
        note=(
            "Difference: published minus Section IV, in percent of Section IV; not computed (..) where Section IV has under "
            "50 people or lists none. What each figure includes is in the file."
        ),
        sources=(
            *_publications(found),
            *survey.report_source("all rows"),
        ),
        group="publisher" if several else None,
        csv=csv_text(found),
    )


def _title(found: pd.DataFrame) -> str:
    compared = found[found["difference"].notna()]
    if compared.empty:
        return "No published count can be set beside Section IV"
    equal = int((compared["difference"] == 0).sum())
    count = cardinal(len(compared))
    who = found["publisher"].iloc[0] if found["publisher"].nunique() == 1 else "others"
    if not equal:
        return f"None of the {count} counts of {who} equals that of Section IV"
    return f"{sentence_start(cardinal(equal))} of the {count} counts of {who} equal that of Section IV"


def _what(row) -> str:
    place = "All recipients" if row.place == "World" else str(row.place)
    return place if row.program == "All" else f"{place}, {row.program}"


def _years(text: str) -> str:
    first, _, last = text.partition("-")
    return f"FY{first}–FY{last}" if last else f"FY{first}"


def _publications(found: pd.DataFrame) -> tuple[Source, ...]:
    """Return the publications, each with the years of its figures."""
    sources = []
    for (publisher, url), rows in found.groupby(["publisher", "source_url"], sort=False):
        years = ", ".join(dict.fromkeys(_years(text) for text in rows["fiscal_year"]))
        sources.append(Source(f"{publisher}, figures for {years}", str(url)))
    return tuple(sources)
