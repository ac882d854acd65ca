"""Every exhibit of the annual report in every year of data: titles, notes and cells hold no gap of the code."""

from __future__ import annotations

import pytest

from milaid.exhibits.aid import accounts, imet, imet_recipients, military_economic, ratio
from milaid.exhibits.aid import beside_training as beside_aid
from milaid.exhibits.aid import recipients as aid_recipients
from milaid.exhibits.arms import agreements, excess
from milaid.exhibits.subject import open_subject
from milaid.exhibits.training import (
    appendix,
    concentration,
    cost,
    courses,
    method,
    overview,
    places,
    programs,
    recipients,
    regions,
    totals,
)
from milaid.tables import store
from report_reading import check_block

YEARS = store.available_years()
TEXTS = (
    overview.key_facts, overview.findings, totals.lead, totals.totals_table, regions.lead, regions.regions_table,
    recipients.lead, recipients.recipients_table, programs.lead, programs.programs_table, places.lead,
    places.places_table, places.institutions_table, courses.lead, courses.courses_table, cost.lead,
    cost.cost_per_participant, concentration.lead, concentration.with_without_largest, method.definitions,
    method.reconciliation_lead, method.reconciliation_table, method.known_issues, method.sources,
    method.glossary, appendix.recipient_by_program, agreements.lead, agreements.agreements_table, excess.lead,
    excess.excess_table, beside_aid.lead, beside_aid.most_aid, beside_aid.per_million, beside_aid.agreements_and_aid,
    military_economic.lead, aid_recipients.recipients_table, ratio.ratio_table, accounts.accounts_table, imet.lead,
    imet.years_table, imet_recipients.recipients_table,
)  # fmt: skip
DRAWN = (
    overview.front, totals.long_series, regions.regions_now, regions.regions_years, regions.recipients_map,
    recipients.top_recipients, recipients.changes, programs.programs_figure, programs.departments,
    places.places_years, courses.course_lengths, cost.dollars_series, cost.cost_programs, cost.constant_dollars,
    concentration.shares, agreements.largest, excess.delivered, beside_aid.participants_and_aid,
    military_economic.long_series, aid_recipients.top_recipients, ratio.ratio_years, accounts.accounts_years,
    imet.dollars_and_participants, imet_recipients.counts,
)  # fmt: skip
# One year of each kind: the first, one with documents of several regions, one after a break, one of web pages,
# one without US units, two with faults in the documents, the last.
DRAWN_YEARS = (YEARS[0], 2001, 2004, 2006, 2008, 2016, 2019, YEARS[-1])
# What an edition cannot show because its tables have no such column; the lead of the section says so.
SILENT = {
    places.places_table: "location",
    places.institutions_table: "location",
}
# What has no data in other years; the lead of the section says so.
ONLY = {
    agreements.largest: {2020},
    agreements.agreements_table: {2020},
    beside_aid.agreements_and_aid: {2020},
    excess.delivered: set(range(2010, 2020)),
    excess.excess_table: set(range(2010, 2020)),
}


def check(make, year: int) -> None:
    subject = open_subject(year)
    block = make(subject)
    if not subject.prints(SILENT.get(make, "quantity")) or year not in ONLY.get(make, YEARS):
        assert block is None
        return
    check_block(block)


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize(
    "make", TEXTS, ids=lambda make: f"{make.__module__.rsplit('.', 1)[-1]}.{make.__name__}"
)
def test_texts_and_tables_of_every_year(make, year: int) -> None:
    check(make, year)


@pytest.mark.parametrize("year", DRAWN_YEARS)
@pytest.mark.parametrize(
    "make", DRAWN, ids=lambda make: f"{make.__module__.rsplit('.', 1)[-1]}.{make.__name__}"
)
def test_figures_of_every_kind_of_year(make, year: int) -> None:
    check(make, year)


@pytest.mark.parametrize(
    ("year", "line"),
    [(2014, "by fiscal year only from FY2020 on"), (2020, "came to $48.1 billion in fiscal year 2020")],
)
def test_agreements_of_single_years_begin_after_the_block(year: int, line: str) -> None:
    assert line in agreements.lead(open_subject(year)).text


@pytest.mark.parametrize(
    ("year", "line"),
    [
        (2009, "covers requests of FY2010 to FY2020; it has none of FY2009"),
        (2014, "states 169 as delivered"),
        (2020, "states none of them as delivered"),
    ],
)
def test_excess_articles_say_what_was_delivered(year: int, line: str) -> None:
    assert line in excess.lead(open_subject(year)).text


def test_fewer_years_and_longer_rankings_change_what_is_shown() -> None:
    short, long = (
        open_subject(2014, lookback_years=3, top_n=5),
        open_subject(2014, lookback_years=10, top_n=15),
    )
    assert short.window == (2011, YEARS[-1]) and long.window == (2004, YEARS[-1])
    assert recipients.top_recipients(short).csv.count("\n") == 6
    assert recipients.top_recipients(long).csv.count("\n") == 16


@pytest.mark.parametrize("year", [1999, 2000])
def test_what_an_edition_does_not_print_is_said_in_a_line(year: int) -> None:
    subject = open_subject(year)
    assert "prints no place of training" in places.lead(subject).text
    assert "prints no days of the courses" in courses.course_lengths(subject).text


def test_programs_of_editions_without_departments_stand_under_the_later_one() -> None:
    departments = programs.departments(open_subject(1999))
    assert "FY1999, FY2000 and FY2001 print no department" in departments.note
    assert "FY1999" not in programs.departments(open_subject(2013)).note
    csv = {tuple(line.split(",")[:2]): int(line.split(",")[2]) for line in departments.csv.splitlines()[1:]}
    assert csv["1999", "Department of State"] + csv["1999", "Department of Defense"] == 38_017


def test_a_year_after_a_break_is_not_compared_and_says_why() -> None:
    subject = open_subject(2004)
    assert not subject.has_previous
    assert "which is not compared with FY2003" in totals.lead(subject).text
    assert "NATO" in totals.lead(subject).text


def test_costs_that_are_not_printed_are_none_and_are_named() -> None:
    table = programs.programs_table(open_subject(2011))
    cost_of = {row[1]: row[-1] for row in table.rows}
    assert cost_of["Non-SA, UC"] is None and cost_of["PME"] is None
    assert "3,056 of 12,845 in FY2011" in table.note
    assert "3,056" in overview.key_facts(open_subject(2012)).note
    assert "without a printed cost" not in programs.programs_table(open_subject(2014)).note
