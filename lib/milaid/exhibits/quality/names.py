"""Names that changed: recipients, what is no country, and programs."""

from __future__ import annotations

import pandas as pd

from milaid import fiscal
from milaid.analysis import quality_names
from milaid.blocks.block import Column, Prose, Table, csv_text
from milaid.blocks.words import cardinal, counted, sentence_start
from milaid.exhibits.quality.subject import QualitySubject
from milaid.exhibits.tables import table_from_frame

_KIND_HEADS = {
    "former state": "Former states",
    "territory": "Territories",
    "group of states": "Groups of states",
    "organisation": "Organisations",
    "not stated": "Recipient not stated",
}


def lead(survey: QualitySubject) -> Prose:
    """Return how many printed names stand for how many recipients, and how programs are counted."""
    names = survey.names
    where = "" if quality_names.renamed(names).empty else " ([[renamed]])"
    return Prose(
        f"The documents print {counted(len(names), 'name')} for {counted(names['recipient'].nunique(), 'recipient')}{where}. "
        "Every printed name stays in the tables, beside one name for each recipient in all years. A program under a new "
        "label that means the same is counted with the old one; a program that took another's place is a program of its own."
    )


def _span(frame: pd.DataFrame) -> list[str]:
    return [
        fiscal.span(int(first), int(last)) for first, last in zip(frame["first"], frame["last"], strict=True)
    ]


def renamed(survey: QualitySubject) -> Table | Prose:
    """Return the recipients that are printed under several names, with the years of each."""
    names = quality_names.renamed(survey.names)
    if names.empty:
        return Prose("Every recipient is printed under one name.")
    spans = names["printed"] + [f" ({span})" for span in _span(names)]
    grouped = names.assign(spans=spans).groupby("recipient", sort=True)
    frame = grouped.agg(
        spans=("spans", "; ".join), why=("note", lambda notes: " ".join(notes.dropna()))
    ).reset_index()
    columns = (
        Column("recipient", "Recipient", emphasis="main", width=0.22),
        Column("spans", "Printed as, with fiscal years", width=0.5),
        Column("why", "Note", emphasis="secondary", width=0.28),
    )
    count = names["recipient"].nunique()
    return table_from_frame(
        frame,
        columns,
        key="renamed",
        title=f"{sentence_start(cardinal(count))} recipient{'' if count == 1 else 's'} printed under more than one name",
        subtitle=f"Printed names with the first and last fiscal year of each, {survey.years_label}",
        alt="Table of recipients with more than one printed name, and the years of each name.",
        note="Names that differ in capitals, accents and punctuation alone count as one; all are in the file countries.csv.",
        sources=survey.report_source("names as printed"),
        csv=csv_text(
            names.assign(all_names=len(survey.names), all_recipients=survey.names["recipient"].nunique())
        ),
        appendix=True,
    )


def not_countries(survey: QualitySubject) -> Table | Prose:
    """Return the recipients that are no present country, by kind."""
    names = quality_names.not_countries(survey.names)
    if names.empty:
        return Prose("Every recipient is a country.")
    frame = names.assign(
        years=_span(names),
        group=names["kind"].map(_KIND_HEADS).fillna(names["kind"]),
        why=names["note"].fillna(""),
    )
    columns = (
        Column("printed", "Printed as", width=0.27),
        Column("years", "Fiscal years", emphasis="secondary", width=0.17),
        Column("iso3", "ISO code", emphasis="secondary", width=0.1),
        Column("why", "Note", width=0.46),
    )
    return table_from_frame(
        frame,
        columns,
        key="not_countries",
        title=f"{sentence_start(counted(len(frame), 'recipient'))} that {'is' if len(frame) == 1 else 'are'} no country",
        subtitle=f"Territories, former states, groups and organisations among the recipients, {survey.years_label}",
        alt="Table of recipients that are no present country, by kind, with years, code and note.",
        note="All are counted like countries. Years are the first and the last in which the name is printed.",
        sources=survey.report_source("names as printed"),
        group="group",
        csv=csv_text(names),
    )


def programs(survey: QualitySubject) -> Table | Prose:
    """Return the programs that followed others or are printed under several labels."""
    found = survey.programs
    if found.empty:
        return Prose("Every program is printed under one label, and none followed another.")
    frame = found.assign(
        printed=[
            "; ".join(f"{label} ({fiscal.span(first, last)})" for label, first, last in labels)
            for labels in found["labels"]
        ],
        before=found["predecessor"].fillna(""),
        after=found["successor"].fillna(""),
    )
    columns = (
        Column("label", "Program", emphasis="main", width=0.15),
        Column("name", "Name", width=0.27),
        Column("printed", "Labels, with years", width=0.34),
        Column("before", "Followed", emphasis="secondary", width=0.12),
        Column("after", "Followed by", emphasis="secondary", width=0.12),
    )
    linked = int((found["predecessor"].notna() | found["successor"].notna()).sum())
    return table_from_frame(
        frame,
        columns,
        key="program_names",
        title=f"{sentence_start(cardinal(len(frame)))} programs changed their label or took another's place".replace(
            "another's", "another’s"
        ),
        subtitle=f"Programs with several printed labels, a predecessor or a successor, {survey.years_label}",
        alt="Table of programs with their printed labels and years, predecessor and successor.",
        note=(
            f"Years are the first and the last in which a label is printed. {sentence_start(cardinal(linked))} programs "
            "have a predecessor or a successor; they are counted apart."
        ),
        sources=survey.report_source("labels as printed"),
        csv=csv_text(frame[["code", "label", "name", "printed", "predecessor", "successor", "note"]]),
    )
