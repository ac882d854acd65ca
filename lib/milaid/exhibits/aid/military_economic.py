"""Military and economic aid: the long series, and what stands for what in the report year."""

from __future__ import annotations

import pandas as pd

from milaid import fiscal
from milaid.analysis import aid, aid_later
from milaid.analysis import trend as trends
from milaid.analysis.aid import TRANSITION_RULE, ZERO_RULE
from milaid.analysis.amount_years import trend_columns, with_trend
from milaid.analysis.groups import net_shares
from milaid.blocks import numbers
from milaid.blocks.block import Figure, Prose, escape
from milaid.blocks.words import and_list, sentence_start
from milaid.charts.line_labels import Points
from milaid.charts.lines import lines
from milaid.exhibits import events, trend
from milaid.exhibits.aid import greenbook
from milaid.exhibits.aid.later import SOURCE as LATER_SOURCE
from milaid.exhibits.figures import figure
from milaid.exhibits.frames import under_each_other
from milaid.exhibits.once import once
from milaid.exhibits.other_sources import DEFLATOR, cite
from milaid.exhibits.scope import RECIPIENT
from milaid.exhibits.subject import Subject, joined
from milaid.sources.greenbook import CONSTANT_FISCAL_YEAR
from milaid.tables import store
from milaid.tables.money import constant_label

_COLUMNS = {"Military aid": "military_usd_constant", "Economic aid": "economic_usd_constant"}
_CURRENT = ("military_usd", "economic_usd")
_RATIO = "military_per_100_economic"
_MOVED = 1976
"""The last fiscal year that ended in June."""
_PRICES = f" in {fiscal.label(CONSTANT_FISCAL_YEAR)} dollars"


def lead(subject: Subject) -> Prose:
    """Return what military aid does over the years, military and economic aid of the year, and who had most; or what is absent."""
    absent = greenbook.absence(subject)
    if absent is not None:
        return absent
    frame = years(subject).set_index("fiscal_year")
    military = greenbook.against(frame["military_usd"], subject.fiscal_year)
    economic = greenbook.against(frame["economic_usd"], subject.fiscal_year)
    text = (
        f"{_over_the_years(subject)} was {military}; economic aid was {economic}."
        f"{_ratio_sentence(frame, subject.fiscal_year)}"
    )
    return Prose(text + ("" if subject.scope.kind == RECIPIENT else _first_sentence(subject)))


def military_trend(subject: Subject) -> trends.Trend:
    """Return what military aid in constant dollars does over the years of the Greenbook, seen from the report year."""
    return trends.trend(years(subject), subject.fiscal_year, greenbook.coverage(), _COLUMNS["Military aid"])


@once
def years(subject: Subject) -> pd.DataFrame:
    """Return aid by fiscal year, from the first that lists the scope, with what it does over the years.

    Out: the columns of :func:`milaid.analysis.aid.year_totals` and those of
    :func:`milaid.analysis.amount_years.with_trend` for the amounts in current and in constant dollars.
    """
    frame = aid.year_totals(subject.aid, greenbook.from_first(subject))
    return with_trend(frame, greenbook.coverage(), *_CURRENT, *_COLUMNS.values())


def long_series(subject: Subject) -> Figure | None:
    """Return military and economic aid over all years of the Greenbook in constant dollars; nothing without aid.

    Years of ForeignAssistance.gov after the last of the Greenbook are points beside the lines.
    """
    if not greenbook.given(subject):
        return None
    frame = years(subject)
    later = _later(subject)
    return figure(
        lambda key: lines(
            _drawn(frame),
            key=key,
            report_year=subject.fiscal_year,
            kind="million",
            others=_points(later),
            gaps=greenbook.unlisted(frame, "military_usd"),
            events=events.labels(subject),
        ),
        key="aid_series",
        title=_series_title(subject, frame),
        subtitle=f"Military and economic aid, {subject.scope.subtitle}, million US dollars, {greenbook.CONSTANT_LABEL}, "
        f"{greenbook.years_label(frame)}",
        alt=f"Lines of military and economic aid by fiscal year, {greenbook.years_label(frame)}",
        note=joined(
            greenbook.OBLIGATIONS_RULE,
            TRANSITION_RULE if int(frame["fiscal_year"].min()) <= _MOVED else "",
            ZERO_RULE,
            _index_note(),
            *(
                greenbook.below_zero_note(frame.assign(kind=name), column, "kind")
                for name, column in _COLUMNS.items()
            ),
            _later_note(later),
            "Points above the scale of the lines are arrows at its top." if len(later) else "",
            "The CSV file has current dollars too.",
        ),
        sources=(
            greenbook.source(subject, int(frame["fiscal_year"].min()), int(frame["fiscal_year"].max())),
            *([LATER_SOURCE, cite(DEFLATOR)] if len(later) else []),
        ),
        csv=_filed(frame, later),
    )


