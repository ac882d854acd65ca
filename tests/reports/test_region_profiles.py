"""The region profile: its numbers by DuckDB in all regions, its breaks and gaps, and one built and read back."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import duckdb
import pytest

from first_page import findings_elsewhere
from milaid import paths
from milaid.blocks.block import Table
from milaid.exhibits import scope
from milaid.exhibits.region import map as region_map
from milaid.exhibits.region import overview, recipients, world
from milaid.exhibits.subject import Subject, open_subject
from milaid.exhibits.training import appendix, totals
from milaid.exhibits.training import recipients as training_recipients
from milaid.publish.report import make_report
from milaid.tables import subjects
from notebook_trials import TELLING_YEARS
from print_sizes import LEAST_POINTS, smaller_than
from report_reading import pdf_text, rows_of

pytestmark = pytest.mark.usefixtures("forked_kernels")

FILES = f"{paths.trainings_dir()}/fy*.parquet"
REGIONS = [region.code for region in subjects.regions()]
NAMES = {region.code: region.name for region in subjects.regions()}


def query(sql: str, **values: object) -> list[tuple]:
    rows = f"(select * from read_parquet('{FILES}') where status = 'actual')"
    return duckdb.execute(sql.replace("trainings", rows), values).fetchall()


@cache
def everywhere() -> Subject:
    return open_subject(TELLING_YEARS[-1])


def subject_of(region: str, year: int) -> Subject:
    """Return the subject of a profile; the activities of the world are read once."""
    return replace(everywhere(), fiscal_year=year, scope=scope.region(region))


@pytest.mark.parametrize("year", TELLING_YEARS)
@pytest.mark.parametrize("region", REGIONS)
def test_the_numbers_of_every_region_equal_an_independent_sum(region: str, year: int) -> None:
    subject = subject_of(region, year)
    [(people, dollars)] = query(
        "select sum(quantity), sum(cost_usd) from trainings where region_harmonised = $r and fiscal_year = $y",
        r=NAMES[region], y=year,
    )  # fmt: skip
    row = next(row for row in rows_of(totals.totals_table(subject).csv) if row["year"] == f"FY{year}")
    assert (int(row["participants"]), int(row["cost_usd"])) == (people, dollars)
    recipients_listed = rows_of(training_recipients.recipients_table(subject).csv)
    assert sum(int(row["participants"]) for row in recipients_listed) == people
    assert sum(int(row["total"]) for row in rows_of(appendix.recipient_by_program(subject).csv)) == people
    assert f"{people:,}" in totals.lead(subject).text


@pytest.mark.parametrize("year", TELLING_YEARS)
def test_shares_of_all_regions_add_up_to_a_hundred(year: int) -> None:
    rows = [world.row(subject_of(region, year)) for region in REGIONS]
    [(everyone, unstated)] = query(
        "select sum(quantity), sum(quantity) filter (region_harmonised = 'Not stated') from trainings "
        "where fiscal_year = $y",
        y=year,
    )
    assert {int(row["all_participants"]) for row in rows} == {everyone}
    assert sum(row["share"] for row in rows) + 100 * (unstated or 0) / everyone == pytest.approx(100)
    assert sorted(int(row["rank"]) for row in rows) == [1, 2, 3, 4, 5, 6]


def test_share_and_rank_of_every_year_equal_an_independent_sum() -> None:
    found = rows_of(world.years_table(open_subject(2020, scope=scope.region("africa"))).csv)
    expected = query(
        """with sums as (select fiscal_year, region_harmonised as region, sum(quantity) as people, sum(cost_usd) as usd
             from trainings group by 1, 2),
           placed as (select *, sum(people) over (partition by fiscal_year) as everyone,
             sum(usd) over (partition by fiscal_year) as dollars,
             rank() over (partition by fiscal_year order by people desc) as place from sums)
           select fiscal_year, people, everyone, place, usd, dollars from placed where region = 'Africa' order by 1"""
    )
    assert [
        (int(r["year"][2:]), int(r["participants"]), int(r["all_participants"]), int(r["rank"]), int(r["cost_usd"]),
         int(r["all_cost_usd"]))
        for r in found
    ] == expected  # fmt: skip
    for row, values in zip(found, expected, strict=True):
        assert float(row["share"]) == pytest.approx(100 * values[1] / values[2])


def test_the_break_of_2004_concerns_one_region_and_the_shares_of_all() -> None:
    europe = open_subject(2004, scope=scope.region("europe-and-eurasia"))
    africa = open_subject(2004, scope=scope.region("africa"))
    assert "which is not compared with FY2003" in totals.lead(europe).text
    assert "(−19.6%)" in totals.lead(africa).text
    assert training_recipients.changes(europe).block == "prose"
    for subject in (europe, africa):
        facts = {fact.label: fact.comparison for fact in overview.key_facts(subject).facts}
        assert facts["share in all dollars"] == "total not comparable with FY2003"
        assert "FY2004: Bulgaria, Estonia" in world.shares(subject).note


def test_a_profile_has_no_column_for_what_is_the_same_in_every_row() -> None:
    subject = open_subject(2020, scope=scope.region("africa"))
    table = training_recipients.recipients_table(subject)
    assert isinstance(table, Table)
    assert "Region" not in [column.label for column in table.columns]


def test_the_map_tells_small_and_cut_countries(texts_alone: None) -> None:
    pacific = region_map.recipients_map(open_subject(2014, scope=scope.region("east-asia-and-pacific")))
    assert pacific is not None and "too small to draw" in pacific.note and "Micronesia" in pacific.note
    europe = region_map.recipients_map(open_subject(2004, scope=scope.region("europe-and-eurasia")))
    assert europe is not None and "run on beyond the edge: Russia" in europe.note


def test_years_that_do_not_list_a_recipient_are_no_zeros() -> None:
    figure = recipients.recipients_years(open_subject(2020, scope=scope.region("africa")))
    assert figure is not None and "No activity is listed for Guinea in FY2015" in figure.note
    assert not [r for r in rows_of(figure.csv) if r["recipient"] == "Guinea" and r["fiscal_year"] == "2015"]
    assert "no data" in figure.wide


def test_a_profile_is_built_and_read_back(tmp_path: Path) -> None:
    make_report("region", {"region": "near-east", "fiscal_year": 2011}, out_dir=tmp_path)
    place = tmp_path / "region" / "near-east"
    assert findings_elsewhere(place.with_suffix(".pdf")) == []
    html, pdf = place.with_suffix(".html").read_text(encoding="utf-8"), pdf_text(place.with_suffix(".pdf"))
    [(people, dollars)] = query(
        "select sum(quantity), sum(cost_usd) from trainings where region_harmonised = 'Near East' and fiscal_year = 2011"
    )
    [(everyone,)] = query("select sum(quantity) from trainings where fiscal_year = 2011")
    for text in (html, pdf):
        assert f"{people:,}" in text and f"{dollars:,}" in text
        assert f"{100 * people / everyone:.1f}%" in text
    assert "Near East: foreign military training in fiscal year 2011" in pdf
    assert smaller_than(place.with_suffix(".pdf"), LEAST_POINTS) == {}
