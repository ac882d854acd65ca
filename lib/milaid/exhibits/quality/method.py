"""How the tables were checked: what is compared and counted, the documents, how to cite."""

from __future__ import annotations

import milaid
from milaid import fiscal, flags
from milaid.blocks.block import Definitions, Prose, escape
from milaid.blocks.words import counted
from milaid.exhibits import flagged
from milaid.exhibits.pages import document_names
from milaid.exhibits.quality.subject import QualitySubject
from milaid.imprint import SERIES_NAME
from milaid.tables.withheld import MARKS


def definitions(survey: QualitySubject) -> Definitions:
    """Return what reconciliation means, what is counted and what is not, and how faults are handled."""
    return Definitions(
        (
            (
                "Reconciliation",
                "The documents print a total of people and dollars for every program of every recipient and for every "
                "recipient, and the early ones for every fiscal year. The rows above a total are added up; it agrees when "
                "both sums equal what is printed.",
            ),
            (
                "Fiscal year",
                "It runs from 1 October of the year before to 30 September. The edition 2014–2015 reports what was done in "
                "fiscal year 2014 (FY2014).",
            ),
            (
                "What is counted",
                "One participant is one place on one course or activity in Section IV. A person on two courses counts "
                "twice. Dollars are the cost printed for an activity, in current US dollars; an activity without a printed "
                "cost counts people and no dollars.",
            ),
            (
                "What is not covered",
                "Foreign Military Sales, most members of the North Atlantic Treaty Organization (NATO), Australia, Japan, "
                "New Zealand and classified activities are not in Section IV.",
            ),
            (
                "Planned activities",
                "Some editions print what is planned for the next year. These rows are kept apart and never counted as "
                "done, but they are compared with their printed totals like all others.",
            ),
            (
                "Known fault",
                "A difference that lies in the document: a total printed over the last row, a blank page, a total that "
                "contradicts its own parts. It is listed with both values, the page and the reason. The tables are not built "
                "when a difference is not listed, or when a listed one has other values.",
            ),
            (
                "Correction",
                "A cell that the page itself shows in the wrong place, a row broken in two, a page that stands in two documents. "
                "It is listed with what is printed, and no longer fits when the publisher mends the document; the build "
                "then stops.",
            ),
            (
                "Cell not readable",
                "It is empty in the tables and listed with its page, unless it follows from the printed totals; then it is filled in "
                f"and has the letter {flags.DERIVED}.",
            ),
            _persons(survey),
            *flagged.symbols(),
            (
                "Check it yourself",
                "`milaid check` makes the comparison anew from the tables; with `--edition` it lists every total of an "
                "edition that does not agree. Each row of the tables names its document and page.",
            ),
        )
    )


def _persons(survey: QualitySubject) -> tuple[str, str]:
    """Return how many fields have a person withheld, as an entry."""
    return (
        "Person withheld",
        f"{counted(len(survey.withheld), 'field')} of the activities name a person or give a personal number; a mark such "
        f"as {escape(MARKS['name'])} stands in its place, in every report, table and export. The reference table withheld "
        "lists them without the text. The page of the public document is cited as for any other row.",
    )


def sources(survey: QualitySubject) -> Definitions:
    """Return the documents of each edition with their official addresses."""
    items = []
    for edition, rows in survey.documents.groupby("edition", sort=True):
        names = document_names(rows)
        links = [f"[{escape(name)}](<{url}>)" for name, url in zip(names, rows["url"], strict=True)]
        items.append((fiscal.edition_label(str(edition)), ", ".join(links)))
    return Definitions(tuple(items))


def citation(survey: QualitySubject) -> Prose:
    """Return how to cite the report."""
    return Prose(
        f"*How good are the numbers on foreign military training? {survey.years_label.replace('FY', 'Fiscal years ', 1)}*. "
        f"{SERIES_NAME}, data quality report, version {milaid.__version__}, {milaid.__released__[:4]}."
    )
