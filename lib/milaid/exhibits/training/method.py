"""Data and method: what is counted, coverage, reconciliation, known issues, sources, citation, glossary."""

from __future__ import annotations

import pandas as pd

import milaid
from milaid import fiscal
from milaid.analysis import large_rows, quality
from milaid.analysis.change import PERCENT_RULE
from milaid.analysis.findings import selection_rule
from milaid.blocks import numbers
from milaid.blocks.block import Column, Definitions, Front, Prose, Table, csv_text, escape
from milaid.blocks.words import agreeing, and_list, cardinal, counted, sentence_start
from milaid.exhibits import flagged
from milaid.exhibits.aid import terms
from milaid.exhibits.figures import mark_notes
from milaid.exhibits.once import once
from milaid.exhibits.pages import file_note
from milaid.exhibits.scope import PROGRAM
from milaid.exhibits.subject import Subject, joined
from milaid.exhibits.tables import table_from_frame
from milaid.tables import reconciliation, store, withheld
from milaid.tables.digests import are_reconciled


def definitions(subject: Subject) -> Definitions:
    """Return what is counted, what is not, and how changes, dollars and years are to be read."""
    edition = fiscal.edition_label(fiscal.edition(subject.fiscal_year))
    return Definitions(
        (
            (
                "What is counted",
                "One participant is one place on one course or activity in Section IV of the report. A person on two "
                "courses counts twice; people are not counted as such. Planned activities are not counted as actual.",
            ),
            (
                "What is not covered",
                "Foreign Military Sales, most members of the North Atlantic Treaty Organization (NATO), Australia, "
                "Japan, New Zealand and classified activities are not in Section IV.",
            ),
            (
                "Coverage",
                f"Every activity{subject.scope.on} of {_years(subject)}. {mark_notes(subject.coverage.gaps)}".rstrip(),
            ),
            (
                "Fiscal year",
                f"{fiscal.words(subject.fiscal_year).capitalize()} runs from {fiscal.period(subject.fiscal_year)} and "
                f"is reported as actual in the {edition} edition. The year is that of the edition: a course may have "
                "begun before it or ended after it.",
            ),
            ("Changes", f"{escape(PERCENT_RULE)} Percentages are computed from unrounded values."),
            (
                "Dollars",
                "Cost is the amount printed for each activity, in current US dollars. Constant dollars use the gross "
                f"domestic product (GDP) deflator by fiscal year, with {subject.year_label} as base."
                f"{terms.dollars(subject)}",
            ),
            (
                "Recipients",
                "As the report names them; different spellings of one name are counted together. Territories and other "
                "recipients that are no country are counted like countries.",
            ),
            (
                "Programs",
                "As the report labels them; labels that mean the same program are counted together. A program under a new "
                "label is a program of its own, with its predecessor named in the data.",
            ),
            ("Findings", escape(selection_rule(subject.scope.kind))),
            ("Rows that hold much", escape(large_rows.RULE)),
            *_persons(subject),
            *flagged.symbols(),
        )
    )


def _persons(subject: Subject) -> list[tuple[str, str]]:
    """Return how many activities of the year have something withheld on a person, as an entry; none where none has."""
    marked = withheld.is_marked(subject.year_rows)
    if not marked.any():
        return []
    rows = counted(int(marked.sum()), "activity", "activities")
    return [
        (
            "Persons",
            f"In {rows} of {subject.year_label} the unit or the title names a person or gives a personal number; a "
            f"mark such as {escape(withheld.MARKS['name'])} stands in its place. The page of the document is cited as "
            "for any other row.",
        )
    ]


def reconciliation_lead(subject: Subject) -> Prose:
    """Return in a sentence whether the rows add up to the printed totals."""
    frame = _reconciled(subject)
    parts = []
    for level in quality.levels_of(frame):
        rows = frame[frame["level"] == level]
        parts.append(agreeing(int(rows["agrees"].sum()), len(rows), quality.LEVELS[level]))
    differing = frame[~frame["agrees"]]
    text = (
        f"The report prints totals of people and dollars for the programs of a recipient and for the recipient. "
        f"{_add_up(subject)} to "
        f"{and_list(parts)}, to the person and to the dollar."
    )
    text += (
        " Each difference is a fault of the document, named with page and reason in [[known_issues]]."
        if len(differing)
        else " There is no difference."
    )
    return Prose(text)


