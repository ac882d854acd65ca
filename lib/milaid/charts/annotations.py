"""Gaps, breaks and events of a series: what is named above the plot, and where the names stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from milaid.charts.axes import YearPlot
from milaid.charts.bounds import Bounds
from milaid.charts.canvas import Canvas
from milaid.charts.place import Label, Obstacles, Place
from milaid.charts.style import Sheet, text_width, wrap
from milaid.fiscal import label as year_label
from milaid.fiscal import runs

_APART = 8
"""Least distance in px between two names, and between a name and the line of another."""
_BREAK, _EVENT = ("ink2", (3.5, 3.0)), ("mute", (1.0, 3.0))
"""Role and dashes of a line at a break and at an event, which says when, not that the series is another one."""
_SAMPLE, _KEYS_APART = 12.0, 18.0
"""Px of a line before its name in a legend, and between two of its entries."""


@dataclass(frozen=True)
class Note:
    """A named gap, break or event. ``middle`` is its px; ``half`` half the width of a gap's band, 0 for the others."""

    label: Label
    middle: float
    half: float = 0.0
    event: bool = False

    def places(self, bounds: tuple[float, float]) -> list[tuple[float, str]]:
        """Return (x, anchor) of the name, best first, inside the bounds."""
        if self.half:
            edge = max(self.half, 6.0)
            wished = [(self.middle, "middle"), (self.middle + edge, "end"), (self.middle - edge, "start")]
        else:
            wished = [(self.middle + 6, "start"), (self.middle - 6, "end")]
        fitting = []
        for x, anchor in wished:
            box = Place(x, 0, anchor).box(self.label)
            if box.left >= bounds[0] and box.right <= bounds[1]:
                fitting.append((x, anchor))
        return fitting or [(bounds[0], "start")]


@dataclass(frozen=True)
class Placed:
    """A note with its row (0 is the lowest) and the x and anchor of its name."""

    note: Note
    row: int
    x: float
    anchor: str

    def span(self) -> tuple[float, float]:
        """Return left and right of the name in px."""
        box = Place(self.x, 0, self.anchor).box(self.note.label)
        return box.left, box.right


def notes_of(
    frame: YearPlot,
    sheet: Sheet,
    present: Sequence[int],
    gaps: Mapping[int, str],
    breaks: Mapping[int, str],
    events: Mapping[int, str],
) -> list[Note]:
    """Return the gaps, breaks and events between the first and last year of the frame, from left to right.

    ``present`` are the years with a value; every other year is a gap, named in ``gaps`` or by its years.
    Neighbouring missing years of the same name are one gap. ``breaks`` maps the first year of the new part
    to the name of the break, ``events`` a year to what happened in it.
    """
    measure = 92 if sheet.narrow else 140
    missing = [year for year in range(frame.first, frame.last + 1) if year not in set(present)]
    notes = []
    for first, last in _same_name(missing, gaps):
        name = gaps.get(first) or _gap_name(first, last)
        label = Label(wrap(name, measure, sheet.axis, most=3), sheet.axis, role="ink2")
        middle = (frame.x(first) + frame.x(last)) / 2
        notes.append(Note(label, middle, (last - first + 1) * frame.slot / 2 - frame.slot * 0.04))
    for year, name in breaks.items():
        if frame.first < year <= frame.last:
            label = Label(wrap(name, measure, sheet.axis, most=3), sheet.axis, role="ink2")
            notes.append(Note(label, frame.x(year - 0.5)))
    for year, name in events.items():
        if frame.first <= year <= frame.last:
            label = Label(wrap(name, measure, sheet.axis, most=3), sheet.axis, role="ink2")
            notes.append(Note(label, frame.x(year), event=True))
    return sorted(notes, key=lambda note: note.middle)


def _same_name(missing: Sequence[int], gaps: Mapping[int, str]) -> list[tuple[int, int]]:
    groups: list[tuple[int, int]] = []
    for first, last in runs(missing):
        start = first
        for year in range(first + 1, last + 2):
            if year > last or gaps.get(year) != gaps.get(start):
                groups.append((start, year - 1))
                start = year
    return groups


def _gap_name(first: int, last: int) -> str:
    years = year_label(first) if first == last else f"{year_label(first)}–{last}"
    return f"{years}: no data"


def arrange(notes: Sequence[Note], bounds: tuple[float, float]) -> list[Placed]:
    """Return the notes in as few rows as possible, no name touching another name or another's line."""
    for rows in range(1, len(notes) + 1):
        found = _search(list(notes), [], rows, bounds)
        if found is not None:
            return found
    return [Placed(note, row, *note.places(bounds)[0]) for row, note in enumerate(notes)]


def _search(
    waiting: list[Note], placed: list[Placed], rows: int, bounds: tuple[float, float]
) -> list[Placed] | None:
    if not waiting:
        return placed
    for row in range(rows):
        for x, anchor in waiting[0].places(bounds):
            tried = Placed(waiting[0], row, x, anchor)
            if all(_apart(tried, other) for other in placed):
                found = _search(waiting[1:], [*placed, tried], rows, bounds)
                if found is not None:
                    return found
    return None


