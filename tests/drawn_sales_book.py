"""Small Historical Sales Books, drawn as the real one is, from a description. All numbers are made up.

A :class:`Book` is a list of recipients with their amounts in dollars by line and column; totals are those of the
rows unless a test gives others. ``BREAK`` starts a new page; in the midst of a recipient its name stays behind.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

BREAK = "break"
WIDTH, HEIGHT = 1008, 612
LABELS = ("Title 22 Foreign Military Sales", "Title 22 Foreign Military Financing", "Total")
_SIZE, _STEP = 7, 12.25
_FIRST_AMOUNT, _AMOUNT_STEP = 446.0, 88.0
_TEXT_COLUMNS = ((20.2, 88.0), (190.2, 207.5), (271.6, 271.6), (305.0, 313.0))


@dataclass(frozen=True)
class Recipient:
    """One recipient: amounts of FMS and FMF by fiscal year, and of the block; ``cells`` replaces printed cells.

    ``cells`` gives a text (None: nothing) by line (0 to 2) and column (0 is the block). ``beside`` stands in the last
    column beside the name.
    """

    name: str
    fms: tuple[int, ...]
    fmf: tuple[int, ...]
    block: int | None = 0
    described: tuple[str, str, str] | None = ("EUCOM", "EUR", "Europe")
    mark: str = ""
    beside: str = ""
    cells: dict[tuple[int, int], str | None] = field(default_factory=dict)
    labels: tuple[str, ...] = LABELS
    break_below_name: bool = False

    def amounts(self) -> list[list[int | None]]:
        """Return the amounts of the three lines, the column of all years last."""
        totals = [one + two for one, two in zip(self.fms, self.fmf, strict=True)]
        return [
            [None, *self.fms, sum(self.fms)],
            [None, *self.fmf, sum(self.fmf)],
            [self.block, *totals, (self.block or 0) + sum(totals)],
        ]


@dataclass(frozen=True)
class Book:
    """A book: the fiscal years of its columns, its recipients, and what is changed about its layout."""

    recipients: Sequence[Recipient | str]
    first: int = 1950
    years: tuple[int, ...] = (2023, 2024, 2025, 2026, 2027)
    world: dict[tuple[int, int], str | None] = field(default_factory=dict)
    heads: dict[str, str] = field(default_factory=dict)
    printed_pages: dict[int, int] = field(default_factory=dict)
    with_world: bool = True

    def without(self, **changes: object) -> Book:
        """Return the same book with changes."""
        return replace(self, **changes)  # type: ignore[arg-type]

    @property
    def columns(self) -> tuple[tuple[str, str], ...]:
        """Return the two lines of the head of each column of amounts."""
        block = ("Fiscal Years", f"{self.first} To {self.years[0] - 1}")
        years = tuple(("Fiscal Year", str(year)) for year in self.years)
        return (block, *years, (f"Fiscal Years {self.first}-{self.years[-1]}", ""))


ALBANIA = Recipient("Albania", (10, -4, 0, 7, 1_000), (0, 5, 0, 0, 2_000), 108_290_463)
BOLIVIA = Recipient(
    "Bolivia", (0, 0, 0, 0, 3), (0, 0, 0, 0, 0), 134, ("SOUTHCOM", "WHA", "S. America"), mark="1"
)
CLASSIFIED = Recipient(
    "Classified Totals", (0,) * 5, (0,) * 5, 900, ("NR", "NR", "N/A"), "1",
    cells={(line, column): None for line in range(3) for column in range(1, 6)},
)  # fmt: skip
SMALL = Book((ALBANIA, BOLIVIA, BREAK, CLASSIFIED))


def write_book(path: Path, book: Book = SMALL) -> Path:
    """Draw a book with a title page and a glossary, and return where it lies; same description, same bytes."""
    _Sheets(Canvas(str(path), pagesize=(WIDTH, HEIGHT), invariant=1), book).draw()
    return path


@dataclass
class _Sheets:
    canvas: Canvas
    book: Book
    y: float = 0.0
    page: int = 0

    def draw(self) -> None:
        self._set(400, 300, "Historical Sales Book")
        self.canvas.showPage()
        self._begin()
        for recipient in self.book.recipients:
            if isinstance(recipient, Recipient):
                self._recipient(recipient)
            else:
                self._turn()
        if self.book.with_world:
            self._world()
        self._foot()
        self.canvas.showPage()
        self._set(100, 500, "Foreign Military Financing (FMF) – FMF provides grant assistance.")
        self.canvas.showPage()
        self.canvas.save()

    def _recipient(self, recipient: Recipient) -> None:
        self._set(_TEXT_COLUMNS[0][0], self.y, recipient.name)
        if recipient.mark:
            end = _TEXT_COLUMNS[0][0] + self.canvas.stringWidth(recipient.name, "Helvetica", _SIZE)
            self._set(end + 0.2, self.y + 4.7, recipient.mark)
        for (x, _), text in zip(_TEXT_COLUMNS[1:], recipient.described or (), strict=False):
            self._set(x, self.y + (1 if recipient.mark else 0), text)
        if recipient.beside:
            self._amount(6, recipient.beside)
        self.y -= _STEP
        if recipient.break_below_name:
            self._turn()
        for line, (label, amounts) in enumerate(zip(recipient.labels, recipient.amounts(), strict=False)):
            self._line(line, label, amounts, recipient.cells)

    def _world(self) -> None:
        rows = [r.amounts() for r in self.book.recipients if isinstance(r, Recipient)]
        sums: list[list[int | None]] = [
            [sum(row[line][column] or 0 for row in rows) for column in range(7)] for line in range(3)
        ]
        self._set(20.2, self.y, "Totals")
        self.y -= _STEP
        for line, label in enumerate(LABELS):
            self._line(line, label, sums[line], self.book.world)
        years = [f"FY {year}" for year in self.book.years]
        first, last = self.book.first, self.book.years[-1]
        heads = [f"FYs {first}-{self.book.years[0] - 1}", *years, f"FYs {first}-{last}"]
        for column, text in enumerate(heads):
            self._amount(column, text)
        self._set(20.2, self.y - _STEP, "Foot Notes:")
        self._set(101.2, self.y - 2 * _STEP, "1 These totals stopped being calculated.")

    def _line(
        self,
        line: int,
        label: str,
        amounts: Sequence[int | None],
        cells: dict[tuple[int, int], str | None],
    ) -> None:
        self._set(20.2, self.y, label)
        for column, amount in enumerate(amounts):
            text = None if amount is None else f"-${-amount:,}" if amount < 0 else f"${amount:,}"
            text = cells.get((line, column), text)
            if text is not None:
                self._amount(column, text)
        self.y -= _STEP

    def _begin(self) -> None:
        self.page += 1
        first, last = self.book.first, self.book.years[-1]
        self._set(397, 579, f"Historical Sales Book Fiscal Years {first} to {last}")
        stacks = (("Country",), ("Combatant", "Command"), ("State", "Dept.", "Region"), ("Continent",))
        for (cell, head), words in zip(_TEXT_COLUMNS, stacks, strict=True):
            centre = max(cell, head) + 16
            for row, word in enumerate(words):
                self._centred(centre, 566 - row * 12.5, word)
        for column, words in enumerate(self.book.columns):
            for row, word in enumerate(words):
                self._centred(_FIRST_AMOUNT + column * _AMOUNT_STEP - 38, 560 - row * 12.5, word)
        self.y = 529.0

    def _turn(self) -> None:
        self._foot()
        self.canvas.showPage()
        self._begin()

    def _foot(self) -> None:
        printed = self.book.printed_pages.get(self.page, self.page)
        self._set(19, 26, f"Fiscal Year {self.book.years[-1]} Edition")
        self._set(400, 26, "Defense Security Cooperation Agency")
        self._set(980, 26, str(printed))

    def _amount(self, column: int, text: str) -> None:
        right = _FIRST_AMOUNT + column * _AMOUNT_STEP
        self._set(right - self.canvas.stringWidth(text, "Helvetica", _SIZE), self.y, text)

    def _centred(self, centre: float, y: float, text: str) -> None:
        text = self.book.heads.get(text, text)
        if text:
            self._set(centre - self.canvas.stringWidth(text, "Helvetica", _SIZE) / 2, y, text)

    def _set(self, x: float, y: float, text: str) -> None:
        self.canvas.setFont("Helvetica", _SIZE)
        self.canvas.drawString(x, y, text)
