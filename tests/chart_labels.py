"""The numbers that a drawing says: its text without the steps of its axes, which are of the scale and not of the data."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from itertools import groupby

from milaid.blocks.palette import light
from milaid.charts.formats import UNITS
from milaid.charts.style import NARROW, WIDE
from milaid.charts.svg import short

_TEXT = re.compile(r"<text (?P<attributes>[^>]*)>(?P<text>.*?)</text>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_AT = re.compile(r'\b(?P<name>x|y)="(?P<px>[-\d.]+)"')
_SIZE = re.compile(r"font-size: ([\d.]+)px")
_STEP = re.compile(r"\$?(?P<number>[\d,]+(?:\.\d+)?)(?P<unit>m|bn|%)?")
_CLASS = re.compile(r"\$?[\d,]+(?:–[\d,]+m?|m? or more|m?\+)")
_MOST_STEPS = 5
_AXIS_SIZES = tuple(short(sheet.axis) for sheet in (NARROW, WIDE))
"""The type sizes in which the steps of an axis are written."""


@dataclass(frozen=True)
class _Written:
    text: str
    x: float
    y: float
    quiet: bool
    """Written like the steps of an axis: small, and in the colour of what is beside the matter."""


def values_of(svg: str) -> str:
    """Return the text of a drawing in its order, without the steps of its axes and the limits of its classes."""
    written = list(_written(svg))
    steps = set(_steps(written))
    return " ".join(each.text for each in written if each not in steps and not _CLASS.fullmatch(each.text))


def in_millions(svg: str) -> bool:
    """Return whether a drawing has a column of values in million dollars, which stand there without their unit."""
    return any(each.text == UNITS["million"] for each in _written(svg))


def _written(svg: str) -> Iterator[_Written]:
    for found in _TEXT.finditer(svg):
        attributes = found["attributes"]
        at = {each["name"]: float(each["px"]) for each in _AT.finditer(attributes)}
        size = _SIZE.search(attributes)
        quiet = size is not None and size[1] in _AXIS_SIZES and f"fill: {light('ink2')}" in attributes
        text = unescape(_TAG.sub("", found["text"])).strip()
        yield _Written(text, at.get("x", 0.0), at.get("y", 0.0), quiet and "font-weight" not in attributes)


def _steps(written: Sequence[_Written]) -> Iterator[_Written]:
    """Yield the labels of axes of values: what is written one after the other in one line, all multiples of one step."""
    for _, group in groupby(
        written, key=lambda each: (each.quiet and bool(_STEP.fullmatch(each.text)), each.x)
    ):
        members = list(group)
        if members[0].quiet and _STEP.fullmatch(members[0].text) and _is_scale(map(_value, members)):
            yield from members
    lines: dict[float, list[_Written]] = defaultdict(list)
    for each in written:
        if each.quiet and _STEP.fullmatch(each.text):
            lines[each.y].append(each)
    for members in lines.values():
        if len(members) > 1 and _is_scale(map(_value, members)):
            yield from members


def _is_scale(values: Iterable[float]) -> bool:
    """Return whether values are multiples of a round step, at most five of it above zero, or powers of ten."""
    found = set(values)
    highest = max(found)
    powers = [10.0**power for power in range(12)]
    if not highest or (len(found) > 1 and found <= {0.0, *powers}):
        return True
    steps = [step * 10.0**power for power in range(-3, 12) for step in (1, 2, 2.5, 5)]
    return any(
        1 - 1e-9 <= highest / step <= _MOST_STEPS + 1e-9
        and all(abs(value / step - round(value / step)) < 1e-6 for value in found)
        for step in steps
    )


def _value(each: _Written) -> float:
    found = _STEP.fullmatch(each.text)
    assert found is not None
    scale = {"m": 1e6, "bn": 1e9}.get(found["unit"] or "", 1.0)
    return float(found["number"].replace(",", "")) * scale
