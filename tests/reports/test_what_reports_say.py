"""What every kind of report says, in one run of its cells each: numbers of exhibits, years in titles, trends, words in full."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest

from abbreviations import printed_in, unexplained
from claims import claims, missing, shown_by
from kinds_of_pages import document_from
from milaid import paths
from milaid.blocks.block import Block, Exhibit, Figure, csv_rows
from milaid.publish.files.in_full import in_full
from milaid.publish.files.said_once import said_once
from milaid.tables import store
from report_reading import Cell, run_cells

pytestmark = pytest.mark.skipif(
    not store.available_years(), reason=f"no activities in {paths.trainings_dir()}; run make data"
)
KINDS = {
    "annual_trends.ipynb": "annual",
    "program_profile.ipynb": "program",
    "region_profile.ipynb": "region",
    "country_profile.ipynb": "country",
    "comparison.ipynb": "comparison",
    "program_guide.ipynb": "program-guide",
    "data_quality.ipynb": "data-quality",
}
TRIED = (
    *(("annual_trends.ipynb", {"fiscal_year": year}) for year in (1999, 2000, 2004, 2005, 2014, 2020)),
    # With an account, with gaps, of one year alone, with one recipient, with few recipients in one of two years.
    *(("program_profile.ipynb", {"program": code, "fiscal_year": year})
      for code, year in (("PKO", 2020), ("ACOTA", 2006), ("CAMRI", 2019), ("ASFF", 2020), ("CTIWFP", 2020),
                         ("FHA", 2020), ("EIPC", 2005), ("CTPF", 2017), ("IMET", 2020), ("CTFP", 2018))),
    *(("region_profile.ipynb", {"region": name, "fiscal_year": year})
      for name, year in (("africa", 2020), ("near-east", 2004), ("near-east", 2020))),
    # With all there is, with less, with amounts below zero, without aid, with one participant in one year, of no country,
    # with places known of few, with many titles of which each has one participant, without a dollar, with few of known place,
    # and of the sections on other parts of the world.
    *(("country_profile.ipynb", {"country": code, "fiscal_year": year}) for code, year in (
        ("KEN", 2020), ("COL", 2020), ("MAR", 2014), ("JPN", 2002), ("AND", 2019), ("ABW", 2019), ("NOT-STATED", 2004),
        ("TLS", 2020), ("SUR", 2020), ("LIE", 2018), ("ARG", 2020), ("FJI", 2020), ("IRQ", 2003), ("BDI", 2020), ("MEX", 2010),
    )),
    *(("comparison.ipynb", {"compare": compare, "members": members, "fiscal_year": year})
      for compare, members, year in (
          ("country", "KEN,ETH,UGA,TZA,RWA", 2020), ("program", "IMET,CTFP,PME,REGCTR", 2018), ("country", "KEN,AND", 2000),
      )),
    ("program_guide.ipynb", {}),
    ("data_quality.ipynb", {}),
)  # fmt: skip
OVER_THE_YEARS = {"aid_series", "aid_ratio", "aid_accounts", "imet_years", "imet_table", "imet_counts", "per_head",
                  "agreements_years", "programs_years"}  # fmt: skip
_LEADS = re.compile(
    r"\b(?:up from|down from|at both ends|in each of these years|highest|lowest|[Ll]argest|Each has|Most years|Break in|in FY\d{4}\.)"
)
_VALUES = re.compile(r"\b(?:Values|Changes|Years|By fiscal year):|% in \d{4}–\d{4}")


@dataclass(frozen=True)
class Said:
    """A notebook, and the blocks that its cells show."""

    notebook: str
    cells: tuple[tuple[Cell, Block], ...]

    def exhibits(self) -> list[Exhibit]:
        """Return the figures and tables."""
        return [block for _, block in self.cells if isinstance(block, Exhibit)]


@pytest.fixture(
    scope="module",
    params=TRIED,
    ids=["-".join([name.removesuffix(".ipynb"), *map(str, values.values())]) for name, values in TRIED],
)
def said(request: pytest.FixtureRequest) -> Said:
    """The report of one trial; tests of the same trial share it."""
    notebook, values = request.param
    cells = run_cells(notebook, **values)
    return Said(notebook, tuple((cell, block) for cell, block in cells if isinstance(block, Block)))


def test_every_number_said_stands_in_the_exhibit_referred_to(said: Said) -> None:
    shown = [(cell.heading, block) for cell, block in said.cells]
    exhibits = shown_by(shown)
    checked = list(claims(shown))
    of_few = any(cell.call == "few.why_short" for cell, _ in said.cells)
    assert of_few or len(checked) > 5
    lost = [
        f"{claim.place}: {found} in {claim.text}" for claim in checked if (found := missing(claim, exhibits))
    ]
    assert not lost, "\n".join(lost)


def test_a_chart_over_years_is_titled_by_what_happens_over_them(said: Said) -> None:
    last = [
        f"{block.key}: {block.title}"
        for block in said.exhibits()
        if block.key in OVER_THE_YEARS
        and not re.search(r"FY\d{4}–FY\d{4}|most (?:for [^,]+ )?in FY|none in these years", block.title)
    ]
    assert not last, "titled by one year alone:\n" + "\n".join(last)


def test_every_chart_says_what_it_does_before_its_values(said: Said) -> None:
    wrong = []
    for figure in (block for block in said.exhibits() if isinstance(block, Figure)):
        if len(csv_rows(figure.csv)) == 2:
            # One value has neither a trend nor a largest.
            continue
        lead, listed = _LEADS.search(figure.alt), _VALUES.search(figure.alt)
        numbers = re.findall(r"\d", figure.alt)
        if not lead or not listed or lead.start() > listed.end() or len(numbers) < 2:
            wrong.append(f"{figure.key}: {figure.alt[:200]}")
    assert not wrong, "\n".join(wrong)


def test_what_stands_in_capitals_is_explained(said: Said) -> None:
    report = in_full(said_once(document_from(KINDS[said.notebook], said.cells)))
    lost = unexplained(report, printed_in(report))
    assert not lost, "\n".join(lost)
