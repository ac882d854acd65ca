"""The activities that evidence is asked of: found by their identifiers, with all that is known of their place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from milaid.errors import RequestError, list_problems
from milaid.paths import reference_dir
from milaid.tables import citation, store
from milaid.tables.by_hand import read_hand_made
from milaid.tables.state import read_rows

MOST_ROWS = 500
"""As many rows are put into one document at most."""
_ROW_ID = re.compile(r"(?P<edition>(?P<year>\d{4})-\d{4})/(?P<document>[^/]+)/p(?P<page>\d+)/r(?P<row>\d+)")
_EXAMPLE = "2014-2015/243029.pdf/p14/r12"


@dataclass(frozen=True)
class Box:
    """What a row takes up of a page, in points from the lower left corner of the page as shown."""

    page: int
    left: float
    bottom: float
    right: float
    top: float


@dataclass(frozen=True)
class Row:
    """An activity with its citation, its document (a row of documents.csv), its boxes and what was corrected in it."""

    row_id: str
    activity: dict[str, Any]
    document: dict[str, str]
    boxes: tuple[Box, ...]
    corrections: tuple[str, ...]

    @property
    def is_web_page(self) -> bool:
        """Whether the edition was published as web pages, which have no pages to show."""
        return not self.document["file"].endswith(citation.PDF)


def row_ids(given: Iterable[str], listed: Path | None) -> list[str]:
    """Return the identifiers asked for, each once: those given, then those of the column row_id of a CSV file.

    Raises RequestError where none is named, or more than :data:`MOST_ROWS`.
    """
    found = [*given, *(filter(None, read_hand_made(listed).column("row_id")) if listed else ())]
    wanted = list(dict.fromkeys(text.strip() for text in found))
    if not wanted:
        raise RequestError(
            f"no row is named; name one as {_EXAMPLE}, or a CSV file with a column row_id: --from hits.csv"
        )
    if len(wanted) > MOST_ROWS:
        raise RequestError(f"{len(wanted):,} rows are named; {MOST_ROWS} fit into one document: choose fewer")
    return wanted


def find_rows(wanted: Iterable[str]) -> list[Row]:
    """Return the activities of identifiers, in their order; RequestError naming all that are of another form or unknown."""
    wanted = list(wanted)
    parts = {text: _ROW_ID.fullmatch(text) for text in wanted}
    problems = [
        f"{text!r}: no identifier of a row; one is {_EXAMPLE}" for text, part in parts.items() if not part
    ]
    years = {int(part["year"]) for part in parts.values() if part} & set(store.available_years())
    frames = [store.load_trainings(year, status=None) for year in sorted(years)]
    frames = [frame[frame["row_id"].isin(wanted)] for frame in frames]
    activities = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=["row_id"])
    there = set(activities["row_id"])
    problems += [
        f"{text}: no activity has this identifier"
        for text, part in parts.items()
        if part and text not in there
    ]
    if problems:
        advice = "m.trainings and m.units give row_id, and so do the CSV files of reports and exports."
        raise RequestError(list_problems("Rows that are not in the tables:", problems, advice))
    documents = store.load_documents()
    cited = citation.cited(activities, documents).set_index("row_id", drop=False)
    of_file = {
        row["file"]: row for row in documents.astype("object").where(documents.notna(), "").to_dict("records")
    }
    boxes = _boxes(activities)
    corrected = _corrections(activities)
    return [
        Row(
            text,
            activity := cited.loc[text].to_dict(),
            {name: str(value) for name, value in of_file[activity["document"]].items()},
            boxes.get(_place(activity), ()),
            corrected.get(_place(activity), ()),
        )
        for text in wanted
    ]


def withheld_on(document: str, page: int) -> list[tuple[Box, dict[str, Any]]]:
    """Return the boxes on a page of rows in which something about a person is withheld, each with its activity."""
    withheld = store.load_withheld()
    boxes = store.load_row_boxes()
    there = boxes[(boxes["document"] == document) & (boxes["on_page"] == page)]
    stands = set(zip(there["page"], there["row_on_page"], strict=True))
    named = withheld.loc[withheld["document"] == document, "row_id"]
    parts = {text: _ROW_ID.fullmatch(text) for text in sorted(set(named))}
    ids = [text for text, part in parts.items() if part and (int(part["page"]), int(part["row"])) in stands]
    rows = find_rows(ids) if ids else []
    return [(box, row.activity) for row in rows for box in row.boxes if box.page == page]


def _place(row: dict[str, Any]) -> tuple[str, int, int]:
    return row["document"], int(row["page"]), int(row["row_on_page"])


def _boxes(activities: pd.DataFrame) -> dict[tuple[str, int, int], tuple[Box, ...]]:
    table = store.load_row_boxes()
    table = table[
        table["document"].isin(set(activities["document"])) & table["page"].isin(set(activities["page"]))
    ]
    found: dict[tuple[str, int, int], tuple[Box, ...]] = {}
    for row in table.sort_values("part").to_dict("records"):
        box = Box(row["on_page"], row["left"], row["bottom"], row["right"], row["top"])
        found[_place(row)] = (*found.get(_place(row), ()), box)
    return found


def _corrections(activities: pd.DataFrame) -> dict[tuple[str, int, int], tuple[str, ...]]:
    """Return for each place what the tables say otherwise than its page, and why."""
    documents = set(activities["document"])
    found: dict[tuple[str, int, int], tuple[str, ...]] = {}
    for row in read_rows(reference_dir() / "corrections.csv"):
        if row["document"] not in documents:
            continue
        printed, corrected = (
            f"“{row[name]}”" if row[name] else "nothing" for name in ("as_printed", "corrected")
        )
        field = row["field"].replace("_", " ")
        said = f"{field}: the page prints {printed}, the tables say {corrected}. {row['reason']}"
        found[_place(row)] = (*found.get(_place(row), ()), said)
    return found
