"""Documents of the edition 2000-2001, drawn: rows of title, number and cost in two columns a page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from fmtr_documents import BREAK, Row
from older_documents import Heading, Item, Total, folded, lines_of, set_text

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
                    set_text(
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
            return [[(line, 2.0 * bool(i))] for i, line in enumerate(folded(text))]
        if isinstance(item, Row):
            first, *more = lines_of(item.title) or [""]
            numbers = [(item.quantity, _NUMBER_END), (item.cost, _AMOUNT_END)]
            return [[(first, 0.0), *_printed(numbers)], *([(line, 0.0)] for line in more)]
        assert isinstance(item, Total)
        numbers = [(item.quantity, _NUMBER_END), (item.cost, _AMOUNT_END)]
        return [[(f"{item.words} Totals:", 6.0), *_printed(numbers)]]

    def _begin_column(self) -> None:
        if self.column and self.column % 2 == 0:
            self.canvas.showPage()
        if self.column % 2 == 0:
            set_text(
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
        for number, line in enumerate(folded(text)):
            set_text(self.canvas, x + 2.0 * bool(number), self.y, line, 8.0, "left", "Times-Bold")
            self.y -= _LINE
        self.y -= 8
        for stop, words in ((26.0, "Title of"), (167.0, "#"), (187.5, "Cost")):
            set_text(self.canvas, x + stop, self.y, words, 8.0, "left", "Times-Roman")
        self.y -= 10


def _printed(numbers: Iterable[tuple[str | None, float]]) -> list[tuple[str, float]]:
    return [(text, end) for text, end in numbers if text]
