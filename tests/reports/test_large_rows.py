"""Rows that hold a large part of a total or change: computed again by SQL, named in findings, listed with their page."""

from __future__ import annotations

from functools import cache

import duckdb
import pytest

from claims import Claim, Shown, missing
from milaid import paths
from milaid.analysis.change import percent_change
from milaid.blocks.block import Finding, Table, csv_rows
from milaid.exhibits import scope
from milaid.exhibits.subject import Subject, open_subject
from milaid.exhibits.training import large_rows, overview
from milaid.tables import store

pytestmark = pytest.mark.skipif(
    not store.available_years(), reason=f"no activities in {paths.trainings_dir()}; run make data"
)
FILES = f"{paths.trainings_dir()}/fy*.parquet"
SCOPES = (
    *(("world", "", year) for year in store.available_years()),
    *(("region", code, year) for code in ("africa", "near-east") for year in (2001, 2003, 2014, 2018, 2019)),
    *(("program", code, year) for code in ("IMET", "FMF", "SEC1004") for year in (2000, 2005, 2014)),
    *(("recipient", code, 2013) for code in ("LBN", "EGY", "COL", "KEN", "LKA", "GEO", "PHL", "JOR")),
    ("recipient", "IRQ", 2003), ("recipient", "IRQ", 2018), ("recipient", "TJK", 2016), ("recipient", "AND", 2017),
)  # fmt: skip
COURSE = "recipient || program || regexp_replace(lower(coalesce(course_title, student_unit, '')), '[^\\pL\\pN]', '', 'g')"
QUERY = f"""
with own as (
  select *, coalesce({{measure}}, 0) as value, {COURSE} as course
  from read_parquet('{FILES}') where status = 'actual' and fiscal_year in ({{year}}, {{year}} - 1) and {{where}}
), years as (
  select fiscal_year, sum(value) as total, count(*) as rows, sum(quantity) as people from own group by 1
), courses as (select fiscal_year, course, sum(value) as listed from own group by 1, 2)
select own.row_id, own.value, years.total
from own join years using (fiscal_year)
join years now on now.fiscal_year = {{year}} and now.rows >= 10 and now.people >= 20
left join years before on before.fiscal_year = {{year}} - 1 and {{comparable}}
left join courses other on other.course = own.course and other.fiscal_year = {{year}} + {{year}} - 1 - own.fiscal_year
where own.value * years.rows >= 3 * years.total and (
  (own.fiscal_year = {{year}} and own.value * 10 > years.total)
  or (
    own.fiscal_year = if(now.total > before.total, {{year}}, {{year}} - 1)
    and before.total >= 50 and abs(now.total - before.total) * 20 >= before.total
    and 3 * (own.value - coalesce(other.listed, 0)) > abs(now.total - before.total)
  )
) order by 2 desc, 1
"""


@cache
def subject_of(kind: str, code: str, year: int) -> Subject:
    chosen = scope.EVERYTHING if kind == "world" else getattr(scope, kind)(code)
    return open_subject(year, scope=chosen)


def rows_of(subject: Subject) -> list[dict[str, str]]:
    table = large_rows.large_rows(subject)
    if table is None:
        return []
    head, *rows = csv_rows(table.csv)
    return [dict(zip(head, row, strict=True)) for row in rows]


def found(subject: Subject) -> dict[str, Finding]:
    return large_rows.findings(subject)


@pytest.mark.parametrize(("kind", "code", "year"), SCOPES)
def test_the_rows_are_those_that_sql_finds(kind: str, code: str, year: int) -> None:
    subject = subject_of(kind, code, year)
    where = (
        "true"
        if kind == "world"
        else f"{subject.scope.column} = '{subject.scope.value.replace(chr(39), chr(39) * 2)}'"
    )
    comparable = "true" if subject.has_previous else "false"
    shown = rows_of(subject)
    for measure, column in (("participants", "quantity"), ("cost_usd", "cost_usd")):
        sql = QUERY.format(measure=column, where=where, year=year, comparable=comparable)
        mine = [row for row in shown if row["measure"] == measure]
        assert [(row["row_id"], int(row[measure]), int(row["total"])) for row in mine] == duckdb.sql(
            sql
        ).fetchall()


