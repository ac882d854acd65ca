"""What is about a person is taken out of the activities; a row that does not fit stops the build."""

from __future__ import annotations

import pandas as pd
import pytest

from milaid.errors import DataError
from milaid.tables import personal, schemas_people
from milaid.tables.schema import conform
from milaid.tables.withheld import is_marked, withhold

ROWS = pd.DataFrame(
    {
        "edition": "2014-2015",
        "document": "africa.pdf",
        "page": [3, 3, 4],
        "row_on_page": [1, 2, 1],
        "country": "Chad",
        "course_title": ["Engineer Course", "Ms. Jane Doe, Engineer Course", None],
        "location": None,
        "student_unit": ["Army", "12345678", "CPT Jane Doe, 3rd Brigade"],
        "us_unit": None,
    }
).astype(dict.fromkeys(("course_title", "location", "student_unit", "us_unit"), "str"))
ROWS["row_id"] = [
    f"2014-2015/africa.pdf/p{p}/r{r}" for p, r in zip(ROWS["page"], ROWS["row_on_page"], strict=True)
]


def listed(*rows):
    """Return rows of the table as (row, field, kind, shown); the document is that of the rows unless it is named."""
    columns = ("row_id", "field", "kind", "shown")
    frame = pd.DataFrame([dict(zip(columns, row, strict=True)) for row in rows])
    frame = frame.assign(
        fiscal_year=2014,
        edition="2014-2015",
        document=frame["row_id"].str.split("/").str[1],
        page=1,
        reason="Read on the page.",
    )
    return conform(frame, schemas_people.WITHHELD)


FITTING = listed(
    ("2014-2015/africa.pdf/p3/r2", "student_unit", "number", "[number withheld]"),
    ("2014-2015/africa.pdf/p3/r2", "course_title", "name", "Ms. [name withheld], Engineer Course"),
    ("2014-2015/africa.pdf/p4/r1", "student_unit", "name", "CPT [name withheld], 3rd Brigade"),
)


def test_listed_fields_show_the_mark_and_all_others_are_as_printed():
    shown = withhold(ROWS, FITTING)
    assert list(shown["student_unit"]) == ["Army", "[number withheld]", "CPT [name withheld], 3rd Brigade"]
    assert list(shown["course_title"][:2]) == ["Engineer Course", "Ms. [name withheld], Engineer Course"]
    rest = ["edition", "document", "page", "row_on_page", "location", "us_unit", "row_id"]
    pd.testing.assert_frame_equal(shown[rest], ROWS[rest])
    assert ROWS["student_unit"][1] == "12345678", "the rows given are not changed"


def test_rows_that_are_withheld_already_stay_so():
    once = withhold(ROWS, FITTING)
    pd.testing.assert_frame_equal(withhold(once, FITTING), once)
    assert list(is_marked(once)) == [False, True, True]
    assert not is_marked(ROWS).any()


def test_rows_of_documents_that_are_not_read_are_left_aside():
    of_another = listed(("2014-2015/europe.pdf/p1/r1", "student_unit", "name", "[name withheld]"))
    pd.testing.assert_frame_equal(withhold(ROWS, of_another), ROWS)


def test_all_that_does_not_fit_is_said_at_once_and_without_the_text():
    wrong = listed(
        ("2014-2015/africa.pdf/p9/r9", "student_unit", "name", "[name withheld]"),
        ("2014-2015/africa.pdf/p4/r1", "student_unit", "name", "MAJ [name withheld], 3rd Brigade"),
        ("2014-2015/africa.pdf/p3/r2", "student_unit", "number", "number"),
        ("2014-2015/africa.pdf/p3/r1", "us_unit", "name", "[name withheld]"),
    )
    with pytest.raises(DataError) as refused:
        withhold(ROWS, wrong)
    said = str(refused.value)
    for row in wrong["row_id"]:
        assert row in said
    assert "Doe" not in said
    assert "12345678" not in said
    assert "withheld.csv" in said


def decided(*rows):
    return conform(
        pd.DataFrame(rows, columns=["field", "country", "pattern", "reason"], dtype="object"),
        schemas_people.NOT_PERSONAL,
    )


def words(text, country="Chad", not_personal=None):
    rows = ROWS.iloc[:1].assign(student_unit=text, country=country)
    found = personal.candidates(rows, decided() if not_personal is None else not_personal)
    return "".join(found["words"])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("CPT Jane Doe, 3rd Brigade", "CPT Jane"),
        ("Sgt. Önder Yılmaz", "Sgt. Onder"),
        ("3rd Brigade (DOE, Carlos)", "DOE, Carlos"),
        ("Escorted by J. Doe", "J. Doe"),
        ("12345678", "12345678"),
        ("Military Hospital (GH/3999)", "GH/3999"),
        ("258 123 456 789", "258 123 456"),
    ],
)
def test_ranks_given_names_initials_and_long_numbers_make_a_candidate(text, found):
    assert words(text) == found


@pytest.mark.parametrize(
    "beside",
    ["1LT", "Cap", "Capitán", "COL", "Dr.", "FLT LT", "flt lt", "Gr", "Mr", "Rear Adm", "Rear Adm.", "WG CDR", "sqn ldr", "WO",
     "Abdul", "JOSÉ", "Zviad", "yasser", "Scholar Program", "SCHOLARS PROGRAM -"],
)  # fmt: skip
def test_a_name_is_found_beside_each_kind_of_word_in_any_letters(beside):
    assert "Xanthopoulos" in words(f"{beside} Xanthopoulos")
    assert "Xanthopoulos" in words(f"3rd Brigade ({beside} Xanthopoulos)")
    assert words(f"{beside}s-like unit") == words("Unit of 3rd") == ""


@pytest.mark.parametrize(
    "text", ["Army", "3rd Brigade", "CPT [name withheld], 3rd Brigade", "[number withheld]", ""]
)
def test_plain_units_and_what_is_withheld_are_no_candidates(text):
    assert words(text) == ""


def test_words_that_are_decided_to_be_no_person_are_none_in_their_field_and_country_only():
    table = decided(("student_unit", "Chad", r"\bgeneral cordova", "Brigade called after a person."))
    assert words("General Córdova Brigade") == "General Cordova"
    assert words("General Córdova Brigade", not_personal=table) == ""
    assert words("General Córdova Brigade", "Mali", table) == "General Cordova"
    assert words("General Córdova Brigade, CPT Jane Doe", not_personal=table) == "CPT Jane"
