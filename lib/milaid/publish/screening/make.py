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
from milaid.tables.columnwise import read_activities

_NEEDED = ("fiscal_year", "edition", "document", "page", "row_on_page", "recipient", "quantity", UNIT)


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
    """Search every entry and write candidates.csv, .xlsx and .html into a folder; the CSV file alone has all rows."""
    files = [paths.trainings_dir() / f"fy{year}.parquet" for year in request.years]
    activities = read_activities(files, _NEEDED, {"status": ("actual",)})
    out_dir.mkdir(parents=True, exist_ok=True)
    done = Done()
    kept: list[tuple[Any, ...]] = []
    listed = 0
    draft = out_dir / ".candidates.csv"
    with draft.open("w", encoding="utf-8", newline="") as stream:
        stream.write(BYTE_ORDER_MARK)
        for row in write_csv(_rows(request, activities, done), stream):
            listed += 1
            if len(kept) < MOST_IN_THE_WORKBOOK:
                kept.append(row)
    years = fiscal.spans(request.years)
    named = int(activities[UNIT].notna().sum())
    title = f"Names of {request.path.name} among the units that the reports print"
    about = [
        f"{counted(len(request.entries), 'name')} of {request.path.name}, against {counted(activities[UNIT].nunique(), 'spelling')} "
        f"of units in fiscal years {years}. {named / max(len(activities), 1):.0%} of the activities of these years name a unit.",
    ]
    about += [f"{note[0].upper()}{note[1:]}." for note in request.notes]
    sources = editions_source(request.years[0], request.years[-1], "")
    draft.replace(out_dir / "candidates.csv")
    _write(
        out_dir / "candidates.xlsx", render_workbook(title, [*about, *_cut(listed, len(kept))], kept, sources)
    )
    shown = kept[:MOST_ON_THE_PAGE]
    text = render_page(title, [*about, *_cut(listed, len(shown))], shown, sources)
    _write(out_dir / "candidates.html", text.encode("utf-8"))
    done.files = [out_dir / f"candidates.{suffix}" for suffix in ("csv", "xlsx", "html")]
    return done


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


def _write(path: Path, content: bytes) -> None:
    draft = path.with_name(f".{path.name}")
    draft.write_bytes(content)
    draft.replace(path)
