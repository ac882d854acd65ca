"""Small documents of the older editions of the training report, set as the real ones are, from a description.

A document is a sequence of what stands on its pages, from top to bottom: a :class:`Heading`, the rows below it
(:class:`fmtr_documents.Row`), the :class:`Total` lines, and ``BREAK`` where a new page or, in the edition with two
columns, a new column begins. :func:`country` makes the sequence of one country with the totals of its rows. Texts
hold a line feed where the real documents wrap them.

Four layouts: :func:`write_region_tables` (2001-2002 to 2005-2006) and :func:`write_two_columns` (2000-2001) draw
PDFs, :func:`title_list` (1999-2000) and :func:`web_table` (2006-2007) write web pages. All names and numbers are
made up.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import escape
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from fmtr_documents import BREAK, Break, Row, dollars, people

ENTRY = Row(
    "RADIO REPAIRER", "1", "FT EXAMPLE GA 31905", "Signal Company", "1/9 SFG", "$100", "1/5/01", "2/9/01"
)
"""A row of the editions with eight columns."""


@dataclass(frozen=True)
class PushedOut(Row):
    """A row of eight columns whose long text pushes the cells behind it to the right, the last day to the next line.

    ``long`` names the cell whose text reaches into the next one. What follows it stands one column too far right.
    """

    long: str = "student_unit"


@dataclass(frozen=True)
class Heading:
    """What stands above the rows of one program in one fiscal year; the department is not printed in all editions."""

    country: str = "Angola"
    program: str = "Exchange Training"
    year: int = 2001
    region: str = "Africa"
    department: str | None = "DOD"

    def year_printed(self) -> str:
        """Return the two figures of the fiscal year."""
        return f"{self.year % 100:02}"


@dataclass(frozen=True)
class Total:
    """One line of totals, its words before «Totals:»: ``FY 01``, ``Program`` or ``Country``; None prints nothing."""

    words: str
    quantity: str | None
    cost: str | None


Item = Heading | Row | Total | Break


def total(words: str, rows: Iterable[Row]) -> Total:
    """Return the total line of these rows; without a dollar sign where none of them has a cost."""
    rows = list(rows)
    return Total(words, f"{people(rows):,}", f"${dollars(rows):,}" if any(row.cost for row in rows) else None)


def program(heading: Heading, blocks: Mapping[int, Sequence[Row | Break]]) -> list[Item]:
    """Return a program with the rows of each fiscal year below a heading of their own, and its totals."""
    items: list[Item] = []
    for year, rows in blocks.items():
        below = replace(heading, year=year)
        items += [below, *rows, total(f"FY {below.year_printed()}", _rows(rows))]
    return [*items, total("Program", _rows(item for rows in blocks.values() for item in rows))]


def country(*programs: Sequence[Item]) -> list[Item]:
    """Return the programs of one country, and its total."""
    items = [item for found in programs for item in found]
    return [*items, total("Country", _rows(items))]


def _rows(items: Iterable[Item]) -> list[Row]:
    return [item for item in items if isinstance(item, Row)]


def _lines(text: str | None) -> list[str]:
    return text.split("\n") if text else []


# ---------------------------------------------------------------------------------- tables under region headings


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
        cells = {name: _lines(row.cells()[name]) for name in _TEXT_STOPS}
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
            _set(self.canvas, self.layout.margin + stop, self.y, text, size, flush)


# ---------------------------------------------------------------------------------- two columns a page

_COLUMN_LEFT = (57.7, 324.1)
_NUMBER_END, _AMOUNT_END = 155.8, 216.9
_LINE = 9.7


def write_two_columns(
    path: Path,
    items: Sequence[Item],
    *,
    before: Heading | None = None,
    column_heads: Mapping[int, Heading | None] | None = None,
    first_page: int = 1,
) -> Path:
    """Draw a document of the edition 2000-2001 and return where it lies.

    ``before`` is the heading at hand where the document begins within its rows. ``column_heads`` gives a column,
    counted from 1, another head than that of what comes first in it, or none.
    """
    _Columns(path, column_heads or {}, first_page, before).draw(items)
    return path


@dataclass
class _Columns:
    path: Path
    column_heads: Mapping[int, Heading | None]
    first_page: int
    at_hand: Heading | None
    column: int = 0
    open_column: bool = False
    y: float = 0.0
    canvas: Canvas = field(init=False)

    def draw(self, items: Sequence[Item]) -> None:
        self.canvas = Canvas(str(self.path), pagesize=(612, 792), invariant=1)
        for item in items:
            if item == BREAK:
                self.open_column = False
                continue
            if isinstance(item, Heading):
                self.at_hand = item
            lines = self._lines_of(item)
            if not self.open_column or self.y - len(lines) * _LINE < 100:
                self._begin_column()
            for line in lines:
                for text, end in line:
                    x = _COLUMN_LEFT[(self.column - 1) % 2]
                    _set(
                        self.canvas,
                        x + abs(end),
                        self.y,
                        text,
                        8.0,
                        "right" if end > 20 else "left",
                        "Times-Roman",
                    )
                self.y -= _LINE
        self.canvas.showPage()
        self.canvas.save()

    def _lines_of(self, item: Item) -> list[list[tuple[str, float]]]:
        """Return the lines of an item: each text with the right edge that it is flush with, or its small indent."""
        if isinstance(item, Heading):
            text = f"{item.country}, {item.program}, FY {item.year_printed()}"
            return [[(line, 2.0 * bool(i))] for i, line in enumerate(_folded(text))]
        if isinstance(item, Row):
            first, *more = _lines(item.title) or [""]
            numbers = [(item.quantity, _NUMBER_END), (item.cost, _AMOUNT_END)]
            return [[(first, 0.0), *_printed(numbers)], *([(line, 0.0)] for line in more)]
        assert isinstance(item, Total)
        numbers = [(item.quantity, _NUMBER_END), (item.cost, _AMOUNT_END)]
        return [[(f"{item.words} Totals:", 6.0), *_printed(numbers)]]

    def _begin_column(self) -> None:
        if self.column and self.column % 2 == 0:
            self.canvas.showPage()
        if self.column % 2 == 0:
            _set(
                self.canvas, 303.6, 38.5, str(self.first_page + self.column // 2), 8.0, "left", "Times-Roman"
            )
        self.column += 1
        self.open_column = True
        self.y = 720.0
        x = _COLUMN_LEFT[(self.column - 1) % 2]
        head = self.column_heads.get(self.column, self.at_hand)
        if head is None:
            return
        text = f"{head.region} Region, {head.country}, {head.program}, FY {head.year_printed()}"
        for number, line in enumerate(_folded(text)):
            _set(self.canvas, x + 2.0 * bool(number), self.y, line, 8.0, "left", "Times-Bold")
            self.y -= _LINE
        self.y -= 8
        for stop, words in ((26.0, "Title of"), (167.0, "#"), (187.5, "Cost")):
            _set(self.canvas, x + stop, self.y, words, 8.0, "left", "Times-Roman")
        self.y -= 10


def _printed(numbers: Iterable[tuple[str | None, float]]) -> list[tuple[str, float]]:
    return [(text, end) for text, end in numbers if text]


def _folded(text: str) -> list[str]:
    return textwrap.wrap(text, 50, break_on_hyphens=False)


def _set(
    canvas: Canvas, x: float, y: float, text: str, size: float, flush: str, font: str = "Helvetica"
) -> None:
    width = canvas.stringWidth(text, font, size)
    line = canvas.beginText(x - {"left": 0.0, "middle": width / 2, "right": width}[flush], y)
    line.setFont(font, size)
    line.textOut(text)
    canvas.drawText(line)


# ---------------------------------------------------------------------------------- web pages

TITLE_LIST_NAMES = "Foreign Military Training and DoD Engagement Activities of Interest, Volume I"


def title_list(
    items: Iterable[Item],
    *,
    title: str = "Foreign Military Training Report FY 1999 and 2000",
    region: str = "Africa Region",
    end: str = "[end of file]",
) -> str:
    """Return a web page of the edition 1999-2000. ``BREAK`` stands for the head of a printed page left in the table."""
    rows: list[str] = []
    at_hand = Heading()
    for item in items:
        if isinstance(item, Heading):
            at_hand = item
            text = f"{item.country}, {item.program}, FY {item.year_printed()}"
            rows += [f"<TR><TD><B>{escape(line)}</B> </TD></TR>" for line in _folded(text)]
        elif isinstance(item, Row):
            first, *more = _lines(item.title) or [""]
            rows.append(_list_row(first, item.quantity, item.cost))
            rows += [f"<TR><TD>{escape(line)}</TD></TR>" for line in more]
        elif isinstance(item, Total):
            rows.append(_list_row(f" {item.words} Totals: ", item.quantity, item.cost))
        else:
            text = (
                f"{at_hand.region} Region, {at_hand.country}, {at_hand.program}, FY {at_hand.year_printed()}"
            )
            rows.append(f"<TR><TD> <B>{escape(text)}</B> </TD></TR>")
            rows.append('<TR><TD>Title of </TD><TD># </TD><TD ALIGN="RIGHT">Cost</TD></TR>')
    return "\n".join(
        [
            '<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.0 Transitional//EN">',
            f"<html><head><TITLE>{title}\n</TITLE></head><BODY>",
            "<TABLE><TR><TD>Archive of pages</TD></TR></TABLE><P>",
            f"<BLOCKQUOTE><TABLE><TR><TD></TD><TD><B>{TITLE_LIST_NAMES}</B><BR>",
            "Joint Report to Congress, March 1, 2000</TD></TR></TABLE>",
            f"<FONT SIZE=+1><I>{region}</I></FONT><P>",
            "<TABLE>",
            *rows,
            f'</TABLE><P><FONT SIZE="1">{end}</FONT><P>',
            '<A HREF="#top">Back to Top</A>',
            "</BLOCKQUOTE></body></html>\n",
        ]
    )


def _list_row(title: str, quantity: str | None, cost: str | None) -> str:
    """Return a row whose last cells are left away where they would be empty."""
    cells = [title, quantity, cost]
    while cells[-1] is None:
        cells.pop()
    return "<TR>" + "".join(f"<TD>{escape(cell or '')}</TD>" for cell in cells) + "</TR>"


WEB_HEAD = ("Course Title", "Students", "Location", "Student's Unit", "US Units", "Total Cost", "Start Date",
            "End Date")  # fmt: skip


@dataclass(frozen=True)
class Overprinted:
    """A row of a web page that holds a program's total in place of its title, people and dollars."""

    total: Total
    row: Row


