"""What is known of the program itself: purpose, law, department, account, dates, names; unverified facts are marked."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from milaid import fiscal
from milaid.blocks.block import Column, Definitions, Source, Table, csv_text, escape
from milaid.blocks.words import and_list, cardinal, sentence_start
from milaid.exhibits import links
from milaid.exhibits.frames import with_sums
from milaid.exhibits.program import account
from milaid.exhibits.subject import REPORT_NAME, SECTION, Subject
from milaid.exhibits.tables import table_from_frame
from milaid.tables import store

BY_TEXT, NOT_VERIFIED = "US Code text", "not verified"
NOT_ESTABLISHED = "Not established."
VERIFIED = {
    BY_TEXT: "checked against the text of the law",
    "official page": "checked against an official page",
    "source page": "taken from a secondary source",
    NOT_VERIFIED: NOT_VERIFIED,
}
"""What verified a fact -> how it is said beside the fact."""


def what_it_is(subject: Subject) -> Definitions:
    """Return purpose, department, authority, account, start, status, predecessor and successor, and what else is known."""
    found = row(subject)
    department = found["funder"]
    items = [
        ("Purpose", text(found["purpose"])),
        ("Department", escape(account.department(str(department)))),
        ("Administered by", text(found["agency"])),
        ("Legal authority", authority(found)),
        ("Account", f"{text(found['account'])} {escape(account.reason(subject))}".strip()),
        ("Start", start(found)),
        ("Status", f"{text(found['status'])} As of the sources read."),
        ("Predecessor", before_or_after(found["predecessor"], found["before"])),
        ("Successor", before_or_after(found["successor"], found["after"])),
        ("Years in the reports", _years(subject)),
    ]
    if pd.notna(found["note"]):
        items.append(("In the reports", escape(str(found["note"]))))
    texts = store.load_program_texts()
    for line in texts[texts["program"] == subject.scope.code].itertuples():
        items.append((str(line.topic), f"{escape(str(line.text))} {mark(line.verified, line.source)}"))
    return Definitions(tuple(items))


def labels(subject: Subject) -> Table:
    """Return the labels that the reports print for the program, with their fiscal years."""
    grouped = subject.trainings.groupby("program_printed", sort=True)
    frame = grouped.agg(
        first=("fiscal_year", "min"),
        participants=("quantity", "sum"),
        activities=("quantity", "size"),
    )
    frame["years"] = grouped["fiscal_year"].agg(fiscal.spans)
    frame = frame.reset_index().sort_values(["first", "program_printed"], kind="stable")
    columns = (
        Column("program_printed", "Label as printed", width=0.44),
        Column("years", "Fiscal years", width=0.28),
        Column("activities", "Activities", "integer", emphasis="secondary", width=0.13),
        Column("participants", "Participants", "integer", emphasis="main", width=0.15),
    )
    name = subject.scope.label
    return table_from_frame(
        frame,
        columns,
        key="labels",
        title=f"{sentence_start(cardinal(len(frame)))} labels stand for {name}"
        if len(frame) > 1
        else f"One label stands for {name}",
        subtitle=f"Labels of Section IV that are counted as {name}, {subject.window_label_all}",
        alt=f"Table of the labels printed for {name}, with fiscal years, activities and participants.",
        note="Only activities that were done are counted. A person on two courses counts twice.",
        sources=subject.series_sources(),
        total_label="All labels" if len(frame) > 1 else None,
        csv=csv_text(with_sums(frame[[column.name for column in columns]], "activities", "participants")),
    )


def row(subject: Subject) -> pd.Series:
    """Return the program's row of ``schemas.PROGRAMS``."""
    return store.load_programs().set_index("code").loc[subject.scope.code]


def label(code: str) -> str:
    """Return the label of a program by its code."""
    return str(store.load_programs().set_index("code").at[code, "label"])


def codes(value: object) -> list[str]:
    """Return the program codes of a cell, which are separated by semicolons."""
    return [] if pd.isna(value) else [part.strip() for part in str(value).split(";") if part.strip()]


def text(value: object) -> str:
    """Return a fact as a marked sentence; that it is not established where there is none."""
    return NOT_ESTABLISHED if pd.isna(value) or str(value) == "not established" else _sentence(str(value))


def authority(found: pd.Series) -> str:
    """Return the legal authority with what it was checked against, in marked text."""
    if pd.isna(found["authority"]):
        return f"Not established ({_bold(NOT_VERIFIED)})."
    return f"{escape(str(found['authority']))} {mark(found['authority_verified'])}."


def start(found: pd.Series) -> str:
    """Return when the program began with what that was checked against, in marked text."""
    if pd.isna(found["start"]):
        return NOT_ESTABLISHED
    return f"{escape(str(found['start']))} {mark(found['start_verified'])}."


def mark(verified: object, source: object = None) -> str:
    """Return in brackets what a fact was checked against: bold where it is not verified."""
    said = VERIFIED[str(verified)]
    said = _bold(said) if str(verified) == NOT_VERIFIED else said
    return f"({said}; {escape(str(source))})" if source is not None and pd.notna(source) else f"({said})"


def before_or_after(code: object, words: object) -> str:
    """Return the program before or after, and what is known beyond the programs of the table, in marked text."""
    parts = [f"{_program_links(code)}."] if codes(code) else []
    if pd.notna(words):
        parts.append(_sentence(str(words)).replace(f"({NOT_VERIFIED})", f"({_bold(NOT_VERIFIED)})"))
    return " ".join(parts) or "None known."


def report_source(years: Iterable[int]) -> Source:
    """Return the training report of the editions from the first to the last of some fiscal years."""
    known = sorted(years)
    editions = fiscal.edition_span(known[0], known[-1])
    return Source(f"{REPORT_NAME}, {editions}, {SECTION}, all pages")


def _program_links(found: object) -> str:
    """Return programs by code in marked text, each linked to its profile."""
    names = [
        f"[{escape(label(code))}](report:{links.program(code)})"
        if links.program(code)
        else escape(label(code))
        for code in codes(found)
    ]
    return and_list(names)


def _bold(words: str) -> str:
    return f"**{words}**"


def _sentence(words: str) -> str:
    return escape(words if words.endswith(".") else f"{words[:1].upper()}{words[1:]}.")


def _years(subject: Subject) -> str:
    return f"{fiscal.spans(subject.coverage.years)}."
