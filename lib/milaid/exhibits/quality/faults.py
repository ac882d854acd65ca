"""What is wrong in the documents and what was done about it: known faults, corrections, cells that cannot be read."""

from __future__ import annotations

import pandas as pd

from milaid import fiscal
from milaid.analysis import quality
from milaid.blocks import numbers
from milaid.blocks.block import Column, Prose, Table, csv_text
from milaid.blocks.words import cardinal, counted, sentence_start
from milaid.exhibits.frames import in_order, with_sums
from milaid.exhibits.pages import file_note
from milaid.exhibits.quality.subject import QualitySubject
from milaid.exhibits.subject import joined
from milaid.exhibits.tables import plain_sum, table_from_frame
from milaid.tables import citation
from milaid.tables.derived import COUNTED_AS_NOTHING, DERIVED, OPEN, OUTCOMES

_LEFT_OUT = ("row", "page")
_OUTCOME_HEADS = {DERIVED: "Derived", COUNTED_AS_NOTHING: "Not counted", OPEN: "No total tells"}
_PAGE_NOTE = (
    "Page: the region that the document holds and its page, such as AF 27 for Africa; a web page has none. Where several "
    "documents hold one region, the number of the document stands between; the CSV names the file."
)
_OTHER_WORDS = {"rows": "rows lost", "program_printed": "program", "country": "recipient"}
_FIELD_WORDS = {
    "quantity": "people",
    "cost": "cost",
    "start_date": "start date",
    "end_date": "end date",
    "course_title": "course title",
    "student_unit": "student’s unit",
    "us_unit": "US unit",
    "row": "whole row",
    "page": "whole page",
    "country": "country",
}


def lead(survey: QualitySubject) -> Prose:
    """Return what counts as a known fault, a correction and a cell that cannot be read."""
    others = quality.other_faults(survey.known_issues)
    followed = int((survey.unread["outcome"] == DERIVED).sum())
    text = (
        "Three tables hold everything in which the data differ from the plain sum of what is printed. A *known fault* is a "
        "printed total that its rows do not reach, or a page that cannot be read: [[known_issues]]. A *correction* "
        "moves what the page shows to the place it belongs to, or leaves out what stands there twice: "
        "[[corrections]]. A *cell that cannot be read* is empty: [[unread]]. The build of the tables stops when a "
        "difference is in none of them, and when one of them no longer fits the documents."
    )
    if followed:
        text += (
            "\n\nWhere one cell of a program table is lost and its printed total and all other cells are there, the value "
            "follows by subtraction, if the printed program totals add up to that of the country. "
            f"{sentence_start(counted(followed, 'value'))} {'is' if followed == 1 else 'are'} filled in so, marked in the "
            "column *derived* of the tables and of every file of activities, and counted like those that are read. A blank "
            "that the total does not miss stays empty."
        )
    if len(others):
        text += (
            f"\n\n{sentence_start(counted(len(others), 'known fault'))} of another kind: [[other_faults]]."
        )
    return Prose(text)


def other_faults(survey: QualitySubject) -> Table | None:
    """Return the known faults of rows and pages, in groups of one reason; nothing where there is none."""
    found = quality.other_faults(survey.known_issues)
    if found.empty:
        return None
    frame = _placed(survey, found).assign(
        why=found["edition"].map(fiscal.edition_label) + ": " + found["reason"],
        recipient=_recipients(found),
        what=found["measure"]
        .map({**_FIELD_WORDS, "cost_usd": "cost", **_OTHER_WORDS})
        .fillna(found["measure"]),
    )
    frame = in_order(frame, "why", frame["why"])
    columns = (
        Column("recipient", "Recipient, program", width=0.34),
        Column("place", "Page", width=0.18),
        Column("what", "What", emphasis="secondary", width=0.12),
        Column("printed_value", "Printed", width=0.18),
        Column("computed_value", "Taken as", emphasis="main", width=0.18),
    )
    return table_from_frame(
        frame,
        columns,
        key="other_faults",
        title=f"{sentence_start(counted(len(frame), 'known fault'))} of rows and pages",
        subtitle="Lost rows, values that follow from totals, rows that name another country, page heads, by reason",
        alt="Table of known faults of rows and pages: recipient, page, what is concerned, value printed, value taken, reason.",
        note=(
            "Taken as: the value that follows, or the country that the rows name while they are counted under the recipient "
            f"that is printed. – nothing printed, or not known. {_PAGE_NOTE}"
        ),
        sources=survey.report_source("pages as given"),
        group="why",
        links={"place": "page_address"},
        csv=csv_text(_named(survey, found)),
        appendix=True,
    )


