"""World map of a measure by recipient: Equal Earth, five classes with round bounds, the largest named."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import pandas as pd

from milaid.blocks.palette import MAP_CLASSES, OUTLINED
from milaid.charts.bounds import Bounds
from milaid.charts.canvas import Canvas
from milaid.charts.equal_earth import Outline, inner_point, outlines, outlines_within
from milaid.charts.formats import UNITS, check_kind, known, tick
from milaid.charts.formats import label as shown
from milaid.charts.map_labels import Land, place_names
from milaid.charts.place import Label
from milaid.charts.said import in_rows
from milaid.charts.style import SEMIBOLD, Drawings, Sheet, both, text_width
from milaid.errors import ReportError, list_problems

_QUANTILES = (0.30, 0.60, 0.85, 0.95)
_ROUND = (1.0, 2.5, 5.0)
_CLASS_ROLES = {1: (3,), 2: (1, 3), 3: (0, 2, 4), 4: (0, 1, 3, 4), 5: (0, 1, 2, 3, 4)}
_HIGHEST = {False: 470.0, True: 330.0}
"""Height in px that a map of a part of the world may have, by whether the sheet is narrow."""
NONE_REPORTED, NOT_COVERED = "None reported", "Not covered"


@dataclass(frozen=True)
class _Map:
    boundaries: pd.DataFrame
    values: dict[str, float]
    names: dict[str, str]
    bounds: list[float]
    kind: str
    legend: str
    not_covered: frozenset[str]
    labelled: int
    countries: frozenset[str] = frozenset()
    land: str = NOT_COVERED

    @property
    def classes(self) -> list[str]:
        return [MAP_CLASSES[i] for i in _CLASS_ROLES[len(self.bounds)]]

    def role(self, iso3: str) -> str:
        """Return the role colour of a country."""
        value = self.values.get(iso3, 0.0)
        if value > 0:
            return self.classes[max(0, bisect_right(self.bounds, value) - 1)]
        return "land" if iso3 in self.not_covered else "none"


def class_bounds(values: Sequence[float], kind: str = "integer") -> list[float]:
    """Return the lower bounds of at most five classes of values above zero.

    The first class begins at one (people) or zero. The others begin at the round value (1, 2.5 or 5 times a
    power of ten) nearest to the 30th, 60th, 85th and 95th percentile, each higher than the one before and none
    above the highest value: the darkest class holds about one recipient in twenty. Raises ReportError if no
    value is above zero.
    """
    positive = sorted(value for value in values if value > 0)
    if not positive:
        raise ReportError("a map needs at least one value above zero to form classes")
    whole = kind == "integer"
    bounds = [1.0 if whole else 0.0]
    for share in _QUANTILES:
        wished = positive[min(len(positive) - 1, int(share * len(positive)))]
        bound = min(_ladder(wished, whole), key=lambda step: (abs(math.log(step / wished)), step))
        if bound <= bounds[-1]:
            bound = min(step for step in _ladder(max(bounds[-1], 1e-9), whole) if step > bounds[-1])
        if bound <= positive[-1]:
            bounds.append(bound)
    return bounds


def _ladder(around: float, whole: bool) -> list[float]:
    power = math.floor(math.log10(around))
    steps = [step * 10.0**exponent for exponent in range(power - 1, power + 3) for step in _ROUND]
    return [step for step in steps if not whole or (step >= 1 and step % 1 == 0)]


def world_map(
    frame: pd.DataFrame,
    boundaries: pd.DataFrame,
    *,
    key: str,
    iso3: str = "iso3",
    value: str = "value",
    name: str = "recipient",
    kind: str = "integer",
    legend: str = "Course participants",
    not_covered: Collection[str] = (),
    labelled: int = 5,
    bounds: Sequence[float] | None = None,
    countries: Collection[str] = (),
    land: str = NOT_COVERED,
) -> Drawings:
    """Draw recipients in five classes; the ``labelled`` largest that the map can show are named.

    ``frame`` has one row a recipient: ``iso3`` (missing for recipients that are no country), ``value`` and
    ``name``. ``boundaries`` is the table of :mod:`milaid.sources.boundaries`. Countries without a value above
    zero are none reported, or not covered if in ``not_covered`` (iso3). ``bounds`` are lower bounds of the
    classes, by default those of :func:`class_bounds`. With ``countries`` (iso3) the map shows these and what lies
    between them instead of the world. ``land`` says in the legend what ``not_covered`` are. Raises ReportError if a country has two rows, or there
    are no or more than five classes.
    """
    coded = frame[frame[iso3].notna()]
    repeated = sorted(coded.loc[coded[iso3].duplicated(), iso3].unique())
    if repeated:
        raise ReportError(list_problems(f"figure {key!r}: countries with more than one row:", repeated))
    values = {str(c): known(v) or 0.0 for c, v in zip(coded[iso3], coded[value], strict=True)}
    names = {str(c): str(n) for c, n in zip(coded[iso3], coded[name], strict=True)}
    chosen = list(bounds) if bounds is not None else class_bounds(list(values.values()), kind)
    if not 1 <= len(chosen) <= len(MAP_CLASSES):
        raise ReportError(f"figure {key!r}: {len(chosen)} classes, a map can show 1 to {len(MAP_CLASSES)}")
    content = _Map(
        boundaries, values, names, chosen, check_kind(kind), legend, frozenset(not_covered), labelled,
        frozenset(countries), land,
    )  # fmt: skip
    ranked = sorted(
        ((names[code], amount) for code, amount in values.items() if amount > 0), key=lambda row: -row[1]
    )
    return both(lambda sheet: _draw(sheet, key, content), in_rows(ranked, content.kind))


def not_drawn(
    frame: pd.DataFrame, boundaries: pd.DataFrame, *, iso3: str = "iso3", value: str = "value"
) -> pd.DataFrame:
    """Return the rows with a value above zero that the map cannot show: small states and those of no country."""
    drawn = set(boundaries["iso3"])
    amounts = frame[value].map(lambda raw: known(raw) or 0.0)
    return frame[(amounts > 0) & ~frame[iso3].isin(drawn)]


def _draw(sheet: Sheet, key: str, content: _Map) -> str:
    rings, map_height = _rings(sheet, content)
    legend_height = 66.0 if sheet.narrow else 46.0
    canvas = Canvas(sheet, map_height + 12 + legend_height, key)
    _draw_countries(canvas, rings, content, map_height)
    _draw_names(canvas, rings, content, map_height)
    _draw_legend(canvas, content, map_height + 12)
    return canvas.svg()


def _rings(sheet: Sheet, content: _Map) -> tuple[list[Outline], float]:
    if not content.countries:
        return outlines(content.boundaries, sheet.width)
    return outlines_within(content.boundaries, sheet.width, content.countries, _HIGHEST[sheet.narrow])


def _draw_countries(canvas: Canvas, rings: list[Outline], content: _Map, height: float) -> None:
    """Draw the classes from the lightest on, so that outlines of dark countries stay whole; recipients tell their value."""
    border = 0.4 if canvas.sheet.narrow else 0.6
    for role in ("land", "none", *content.classes):
        edge = "mute" if role in OUTLINED else "paper"
        found: dict[str, list[list[tuple[float, float]]]] = {}
        for ring in rings:
            if content.role(ring.iso3) == role:
                own = ring.iso3 if content.values.get(ring.iso3, 0.0) > 0 else ""
                found.setdefault(own, []).append(ring.points.tolist())
        for iso3, members in found.items():
            said = f"{content.names[iso3]}: {shown(content.values[iso3], content.kind)}" if iso3 else ""
            canvas.area(members, role, edge, border, value=said)


def _draw_names(canvas: Canvas, rings: list[Outline], content: _Map, map_height: float) -> None:
    largest: dict[str, Outline] = {}
    for ring in rings:
        if not ring.hole and (ring.iso3 not in largest or ring.area > largest[ring.iso3].area):
            largest[ring.iso3] = ring
    ranked = sorted(
        (iso3 for iso3, value in content.values.items() if value > 0 and iso3 in largest),
        key=lambda iso3: (-content.values[iso3], iso3),
    )[: content.labelled]
    size = canvas.sheet.label if not canvas.sheet.narrow else canvas.sheet.axis - 0.5
    # On a phone there is no room for values, and a name far off its country or on land hides more than it says:
    # the table beside the map has both.
    narrow = canvas.sheet.narrow
    limits = {"longest": 90.0, "most": 40.0} if narrow else {}
    values = {iso3: "" if narrow else f" {shown(content.values[iso3], content.kind)}" for iso3 in ranked}
    labels = [Label((content.names[iso3] + values[iso3],), size, SEMIBOLD) for iso3 in ranked]
    anchors = [inner_point(largest[iso3]) for iso3 in ranked]
    bounds = Bounds(0, 0, canvas.width, map_height + 4)
    land = Land([ring for ring in rings if not ring.hole], canvas.width, map_height + 8)
    for leader in place_names(anchors, labels, land, bounds, **limits):
        x0, y0, x1, y1 = leader.line
        canvas.line([(x0, y0), (x1, y1)], "ink", 0.9, over=True)
        canvas.label(leader.label, leader.place)


def class_labels(bounds: Sequence[float], kind: str, brief: bool = False) -> list[str]:
    """Return what the classes are called: ``1–49``, ``50–249``, ``3,000 or more``; dollars ``$1m to $5m``.

    Where the numbers are not whole, a class goes up to its second bound without holding it. ``brief`` labels
    are for a phone: ``3,000+``, and without signs of dollars and millions.
    """
    if brief and kind == "million":
        bounds, kind = [bound / 1e6 for bound in bounds], "decimal"
    labels = []
    for low, high in zip(bounds, [*bounds[1:], None], strict=True):
        if high is None:
            labels.append(f"{tick(low, kind)}+" if brief else f"{tick(low, kind)} or more")
        elif kind == "integer":
            same = low == high - 1
            labels.append(tick(low, kind) if same else f"{tick(low, kind)}–{tick(high - 1, kind)}")
        elif not low:
            labels.append(f"under {tick(high, kind)}")
        else:
            labels.append(f"{tick(low, kind)}{'–' if brief else ' to '}{tick(high, kind)}")
    return labels


def _draw_legend(canvas: Canvas, content: _Map, top: float) -> None:
    sheet, size = canvas.sheet, canvas.sheet.axis
    unit = UNITS[content.kind]
    title = f"{content.legend}, {unit}" if unit and sheet.narrow else content.legend
    canvas.text(0, top + size - 1, title, role="ink2", size=size)
    strip = top + size + 6
    x = 0.0
    labels = class_labels(content.bounds, content.kind, brief=sheet.narrow)
    for role, label, width in zip(content.classes, labels, _widths(sheet, labels), strict=True):
        outline = "mute" if role in OUTLINED else None
        canvas.rectangle(Bounds(x + 0.5, strip, x + width - 1, strip + 10), role, outline=outline)
        canvas.text(x, strip + 10 + size + 2, label, role="ink2", size=size)
        x += width
    rest: list[tuple[str, str | None, str]] = [("none", "mute", NONE_REPORTED)]
    if content.not_covered:
        rest.append(("land", "mute", content.land))
    x, y = (0.0, strip + 10 + size + 12) if sheet.narrow else (x + 18, strip - 1)
    for role, outline, text in rest:
        canvas.rectangle(Bounds(x + 0.5, y + 0.5, x + 21.5, y + 9.5), role, outline=outline)
        canvas.text(x + 28, y + 9, text, role="ink2", size=size)
        if sheet.narrow:
            x += 28 + text_width(text, size) + 22
        else:
            y += 17


def _widths(sheet: Sheet, labels: Sequence[str]) -> list[float]:
    """Return the widths of the classes in the legend: equal where the labels allow it."""
    room = sheet.width if sheet.narrow else sheet.width - 150
    needed = [text_width(label, sheet.axis) + 9 for label in labels]
    equal = max(68.0 if sheet.narrow else 104.0, *needed)
    if equal * len(labels) <= room:
        return [equal] * len(labels)
    spare = max(0.0, room - sum(needed)) / len(labels)
    return [width + spare for width in needed]
