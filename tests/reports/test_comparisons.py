"""Comparisons: their numbers by DuckDB, members without rows, and one built and read back."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pandas as pd
import pytest

from milaid import paths
from milaid.analysis.comparison import leading_years, matrix
from milaid.blocks.block import Findings, Table
from milaid.errors import RequestError
from milaid.exhibits.comparison import aid, figures, mix, years
from milaid.exhibits.comparison.findings import findings
from milaid.exhibits.comparison.subject import absent, open_comparison
from milaid.exhibits.program.overview import ranks
from milaid.publish.report import make_report
from notebook_trials import COMPARED
from report_reading import pdf_text, rows_of
from training_frames import trainings

pytestmark = pytest.mark.usefixtures("forked_kernels")

FILES = f"{paths.trainings_dir()}/fy*.parquet"
AID = f"{paths.data_dir()}/aid.parquet"
COUNTRIES = {"KEN": "Kenya", "ETH": "Ethiopia", "UGA": "Uganda", "TZA": "Tanzania"}


def query(sql: str, **values: object) -> list[tuple]:
    rows = f"(select * from read_parquet('{FILES}') where status = 'actual')"
    return duckdb.execute(sql.replace("trainings", rows), values).fetchall()


@pytest.mark.parametrize(("compare", "members", "year"), COMPARED)
def test_participants_of_the_members_equal_an_independent_sum(compare: str, members: str, year: int) -> None:
    key_figures = figures.key_figures(open_comparison(compare, members, year))
    column = "iso3" if compare == "country" else "program"
    [row] = [row for row in rows_of(key_figures.csv) if row["measure"] == "participants"]
    together = int(row.pop("together"))
    counts = [
        int(value) if value else None for name, value in row.items() if name not in ("fiscal_year", "measure")
    ]
    for code, count in zip(members.split(","), counts, strict=True):
        if code == "SERBIA-AND-MONTENEGRO":
            continue
        [(people,)] = query(
            f"select sum(quantity) from trainings where {column} = $c and fiscal_year = $y", c=code, y=year
        )
        assert people == count
    assert together == sum(count for count in counts if count)


def test_key_figures_equal_independent_sums() -> None:
    comparison = open_comparison("country", "KEN,ETH,UGA,TZA", 2020)
    rows = {row["measure"]: row for row in rows_of(figures.key_figures(comparison).csv)}
    for code, name in COUNTRIES.items():
        [(people, dollars, programs)] = query(
            "select sum(quantity), sum(cost_usd), count(distinct program) filter (quantity > 0) from trainings "
            "where iso3 = $c and fiscal_year = 2020",
            c=code,
        )
        [(before,)] = query(
            "select sum(quantity) from trainings where iso3 = $c and fiscal_year = 2019", c=code
        )
        [(average,)] = query(
            "select sum(quantity) / 5.0 from trainings where iso3 = $c and fiscal_year between 2016 and 2020",
            c=code,
        )
        [(each,)] = query(
            "select sum(cost_usd) / sum(quantity) from trainings where iso3 = $c and fiscal_year = 2020 and cost_usd > 0",
            c=code,
        )
        [(rank, of)] = query(
            """with sums as (select recipient, any_value(iso3) as iso3, sum(quantity) as people from trainings
                 where fiscal_year = 2020 group by 1)
               select place, n from (select iso3, rank() over (order by people desc) as place, count(*) over () as n
                 from sums) where iso3 = $c""",
            c=code,
        )
        [(military,)] = duckdb.execute(
            f"select sum(obligations_usd) from read_parquet('{AID}') where iso3 = $c and fiscal_year = 2020 "
            "and category = 'Military'",
            {"c": code},
        ).fetchall()
        expected = {
            "participants": people, "participants_before": before, "average": average, "cost_usd": dollars,
            "programs": programs, "rank": rank, "ranked": of, "military_aid_usd": military,
            "cost_per_participant": each, "percent_change": 100 * (people - before) / before,
        }  # fmt: skip
        for measure, value in expected.items():
            assert float(rows[measure][name]) == pytest.approx(float(value)), (name, measure)


def test_a_label_that_cannot_be_read_has_no_rank_here_as_in_the_profile_of_a_program() -> None:
    comparison = open_comparison("program", "FMF,PKO", 2019)
    rows = {row["measure"]: row for row in rows_of(figures.key_figures(comparison).csv)}
    for member in comparison:
        found = ranks(member)
        shown = (int(rows["rank"][member.scope.label]), int(rows["ranked"][member.scope.label]))
        assert shown == (found.participants, found.programs)
    [(readable,)] = query(
        "select count(distinct program) from trainings where fiscal_year = 2019 and program != 'UNREAD'"
    )
    assert found.programs == readable


def test_parts_add_up_to_the_members() -> None:
    comparison = open_comparison("country", "KEN,ETH,UGA", 2014)
    table = mix.parts_table(comparison)
    total = dict(zip([c.label for c in table.columns], table.rows[-1], strict=True))
    for code, name in list(COUNTRIES.items())[:3]:
        [(people,)] = query(
            "select sum(quantity) from trainings where iso3 = $c and fiscal_year = 2014", c=code
        )
        assert total[name] == people
    places = mix.places_table(comparison)
    assert isinstance(places, Table)
    for column in range(1, 4):
        assert sum(row[column] for row in places.rows) == pytest.approx(100)


def test_a_member_without_a_row_in_the_year_is_a_dash_and_one_line() -> None:
    comparison = open_comparison("program", "IMET,CTFP,INCLE", 2020)
    line = absent(comparison)
    assert line is not None
    assert (
        line.text
        == "The report lists no activity of fiscal year 2020 for CTFP: its cells show – (none) or .. (not computed)."
    )
    table = figures.key_figures(comparison)
    column = [c.label for c in table.columns].index("CTFP")
    cells = {row[0]: row[column] for row in table.rows}
    assert cells.pop("Fiscal years that list it, of 22") == "16"
    assert set(cells.values()) == {"–", ".."}
    listed = {
        "Course participants",
        "Course participants in FY2019",
        "Cost of training, USD",
        "Recipients with a participant",
    }
    assert {name for name, shown in cells.items() if shown == "–"} == listed
    figure = years.participants(comparison)
    assert "No activity is listed for CTFP in FY2019 and FY2020." in figure.note
    assert "in 2018" in figure.wide
    assert absent(open_comparison("country", "KEN,ETH", 2020)) is None


def test_programs_have_no_aid_and_say_so() -> None:
    comparison = open_comparison("program", "IMET,INCLE", 2020)
    assert aid.military(comparison) is None and aid.imet(comparison) is None
    assert "by recipient and account" in aid.lead(comparison).text


def test_findings_compare_in_neutral_words(texts_alone: None) -> None:
    block = findings(open_comparison("country", "KEN,ETH,UGA,TZA", 2020))
    assert isinstance(block, Findings)
    texts = {finding.lead: finding.text for finding in block.findings}
    assert "Kenya 109, Ethiopia 595, Uganda 5,022 and Tanzania 118" in texts["Uganda: 5,022 participants."]
    assert "rose for Ethiopia (+196, +49.1%)" in texts["The count rose for one, fell for three."]
    assert "PKO, IMET, CTIWFP and Regional Centers" in texts["Four programs in common."]


def test_a_year_that_lists_none_of_them_is_an_error_that_names_the_years() -> None:
    with pytest.raises(
        RequestError, match=r"no activity of CTFP and Sec.* is listed .* 2020; listed: .*2018"
    ):
        open_comparison("program", "CTFP,SEC1004", 2020)


def test_equal_counts_are_one_of_each() -> None:
    frame = pd.DataFrame(
        {"fiscal_year": [1, 1, 2, 2, 3], "member": ["A", "B", "A", "B", "B"], "participants": [5, 5, 1, 2, 0]}
    )
    assert leading_years(frame).to_dict() == {"B": 2, "A": 1}


def test_a_matrix_tells_no_activity_from_zero() -> None:
    one = trainings({"recipient": "A", "quantity": 5}, {"recipient": "B", "quantity": 0})
    other = trainings({"recipient": "A", "quantity": 7}, {"recipient": "B", "fiscal_year": 2013})
    frame = matrix({"one": one, "other": other, "none": one.iloc[:0]}, "recipient", 2014).set_index(
        "recipient"
    )
    assert frame.loc["A", ["one", "other", "together"]].tolist() == [5, 7, 12]
    assert frame.at["B", "one"] == 0 and pd.isna(frame.at["B", "other"]) and pd.isna(frame.at["A", "none"])


def test_a_comparison_is_built_and_read_back(tmp_path: Path) -> None:
    make_report("comparison", {"members": "Kenya,eth,UGA", "fiscal_year": 2014}, out_dir=tmp_path)
    place = tmp_path / "comparison" / "KEN-ETH-UGA"
    html, pdf = place.with_suffix(".html").read_text(encoding="utf-8"), pdf_text(place.with_suffix(".pdf"))
    for code in ("KEN", "ETH", "UGA"):
        [(people, dollars)] = query(
            "select sum(quantity), sum(cost_usd) from trainings where iso3 = $c and fiscal_year = 2014",
            c=code,
        )
        for text in (html, pdf):
            assert f"{people:,}" in text and f"{dollars:,}" in text
    assert "Kenya, Ethiopia and Uganda: foreign military training in fiscal year 2014" in pdf