def _add_up(subject: Subject) -> str:
    whose = f"{subject.scope.on} of {subject.year_label}"
    rows = len(subject.year_rows)
    return f"The one row{whose} adds up" if rows == 1 else f"The {numbers.integer(rows)} rows{whose} add up"


def reconciliation_table(subject: Subject) -> Table:
    """Return rows against printed totals, by region, people and dollars."""
    frame = _by_region(subject)
    columns = (
        Column("region", "Section of the report"),
        Column("activities", "Rows", "integer", emphasis="secondary"),
        Column("participants", "People, rows", "integer", emphasis="main"),
        Column("printed_participants", "People, printed", "integer"),
        Column("cost_usd", "USD, rows", "usd", emphasis="main"),
        Column("printed_cost_usd", "USD, printed", "usd"),
    )
    people = int(frame["participants"].sum()) - int(frame["printed_participants"].sum())
    dollars = int(frame["cost_usd"].sum()) - int(frame["printed_cost_usd"].sum())
    title = (
        "The rows add up to the printed totals, people and dollars"
        if people == 0 and dollars == 0
        else f"Rows and printed totals differ by {counted(abs(people), 'person', 'people')} and {numbers.usd(abs(dollars))}"
    )
    return table_from_frame(
        frame,
        columns,
        key="reconciliation",
        title=title,
        subtitle=f"Sum of the rows and sum of the printed program totals by section{subject.scope.part}, {subject.year_label}",
        alt="Table of the sums of rows and of printed program totals, people and dollars, by section of the report.",
        note="Printed: the sum of the program totals that the documents print. Dollars are current US dollars.",
        sources=subject.year_sources(),
        total_label="All sections",
        csv=csv_text(_with_agreement(frame, _reconciled(subject))),
    )


def known_issues(subject: Subject) -> Table | Prose:
    """Return the faults of the documents of this year, with page and reason; a sentence where there is none."""
    issues = subject.scope.totals(subject.known_issues)
    rows = issues[issues["fiscal_year"] == subject.fiscal_year]
    if rows.empty:
        of = "in" if subject.scope.is_world else f"that concerns {subject.scope.in_sentence} in"
        return Prose(f"No fault is known {of} the documents of {subject.year_label}.")
    frame = pd.DataFrame(
        {
            "place": [
                subject.pages.place(document, page)
                for document, page in zip(rows["document"], rows["page"], strict=True)
            ],
            "recipient": rows["country"].fillna("")
            + rows["program_printed"].map(lambda label: "" if pd.isna(label) else f", {label}"),
            "measure": rows["measure"].map(_MEASURES).fillna(rows["measure"]),
            "printed": rows["printed_value"].map(_value),
            "computed": rows["computed_value"].map(_value),
            "reason": rows["reason"],
            "page_address": subject.pages.addresses(rows),
        }
    ).sort_values(["reason", "recipient", "measure"], kind="stable")
    columns = (
        Column("place", "Page", width=0.1),
        Column("recipient", "Recipient, program", width=0.2),
        Column("measure", "What", emphasis="secondary", width=0.09),
        Column("printed", "Printed", "page", width=0.11),
        Column("computed", "Rows", "page", width=0.11),
        Column("reason", "Reason", emphasis="secondary", width=0.39),
    )
    return table_from_frame(
        frame,
        columns,
        key="known_issues",
        title=(
            f"{sentence_start(cardinal(len(frame)))} known fault{'' if len(frame) == 1 else 's'} in the documents "
            f"of {subject.year_label}{subject.scope.part}"
        ),
        subtitle="Totals that the rows do not reach, and other faults, with page and reason",
        alt="Table of the known faults of the documents: page, recipient, printed value, value of the rows, reason.",
        note=joined(
            "Page: section of the report and its page. Printed and rows: people or US dollars.",
            file_note(frame["place"]),
        ),
        sources=subject.year_sources(),
        links={"place": "page_address"},
    )


