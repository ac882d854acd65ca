"""Which columns each edition prints, and how many of their cells say something."""

from __future__ import annotations

import pandas as pd

from milaid import fiscal
from milaid.analysis.quality_coverage import PLACEHOLDERS
from milaid.blocks import numbers
from milaid.blocks.block import Column, Figure, Prose, Table, escape
from milaid.blocks.words import cardinal, sentence_start
from milaid.charts.heat import heat_table
from milaid.exhibits.figures import figure
from milaid.exhibits.quality.subject import QualitySubject
from milaid.exhibits.tables import table_from_frame

_THIN = 90.0


def lead(survey: QualitySubject) -> Prose:
    """Return what an empty cell can mean, and the columns that are filled least."""
    frame = survey.fields
    text = (
        "A column can be missing in an edition, or printed and left empty; the two are told apart here. "
        "[[headings]] gives the head of every column as it is printed."
    )
    thin = frame[frame["printed"] & ~frame["derived"] & (frame["share"] < _THIN)]
    if len(thin):
        parts = [
            f"{label}: " + ", ".join(
                f"{fiscal.label(row.fiscal_year)} ({numbers.share(row.share)})" for row in rows.itertuples()
            )
            for label, rows in thin.groupby("label", sort=False)
        ]  # fmt: skip
        text += f" Printed columns with a value in fewer than nine of ten rows: {'; '.join(parts)}."
    return Prose(text)


def coverage_figure(survey: QualitySubject) -> Figure:
    """Return the share of filled cells for each edition and field as shaded cells."""
    frame = survey.fields.assign(name=survey.fields["edition"].map(fiscal.edition_label))
    heads = dict(zip(frame["field"], frame["label"], strict=True))
    derived = frame[frame["derived"]]["label"].unique()
    silent = ", ".join(escape(word) for word in PLACEHOLDERS)
    worked_out = f" Worked out by us: {', '.join(name.lower() for name in derived)}." if len(derived) else ""
    return figure(
        lambda key: heat_table(
            frame, key=key, row="name", column="field", value="share", heads=heads, row_head="Edition"
        ),
        key="coverage",
        title=_title(frame),
        subtitle=f"Share of activities with a value, percent, by edition and column, {survey.years_label}",
        alt="Table of shares of filled cells by edition and column",
        note=(
            f"Grey with a dash: the edition prints no such column. 100 is all rows, >99 nearly all. A cell that holds only "
            f"one of these says nothing and is not counted: {silent}.{worked_out}"
        ),
        sources=survey.report_source("all activities reported as done"),
        csv=frame.drop(columns=["name", "label", "note"]),
    )


def _title(frame: pd.DataFrame) -> str:
    """Return the finding: which printed columns are everywhere, and how many are missing somewhere."""
    printed = frame[~frame["derived"]]
    everywhere = printed.groupby("label", sort=False)["printed"].all()
    missing = [str(label) for label, whole in everywhere.items() if not whole]
    if not missing:
        return "Every edition prints every column"
    count = f"{sentence_start(cardinal(len(missing)))} of {cardinal(len(everywhere))} columns"
    verb = "is" if len(missing) == 1 else "are"
    return f"{count} {verb} not printed in every edition"


def headings(survey: QualitySubject) -> Table:
    """Return the heads of the columns as each edition prints them."""
    fields = survey.fields[~survey.fields["derived"]]
    frame = fields.pivot(index="edition", columns="field", values="heading").reset_index()
    frame = frame.assign(name=frame["edition"].map(fiscal.edition_label))
    order = fields.drop_duplicates("field")
    columns = [
        Column("name", "Edition", emphasis="secondary"),
        *(Column(row.field, row.label) for row in order.itertuples()),
    ]
    notes = fields[fields["note"].notna()]
    remarks = [
        f"{label} ({fiscal.spans(rows['fiscal_year'])}): {escape(str(note))}"
        for (label, note), rows in notes.groupby(["label", "note"], sort=False)
    ]
    return table_from_frame(
        frame,
        columns,
        key="headings",
        title="The heads of the columns, as printed",
        subtitle=f"Column of the activities and its head in the documents, by edition, {survey.years_label}",
        alt="Table of the printed heads of each column by edition; a dash where there is no such column.",
        note=" ".join(["– no such column.", *remarks]),
        sources=survey.report_source("heads of the tables"),
        appendix=True,
        landscape=True,
    )
