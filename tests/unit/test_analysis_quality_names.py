"""Names that changed, and figures of others beside the rows."""

import pandas as pd
import pytest

from milaid.analysis import quality_names
from milaid.analysis.quality_published import people_beside_ours
from milaid.tables import schemas
from milaid.tables.schema import conform
from training_frames import programs, trainings


def countries(*rows):
    full = [
        {"region": "Africa", **dict(zip(("printed", "recipient", "kind", "iso3", "note"), row, strict=True))}
        for row in rows
    ]
    return conform(pd.DataFrame(full, columns=list(schemas.COUNTRIES.columns)), schemas.COUNTRIES)


NAMES = countries(
    ("Cote d'Ivoire", "Côte d’Ivoire", "country", "CIV", None),
    ("Côte D’Ivoire", "Côte d’Ivoire", "country", "CIV", None),
    ("Gambia", "Gambia", "country", "GMB", None),
    ("Gambia, The", "Gambia", "country", "GMB", None),
    ("Indochina", "Indochina", "not stated", None, "one row"),
    ("Yugoslavia", "Yugoslavia", "former state", None, "until 1992"),
    ("Aruba", "Aruba", "territory", "ABW", None),
    ("Not printed", "Nowhere", "country", None, None),
)
ROWS = trainings(
    *[
        {"fiscal_year": year, "country": name, "recipient": recipient}
        for year, name, recipient in (
            (2013, "Cote d'Ivoire", "Côte d’Ivoire"), (2014, "Côte D’Ivoire", "Côte d’Ivoire"), (2013, "Gambia", "Gambia"),
            (2014, "Gambia, The", "Gambia"), (2015, "Gambia, The", "Gambia"), (2014, "Indochina", "Indochina"),
            (2014, "Yugoslavia", "Yugoslavia"), (2014, "Aruba", "Aruba"),
        )
    ]
)  # fmt: skip
ROWS = ROWS.assign(country=[
    "Cote d'Ivoire", "Côte D’Ivoire", "Gambia", "Gambia, The", "Gambia, The", "Indochina", "Yugoslavia", "Aruba",
])  # fmt: skip


def test_names_carry_the_years_of_the_rows_and_only_printed_ones_are_listed():
    names = quality_names.printed_names(ROWS, NAMES).set_index("printed")
    assert names.loc["Gambia, The", ["first", "last"]].tolist() == [2014, 2015]
    assert "Not printed" not in names.index


def test_a_spelling_is_no_change_of_name():
    renamed = quality_names.renamed(quality_names.printed_names(ROWS, NAMES))
    assert renamed["recipient"].unique().tolist() == ["Gambia"]


def test_recipients_that_are_no_country_come_by_kind():
    other = quality_names.not_countries(quality_names.printed_names(ROWS, NAMES))
    assert other["printed"].tolist() == ["Yugoslavia", "Aruba", "Indochina"]


def test_programs_are_listed_when_they_followed_another_or_have_two_labels():
    rows = trainings(
        {"program": "OLD", "program_printed": "Old", "fiscal_year": 2013},
        {"program": "NEW", "program_printed": "New", "fiscal_year": 2014},
        {"program": "NEW", "program_printed": "Newer", "fiscal_year": 2015},
        {"program": "SAME", "program_printed": "Same", "fiscal_year": 2014},
    )
    table = programs("OLD", "NEW", "SAME", "UNUSED", NEW="OLD")
    table["successor"] = ["NEW", None, None, "NEW"]
    table["label"] = table["code"].str.title()
    found = quality_names.program_names(rows, table).set_index("code")
    assert found.index.tolist() == ["OLD", "NEW"]
    assert found.loc["OLD", "successor"] == "New"
    assert found.loc["NEW", "predecessor"] == "Old"
    assert found.loc["NEW", "labels"] == (("New", 2014, 2014), ("Newer", 2015, 2015))


def figures(*rows):
    names = ("fiscal_year", "place", "program", "value", "unit", "reason")
    full = [
        {
            "publisher": "P",
            "measure": str(i),
            "definition": "d",
            "source_url": "https://e.org",
            **dict(zip(names, row, strict=True)),
        }
        for i, row in enumerate(rows)
    ]
    return conform(pd.DataFrame(full), schemas.PUBLISHED_FIGURES)


def test_ours_is_the_sum_of_the_same_years_place_and_program():
    rows = trainings(
        {"recipient": "Benin", "program": "IMET", "quantity": 40},
        {"recipient": "Benin", "program": "FMF", "quantity": 20},
        {"recipient": "Togo", "program": "IMET", "quantity": 100},
        {"fiscal_year": 2015, "recipient": "Benin", "program": "IMET", "quantity": 1},
    )
    table = programs("IMET", "FMF").assign(label=["IMET label", "FMF"])
    frame = people_beside_ours(
        rows,
        figures(
            ("2014", "World", "All", 200, "people", "why"),
            ("2014", "World", "IMET label", 70, "people", None),
            ("2014-2015", "Benin", "All", 61, "people", None),
            ("2014", "World", "FMS", 13, "people", None),
            ("2013-2014", "Benin", "All", 5, "people", None),
            ("2014", "Peru", "All", 5, "people", None),
            ("2014", "World", "All", 47.5, "billion USD", None),
        ),
        table,
    )
    ours = dict(
        zip(
            zip(frame["fiscal_year"], frame["place"], frame["program"], strict=True),
            frame["participants"],
            strict=True,
        )
    )
    assert ours["2014", "World", "All"] == 160
    assert ours["2014", "World", "IMET label"] == 140
    assert ours["2014-2015", "Benin", "All"] == 61
    missing = [key for key, value in ours.items() if pd.isna(value)]
    assert sorted(missing) == [
        ("2013-2014", "Benin", "All"),
        ("2014", "Peru", "All"),
        ("2014", "World", "FMS"),
    ]
    assert len(frame) == 6
    world = frame[frame["program"] == "All"].set_index(["fiscal_year", "place"]).loc[("2014", "World")]
    assert world["difference"] == 40 and world["percent"] == pytest.approx(25.0) and world["reason"] == "why"


def test_world_totals_stand_before_programs_and_recipients_of_a_year():
    rows = trainings({"recipient": "Benin", "program": "IMET", "quantity": 60})
    frame = people_beside_ours(
        rows,
        figures(
            ("2014", "Benin", "All", 9000, "people", None),
            ("2014", "World", "IMET", 70, "people", None),
            ("2014", "World", "All", 80, "people", None),
        ),
        programs("IMET").assign(label="IMET"),
    )
    assert frame["published"].tolist() == [80, 70, 9000]
