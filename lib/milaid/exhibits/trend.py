"""The title of a chart over years: what happens over the years, not what its last point is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from milaid import fiscal
from milaid.analysis.series import AVERAGE_YEARS
from milaid.analysis.trend import Trend
from milaid.blocks import numbers
from milaid.exhibits import ties


def title(what: str, trend: Trend, show: Callable[[Any], str] = numbers.integer, per: str = "a year") -> str:
    """Return what ``what`` does over the years: its average of five years with the change, and the years with most.

    ``per`` is ``on average`` for what does not add up over the years, such as dollars for each participant. ``show``
    writes a value: ``Course participants: 48,845 a year in FY2010–FY2014, down 18.7% on FY2005–FY2009;
    most in FY2008, 60,101``. All of it is in the columns of
    :func:`milaid.analysis.trend.with_five_year_averages` and in the measure.
    """
    return _said(what, [*average(trend, show, per), *peak(trend, show)])


def title_with_year(what: str, trend: Trend, show: Callable[[Any], str] = numbers.integer) -> str:
    """Return :func:`title` and, where it has no average and so may not name the year of the report, the value of that."""
    said = title(what, trend, show)
    if trend.average is not None or trend.value is None or trend.fiscal_year in trend.peak_years:
        return said
    return f"{said}; {show(trend.value)} in {fiscal.label(trend.fiscal_year)}"


def share_title(what: str, trend: Trend) -> str:
    """Return what a share in percent does over the years: its averages of five years, and the years with most.

    ``Share of participants: 36.7% on average in FY2010–FY2014, after 30.2% in FY2005–FY2009; most in FY2008, 41.0%``:
    the change of a share in percent would be taken for percentage points.
    """
    return _said(what, [*share_average(trend), *peak(trend, numbers.share)])


def share_average(trend: Trend) -> list[str]:
    """Return the average of a share over five years beside the one before as one phrase; nothing where there is none."""
    if trend.average is None:
        return []
    phrase = f"{numbers.share(trend.average)} on average in {years(trend.fiscal_year)}"
    if trend.average_before is None:
        return [phrase]
    before, earlier = numbers.share(trend.average_before), years(trend.fiscal_year - AVERAGE_YEARS)
    same = before == numbers.share(trend.average)
    return [f"{phrase}, as in {earlier}" if same else f"{phrase}, after {before} in {earlier}"]


def _said(what: str, parts: list[str]) -> str:
    return f"{what}: {'; '.join(parts)}" if parts else f"{what}: none in these years"


def average(trend: Trend, show: Callable[[Any], str] = numbers.integer, per: str = "a year") -> list[str]:
    """Return the average of five years with its change as one phrase; nothing where it is not computed."""
    if trend.average is None:
        return []
    now, before = years(trend.fiscal_year), years(trend.fiscal_year - AVERAGE_YEARS)
    phrase = f"{show(trend.average)} {per} in {now}"
    moved, joint = _moved(trend, show)
    return [f"{phrase}, {moved} {joint} {before}"] if moved else [phrase]


def change(trend: Trend, show: Callable[[Any], str] = numbers.integer) -> str:
    """Return how an average stands to the one of the five years before, as a fact has it; "" where that is not computed.

    ``−18.7% on FY2005–FY2009``, and ``after 12 in FY2005–FY2009`` where no percentage is said.
    """
    before = years(trend.fiscal_year - AVERAGE_YEARS)
    if trend.change is not None:
        return f"{numbers.percent_change(trend.change)} on {before}"
    return f"after {show(trend.average_before)} in {before}" if _told_by_values(trend) else ""


def peak(trend: Trend, show: Callable[[Any], str] = numbers.integer) -> list[str]:
    """Return the year with most as one phrase, all of them where several have as much; nothing where none has any."""
    if trend.peak is None:
        return []
    return [f"most in {ties.when(trend.peak_years)}, {show(trend.peak)}"]


def in_brackets(percent: Any) -> str:
    """Return a change in percent in brackets behind a blank; "" where it is not computed."""
    return "" if numbers.is_missing(percent) else f" ({numbers.percent_change(percent)})"


def years(last: int) -> str:
    """Return the five fiscal years that end with ``last``: ``FY2010–FY2014``."""
    return fiscal.span(last - AVERAGE_YEARS + 1, last)


def pair(
    first: tuple[str, Trend, Callable[[Any], str]],
    second: tuple[str, Trend, Callable[[Any], str]],
    per: str = "a year",
) -> str:
    """Return what two measures of one chart do over the years, the second in the words that the first leaves open.

    Each is what it is called, its trend, and what writes a value: ``IMET obligations: $104.0 million a year in
    FY2010–FY2014, up 21.7% on FY2005–FY2009; participants: 5,775, down 18.3%``. A measure without an average of five years
    has its years with most.
    """
    (what, found, show), (other, beside, show_other) = first, second
    now = [*average(found, show, per), *peak(found, show), "none in these years"][0]
    then = [*average(beside, show_other, per), *peak(beside, show_other), "none in these years"][0]
    if found.average is not None and beside.average is not None:
        then = show_other(beside.average)
        moved, joint = _moved(beside, show_other)
        if moved:
            before = years(beside.fiscal_year - AVERAGE_YEARS)
            then += f", {moved}" if _moved(found, show)[0] else f", {moved} {joint} {before}"
    return f"{what}: {now}; {other}: {then}"


def _moved(trend: Trend, show: Callable[[Any], str]) -> tuple[str, str]:
    """Return how an average changed, and the word that stands before the years it is compared with; "" where neither is said."""
    if trend.change is None:
        if not _told_by_values(trend):
            return "", ""
        before = show(trend.average_before)
        way = "up" if trend.average > trend.average_before else "down"  # type: ignore[operator]
        return ("unchanged", "on") if before == show(trend.average) else (f"{way} from {before}", "in")
    if numbers.share(abs(trend.change)) == numbers.share(0.0):
        return "unchanged", "on"
    return f"{'up' if trend.change > 0 else 'down'} {numbers.share(abs(trend.change))}", "on"


def _told_by_values(trend: Trend) -> bool:
    """Return whether two averages are said as they are: no percentage is, and neither is below zero."""
    now, before = trend.average, trend.average_before
    return now is not None and before is not None and now >= 0 and before > 0
