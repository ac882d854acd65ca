"""Documents of the editions 2001-2002 to 2005-2006, drawn: one table of eight columns under headings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from fmtr_documents import Row
from milaid.sources.fmtr.corrections import Correction
from milaid.sources.fmtr.document import DocumentTables, read_document
from older_documents import Heading, Item, Total, country, lines_of, program, set_text

ANGOLA = Heading("Angola", "Exchange Training")
BENIN = Heading("Benin", "International Military Education and Training (IMET)", department="DOS")


@dataclass(frozen=True)
class PushedOut(Row):
    """A row of eight columns whose long text pushes the cells behind it to the right, the last day to the next line.

    ``long`` names the cell whose text reaches into the next one. What follows it stands one column too far right.
    """

    long: str = "student_unit"


@dataclass(frozen=True)
class RegionLayout:
    """How an edition prints its tables: the words of the head and of a heading's year, and the left margin."""

    head: tuple[str, ...] = ("Title of Training", "# Students/Activities", "Location", "Students' Units",
                             "US Units Involved", "Cost", "Start Date", "End Date")  # fmt: skip
    year: str = ",FY{year}"
    margin: float = 36.0


EDITION_2001 = RegionLayout(
    ("Title of", "#", "Location", "Students'", "US Units", "Cost", "Start", "End"), ", FY {year}"
)
EDITION_2002 = RegionLayout(
    ("Title of Training", "# Students/Activities", "Location", "Students' Units", "US Units Involved", "Cost",
     "Start Date", "End"), margin=216.0,
)  # fmt: skip
EDITION_2005 = replace(EDITION_2002, head=(*EDITION_2002.head[:6], "Start", "End"), margin=36.0)

# Where each cell stands, from the margin, and the side that it is flush with.
_STOPS = {
    "course_title": (0.0, "left"),
    "quantity": (138.0, "right"),
    "location": (142.5, "left"),
    "student_unit": (279.0, "left"),
    "us_unit": (402.0, "left"),
    "cost": (612.0, "right"),
    "start_date": (639.0, "middle"),
    "end_date": (690.0, "middle"),
}
_TEXT_STOPS = ("course_title", "location", "student_unit", "us_unit")
_HEAD_STOPS = (4.5, 91.0, 189.5, 317.0, 433.0, 581.0, 629.0, 678.0)
_SIZE, _STEP = 7.0, 8.0


def write_region_tables(
    path: Path,
    items: Sequence[Item],
    layout: RegionLayout = RegionLayout(),
    *,
    preface: Sequence[str] = (),
    before: Heading | None = None,
    page_heads: Mapping[int, Heading | None] | None = None,
    page_numbers: bool = True,
) -> Path:
    """Draw a document of the editions 2001-2002 to 2005-2006 and return where it lies.

    Every page repeats the heading at hand, ``page_heads`` gives a page another one or none. ``before`` is the
    heading at hand where the document begins; without one its first page has no heading of its own.
    ``preface`` are lines above all else.
    """
    sheets = _RegionSheets(path, layout, preface, {1: before, **(page_heads or {})}, page_numbers, before)
    sheets.draw(items)
    return path


@dataclass
class _RegionSheets:
    path: Path
    layout: RegionLayout
    preface: Sequence[str]
    page_heads: Mapping[int, Heading | None]
    page_numbers: bool
    at_hand: Heading | None
    page: int = 0
    y: float = 0.0
    canvas: Canvas = field(init=False)

    def draw(self, items: Sequence[Item]) -> None:
        size = (756 + self.layout.margin, 612)
        self.canvas = Canvas(str(self.path), pagesize=size, invariant=1)
        self._begin_page()
        for item in items:
            if isinstance(item, Heading):
                self._room(30)
                self.at_hand = item
                self._put(4.5, f"{item.department} {self._heading(item, self.layout.year)}", 9.0)
            elif isinstance(item, Row):
                self._row(item)
            elif isinstance(item, Total):
                self._room(_STEP)
                self._total(item)
            else:
                self._next_page()
        self._end_page()
        self.canvas.save()

    def _heading(self, heading: Heading, year: str) -> str:
        return (
            f"{heading.region} Region, {heading.country}, {heading.program}"
            f"{year.format(year=heading.year_printed())}"
        )

    def _begin_page(self) -> None:
        self.page += 1
        self.y = 575.0
        for line in self.preface if self.page == 1 else ():
            self._put(0.0, line, 9.0)
        head = self.page_heads.get(self.page, self.at_hand)
        if head is not None:
            self._put(0.0, self._heading(head, ", FY {year}"), 9.0)
            for stop, words in zip(_HEAD_STOPS, self.layout.head, strict=True):
                self._text(stop, words, 7.5)
            self.y -= 10

    def _end_page(self) -> None:
        if self.page_numbers:
            self.y = 60.0
            self._text(346.0, f"IV-{self.page + 34}", 8.0)
        self.canvas.showPage()

    def _next_page(self) -> None:
        self._end_page()
        self._begin_page()

    def _room(self, needed: float) -> None:
        if self.y - needed < 90:
            self._next_page()

    def _row(self, row: Row) -> None:
        cells = {name: lines_of(row.cells()[name]) for name in _TEXT_STOPS}
        height = max(1, *(len(lines) for lines in cells.values()))
        self._room((height + isinstance(row, PushedOut)) * _STEP + 1)
        for number in range(height):
            texts = {name: lines[number] for name, lines in cells.items() if number < len(lines)}
            if number == 0:
                self._first_line(row, texts)
            else:
                for name, text in texts.items():
                    self._text(_STOPS[name][0], text, _SIZE)
                self.y -= _STEP
        self.y -= 1

    def _first_line(self, row: Row, texts: Mapping[str, str | None]) -> None:
        """Set the line that has numbers and days; behind a text that reaches into the next cell each goes one on."""
        texts = {
            **texts,
            "quantity": row.quantity,
            "cost": row.cost,
            "start_date": row.start,
            "end_date": row.end,
        }
        names = list(_STOPS)
        shifted = names[names.index(row.long) + 1 :] if isinstance(row, PushedOut) else []
        for name in names:
            place = names[names.index(name) + 1 :][:1] if name in shifted else [name]
            if place:
                stop, flush = _STOPS[place[0]]
                self._text(stop, texts.get(name), _SIZE, flush)
        self.y -= _STEP
        if shifted:
            self._text(4.5, row.end, _SIZE)
            self.y -= _STEP

    def _total(self, line: Total) -> None:
        self._text(6.0, f"{line.words} Totals:", _SIZE)
        for name, text in (("quantity", line.quantity), ("cost", line.cost)):
            stop, flush = _STOPS[name]
            self._text(stop, text, _SIZE, flush)
        self.y -= _STEP

    def _put(self, stop: float, text: str, size: float) -> None:
        self._text(stop, text, size)
        self.y -= size + 1.5

    def _text(self, stop: float, text: str | None, size: float, flush: str = "left") -> None:
        if text:
            set_text(self.canvas, self.layout.margin + stop, self.y, text, size, flush)


def one(heading: Heading, *rows: Item) -> list[Item]:
    """Return one country with one program of these rows."""
    return country(program(heading, {heading.year: rows}))


def read_region_tables(
    path: Path,
    items: Sequence[Item],
    layout: RegionLayout = EDITION_2001,
    corrections: Sequence[Correction] = (),
    **options: Any,
) -> DocumentTables:
    """Draw these items and read them; the first page repeats the first heading."""
    options.setdefault("before", next((item for item in items if isinstance(item, Heading)), None))
    return read_document(write_region_tables(path, items, layout, **options), corrections)