def sources(subject: Subject, activities: pd.DataFrame | None = None) -> Definitions:
    """Return the documents of the report year with links, and the other sources.

    The documents are those that the ``activities`` stand in, by default those of the subject.
    """
    used = subject.year_rows if activities is None else activities
    name = "Foreign Military Training and DoD Engagement Activities of Interest"
    rows = subject.year_documents
    edition = fiscal.edition_label(fiscal.edition(subject.fiscal_year))
    items = [
        (
            "Main source",
            f"US Departments of State and Defense, *{name}*, {edition}, Volume I, Section IV, in these documents:",
        )
    ]
    for row in rows[rows["file"].isin(set(used["document"].unique()))].itertuples():
        kind = "" if row.kind == "official file" else " cut out of the edition"
        extent = "Web page" if pd.isna(row.pages) else counted(int(row.pages), "page")
        linked = extent if pd.isna(row.url) else f"[{extent}]({row.url})"
        items.append((subject.pages.name(str(row.file)), f"{linked}{kind}."))
    for row in store.load_other_sources().itertuples():
        items.append((str(row.publisher), f"{escape(str(row.title))}. [{_host(str(row.url))}]({row.url})"))
    published = store.load_published_figures()
    monitor = published[published["publisher"] == "Security Assistance Monitor"].sort_values("fiscal_year")
    links = ", ".join(
        f"[{escape(_period(rows['fiscal_year']))}](<{url}>)"
        for url, rows in monitor.groupby("source_url", sort=False)
    )
    items.append(("Security Assistance Monitor", f"Published totals, with their own definitions: {links}."))
    return Definitions(tuple(items))


def citation(front: Front) -> Prose:
    """Return how to cite the report with this front, and a single number in it."""
    year = milaid.__released__[:4]
    kind = f"{front.kind[:1].lower()}{front.kind[1:]}"
    return Prose(
        f"*{escape(front.title)}*. {front.series}, {kind}, version {milaid.__version__}, {year}.\n\n"
        "For a single number, add the edition, the section and the page of the source document, as the table that "
        "holds it gives them. A published number changes by revision or by correction of an error; its page then names day, "
        "reason, old and new value ([rules](report:cite))."
    )


def glossary(subject: Subject, codes: frozenset[str] | None = None) -> Definitions:
    """Return the programs of the year and the abbreviations used, with what they stand for.

    The programs are those of the ``codes``, by default those of the year and the year before.
    """
    near = subject.trainings["fiscal_year"].between(subject.fiscal_year - 1, subject.fiscal_year)
    used = set(subject.trainings.loc[near, "program"].unique()) if codes is None else codes
    if codes is None:
        used |= terms.programs(subject)
    programs = store.load_programs()
    items = [
        (str(row.label), _program_text(row))
        for row in programs[programs["code"].isin(used)]
        .sort_values("label", key=lambda s: s.str.lower())
        .itertuples()
    ]
    items += [
        *_document_labels(subject),
        *terms.glossary(subject),
        ("CSV", "Comma-separated values: the table file of an exhibit."),
        (
            "ISO",
            "International Organization for Standardization; its three-letter codes mark countries in the data.",
        ),
    ]
    return Definitions(tuple(items))


_MEASURES = {"quantity": "people", "cost_usd": "dollars"}


def _program_text(row) -> str:
    text = f"{escape(str(row.name))}."
    if pd.notna(row.purpose):
        text += f" {escape(str(row.purpose))}"
    if pd.isna(row.authority):
        return f"{text} Legal authority not established."
    verified = str(row.authority_verified) == "not verified"
    return f"{text} Legal authority{' (not verified)' if verified else ''}: {escape(str(row.authority))}."


def require_met(subject: Subject) -> None:
    """Check that the rows of each year meet the printed totals, or differ as known issues say; DataError with all others."""
    _reconciled(subject)


