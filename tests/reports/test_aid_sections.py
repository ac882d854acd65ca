"""The sections on aid, IMET, arms and training beside aid: their numbers, their scopes, and what is absent."""

from __future__ import annotations

import re
from itertools import compress
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from milaid import paths
from milaid.analysis import aid as analysis
from milaid.blocks.block import Exhibit, Prose, csv_rows
from milaid.exhibits import scope
from milaid.exhibits.aid import accounts, greenbook, imet, imet_recipients, military_economic, ratio, terms
from milaid.exhibits.aid import beside_training as beside_aid
from milaid.exhibits.aid import recipients as aid_recipients
from milaid.exhibits.country import overview as country_overview
from milaid.exhibits.subject import Subject, open_subject
from milaid.exhibits.training import method
from milaid.tables import schemas_aid, store
from milaid.tables.schema import conform
from report_reading import rows_of, sections_of
from small_project import small_project

SECTIONS = ("Military and economic aid", "IMET", "Arms sales", "Training beside aid")
SCOPES = {
    "world": (scope.EVERYTHING, "true", "true"),
    "africa": (scope.region("africa"), "region_harmonised = 'Africa'", "region_harmonised = 'Africa'"),
    "CMR": (scope.recipient("CMR"), "recipient_harmonised = 'Cameroon'", "recipient = 'Cameroon'"),
}


def query(sql: str) -> list[tuple]:
    aid = f"'{paths.data_dir() / 'aid.parquet'}'"
    trainings = f"read_parquet('{paths.trainings_dir()}/fy*.parquet')"
    return duckdb.sql(sql.format(aid=aid, trainings=trainings)).fetchall()


def rows(block) -> list[dict[str, str]]:
    return rows_of(block.csv)


def shown(subject: Subject, *sections: str) -> tuple[dict[str, Prose], dict[str, Exhibit]]:
    """Return what sections of the annual report show of a subject, leads and exhibits by what their cells call."""
    found = sections_of("annual_trends.ipynb", sections or SECTIONS, subject)
    leads = {call: block for call, block in found.items() if call.endswith(".lead")}
    # A table that a user adds has no section until it is there.
    assert leads.pop("notifications.lead", None) is None
    assert leads and all(isinstance(block, Prose) for block in leads.values())
    rest = {call: block for call, block in found.items() if block is not None and call not in leads}
    assert all(isinstance(block, Exhibit) for block in rest.values())
    return leads, rest


@pytest.mark.parametrize("name", SCOPES)
def test_the_long_series_is_that_of_the_greenbook_and_no_year_of_it_is_lost(name, texts_alone) -> None:
    about, where, _ = SCOPES[name]
    figure = military_economic.long_series(open_subject(2014, scope=about))
    found = {}
    for row in rows(figure):
        assert row["publisher"] == "Greenbook" and row["base_fiscal_year"] == "2020"
        for category in ("military", "economic"):
            amounts = (int(row[f"{category}_usd"]), int(row[f"{category}_usd_constant"]))
            found[int(row["fiscal_year"]), category.capitalize()] = amounts
    sums = query(
        "select fiscal_year, category, sum(obligations_usd)::bigint, sum(obligations_usd_constant)::bigint "
        f"from {{aid}} where period = 'year' and {where} group by all"
    )
    expected = {(year, category): (now, constant) for year, category, now, constant in sums}
    assert {key: value for key, value in found.items() if key in expected or any(value)} == expected
    years = sorted({year for year, _ in found})
    assert years == list(range(min(year for year, _ in expected), 2021))
    for words in ("July to September 1976", "price index of the Greenbook", "FY2020 dollars"):
        assert words in figure.note + figure.subtitle
    assert about.subtitle in figure.subtitle


