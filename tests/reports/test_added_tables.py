"""What reports show of tables that a user added: aid after the Greenbook, a year of aid alone, offers told to Congress."""

from __future__ import annotations

import json
import shutil
from datetime import date

import duckdb
import pandas as pd
import pytest

import milaid as m
from arms_notices import RADIOS, TRAINING, enhancement, notice, offer, write
from milaid import flags, paths
from milaid.blocks.block import csv_rows
from milaid.errors import DataError, RequestError
from milaid.exhibits import scope
from milaid.exhibits.aid import later, military_economic, year_alone
from milaid.exhibits.arms import notifications
from milaid.exhibits.subject import open_subject
from milaid.publish.export import request as export_request
from milaid.publish.export.make import make_export
from milaid.publish.registry.checking import check
from milaid.publish.report import make_report
from milaid.tables import added_years, schemas_aid, store
from milaid.tables.build.added import put_frame
from milaid.tables.build.notifications import add_notifications
from milaid.tables.schema import conform
from report_reading import faults_of, rows_of

pytestmark = pytest.mark.usefixtures("forked_kernels")

ROOT = paths.suite_root()
AID = [
    # year, country, recipient, region, category, basis, account, amount, partial
    (2020, "Kenya", "Kenya", "Africa", "Military", "account", "IMET", 1_000_000, False),
    (2021, "Kenya", "Kenya", "Africa", "Military", "account", "IMET", 2_000_000, False),
    (2022, "Kenya", "Kenya", "Africa", "Military", "account", "IMET", 3_000_000, False),
    (2022, "Kenya", "Kenya", "Africa", "Economic", "account", "ESF", 9_000_000, False),
    (2023, "Kenya", "Kenya", "Africa", "Military", "account", "IMET", 4_000_000, False),
    (2023, "Kenya", "Kenya", "Africa", None, "either", "OMDW", 500_000, False),
    (2023, "Ukraine", "Ukraine", "Europe and Eurasia", "Military", "account", "FMF", 7_000_000, False),
    (2023, "Atlantis", None, None, "Military", "account", "FMF", 8_000_000, False),
    (2024, "Kenya", "Kenya", "Africa", "Military", "account", "IMET", 10, True),
]


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """A copy of the project's tables and notebooks with both tables added."""
    folder = tmp_path_factory.mktemp("added")
    shutil.copytree(ROOT / "notebooks", folder / "notebooks")
    shutil.copytree(
        ROOT / "data", folder / "data", ignore=shutil.ignore_patterns("official", "foreignassistance.parquet")
    )
    (folder / "reports").mkdir()
    shutil.copy(ROOT / "reports/plan.yml", folder / "reports/plan.yml")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("MILAID_ROOT", str(folder))
        schema = schemas_aid.FOREIGNASSISTANCE
        listed = [
            dict.fromkeys(schema.columns)
            | {
                "fiscal_year": year, "period": "year", "partial": partial, "country": country, "iso3": {"Kenya": "KEN", "Ukraine": "UKR"}.get(country),
                "recipient_harmonised": recipient, "region_harmonised": region, "category": category, "category_basis": basis,
                "account": account, "account_code": account, "agency": "State", "transaction_type": "Obligations",
                "transactions": 1, "without_amount": 0, "amount_usd": amount,
            }
            for year, country, recipient, region, category, basis, account, amount, partial in AID
        ]  # fmt: skip
        put_frame(conform(pd.DataFrame(listed, columns=list(schema.columns)), schema), schema)
        texts = [
            ("2014-00001.txt", notice(offer(purchaser="Kenya", equipment=TRAINING), document="2014-00001")),
            (
                "2014-00002.txt",
                notice(
                    offer("14-01", "Kenya", "$1 million", "$2 million", "$3 million", RADIOS, "3 March 2014"),
                    document="2014-00002",
                    numbers="Transmittal No. 14-01",
                ),
            ),
            (
                "2014-00003.txt",
                notice(
                    offer("14-02", "NATO", equipment="boats, spares", delivered="4 March 2014"),
                    document="2014-00003",
                    numbers="Transmittal No. 14-02",
                ),
            ),
            (
                "2017-00007.txt",
                notice(
                    enhancement().replace("Government of Libya", "Kenya"),
                    document="2017-00007",
                    numbers="Transmittal No. 17-0A",
                ),
            ),
        ]
        add_notifications(write(folder / "notices", texts), today=date(2026, 1, 15))
    return folder