@pytest.mark.parametrize(("kind", "code", "year"), SCOPES)
def test_with_and_without_a_row_add_up_to_the_totals_of_the_report(kind: str, code: str, year: int) -> None:
    subject = subject_of(kind, code, year)
    series = subject.series_with_changes.set_index("fiscal_year")
    for row in rows_of(subject):
        of, measure = int(row["fiscal_year"]), row["measure"]
        assert int(row["total"]) == series.at[of, measure]
        assert int(row["total_without"]) + int(row[measure]) == int(row["total"])
        if not row["share_of_change"]:
            assert row["change_without"] == row["percent_change_without"] == ""
            continue
        assert subject.has_previous and abs(float(row["percent_change"])) >= 5
        # The change is the very one that the table of totals, lead and key facts state.
        assert float(row["percent_change"]) == pytest.approx(
            series.at[year, f"{measure}_percent_change"], abs=1e-4
        )
        now, before = (
            int(row["total_without"]) if of == each else int(series.at[each, measure])
            for each in (year, year - 1)
        )
        assert int(row["change_without"]) == now - before
        if before >= 50:
            assert float(row["percent_change_without"]) == pytest.approx(
                percent_change(now, before), abs=1e-4
            )


@pytest.mark.parametrize(("kind", "code", "year"), SCOPES)
def test_findings_name_the_largest_rows_and_say_no_number_that_the_table_lacks(
    kind: str, code: str, year: int
) -> None:
    subject = subject_of(kind, code, year)
    table, findings = large_rows.large_rows(subject), found(subject)
    measures = {row["measure"] for row in rows_of(subject)}
    assert {"total": "participants", "cost": "cost_usd"}.keys() >= findings.keys()
    assert len(findings) == len(measures)
    if not isinstance(table, Table):
        return
    shown = {large_rows.KEY: Shown(table.csv)}
    said = [(f"{each.lead} {each.text}", each.refs) for each in findings.values()]
    for text, refs in [*said, (table.title, (table.key,)), (table.alt, (table.key,))]:
        assert missing(Claim("finding", text, refs), shown) == []
    assert all(row[-1] for row, role in zip(table.rows, table.roles, strict=True) if role == "")


def test_fiscal_year_2003_names_the_forces_that_hold_half_of_the_rise_in_cost() -> None:
    findings = found(subject_of("world", "", 2003))
    assert findings["cost"].lead == "One row holds 48.0% of the rise in cost."
    assert findings["cost"].text == (
        "One row, Iraq: Free Iraqi Forces (Iraq Liberation opposition groups), lists 71 participants and \\$67,985,866: "
        "30.2% of the cost and 48.0% of the rise. Without it training cost \\$156.8 million in fiscal year 2003, +88.3% on "
        "fiscal year 2002 instead of +169.9%."
    ).replace("\\$", "$")
    assert (
        "Iraq Civil Defense Corps (Iraq Security Forces), lists 9,000 participants and a printed cost of $0"
        in (findings["total"].text)
    )


def test_a_fall_that_is_the_absence_of_one_row_of_the_year_before_says_so() -> None:
    (finding,) = found(subject_of("world", "", 2005)).values()
    assert finding.lead == "Without one row of fiscal year 2004, more participants instead of fewer."
    assert (
        "One row of fiscal year 2004, Afghanistan: Afghan Army, lists 10,950 participants and no printed cost"
        in finding.text
    )
    assert "and the change to fiscal year 2005 is +8.3% instead of −20.7%" in finding.text


def test_no_change_across_a_break_has_a_row() -> None:
    subject = subject_of("world", "", 2004)
    assert not subject.has_previous
    (row,) = rows_of(subject)
    assert row["participants"] == "10950" and row["share_of_change"] == ""
    assert "instead of" not in found(subject)["total"].text


def test_findings_stand_beside_those_on_the_same_measure() -> None:
    leads = [finding.lead for finding in overview.findings(subject_of("world", "", 2003)).findings]
    assert leads[0] == "More participants." and leads[1].startswith("One row holds 40.0%")
    assert leads.index("One row holds 48.0% of the rise in cost.") == leads.index("Higher cost.") + 1


def test_a_year_without_such_a_row_has_no_table_and_no_finding() -> None:
    subject = subject_of("world", "", 2014)
    assert large_rows.large_rows(subject) is None and found(subject) == {}


def test_rows_of_the_same_words_are_named_once_as_several() -> None:
    text = found(subject_of("region", "near-east", 2013))["total"].text
    assert "One of four rows of the same words, Lebanon: " in text and "Another" not in text
    assert text.endswith("Three more rows each hold over a third of a change.")


def test_rows_that_name_another_country_keep_their_note() -> None:
    table = large_rows.large_rows(subject_of("program", "MISC", 2018))
    names = {row["recipient"] for row in rows_of(subject_of("program", "MISC", 2018))}
    assert table is None or "Paraguay" not in names or "under Paraguay name Panama" in table.note