@pytest.mark.parametrize("year", [2001, 2014, 2020])
def test_recipients_and_regions_of_a_year_add_up_to_its_aid(year, texts_alone) -> None:
    subject = open_subject(year)
    [(military, economic)] = query(
        "select sum(obligations_usd) filter (category = 'Military')::bigint, "
        "sum(obligations_usd) filter (category = 'Economic')::bigint "
        f"from {{aid}} where period = 'year' and fiscal_year = {year}"
    )
    for table in (aid_recipients.recipients_table(subject), ratio.ratio_table(subject)):
        listed = rows(table)
        assert sum(int(row["military_usd"]) for row in listed) == military
        assert sum(int(row["economic_usd"]) for row in listed) == economic
        assert table.rows[-1][1 if len(table.columns) > 5 else 0] == "All recipients"
    assert ratio.ratio_table(subject).rows[-1][3] == pytest.approx(100 * military / economic)
    largest = query(
        "select recipient_harmonised, sum(obligations_usd)::bigint from {aid} where period = 'year' and "
        f"category = 'Military' and fiscal_year = {year} and recipient_kind in ('country', 'territory', 'former state') "
        "group by 1 order by 2 desc, 1 limit 10"
    )
    shown = rows(aid_recipients.top_recipients(subject))
    assert [(row["recipient"], int(row["military_usd"])) for row in shown] == largest
    before = dict(
        query(
            "select recipient_harmonised, sum(obligations_usd)::bigint from {aid} where period = 'year' and "
            f"category = 'Military' and fiscal_year = {year - 1} group by 1"
        )
    )
    assert [int(row["previous_usd"]) for row in shown] == [before.get(row["recipient"], 0) for row in shown]


@pytest.mark.parametrize("name", SCOPES)
def test_accounts_add_up_to_the_military_aid_of_every_year(name, texts_alone) -> None:
    about, where, _ = SCOPES[name]
    subject = open_subject(2018, scope=about)
    sums = dict(
        query(
            "select fiscal_year, sum(obligations_usd)::bigint from {aid} "
            f"where period = 'year' and category = 'Military' and {where} group by 1"
        )
    )
    stacked: dict[int, int] = {}
    for row in rows(accounts.accounts_years(subject)):
        stacked[int(row["fiscal_year"])] = stacked.get(int(row["fiscal_year"]), 0) + int(
            row["obligations_usd"]
        )
    assert stacked == {year: sums.get(year, 0) for year in range(2008, 2021)}
    listed = rows(accounts.accounts_table(subject))
    assert sum(int(row["obligations_usd"]) for row in listed) == sums[2018]
    assert sum(int(row["previous_usd"]) for row in listed) == sums[2017]


@pytest.mark.parametrize("name", SCOPES)
def test_imet_dollars_and_participants_stand_in_the_same_year(name, texts_alone) -> None:
    about, of_aid, of_trainings = SCOPES[name]
    subject = open_subject(2014, scope=about)
    dollars = dict(
        query(
            "select fiscal_year, sum(obligations_usd)::bigint from {aid} "
            f"where period = 'year' and account_code = 'IMET' and {of_aid} group by 1"
        )
    )
    people = dict(
        query(
            "select fiscal_year, sum(quantity)::bigint from {trainings} "
            f"where status = 'actual' and program = 'IMET' and {of_trainings} group by 1"
        )
    )
    listed = rows(imet.dollars_and_participants(subject))
    assert {int(row["fiscal_year"]): int(row["obligations_usd"]) for row in listed} == {
        year: dollars.get(year, 0) for year in store.available_years()
    }
    assert {int(row["fiscal_year"]): int(row["participants"]) for row in listed} == {
        year: people.get(year, 0) for year in store.available_years()
    }
    table = imet.years_table(subject)
    assert "constant FY2014 dollars (GDP deflator)" in table.subtitle
    [same] = [row for row in rows(table) if row["fiscal_year"] == "2014"]
    assert same["obligations_usd"] == same["obligations_usd_constant"] == str(dollars[2014])


