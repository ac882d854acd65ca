"""The laws that govern military training and assistance, and the method of the guide."""

from __future__ import annotations

from milaid.blocks.block import Definitions, Prose, escape
from milaid.blocks.words import cardinal, sentence_start
from milaid.exhibits.guide.subject import GuideSubject
from milaid.exhibits.program.record import mark
from milaid.tables import store


def lead() -> Prose:
    """Return how many laws there are and what they are about."""
    laws = store.load_laws()
    return Prose(
        f"{sentence_start(cardinal(len(laws)))} laws govern what is reported to Congress, which units may not be helped, and when "
        "a sale must be announced. Each is summed up in the words of this project, with the date of the text that was read; the "
        "law itself is what counts."
    )


def laws() -> Definitions:
    """Return each law with citation, summary, what it was checked against and as of when."""
    items = []
    for row in store.load_laws().fillna("").itertuples():
        citation = row.citation if row.us_code in ("", row.citation) else f"{row.citation}; {row.us_code}"
        text = f"*{escape(citation)}*. {escape(row.summary)} {mark(row.verified)[:-1]}; text as of {escape(row.text_as_of)})"
        items.append((str(row.law), f"{text} {escape(row.note)}".rstrip()))
    return Definitions(tuple(items))


def method(survey: GuideSubject) -> Definitions:
    """Return what a program is here, which are left out, and what the marks mean."""
    return Definitions(
        (
            (
                "Programs",
                "What the reports print as the heading of a table in Section IV. Labels that mean the same program are counted "
                "together; the profile of a program lists them. A program under a new label is a program of its own.",
            ),
            (
                "Left out",
                "One heading of the edition for FY2019 stands on a page that is blank in the published document: it is no "
                "program here, but its activities are in the totals of the annual report.",
            ),
            (
                "Purpose",
                "The groups are those of this project, one for each program; a program may serve more than one purpose.",
            ),
            (
                "Verification",
                "Text of the law: the section was read in a copy of the US Code of 2016 or 2023. Official page: a page of a "
                "department or agency, or an act as enacted, says so. Secondary source: a research paper or the page of another "
                "publisher. Not verified: none of these was found.",
            ),
            (
                "Figures",
                f"Participants, recipients and printed cost of Section IV, fiscal years {survey.years[0]} to {survey.years[-1]}.",
            ),
        )
    )
