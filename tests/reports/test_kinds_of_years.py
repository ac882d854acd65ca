"""What exhibits on training and arms say in years of their own kind: after a break, without a column, without a cost."""

from __future__ import annotations

import duckdb
import pytest

from milaid.exhibits import scope
from milaid.exhibits.arms import agreements, excess
from milaid.exhibits.subject import open_subject
from milaid.exhibits.training import courses, overview, places, programs, recipients, totals
from milaid.paths import trainings_dir
from milaid.tables import store

YEARS = store.available_years()


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
    [(share,)] = duckdb.execute(
        "select 100.0 * sum(quantity) filter (coalesce(cost_usd, 0) = 0) / sum(quantity) "
        f"from read_parquet('{trainings_dir()}/fy2011.parquet') where status = 'actual'"
    ).fetchall()
    assert f"{share:.1f}% in FY2011" in table.note
    assert f"{share:.1f}% in FY2011" in overview.key_facts(open_subject(2012)).note
    # Under one participant in a hundred is not worth a word; a region can be so, no year of the world is.
    africa = open_subject(2002, scope=scope.region("africa"))
    assert africa.series.set_index("fiscal_year").loc[2002, "without_cost_share"] < 1
    assert "without a printed cost" not in programs.programs_table(africa).note
