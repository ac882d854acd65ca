"""The beginning of the program guide: front, key facts, which years list which program."""

from __future__ import annotations

from milaid import fiscal
from milaid.analysis import program_guide, series
from milaid.analysis.program_guide import LISTED_RULE
from milaid.blocks.block import Box, Fact, Figure, Front, KeyFacts, Prose, csv_text
from milaid.blocks.words import and_list, cardinal, counted, none_or, sentence_start
from milaid.charts.cover import cover_bars
from milaid.charts.spans import spans
from milaid.exhibits.figures import figure
from milaid.exhibits.guide.subject import GuideSubject
from milaid.exhibits.program.record import BY_TEXT, NOT_VERIFIED
from milaid.imprint import LICENCE, SERIES_NAME, published

_ROLES = {"DoS": "accent", "DoD": "other", "DHS": "ink2"}


def front(survey: GuideSubject) -> Front:
    """Return title, scope, imprint and cover of the guide; the cover shows how many programs each year lists."""
    years = survey.years
    span = f"fiscal years {years[0]} to {years[-1]}"
    totals = series.annual_totals(survey.trainings)
    source = f"State and Defense Departments, reports to Congress, {span}; US Code"
    last = years[-1]
    count = int(series.value(totals, last, "programs") or 0)
    return Front(
        series=SERIES_NAME,
        kind="Program guide",
        title="Guide to US security assistance programs",
        standfirst=(
            f"The {len(survey.programs)} programs under which the reports to Congress list training in {span}, and "
            f"{cardinal(len(survey.others))} more: what each is for, under which law, who pays and administers it, and its newest "
            "figures. What is not verified is marked."
        ),
        scope="Programs by purpose, with law, department, money and newest figures",
        cover=cover_bars(totals, key="cover", report_year=last, value="programs"),
        cover_alt=f"Bars of the number of programs with participants by fiscal year; {fiscal.label(last)}, with {count}, stands out.",
        cover_lead=f"{counted(count, 'program')} with participants in {fiscal.words(last)}",
        cover_note=f"Programs with at least one course participant by fiscal year, {fiscal.label(years[0])}–{fiscal.label(last)}.",
        imprint=(("Published", published()), ("Main source", source), ("Licence", LICENCE)),
        facts=(("Published", published()), ("Period", span), ("Main source", source)),
        keywords=("security assistance programs", "foreign military training", "legal authority"),
    )


def key_facts(survey: GuideSubject) -> KeyFacts:
    """Return how many programs there are, how many the newest year lists, and for how many the law is verified."""
    programs = survey.programs
    last = survey.years[-1]
    listed = programs[programs["last_year"] == last]
    open_law = programs[programs["authority_verified"] == NOT_VERIFIED]
    law = int((programs["authority_verified"] == BY_TEXT).sum())
    every = programs[programs["years"] == len(survey.years)]
    facts = (
        Fact(
            str(len(programs)),
            "programs in the reports",
            f"{len(survey.others)} more in this guide",
            ref="program_table",
        ),
        Fact(
            str(len(listed)),
            f"listed in {fiscal.label(last)}",
            f"{cardinal(len(every))} listed in every year of data",
            ref="program_years",
        ),
        Fact(
            str(law),
            "with a law checked against its text",
            f"{cardinal(len(open_law))} marked not verified",
            ref="authorities",
        ),
        Fact(
            str(programs["category"].nunique()),
            "groups by purpose",
            f"{int((programs['funder'] == 'DoD').sum())} programs under Defense, {int((programs['funder'] == 'DoS').sum())} under State",
            ref="program_table",
        ),
    )
    frame = programs[
        ["program", "name", "category", "funder", "authority_verified", "first_year", "last_year", "years"]
    ]
    return KeyFacts(
        facts=facts,
        sources=survey.sources,
        csv=csv_text(frame),
        note=f"{LISTED_RULE} A label that cannot be read in one document is no program.",
    )


def how_to_read() -> Box:
    """Return what the guide takes for a program, and what its marks mean."""
    return Box(
        "How to read this guide.",
        "A program is what the reports print as a heading: some are programs of law, some accounts, some only labels. "
        "Behind each fact stands what it was checked against: the text of the law, an official page, a secondary source, or "
        "**not verified**. Status is as of the sources read. A participant is one place on one course: a person on two courses "
        "counts twice. Dollars are the printed cost of training, current US dollars.",
    )


def lead(survey: GuideSubject) -> Prose:
    """Return which programs every year lists, and which came and went."""
    programs, first, last = survey.programs, survey.years[0], survey.years[-1]
    every = programs[programs["years"] == len(survey.years)]
    new = programs[programs["last_year"] == last].sort_values("first_year", ascending=False)
    gone = programs[programs["last_year"] < last]
    newest = new[new["first_year"] == new["first_year"].max()]
    verb = "is" if len(every) == 1 else "are"
    return Prose(
        f"{sentence_start(none_or(len(every)))} of the {len(programs)} programs {verb} listed in every year from "
        f"{fiscal.label(first)} to {fiscal.label(last)}: {and_list(sorted(every['label']))}. {sentence_start(cardinal(len(gone)))} "
        f"are no longer listed in {fiscal.label(last)}. Newest in the reports: {and_list(sorted(newest['label']))} "
        f"({fiscal.label(int(newest['first_year'].iloc[0]))})."
    )


def listed_years(survey: GuideSubject) -> Figure:
    """Return the fiscal years that list each program, the earliest first."""
    frame = program_guide.listed_years(survey.trainings).merge(
        survey.programs[["program", "label", "funder", "first_year", "last_year", "years"]], on="program"
    )
    frame = frame.sort_values(
        ["first_year", "last_year", "label", "fiscal_year"], ascending=[True, False, True, True]
    )
    frame["programs_listed"] = frame.groupby("fiscal_year")["program"].transform("size")
    frame["programs_listed_every_year"] = int((survey.programs["years"] == len(survey.years)).sum())
    frame["role"] = frame["funder"].map(_ROLES).fillna("soft")
    first, last = survey.years[0], survey.years[-1]
    each = survey.programs
    once = int((each["years"] == 1).sum())
    return figure(
        lambda key: spans(frame, key=key, first=first, last=last),
        key="program_years",
        title=f"{sentence_start(cardinal(int((each['years'] == len(survey.years)).sum())))} programs are listed in all "
        f"{len(survey.years)} years, {cardinal(once)} in one",
        subtitle=f"Fiscal years that list an activity of the program, {fiscal.label(first)}–{fiscal.label(last)}; blue State, "
        "orange Defense, grey Homeland Security",
        alt="Bars over the fiscal years that list each program",
        note=f"{LISTED_RULE} A gap can mean that nothing was done or that the edition prints another label. In the order of the "
        "first year.",
        sources=survey.sources,
        csv=frame[
            [
                "program",
                "label",
                "fiscal_year",
                "participants",
                "years",
                "programs_listed",
                "programs_listed_every_year",
            ]
        ],
    )
