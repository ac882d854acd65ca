"""Horizontal ranked bars with last year's tick, ranks and values in columns, in groups where wanted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from milaid.blocks import numbers
from milaid.charts.bar_layout import (
    Content,
    Group,
    Layout,
    Row,
    arrange_columns,
    label_lines,
    rank_head,
    row_height,
)
from milaid.charts.bounds import Bounds
from milaid.charts.canvas import Canvas
from milaid.charts.formats import UNITS, check_kind, known
from milaid.charts.formats import label as shown_value
from milaid.charts.rows import draw_value_heads, draw_values, middle_baseline, short_year
from milaid.charts.said import in_rows
from milaid.charts.style import SEMIBOLD, Drawings, Sheet, both, shorten, text_width
from milaid.errors import ReportError
from milaid.fiscal import label as year_label

__all__ = ["Group", "ranked_bars"]

_BAR, _GROUP_ROW = 15.0, 26.0


def ranked_bars(
    frame: pd.DataFrame,
    *,
    key: str,
    report_year: int,
    label: str,
    value: str,
    previous: str | None = None,
    previous_year: int | None = None,
    kind: str = "integer",
    rank: str | None = None,
    previous_rank: str | None = None,
    code: str | None = None,
    group: str | None = None,
    groups: Sequence[Group] = (),
    role: str = "accent",
    label_head: str = "",
) -> Drawings:
    """Draw one bar a row, in the order of the frame: report year as bar, the year before as tick.

    Columns: ``label``; ``value`` and ``previous`` (numbers, missing shown as –); ``rank`` and
    ``previous_rank``; ``code`` (a short second label); ``group`` (name of one of ``groups``, which are drawn in
    their order with heading, totals and colour). ``previous_year`` is the year before the report year unless
    given. Raises ReportError for an empty frame, a negative value, or a group without heading.
    """
    if frame.empty:
        raise ReportError(f"figure {key!r}: the frame has no row to draw a bar for")
    headings = {item.name: item for item in groups}
    rows: dict[str | None, list[Row]] = {item.name: [] for item in groups} if group else {None: []}
    for record in frame.to_dict("records"):
        name = str(record[group]) if group else None
        if name not in rows:
            raise ReportError(f"figure {key!r}: group {name!r} has no heading; known: {', '.join(headings)}")
        colour = headings[name].role if name else role
        rows[name].append(_read(record, label, code, value, previous, (rank, previous_rank), colour, key))
    last_year = (previous_year or report_year - 1) if previous else None
    sections = [(headings.get(name or ""), items) for name, items in rows.items() if items]
    content = Content(sections, check_kind(kind), report_year, last_year, label_head, rank is not None)
    said = in_rows(
        [(row.label, row.value) for row in content.rows],
        content.kind,
        {row.label: row.previous for row in content.rows},
        last_year,
    )
    return both(lambda sheet: _draw(sheet, key, content), said)


def _read(
    record: dict[Any, Any],
    label: str,
    code: str | None,
    value: str,
    previous: str | None,
    ranks: tuple[str | None, str | None],
    role: str,
    key: str,
) -> Row:
    amounts = [known(record[column]) if column else None for column in (value, previous)]
    if any(amount is not None and amount < 0 for amount in amounts):
        raise ReportError(
            f"figure {key!r}: {record[label]!r} has a negative value {amounts}; bars start at zero"
        )
    shown = tuple(
        numbers.NOT_COMPUTED if (place := known(record[column])) is None else f"{place:.0f}"
        for column in ranks
        if column
    )
    second = record[code] if code and not pd.isna(record[code]) else ""
    return Row(str(record[label]), str(second), amounts[0], amounts[1], shown, role)


def _draw(sheet: Sheet, key: str, content: Content) -> str:
    layout = arrange_columns(sheet, content)
    two_lines = bool(UNITS[content.kind]) or (content.ranked and not sheet.narrow)
    head = sheet.axis * (2.35 if two_lines else 1) + 10
    height = head + 4
    for heading, rows in content.sections:
        height += (_GROUP_ROW + 6 if heading else 0) + sum(row_height(layout, sheet, row) for row in rows)
    canvas = Canvas(sheet, height + 2, key)
    _draw_head(canvas, layout, content, head - 8)
    canvas.line([(0, head), (sheet.width, head)], "ink2")
    top = head + 3
    for number_of_section, (heading, rows) in enumerate(content.sections):
        if heading:
            if number_of_section:
                canvas.line([(0, top + 2.5), (sheet.width, top + 2.5)], "rule")
            top += 5
            _draw_group(canvas, layout, heading, top, content)
            top += _GROUP_ROW
        top = _draw_section(canvas, layout, rows, top, content, hairlines=heading is None)
    return canvas.svg()


def _draw_section(
    canvas: Canvas, layout: Layout, rows: list[Row], top: float, content: Content, *, hairlines: bool
) -> float:
    """Draw the rows of a section and its zero line; returns the px below it."""
    start = top
    for count, row in enumerate(rows, start=1):
        height = row_height(layout, canvas.sheet, row)
        _draw_row(canvas, layout, row, top, height, content)
        top += height
        if hairlines and count % 5 == 0 and count < len(rows):
            canvas.line([(0, top), (canvas.width, top)], "grid")
        if layout.stacked:
            canvas.line([(layout.bar_left, top - 20), (layout.bar_left, top - 3)], "ink2", over=True)
    if not layout.stacked:
        canvas.line([(layout.bar_left, start), (layout.bar_left, top)], "ink2", over=True)
    return top


def _draw_head(canvas: Canvas, layout: Layout, content: Content, baseline: float) -> None:
    sheet, size = canvas.sheet, canvas.sheet.axis
    draw_value_heads(canvas, layout.values, baseline, content.kind)
    for i, right in enumerate(layout.ranks):
        weight, role = (SEMIBOLD, "ink") if i == 0 else (400, "ink2")
        head = rank_head(sheet, content.rank_years[i])
        canvas.text(right, baseline, head, role=role, size=size, weight=weight, anchor="end")
    if layout.ranks and not sheet.narrow:
        start = layout.ranks[0] - text_width(str(content.report_year), size, SEMIBOLD)
        canvas.text(start, baseline - size * 1.35, "Rank", role="ink2", size=size)
    if not layout.stacked:
        canvas.text(layout.label, baseline, content.label_head, role="ink2", size=size)
    if content.previous_year is None:
        return
    grouped = any(heading for heading, _ in content.sections)
    words = [f"Bar: FY{content.report_year}", f"Tick: FY{content.previous_year}"]
    room = layout.values[0].right - layout.values[0].width - layout.bar_left - 10
    first = text_width(words[0], size, SEMIBOLD)
    if first + 16 + text_width(words[1], size) <= room:
        role = "ink" if grouped else content.rows[0].role
        canvas.text(layout.bar_left, baseline, words[0], role=role, size=size, weight=SEMIBOLD)
        canvas.text(layout.bar_left + first + 16, baseline, words[1], role="ink2", size=size)
    else:
        brief = f"Bar {short_year(content.report_year)}, tick {short_year(content.previous_year)}"
        canvas.text(layout.bar_left, baseline, brief, role="ink2", size=size)


def _draw_group(canvas: Canvas, layout: Layout, group: Group, top: float, content: Content) -> None:
    sheet = canvas.sheet
    baseline = middle_baseline(top, _GROUP_ROW - 4, sheet.label)
    role = group.role
    begin = layout.values[0].right - layout.values[0].width
    heading = shorten(group.name, begin - layout.label - 10, sheet.label, SEMIBOLD)
    name = canvas.text(layout.label, baseline, heading, role=role, weight=SEMIBOLD)
    values = [group.value, group.previous][: len(layout.values)]
    if group.value is not None:
        draw_values(canvas, layout.values, baseline, content.kind, values, role)
    start = max(layout.bar_left, name.right + 12)
    fits = start + text_width(group.note, sheet.label) + 12 < begin
    if group.note and not layout.stacked and fits:
        canvas.text(start, baseline, group.note, role=role)


def _draw_row(canvas: Canvas, layout: Layout, row: Row, top: float, height: float, content: Content) -> None:
    sheet, size = canvas.sheet, canvas.sheet.label
    lines = label_lines(layout, sheet, row)
    thick = 12.0 if layout.stacked else _BAR
    bar_top = top + height - 17.5 if layout.stacked else top + (height - thick) / 2
    baseline = middle_baseline(bar_top, thick, size)
    first = top + size + 1.5 if layout.stacked else baseline
    for count, line in enumerate(lines):
        canvas.text(layout.label, first + 15.5 * count, line)
    for i, (right, place) in enumerate(zip(layout.ranks, row.ranks, strict=True)):
        weight, role = (SEMIBOLD, "ink") if i == 0 else (400, "ink2")
        canvas.text(right, first, place, role=role, weight=weight, anchor="end")
    if row.code and not layout.stacked:
        canvas.text(layout.code, baseline, row.code, role="ink2", size=sheet.axis, anchor="end")
    draw_values(
        canvas, layout.values, baseline, content.kind, [row.value, row.previous][: len(layout.values)]
    )
    end = layout.bar_left + layout.length(row.value or 0, content.highest)
    if row.value:
        box = Bounds(layout.bar_left, bar_top, end, bar_top + thick)
        canvas.rectangle(box, row.role, value=_told(row, content))
    if row.previous is not None and content.previous_year is not None:
        x = layout.bar_left + layout.length(row.previous, content.highest)
        _draw_tick(canvas, x, bar_top, thick, layout.bar_left, end)


def _told(row: Row, content: Content) -> str:
    """Return what a bar says when it is pointed at: the value, and that of the year before."""
    said = f"{row.label}, {year_label(content.report_year)}: {shown_value(row.value, content.kind)}"
    if row.previous is None or content.previous_year is None:
        return said
    return f"{said}; {year_label(content.previous_year)}: {shown_value(row.previous, content.kind)}"


def _draw_tick(canvas: Canvas, x: float, top: float, thick: float, start: float, end: float) -> None:
    """Draw last year's tick, with a paper halo where it crosses the bar."""
    left, right = max(x - 2.4, start), min(x + 2.4, end)
    if right > left:
        canvas.rectangle(Bounds(left, top - 0.5, right, top + thick + 0.5), "paper")
    canvas.rectangle(Bounds(x - 1, top - 1.5, x + 1, top + thick + 1.5), "ink", over=True)
