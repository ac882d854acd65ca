"""Program profiles and the guide: numbers against DuckDB, marks of what is not verified, and both built and read back."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import duckdb
import pytest

from first_page import findings_elsewhere
from milaid import paths
from milaid.analysis.small_numbers import LEAST_PARTICIPANTS
from milaid.blocks.block import Prose, Table
from milaid.errors import RequestError
from milaid.exhibits import scope
from milaid.exhibits.guide import laws, tables
from milaid.exhibits.guide import overview as guide
from milaid.exhibits.guide.subject import GuideSubject, open_survey
from milaid.exhibits.program import account, arms, overview, record, rows, share
from milaid.exhibits.subject import Subject, open_subject
from milaid.publish.report import make_report
from milaid.tables import store, subjects
from notebook_trials import SUBJECTS
from report_reading import pdf_text, rows_of

pytestmark = [
    pytest.mark.usefixtures("forked_kernels"),
    pytest.mark.skipif(
        not store.available_years(), reason=f"no activities in {paths.trainings_dir()}; run make data"
    ),
]
FILES = f"{paths.trainings_dir()}/fy*.parquet"
AID = f"{paths.data_dir()}/aid.parquet"
# Those of the notebook, and the largest program in its newest year, an account as loans too, and a label long gone.
PROGRAMS = (*SUBJECTS["program"], ("IMET", 2020), ("FMF", 2011), ("USAID", 2003))


@lru_cache(maxsize=1)
def world() -> Subject:
    return open_subject(store.available_years()[-1])


@lru_cache(maxsize=4)
def subject_of(code: str, year: int) -> Subject:
    """Return the subject of a profile; the activities of the world are read once."""
    return replace(world(), fiscal_year=year, scope=scope.program(code))


@pytest.fixture(scope="module")
def survey() -> GuideSubject:
    return open_survey()


def query(sql: str, **values: object) -> list[tuple]:
    sql = sql.replace("trainings", f"(from read_parquet('{FILES}') where status = 'actual')")
    return duckdb.execute(sql.replace("greenbook", f"read_parquet('{AID}')"), values).fetchall()


@pytest.mark.parametrize(("code", "year"), PROGRAMS)
def test_what_is_known_at_a_glance_is_what_duckdb_counts(code: str, year: int) -> None:
    values = {"code": code, "year": year}
    [(people, countries)] = query(
        "select sum(quantity), count(distinct case when quantity > 0 then recipient end) from trainings "
        "where program = $code and fiscal_year = $year",
        **values,
    )
    ranked = query(
        "with p as (select program, sum(quantity) q, sum(cost_usd) c from trainings where fiscal_year = $year and "
        "program <> 'UNREAD' group by all) select (select count(*) from p o where o.q > p.q) + 1, (select count(*) from p), "
        "case when c is not null then (select count(*) from p o where o.c > p.c) + 1 end from p where program = $code",
        **values,
    )
    shown = {fact.label: fact for fact in overview.key_facts(subject_of(code, year)).facts}
    labels = {re.sub(r"s?( with a participant)?$", "", label): fact for label, fact in shown.items()}
    assert labels["course participant"].value == f"{people:,}"
    assert labels["recipient"].value == f"{countries:,}"
    [(place, programs, by_dollars)] = ranked
    if people < LEAST_PARTICIPANTS:
        assert "rank by participants" not in shown
    else:
        rank = shown["rank by participants"]
        assert (rank.value, rank.unit) == (str(place), f"of {programs}")
    found = overview.ranks(subject_of(code, year))
    assert found.dollars == by_dollars
    [(each,)] = query(
        "select sum(cost_usd) / sum(quantity) from trainings where program = $code and fiscal_year = $year and cost_usd > 0 "
        "having sum(quantity) > 0",
        **values,
    ) or [(None,)]
    assert shown["cost per participant with a cost"].value == ("–" if each is None else f"${each:,.0f}")


def test_imet_shows_aid_and_participants_of_the_same_year() -> None:
    facts = {fact.label: fact for fact in overview.key_facts(subject_of("IMET", 2020)).facts}
    [(dollars,)] = query(
        "select sum(obligations_usd) from greenbook where account_code = 'IMET' and fiscal_year = 2020 and period = 'year'"
    )
    shown = facts["obligations of the account"]
    assert f"{shown.value} {shown.unit}" == f"${dollars / 1e6:.1f} million"
    table = account.beside_all_aid(subject_of("IMET", 2020))
    assert isinstance(table, Table)
    [(military, economic)] = query(
        "select sum(obligations_usd) filter (category = 'Military'), sum(obligations_usd) filter (category = 'Economic') "
        "from greenbook where fiscal_year = 2020 and period = 'year'"
    )
    assert table.rows[-1] == ("FY2020", dollars, pytest.approx(100 * dollars / military), military, economic)


@pytest.mark.parametrize("code", ["FMF", "INCLE", "NADR", "PKO", "ASFF", "CTEF", "MAP"])
def test_the_dollars_of_a_program_are_those_of_its_accounts(code: str) -> None:
    year = max(s for p in subjects.programs() if p.code == code for s in p.fiscal_years)
    subject = subject_of(code, year)
    codes = account.own_codes(subject)
    [(dollars,)] = query(
        "select coalesce(sum(obligations_usd), 0) from greenbook where list_contains($codes, account_code) and "
        "fiscal_year = $year and period = 'year'",
        codes=codes,
        year=year,
    )
    table = account.beside_all_aid(subject)
    assert isinstance(table, Table)
    assert {row[0]: row[1] for row in table.rows}[f"FY{year}"] == dollars


@pytest.mark.parametrize("code", ["CAMRI", "GPOI", "SEC333", "NONSA-UC", "PCCF"])
def test_a_program_without_an_account_says_so_in_one_line(code: str) -> None:
    year = max(s for p in subjects.programs() if p.code == code for s in p.fiscal_years)
    subject = subject_of(code, year)
    said = account.lead(subject)
    assert isinstance(said, Prose) and said.text.endswith("no obligations of this program alone to show.")
    assert account.dollars_and_participants(subject) is None and account.beside_all_aid(subject) is None


def test_arms_of_the_main_recipients_are_sums_of_the_years_given_and_in_no_sum() -> None:
    table = arms.recipients_table(subject_of("IMET", 2020))
    assert isinstance(table, Table) and "total" not in table.roles
    sold = dict(
        duckdb.sql(
            "select recipient_harmonised, sum(total_agreements_usd) from "
            f"read_parquet('{paths.data_dir()}/arms_sales.parquet') where fiscal_year is not null group by 1"
        ).fetchall()
    )
    given = dict(
        duckdb.sql(
            "select recipient_harmonised, count(*) from "
            f"read_parquet('{paths.data_dir()}/excess_defense_articles.parquet') where status = 'EDA Delivered' group by 1"
        ).fetchall()
    )
    assert len(table.rows) == arms.MAIN_RECIPIENTS
    for row in table.rows:
        assert row[2] == sold.get(row[0])
        assert (row[4] or 0) == given.get(row[0], 0)


def test_the_share_of_a_program_is_of_all_programs() -> None:
    figure = share.share_years(subject_of("PKO", 2020))
    assert figure is not None
    frame = {int(row["fiscal_year"]): float(row["share"]) for row in rows_of(figure.csv)}
    expected = query(
        "select fiscal_year, 100.0 * sum(quantity) filter (program = 'PKO') / sum(quantity) from trainings group by 1"
    )
    assert frame == pytest.approx({year: share for year, share in expected if share is not None}, abs=1e-3)


def test_the_averages_of_the_share_are_those_of_five_years_and_in_its_title() -> None:
    figure = share.share_years(subject_of("IMET", 2020))
    assert figure is not None
    [(now, before)] = query(
        """with shares as (select fiscal_year as y, 100.0 * sum(quantity) filter (program = 'IMET') / sum(quantity) as s
             from trainings group by 1)
           select avg(s) filter (y between 2016 and 2020), avg(s) filter (y between 2011 and 2015) from shares"""
    )
    [(top, most)] = query(
        """select fiscal_year, 100.0 * sum(quantity) filter (program = 'IMET') / sum(quantity) as s
           from trainings group by 1 order by s desc nulls last limit 1"""
    )
    assert figure.title == (
        f"Share of all participants: {now:.1f}% on average in FY2016–FY2020, after {before:.1f}% in FY2011–FY2015; "
        f"most in FY{top}, {most:.1f}%"
    )


def test_ranks_of_all_years_are_those_of_a_second_count() -> None:
    table = share.years_table(subject_of("FMF", 2020))
    shown = {int(row["fiscal_year"]): row for row in rows_of(table.csv)}
    expected = query(
        """with sums as (select fiscal_year, program, sum(quantity) as people, sum(cost_usd) as dollars from trainings
             where program != 'UNREAD' group by all),
           ranked as (select *, rank() over (partition by fiscal_year order by people desc) as place,
             count(*) over (partition by fiscal_year) as listed,
             rank() over (partition by fiscal_year order by dollars desc nulls last) as by_dollars,
             count(dollars) over (partition by fiscal_year) as priced from sums)
           select fiscal_year, place, listed, by_dollars, priced from ranked where program = 'FMF'"""
    )
    columns = ("rank", "ranked", "cost_rank", "cost_ranked")
    assert {year: tuple(int(row[name]) for name in columns) for year, row in shown.items()} == {
        year: values for year, *rest in expected for values in [tuple(rest)]
    }


def test_the_data_set_holds_every_activity_of_a_small_program_and_the_year_of_a_large_one() -> None:
    for code, year, sql in (
        ("CTEF", 2020, "select count(*), sum(quantity), sum(cost_usd) from trainings where program = 'CTEF'"),
        (
            "IMET",
            2020,
            "select count(*), sum(quantity), sum(cost_usd) from trainings where program = 'IMET' and fiscal_year = 2020",
        ),
        (
            "SEC506",
            2016,
            "select count(*), sum(quantity), sum(cost_usd) from trainings where program = 'SEC506'",
        ),
    ):
        table = rows.activities(subject_of(code, year))
        [(activities, people, dollars)] = query(sql)
        at = {column.name: i for i, column in enumerate(table.columns)}
        count = sum(row[at["activities"]] for row in table.rows) if "activities" in at else len(table.rows)
        assert count == activities == len(rows_of(table.csv))
        assert sum(row[at["quantity"]] for row in table.rows) == people
        assert sum(row[at["cost_usd"]] or 0 for row in table.rows) == dollars
        assert table.pdf_rows and len(table.rows) <= activities


def test_the_program_of_another_name_is_refused_with_the_known_ones() -> None:
    with pytest.raises(RequestError, match="IMET"):
        overview.open_program("IMETT", 2020)
    with pytest.raises(RequestError, match="2019"):
        overview.open_program("CAMRI", 2020)


def test_every_program_has_law_account_and_text() -> None:
    programs = set(store.load_programs()["code"]) - {"UNREAD"}
    assert set(store.load_program_accounts()["program"]) == programs
    assert set(store.load_program_texts()["program"]) == programs
    known = set(store.load_aid_accounts()["code"].dropna())
    accounts = store.load_program_accounts()
    assert set(accounts["account_code"].dropna()) <= known
    assert (accounts["account_code"].isna() == (accounts["relation"] == "none")).all()


def test_what_is_not_verified_is_marked_in_profile_and_guide(survey: GuideSubject) -> None:
    assert "**not verified**" in dict(record.what_it_is(subject_of("CAMRI", 2019)).items)["Legal authority"]
    assert "not verified" not in dict(record.what_it_is(subject_of("IMET", 2020)).items)["Legal authority"]
    table = tables.authorities(survey)
    shown = {row[0]: row for row, role in zip(table.rows, table.roles, strict=True) if role == ""}
    for row in store.load_programs().query("code != 'UNREAD'").itertuples():
        assert (shown[row.label][2] == "not verified") == (row.authority_verified == "not verified"), row.code
        if row.start_verified == "not verified" and isinstance(row.start, str):
            assert shown[row.label][3].endswith("(not verified)")


def test_the_guide_has_every_program_and_every_law_once(survey: GuideSubject) -> None:
    labels = sorted(store.load_programs().query("code != 'UNREAD'")["label"])
    for make in (tables.newest_figures, tables.authorities, tables.money_flow, tables.lineage):
        table = make(survey)
        assert sorted(r[0] for r, role in zip(table.rows, table.roles, strict=True) if role == "") == labels
    assert len(tables.others(survey).rows) - tables.others(survey).roles.count("group") == len(
        store.load_guide_programs()
    )
    assert [name for name, _ in laws.laws().items] == list(store.load_laws()["law"])
    facts = guide.key_facts(survey).facts
    assert int(facts[0].value) == len(labels)


def test_the_newest_figures_of_the_guide_are_those_of_the_last_year_that_lists_a_program(
    survey: GuideSubject,
) -> None:
    table = tables.newest_figures(survey)
    labels = store.load_programs().set_index("label")["code"]
    links = dict(table.links)["label"]
    expected = {
        code: row
        for code, *row in query(
            "with last as (select program, max(fiscal_year) y from trainings group by 1) select t.program, sum(quantity), "
            "count(distinct case when quantity > 0 then recipient end), sum(cost_usd) from trainings t join last on "
            "t.program = last.program and t.fiscal_year = last.y group by 1"
        )
    }
    for row, role, link in zip(table.rows, table.roles, links, strict=True):
        if role == "":
            assert list(row[3:]) == expected[labels[row[0]]]
            assert link == f"program/{labels[row[0]]}"


def test_a_profile_and_the_guide_are_built_and_read_back(tmp_path: Path) -> None:
    make_report("program", {"program": "CTEF"}, out_dir=tmp_path, formats=("html", "pdf"))
    make_report("program-guide", {}, out_dir=tmp_path, formats=("html", "pdf"))
    assert findings_elsewhere(tmp_path / "program" / "CTEF.pdf") == []
    [(people, dollars)] = query("select sum(quantity), sum(cost_usd) from trainings where program = 'CTEF'")
    for name, expected in (
        (
            "program/CTEF",
            ["Counter-ISIS Train and Equip Fund (CTEF)", str(people), f"{dollars:,}", "(not verified)"],
        ),
        ("program-guide", ["Leahy law, Department of Defense", "22 U.S.C. 2347", "not verified", "CAMRI"]),
    ):
        html = (tmp_path / f"{name}.html").read_text(encoding="utf-8")
        printed = pdf_text(tmp_path / f"{name}.pdf")
        text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html))
        for each in expected:
            assert each in printed, (name, each)
            assert each in text, (name, each)
    order = [
        "Findings", "At a glance", "What the program is", "Military and economic aid", "Trainees", "Arms sales of its main recipients",
        "Analysis", "Full data set", "Data and method",
    ]  # fmt: skip
    heads = re.findall(r"<h2[^>]*>(.*?)</h2>", (tmp_path / "program/CTEF.html").read_text(encoding="utf-8"))
    plain = [re.sub(r"<[^>]+>", "", head).strip() for head in heads]
    assert [head for head in plain if head in order] == order