def web_table(
    items: Iterable[Item | Overprinted],
    *,
    title: str = "IV. Country Training Activities--Africa",
    head: Sequence[str] = WEB_HEAD,
) -> str:
    """Return a web page of the edition 2006-2007.

    A total's words are ``Program`` or those before «FY 2006 Totals». The first line of a title that holds a line
    feed stands alone in the row above.
    """
    rows: list[str] = []
    at_hand = Heading(country="")
    for item in items:
        if isinstance(item, Heading):
            if item.country != at_hand.country:
                rows.append(f"<TR><TD colSpan=8><B><STRONG>{escape(item.country)}</STRONG></B> </TD></TR>")
            at_hand = item
            words = f"{item.program} - FY {item.year} {item.department} Training"
            rows += [_web_row([words]), _web_row(head)]
        elif isinstance(item, Row):
            *first, last = _lines(item.title) or [""]
            rows += [_web_row([line]) for line in first]
            rows.append(_web_row([last, *list(item.cells().values())[1:]]))
        elif isinstance(item, Total):
            rows.append(_web_row(_web_total(item, at_hand.year)))
        elif isinstance(item, Overprinted):
            cells = list(item.row.cells().values())
            over = _web_total(item.total, at_hand.year)
            rows.append(
                _web_row([new or old for new, old in zip(over, [None, None, *cells[2:]], strict=True)])
            )
        else:
            rows.append(_web_row([]))
    return "\n".join(
        [
            '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">',
            f"<title>{escape(title)}</title><script>var shown = '<td>none</td>';</script></head><body>",
            f"<h2>{escape(title)}</h2><ul><li>Home</li><li>Reports</li></ul>",
            "<table cellSpacing=2 border=1><TBODY>",
            *rows,
            "</TBODY></table><p>Top</p></body>\n</html>\n",
        ]
    )


def _web_total(item: Total, year: int) -> list[str | None]:
    between = f"FY {year} Program" if item.words == "Program" else f"{item.words} FY {year}"
    return [f"{between} Totals", item.quantity, None, None, None, item.cost, None, None]


def _web_row(cells: Iterable[str | None]) -> str:
    """Return a row of eight cells, the empty ones with a blank that does not break."""
    texts = [escape(cell).replace("\n", " ") if cell else "&nbsp;" for cell in cells]
    texts += ["&nbsp;"] * (len(WEB_HEAD) - len(texts))
    return "<TR>\n" + "".join(f"<TD>\n<P>{text}</P></TD>\n" for text in texts) + "</TR>"