def faults_by_edition(survey: QualitySubject) -> Table | Prose:
    """Return for each edition that has any: totals with a fault, what is missing, corrections, derived and empty cells."""
    world = survey.world.set_index("edition")
    counts = ("corrections", "derived", "unread")
    frame = survey.editions.set_index("edition")[["known"]].join(
        world[["participants_difference", "cost_usd_difference", "printed_participants"]]
    )
    frame["corrections"] = survey.corrections.groupby("edition").size()
    followed = survey.unread["outcome"] == DERIVED
    frame["derived"] = survey.unread[followed].groupby("edition").size()
    frame["unread"] = survey.unread[~followed].groupby("edition").size()
    frame = frame.fillna(dict.fromkeys(counts, 0)).reset_index()
    others = quality.other_faults(survey.known_issues).groupby("edition")["reason"].agg(" ".join)
    frame["other_faults"] = frame["edition"].map(others)
    frame = frame[(frame[["known", *counts]] != 0).any(axis=1) | frame["other_faults"].notna()]
    if frame.empty:
        return Prose("No edition has a known fault, a correction or a cell that cannot be read.")
    frame = frame.assign(
        name=frame["edition"].map(fiscal.edition_label),
        share=(100 * frame["participants_difference"] / frame["printed_participants"]).astype("float64"),
    ).astype(dict.fromkeys(counts, "Int64"))
    columns = (
        Column("name", "Edition"),
        Column("known", "Totals with a fault", "integer", emphasis="main"),
        Column("participants_difference", "People, printed minus rows", "change"),
        Column("cost_usd_difference", "USD, printed minus rows", "change"),
        Column("corrections", "Cells or rows corrected", "integer"),
        Column("derived", "Values derived", "integer"),
        Column("unread", "Cells left empty", "integer"),
    )
    sound = len(survey.editions) - len(frame)
    return table_from_frame(
        frame,
        columns,
        key="faults",
        title=f"{sentence_start(cardinal(sound))} edition{'' if sound == 1 else 's'} without any fault or correction, "
        f"{cardinal(len(frame))} with some",
        subtitle="Known faults, corrections and cells that cannot be read, by edition; editions without any left out",
        alt="Table of known faults, people and dollars missing, corrections, derived values and empty cells, by edition.",
        note=(
            "A fault of a program total is counted again in the total of its country. People and dollars are differences "
            "of the world total of the year, so that each counts once."
        ),
        sources=survey.report_source("all printed totals"),
        total_label="All editions",
        rules={name: plain_sum(name) for name in ("participants_difference", "cost_usd_difference")},
        csv=csv_text(
            with_sums(frame[[*(c.name for c in columns), "other_faults"]], "known", "corrections", "unread")
        ),
    )


def known_issues(survey: QualitySubject) -> Table | Prose:
    """Return every printed total that differs from its rows, with page and reason, in groups of one reason."""
    cases = survey.cases
    if cases.empty:
        return Prose("No printed total differs from its rows.")
    frame = _placed(survey, cases).assign(
        why=cases["edition"].map(fiscal.edition_label) + ": " + cases["reason"],
        recipient=_recipients(cases),
    )
    frame = in_order(frame, "why", frame["why"])
    columns = (
        Column("recipient", "Total of", width=0.3),
        Column("place", "Page", width=0.14),
        Column("printed_participants", "People, printed", "integer"),
        Column("rows_participants", "rows", "integer", emphasis="main"),
        Column("printed_cost_usd", "USD, printed", "usd"),
        Column("rows_cost_usd", "rows", "usd", emphasis="main"),
    )
    return table_from_frame(
        frame,
        columns,
        key="known_issues",
        title=f"{sentence_start(counted(len(frame), 'printed total'))} that the rows do not reach, and why",
        subtitle="Known faults of the documents: page, value printed and sum of the rows, by reason",
        alt="Table of printed totals that differ from their rows: page, recipient, program, both values, reason.",
        note=joined(
            f"– where people or dollars agree, or no total is printed. {_PAGE_NOTE}",
            file_note(frame["place"]),
        ),
        sources=survey.report_source("pages as given"),
        group="why",
        links={"place": "page_address"},
        csv=csv_text(_named(survey, _with_differences(cases))),
        appendix=True,
    )


def _with_differences(cases: pd.DataFrame) -> pd.DataFrame:
    """Return the cases with printed minus rows, of people and of dollars; 0 where that measure agrees."""
    return cases.assign(
        **{
            f"{name}_difference": (cases[f"printed_{name}"] - cases[f"rows_{name}"]).fillna(0)
            for name in ("participants", "cost_usd")
        }
    )


