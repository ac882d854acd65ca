"""The places of rows: one of each activity of a PDF, and on the official page its words stand in it."""

from __future__ import annotations

import random
import re

import pytest

from milaid import paths
from milaid.sources.fmtr.text import read_pages
from milaid.tables import store
from milaid.tables.build.official import locate

pytestmark = pytest.mark.skipif(
    not store.available_years(), reason=f"no activities in {paths.trainings_dir()}; run make data"
)
_WORD = re.compile(r"\w+")
_TEXTS = ("course_title", "location", "student_unit", "us_unit", "quantity", "cost_printed")
_ROWS, _DOCUMENTS_OF_AN_EDITION = 11, 2
_PLACE = ["document", "page", "row_on_page"]


def test_every_activity_of_a_pdf_has_a_place_and_none_of_a_web_page():
    columns = ["edition", *_PLACE]
    activities = store.load_trainings(status=None, columns=columns)
    boxes = store.load_row_boxes()
    placed = activities.merge(boxes[boxes["part"] == 1], on=_PLACE, how="outer", indicator="found")
    in_pdf = placed["document"].str.endswith(".pdf")
    assert (placed["found"] == "both").equals(in_pdf), "a place without an activity is one of a row left out"


def test_places_lie_on_the_page_and_have_a_size():
    boxes = store.load_row_boxes()
    assert ((boxes["right"] - boxes["left"]) > 10).all() and ((boxes["top"] - boxes["bottom"]) > 4).all()
    assert boxes["left"].min() >= 0 and boxes["right"].max() <= 1008 and boxes["top"].max() <= 792
    later = boxes[boxes["part"] > 1]
    assert len(later) > 0 and (later["on_page"] - later["page"]).between(0, 2).all()


def test_the_frame_of_random_rows_of_all_layouts_holds_their_words():
    sources = paths.configured_sources()
    documents = store.load_documents().set_index("file")
    if not all(locate(path, sources).is_file() for path in documents["path"]):
        pytest.skip("the official documents are missing: MILAID_SOURCES names no folder that has them")
    chance = random.Random(7)
    activities = store.load_trainings(status=None)
    activities = activities[activities["document"].str.endswith(".pdf")]
    boxes = store.load_row_boxes()
    withheld = set(store.load_withheld()["row_id"])
    problems, tried = [], 0
    for _, rows in activities.groupby("edition"):
        named = sorted(set(rows["document"]))
        for name in chance.sample(named, min(_DOCUMENTS_OF_AN_EDITION, len(named))):
            pages = read_pages(locate(documents.loc[name, "path"], sources))
            own = rows[rows["document"] == name]
            for row in own.sample(
                min(_ROWS // 2 + 1, len(own)), random_state=chance.randrange(10**6)
            ).to_dict("records"):
                tried += 1
                inside = _letters_inside(
                    pages, boxes[(boxes[_PLACE] == [row[name] for name in _PLACE]).all(axis=1)]
                )
                said = [] if row["row_id"] in withheld else _words(row)
                problems += [
                    f"{row['row_id']}: «{word}» is not in its frame" for word in said if word not in inside
                ]
                length = sum(
                    len("".join(str(row[name]).split())) for name in _TEXTS if row[name] == row[name]
                )
                if len(inside) > 1.5 * length + 44:
                    problems.append(f"{row['row_id']}: its frame holds more than the row")
    assert tried >= 200
    assert not problems, "\n".join(problems)


def _words(row) -> list[str]:
    cells = [str(row[name]).replace(",", "") for name in _TEXTS if row[name] == row[name]]
    return [word for cell in cells for word in _WORD.findall(cell)]


def _letters_inside(pages, boxes) -> str:
    """Return the letters whose baselines begin in the boxes, without blanks and commas of numbers."""
    found = []
    for box in boxes.sort_values("part").itertuples():
        for line in pages[box.on_page - 1].lines:
            if box.bottom <= line.y <= box.top:
                pairs = zip(line.xs, line.characters, strict=True)
                found += [letter for x, letter in pairs if box.left <= x <= box.right]
    return "".join(found).replace(" ", "").replace(",", "")
