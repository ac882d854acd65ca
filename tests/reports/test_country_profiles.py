"""Country profiles: what a recipient has none of, numbers against DuckDB, and one profile built and read back."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from pathlib import Path

import duckdb
import pytest

from first_page import findings_elsewhere
from milaid import paths
from milaid.blocks import html as html_blocks
from milaid.blocks.block import Figure, csv_rows
from milaid.blocks.marked_html import HtmlWriter
from milaid.blocks.numbering import Numbering
from milaid.blocks.targets import Links
from milaid.exhibits import scope
from milaid.exhibits.aid import military_economic
from milaid.exhibits.arms import agreements
from milaid.exhibits.country import arms, leahy, neighbours, overview, people, units
from milaid.exhibits.country.programs import programs_years
from milaid.exhibits.subject import Subject, open_subject
from milaid.exhibits.training import courses, places, programs, totals
from milaid.publish.report import make_report
from milaid.tables import store
from report_reading import blocks_of, exhibits_of, pdf_text, rows_of

pytestmark = pytest.mark.usefixtures("forked_kernels")

FILES = f"{paths.trainings_dir()}/fy*.parquet"
NOTEBOOK = "country_profile.ipynb"
NUMBERED = (("COL", 2020), ("CIV", 2020), ("BHS", 2000))
RANKED = (("COL", 2020), ("CIV", 2020), ("BHS", 2001))


@cache
def subject_of(code: str, year: int) -> Subject:
    return open_subject(year, scope=scope.recipient(code))


def query(sql: str, **values: object) -> list[tuple]:
    return duckdb.execute(
        sql.replace("trainings", f"(from read_parquet('{FILES}') where status = 'actual')"), values
    ).fetchall()


def test_a_recipient_of_a_single_year_has_no_chart_over_the_years(texts_alone: None) -> None:
    drawn = {
        code: [
            key
            for key, exhibit in exhibits_of(blocks_of(NOTEBOOK, country=code, fiscal_year=year)).items()
            if isinstance(exhibit, Figure) and {"fiscal_year", "year"} & set(csv_rows(exhibit.csv)[0])
        ]
        for code, year in (("INDOCHINA", 2008), ("CIV", 2020))
    }
    assert drawn["INDOCHINA"] == [] and len(drawn["CIV"]) > 6
    alone = subject_of("INDOCHINA", 2008)
    assert "the only year of the series" in totals.lead(alone).text
    assert "the one participant: in another country" in places.lead(alone).text
    assert "one course title" in courses.lead(alone).text


def test_what_a_recipient_has_none_of_is_said_in_a_line() -> None:
    alone, former = subject_of("INDOCHINA", 2008), subject_of("SERBIA-AND-MONTENEGRO", 2006)
    assert people.per_head(alone) is people.per_head(former) is None
    assert "no population of its own" in people.lead(former).text
    assert "no line of aid to Indochina" in military_economic.lead(alone).text
    assert "has none for Serbia and Montenegro" in arms.excess_lead(former).text
    assert "names no region" in neighbours.lead(subject_of("NOT-STATED", 2004)).text
    assert neighbours.neighbours_table(subject_of("NOT-STATED", 2004)) is None
    old = leahy.lead(subject_of("BHS", 2000)).text
    assert "The editions for FY1999 and FY2000 print no unit at all" in old


def test_what_is_all_or_nothing_is_said_once() -> None:
    malawi = subject_of("MWI", 2020)
    assert agreements.lead(malawi).text.endswith("came to $0 in fiscal year 2020.")
    assert arms.agreements_years(malawi).title == "Agreements of FY2020–FY2024: $580,081, all of FY2024"
    assert places.lead(malawi).text.startswith(
        "The place of training is known of all participants. Of these, 41 "
    )


def test_the_laws_are_named_with_their_place_in_the_code() -> None:
    text = leahy.laws(subject_of("COL", 2020)).text
    assert "22 U.S.C. 2378d" in text and "10 U.S.C. 362" in text


@pytest.mark.parametrize(("code", "year"), [("MRT", 2010), ("CIV", 2020)])
def test_changes_that_are_left_out_are_those_that_the_note_names(code: str, year: int) -> None:
    table = totals.totals_table(subject_of(code, year))
    assert "for participants where it has fewer than 50, or where the rise is above 1,000%" in table.note
    rows = rows_of(table.csv)
    pairs = [(a, b) for a, b in pairwise(rows) if int(a["year"][2:]) + 1 == int(b["year"][2:])]
    few = [(a, b) for a, b in pairs if int(a["participants"]) < 50]
    assert few and not any(b["participants_percent_change"] for _, b in few)
    # Dollars have no such bound: their change is told beside years of few participants.
    assert any(b["cost_usd_percent_change"] for _, b in few)


def test_the_fewest_programs_that_hold_half_hold_at_least_half() -> None:
    for code, year, count, said in (
        ("MRT", 2010, 1, "One program accounts"),
        ("CIV", 2020, 2, "Two programs account"),
    ):
        table = programs.programs_table(subject_of(code, year))
        shares = sorted((float(row["share"] or 0) for row in rows_of(table.csv)), reverse=True)
        assert sum(shares[:count]) >= 50 > sum(shares[: count - 1])
        assert table.title == f"{said} for at least half of the participants"


def test_names_take_their_article() -> None:
    assert overview.front(subject_of("BHS", 2000)).title == "US training of personnel from the Bahamas"
    assert "Côte d’Ivoire" in overview.front(subject_of("CIV", 2020)).title


@pytest.mark.parametrize(("code", "year"), NUMBERED, ids=[code for code, _ in NUMBERED])
def test_participants_by_year_and_program_equal_an_independent_sum(code: str, year: int) -> None:
    subject = subject_of(code, year)
    name, (first, last) = subject.scope.name, subject.window
    years = query(
        "select fiscal_year, sum(quantity), sum(cost_usd) from trainings where recipient = $name group by 1 order by 1",
        name=name,
    )
    table = rows_of(totals.totals_table(subject).csv)
    assert [(r["year"], int(r["participants"]), int(r["cost_usd"])) for r in table] == [
        (f"FY{y}", int(people_), int(dollars)) for y, people_, dollars in years
    ]
    summed = query(
        "select fiscal_year, sum(quantity) from trainings where recipient = $name and fiscal_year between $a and $b "
        "group by 1 order by 1",
        name=name, a=first, b=last,
    )  # fmt: skip
    drawn = rows_of(programs_years(subject).csv)
    by_year: dict[int, int] = {}
    for row in drawn:
        by_year[int(row["fiscal_year"])] = by_year.get(int(row["fiscal_year"]), 0) + int(row["participants"])
    assert by_year == {y: int(total) for y, total in summed}
    largest = query(
        "select program, sum(quantity) from trainings where recipient = $name and fiscal_year between $a and $b "
        "group by 1 order by 2 desc, 1 limit 1",
        name=name, a=first, b=last,
    )[0]  # fmt: skip
    known = store.load_programs().set_index("code")["short_name"]
    of_largest = sum(int(r["participants"]) for r in drawn if r["program"] == known[largest[0]])
    assert of_largest == int(largest[1])


@pytest.mark.parametrize(("code", "year"), RANKED, ids=[code for code, _ in RANKED])
def test_ranks_and_measures_per_million_equal_an_independent_count(code: str, year: int) -> None:
    subject = subject_of(code, year)
    ranks = query(
        "with t as (select recipient, any_value(region_harmonised) region, sum(quantity) n from trainings "
        "where fiscal_year = $y group by 1) select a.n, (select count(*) from t where n > a.n) + 1, (select count(*) from t), "
        "(select count(*) from t where n > a.n and region = a.region) + 1, (select count(*) from t where region = a.region) "
        "from t a where recipient = $name",
        y=year, name=subject.scope.name,
    )  # fmt: skip
    [(people_, rank, of, near, near_of)] = ranks
    facts = {fact.label: fact for fact in overview.key_facts(subject).facts}
    world = facts["rank among all recipients listed"]
    assert (world.value, world.unit) == (str(rank), f"of {of}")
    region = next(fact for label, fact in facts.items() if label.startswith("rank among the recipients of"))
    assert (region.value, region.unit) == (str(near), f"of {near_of}")
    rates = dict(
        query(
            "select fiscal_year, 1e6 * sum(quantity) / any_value(population) from trainings join "
            f"'{paths.data_dir()}/population.csv' p on p.iso3 = '{code}' and p.year = fiscal_year "
            "where recipient = $name group by 1",
            name=subject.scope.name,
        )
    )
    five = [rates.get(each) for each in range(year - 4, year + 1)]
    if None in five:
        assert facts["participants per million people"].value == f"{rates[year]:,.1f}"
    else:
        average = facts[f"participants per million people a year, FY{year - 4}–FY{year}"]
        assert average.value == f"{sum(five) / 5:,.1f}"
        assert average.comparison.endswith(f"{rates[year]:,.1f} in FY{year}")
    own = next(
        row for row in rows_of(neighbours.neighbours_table(subject).csv) if "(this report)" in row["shown"]
    )
    assert (int(own["rank"]), int(own["participants"])) == (near, int(people_))


@pytest.mark.parametrize(("code", "year"), NUMBERED, ids=[code for code, _ in NUMBERED])
def test_the_file_of_units_has_every_activity_and_the_page_every_participant_of_its_years(
    code: str, year: int
) -> None:
    subject = subject_of(code, year)
    [(count, people_)] = query(
        "select count(*), sum(quantity) from trainings where recipient = $name", name=subject.scope.name
    )
    table = units.units_table(subject)
    filed = rows_of(table.csv)
    assert len(filed) == count
    assert sum(int(row["quantity"] or 0) for row in filed) == people_
    assert len({row["row_id"] for row in filed}) == count
    assert all(row["source_url"].startswith("https://") for row in filed)
    names = [column.name for column in table.columns]
    shown = {row[names.index("fiscal_year")] for row in table.rows}
    assert table.rows[0][names.index("fiscal_year")] == year
    assert len(table.rows) <= units.MOST_ROWS
    [(in_years,)] = query(
        "select sum(quantity) from trainings where recipient = $name and list_contains($years, fiscal_year)",
        name=subject.scope.name, years=sorted(shown),
    )  # fmt: skip
    assert sum(row[names.index("participants")] or 0 for row in table.rows) == in_years
    listed = units.names_table(subject)
    assert (listed is None) == (len(shown) == len(subject.coverage.years))
    if listed is not None:
        [(spellings,)] = query(
            "select count(distinct student_unit) from trainings where recipient = $name",
            name=subject.scope.name,
        )
        assert len(listed.rows) == spellings


def test_military_aid_and_arms_equal_an_independent_sum() -> None:
    subject = subject_of("CMR", 2020)
    [(aid,)] = duckdb.sql(
        f"select sum(obligations_usd) from '{paths.data_dir()}/aid.parquet' where recipient_harmonised = 'Cameroon' "
        "and fiscal_year = 2020 and category = 'Military' and period = 'year'"
    ).fetchall()
    constant = dict(
        duckdb.sql(
            f"select fiscal_year, sum(obligations_usd_constant) from '{paths.data_dir()}/aid.parquet' where "
            "recipient_harmonised = 'Cameroon' and category = 'Military' and period = 'year' group by 1"
        ).fetchall()
    )
    now, before = (
        sum(int(constant[year]) for year in range(last - 4, last + 1)) / 5 for last in (2020, 2015)
    )
    label = "military aid a year, FY2016–FY2020, in FY2020 dollars"
    fact = next(f for f in overview.key_facts(subject).facts if f.label == label)
    assert fact.value == f"${now / 1e6:.1f}" and fact.unit == "million"
    assert fact.comparison == (
        f"{100 * (now / before - 1):+.1f}%".replace("-", "−")
        + f" on FY2011–FY2015; ${int(constant[2020]) / 1e6:.1f} million in FY2020"
    )
    per_head = {row["year"]: row for row in rows_of(people.per_head(subject).csv)}
    assert int(per_head["FY2020"]["military_usd"]) == int(aid)
    sold = duckdb.sql(
        f"select fiscal_year, sum(total_agreements_usd) from '{paths.data_dir()}/arms_sales.parquet' where "
        "recipient_harmonised = 'Cameroon' and fiscal_year is not null group by 1 order by 1"
    ).fetchall()
    table = arms.agreements_years(subject)
    before, *years = rows_of(table.csv)
    assert [(row["year"], int(row["total_agreements_usd"])) for row in years] == [
        (f"FY{year}", int(amount)) for year, amount in sold
    ]
    [(block,)] = duckdb.sql(
        f"select sum(total_agreements_usd) from '{paths.data_dir()}/arms_sales.parquet' where "
        "recipient_harmonised = 'Cameroon' and fiscal_year is null"
    ).fetchall()
    assert (before["year"], int(before["total_agreements_usd"])) == ("FY1950–FY2019", int(block))
    of_years = sum(int(amount) for _, amount in sold)
    amount = [column.name for column in table.columns].index("total_agreements_usd")
    assert table.roles[-1] == "total" and table.rows[-1][amount] == of_years, (
        "a sum of many years is in no total"
    )
    assert int(years[-1]["total_agreements_usd_to_date"]) == of_years


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The profile of a tiny recipient with a gap in its years, built whole."""
    out = tmp_path_factory.mktemp("reports")
    make_report("country", {"country": "NIU"}, out_dir=out)
    return out / "country" / "NIU"


def test_a_built_profile_holds_its_units_with_links_to_pages(built: Path) -> None:
    assert findings_elsewhere(built.with_suffix(".pdf")) == []
    text = pdf_text(built.with_suffix(".pdf"))
    html = built.with_suffix(".html").read_text(encoding="utf-8")
    units_ = query("select student_unit, course_title from trainings where recipient = 'Niue'")
    assert len(units_) == 12
    for unit, course in units_:
        for shown in (unit, course):
            assert not shown or shown.replace("&", "&amp;") in html
    assert "US training of personnel from Niue" in text
    assert re.search(r'href="https://[^"]*#page=\d+"', html)
    assert len(html) < 1_500_000


def test_a_large_file_lies_beside_the_page() -> None:
    subject = subject_of("CMR", 2020)
    writer = HtmlWriter(Numbering(), links=Links("country/CMR"))
    table = units.units_table(subject)
    writer.references.add(table)
    page = html_blocks.render(table, writer)
    assert 'href="CMR/table-1.csv"' in page and "data:text/csv" not in page