def _named(survey: QualitySubject, rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows with what their document is called (document_name) beside its file (document)."""
    names = rows["document"].map(survey.document_names)
    filed = rows.copy()
    filed.insert(filed.columns.get_loc("document") + 1, "document_name", names)
    return filed


def _placed(survey: QualitySubject, rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows of document and page with where they stand (place) and the official address of it (page_address)."""
    return rows.assign(
        place=[survey.page(*at) for at in zip(rows["document"], rows["page"], strict=True)],
        page_address=citation.source_url(rows, survey.documents),
    )


def _recipients(cases: pd.DataFrame) -> pd.Series:
    programs = cases["program_printed"].where(cases["program_printed"].notna(), "all programs")
    return cases["country"].fillna("region") + ", " + programs


def corrections(survey: QualitySubject) -> Table | Prose:
    """Return every correction, with what is printed, what was made of it and why, in groups of one reason."""
    rows = survey.corrections
    if rows.empty:
        return Prose("No cell was corrected.")
    frame = _placed(survey, rows).assign(
        name=rows["edition"].map(fiscal.edition_label),
        what=rows["field"].map(_FIELD_WORDS).fillna(rows["field"]),
        row=rows["row_on_page"].where(rows["field"] != "page").astype("Int64"),
        printed=rows["as_printed"].map(_cut),
        made=[
            "left out" if field in _LEFT_OUT else _cut(corrected)
            for field, corrected in zip(rows["field"], rows["corrected"], strict=True)
        ],
    )
    frame = in_order(frame, "reason", frame["reason"])
    columns = (
        Column("name", "Edition", width=0.12),
        Column("place", "Page", width=0.1),
        Column("row", "Row", "integer", emphasis="secondary", width=0.06),
        Column("what", "Cell", width=0.14),
        Column("printed", "As printed", width=0.29),
        Column("made", "Taken as", emphasis="main", width=0.29),
    )
    return table_from_frame(
        frame,
        columns,
        key="corrections",
        title=f"{sentence_start(counted(len(frame), 'correction'))}, each with what the page shows",
        subtitle="Cells and rows that are printed out of place, what was made of them and why, by reason",
        alt="Table of corrections: edition, page, row, cell, text as printed, text as taken, reason.",
        note=(
            f"Row: number of the row on its page, as read. – is an empty cell. Texts over {_LONGEST} letters are cut "
            f"here and whole in the file. {_PAGE_NOTE}"
        ),
        sources=survey.report_source("pages as given"),
        group="reason",
        links={"place": "page_address"},
        csv=csv_text(_named(survey, quality.with_rows_touched(rows, len(survey.everything)).round(4))),
        appendix=True,
    )


_LONGEST = 70


def _cut(text: str) -> str | None:
    if not text:
        return None
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rstrip()}…"


def unread(survey: QualitySubject) -> Table | Prose:
    """Return how many cells cannot be read, by edition and field."""
    if survey.unread.empty:
        return Prose("Every cell can be read.")
    frame = quality.cells_by_edition(survey.unread)
    outcomes = survey.unread.groupby(["edition", "outcome"]).size().unstack(fill_value=0)
    outcomes = outcomes.reindex(columns=list(OUTCOMES), fill_value=0).add_prefix("outcome ").reset_index()
    frame = frame.merge(outcomes, on="edition").assign(name=frame["edition"].map(fiscal.edition_label))
    fields = [name for name in frame.columns if name in _FIELD_WORDS]
    columns = [
        Column("name", "Edition"),
        *(Column(field, sentence_start(_FIELD_WORDS.get(field, field)), "integer") for field in fields),
        Column("total", "All cells", "integer", emphasis="main"),
        *(Column(f"outcome {name}", head, "integer") for name, head in _OUTCOME_HEADS.items()),
    ]
    total = int(frame["total"].sum())
    return table_from_frame(
        frame,
        columns,
        key="unread",
        title=f"{sentence_start(counted(total, 'cell'))} cannot be read"
        if total != 1
        else "One cell cannot be read",
        subtitle="Cells that hold no value where there should be one, by edition and column",
        alt="Table of the number of cells that cannot be read, by edition and column.",
        note=(
            f"They are {numbers.decimal(100 * total / len(survey.everything), 2)} for every hundred activities. "
            "Derived: the value follows from the printed totals and is filled in. Not counted: the printed total is reached "
            "without the blank, which stays empty. No total tells: empty too. Each is listed with its page, what came of it "
            "and the derived value in data/unread_values.csv."
        ),
        sources=survey.report_source("all pages"),
        total_label="All editions",
        csv=csv_text(_with_empty(frame[[column.name for column in columns]])),
    )


def _with_empty(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the counts by edition with how many cells stay empty, and the sums over all editions."""
    filed = frame.assign(empty=frame["total"] - frame[f"outcome {DERIVED}"])
    return with_sums(filed, "total", f"outcome {DERIVED}", "empty")