@pytest.fixture
def added(root, monkeypatch):
    monkeypatch.setenv("MILAID_ROOT", str(root))
    monkeypatch.chdir(root)
    return root


def test_later_years_are_a_series_of_their_own_and_the_newest_are_provisional(added):
    table = later.later_years(open_subject(2014))
    found = [
        (
            row["fiscal_year"],
            row["military_usd"],
            row["economic_usd"],
            row["apart_usd"],
            row["military_usd_flag"],
        )
        for row in rows_of(table.csv)
    ]
    assert found == [
        ("2021", "2000000", "0", "0", ""),
        ("2022", "3000000", "9000000", "0", ""),
        ("2023", "19000000", "0", "500000", "p"),
        ("2024", "10", "0", "0", "p"),
    ]
    assert (
        table.title
        == "ForeignAssistance.gov, FY2021–FY2023: $24.0 million military, $9.0 million economic, $500,000 of either kind or not known"
    )
    assert "never joined to the Greenbook" in table.note and "p provisional: " in table.note
    assert "the year was not over in the file (FY2024)" in table.note
    assert dict(table.flags)["military_usd"] == ("", "", "p", "p")
    figure = military_economic.long_series(open_subject(2014))
    assert "Provisional: FY2023." in figure.note
    assert "2024" not in {row["fiscal_year"] for row in rows_of(figure.csv)}


def test_a_table_of_later_years_is_made_of_the_years_asked_for(added):
    subject = open_subject(2014)
    frame = later.years(subject, 2021)
    assert frame["fiscal_year"].tolist() == [2022, 2023, 2024]
    assert rows_of(later.table_of(subject, frame).csv)[0]["fiscal_year"] == "2022"
    letters = later.flags_of(frame).of
    assert later.by_account()
    assert set(letters("military_usd", {"fiscal_year": 2024})) == {flags.PROVISIONAL}


def test_later_years_of_a_recipient_and_a_region_are_theirs(added):
    for about in (scope.recipient("KEN"), scope.region("africa")):
        found = rows_of(later.later_years(open_subject(2014, scope=about)).csv)
        assert [row["military_usd"] for row in found] == ["2000000", "3000000", "4000000", "10"]
    assert later.later_years(open_subject(2014, scope=scope.recipient("MLI"))) is None
    assert later.later_years(open_subject(2014, scope=scope.program("IMET"))) is None


def test_without_added_tables_there_is_nothing_of_them():
    if added_years.aid_alone() or not store.load_arms_notifications().empty:
        pytest.skip("this checkout has added tables")
    subject = open_subject(2014)
    assert later.later_years(subject) is None
    assert notifications.lead(subject) is None and notifications.offers_table(subject) is None
    assert notifications.offers_years(subject) is None
    with pytest.raises(RequestError, match="milaid data add-aid adds one"):
        year_alone.open_year(2023)


def test_a_year_of_aid_alone_is_refused_without_its_table_and_allowed_with_it(added, monkeypatch, tmp_path):
    request = check("annual", {"fiscal_year": "FY2023"})
    assert (request.values["fiscal_year"], request.report.notebook_path.name) == (2023, "annual_aid.ipynb")
    assert check("annual", {"fiscal_year": 2014}).report.notebook_path.name == "annual_trends.ipynb"
    assert check("annual", {}).values["fiscal_year"] == 2020
    for kind, given in (("country", {"country": "KEN"}), ("region", {"region": "africa"})):
        with pytest.raises(RequestError, match="2023 is not allowed"):
            check(kind, {**given, "fiscal_year": 2023})
    with pytest.raises(RequestError, match="allowed: 1999 to 2024"):
        check("annual", {"fiscal_year": 2025})
    monkeypatch.setattr(added_years, "PLACE", "nothing.parquet")
    with pytest.raises(
        RequestError, match=r"2023 is not allowed; allowed: 1999 to 2020; .*add-aid --download"
    ):
        check("annual", {"fiscal_year": 2023})
    with pytest.raises(RequestError) as error:
        check("annual", {"fiscal_year": 1950})
    assert "add-aid" not in str(error.value)


