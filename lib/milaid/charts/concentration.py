"""Concentration: the share of the largest recipients over the years, and the cumulative share by rank."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import pandas as pd

from milaid.charts.axes import TICK, YearPlot
from milaid.charts.bounds import Bounds
from milaid.charts.canvas import Canvas
from milaid.charts.formats import known, number, tick
from milaid.charts.line import LINE
from milaid.charts.lines import lines
from milaid.charts.place import Label, Obstacles, Place, around, choose
from milaid.charts.style import SEMIBOLD, Drawings, Sheet, both, text_width
from milaid.errors import ReportError

_PERCENT = (0.0, 25.0, 50.0, 75.0, 100.0)


def top_shares(
    frame: pd.DataFrame,
    *,
    key: str,
    report_year: int,
    year: str = "fiscal_year",
    group: str = "group",
    share: str = "share",
    roles: Mapping[str, str] | None = None,
    gaps: Mapping[int, str] | None = None,
    breaks: Mapping[int, str] | None = None,
    events: Mapping[int, str] | None = None,
) -> Drawings:
    """Draw the share (percent) of the largest one, five, ten recipients by fiscal year as named lines.

    ``frame`` has one row a fiscal year and group; ``group`` holds the names to write, such as "Five largest".
    """
    return lines(
        frame, key=key, report_year=report_year, year=year, series=group, value=share, kind="share",
        roles=roles, gaps=gaps, breaks=breaks, events=events,
    )  # fmt: skip


def cumulative_share(
    frame: pd.DataFrame,
    *,
    key: str,
    value: str,
    previous: str | None = None,
    value_label: str,
    previous_label: str = "",
    marked: Sequence[int] = (1, 5, 10, 25, 50),
) -> Drawings:
    """Draw the cumulative share of all recipients from the largest to the smallest.

    ``frame`` has one row a recipient; ``value`` and ``previous`` are columns of amounts, each sorted by itself,
    ``value_label`` and ``previous_label`` their names ("FY2014"). The ranks in ``marked`` are labelled. Raises
    ReportError if the values do not add up to more than zero.
    """
    curves = [(value_label, _curve(frame[value], key), "accent")]
    if previous is not None:
        curves.append((previous_label, _curve(frame[previous], key), "soft"))
    return both(lambda sheet: _draw_curves(sheet, key, curves, marked))


def _curve(amounts: pd.Series, key: str) -> list[float]:
    values = sorted(
        (amount for raw in amounts if (amount := known(raw)) is not None and amount > 0), reverse=True
    )
    total = sum(values)
    if not total:
        raise ReportError(f"figure {key!r}: column {amounts.name!r} has no value above zero")
    return [0.0, *(pd.Series(values).cumsum() / total * 100).tolist()]


def _draw_curves(
    sheet: Sheet, key: str, curves: Sequence[tuple[str, list[float], str]], marked: Sequence[int]
) -> str:
    most = max(len(curve) - 1 for _, curve, _ in curves)
    left = text_width("100%", sheet.axis) + 10
    frame = YearPlot(Bounds(left, 14, sheet.width - 26, 254 if sheet.narrow else 294), 0, most, 100.0)
    canvas = Canvas(sheet, frame.box.bottom + 42, key)
    obstacles = Obstacles()
    for percent in _PERCENT:
        y = frame.y(percent)
        if percent:
            canvas.line([(left, y), (frame.box.right, y)], "grid")
        box = canvas.text(
            left - 10,
            y + 0.36 * sheet.axis,
            tick(percent, "share"),
            role="ink2",
            size=sheet.axis,
            anchor="end",
        )
        obstacles.texts.append(box)
    for _, curve, role in reversed(curves):
        points = [(frame.x(i), frame.y(share)) for i, share in enumerate(curve)]
        canvas.curve(points, role, LINE)
        obstacles.lines += [(*a, *b) for a, b in pairwise(points)]
    _draw_rank_axis(canvas, frame, [rank for rank in marked if rank <= most])
    _label_curves(canvas, frame, curves, marked, obstacles)
    return canvas.svg()


def _draw_rank_axis(canvas: Canvas, frame: YearPlot, marked: Sequence[int]) -> None:
    size, bottom = canvas.sheet.axis, frame.box.bottom
    canvas.line([(frame.box.left, bottom), (frame.box.right, bottom)], "ink2")
    taken = -100.0
    for rank in [*marked, frame.last]:
        x, half = frame.x(rank), text_width(str(rank), size) / 2
        if x - half < taken + 8:
            continue
        canvas.line([(x, bottom), (x, bottom + TICK)], "ink2")
        canvas.text(x, bottom + TICK + size + 2, str(rank), role="ink2", size=size, anchor="middle")
        taken = x + half
    canvas.text(
        frame.box.left,
        bottom + TICK + 2 * size + 6,
        "Number of recipients, largest first",
        role="ink2",
        size=size,
    )


def _label_curves(
    canvas: Canvas,
    frame: YearPlot,
    curves: Sequence[tuple[str, list[float], str]],
    marked: Sequence[int],
    obstacles: Obstacles,
) -> None:
    bounds = Bounds(frame.box.left, 0, canvas.width, frame.box.bottom - 3)
    name, curve, _ = curves[0]
    for rank in marked:
        if rank >= len(curve):
            continue
        x, y = frame.x(rank), frame.y(curve[rank])
        canvas.dot(x, y, "accent", 8, ring=1.4, depth=0.5)
        obstacles.marks.append(Bounds(x - 4, y - 4, x + 4, y + 4))
        label = Label((number(curve[rank], "share"),), canvas.sheet.label, SEMIBOLD, "accent")
        places = [*around(x, y, label, 4, "right"), Place(x + 8, y + 4)]
        place = choose(label, places, obstacles, bounds, 90)
        if place is not None:
            obstacles.texts.append(canvas.label(label, place, backed=True))
    heights = {name: sum(curve) / len(curve) for name, curve, _ in curves}
    for name, curve, role in curves:
        above = heights[name] >= max(heights.values())
        label = Label((name,), canvas.sheet.label, SEMIBOLD, "accent" if role == "accent" else "ink2")
        places = []
        for rank in range(1, len(curve)):
            x, y = frame.x(rank), frame.y(curve[rank])
            for far in (8.0, 16.0, 26.0):
                cost = far + 0.05 * abs(x - (frame.box.left + frame.box.width * 0.45))
                places.append(
                    Place(x, y - far - label.height, "end", cost)
                    if above
                    else Place(x, y + far, "start", cost)
                )
        place = choose(label, places, obstacles, bounds, 200)
        if place is not None:
            obstacles.texts.append(canvas.label(label, place, backed=True))
