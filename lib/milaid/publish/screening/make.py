"""``milaid screen``: a list of units against the units that the reports print. Nothing leaves the machine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from milaid import fiscal, paths
from milaid.analysis.screening import FOUND, NO_NAME, NONE_FOUND, UNIT, screen
from milaid.blocks.csv_form import BYTE_ORDER_MARK
from milaid.blocks.words import counted
from milaid.exhibits.subject import editions_source
from milaid.progress import Progress
from milaid.publish.screening.files import (
    MOST_IN_THE_WORKBOOK,
    MOST_ON_THE_PAGE,
    render_page,
    render_workbook,
    rows_of,
    write_csv,
)
from milaid.publish.screening.request import Screening
from milaid.replacing import replacing
from milaid.tables.columnwise import read_activities
from milaid.world import require_room

_NEEDED = ("fiscal_year", "edition", "document", "page", "row_on_page", "recipient", "quantity", UNIT)
_CSV, _WORKBOOK, _PAGE = "candidates.csv", "candidates.xlsx", "candidates.html"


@dataclass
class Done:
    """What a screening wrote, how many entries came out how, and what to know of them."""

    files: list[Path] = field(default_factory=list)
    outcomes: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        return (
            f"{counted(self.outcomes[FOUND], 'name')} with candidates, {self.outcomes[NONE_FOUND]:,} without"
            + (f", {self.outcomes[NO_NAME]:,} with no name to search" if self.outcomes[NO_NAME] else "")
            + ". No candidate found is not evidence that no training took place: the files say what is not in the reports."
        )


def make_screening(request: Screening, out_dir: Path) -> Done:
    """Search every entry and put candidates.csv, .xlsx and .html into a folder, all or none; the CSV file alone has all rows."""
    require_room(out_dir)
    files = [paths.trainings_dir() / f"fy{year}.parquet" for year in request.years]
    activities = read_activities(files, _NEEDED, {"status": ("actual",)})
    done = Done()
    with replacing(out_dir) as change:
        kept, listed = _listed(change.place(_CSV), request, activities, done)
        title = f"Names of {request.path.name} among the units that the reports print"
        about = _about(request, activities)
        sources = editions_source(request.years[0], request.years[-1], "")
        book = render_workbook(title, [*about, *_cut(listed, len(kept))], kept, sources)
        change.place(_WORKBOOK).write_bytes(book)
        shown = kept[:MOST_ON_THE_PAGE]
        text = render_page(title, [*about, *_cut(listed, len(shown))], shown, sources)
        change.place(_PAGE).write_bytes(text.encode("utf-8"))
    done.files = [out_dir / name for name in (_CSV, _WORKBOOK, _PAGE)]
    return done


def _listed(path: Path, request: Screening, activities: Any, done: Done) -> tuple[list[tuple[Any, ...]], int]:
    """Write all rows as CSV; return those that a workbook holds, and how many there are."""
    kept: list[tuple[Any, ...]] = []
    listed = 0
    with path.open("w", encoding="utf-8", newline="") as stream:
        stream.write(BYTE_ORDER_MARK)
        for row in write_csv(_rows(request, activities, done), stream):
            listed += 1
            if len(kept) < MOST_IN_THE_WORKBOOK:
                kept.append(row)
    return kept, listed


def _about(request: Screening, activities: Any) -> list[str]:
    """Return what was asked, and of how many activities a unit is named."""
    years = fiscal.spans(request.years)
    named = int(activities[UNIT].notna().sum())
    about = [
        f"{counted(len(request.entries), 'name')} of {request.path.name}, against {counted(activities[UNIT].nunique(), 'spelling')} "
        f"of units in fiscal years {years}. {named / max(len(activities), 1):.0%} of the activities of these years name a unit.",
    ]
    return about + [f"{note[0].upper()}{note[1:]}." for note in request.notes]


def _rows(request: Screening, activities: Any, done: Done) -> Iterator[tuple[Any, ...]]:
    with Progress("Searching names", len(request.entries)) as progress:
        for screened in screen(request.entries, activities):
            done.outcomes[screened.outcome] += 1
            yield from rows_of(screened)
            progress.advance()


def _cut(listed: int, shown: int) -> list[str]:
    """Return what to say where a file shows the first rows only."""
    return (
        [f"Shown are the first {shown:,} of {listed:,} rows; candidates.csv has all."]
        if shown < listed
        else []
    )
