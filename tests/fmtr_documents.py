"""Small documents of the training report, drawn as the real ones are, from a description.

A :class:`Document` is one region of one edition: countries, their programs, their rows. Texts hold a line feed
where the real documents wrap a cell. Totals are those of the rows unless a test gives others. ``BREAK`` among
countries, programs or rows starts a new page; a page that is full starts one too. The cells of a row are set
one after another, line by line, centred vertically against each other, each at the left edge of its column.

All names and numbers are made up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

if TYPE_CHECKING:
    pass

Break = Literal["break"]
BREAK: Break = "break"
OF_THE_ROWS = "of the rows"
WIDTH, HEIGHT = 792, 612
LINE_HEIGHT, TEXT_SIZE = 9.24, 7.0
# The documents are set in a narrow typeface; this is its width in percent of the one used here.
NARROW = 78
TOP, BOTTOM = 569.0, 38.0


@dataclass(frozen=True)
class Row:
    """One activity as printed; None leaves a cell empty."""

    title: str | None = "Officer Course"
    quantity: str | None = "1"
    location: str | None = "Lackland AFB, TX, US"
    student_unit: str | None = "Military"
    us_unit: str | None = "DLIELC, Lackland AFB TX"
    cost: str | None = "$100"
    start: str | None = "10/21/2013"
    end: str | None = "1/3/2014"

    def cells(self) -> dict[str, str | None]:
        """Return the printed text of each column."""
        return {
            "course_title": self.title,
            "quantity": self.quantity,
            "location": self.location,
            "student_unit": self.student_unit,
            "us_unit": self.us_unit,
            "cost": self.cost,
            "start_date": self.start,
            "end_date": self.end,
        }


@dataclass(frozen=True)
class Program:
    """One program table. ``total`` is the printed (people, dollars), None for no total line.

    ``fiscal_year`` gives the heading another year than the document's, ``total_year`` the total.
    ``overprinted`` prints the total over the last line of the last row, as happens where a table meets the foot
    of its frame: the last line of the title, the people and the dollars of that row are lost below it.
    """

    label: str = "IMET-1"
    rows: tuple[Row | Break, ...] = (Row(),)
    department: str = "Department of State"
    total: tuple[str, str] | str | None = OF_THE_ROWS
    overprinted: bool = False
    fiscal_year: int | None = None
    total_year: int | None = None

    def activities(self) -> list[Row]:
        """Return the rows without the page breaks."""
        return [row for row in self.rows if isinstance(row, Row)]


@dataclass(frozen=True)
class Country:
    """One recipient; ``wrapped_total`` sets the words of its total in two lines beside the numbers."""

    name: str = "Angola"
    programs: tuple[Program | Break, ...] = (Program(),)
    total: tuple[str, str] | str | None = OF_THE_ROWS
    wrapped_total: bool = False


@dataclass(frozen=True)
class Layout:
    """How an edition looks: the columns with head and left edge, and the words of headings and totals.

    ``added`` gives the text of columns that a row does not know; ``cell_shift`` sets all cells so many points
    to the right of their heads; ``continued`` stands above the head of a table that runs over the page.
    """

    columns: tuple[tuple[str, str, float], ...]
    year: str = "Fiscal Year {year}"
    running_head: str = "Volume I, Section IV-I - {region}"
    heading_edge: float = 36.0
    furniture_first: bool = True
    heading: str = "{program} - {year} {department} Training"
    program_total: str = "{year} Program Totals"
    country_total: str = "{country} {year} Totals"
    added: Mapping[str, str] = field(default_factory=dict)
    cell_shift: float = 0.0
    continued: str = ""


FY2007 = Layout(
    (
        ("course_title", "Course Title", 36.0),
        ("quantity", "Students", 180.0),
        ("location", "Location", 216.0),
        ("student_unit", "Student's Unit", 342.0),
        ("us_unit", "US Units", 468.0),
        ("cost", "Total Cost", 594.0),
        ("start_date", "Start Date", 648.0),
        ("end_date", "End Date", 702.0),
    ),
    year="FY {year}",
    running_head="Volume I Section IV-I - {region}",
)
"""The edition 2007-2008: "Students" for the number of people; departments as DoS, DoD, DOHS."""

FY2008 = replace(
    FY2007,
    columns=(
        ("course_title", "Course Title", 36.0),
        ("quantity", "Qty", 234.0),
        ("location", "Location", 270.0),
        ("student_unit", "Student's Unit", 432.0),
        ("cost", "Total Cost", 594.0),
        ("start_date", "Start Date", 648.0),
        ("end_date", "End Date", 702.0),
    ),
)
"""The editions 2008-2009 to 2010-2011: no column for the US unit."""

FY2014 = Layout(
    (
        ("course_title", "Course Title", 36.0),
        ("quantity", "Qty", 216.0),
        ("location", "Training Location", 252.0),
        ("student_unit", "Student's Unit", 378.0),
        ("us_unit", "US Unit", 504.0),
        ("cost", "Total Cost", 630.0),
        ("start_date", "Start Date", 684.0),
        ("end_date", "End Date", 738.0),
    ),
    furniture_first=False,
)
"""The edition 2014-2015."""

FY2017 = Layout(
    tuple((name, head, x - 12.6) for name, head, x in FY2014.columns),
    running_head="Volume I - Section IV - Part IV-I - {region}",
    heading_edge=18.0,
)
"""The editions from 2017-2018 on: headings stand a little to the left of the table."""


@dataclass(frozen=True)
class Document:
    """One document: one region of one edition, with the oddities that pages of the real ones have.

    ``rotation`` stores the pages turned by so many degrees, to be shown upright. ``blank_pages`` are laid out
    but hold no text. ``columns_left_out`` and ``running_head`` make it a document of another layout.
    """

    countries: tuple[Country | Break, ...] = (Country(),)
    fiscal_year: int = 2014
    region: str = "Africa"
    layout: Layout = FY2014
    rotation: Literal[0, 90, 180, 270] = 0
    blank_pages: frozenset[int] = frozenset()
    columns_left_out: frozenset[str] = frozenset()
    running_head: bool = True
    first_page: int = 1
    password: str | None = None

    def columns(self) -> dict[str, tuple[str, float]]:
        """Return head and left edge of each column that the document prints."""
        return {name: (head, x) for name, head, x in self.layout.columns if name not in self.columns_left_out}

    def year(self, other: int | None = None) -> str:
        """Return the fiscal year, or another one, as the edition writes it."""
        return self.layout.year.format(year=other or self.fiscal_year)


def write(path: Path, document: Document | None = None) -> Path:
    """Draw a document, by default the smallest one, and return where it lies; same description, same bytes."""
    _Sheets(path, document or Document()).draw()
    return path


def one_table(*rows: Row | Break, **options: object) -> Country:
    """Return Angola with one program of these rows; ``options`` are those of :class:`Program`."""
    return Country(programs=(Program(rows=rows, **options),))


def write_other_pdf(path: Path, text: str = "Invoice no. 7") -> Path:
    """Draw a PDF that is no section of the training report."""
    canvas = Canvas(str(path), pagesize=(WIDTH, HEIGHT), invariant=1)
    canvas.drawString(72, 500, text)
    canvas.save()
    return path


def people(rows: Iterable[Row]) -> int:
    """Return the people of rows, those that can be read."""
    counts = ((row.quantity or "").replace(",", "") for row in rows)
    return sum(int(count) for count in counts if count.isdigit())


def dollars(rows: Iterable[Row]) -> int:
    """Return the dollars of rows, rounded once."""
    amounts = ((row.cost or "").lstrip("$ ").replace(",", "") for row in rows)
    exact = sum((Decimal(a) for a in amounts if a.replace(".", "", 1).isdigit()), Decimal())
    return int(exact.to_integral_value(ROUND_HALF_UP))


def _amounts(total: tuple[str, str] | str, rows: list[Row]) -> tuple[str, str]:
    return (str(people(rows)), f"${dollars(rows):,}") if isinstance(total, str) else total


@dataclass
class _Sheets:
    """The pages as they are drawn: ``y`` is the middle of the next line."""

    path: Path
    document: Document
    y: float = TOP
    page: int = 0
    open_table: bool = False
    canvas: Canvas = field(init=False)

    def draw(self) -> None:
        document = self.document
        size = (HEIGHT, WIDTH) if document.rotation in (90, 270) else (WIDTH, HEIGHT)
        encryption = StandardEncryption(document.password) if document.password else None
        self.canvas = Canvas(str(self.path), pagesize=size, invariant=1, encrypt=encryption)
        self._begin_page()
        for country in document.countries:
            if isinstance(country, Country):
                self._country(country)
            else:
                self._next_page()
        self._end_page()
        self.canvas.save()

    def _country(self, country: Country) -> None:
        self._heading(country.name, 14, 27.4)
        rows: list[Row] = []
        for program in country.programs:
            if isinstance(program, Program):
                self._program(program)
                rows += program.activities()
            else:
                self._next_page()
        if country.total is None:
            return
        layout = self.document.layout
        words = layout.country_total.format(country=country.name, year=self.document.year())
        quantity, cost = _amounts(country.total, rows)
        if country.wrapped_total:
            words = words.removesuffix(" Totals") + " \nTotals "
        self._gap(11)
        self._cells({"course_title": words, "quantity": quantity, "cost": cost})

    def _program(self, program: Program) -> None:
        year = self.document.year(program.fiscal_year)
        layout = self.document.layout
        heading = layout.heading.format(program=program.label, year=year, department=program.department)
        self._heading(heading, 8, 15.3)
        self._head()
        self.open_table = True
        rows = list(program.rows)
        last = rows.pop() if program.overprinted else None
        for row in rows:
            if isinstance(row, Row):
                self._cells({**row.cells(), **layout.added}, layout.cell_shift)
            else:
                self._next_page()
        if program.total is not None:
            quantity, cost = _amounts(program.total, program.activities())
            total = {
                "course_title": layout.program_total.format(year=self.document.year(program.total_year)),
                "quantity": quantity,
                "cost": cost,
            }
            self._gap(1.5)
            if isinstance(last, Row):
                self._overprinted(last, total)
            else:
                self._cells(total)
        self.open_table = False

    def _overprinted(self, row: Row, total: dict[str, str | None]) -> None:
        lines = (row.title or "").split("\n")[:-1]
        for line in lines:
            self._cells({"course_title": line})
        self._cells({**row.cells(), **total})

    def _heading(self, text: str, size: float, above: float) -> None:
        self._room(above + 26)
        self.y -= above - LINE_HEIGHT
        self._text(self.document.layout.heading_edge, self.y, text, size)
        self.y -= LINE_HEIGHT

    def _head(self) -> None:
        self._cells({name: head for name, (head, _) in self.document.columns().items()})

    def _gap(self, points: float) -> None:
        self.y -= points

    def _room(self, needed: float) -> None:
        if self.y - needed < BOTTOM:
            self._next_page()

    def _cells(self, texts: Mapping[str, str | None], shift: float = 0.0) -> None:
        """Set one row of cells, each of one or several lines, centred against the highest."""
        lines = {name: text.split("\n") for name, text in texts.items() if text}
        height = max((len(cell) for cell in lines.values()), default=1) * LINE_HEIGHT
        self._room(height)
        middle = self.y - height / 2 + LINE_HEIGHT / 2
        for name, (_, x) in self.document.columns().items():
            cell = lines.get(name, [])
            first = middle + (len(cell) - 1) * LINE_HEIGHT / 2
            for number, line in enumerate(cell):
                self._text(x + shift, first - number * LINE_HEIGHT, line, TEXT_SIZE)
        self.y -= height

    def _text(self, x: float, y: float, text: str, size: float) -> None:
        if self.page not in self.document.blank_pages:
            line = self.canvas.beginText(x, y)
            line.setFont("Helvetica", size)
            line.setHorizScale(NARROW)
            line.textOut(text)
            self.canvas.drawText(line)

    def _next_page(self) -> None:
        self._end_page()
        self._begin_page()
        if self.open_table:
            if self.document.layout.continued:
                self._heading(self.document.layout.continued, 8, 15.3)
            self._head()

    def _begin_page(self) -> None:
        self.page += 1
        turned = {
            90: (0, 1, -1, 0, HEIGHT, 0),
            180: (-1, 0, 0, -1, WIDTH, HEIGHT),
            270: (0, -1, 1, 0, 0, WIDTH),
        }
        if self.document.rotation:
            self.canvas.setPageRotation(self.document.rotation)
            self.canvas.transform(*turned[self.document.rotation])
        self.y = TOP
        for y, text in self._furniture(top=True, foot=self.document.layout.furniture_first):
            self._text(350.0, y, text, TEXT_SIZE)

    def _end_page(self) -> None:
        if not self.document.layout.furniture_first:
            for y, text in self._furniture(top=False, foot=True):
                self._text(350.0, y, text, TEXT_SIZE)
        self.canvas.showPage()

    def _furniture(self, top: bool, foot: bool) -> Iterator[tuple[float, str]]:
        """Return the running head at the top, the same at the foot and the page number below it."""
        if not self.document.running_head:
            return
        text = self.document.layout.running_head.format(region=self.document.region)
        if top:
            yield 587.5, text
        if foot:
            yield 27.6, text
            yield 19.6, str(self.document.first_page + self.page - 1)
