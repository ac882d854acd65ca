"""The annual report, built and read back: its numbers equal those that DuckDB computes from the parquet files."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import nbformat
import pytest

from milaid import paths
from milaid.publish.report import make_report
from report_reading import files_of, pdf_text

pytestmark = pytest.mark.usefixtures("forked_kernels")

FILES = f"{paths.trainings_dir()}/fy*.parquet"


def query(sql: str, **values: object) -> list[tuple]:
    return duckdb.execute(sql.replace("trainings", f"read_parquet('{FILES}')"), values).fetchall()


@pytest.fixture(scope="module", params=[2014, 2011, 2007], ids=["fy2014", "fy2011", "fy2007"])
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[int, Path]:
    """A report with a year before it, one with costs that are not printed, and one of the first year of data."""
    out = tmp_path_factory.mktemp("reports")
    make_report("annual", {"fiscal_year": request.param}, out_dir=out)
    return request.param, out / "annual" / str(request.param)


@pytest.fixture(scope="module")
def pdf(built: tuple[int, Path]) -> str:
    return pdf_text(built[1].with_suffix(".pdf"))


@pytest.fixture(scope="module")
def html(built: tuple[int, Path]) -> str:
    return built[1].with_suffix(".html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def tables(built: tuple[int, Path]) -> dict[str, list[dict[str, str]]]:
    """The CSV files of the report by the key of their exhibit."""
    return files_of(built[1].with_suffix(".ipynb"))


def test_totals_stand_in_page_and_print(built: tuple[int, Path], pdf: str, html: str) -> None:
    year, _ = built
    [(people, dollars)] = query(
        "select sum(quantity), sum(cost_usd) from trainings where status = 'actual' and fiscal_year = $y",
        y=year,
    )
    for text in (pdf, html):
        assert f"{people:,}" in text
        assert f"{dollars:,}" in text
        assert f"${dollars / 1e6:.1f}" in text


def test_fiscal_year_2014_is_as_published(built: tuple[int, Path], pdf: str) -> None:
    if built[0] != 2014:
        pytest.skip("another year")
    assert "40,032" in pdf
    assert "198,971,215" in pdf
    assert re.search(r"\b1 Burundi Africa 5,449 4,843 \+606 \+12\.5 6,417,775 AF 5\b", pdf)


def test_recipients_equal_an_independent_sum(built: tuple[int, Path], tables: dict) -> None:
    year, _ = built
    sums = query(
        "select recipient, sum(quantity)::bigint, sum(cost_usd)::bigint from trainings where status = 'actual' and fiscal_year = $y group by 1",
        y=year,
    )
    shown = {r["recipient"]: r for r in tables["recipients_table"] if r["place"]}
    assert {
        (name, str(people), "" if dollars is None else str(dollars)) for name, people, dollars in sums
    } == {(name, row["participants"], row["cost_usd"]) for name, row in shown.items()}
    # Half or more of their people stand in rows that name another country: they are listed and not ranked.
    others = f"read_csv('{paths.reference_dir()}/other_country_rows.csv')"
    in_doubt = query(
        "select recipient from (select t.recipient, t.quantity, o.named from trainings t "
        f"left join (from {others} where kind = 'recipient') o using (document, page, row_on_page) "
        "where t.status = 'actual' and t.fiscal_year = $y) group by 1 "
        "having 2 * sum(quantity) filter (named is not null) >= sum(quantity)",
        y=year,
    )
    names = {name for (name,) in in_doubt}
    ranked = sorted((people for name, people, _ in sums if name not in names), reverse=True)
    assert not names & {row["recipient"] for row in tables["top_recipients"]}
    for row in tables["top_recipients"]:
        assert int(row["rank"]) == ranked.index(int(row["participants"])) + 1


def test_programs_regions_and_departments_equal_independent_sums(
    built: tuple[int, Path], tables: dict
) -> None:
    year, _ = built
    programs = query(
        "select program, sum(quantity)::bigint from trainings where status = 'actual' and fiscal_year = $y group by 1",
        y=year,
    )
    shown: dict[str, int] = {}
    for row in tables["programs"]:
        shown[row["program"]] = shown.get(row["program"], 0) + int(row["participants"])
    assert shown == dict(programs)
    regions = query(
        "select fiscal_year, region_harmonised, sum(quantity)::bigint from trainings "
        "where status = 'actual' and fiscal_year >= $y - 10 group by 1, 2",
        y=year,
    )
    drawn = {(int(r["fiscal_year"]), r["region"]): int(r["participants"]) for r in tables["regions_years"]}
    assert {key: value for key, value in drawn.items() if value} == {(y, r): n for y, r, n in regions if n}
    funders = query(
        "select fiscal_year, sum(quantity)::bigint from trainings "
        "where status = 'actual' and program <> 'UNREAD' and fiscal_year >= $y - 10 group by 1",
        y=year,
    )
    stacked: dict[int, int] = {}
    for row in tables["departments"]:
        stacked[int(row["fiscal_year"])] = stacked.get(int(row["fiscal_year"]), 0) + int(row["participants"])
    assert stacked == dict(funders)


def test_parts_add_up_to_the_total(built: tuple[int, Path], tables: dict) -> None:
    year, _ = built
    [(people, dollars)] = query(
        "select sum(quantity), sum(cost_usd) from trainings where status = 'actual' and fiscal_year = $y",
        y=year,
    )
    for key in ("places", "course_lengths", "reconciliation", "regions_table"):
        assert sum(int(row["participants"]) for row in tables[key]) == people, key
    for key in ("places", "cost_programs", "reconciliation", "regions_table", "appendix"):
        assert sum(int(row["cost_usd"] or 0) for row in tables[key]) == dollars, key
    assert sum(int(row["total"]) for row in tables["appendix"]) == people


def test_the_long_series_and_the_other_publisher_stay_apart(tables: dict) -> None:
    sums = dict(
        query("select fiscal_year, sum(quantity)::bigint from trainings where status = 'actual' group by 1")
    )
    series = {int(row["fiscal_year"]): row for row in tables["long_series"]}
    assert {year: int(row["participants"]) for year, row in series.items()} == sums
    others = {year: int(row["published"]) for year, row in series.items() if row["published"]}
    assert others == {2013: 63872, 2014: 56346, 2015: 79865, 2016: 128280}


def test_every_exhibit_has_number_alt_source_and_file(
    built: tuple[int, Path], html: str, tables: dict
) -> None:
    written = {path.name for path in built[1].glob("*.csv")}
    assert written == {*re.findall(r'download="([^"]+\.csv)"', html)}
    assert len(written) == len(tables) >= 20
    drawings = re.findall(r"<svg[^>]*>", html)
    assert drawings and all(
        'role="img"' in tag and re.search(r'aria-label(ledby)?="[^"]+"', tag) for tag in drawings
    )
    assert html.count("<figure") <= html.count("Source")


def test_facts_and_findings_lead_to_exhibits_of_the_report(built: tuple[int, Path]) -> None:
    notebook = nbformat.read(built[1].with_suffix(".ipynb"), as_version=4)
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    blocks = [output["data"]["application/vnd.milaid.block+json"] for output in outputs]
    keys = {block["key"] for block in blocks if "key" in block}
    named = {
        key
        for block in blocks
        for part in (block.get("findings") or (block.get("facts") if block["block"] == "key_facts" else []))
        for key in part.get("refs", [part.get("ref")])
    }
    assert len(named) >= 10 and named <= keys


def test_the_page_is_one_file_without_code(html: str) -> None:
    assert len(html.encode()) < 1_500_000
    assert not re.search(r"(?:src|srcset|action)\s*=\s*[\"']?https?:", html)
    assert not re.search(r"<link[^>]+href=(?![\"']?data:)", html)
    assert "@import" not in html and "url(http" not in html
    assert "open_subject" not in html and "import " not in re.sub(
        r"<style.*?</style>|<script.*?</script>", "", html, flags=re.S
    )


def test_print_has_page_numbers_and_no_placeholder(pdf: str) -> None:
    assert re.search(r"page 2 of \d+", pdf)
    for word in ("nan", "None", "<NA>", "NaT", "[["):
        assert not re.search(
            rf"(?<![A-Za-z]){re.escape(word)}(?![A-Za-z])", pdf.replace("None reported", "")
        ), word
    assert "open_subject" not in pdf
