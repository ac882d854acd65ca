"""The look of the figures in one place: theme, type, sizes, and the measuring of text.

Figures are drawn in pixels (one matplotlib point is one pixel) and in role colours only. Each is drawn twice:
760 px wide for the page and the PDF, 358 px wide for a phone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache

import matplotlib as mpl
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.ft2font import FT2Font, LoadFlags
from matplotlib.textpath import text_to_path

from milaid.blocks.fonts import SANS, matplotlib_fonts
from milaid.blocks.palette import GROUNDS, OUTLINED, light
from milaid.errors import ReportError

REGULAR, SEMIBOLD = 400, 600
ELLIPSIS = "…"
_SUBPIXELS = 64.0
"""Units of a pixel in which a face measures."""

_RC = {
    "figure.dpi": 72,
    "figure.facecolor": "none",
    "axes.facecolor": "none",
    "axes.edgecolor": light("ink2"),
    "axes.labelcolor": light("ink2"),
    "axes.linewidth": 1.0,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "font.size": 12.5,
    "grid.color": light("grid"),
    "grid.linewidth": 1.0,
    "lines.solid_capstyle": "round",
    "lines.solid_joinstyle": "round",
    "patch.linewidth": 0.0,
    "path.simplify": False,
    "svg.fonttype": "none",
    "text.color": light("ink"),
    "text.parse_math": False,
    "xtick.color": light("ink2"),
    "ytick.color": light("ink2"),
}


@dataclass(frozen=True)
class Sheet:
    """One of the two sizes a figure is drawn in; ``label`` and ``axis`` are type sizes in px.

    The wide one is 468 pt wide in print: 12.2 px are 7.5 pt, the least that is set there.
    """

    name: str
    width: float
    label: float
    axis: float

    @property
    def narrow(self) -> bool:
        """True for the phone."""
        return self.width < 500


WIDE = Sheet("wide", 760, 12.5, 12.25)
NARROW = Sheet("narrow", 358, 12, 11.5)


@dataclass(frozen=True)
class Drawings:
    """One figure as two SVG texts, 760 px and 358 px wide, and what it says in words (:mod:`milaid.charts.said`)."""

    wide: str
    narrow: str
    said: str = ""


def apply_theme() -> None:
    """Set seaborn's theme and matplotlib's parameters to the look of the reports, for this process."""
    import seaborn as sns

    matplotlib_fonts()
    series = [light(role) for role in ("accent", "other", "ink2", "soft")]
    sns.set_theme(style="ticks", font=SANS, palette=series, rc=_RC)


@contextmanager
def theme() -> Iterator[None]:
    """Apply the theme inside a ``with`` block and restore what was set before.

    A ``matplotlibrc`` of the user changes nothing in it.
    """
    with mpl.rc_context():
        mpl.rcdefaults()
        apply_theme()
        yield


def check_roles(key: str, roles: Mapping[str, str]) -> Mapping[str, str]:
    """Return the roles of the lines or bars of a figure; raises ReportError for those too faint to be seen on the page."""
    faint = [f"{role!r} of {name!r}" for name, role in roles.items() if role in (*OUTLINED, *GROUNDS)]
    if faint:
        raise ReportError(
            f"figure {key!r}: too faint for lines and bars: {', '.join(faint)}; choose another role"
        )
    return roles


def both(draw: Callable[[Sheet], str], said: str = "") -> Drawings:
    """Return the drawings that ``draw`` makes for the wide and for the narrow sheet, and what they say in words."""
    return Drawings(wide=draw(WIDE), narrow=draw(NARROW), said=said)


@lru_cache(maxsize=8192)
def text_width(text: str, size: float, weight: int = REGULAR) -> float:
    """Return the width of a line of text in px, set in Public Sans."""
    return _unscaled_width(text, weight) * (size / text_to_path.FONT_SCALE) if text else 0.0


@lru_cache(maxsize=8192)
def _unscaled_width(text: str, weight: int) -> float:
    """Return the width of a line at the one size in which matplotlib measures."""
    face = _measured_face(weight)
    face.set_text(text, 0.0, flags=LoadFlags.NO_HINTING)
    return float(face.get_width_height()[0] / _SUBPIXELS)


@lru_cache
def _measured_face(weight: int) -> FT2Font:
    matplotlib_fonts()
    face = get_font(findfont(FontProperties(family=SANS, weight=weight)))
    face.set_size(text_to_path.FONT_SCALE, text_to_path.DPI)
    return face


def shorten(text: str, width: float, size: float, weight: int = REGULAR) -> str:
    """Return ``text`` if it fits into ``width`` px, else its longest beginning that does, with an ellipsis.

    The cut falls between words where that costs less than a third of the room.
    """
    if text_width(text, size, weight) <= width:
        return text
    end = len(text)
    while end > 1 and text_width(text[:end].rstrip(" ,(-–") + ELLIPSIS, size, weight) > width:
        end -= 1
    space = text.rfind(" ", 0, end + 1)
    if space > end * 2 / 3:
        end = space
    return text[:end].rstrip(" ,(-–") + ELLIPSIS


def wrap(text: str, width: float, size: float, weight: int = REGULAR, most: int = 9) -> tuple[str, ...]:
    """Return ``text`` in lines of at most ``width`` px and about equal length; the last of ``most`` is shortened.

    A single word wider than ``width`` is shortened.
    """
    lines = _fill(text, width, size, weight)
    if 1 < len(lines) <= most:
        lines = _balance(text, lines, width, size, weight)
    if len(lines) > most:
        lines = [*lines[: most - 1], " ".join(lines[most - 1 :])]
    return tuple(shorten(line, width, size, weight) for line in lines)


def _fill(text: str, width: float, size: float, weight: int) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size, weight) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines or [""]


def _balance(text: str, lines: list[str], width: float, size: float, weight: int) -> list[str]:
    """Narrow the measure as long as the number of lines stays."""
    best = lines
    for step in range(1, 13):
        tried = _fill(text, width * (1 - step / 24), size, weight)
        if len(tried) > len(lines):
            break
        best = tried
    return best