def test_a_table_of_aid_that_is_damaged_is_told_by_its_file(added, monkeypatch):
    (added / "data" / "broken.parquet").write_bytes(b"PAR1")
    monkeypatch.setattr(added_years, "PLACE", "broken.parquet")
    with pytest.raises(DataError, match=r"broken.parquet: cannot be read as the table of aid"):
        check("annual", {"fiscal_year": 2023})
    (added / "data" / "broken.parquet").unlink()


def test_the_report_of_a_year_of_aid_alone_says_what_is_missing(added):
    subject = year_alone.open_year(2023)
    assert "no participants, courses" in year_alone.missing(subject).text
    assert (
        "that of FY2020" in year_alone.missing(subject).text
        and "FY2023 is provisional (p)" in year_alone.missing(subject).text
    )
    facts = {fact.label: (fact.value, fact.comparison) for fact in year_alone.key_facts(subject).facts}
    assert facts["military aid"] == ("$19.0 million", "$3.0 million in FY2022")
    assert facts["of either kind, or not known"][0] == "$500,000"
    assert facts["countries and territories with military aid"] == ("2", "of 2 with any aid")
    table = rows_of(year_alone.recipients_table(subject).csv)
    assert [(row["rank"], row["recipient"], row["military_usd"]) for row in table] == [
        ("1", "Ukraine", "7000000"), ("2", "Kenya", "4000000"), ("", "Atlantis", "8000000"),
    ]  # fmt: skip
    kinds = {
        row["account"]: (row["kind"], row["basis"]) for row in rows_of(year_alone.accounts_table(subject).csv)
    }
    assert kinds == {
        "FMF": ("Military", "follows from the account"),
        "IMET": ("Military", "follows from the account"),
        "OMDW": ("either or not known", "the account pays for both"),
    }
    assert "Ukraine had most military aid, $7.0 million" in year_alone.lead(subject).text
    series = rows_of(year_alone.series(subject).csv)
    assert [row["fiscal_year"] for row in series] == ["2020", "2021", "2022", "2023"]
    assert year_alone.series(year_alone.open_year(2024)) is None, "a year that was not over is in no line"


def test_a_report_of_a_year_of_aid_alone_is_built(added, tmp_path):
    made = make_report("annual", {"fiscal_year": 2023}, ("html",), tmp_path)
    page = next(path for path in made if path.suffix == ".html").read_text(encoding="utf-8")
    for words in (
        "US military and economic aid in fiscal year 2023",
        "What is missing.",
        "Military aid in FY2020 dollars: most in FY2023, $",
    ):
        assert words in page
    about = json.loads((tmp_path / "annual/2023.ipynb").read_text(encoding="utf-8"))["metadata"]["milaid"]
    assert about["report"] == "annual"


def test_offers_of_the_year_and_of_a_recipient_are_told_with_training_named(added):
    lead = notifications.lead(open_subject(2014)).text
    assert (
        "In fiscal year 2014, 3 offers of arms sales were told to Congress, up to $1.2 billion in all" in lead
    )
    assert "2 of them name training" in lead and "no agreement and no delivery" in lead
    table = notifications.offers_table(open_subject(2014))
    assert [(row["transmittal"], row["training"]) for row in rows_of(table.csv)] == [
        ("14-02", "not named"), ("14-01", "named"), ("13-99", "first named"),
    ]  # fmt: skip
    assert dict(table.links)["transmittal"][2] == "https://www.federalregister.gov/d/2014-00001"
    kenya = open_subject(2014, scope=scope.recipient("KEN"))
    assert (
        "From FY2014 to FY2017, 2 offers of arms sales for Kenya were told" in notifications.lead(kenya).text
    )
    shown = notifications.offers_table(kenya)
    assert [row["kind"] + (row["refers_to"] and f" of {row['refers_to']}") for row in rows_of(shown.csv)] == [
        "enhancement of 13-99", "offer", "offer",
    ]  # fmt: skip
    assert "up to $603.0 million; training is named in 2" in shown.title
    mali = open_subject(2014, scope=scope.recipient("MLI"))
    assert "there is no offer of an arms sale for Mali" in notifications.lead(mali).text
    assert notifications.offers_table(mali) is None


