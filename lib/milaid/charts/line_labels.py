"""What a long series shows, and the labels of its line and of other publishers' points."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from milaid.charts.axes import YearPlot
from milaid.charts.bounds import Bounds
from milaid.charts.canvas import Canvas
from milaid.charts.formats import label as shown
from milaid.charts.place import Label, Obstacles, Place, around, choose
from milaid.charts.style import SEMIBOLD, wrap
from milaid.charts.year_canvas import YearContent


@dataclass(frozen=True)
class Points:
    """Points of another publisher: hollow diamonds with a name, never joined.

    ``values`` maps fiscal years to values.
    """

    name: str
    values: Mapping[int, float]


@dataclass(frozen=True)
class LongSeries(YearContent):
    """What a long series shows, read from its frame; points of another publisher do not stretch its scale."""

    values: dict[int, float]
    name: str
    others: Points | None

    @property
    def highest(self) -> float:
        return max(self.values.values(), default=0.0)


def parts(years: Sequence[int], breaks: Sequence[int]) -> dict[int, int]:
    """Return for each year the number of its unbroken part: a new one after every gap and at every break."""
    part, found = 0, {}
    for i, year in enumerate(years):
        if i and (year != years[i - 1] + 1 or year in breaks):
            part += 1
        found[year] = part
    return found


def add_line_obstacles(
    obstacles: Obstacles, frame: YearPlot, values: Mapping[int, float], part: Mapping[int, int]
) -> None:
    """Add the segments and dots of a line to what labels keep away from."""
    previous: int | None = None
    for year, value in values.items():
        x, y = frame.x(year), frame.y(value)
        obstacles.marks.append(Bounds(x - 3, y - 3, x + 3, y + 3))
        if previous is not None and part[previous] == part[year]:
            obstacles.lines.append((frame.x(previous), frame.y(values[previous]), x, y))
        previous = year


def label_series(canvas: Canvas, frame: YearPlot, series: LongSeries, obstacles: Obstacles) -> None:
    """Write the labels in the order of their weight; a lesser one without room is left to the CSV."""
    sheet = canvas.sheet
    bounds = Bounds(0, 0, sheet.width, frame.box.bottom - 3)
    values = series.values

    def write(year: int, value: float, role: str, weight: int, radius: float, most: float) -> None:
        label = Label((shown(value, series.kind),), sheet.label + (weight > 400), weight, role)
        low = [values[y] for y in (year - 1, year + 1) if y in values]
        prefer = "below" if role == "accent" and low and value < sum(low) / len(low) else "above"
        places = around(frame.x(year), frame.y(min(value, frame.highest)), label, radius, prefer)
        _put(canvas, frame, label, places, obstacles, bounds, most)

    if series.report_year in values:
        write(series.report_year, values[series.report_year], "accent", SEMIBOLD, 5, float("inf"))
    if series.others:
        name_others(canvas, frame, series.others, obstacles, bounds)
        for year, value in sorted(series.others.values.items(), key=lambda item: -item[1]):
            # A point above the scale says where it is by its value alone.
            most = float("inf") if value > frame.highest else 60
            write(year, value, "other", 400, 6, most)
    years = list(values)
    extremes = [max(years, key=lambda y: values[y]), min(years, key=lambda y: values[y])]
    for year in dict.fromkeys([years[-1], years[0], *extremes]):
        if year != series.report_year:
            write(year, values[year], "accent", 400, 3, 60)
    if series.name and series.others:
        _name_line(canvas, frame, series, obstacles, bounds)


def _put(
    canvas: Canvas,
    frame: YearPlot,
    label: Label,
    places: Sequence[Place],
    obstacles: Obstacles,
    bounds: Bounds,
    most: float = float("inf"),
) -> None:
    """Write a label at the best of its places, if there is one, backed by paper where gridlines run."""
    place = choose(label, places, obstacles, bounds, most)
    if place is not None:
        obstacles.texts.append(canvas.label(label, place, backed=True))


def name_others(
    canvas: Canvas, frame: YearPlot, others: Points, obstacles: Obstacles, bounds: Bounds
) -> None:
    """Name the other publisher beside one of its points, in as few lines as there is room for."""
    sheet = canvas.sheet
    best: tuple[float, Label, Place] | None = None
    for price, measure in enumerate((186, 140, 112, 86)):
        lines = wrap(others.name, measure, sheet.label, SEMIBOLD)
        if price and any(line.endswith("…") for line in lines):
            continue
        label = Label(lines, sheet.label, SEMIBOLD, "other")
        places = [p for year, value in others.values.items() for p in _beside(frame, year, value, label)]
        place = choose(label, places, obstacles, bounds)
        if place is not None:
            cost = place.cost + (obstacles.cost(place.box(label)) or 0) + 8 * price
            if best is None or cost < best[0]:
                best = (cost, label, place)
    if best is not None:
        obstacles.texts.append(canvas.label(best[1], best[2], backed=True))


def _beside(frame: YearPlot, year: int, value: float, label: Label) -> list[Place]:
    value = min(value, frame.highest)
    x, y = frame.x(year), frame.y(value)
    away = (frame.highest - value) / frame.highest * 20  # the topmost point has most room around it
    middle = y - label.height / 2
    places: list[Place] = []
    for far in (0, 6, 14, 24):
        cost = away + far
        above = y - 14 - far - label.height
        places += [
            Place(x - 16 - far, middle, "end", cost),
            Place(x + 16 + far, middle, "start", cost + 2),
            Place(x, above, "middle", cost + 4),
            Place(x + 8, above, "end", cost + 5),
            Place(x - 8, above, "start", cost + 5),
            Place(x, y + 14 + far, "middle", cost + 9),
        ]
    return places


def _name_line(
    canvas: Canvas, frame: YearPlot, series: LongSeries, obstacles: Obstacles, bounds: Bounds
) -> None:
    """Name the line near it: below or above, where least is in the way, rather to the right."""
    sheet = canvas.sheet
    label = Label(wrap(series.name, 190, sheet.label, SEMIBOLD), sheet.label, SEMIBOLD, "accent")
    places = []
    for year, value in series.values.items():
        x, y = frame.x(year), frame.y(value)
        for far in (12, 20, 30, 42, 56, 72, 90):
            cost = far + 0.04 * abs(x - (frame.box.left + frame.box.right) / 2)
            for anchor in ("start", "middle", "end"):
                places.append(Place(x, y + far, anchor, cost))
                places.append(Place(x, y - far - label.height, anchor, cost + 6))
    _put(canvas, frame, label, places, obstacles, bounds, most=160)
