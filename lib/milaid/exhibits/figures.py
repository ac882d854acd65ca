"""Figures: one drawing with its texts and its file, and what charts and notes say of gaps and breaks."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pandas as pd

from milaid import fiscal
from milaid.blocks.block import Figure, Source, csv_text
from milaid.charts.style import Drawings
from milaid.tables.coverage import Mark

Draw = Callable[[str], Drawings]
"""A kind of chart with all it needs but the key: ``lambda key: ranked_bars(frame, key=key, label="region")``."""


def figure(
    draw: Draw,
    *,
    key: str,
    title: str,
    alt: str,
    sources: tuple[Source, ...],
    csv: pd.DataFrame,
    subtitle: str = "",
    note: str = "",
    appendix: bool = False,
) -> Figure:
    """Return the figure that ``draw`` draws under ``key``, for the page and for a phone.

    ``alt`` says what kind of chart it is of what; what it shows (trend, extremes, break, values) follows in the words
    of the chart. ``csv`` is the frame that the file holds: just what the figure shows, columns in this order, rounded
    as they are to be read. Raises ReportError where key, title, alt text or sources are empty.
    """
    drawings = draw(key)
    return Figure(
        key=key,
        title=title,
        subtitle=subtitle,
        alt=f"{alt.rstrip('.')}. {drawings.said}".rstrip() if alt else "",
        note=note,
        sources=sources,
        csv=csv_text(csv),
        appendix=appendix,
        wide=drawings.wide,
        narrow=drawings.narrow,
    )


def mark_labels(marks: Iterable[Mark]) -> dict[int, str]:
    """Return the words of gaps or breaks by their fiscal year, as charts over the years take them."""
    return {mark.fiscal_year: mark.label for mark in marks}


def mark_notes(marks: Iterable[Mark]) -> str:
    """Return what happened at gaps or breaks as sentences of a note, each after its fiscal year."""
    return " ".join(f"{fiscal.label(mark.fiscal_year)}: {mark.description}" for mark in marks)
