"""Letters beside numbers: which cell has which, what the legend says, and what the file holds beside the values."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace

import pandas as pd
import pytest

from milaid import flags
from milaid.blocks.block import Column, Source, Table, from_payload
from milaid.blocks.cells import printed
from milaid.blocks.html_table import table as html_table
from milaid.blocks.text_form import text_form
from milaid.blocks.typst_table import table as typst_table
from milaid.errors import ReportError
from milaid.exhibits.flagged import NO_FLAGS, Flags, csv_with_flags, legend
from milaid.exhibits.tables import table_from_frame
from milaid.tables import value_flags

COLUMNS = (
    Column("year", "Fiscal year"),
    Column("participants", "Participants", "integer"),
    Column("change", "Change, %", "percent_change"),
    Column("cost_usd", "Cost, USD", "usd"),
    Column("each", "Each, USD", "usd", computed=True),
)
FRAME = pd.DataFrame(
    {
        "year": ["FY2003", "FY2004", "FY2005"],
        "participants": pd.array([10, 20, None], dtype="Int64"),
        "change": [None, None, 5.0],
        "cost_usd": pd.array([None, 0, 7], dtype="Int64"),
        "each": [None, 0.0, 1.0],
    }
)


def of_years(column: str, row) -> dict[str, str]:
    return {"FY2004": {"u": "a page is lost", "b": "seven leave"}, "FY2005": {"d": "others count"}}.get(
        row["year"], {}
    )


KNOWN = Flags(frozenset({"participants", "cost_usd"}), of_years)


def made(frame: pd.DataFrame = FRAME, known: Flags = KNOWN, **options) -> Table:
    words = {
        "key": "years",
        "title": "Years",
        "alt": "Years.",
        "sources": (Source("Report"),),
        "note": "Noted.",
    }
    return table_from_frame(frame, COLUMNS, **words, flags=known, **options)


def test_flags_stand_beside_values_that_are_there_and_the_note_explains_just_these() -> None:
    table = made()
    assert dict(table.flags) == {"participants": ("", "bu", ""), "cost_usd": ("", "bu", "d")}
    assert table.note == (
        "Noted. b break in series: seven leave (FY2004). d definition differs: others count (FY2005). "
        "u low reliability: a page is lost (FY2004)."
    )
    assert made(known=NO_FLAGS).note == "Noted." and made(known=NO_FLAGS).flags == ()


def test_the_file_has_a_column_of_flags_beside_each_value_that_can_have_one() -> None:
    rows = list(csv.reader(io.StringIO(made().csv)))
    assert rows == [
        ["year", "participants", "participants_flag", "change", "change_flag", "cost_usd", "cost_usd_flag", "each", "each_flag"],
        ["FY2003", "10", "", "", "m", "", "", "", "m"],
        ["FY2004", "20", "bu", "", "m", "0", "bu", "0.0", ""],
        ["FY2005", "", "", "5.0", "", "7", "d", "1.0", ""],
    ]  # fmt: skip
    unflagged = made(known=NO_FLAGS).csv.splitlines()[0]
    assert unflagged == "year,participants,change,change_flag,cost_usd,each,each_flag"


def test_a_missing_value_is_none_in_the_source_or_not_computed() -> None:
    cells = re.findall(r"<td[^>]*>(.*?)</td>", html_table(made(known=NO_FLAGS), "Years"))
    assert cells == ["10", "..", "–", "..", "20", "..", "0", "0", "–", "+5.0", "7", "1"]


def test_a_flag_hangs_beside_its_number_on_the_page_in_print_and_in_text() -> None:
    table = made()
    page = html_table(table, "Years")
    assert '20<sup class="flag" title="break in series; low reliability">bu</sup></td>' in page
    assert page.count('class="flag"') == 3
    assert typst_table(table).count("flag(") == 3 and '"20" + flag("bu")' in typst_table(table)
    assert re.search(r"FY2004 +20 bu +\.\. +0 bu", text_form(table))


def test_flags_survive_a_notebook_and_a_table_cut_for_print() -> None:
    table = made(pdf_rows=2)
    assert from_payload(json.loads(json.dumps(table.payload()))) == table
    assert dict(printed(table).flags) == {"participants": ("", "bu"), "cost_usd": ("", "bu")}


def test_sums_have_no_flags_of_years() -> None:
    table = made(total_label="All")
    assert dict(table.flags)["participants"] == ("", "bu", "", "")


def test_flags_of_another_length_or_of_no_column_are_refused() -> None:
    with pytest.raises(ReportError) as caught:
        replace(made(), flags=(("participants", ("b",)), ("other", ("", "", ""))))
    assert "1 flags of 'participants' for 3 rows" in str(caught.value)
    assert "flags of 'other', which is no column" in str(caught.value)


def test_derived_values_are_marked_each_by_itself() -> None:
    frame = FRAME.assign(derived=["quantity", None, "quantity, cost_usd"], participants=[1, 2, 3])
    table = made(frame, NO_FLAGS)
    assert dict(table.flags) == {"participants": ("e", "", "e"), "cost_usd": ("", "", "e")}
    assert table.note.count("e estimated or derived: ") == 1
    text = csv_with_flags("quantity,cost_usd,derived\n1,2,cost_usd\n,3,\n", (), NO_FLAGS)
    assert text.splitlines() == [
        "quantity,quantity_flag,cost_usd,cost_usd_flag,derived",
        "1,,2,e,cost_usd",
        ",,3,,",
    ]


def test_every_row_of_a_long_file_has_its_flags() -> None:
    rows = [
        (number, "" if number % 5 == 0 else number, "cost_usd" if number % 3 == 0 else "")
        for number in range(4501)
    ]
    text = pd.DataFrame(rows, columns=["quantity", "cost_usd", "derived"]).to_csv(
        index=False, lineterminator="\n"
    )
    expected = [
        [str(number), "", str(cost), "e" if derived and cost else "", derived]
        for number, cost, derived in rows
    ]
    assert list(csv.reader(io.StringIO(csv_with_flags(text, (), NO_FLAGS))))[1:] == expected
    of_year = Flags(
        frozenset({"cost_usd"}), lambda column, row: {"u": "even"} if int(row["quantity"]) % 2 == 0 else {}
    )
    noted = list(csv.reader(io.StringIO(csv_with_flags(text, (), of_year))))[1:]
    assert [row[2] for row in noted] == [row[2] for row in expected]
    assert all(("u" in row[3]) == (bool(row[2]) and int(row[0]) % 2 == 0) for row in noted)


def test_a_legend_groups_years_by_reason() -> None:
    assert legend({}) == ""
    said = {"u": {"lost": [2019], "thin": [2004, 2003]}, "b": {"gone": [2004]}}
    assert (
        legend(said)
        == "b break in series: gone (FY2004). u low reliability: lost (FY2019); thin (FY2003 and FY2004)."
    )


@pytest.mark.parametrize(("codes", "flag"), [("", ""), ("ub", "bu"), ("bbd", "bd")])
def test_letters_stand_once_by_the_alphabet(codes: str, flag: str) -> None:
    assert flags.joined(codes) == flag


def test_every_letter_is_told_once_in_words_and_in_markdown() -> None:
    assert (
        [line[3] for line in flags.as_markdown().splitlines()]
        == list(flags.MEANINGS)
        == sorted(flags.MEANINGS)
    )
    assert "m not computed" not in flags.letters() and ".. not computed" in flags.signs()


def test_exported_values_have_the_flags_of_their_row() -> None:
    rows = pd.DataFrame(
        {
            "quantity": pd.array([1, None, 3], dtype="Int32"),
            "cost_usd": pd.array([None, None, 5], dtype="Int64"),
            "derived": ["quantity", None, "quantity, cost_usd"],
        }
    )
    found = value_flags.flagged(rows, "trainings").astype("object")
    assert found["quantity_flag"].where(found["quantity_flag"].notna(), None).tolist() == ["e", "m", "e"]
    assert found["cost_usd_flag"].where(found["cost_usd_flag"].notna(), None).tolist() == ["m", "m", "e"]
    aid = pd.DataFrame({"amount_usd": [1, 2], "amount_usd_constant": [1, 2], "partial": [False, True]})
    assert value_flags.flagged(aid, "aid_country_totals")["amount_usd_flag"].fillna("").tolist() == ["", "p"]
    assert value_flags.flagged(aid, "countries") is not None and "amount_usd_flag" not in value_flags.flagged(
        aid, "countries"
    )
