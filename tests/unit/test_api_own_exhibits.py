"""Figures and tables of a frame of one's own: what they show, where it comes from, and when they are refused."""

from __future__ import annotations

import pandas as pd
import pytest

import milaid as m
from milaid.errors import RequestError
from milaid.tables import store

pytestmark = pytest.mark.skipif(not store.available_years(), reason="no activities; run make data")
OWN = pd.DataFrame({"year": [2018, 2019, 2020], "people": [5, 7, 6]})


def test_the_source_is_that_of_the_rows_where_they_have_pages() -> None:
    rows = m.trainings("Mali", years=2020)
    made = m.table(rows, ["course_title", "quantity"], title="Courses")
    assert (
        made.sources[0].text
        == "Foreign Military Training Report 2020–2021, Vol. I, Sec. IV, pages: Africa 36–38"
    )
    assert made.sources[0].url and made.sources[0].url.startswith("https://")
    # pandas has dropped what the frame says of itself, and the rows still know their pages.
    bare = pd.DataFrame(rows.to_dict("list"))
    assert m.table(bare, ["course_title", "quantity"], title="Courses").sources == made.sources


def test_the_source_is_that_of_the_frame_else_given_else_said_to_be_missing() -> None:
    totals = m.totals("program", country="Mali")
    assert m.table(totals, title="Programs").sources[0].text.endswith("pages of Mali")
    assert m.table(totals, title="Programs", source="My count").sources[0].text == "My count"
    assert m.chart(OWN, "year", "people", title="Mine").sources[0].text == "not stated by the author"


def test_the_file_holds_what_is_shown() -> None:
    made = m.chart(OWN.assign(more=1), "year", "people", title="Mine")
    assert made.csv == "year,people\n2018,5\n2019,7\n2020,6\n"
    pd.testing.assert_frame_equal(made.frame, OWN.astype("Int64"))


def test_a_query_is_given_only_where_it_still_gives_the_numbers() -> None:
    totals = m.totals("program", country="Mali", years=2020)
    assert m.table(totals, title="Programs").how().query
    assert m.table(totals.head(2), title="Programs").how().query
    changed = totals.assign(participants=totals["participants"] + 1)
    assert m.table(changed, title="Programs").how().query == ""
    with pytest.raises(RequestError, match="no query"):
        m.chart(OWN, "year", "people", title="Mine").how().run()


def test_breaks_are_drawn_for_the_world_and_not_for_one_country() -> None:
    def note(**asked: object) -> str:
        return m.chart(m.totals("year", **asked), "year", "participants", title="Years").note  # type: ignore[arg-type]

    assert "joined NATO" in note()
    assert "joined NATO" not in note(country="Kenya")
    assert m.chart(OWN, "year", "people", title="Mine", note="Own note.").note == "Own note."


@pytest.mark.parametrize(
    ("x", "y", "by"), [("year", "people", None), ("year", "people", "who"), ("who", "people", None), ("score", "people", "who")]
)  # fmt: skip
def test_the_columns_say_what_is_drawn(x: str, y: str, by: str | None) -> None:
    frame = OWN.assign(who=["Ana", "Bo", "Cy"], score=[1.5, 2.5, 3.5])
    made = m.chart(frame, x, y, by, title="Drawn")
    assert made.wide.startswith("<svg") and "<text" in made.wide and made.alt


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"x": "yeer", "y": "people"}, "x: 'yeer' is no column; did you mean 'year'"),
        ({"x": "year", "y": "who"}, "y: 'who' holds no numbers"),
        ({"x": "who", "y": "people", "by": "year"}, "put a fiscal year on x"),
        ({"x": "score", "y": "people"}, "by: name the column"),
        ({"x": "who", "y": "below"}, "bars start at zero"),
        ({"x": "year", "y": "people", "title": " "}, "title: say"),
        ({"x": "year", "y": "people", "by": "many"}, "at most 8 lines"),
    ],
)  # fmt: skip
def test_what_cannot_be_drawn_is_refused_with_the_reason(asked: dict[str, str], said: str) -> None:
    frame = pd.DataFrame(
        {
            "year": [2000 + number for number in range(9)],
            "people": range(9),
            "who": [f"name {number}" for number in range(9)],
            "many": [f"line {number}" for number in range(9)],
            "score": [number / 2 for number in range(9)],
            "below": [-1] * 9,
        }
    )
    with pytest.raises(RequestError, match=said):
        m.chart(frame, **{"title": "Title", **asked})  # type: ignore[arg-type]


@pytest.mark.parametrize("frame", [OWN.head(0), [1, 2], None])
def test_no_rows_or_no_frame_are_refused(frame: object) -> None:
    with pytest.raises(RequestError):
        m.table(frame, title="Title")  # type: ignore[arg-type]
    with pytest.raises(RequestError):
        m.chart(frame, "year", "people", title="Title")  # type: ignore[arg-type]


def test_a_table_adds_up_what_can_be_added() -> None:
    frame = pd.DataFrame({"who": ["Ana", "Bo"], "people": [2, 3], "share": [40.0, 60.0], "page": [7, 9]})
    made = m.table(frame, title="Table", total="All", labels={"who": "Name"})
    assert made.rows[-1] == ("All", 5, "", "")
    assert [column.label for column in made.columns] == ["Name", "People", "Share", "Page"]
