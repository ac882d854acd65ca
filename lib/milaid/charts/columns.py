"""Vertical bars over the years: stacked parts of a whole, or parts side by side, directly labelled."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from milaid.charts.axes import YearPlot, draw_year_axis
from milaid.charts.bounds import Bounds
from milaid.charts.canvas import Canvas
from milaid.charts.formats import check_kind, known
from milaid.charts.formats import label as shown
from milaid.charts.line import value_of
from milaid.charts.multiples import draw_missing
from milaid.charts.place import Label, Obstacles, Place, choose, spread
from milaid.charts.said import over_years
from milaid.charts.style import SEMIBOLD, Drawings, Sheet, both, check_roles, wrap
from milaid.charts.year_canvas import YearContent, lay_out
from milaid.errors import ReportError

_ROLES = ("accent", "soft", "ink2", "other")
_KEY = 14.0
"""Room in px for the colour square before a name."""
_BAR = {"stacked": 0.76, "side": 0.82}
_LEAST_OUTLINED = 4.0


@dataclass(frozen=True)
class _Content(YearContent):
    values: dict[str, dict[int, float]]
    roles: Mapping[str, str]
    mode: str
    totals: bool
    hollow: frozenset[int]

    @property
    def present(self) -> list[int]:
        return sorted({year for part in self.values.values() for year in part})

    @property
    def named_year(self) -> int:
        """The year whose values stand below the names: that of the column they are joined to, if they are joined to one."""
        return self.present[-1] if self.mode == "stacked" else self.report_year

    def total(self, year: int) -> float:
        amounts = [part.get(year, 0.0) for part in self.values.values()]
        return sum(amounts) if self.mode == "stacked" else max(amounts)

    @property
    def highest(self) -> float:
        return max(self.total(year) for year in self.present)


def columns_by_year(
    frame: pd.DataFrame,
    *,
    key: str,
    report_year: int,
    year: str = "fiscal_year",
    part: str = "part",
    value: str = "value",
    kind: str = "integer",
    mode: str = "stacked",
    totals: bool = True,
    roles: Mapping[str, str] | None = None,
    breaks: Mapping[int, str] | None = None,
    events: Mapping[int, str] | None = None,
    hollow: Collection[int] = (),
) -> Drawings:
    """Draw a column a fiscal year of its parts: ``stacked`` (the first part lowest) or ``side`` by side.

    ``frame`` has one row a fiscal year and part, none negative. The parts are named at the right with their
    value: stacked ones, joined to the last column, with that of its year, those side by side with that of the report
    year; ``totals`` writes the whole above the first, the last and the report year's
    stack. ``roles`` maps parts to role colours. A year without any value is an empty slot "no data"; ``breaks``
    maps the first year of the new part of a series to the name of the break, ``events`` a year to what happened in
    it; ``hollow`` are years that are drawn in
    outline, because too little is known of them. Raises ReportError for negative
    or no values.
    """
    if mode not in _BAR:
        raise ReportError(f"figure {key!r}: unknown mode {mode!r}; allowed: {', '.join(_BAR)}")
    names = [str(name) for name in dict.fromkeys(frame[part])]
    values: dict[str, dict[int, float]] = {name: {} for name in names}
    for name, y, raw in zip(frame[part], frame[year], frame[value], strict=True):
        amount = known(raw)
        if amount is not None and amount < 0:
            raise ReportError(
                f"figure {key!r}: {name!r} has the value {amount} in {y}; columns start at zero"
            )
        if amount is not None:
            values[str(name)][int(y)] = amount
    if not any(values.values()):
        raise ReportError(f"figure {key!r}: no fiscal year has a value in column {value!r}")
    if roles is None and len(names) > len(_ROLES):
        raise ReportError(
            f"figure {key!r}: {len(names)} parts need roles; without them at most {len(_ROLES)}"
        )
    chosen = check_roles(key, roles or dict(zip(names, _ROLES, strict=False)))
    years = [int(y) for y in frame[year]]
    content = _Content(
        min(years), max(years), report_year, check_kind(kind), {}, breaks or {}, values, chosen, mode,
        totals and mode == "stacked", frozenset(hollow), events=events or {},
    )  # fmt: skip
    said = over_years(values, content.kind, content.breaks, content.events)
    return both(lambda sheet: _draw(sheet, key, content), said)


def _draw(sheet: Sheet, key: str, content: _Content) -> str:
    names = {name: _name(name, content, sheet) for name in content.values}
    margin = (14 if sheet.narrow else 20) + (0 if content.mode == "stacked" else _KEY)
    right = sheet.width - max(label.width for label in names.values()) - margin
    height = max(206.0 if sheet.narrow else 234.0, sum(label.height + 5 for label in names.values()))
    flat = lay_out(sheet, content, right, height, range(content.first, content.last + 1))
    head = 22 + flat.notes_height
    canvas, frame, obstacles = flat.open(key, head, head - 18 if content.totals else head)
    _draw_bars(canvas, frame, content)
    draw_missing(canvas, frame, content.present)
    draw_year_axis(canvas, frame, content.report_year)
    _draw_names(canvas, frame, content, names, obstacles)
    if content.totals:
        _draw_totals(canvas, frame, content, obstacles)
    return canvas.svg()


def _name(name: str, content: _Content, sheet: Sheet) -> Label:
    """Return a part's name and, below it, its value with the year it is of."""
    lines = wrap(name, 88 if sheet.narrow else 150, sheet.axis, SEMIBOLD)
    value = content.values[name].get(content.named_year)
    below = (f"FY{content.named_year}: {shown(value, content.kind)}",) if value is not None else ()
    return Label((*lines, *below), sheet.axis, SEMIBOLD)


