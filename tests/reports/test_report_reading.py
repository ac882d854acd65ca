"""What is wrong with a block is seen: each fault alone makes a sound block fail."""

from __future__ import annotations

from dataclasses import replace

import pytest

from milaid.blocks.block import Block, Column, Prose, Source
from report_reading import faults_of
from samples import figure, key_facts, short_table


@pytest.mark.parametrize(
    "block", [figure(), short_table(), key_facts(), Prose("None reported, 1 of 2 recipients.")]
)
def test_a_sound_block_has_no_fault(block: Block) -> None:
    assert faults_of(block) == []


@pytest.mark.parametrize(
    ("block", "fault"),
    [
        (figure(alt="Bar chart. The highest year has nan participants."), "'nan' in: Bar chart"),
        (figure(note="Not drawn: <NA>."), "'<NA>' in: Not drawn"),
        (figure(subtitle="Course participants, None, by fiscal year"), "'None' in: Course"),
        (figure(sources=(Source("Report of {year}"),)), "'{y' in: Report"),
        (figure(title="Course participants  fell"), "'  ' in: Course"),
        (figure(subtitle="Course participants, FY2014–FY2014"), "'FY2014–FY2014' in: Course"),
        (Prose("The report lists 1 participants."), "'1 participants' in: …The"),
        (Prose("The report lists 1 of 1 country."), "'1 of 1' in: …The"),
        (figure(note="Aid was $1,200.4m."), "'$1,200.4m' in: …Aid"),
        (figure(wide="<svg><text>$0.0m</text></svg>"), "'$0.0m' in: …$0.0m"),
        (figure(note="Page: D1 cta_af_a2gam.html."), "'cta_af_a2gam.html' in: …Page"),
        (figure(title="course participants fell"), "the title begins with 'c'"),
        (figure(title="Course participants fell."), "the title ends with a point"),
        (figure(alt="Bar chart"), "the alt text is no sentence"),
        (figure(csv="fiscal_year,participants\n"), "its file has no row"),
        (figure(csv="year,year\n1,2\n"), "columns without a name of their own"),
        (figure(csv="year,\n1,2\n"), "columns without a name of their own"),
        (figure(csv="year,count\n1\n"), "rows of different lengths"),
        (figure(csv="year,count\n1,nan\n"), "a missing value in words"),
        (replace(key_facts(), csv="fact,value\n"), "its file has no row"),
        (short_table(rows=(("x", "None", *[None] * 7),), roles=("",)), "'None' in: None"),
        (figure(note=["A person counts twice."]), "it does not survive the notebook"),
    ],
)  # fmt: skip
def test_a_fault_is_seen(block: Block, fault: str) -> None:
    [found] = faults_of(block)
    assert fault in found


def test_what_a_column_gives_as_it_is_printed_may_be_none() -> None:
    columns = (Column("unit", "Unit as printed"), Column("course", "Course"))
    table = short_table(columns=columns, rows=(("None", "None"),), roles=("",))
    assert faults_of(table) == ["'None' in: None"], "that of the other column"