def test_offers_are_in_no_number_of_agreements(added):
    from milaid.exhibits.arms import agreements

    subject = open_subject(2020)
    before = agreements.lead(subject).text
    assert before == agreements.lead(open_subject(2020)).text
    assert "told" not in agreements.agreements_table(subject).csv
    sales = store.load_arms_sales()
    assert set(sales.columns).isdisjoint({"transmittal", "total_value_usd"})
    total = duckdb.sql(
        f"SELECT sum(total_agreements_usd) FROM '{added}/data/arms_sales.parquet' WHERE fiscal_year = 2020"
    ).fetchall()[0][0]
    rows = csv_rows(agreements.agreements_table(subject).csv)
    column = rows[0].index("total_agreements_usd")
    assert sum(int(row[column]) for row in rows[1:]) == total


@pytest.mark.parametrize(
    "ask",
    [
        lambda: m.aid(publisher="ForeignAssistance.gov", by=["fiscal_year", "category", "category_basis"]),
        lambda: m.aid("Kenya", years=range(2021, 2024), publisher="ForeignAssistance.gov", by="account"),
        lambda: m.aid("Kenya", publisher="ForeignAssistance.gov"),
        lambda: m.arms("Kenya", kind="notifications"),
        lambda: m.arms(kind="notifications", years=2014),
    ],
)
def test_the_front_door_gives_what_its_query_gives(added, ask):
    frame = ask()
    found = duckdb.sql(frame.attrs["query"]).df()
    assert len(frame) and list(found.columns) == list(frame.columns)
    for name in frame:
        ours, theirs = (sorted(map(as_text, part[name])) for part in (frame, found))
        assert ours == theirs, name


def as_text(value) -> str:
    """Return a cell in words that do not depend on the type in which a frame holds it."""
    if pd.isna(value):
        return ""
    if isinstance(value, pd.Timestamp | date):
        return value.strftime("%Y-%m-%d")
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def test_the_front_door_says_what_would_add_a_table():
    if added_years.aid_alone() or not store.load_arms_notifications().empty:
        pytest.skip("this checkout has added tables")
    with pytest.raises(RequestError, match="milaid data add-aid --download adds one"):
        m.aid(publisher="ForeignAssistance.gov")
    with pytest.raises(RequestError, match="milaid data add-notifications --download --from 2005 adds them"):
        m.arms(kind="notifications")
    with pytest.raises(RequestError, match="publisher"):
        m.aid(publisher="Nobody")


def test_an_export_holds_the_added_tables(added, tmp_path):
    make_export(
        export_request.check("csv", None, ("foreignassistance", "arms_notifications")), tmp_path / "out"
    )
    assert {path.stem for path in (tmp_path / "out" / "csv").iterdir()} == {
        "foreignassistance",
        "arms_notifications",
    }
    resources = json.loads((tmp_path / "out" / "datapackage.json").read_text())["resources"]
    assert {"foreignassistance", "arms_notifications"} <= {each["name"] for each in resources}


def test_the_notebook_of_a_year_of_aid_alone_shows_sound_blocks(added):
    subject = year_alone.open_year(2023)
    shown = [
        year_alone.front(subject), year_alone.aid_years(subject), year_alone.top_recipients(subject),
        year_alone.definitions(subject), year_alone.sources(subject),
    ]  # fmt: skip
    front, years, top, *words = shown
    assert front.cover_lead == "$19.5 million of aid obligated in fiscal year 2023"
    assert [row["fiscal_year"] for row in rows_of(years.csv)] == ["2020", "2021", "2022", "2023", "2024"]
    assert [row["recipient"] for row in rows_of(top.csv)] == ["Ukraine", "Kenya"]
    for block in shown:
        assert faults_of(block) == []
    assert {"Kind of aid", "Provisional"} <= {term for term, _ in words[0].items}
    assert "https://foreignassistance.gov/data" in words[1].items[0][1]


def test_offers_by_year_are_counted_without_enhancements(added):
    table = notifications.offers_years(open_subject(2014))
    assert table is None, "all offers were told in one fiscal year"