def test_imet_recipients_are_counted_and_add_up(texts_alone) -> None:
    subject = open_subject(2014)
    listed = rows(imet_recipients.recipients_table(subject))
    [(dollars, people, funded, trained)] = query(
        "select (select sum(obligations_usd)::bigint from {aid} where account_code = 'IMET' and fiscal_year = 2014), "
        "(select sum(quantity)::bigint from {trainings} where status = 'actual' and program = 'IMET' and "
        "fiscal_year = 2014), (select count(*) from (select recipient_harmonised from {aid} where "
        "account_code = 'IMET' and fiscal_year = 2014 and recipient_kind in ('country', 'territory', 'former state') "
        "group by 1 having sum(obligations_usd) > 0)), (select count(distinct recipient) from {trainings} where "
        "status = 'actual' and program = 'IMET' and fiscal_year = 2014 and quantity > 0)"
    )
    assert sum(int(row["obligations_usd"]) for row in listed) == dollars
    assert sum(int(row["participants"] or 0) for row in listed) == people
    [counted] = [row for row in rows(imet_recipients.counts(subject)) if row["fiscal_year"] == "2014"]
    assert (int(counted["recipients_trained"]), int(counted["recipients_obligations"])) == (trained, funded)


def test_a_region_has_rankings_of_its_own_and_a_recipient_has_none(texts_alone) -> None:
    (_, of_all), (of_region_leads, of_region), (of_one_leads, of_one) = (
        shown(open_subject(2014, scope=about)) for about, _, _ in SCOPES.values()
    )
    ranked = {call for call, exhibit in of_all.items() if _on_recipients(exhibit)}
    assert len(ranked) >= 10 and ranked <= set(of_region)
    assert not [call for call, exhibit in of_one.items() if _on_recipients(exhibit)]
    assert "ratio.ratio_table" in set(of_all) - set(of_region) - set(of_one), "the regions side by side"
    for exhibits, name in ((of_region, "Africa"), (of_one, "Cameroon")):
        assert not [call for call, exhibit in exhibits.items() if name not in exhibit.subtitle]
        assert {
            "military_economic.long_series", "ratio.ratio_years", "accounts.accounts_years",
            "accounts.accounts_table", "imet.dollars_and_participants", "imet.years_table",
        } <= set(exhibits)  # fmt: skip
    of_cameroon = of_one_leads["military_economic.lead"].text
    assert (
        "military aid to Cameroon was" in of_cameroon
        and "military aid in fiscal year 2014 was" in of_cameroon
    )
    assert "Africa" in of_region_leads["beside_aid.lead"].text


def _on_recipients(exhibit: Exhibit) -> bool:
    """Return whether an exhibit lists or counts recipients."""
    return any(name.startswith("recipient") for name in csv_rows(exhibit.csv)[0])


def values_of(exhibit: Exhibit) -> list[list[str]]:
    """Return the file of an exhibit without its columns of flags."""
    head, *rows = csv_rows(exhibit.csv)
    kept = [not name.endswith("_flag") for name in head]
    return [list(compress(row, kept)) for row in (head, *rows)]


def test_for_a_program_only_imet_has_something_to_show(texts_alone) -> None:
    world, subject, other = (
        open_subject(2014, scope=about)
        for about in (scope.EVERYTHING, scope.program("IMET"), scope.program("FMF"))
    )
    of_imet = shown(subject, "IMET")[1]
    assert len(of_imet) >= 4
    of_world = shown(world, "IMET")[1]
    # What is known of the years (letters beside values) may differ between the program and the world.
    assert {call: values_of(exhibit) for call, exhibit in of_imet.items()} == {
        call: values_of(exhibit) for call, exhibit in of_world.items()
    }
    assert shown(subject, *(section for section in SECTIONS if section != "IMET"))[1] == {}
    leads, exhibits = shown(other)
    assert exhibits == {} and leads["imet.lead"].text.count(".") == 1


