"""Edition by edition: what each holds, and how many of its printed totals agree with their rows."""

from __future__ import annotations

import pandas as pd

from milaid import fiscal
from milaid.analysis import quality
from milaid.blocks import numbers
from milaid.blocks.block import Column, Figure, Prose, Table, csv_text
from milaid.blocks.words import and_list, counted, sentence_start
from milaid.charts.tally import Count, Part, tally_bars
from milaid.exhibits import links
from milaid.exhibits.figures import figure
from milaid.exhibits.frames import with_sums
from milaid.exhibits.quality import sentences
from milaid.exhibits.quality.subject import QualitySubject
from milaid.exhibits.subject import COUNTING_NOTE
from milaid.exhibits.tables import table_from_frame

_HEADS = {"program": "Program totals", "country": "Country totals", "fiscal_year": "Year totals"}
_ROLES = {"program": "accent", "country": "soft", "fiscal_year": "m3"}
_COUNTS = ("_compared", "_agreeing", "_known")
_UNKNOWN_LEVEL_ROLE = "homeland"


def lead(survey: QualitySubject) -> Prose:
    """Return in a paragraph which totals the documents print and how many of them agree."""
    kinds = [f"{quality.LEVELS.get(level, level)}s" for level in quality.levels_of(survey.reconciled)]
    known = int(survey.editions["known"].sum())
    rest = int(survey.editions["unexplained"].sum())
    text = f"The documents print {and_list(kinds)}, each with people and dollars. {sentences.agreement(survey)} in both. "
    text += (
        f"The other {counted(known + rest, 'total')} are in [[faults]] by edition and in [[known_issues]] one by one."
        if known + rest
        else "There is no other."
    )
    return Prose(text)


def agreement(survey: QualitySubject) -> Figure:
    """Return the printed totals of each edition as bars: by level those that agree, and the known faults."""
    frame = survey.editions.assign(name=survey.editions["edition"].map(fiscal.edition_label))
    levels = quality.levels_of(survey.reconciled)
    parts = [
        Part(
            f"{level}_agreeing",
            f"{_HEADS.get(level, level)} that agree",
            _ROLES.get(level, _UNKNOWN_LEVEL_ROLE),
        )
        for level in levels
    ]
    parts += [
        Part("known", "Known fault of the document", "other"),
        Part("unexplained", "Unexplained", "ink"),
    ]
    shown = ["edition", "fiscal_year", "compared", *(part.column for part in parts)]
    return figure(
        lambda key: tally_bars(
            frame,
            key=key,
            label="name",
            parts=parts,
            counts=[
                Count("compared", "Compared"),
                Count("known", "Known"),
                Count("unexplained", "Unexplained", main=True),
            ],
            label_head="Edition",
        ),
        key="agreement",
        title=sentences.agreement(survey),
        subtitle=f"Printed totals compared with the sum of their rows, by edition, {survey.years_label}",
        alt="Bars of printed totals by edition, made of those that agree and those with a known fault",
        note=(
            "A total agrees when its rows add up to it in people and in dollars. Faults are drawn wider than to scale, "
            "so that a single one can be seen."
        ),
        sources=survey.report_source("all printed totals"),
        csv=sentences.with_agreement(frame[[*shown, "agreeing"]]),
    )


def editions_table(survey: QualitySubject) -> Table:
    """Return how many totals of each level were compared, agree, and have a known fault, by edition."""
    frame = survey.editions.assign(name=survey.editions["edition"].map(fiscal.edition_label))
    columns = [Column("name", "Edition")]
    for level in quality.levels_of(survey.reconciled):
        columns += [
            Column(f"{level}_compared", _HEADS.get(level, level), "integer", emphasis="secondary"),
            Column(f"{level}_agreeing", "agree", "integer", emphasis="main"),
            Column(f"{level}_known", "known fault", "integer"),
        ]
    columns.append(Column("unexplained", "Unexplained", "integer", emphasis="main"))
    unexplained = int(frame["unexplained"].sum())
    return table_from_frame(
        frame,
        columns,
        key="editions",
        title=(
            "Every difference between rows and printed totals is a known fault"
            if not unexplained
            else f"{sentence_start(counted(unexplained, 'difference'))} not explained"
        ),
        subtitle=f"Printed totals by edition and level, {survey.years_label}",
        alt="Table of the printed totals compared, agreeing and with a known fault, for each edition and level.",
        note=(
            f"{_level_note(survey)} A program that a country prints twice is one total. – where an edition prints no "
            "such total."
        ),
        sources=survey.report_source("all printed totals"),
        total_label="All editions",
        csv=csv_text(
            _with_sums(frame, columns, [name for c in columns if (name := c.name).endswith(_COUNTS)])
        ),
    )


def _level_note(survey: QualitySubject) -> str:
    meanings = {
        "program": "Program totals: a program of a recipient.",
        "country": "Country totals: a recipient.",
        "fiscal_year": "Year totals: a fiscal year within a program, done or planned.",
    }
    return " ".join(meanings[level] for level in quality.levels_of(survey.reconciled) if level in meanings)


def holdings(survey: QualitySubject) -> Table:
    """Return documents, pages, activities, people and dollars of each edition."""
    frame = survey.editions.assign(
        name=survey.editions["edition"].map(fiscal.edition_label),
        year=survey.editions["fiscal_year"].map(fiscal.label),
    )
    planned = survey.planned
    columns = [
        Column("name", "Edition"),
        Column("year", "Reports", emphasis="secondary"),
        Column("documents", "Documents", "integer", emphasis="secondary"),
        Column("pages", "Pages", "integer", emphasis="secondary"),
        Column("activities", "Activities", "integer", emphasis="main"),
        Column("participants", "People", "integer", emphasis="main"),
        Column("cost_usd", "Cost, USD", "usd"),
    ]
    if len(planned):
        rows = planned.groupby("edition")["planned_activities"].sum()
        frame = frame.assign(planned=frame["edition"].map(rows).astype("Int64"))
        columns.append(Column("planned", "Planned, not counted", "integer", emphasis="secondary"))
    most = frame.loc[frame["activities"].idxmax()]
    least = frame.loc[frame["activities"].idxmin()]
    return table_from_frame(
        frame,
        columns,
        key="holdings",
        title=(
            f"Between {numbers.integer(least['activities'])} activities ({least['year']}) and "
            f"{numbers.integer(most['activities'])} ({most['year']}) an edition"
        ),
        subtitle="Documents, pages and rows by edition, with the people and dollars of the year reported as done",
        alt="Table of documents, pages, activities, people and dollars for each edition.",
        note=f"{COUNTING_NOTE} Dollars are current US dollars.{_page_note(survey.documents)}",
        sources=survey.report_source("all pages"),
        links={"year": links.annual},
        total_label="All editions",
        csv=csv_text(
            _with_sums(frame, columns, ["documents", "pages", "activities", "participants", "cost_usd"])
        ),
    )


def _with_sums(frame: pd.DataFrame, columns: list[Column], names: list[str]) -> pd.DataFrame:
    """Return the columns of a table for its file, with the sums over all editions."""
    return with_sums(frame[[column.name for column in columns]], *names)


def _page_note(documents: pd.DataFrame) -> str:
    """Return how many documents have no pages of their own, as HTML has none."""
    count = int(documents["file"].str.lower().str.endswith((".html", ".htm")).sum())
    if not count:
        return ""
    return f" {sentence_start(counted(count, 'document'))} are HTML, each counted as the pages it is listed with."
