"""An abbreviation stands in full where a report first uses it, and in a list where it cannot."""

from __future__ import annotations

import pytest

from milaid.blocks.block import Block, Column, Definitions, Finding, Findings, Prose
from milaid.publish.files import document
from milaid.publish.files.in_full import HEADING, in_full, meanings
from milaid.tables import terms
from samples import front, notebook, short_table

IMET = "International Military Education and Training"


def made(*parts: Block | str, kind: str = "annual") -> document.Document:
    written = notebook([front(), *parts, "## Data and method", Prose("Rows are counted.")])
    written.metadata["milaid"] = {"report": kind} if kind else {}
    return document.build(written)


def texts(report: document.Document) -> list[str]:
    return [block.text for block in report.blocks() if isinstance(block, Prose)]


def listed(report: document.Document) -> dict[str, str]:
    return dict(item for block in report.blocks() if isinstance(block, Definitions) for item in block.items)


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("IMET fell. IMET rose.", f"{IMET} (IMET) fell. IMET rose."),
        ("Of it, GDP fell.", "Of it, gross domestic product (GDP) fell."),
        ("GDP fell.", "Gross domestic product (GDP) fell."),
        ("Dollars (GDP deflator) fell.", r"Dollars (gross domestic product \[GDP\] deflator) fell."),
        ("It is an FMF program.", "It is a Foreign Military Financing (FMF) program."),
        (f"{IMET} (IMET) fell, IMET rose.", f"{IMET} (IMET) fell, IMET rose."),
        (f"IMET: the account {IMET}.", f"IMET: the account {IMET}."),
        ("See [the profile](report:program/IMET).", "See [the profile](report:program/IMET)."),
        ("One row, IMET seminar (Navy), lists 5.", "One row, IMET seminar (Navy), lists 5."),
        ("Members of NATO.", "Members of the North Atlantic Treaty Organization (NATO)."),
        ("It is a NATO member.", "It is a North Atlantic Treaty Organization (NATO) member."),
        ("Taught at the NATO School.", "Taught at the NATO School."),
    ],
)
def test_the_first_use_is_in_full(said: str, shown: str) -> None:
    assert texts(in_full(made("## Findings", Prose(said))))[0] == shown


def test_texts_are_read_in_the_order_in_which_they_are_shown() -> None:
    findings = Findings((Finding("FMF fell", "It was FMF."), Finding("IMET", "Of IMET.")))
    first, *_ = [
        block for block in in_full(made("## Findings", Prose("Of IMET."), findings)).blocks() if isinstance(block, Findings)
    ]  # fmt: skip
    assert first.findings[0].lead == "Foreign Military Financing (FMF) fell"
    assert [each.text for each in first.findings] == ["It was FMF.", "Of IMET."]
    assert first.findings[1].lead == "IMET"


def test_what_cannot_be_written_out_is_listed() -> None:
    table = short_table(
        columns=(Column("a", "EDA, USD"), Column("b", "Program")), rows=(("x", "PKO"),), roles=("",), note=""
    )
    report = in_full(made("## Findings", table, Prose("In FY2014.")))
    assert {"EDA", "PKO", "FY"} <= set(listed(report)) and "IMET" not in listed(report)
    assert any(HEADING in str(element.content) for element in report.sections[-1].elements)


def test_a_glossary_that_a_report_has_is_made_longer() -> None:
    glossary = Definitions((("CSV", "A file."), ("ISO", "Codes.")))
    report = in_full(made("## Findings", Prose("In FY2014."), glossary))
    assert [*listed(report)] == ["CSV", "ISO", "FY"]


def test_the_text_of_a_notebook_that_is_no_report_stays() -> None:
    report = made("## Findings", Prose("IMET fell."), kind="")
    assert in_full(report) is report


def test_every_abbreviation_in_full_has_a_meaning() -> None:
    assert set(dict(terms.IN_FULL)) <= set(dict(terms.ABBREVIATIONS))
    assert meanings()["PKO"] == ("Peacekeeping Operations", "Peacekeeping Operations.")
    assert "CAMRI" not in meanings()