@pytest.mark.parametrize(
    ("code", "year", "make", "said"),
    [
        ("KEN", 2019, accounts.accounts_years, "Below zero and not drawn: Other military in FY2019 (−$768,865)."),
        ("MAR", 2014, military_economic.long_series, "Below zero and not drawn: Economic aid in FY2014 (−$13.7 million)."),
        ("MAR", 2014, ratio.ratio_years, "The line stops at a year in which it is not computed."),
    ],
)  # fmt: skip
def test_what_is_below_zero_is_named_and_not_drawn(code, year, make, said) -> None:
    figure = make(open_subject(year, scope=scope.recipient(code)))
    assert said in figure.note
    assert "-" in figure.csv, "it stays in the file"


def test_a_ratio_or_share_with_a_negative_part_is_not_computed() -> None:
    morocco = open_subject(2014, scope=scope.recipient("MAR"))
    assert "For each $100" not in military_economic.lead(morocco).text
    assert "not computed for FY2014" in ratio.ratio_years(morocco).title
    table = rows(aid_recipients.recipients_table(open_subject(2014)))
    assert [row["share_military"] for row in table if row["recipient"] == "Morocco"] == [""]
    assert "Morocco" in aid_recipients.recipients_table(open_subject(2014)).note


def test_a_year_in_which_all_was_taken_back_has_no_share_and_no_bar() -> None:
    subject = open_subject(2014, scope=scope.recipient("CMR"))
    aid = subject.aid
    negative = aid.assign(obligations_usd=-aid["obligations_usd"].abs())
    subject.__dict__["aid"] = negative.assign(obligations_usd_constant=negative["obligations_usd"])
    assert "−$2.9 million" in military_economic.lead(subject).text
    assert "%" not in military_economic.lead(subject).text, "no percent of a sum below zero"
    assert ratio.ratio_years(subject) is None
    assert all(row["share"] == "" for row in rows(accounts.accounts_table(subject)))


def test_recipients_without_aid_are_told_so_in_one_line() -> None:
    subject = open_subject(2014, scope=scope.recipient("CMR"))
    subject.__dict__["aid"] = subject.aid.iloc[:0]
    for lead in (military_economic.lead, beside_aid.lead):
        assert "no line of aid to Cameroon in FY1946 to FY2020" in lead(subject).text
    text = imet.lead(subject).text
    assert "no line of aid to Cameroon for FY2014" in text and "4 participants" in text, "without dollars"
    assert shown(subject, "Military and economic aid")[1] == {}


def test_a_year_without_a_line_of_a_recipient_has_no_amount_which_is_not_zero() -> None:
    australia = open_subject(2002, scope=scope.recipient("AUS"))
    assert not (australia.aid["fiscal_year"] == 2002).any(), "the Greenbook does not list it"
    assert "no line of aid to Australia for FY2002" in military_economic.lead(australia).text
    assert military_economic.long_series(australia) is None and accounts.accounts_table(australia) is None
    amounts = analysis.year_totals(australia.aid, analysis.covered_years(store.load_aid())).set_index(
        "fiscal_year"
    )
    assert pd.isna(amounts.at[2002, "military_usd"]) and len(amounts) == 75
    facts = {fact.label: fact for fact in country_overview.key_facts(australia).facts}
    assert facts["military aid, obligations"].value == "–"


def test_a_year_after_the_greenbook_is_told_so_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    before, sales, articles = store.load_aid(), store.load_arms_sales(), store.load_excess_defense_articles()
    monkeypatch.setattr(store, "load_aid", lambda: before[before["fiscal_year"] < 2020])
    monkeypatch.setattr(greenbook, "covered", lambda: analysis.covered_years(store.load_aid()))
    monkeypatch.setattr(store, "load_arms_sales", lambda: sales[sales["fiscal_year"].fillna(1) != 2020])
    monkeypatch.setattr(
        store, "load_excess_defense_articles", lambda: articles[articles["fiscal_year"] < 2020]
    )
    subject = open_subject(2020)
    leads, exhibits = shown(subject)
    for call, lead in leads.items():
        assert "FY2020" in lead.text and lead.text.count("\n") == 0, call
    assert "covers FY1946 to FY2019: there is no aid of FY2020" in leads["imet.lead"].text
    assert exhibits == {}


