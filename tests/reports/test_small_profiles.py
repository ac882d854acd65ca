"""Profiles of few participants: what they show, what they leave out, and how long they are in print."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pypdfium2
import pytest

from claims import Shown, claims, missing
from milaid import paths
from milaid.analysis.small_numbers import LEAST_PARTICIPANTS
from milaid.blocks.block import Block, Exhibit, Figure, Findings, KeyFacts, Prose, Table
from milaid.exhibits import few, scope
from milaid.exhibits.aid import beside_few
from milaid.exhibits.subject import Subject, open_subject
from milaid.exhibits.training import activities, courses, facts, places, regions
from milaid.publish.report import make_report
from milaid.tables import store
from report_reading import blocks_of, pdf_text, rows_of, run_cells

pytestmark = [
    pytest.mark.usefixtures("forked_kernels"),
    pytest.mark.skipif(
        not store.available_years(), reason=f"no activities in {paths.trainings_dir()}; run make data"
    ),
]
ALWAYS_FEW = (("AND", 2019), ("NIU", 2018), ("NOT-STATED", 2004))
FEW_NOW = (("BDI", 2020), ("TUV", 2019), ("BHS", 2000))
OF_FEW_IN_ALL = 3
"""Pages of a profile of few participants in all years: cover and two of text, without contents; a page more where there is aid."""


@cache
def subject_of(code: str, year: int) -> Subject:
    return open_subject(year, scope=scope.recipient(code))


def texts(block: Block) -> list[str]:
    """Return what a block says in sentences, titles and key facts."""
    match block:
        case Exhibit():
            return [block.title, block.subtitle, block.alt]
        case Findings():
            return [f"{finding.lead} {finding.text}" for finding in block.findings]
        case KeyFacts():
            return [f"{fact.value} {fact.unit} {fact.label} {fact.comparison}" for fact in block.facts]
        case Prose():
            return [block.text]
    return []


@pytest.mark.parametrize(("code", "year"), (*ALWAYS_FEW, *FEW_NOW))
def test_a_profile_of_few_says_no_percentage_and_no_rank(code: str, year: int, texts_alone: None) -> None:
    shown = blocks_of("country_profile.ipynb", country=code, fiscal_year=year)
    said = [text for block in shown.values() if isinstance(block, Block) for text in texts(block)]
    assert not [text for text in said if re.search(r"\d%|\brank\b", text) and "Of fewer than" not in text]
    tables = [block for block in shown.values() if isinstance(block, Table)]
    assert not [
        (table.key, column.name)
        for table in tables
        for column in table.columns
        if column.kind in ("share", "percent_change", "rank")
    ]


@pytest.mark.parametrize(
    ("notebook", "values"),
    [
        *(("country_profile.ipynb", {"country": code, "fiscal_year": year}) for code, year in (*ALWAYS_FEW, *FEW_NOW)),
        *(("program_profile.ipynb", {"program": code, "fiscal_year": 2020}) for code in ("NONSA-UC", "PME", "GSCF")),
    ],
)  # fmt: skip
def test_every_number_of_few_stands_in_the_exhibit_referred_to(
    notebook: str, values: dict[str, object], texts_alone: None
) -> None:
    shown = [
        (cell.heading, block) for cell, block in run_cells(notebook, **values) if isinstance(block, Block)
    ]
    exhibits = {block.key: Shown(block.csv) for _, block in shown if isinstance(block, Exhibit)}
    checked = [claim for claim in claims(shown) if claim.refs and not claim.place.startswith("prose: Data")]
    assert len(checked) > 5
    lost = [
        f"{claim.place}: {found} in {claim.text}" for claim in checked if (found := missing(claim, exhibits))
    ]
    assert not lost, "\n".join(lost)


@pytest.mark.parametrize(("code", "year"), ALWAYS_FEW)
def test_of_few_in_all_years_every_activity_is_shown_and_nothing_is_drawn(
    code: str, year: int, texts_alone: None
) -> None:
    shown = blocks_of("country_profile.ipynb", country=code, fiscal_year=year)
    assert not [block.key for block in shown.values() if isinstance(block, Figure)]
    subject = subject_of(code, year)
    table = activities.of_few(subject)
    assert table is not None and few.in_all_years(subject)
    assert len(table.rows) == len(subject.activities)
    assert sum(int(row["quantity"]) for row in rows_of(table.csv)) == subject.series["participants"].sum()
    total = f"{int(subject.series['participants'].sum())}"
    assert few.over_the_years(subject) == facts.participants_of_all_years(subject)
    assert facts.participants_of_all_years(subject).value == total
    assert rows_of(shown["total-3"].csv)[-1]["participants_to_date"] == total
    assert {"unit", "course_title", "location", "dates", "program_name", "quantity", "cost_usd", "place"} <= {
        column.name for column in table.columns
    }


def test_of_few_in_the_year_the_other_years_stay() -> None:
    shown = blocks_of("country_profile.ipynb", country="BDI", fiscal_year=2020)
    keys = {block.key for block in shown.values() if isinstance(block, Exhibit)}
    assert {"activities", "long_series", "totals_table", "programs_years", "aid_years", "units"} <= keys
    assert not keys & {
        "places",
        "courses",
        "programs_table",
        "neighbours",
        "aid_series",
        "course_lengths",
        "reconciliation",
    }
    assert "down from" in shown["total-2"].title and "8,153" in shown["total-2"].title


@pytest.mark.parametrize(("code", "year"), [("NONSA-UC", 2020), ("PME", 2020)])
def test_a_program_of_few_says_no_percentage_and_keeps_its_activities(
    code: str, year: int, texts_alone: None
) -> None:
    shown = blocks_of("program_profile.ipynb", program=code, fiscal_year=year)
    said = [text for block in shown.values() if isinstance(block, Block) for text in texts(block)]
    assert not [text for text in said if re.search(r"\d%|\brank\b", text)]
    subject = open_subject(year, scope=scope.program(code))
    assert subject.is_small
    keys = {block.key for block in shown.values() if isinstance(block, Exhibit)}
    assert {"activities", "labels", "long_series", "totals_table"} <= keys
    assert not keys & {"program_share", "program_years", "top_recipients", "regions_map", "places"}


def test_of_many_nothing_is_left_out() -> None:
    many = subject_of("COL", 2018)
    assert not many.is_small
    assert (
        activities.of_few(many)
        is beside_few.years_table(many)
        is few.why_short(many)
        is few.sources(many)
        is None
    )
    assert few.unless_few(places.lead, many) == places.lead(many)
    assert few.unless_few_in_all_years(places.lead, many) == places.lead(many)
    assert few.known_faults(many) is not None
    assert few.over_the_years(many).ref == "long_series"


@pytest.mark.parametrize(("code", "most"), [("AND", OF_FEW_IN_ALL), ("ABW", OF_FEW_IN_ALL + 1)])
def test_a_profile_of_few_is_short_in_print(code: str, most: int, tmp_path: Path) -> None:
    make_report("country", {"country": code}, out_dir=tmp_path)
    place = tmp_path / "country" / code
    pdf = pypdfium2.PdfDocument(place.with_suffix(".pdf"))
    assert 3 <= len(pdf) <= most
    # What has two pages of text needs no contents.
    assert not [page for page in pdf if "Contents" in page.get_textpage().get_text_range().splitlines()[:3]]
    text, html = pdf_text(place.with_suffix(".pdf")), place.with_suffix(".html").read_text(encoding="utf-8")
    for heading in ("Every activity", "Participants over the years", "How to cite"):
        assert heading in text and f">{heading}<" in html
    # Headings above nothing are left out, of sections and within them.
    for heading in ("What it cost", "Where the training took place", "In its region", "Per head", "Glossary"):
        assert heading not in text and f">{heading}<" not in html
    assert "%" not in text


@pytest.mark.parametrize(("code", "year"), [("IMET", 2020), ("PKO", 2020), ("SEC506", 2016), ("PCCF", 2018)])
def test_shares_of_a_year_before_with_few_are_not_said(code: str, year: int) -> None:
    subject = open_subject(year, scope=scope.program(code))
    before = subject.series.set_index("fiscal_year")["participants"].get(year - 1, 0)
    said = "against" in regions.lead(subject).text
    assert said == (subject.has_previous and before >= LEAST_PARTICIPANTS)


def test_shares_of_few_known_places_and_lengths_are_counts() -> None:
    for code, newest in (("CMR", 2020), ("BHS", 2020), ("NIU", 2018)):
        for year in subject_of(code, newest).coverage.years:
            shown = courses.course_lengths(subject_of(code, year))
            if isinstance(shown, Figure):
                dated = sum(int(row["participants"]) for row in rows_of(shown.csv) if row["share"])
                assert ("%" in shown.title) == (dated >= LEAST_PARTICIPANTS)