def _apart(one: Placed, two: Placed) -> bool:
    """True if two names do not touch and the line of the higher one passes beside the lower name."""
    (left, right), (other_left, other_right) = one.span(), two.span()
    if one.row == two.row:
        return left >= other_right + _APART or other_left >= right + _APART
    higher, (low, high) = (one, two.span()) if one.row > two.row else (two, one.span())
    return not low - 4 < higher.note.middle < high + 4


def zone_height(placed: Sequence[Placed]) -> float:
    """Return the height in px of the rows of names."""
    return sum(_row_heights(placed)) + 4 if placed else 0.0


def note_level(
    frame: YearPlot,
    ticks: Sequence[float],
    highest: float,
    points: Sequence[tuple[float, float]],
    placed: Sequence[Placed],
) -> float:
    """Return the px up to which bands and break lines reach; the names of the notes stand above it.

    It is the lowest gridline above ``highest`` (of all lines) that keeps the names clear of ``points`` (px of
    other publishers' values), or the top of the plot. The frame begins at 0 px.
    """
    if not placed:
        return 0.0
    height, top = zone_height(placed), frame.y(highest)
    spans = [item.span() for item in placed]
    for tick in ticks[1:]:
        level = frame.y(tick)
        if level > top - 16 or level < height - 12:
            continue
        if not any(
            level - height - 14 < y < level + 10 and left - 64 < x < right + 64
            for x, y in points
            for left, right in spans
        ):
            return level
    return 0.0


def _row_heights(placed: Sequence[Placed]) -> list[float]:
    if not placed:
        return []
    rows = max(item.row for item in placed) + 1
    return [
        max((item.note.label.height for item in placed if item.row == row), default=0) + 7
        for row in range(rows)
    ]


def draw_notes(
    canvas: Canvas, frame: YearPlot, placed: Sequence[Placed], level: float, obstacles: Obstacles
) -> None:
    """Draw bands and dashed lines up to ``level`` (px) and the names above it; adds them to the obstacles."""
    heights = _row_heights(placed)
    for item in placed:
        foot = level - sum(heights[: item.row])
        place = Place(item.x, foot - 6 - item.note.label.height, item.anchor)
        box = place.box(item.note.label)
        note = item.note
        if note.half:
            band = Bounds(note.middle - note.half, level, note.middle + note.half, frame.box.bottom)
            canvas.rectangle(band, "none", outline="mute")
            obstacles.bands.append(band)
            if item.row:
                canvas.line([(note.middle, level), (note.middle, foot - 2)], "ink2")
        else:
            role, dashes = _EVENT if note.event else _BREAK
            canvas.line([(note.middle, frame.box.bottom), (note.middle, box.top)], role, dashes=dashes)
            obstacles.lines.append((note.middle, frame.box.bottom, note.middle, box.top))
        canvas.label(note.label, place, backed=box.bottom > frame.box.top)
        obstacles.texts.append(box)


@dataclass(frozen=True)
class Legend:
    """What the lines at breaks and events mean, in rows above charts whose panels have no room for names."""

    rows: tuple[tuple[tuple[float, str, bool], ...], ...]
    step: float

    @property
    def height(self) -> float:
        """Height in px of the rows and of the room below them."""
        return len(self.rows) * self.step + 10 if self.rows else 0.0

    def draw(self, canvas: Canvas) -> None:
        """Write the rows at the top of the sheet, each name behind a piece of its line."""
        size = canvas.sheet.axis
        for row, entries in enumerate(self.rows):
            baseline = (row + 1) * self.step - 4
            for left, words, event in entries:
                role, dashes = _EVENT if event else _BREAK
                canvas.line([(left + 2, baseline + 2), (left + 2, baseline - 11)], role, dashes=dashes)
                canvas.text(left + _SAMPLE, baseline, words, role="ink2", size=size)


def legend(
    sheet: Sheet, first: int, last: int, breaks: Mapping[int, str], events: Mapping[int, str]
) -> Legend:
    """Return the legend of the breaks and events that charts from ``first`` to ``last`` draw, by their years."""
    named = [(year, text, False) for year, text in breaks.items() if first < year <= last]
    named += [(year, text, True) for year, text in events.items() if first <= year <= last]
    rows: list[list[tuple[float, str, bool]]] = [[]]
    left = 0.0
    for year, text, event in sorted(named):
        words = f"{year_label(year)}: {text}"
        width = _SAMPLE + text_width(words, sheet.axis)
        if rows[-1] and left + width > sheet.width:
            rows.append([])
            left = 0.0
        rows[-1].append((left, words, event))
        left += width + _KEYS_APART
    return Legend(tuple(tuple(row) for row in rows if row), sheet.axis + 6)


def draw_lines(canvas: Canvas, frame: YearPlot, breaks: Mapping[int, str], events: Mapping[int, str]) -> None:
    """Draw the lines at breaks and events over a plot; their names stand in the legend."""
    top, bottom = frame.box.top, frame.box.bottom
    for year in events:
        if frame.first <= year <= frame.last:
            canvas.line([(frame.x(year), bottom), (frame.x(year), top)], _EVENT[0], dashes=_EVENT[1])
    for year in breaks:
        if frame.first < year <= frame.last:
            x = frame.x(year - 0.5)
            canvas.line([(x, top), (x, bottom)], _BREAK[0], dashes=_BREAK[1], over=True)