@once
def _reconciled(subject: Subject) -> pd.DataFrame:
    """Return the reconciliation of the edition; its totals may cover planned activities, so these are in it."""
    found = _reconciled_of(subject, subject.fiscal_year)
    # Whose rows do not add up is no report to be read, whatever else it could show. The build holds all years; only rows
    # that it has not written can differ in another year than this one.
    others = () if are_reconciled() else (y for y in store.available_years() if y != subject.fiscal_year)
    every = [found, *(_reconciled_of(subject, year) for year in others)]
    reconciliation.require_explained(pd.concat(every, ignore_index=True), store.load_known_issues())
    return found


def _reconciled_of(subject: Subject, fiscal_year: int) -> pd.DataFrame:
    """Return the reconciliation of the edition that reports a fiscal year as done, as far as the report is on it."""
    rows = subject.scope.trainings(store.load_trainings([fiscal_year], status=None))
    totals = store.load_totals()
    totals = subject.scope.totals(totals[totals["edition"] == fiscal.edition(fiscal_year)])
    if subject.scope.kind == PROGRAM:
        # A country total adds up all its programs; only the totals of programs are of this part.
        totals = totals[totals["level"] == "program"]
    found = reconciliation.reconciliation(rows, totals, store.load_known_issues())
    return found[found["level"].isin(set(totals["level"]))]


def _by_region(subject: Subject) -> pd.DataFrame:
    totals = subject.scope.totals(store.load_totals())
    printed = quality.actual_year_totals(totals[totals["edition"] == fiscal.edition(subject.fiscal_year)])
    rows = subject.year_rows.groupby("region").agg(
        activities=("quantity", "size"), participants=("quantity", "sum"), cost_usd=("cost_usd", "sum")
    )
    sums = printed.groupby("region").agg(
        printed_participants=("quantity", "sum"), printed_cost_usd=("cost_usd", "sum")
    )
    return (
        rows.join(sums)
        .reset_index()
        .astype(
            dict.fromkeys(
                ("activities", "participants", "cost_usd", "printed_participants", "printed_cost_usd"),
                "Int64",
            )
        )
    )


def _with_agreement(by_region: pd.DataFrame, reconciled: pd.DataFrame) -> pd.DataFrame:
    """Return the sections beside the sums of all: rows, differences, and how many printed totals of a level they meet."""
    frame = by_region.copy()
    for level in quality.levels_of(reconciled):
        rows = reconciled[reconciled["level"] == level]
        met = rows.groupby("region")["agrees"].agg(["size", "sum"])
        frame[f"{level}_totals"] = frame["region"].map(met["size"]).fillna(0).astype("Int64")
        frame[f"{level}_totals_met"] = frame["region"].map(met["sum"]).fillna(0).astype("Int64")
    for measure in ("participants", "cost_usd"):
        frame[f"{measure}_difference"] = frame[measure] - frame[f"printed_{measure}"]
    wholes = [
        name for name in frame if name == "activities" or name.endswith(("_totals", "_met", "_difference"))
    ]
    return frame.assign(**{f"all_{name}": frame[name].sum() for name in wholes})


def _years(subject: Subject) -> str:
    first, last = subject.coverage.first, subject.coverage.last
    return fiscal.words(first) if first == last else f"fiscal years {first} to {last}"


def _value(text: object) -> str | None:
    if pd.isna(text):
        return None
    plain = str(text)
    return numbers.integer(int(plain)) if plain.isdigit() else plain


def _period(years: pd.Series) -> str:
    first, last = min(years.str[:4]), max(years.str[-4:])
    return f"FY{first}" if first == last else f"FY{first}–FY{last}"


def _host(url: str) -> str:
    return url.split("/")[2].removeprefix("www.")


def _document_labels(subject: Subject) -> list[tuple[str, str]]:
    """Return what the labels before page numbers mean, as one entry."""
    pages = subject.pages
    labels = [pages.label(file) for file in subject.year_documents["file"]]
    what = "regional sections of the report" if pages.by_region else "documents of the edition"
    return [(", ".join(labels), f"{pages.key(subject.year_documents['file'])}: {what}.")]