def _draw_bars(canvas: Canvas, frame: YearPlot, content: _Content) -> None:
    half, floor = frame.slot * _BAR[content.mode] / 2, frame.box.bottom
    if content.mode == "side":
        width = 2 * half / len(content.values)
        for place, (name, part) in enumerate(content.values.items()):
            for year, value in part.items():
                left = frame.x(year) - half + width * place
                said = value_of(year, value, content.kind, name)
                box = Bounds(left, frame.y(value), left + width, floor)
                canvas.bar(box, content.roles[name], value=said)
        return
    # From the whole down to the lowest part, each bar covers what lies under it.
    tops: dict[str, dict[int, float]] = {}
    below: dict[int, float] = {}
    for name, part in content.values.items():
        below |= {year: below.get(year, 0.0) + value for year, value in part.items()}
        tops[name] = {year: below[year] for year in part}
    for name in reversed(tops):
        for year, top in tops[name].items():
            x = frame.x(year)
            said = value_of(year, content.values[name][year], content.kind, name)
            box = Bounds(x - half, frame.y(top), x + half, floor)
            if year in content.hollow:
                canvas.hollow_bar(box, content.roles[name], value=said)
            else:
                # A line of paper keeps parts of like lightness apart; a thin part would vanish under it.
                tall = frame.y(top - content.values[name][year]) - frame.y(top) >= _LEAST_OUTLINED
                canvas.bar(box, content.roles[name], outline="paper" if tall else None, value=said)


def _middle(content: _Content, frame: YearPlot, name: str, year: int) -> tuple[float, float]:
    """Return the px of the right edge of a part's bar in a year, and of its middle."""
    names = list(content.values)
    value = content.values[name].get(year, 0.0)
    half = frame.slot * _BAR[content.mode] / 2
    if content.mode == "side":
        width = 2 * half / len(names)
        return frame.x(year) - half + width * (names.index(name) + 0.5), frame.y(value)
    below = sum(content.values[other].get(year, 0.0) for other in names[: names.index(name)])
    return frame.x(year) + half, frame.y(below + value / 2)


def _draw_names(
    canvas: Canvas, frame: YearPlot, content: _Content, names: Mapping[str, Label], obstacles: Obstacles
) -> None:
    """Name the parts at the right of the last column; stacked ones are joined to it by a thin leader."""
    last = content.present[-1]
    tips = [_middle(content, frame, name, last) for name in names]
    heights = [label.height + 5 for label in names.values()]
    low = min(frame.box.top, frame.box.bottom - sum(heights))
    middles = spread([y for _, y in tips], heights, low, frame.box.bottom + 4)
    x = frame.box.right + (10 if canvas.sheet.narrow else 16)
    for (name, label), (start, tip), middle in zip(names.items(), tips, middles, strict=True):
        role = content.roles[name]
        if content.mode == "stacked":
            canvas.line([(start + 1, tip), (x - 4, middle)], role)
        else:
            canvas.rectangle(
                Bounds(x, middle - label.height / 2 + 2, x + 9, middle - label.height / 2 + 11), role
            )
        shift = 0 if content.mode == "stacked" else _KEY
        obstacles.texts.append(
            _write_name(canvas, label, Place(x + shift, middle - label.height / 2), content)
        )


def _write_name(canvas: Canvas, label: Label, place: Place, content: _Content) -> Bounds:
    """Write a name in ink and the value below it in the second ink."""
    valued = label.lines[-1].startswith(f"FY{content.named_year}: ")
    name = Label(label.lines[:-1] if valued else label.lines, label.size, SEMIBOLD)
    canvas.label(name, place)
    if valued:
        value = Label(label.lines[-1:], label.size, role="ink2")
        canvas.label(value, Place(place.x, place.top + label.height - value.height))
    return place.box(label)


_FAR = 12.0
"""A total this many px above its column is joined to it by a thin line."""


def _draw_totals(canvas: Canvas, frame: YearPlot, content: _Content, obstacles: Obstacles) -> None:
    bounds = Bounds(0, 0, canvas.width, frame.box.bottom)
    obstacles.texts += canvas.texts
    years: Sequence[int] = [content.report_year, content.present[-1], content.present[0]]
    for year in dict.fromkeys(years):
        parts = [part for part in content.values.values() if part.get(year)]
        # The only part of the named column has its value beside its name: it is not written again above it.
        if year not in content.present or (year == content.named_year and len(parts) < 2):
            continue
        reported = year == content.report_year
        label = Label(
            (shown(content.total(year), content.kind),),
            canvas.sheet.label,
            SEMIBOLD if reported else 400,
            "accent" if reported else "ink2",
        )
        top = frame.y(content.total(year)) - 5 - label.height
        for neighbour in (year - 1, year + 1):
            if neighbour in content.present and label.width > frame.slot:
                top = min(top, frame.y(content.total(neighbour)) - 5 - label.height)
        places = [Place(frame.x(year), top - far, "middle", far) for far in range(0, 64, 4)]
        place = choose(label, places, obstacles, bounds)
        if place is not None:
            box = canvas.label(label, place, backed=True)
            obstacles.texts.append(box)
            bar_top = frame.y(content.total(year))
            if bar_top - box.bottom > _FAR:
                canvas.line([(frame.x(year), box.bottom + 2), (frame.x(year), bar_top - 2)], label.role, 0.8)
