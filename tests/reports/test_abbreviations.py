"""Whatever a report says in capitals is written out at or before its first use, or stands in a list of the report."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from kinds_of_pages import document_of
from milaid import paths
from milaid.analysis.quality_coverage import PLACEHOLDERS
from milaid.blocks.block import Block, Box, Definitions, Exhibit, Findings, KeyFacts, Prose
from milaid.blocks.marked import parse, plain
from milaid.publish.files import document
from milaid.publish.files.in_full import in_full, meanings
from milaid.publish.files.said_once import said_once
from milaid.tables import store
from samples import notebook

pytestmark = pytest.mark.skipif(
    not store.available_years(), reason=f"no activities in {paths.trainings_dir()}; run make data"
)
TRIED = (
    *(("annual", "annual_trends", {"fiscal_year": year}) for year in (1999, 2005, 2020)),
    *(("country", "country_profile", {"country": code, "fiscal_year": year})
      for code, year in (("KEN", 2020), ("IRQ", 2003), ("AND", 2019), ("BDI", 2020), ("MEX", 2010))),
    *(("program", "program_profile", {"program": code, "fiscal_year": 2018}) for code in ("IMET", "CTFP")),
    ("region", "region_profile", {"region": "near-east", "fiscal_year": 2020}),
    ("comparison", "comparison", {"compare": "country", "members": "KEN,ETH,UGA", "fiscal_year": 2020}),
    ("program-guide", "program_guide", {}),
    ("data-quality", "data_quality", {}),
)  # fmt: skip
NO_ABBREVIATIONS = frozenset(
    [
        "US",
        "USD",
        "COVID",
        "II",
        "III",
        "IV",
        "VI",
        "VII",
        "CC",
        "BY",
        "NY",
        "GDP.MKTP.CD",
        "SP",
        "POP",
        "TOTL",
    ]
)
"""What every reader knows, numbers of sections, a licence, and the codes of the World Bank's series."""
AS_PRINTED = frozenset(word for text in PLACEHOLDERS for word in text.split())
"""What stands in a cell that says nothing; the data quality report lists it."""
_CAPITALS = re.compile(r"(?<![\w/.&-])(?:[A-Z]{2,}|DoD|DoS)(?![\w&-])")
_EXPLAINED = re.compile(r"[(\[]([A-Z][A-Za-z]+)[)\]]")


def running(block: Block) -> Iterator[str]:
    """Yield the sentences and titles of a block as they are shown, in their order."""
    match block:
        case KeyFacts():
            yield block.note
        case Findings():
            for finding in block.findings:
                yield from (finding.lead, finding.text)
        case Prose() | Box():
            yield block.text
        case Definitions():
            yield from (text for _, text in block.items)
        case Exhibit():
            yield from (block.title, block.subtitle, block.note)


def unexplained(report: document.Document, printed: frozenset[str]) -> list[str]:
    """Return abbreviations that stand before their explanation and in no list, each with its sentence."""
    listed = {
        part.strip() for block in report.blocks() if isinstance(block, Definitions) for term, _ in block.items
        for part in term.split(",")
    }  # fmt: skip
    known, found = set(listed | NO_ABBREVIATIONS | AS_PRINTED), []
    for block in report.blocks():
        for text in running(block):
            said = plain(parse(text))
            known |= set(_EXPLAINED.findall(said))
            names = set(_CAPITALS.findall(said)) - known - (printed - set(meanings()))
            found += [f"{name} in: {said[:200]}" for name in sorted(names)]
    return found


def printed_in(report: document.Document) -> frozenset[str]:
    """Return the words in capitals that the tables of a report give as documents print them."""
    return frozenset(name for exhibit in report.exhibits() for name in _CAPITALS.findall(exhibit.csv))


@pytest.mark.usefixtures("texts_alone")
@pytest.mark.parametrize(
    ("kind", "name", "values"), TRIED, ids=["-".join([kind, *map(str, v.values())]) for kind, _, v in TRIED]
)
def test_what_stands_in_capitals_is_explained(kind: str, name: str, values: dict[str, object]) -> None:
    report = in_full(said_once(document_of(kind, name, values)))
    lost = unexplained(report, printed_in(report))
    assert not lost, "\n".join(lost)


def test_an_abbreviation_before_its_explanation_is_found() -> None:
    made = notebook(["## One", Prose("PKO fell. Peacekeeping Operations (PKO) fell."), Prose("XYZ fell.")])
    assert [each[:3] for each in unexplained(document.build(made), frozenset({"PKO"}))] == ["XYZ"]
    assert [
        each[:3]
        for each in unexplained(document.build(notebook(["## One", Prose("PKO fell.")])), frozenset({"PKO"}))
    ] == ["PKO"]
