"""The layout of bar tables: what they show, and where ranks, labels, codes, bars and values stand."""

from __future__ import annotations

from dataclasses import dataclass

from milaid.charts.rows import GAP, ValueColumn, short_year, value_columns
from milaid.charts.style import SEMIBOLD, Sheet, shorten, text_width, wrap

ROW = 22.5
"""Height of a row in px where label and bar stand side by side."""
_LEAST_BAR = 96.0
"""Narrow sheet: with less room in px for bars than this, labels stand above their bars."""


@dataclass(frozen=True)
class Group:
    """A heading over rows: name, role colour, its totals, and a note ("52.6% of participants")."""

    name: str
    role: str = "ink2"
    value: float | None = None
    previous: float | None = None
    note: str = ""


@dataclass(frozen=True)
class Row:
    """One bar: its labels, the values of both years, its ranks as written, and its colour."""

    label: str
    code: str
    value: float | None
    previous: float | None
    ranks: tuple[str, ...]
    role: str


@dataclass(frozen=True)
class Content:
    """Sections of rows, each with its heading or None, and what the heads say."""

    sections: list[tuple[Group | None, list[Row]]]
    kind: str
    report_year: int
    previous_year: int | None
    label_head: str
    ranked: bool

    @property
    def rows(self) -> list[Row]:
        """All rows, without headings."""
        return [row for _, rows in self.sections for row in rows]

    @property
    def highest(self) -> float:
        """The value that fills the room for bars."""
        amounts = [a for row in self.rows for a in (row.value, row.previous) if a is not None]
        return max([*amounts, 0.0]) or 1.0

    @property
    def years(self) -> list[int]:
        """The fiscal years of the columns of values."""
        return [self.report_year] + ([self.previous_year] if self.previous_year is not None else [])

    @property
    def rank_years(self) -> tuple[int, int]:
        """The fiscal years of the columns of ranks."""
        return self.report_year, self.previous_year or self.report_year - 1


@dataclass(frozen=True)
class Layout:
    """The columns in px: right edges of the ranks, start and width of labels, codes, bars, values."""

    ranks: tuple[float, ...]
    label: float
    label_width: float
    code: float
    bar_left: float
    bar_right: float
    values: list[ValueColumn]
    stacked: bool

    def length(self, value: float, highest: float) -> float:
        """Return the length of a bar in px."""
        return value / highest * (self.bar_right - self.bar_left)


def arrange_columns(sheet: Sheet, content: Content) -> Layout:
    """Return where the columns stand: measured, so that all numbers fit and bars get the rest."""
    rows, size = content.rows, sheet.label
    amounts = [[row.value for row in rows], [row.previous for row in rows]]
    for heading, _ in content.sections:
        if heading:
            amounts[0].append(heading.value)
            amounts[1].append(heading.previous)
    columns = [(year, amounts[i], i == 0) for i, year in enumerate(content.years)]
    values, begin = value_columns(sheet, content.kind, columns)
    ranks: list[float] = []
    x = 0.0
    for i in range(len(rows[0].ranks)):
        weight = SEMIBOLD if i == 0 else 400
        rank = rank_head(sheet, content.rank_years[i])
        x += max(text_width(t, size, weight) for t in [rank, *(row.ranks[i] for row in rows)])
        ranks.append(x)
        x += 8 if sheet.narrow else 18
    label = x + (2 if ranks else 0)
    right = begin - (12 if sheet.narrow else 22)
    head = text_width(content.label_head, sheet.axis)
    widest = max(head, *(text_width(row.label, size) for row in rows))
    codes = max(text_width(row.code, sheet.axis) for row in rows)
    if sheet.narrow:
        beside = label + widest + 10
        if codes or right - beside < _LEAST_BAR:
            return Layout(tuple(ranks), label, sheet.width - label, 0, label, right, values, True)
        return Layout(tuple(ranks), label, widest, 0, beside, right, values, False)
    width = min(widest, 286.0 if codes else 262.0)
    code = label + width + (GAP + codes if codes else 0)
    return Layout(tuple(ranks), label, width, code, code + (10 if codes else 14), right, values, False)


def rank_head(sheet: Sheet, year: int) -> str:
    """Return the head of a column of ranks."""
    return short_year(year) if sheet.narrow else str(year)


def label_lines(layout: Layout, sheet: Sheet, row: Row) -> tuple[str, ...]:
    """Return the label of a row as it fits: shortened beside its bar, in lines above it."""
    if not layout.stacked:
        return (shorten(row.label, layout.label_width, sheet.label),)
    text = f"{row.code}: {row.label}" if row.code else row.label
    return wrap(text, layout.label_width - 2, sheet.label, most=2)


def row_height(layout: Layout, sheet: Sheet, row: Row) -> float:
    """Return the height of a row in px."""
    if not layout.stacked:
        return ROW
    return 21 + 15.5 * len(label_lines(layout, sheet, row))
