"""Each slip that no report may have is seen, and what only resembles it is left alone."""

from __future__ import annotations

import pandas as pd
import pytest

from milaid.exhibits.arms.excess import delivered_title
from slips import labels, slips, slips_of_page, slips_of_print


@pytest.mark.parametrize(
    "text",
    [
        "Half of the participants were on a course of 1 days or less.",
        "The 1 rows on Andorra add up.",
        "An institution is recognised for 1 of 1 participants (100.0%).",
        "They add up to 1 of 1 country total.",
        "Not drawn: 1 recipients.",
        "One activities.",
        "It lists 3 participant.",
        "A rise of a 8.1% share.",
        "It is a $11.2 million program.",
        "It was an $119.6 million year.",
        "an 7.2% rise",
        "Aid was $0.0m.",
        "Aid was $0.0 million.",
        "Aid was $39,417.2m.",
        "Aid was $1,200 million.",
        "The report names no place that can be told.",
        "Participants rose from 3 to 907 (+30,131.3%).",
        "Of these, 0 (0.0%) were trained in the United States.",
        "0.0% of participants whose place is known were trained in the United States",
        "EUR Europe, NIS NIS, SA South Asia",
        "Page: first page of the recipient (D12 cta_wha_a2ch.html).",
        "Dollars are current , and whole.",
        "Training fell,, and aid rose.",
    ],
)
def test_a_slip_is_seen(text):
    assert slips(text)


@pytest.mark.parametrize(
    "text",
    [
        "Half of the participants were on a course of 1 day or less.",
        "The one row on Andorra adds up to the only country total.",
        "One of 12 programs, 1 of 12 recipients and 1 participant.",
        "Table 1 gives every year; figure 1 shows 1.1 participants, FY2001 activities and $1 rows.",
        "An 8.1% share, an 11-year series, an $18.4 million program, a 12.0% rise, a $119.6 million year, a 180-day course.",
        "Aid was $0.1 million, $999.9m, $39.4bn, $4,558.",
        "Down 10.0% of participants, +1,000 people, +999.9%, 10 (0.3%).",
        "Symbols: .. not computed; two points (..) not computed.",
        "The documents are [55 pages](https://example.org/243029.pdf) long.",
    ],
)
def test_what_is_no_slip_is_left_alone(text):
    assert slips(text) == []


def test_a_cell_gives_what_a_document_prints():
    assert slips("Naval Command Command , Air Force,, Cali", sentence=False) == []
    assert slips("a course of 1 days", sentence=False)


def test_labels_of_a_drawing_are_read():
    svg = '<svg><text x="1">$0.0m</text><g><text><tspan>C&amp;A</tspan></text></g></svg>'
    assert list(labels(svg)) == ["$0.0m", "C&A"]


def test_the_only_article_requested_is_no_one_of_one():
    frame = pd.DataFrame({"requested_items": [1], "delivered_items": [1]})
    assert delivered_title(frame) == "The only item requested was delivered"
    assert delivered_title(frame.assign(requested_items=3)) == "1 of 3 items requested was delivered"


@pytest.mark.parametrize(
    ("html", "count"),
    [
        ("<p>It lists 3 <b>participant</b>.</p>", 1),
        ("<tr><td>1</td><td>courses</td></tr>", 0),
        ("<tr><td>1 courses</td></tr>", 1),
        ("<td>Command Command</td><p>Command Command</p>", 1),
        ("<h3><span>Figure 1</span> Course participants</h3>", 0),
        ("<svg><text>$0.0m</text></svg><style>a , b</style>", 1),
        ('<p title="1 courses">One course</p>', 0),
    ],
)
def test_texts_of_a_page_are_read_part_by_part(html: str, count: int) -> None:
    assert len(slips_of_page(html)) == count


@pytest.mark.parametrize(
    ("page", "count"),
    [
        ("Training cost $39,417.2m in\n1 rows of 3", 2),
        ("1 More participants.\nTable A1 105 recipients\nhad 15,109 of 29,645 course\nparticipants", 0),
    ],
)
def test_lines_of_a_print_are_read_line_by_line(page: str, count: int) -> None:
    assert len(slips_of_print([page])) == count
