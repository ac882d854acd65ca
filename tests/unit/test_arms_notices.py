"""Notices of arms sales as texts: the forms that are read, and the texts that are refused with their place."""

from __future__ import annotations

import re
from datetime import date

import pytest

from arms_notices import RADIOS, TRAINING, as_page, enhancement, notice, offer
from milaid.errors import SourceError
from milaid.sources.arms_notices.notice import read_notice
from milaid.sources.arms_notices.values import read_amounts, read_day
from milaid.tables.notifications import training

TODAY = date(2026, 1, 15)


@pytest.fixture
def read(tmp_path):
    def of(text, name="notice.txt"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_notice(path, TODAY)

    return of


def test_a_notice_of_an_offer_is_read_in_full(read):
    [made] = read(notice(offer(extra="    Funding Source: National Funds")))
    assert (made.document, made.transmittal, made.kind, made.section) == (
        "2014-02345",
        "13-99",
        "offer",
        "36(b)(1)",
    )
    assert (made.purchaser, made.delivered, made.published) == (
        "Government of Libya",
        date(2014, 1, 22),
        date(2014, 2, 5),
    )
    assert (made.amounts.major, made.amounts.other, made.amounts.total) == (0, 600_000_000, 600_000_000)
    assert made.equipment == TRAINING and made.funding_source == "National Funds"
    assert (made.military_department, made.prior_cases) == ("Army (UAB)", "None")
    assert (made.correction, made.refers_to, made.page) == (False, None, "6886")


def test_the_line_is_the_one_in_the_file_also_of_a_page(read):
    text = notice(offer())
    line = 1 + text[: text.index("(i) Prospective")].count("\n")
    assert read(text)[0].line == line
    page = as_page(text)
    [made] = read(page)
    assert made.line == 1 + page[: page.index("(i) Prospective")].count("\n")
    assert made.equipment == TRAINING


@pytest.mark.parametrize("mark", ["(U) ", "(U)  "])
def test_marks_of_classification_are_left_out(read, mark):
    [made] = read(notice(offer(mark=mark)))
    assert (made.purchaser, made.amounts.total, made.equipment) == (
        "Government of Libya",
        600_000_000,
        TRAINING,
    )


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("Major Defense Equipment* ........ $ 0 million\nOther .... $25.5 million\nTOTAL ... $25.5 million", (0, 25_500_000, 25_500_000)),
        ("Major Defense Equipment (MDE) *.. $1.285 billion\nOther.. $.515 billion\nTotal.. $1.8 billion", (1_285_000_000, 515_000_000, 1_800_000_000)),
        ("MDE*  $12 million\n Other  $3 million\n   TOTAL\n     $15 million", (12_000_000, 3_000_000, 15_000_000)),
        ("Total Estimated Value: $300 million", (None, None, 300_000_000)),
        ("Major Defense Equipment..... $14,250,000\nOther.. $750,000\nTOTAL. $15,000,000", (14_250_000, 750_000, 15_000_000)),
        ("Other N/A\nTOTAL $5 million", (None, None, 5_000_000)),
    ],
)  # fmt: skip
def test_amounts_are_read_as_they_vary(text, amounts):
    found = read_amounts(text)
    assert (found.major, found.other, found.total) == amounts
    assert found.problem == ""


def test_parts_may_differ_from_the_total_by_rounding_alone():
    text = "Major Defense Equipment $1.2 billion\nOther $0.65 billion\nTOTAL $1.{} billion"
    assert read_amounts(text.format(9)).problem == ""
    assert (
        "$1,200,000,000 and $650,000,000, do not come to the total, $1,100,000,000"
        in read_amounts(text.format(1)).problem
    )


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("22 January 2014", date(2014, 1, 22)), ("January 22, 2014", date(2014, 1, 22)), (" : Jan. 22 2014.", date(2014, 1, 22)),
        ("5 Sept 2009", date(2009, 9, 5)), ("31 February 2014", None), ("22 Frimaire 2014", None), ("2014", None),
    ],
)  # fmt: skip
def test_days_are_read_in_both_orders(text, day):
    assert read_day(text) == day


def test_several_transmittals_stand_under_one_heading(read):
    text = notice(
        offer("13-06", "NATO", "$0 million", "$300 million", "$300 million", RADIOS),
        enhancement("17-0A", of="13-06"),
        offer("13-07", "The Republic of Korea"),
        numbers="Transmittal Nos. 13-06, 17-0A and 13-07",
    )
    found = read(text)
    assert [(each.transmittal, each.kind, each.purchaser, each.refers_to) for each in found] == [
        ("13-06", "offer", "NATO", None),
        ("17-0A", "enhancement", "Government of Libya", "13-06"),
        ("13-07", "offer", "The Republic of Korea", None),
    ]
    assert found[0].equipment == RADIOS


def test_transmittals_without_a_number_of_their_own_have_those_of_the_head(read):
    plain = re.sub(r"Transmittal No\. .*\n", "", offer())
    text = notice(plain, plain.replace("Libya", "Iraq"), numbers="Transmittal Nos. 13-06 and 13-07")
    assert [(each.transmittal, each.purchaser[-4:]) for each in read(text)] == [
        ("13-06", "ibya"),
        ("13-07", "Iraq"),
    ]


def test_an_enhancement_names_the_earlier_transmittal_and_may_have_no_value(read):
    [made] = read(notice(enhancement(), numbers="Transmittal No. 17-0A"))
    assert (made.kind, made.section, made.refers_to) == ("enhancement", "36(b)(5)(C)", "13-99")
    assert made.amounts.total is None and made.delivered == date(2017, 5, 5)
    assert made.equipment.startswith("On 22 January 2014, Congress was notified")


