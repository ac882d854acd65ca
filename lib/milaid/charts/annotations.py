"""Gaps, breaks and events of a series: what is named above the plot, and where the names stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from milaid.charts.axes import YearPlot
from milaid.charts.canvas import Canvas
from milaid.charts.place import Bounds, Label, Obstacles, Place
from milaid.charts.style import Sheet, wrap
from milaid.fiscal import label as year_label
from milaid.fiscal import runs

_APART = 8
"""Least distance in px between two names, and between a name and the line of another."""


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
            # An event is a quieter mark than a break: it says when, not that the series is another one.
            role, dashes = ("mute", (1.0, 3.0)) if note.event else ("ink2", (3.5, 3.0))
            canvas.line([(note.middle, frame.box.bottom), (note.middle, box.top)], role, dashes=dashes)
            obstacles.lines.append((note.middle, frame.box.bottom, note.middle, box.top))
        canvas.label(note.label, place, backed=box.bottom > frame.box.top)
        obstacles.texts.append(box)
