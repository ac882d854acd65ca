"""The data quality report, built and read back: its numbers equal those that DuckDB computes from the tables."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import duckdb
import pypdfium2
import pytest

from milaid import paths
from milaid.publish.report import make_report
from milaid.tables import store
from report_reading import files_of, pages_of
from slips import slips_of_page, slips_of_print

pytestmark = [
    pytest.mark.usefixtures("forked_kernels"),
    pytest.mark.skipif(
        not store.available_years(), reason=f"no activities in {paths.trainings_dir()}; run make data"
    ),
]
FILES = f"read_parquet('{paths.trainings_dir()}/fy*.parquet')"
TOTALS = f"read_parquet('{paths.data_dir()}/trainings_totals.parquet')"
ISSUES = f"read_csv('{paths.reference_dir()}/known_issues.csv', all_varchar = true)"
UNREAD = f"read_csv('{paths.data_dir()}/unread_values.csv', all_varchar = true)"


def query(sql: str) -> list[tuple]:
    for name, source in (("TRAININGS", FILES), ("TOTALS", TOTALS), ("ISSUES", ISSUES), ("UNREAD", UNREAD)):
        sql = re.sub(rf"\b{name}\b", source, sql)
    return duckdb.sql(sql).fetchall()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("reports")
    written = make_report("data-quality", {}, out_dir=out)
    assert {path.suffix for path in written} == {
        ".html",
        ".pdf",
        ".ipynb",
        ".csv",
        ".xlsx",
        ".zip",
        ".png",
        ".json",
    }
    return out / "data-quality"


@pytest.fixture(scope="module")
def pages(built: Path) -> list[str]:
    document = pypdfium2.PdfDocument(built.with_suffix(".pdf"))
    return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


@pytest.fixture(scope="module")
def pdf(pages: list[str]) -> str:
    return " ".join(pages)


@pytest.fixture(scope="module")
def html(built: Path) -> str:
    return built.with_suffix(".html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def tables(built: Path) -> dict[str, list[dict[str, str]]]:
    """The CSV files of the report by the key of their exhibit."""
    return files_of(built.with_suffix(".ipynb"))


def test_what_all_editions_hold_stands_in_page_and_print(pdf: str, html: str) -> None:
    [(rows, people, dollars)] = query(
        "SELECT count(*), sum(quantity), sum(cost_usd) FROM TRAININGS WHERE status = 'actual'"
    )
    for text in (pdf, html):
        assert f"{rows:,}" in text and f"{people:,}" in text and f"{dollars:,}" in text
        assert f"${dollars / 1e9:.1f}" in text


def test_the_first_page_after_the_contents_tells_the_finding(pages: list[str], tables: dict) -> None:
    facts = {row["fact"]: row["shown"] for row in tables["key_facts"]}
    assert facts["differences unexplained"] == "0"
    first = next(page for page in pages[1:] if "Findings" in page and "of printed totals agree" in page)
    assert facts["of printed totals agree"] in first
    assert "The rows add up to the printed totals." in first


def test_each_edition_holds_what_its_rows_add_up_to(tables: dict) -> None:
    held = query(
        "SELECT edition, count(*), sum(quantity)::bigint, sum(cost_usd)::bigint FROM TRAININGS "
        "WHERE status = 'actual' GROUP BY 1"
    )
    shown = {row["name"].replace("–", "-"): row for row in tables["holdings"]}
    assert set(shown) == {edition for edition, *_ in held}
    for edition, rows, people, dollars in held:
        row = shown[edition]
        assert (row["activities"], row["participants"]) == (str(rows), str(people)), edition
        assert row["cost_usd"] == str(dollars), edition


def _agreeing(level: str, keys: str, extra: str = "TRUE") -> dict[str, int]:
    """Return how many printed totals of a level equal the sum of their rows, by edition, computed by SQL."""
    found = query(
        f"""
        WITH rows AS (
          SELECT edition, region, country, {keys}, sum(quantity) AS people, sum(cost_usd) AS dollars
          FROM TRAININGS WHERE {extra} GROUP BY ALL
        ), printed AS (
          SELECT edition, region, country, {keys}, sum(quantity) AS people, sum(cost_usd) AS dollars
          FROM TOTALS WHERE level = '{level}' GROUP BY ALL
        )
        SELECT p.edition, count(*) FROM printed p JOIN rows r USING (edition, region, country, {keys})
        WHERE p.people IS NOT DISTINCT FROM coalesce(r.people, CASE WHEN p.people IS NULL THEN NULL ELSE 0 END)
          AND p.dollars IS NOT DISTINCT FROM coalesce(r.dollars, CASE WHEN p.dollars IS NULL THEN NULL ELSE 0 END)
        GROUP BY 1
        """
    )
    return dict(found)


def test_agreeing_totals_equal_a_second_comparison(tables: dict) -> None:
    # Whether an edition adds up planned years in its program totals shows in the status of the total.
    shown = {row["name"].replace("–", "-"): row for row in tables["editions"]}
    one_year = [
        edition
        for (edition,) in query("SELECT edition FROM TRAININGS GROUP BY 1 HAVING count(DISTINCT status) = 1")
    ]
    programs = _agreeing("program", "program_printed")
    for edition in one_year:
        assert int(shown[edition]["program_agreeing"]) == programs[edition], edition
    assert all(int(row["unexplained"]) == 0 for row in shown.values())


def test_world_totals_equal_the_sums_of_the_tables(tables: dict) -> None:
    rows = query(
        "SELECT fiscal_year, sum(quantity)::bigint, sum(cost_usd)::bigint FROM TRAININGS WHERE status = 'actual' GROUP BY 1"
    )
    shown = {int(row["fiscal_year"]): row for row in tables["world"]}
    assert {(y, int(r["participants"]), int(r["cost_usd"])) for y, r in shown.items()} == set(rows)
    printed = dict(
        query(
            "SELECT fiscal_year, sum(quantity)::bigint FROM TOTALS WHERE status = 'actual' AND level = 'program' GROUP BY 1"
        )
    )
    by_year = dict(
        query(
            "SELECT fiscal_year, sum(quantity)::bigint FROM TOTALS WHERE status = 'actual' AND level = 'fiscal_year' GROUP BY 1"
        )
    )
    for year, row in shown.items():
        assert int(row["printed_participants"]) == by_year.get(year, printed.get(year)), year
        assert int(row["participants_unexplained"]) == int(row["cost_usd_unexplained"]) == 0, year
        assert int(row["participants"]) + int(row["participants_difference"]) == int(
            row["printed_participants"]
        )


def test_every_known_fault_stands_in_the_table_with_both_values(tables: dict, html: str) -> None:
    listed = query(
        "SELECT edition, document, page, country, measure, printed_value, computed_value, reason FROM ISSUES "
        "WHERE level IN ('program', 'country', 'fiscal_year')"
    )
    shown = set()
    for row in tables["known_issues"]:
        for measure, name in (("quantity", "participants"), ("cost_usd", "cost_usd")):
            pair = (row[f"printed_{name}"] or None, row[f"rows_{name}"] or None)
            if pair != (None, None):
                shown.add(
                    (
                        row["edition"],
                        row["document"],
                        row["page"],
                        row["country"],
                        measure,
                        *pair,
                        row["reason"],
                    )
                )
    assert shown == set(listed)
    assert html.count('scope="rowgroup"') >= len({(row[0], row[-1]) for row in listed})


def test_unread_cells_and_corrections_are_all_counted(tables: dict) -> None:
    unread = query("SELECT edition, count(*) FROM UNREAD GROUP BY 1")
    assert {row["name"].replace("–", "-"): int(row["total"]) for row in tables.get("unread", [])} == dict(
        unread
    )
    with (paths.reference_dir() / "corrections.csv").open(encoding="utf-8", newline="") as lines:
        listed = list(csv.DictReader(lines))
    assert [{name: row[name] for name in listed[0]} for row in tables["corrections"]] == listed
    pages = [row for row in listed if row["field"] == "page"]
    rows = {(row["document"], row["page"], row["row_on_page"]) for row in listed if row not in pages}
    for row in tables["corrections"]:
        same = len(pages) if row["kind"] == "page" else len(listed) - len(pages)
        assert (int(row["corrections_of_kind"]), int(row["rows_touched"])) == (same, len(rows))


def test_coverage_tells_a_missing_column_from_an_empty_one(tables: dict) -> None:
    cells = {(row["edition"], row["field"]): row for row in tables["coverage"]}
    for field in ("location", "student_unit", "us_unit", "start_date"):
        present = query(
            f"SELECT edition, count(*), count({field}) FROM TRAININGS WHERE status = 'actual' GROUP BY 1"
        )
        for edition, rows, filled in present:
            row = cells[edition, field]
            assert int(row["activities"]) == rows
            assert int(row["filled"]) + int(row["placeholders"]) == filled, (edition, field)
            assert (row["share"] == "") == (row["printed"] == "False")
    assert cells["2007-2008", "us_unit"]["share"] == "0.0"
    assert cells["2008-2009", "us_unit"]["share"] == ""


def test_ours_beside_published_figures_equals_a_second_sum(tables: dict) -> None:
    rows = {(row["fiscal_year"], row["place"], row["program"]): row for row in tables["published"]}
    [(world,)] = query("SELECT sum(quantity) FROM TRAININGS WHERE status = 'actual' AND fiscal_year = 2014")
    assert rows["2014", "World", "All"]["participants"] == str(world)
    assert rows["2014", "World", "All"]["published"] == "56346"
    [(afghanistan,)] = query(
        "SELECT sum(quantity) FROM TRAININGS WHERE status = 'actual' AND recipient = 'Afghanistan' "
        "AND fiscal_year BETWEEN 2010 AND 2015"
    )
    assert rows["2010-2015", "Afghanistan", "All"]["participants"] == str(afghanistan)
    assert rows["2014", "World", "FMS"]["participants"] == ""
    assert not [row for row in rows.values() if row["participants"] and int(row["published"]) == 0]


def test_every_exhibit_has_number_alt_source_and_file(built: Path, html: str, tables: dict) -> None:
    written = {path.name for path in built.glob("*.csv")}
    assert written == {*re.findall(r'download="([^"]+\.csv)"', html)}
    assert len(written) == len(tables) >= 16
    drawings = re.findall(r"<svg[^>]*>", html)
    assert drawings and all('role="img"' in tag and "aria-label" in tag for tag in drawings)
    for title in re.findall(r'<h3[^>]*class="title"[^>]*>(.*?)</h3>', html):
        assert not title.endswith("."), title


def test_page_and_print_hold_no_slip(built: Path, html: str) -> None:
    assert slips_of_page(html) + slips_of_print(pages_of(built.with_suffix(".pdf"))) == []


def test_page_and_print_hold_no_gap_of_the_code(html: str, pdf: str) -> None:
    assert len(html.encode()) < 1_500_000
    assert re.search(r"page 2 of \d+", pdf)
    plain = re.sub(r"<style.*?</style>|<script.*?</script>|<[^>]+>", " ", html, flags=re.S)
    for text in (plain, pdf):
        for word in ("nan", "<NA>", "NaT", "[[", "open_survey"):
            assert not re.search(rf"(?<![A-Za-z]){re.escape(word)}(?![A-Za-z])", text), word