def test_a_correction_is_told_by_its_action(read):
    [made] = read(notice(offer(), action="Arms sales notice; correction"))
    assert made.correction


def test_a_text_of_another_source_has_the_name_of_its_file(read):
    text = notice(offer()).replace("[FR Doc. 2014-02345 Filed 2-4-14; 8:45 am]", "")
    assert [(each.document, each.numbered) for each in read(text, "record.txt")] == [("record", False)]
    assert [(each.document, each.numbered) for each in read(text, "2014-02345.txt")] == [("2014-02345", True)]


@pytest.mark.parametrize(
    ("equipment", "named"),
    [
        (TRAINING, "first named"),
        (RADIOS, "named"),
        ("12 patrol boats; spare parts", "not named"),
        ("Major Defense Equipment (MDE): None. Non-MDE: pilot training, simulators", "first named"),
        ("Major Defense Equipment (MDE): Two (2) aircraft Non-MDE: trainers", "named"),
        ("constraints and strains", "not named"),
    ],
)
def test_training_is_named_first_further_on_or_not(equipment, named):
    assert training(equipment) == named


def refused(read, text, *said, name="notice.txt"):
    with pytest.raises(SourceError) as error:
        read(text, name)
    for part in (*said, name):
        assert part in str(error.value), str(error.value)
    return str(error.value)


def line_of(text, words):
    return f"line {1 + text[: text.index(words)].count(chr(10))}: "


@pytest.mark.parametrize(
    ("old", "new", "at", "said"),
    [
        ("Prospective Purchaser: Government of Libya", "Prospective Purchaser:", "(i) P", "no purchaser behind (i)"),
        ("    TOTAL.................................  $600 million\n", "", "(ii)", "no total in the item (ii)"),
        ("$0 million", "$40 million", "(ii)", "the parts, $40,000,000 and $600,000,000, do not come to the total, $600,000,000"),
        ("22 January 2014", "32 January 2014", "(viii)", "no date in the item Date Report Delivered to Congress: «: 32 January 2014»"),
        ("22 January 2014", "22 January 2041", "(viii)", "delivered to Congress on 2041-01-22, which cannot be"),
        ("(iii) Description and Quantity or", "(iii) Amount or", "(i) P", "no item (iii) Description and Quantity"),
    ],
)  # fmt: skip
def test_what_is_missing_or_cannot_be_is_told_with_line_and_transmittal(read, old, new, at, said):
    text = notice(offer()).replace(old, new, 1)
    refused(read, text, line_of(text, at), f"transmittal 13-99: {said}")


def test_all_that_is_wrong_is_told_together(read):
    text = notice(offer(total="many", delivered="soon"), numbers="Transmittal No. 13-99")
    said = refused(read, text)
    assert "«: soon»" in said and "no total" in said


@pytest.mark.parametrize("end", ["(ii)", "(iii)", "(viii)"])
def test_a_text_that_is_cut_off_is_refused(read, end):
    text = notice(offer())
    refused(
        read,
        text[: text.index(f"    {end} ")],
        "transmittal 13-99: no date in the item Date Report Delivered",
    )


def test_a_text_that_ends_before_its_transmittal_is_refused_with_its_last_line(read):
    text = notice(offer())
    head = text[: text.index("Transmittal No. 13-99\n\nNotice")].rstrip()
    said = "the text ends without an item (i) Prospective Purchaser"
    refused(read, head, line_of(head, "Alternate OSD"), said)


def test_numbers_that_do_not_fit_are_refused(read):
    text = notice(offer("13-98"))
    refused(read, text, line_of(text, "(i) P"), "the head names the transmittals 13-99, 13-98")
    bare = re.sub(r"\[?Transmittal No\. .*\n", "", notice(offer()))
    refused(read, bare, line_of(bare, "(i) P"), "no number of a transmittal above the purchaser")
    refused(read, notice(offer(), offer()), "the transmittal 13-99 stands in it a second time")
    plain = re.sub(r"transmittal number 13-99|Transmittal No\.: 13-99", "an earlier one", enhancement())
    refused(
        read,
        notice(plain, numbers="Transmittal No. 17-0A"),
        "an enhancement that names no earlier transmittal",
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the file is empty"),
        (b"  \n\n", "the file is empty"),
        (b"First line\nC\xf4te", "line 2: the byte 0xf4 is not UTF-8"),
        (b"%PDF-1.4\n\x00\x01", "line 2: the character '\\x00'"),
        (b"<!DOCTYPE html><html><title>Sign in</title></html>", "line 1: a web page titled \xc2\xabSign in\xc2\xbb"),
        (b"DEPARTMENT OF ENERGY\nNotice of a meeting.", "line 1: no notice of an arms sale: section 36(b)"),
    ],
)  # fmt: skip
def test_texts_of_other_kinds_are_refused_with_their_place(read, content, said):
    refused(read, content, said.encode("latin-1").decode() if "\xc2" in said else said)


def test_licences_and_bare_corrections_are_refused(read):
    head = notice(offer()).split("Transmittal No. 13-99\n\nNotice")[0]
    licence = head.replace("36(b)(1)", "36(c)").replace("Arms Sales", "Arms Sales")
    refused(read, licence, "a notice of commercial licences (section 36(c) or (d))")
    bare = head.replace("ACTION: Notice.", "ACTION: Arms sales notice; correction.")
    refused(read, bare, line_of(bare, "ACTION:"), "a correction without the text of the transmittal")