def _over_the_years(subject: Subject) -> str:
    """Return what military aid does over the years in constant dollars, and the beginning of the sentence on the year."""
    found = military_trend(subject)
    parts = [*trend.average(found, numbers.dollars), *trend.peak(found, numbers.dollars)]
    whom, year = escape(greenbook.whom(subject)), fiscal.words(subject.fiscal_year)
    if not parts:
        return f"Military aid{whom} in {year}"
    return (
        f"In {greenbook.CONSTANT_DOLLARS}, military aid{whom} was {and_list(parts)} ([[aid_series]]). In current dollars, "
        f"military aid in {year}"
    )


def _ratio_sentence(frame: pd.DataFrame, year: int) -> str:
    ratio = frame.at[year, "military_per_100_economic"]
    if pd.isna(ratio):
        return ""
    return f" For each $100 of economic aid there were ${numbers.decimal(ratio, 2)} of military aid."


def _first_sentence(subject: Subject) -> str:
    """Return who had most military aid; "" where nobody had any."""
    frame = aid.recipients(subject.aid, store.load_population(), subject.fiscal_year)
    first = frame.assign(share=net_shares(frame["military_usd"])).loc[frame["rank"] == 1]
    if len(first) != 1:
        return ""
    row = first.iloc[0]
    share = f", {numbers.share(row['share'])} of it" if pd.notna(row["share"]) else ""
    return (
        f" {sentence_start(escape(str(row['recipient'])))} had most military aid, "
        f"{numbers.dollars(row['military_usd'])}{share} ([[aid_recipients]])."
    )


def _drawn(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the two series as rows; a kind of aid that the scope never had is left out."""
    had = {name: column for name, column in _COLUMNS.items() if frame[column].fillna(0).ne(0).any()}
    return under_each_other(greenbook.above_zero(frame, *had.values()), had)


def _series_title(subject: Subject, frame: pd.DataFrame) -> str:
    found = military_trend(subject)
    if found.peak is None:
        economic = trends.trend(frame, subject.fiscal_year, greenbook.coverage(), _COLUMNS["Economic aid"])
        return (
            f"No military aid in any year; {trend.title('economic aid' + _PRICES, economic, numbers.dollars)}"
        )
    return trend.title(f"Military aid{_PRICES}", found, numbers.dollars)


def _index_note() -> str:
    """Return how the price level of the Greenbook lies to the GDP deflator, which it may be compared with."""
    gap = aid.price_level_gap(store.load_aid(), store.load_deflator(), CONSTANT_FISCAL_YEAR)
    text = "The Greenbook prints constant dollars and does not name their index"
    if gap.empty:
        return f"{text}."
    return (
        f"{text}; from {fiscal.label(int(gap['fiscal_year'].min()))} to {fiscal.label(int(gap['fiscal_year'].max()))} it "
        f"differs from the gross domestic product (GDP) deflator by at most {numbers.share(gap['gap'].abs().max())}."
    )


def _later(subject: Subject) -> pd.DataFrame:
    rows = subject.scope.aid(store.load_foreignassistance())
    return aid_later.later_years(rows, greenbook.covered()[-1], store.load_deflator(), CONSTANT_FISCAL_YEAR)


def _points(later: pd.DataFrame) -> list[Points]:
    points = []
    for name, column in _COLUMNS.items():
        above = later[later[column] >= 0]
        values = dict(zip(above["fiscal_year"], above[column], strict=True))
        if values:
            points.append(Points(f"{name}, ForeignAssistance.gov", values))
    return points


def _later_note(later: pd.DataFrame) -> str:
    if later.empty:
        return ""
    text = f"{aid_later.LATER_RULE} Their dollars are {constant_label(CONSTANT_FISCAL_YEAR)}."
    start = aid_later.provisional_from(store.load_foreignassistance())
    new = [int(year) for year in later["fiscal_year"] if start and year >= start]
    return f"{text} Provisional: {fiscal.spans(new)}." if new else text


def _filed(frame: pd.DataFrame, later: pd.DataFrame) -> pd.DataFrame:
    """Return the series of both publishers as the file has it; ratio and changes are of the Greenbook alone."""
    amounts = [*_CURRENT, *_COLUMNS.values()]
    added = [_RATIO, *trend_columns(*amounts)]
    series = pd.concat(
        [
            part.assign(publisher=name).reindex(columns=["publisher", "fiscal_year", *amounts, *added])
            for name, part in (("Greenbook", frame), ("ForeignAssistance.gov", later.round(0)))
            if len(part)
        ]
    )
    series[amounts] = series[amounts].astype("Int64")
    series[added] = series[added].round(2)
    return series.assign(base_fiscal_year=CONSTANT_FISCAL_YEAR)