def test_later_years_of_another_publisher_stand_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    def row(year, category, amount, partial=False, kind="Obligations", period="year"):
        return {"fiscal_year": year, "period": period, "partial": partial, "country": "Kenya", "category": category,
                "region": "Africa", "region_harmonised": "Africa", "recipient_harmonised": "Kenya",
                "transaction_type": kind, "transactions": 1, "without_amount": 0, "amount_usd": amount}  # fmt: skip

    schema = schemas_aid.FOREIGNASSISTANCE
    listed = [
        row(2020, "Military", 1e9), row(2021, "Military", 2e9), row(2021, "Military", 5e8),
        row(2021, "Economic", 9e9), row(2021, "Military", 7e9, kind="Disbursements"), row(2022, "Military", 3e9),
        row(2023, "Military", 4e9, partial=True),
    ]  # fmt: skip
    frame = conform(pd.DataFrame(listed, columns=list(schema.columns)), schema)
    monkeypatch.setattr(store, "load_foreignassistance", lambda: frame)
    figure = military_economic.long_series(open_subject(2014))
    later = [row for row in rows(figure) if row["publisher"] == "ForeignAssistance.gov"]
    assert [(row["fiscal_year"], row["military_usd"], row["economic_usd"]) for row in later] == [
        ("2021", "2500000000", "9000000000"),
        ("2022", "3000000000", "0"),
    ]
    deflator = store.load_deflator().set_index("fiscal_year")["gdp_deflator"]
    assert int(later[0]["military_usd_constant"]) == round(2.5e9 * deflator[2020] / deflator[2021])
    assert "stand apart" in figure.note and "constant FY2020 dollars (GDP deflator)" in figure.note
    assert any("ForeignAssistance.gov" in source.text for source in figure.sources)
    labels = re.sub(r"<[^>]*>", "", figure.wide)
    assert labels.count("ForeignAssistance.gov") == 2, "military and economic aid, each named"
    assert "ForeignAssistance.gov" in figure.narrow
    assert (
        "ForeignAssistance"
        not in military_economic.long_series(open_subject(2014, scope=SCOPES["CMR"][0])).csv
    )


def test_the_glossary_explains_what_the_sections_name() -> None:
    subject = open_subject(2003)
    explained = dict(method.glossary(subject).items)
    assert set(explained) >= terms.PROGRAMS
    assert {"FMS", "EDA", "Greenbook"} <= set(explained)
    assert "Greenbook" in dict(method.definitions(subject).items)["Dollars"]


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of three documents, with nothing on aid, arms or population."""
    root = tmp_path_factory.mktemp("bare")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MILAID_ROOT", str(root))
        patch.delenv("MILAID_SOURCES", raising=False)
        small_project(root).build()
    return root


@pytest.mark.parametrize(
    "about", [None, ("region", "africa"), ("recipient", "AGO"), ("program", "IMET")], ids=str
)
def test_a_project_without_these_files_says_one_line_in_each_section(
    bare: Path, about: tuple[str, str] | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MILAID_ROOT", str(bare))
    chosen = getattr(scope, about[0])(about[1]) if about else scope.EVERYTHING
    subject = open_subject(2014, scope=chosen)
    leads, exhibits = shown(subject)
    for call, lead in leads.items():
        assert "\n" not in lead.text and lead.text.count(".") == 1, call
        if chosen.kind != scope.PROGRAM:
            assert lead.text.startswith("This project has no table of"), call
    assert exhibits == {}
    assert terms.glossary(subject) == [] and terms.programs(subject) == frozenset()


def test_imet_participants_are_missing_in_a_year_that_lists_nothing_of_the_recipient() -> None:
    eritrea = open_subject(2005, scope=scope.recipient("ERI"))
    people = {row["fiscal_year"]: row["participants"] for row in rows(imet.dollars_and_participants(eritrea))}
    assert people["2005"] == "122" and people["2004"] == "0", "listed, and none under IMET"
    assert people["2006"] == people["2020"] == "", "not listed"
