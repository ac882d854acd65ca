"""The annual report of a year that has aid alone: no training report covers it, and the Greenbook ends before it.

All aid is that of ForeignAssistance.gov, whose table a user has added.
"""

from __future__ import annotations

import pandas as pd

from milaid import fiscal, flags
from milaid.analysis import aid_later
from milaid.analysis import trend as trends
from milaid.blocks import numbers
from milaid.blocks.block import (
    Box,
    Column,
    Definitions,
    Fact,
    Figure,
    Front,
    KeyFacts,
    Prose,
    Table,
    csv_text,
    escape,
)
from milaid.blocks.words import and_list, cardinal, sentence_start, the
from milaid.charts.bars import ranked_bars
from milaid.charts.cover import cover_bars
from milaid.charts.lines import lines
from milaid.errors import RequestError
from milaid.exhibits import events, flagged, links, trend
from milaid.exhibits.aid import greenbook, later
from milaid.exhibits.figures import figure
from milaid.exhibits.frames import under_each_other
from milaid.exhibits.once import once
from milaid.exhibits.opening import load_world, read_values
from milaid.exhibits.other_sources import DEFLATOR, cite
from milaid.exhibits.subject import Subject, joined
from milaid.exhibits.tables import no_sum, table_from_frame
from milaid.imprint import LICENCE, SERIES_NAME, published
from milaid.sources.greenbook import CONSTANT_FISCAL_YEAR
from milaid.tables import store
from milaid.tables.coverage import Coverage
from milaid.tables.money import constant_label
from milaid.tables.schemas_aid import BY_ACCOUNT, BY_OBJECTIVE, EITHER

_KINDS = {
    "Military aid": "military_usd_constant",
    "Economic aid": "economic_usd_constant",
    "Either or not known": "apart_usd_constant",
}
_RANKED_RULE = "Ranked are countries and territories with military aid; aid for a region is among all other."
_BASES = {
    BY_OBJECTIVE: "as the file says",
    BY_ACCOUNT: "follows from the account",
    EITHER: "the account pays for both",
}
_NOT_KNOWN = "the account is not known"


def open_year(fiscal_year: int | str, lookback_years: int | str = 10, top_n: int | str = 10) -> Subject:
    """Return the subject of a report on the aid of one year; RequestError where no table of aid has such a year alone."""
    years = aid_later.years_alone(store.load_foreignassistance(), store.require_years()[-1])
    if not years:
        raise RequestError(
            "no table of aid has a year after the last report on training; milaid data add-aid adds one"
        )
    return Subject(*read_values(fiscal_year, lookback_years, top_n, years), load_world())


def front(subject: Subject) -> Front:
    """Return title, scope, imprint and cover; the cover shows the obligations of the file by fiscal year."""
    frame = _years(subject)
    whole = frame[~frame["partial"] | (frame["fiscal_year"] == subject.fiscal_year)]
    totals = whole.assign(total_usd=whole[list(aid_later.AMOUNTS)].sum(axis=1).clip(lower=0))
    year, span = fiscal.words(subject.fiscal_year), greenbook.years_label(totals)
    amount = numbers.dollars(_row(subject)[list(aid_later.AMOUNTS)].sum())
    source = "State Department, ForeignAssistance.gov"
    return Front(
        series=SERIES_NAME,
        kind="Annual trends report, aid alone",
        title=f"US military and economic aid in {year}",
        standfirst=(
            f"What ForeignAssistance.gov says the United States obligated in {year}, from {fiscal.period(subject.fiscal_year)}. No "
            "report to Congress on training of this year is among the data, so that this report is on aid and arms alone."
        ),
        scope=f"Obligations of aid from {fiscal.period(subject.fiscal_year)}",
        cover=cover_bars(totals, key="cover", report_year=subject.fiscal_year, value="total_usd"),
        cover_alt=f"Bars of obligations of aid by fiscal year, {span}; {subject.year_label}, with {amount}, stands out.",
        cover_lead=f"{amount} of aid obligated in {year}",
        cover_note=f"Obligations of military and economic aid by fiscal year, current US dollars, {span}.",
        imprint=(("Published", published()), ("Main source", source), ("Licence", LICENCE)),
        facts=(
            ("Published", published()),
            ("Period", fiscal.period(subject.fiscal_year)),
            ("Main source", source),
        ),
        keywords=("foreign aid", "military aid", "security assistance", subject.year_label),
    )


def missing(subject: Subject) -> Box:
    """Return what this report has not, and why, with what of its numbers may still change."""
    last, book = store.available_years()[-1], greenbook.covered()
    ends = f", and the Greenbook ends with {fiscal.label(book[-1])}" if book else ""
    text = (
        f"The newest report to Congress on foreign military training that is among the data is that of {fiscal.label(last)}{ends}. "
        f"For {subject.year_label} there are no participants, courses, programs, departments, places, units and costs of training, "
        "and nothing is compared with them. "
        f"Aid is that of ForeignAssistance.gov, a series of its own: it is not set beside the Greenbook of earlier years. "
    )
    return Box("What is missing.", text + _provisional(subject))


def key_facts(subject: Subject) -> KeyFacts:
    """Return military and economic aid of the year, what is of either kind or not known, and how many had military aid."""
    row, recipients = _row(subject), _recipients(subject)
    before = _before(subject)
    with_military = int(recipients["rank"].notna().sum())
    shown = {
        "military_usd": "military aid",
        "economic_usd": "economic aid",
        "apart_usd": "of either kind, or not known",
    }
    facts = [
        Fact(
            numbers.dollars(row[name]),
            label,
            f"{numbers.dollars(before[name])} in {subject.previous_label}"
            if before is not None
            else "no year before it in the file",
            ref=later.KEY,
        )
        for name, label in shown.items()
        if name != "apart_usd" or row[name]
    ]
    facts.append(
        Fact(
            numbers.integer(with_military),
            "countries and territories with military aid",
            f"of {numbers.integer(int(recipients['iso3'].notna().sum()))} with any aid",
            ref="later_recipients_table",
        )
    )
    filed = pd.DataFrame(
        [
            {
                "fiscal_year": subject.fiscal_year,
                **{name: round(row[name]) for name in shown},
                **{f"{name}_before": None if before is None else round(before[name]) for name in shown},
                "recipients_with_military_aid": with_military,
                "recipients_with_aid": int(recipients["iso3"].notna().sum()),
            }
        ]
    )
    return KeyFacts(
        tuple(facts), sources=(later.SOURCE,), csv=csv_text(filed), note=aid_later.OBLIGATIONS_RULE
    )


def lead(subject: Subject) -> Prose:
    """Return military and economic aid of the year in sentences, and who had most."""
    row, frame = _row(subject), _recipients(subject)
    text = (
        f"Military aid in {fiscal.words(subject.fiscal_year)} was {numbers.dollars(row['military_usd'])}, economic aid "
        f"{numbers.dollars(row['economic_usd'])}"
    )
    text += (
        f"; {numbers.dollars(row['apart_usd'])} are of accounts of either kind, or not known"
        if row["apart_usd"]
        else ""
    )
    text += f" ([[{later.KEY}]])."
    first = frame[frame["rank"] == 1]
    if len(first):
        names = and_list([escape(str(name)) for name in first["recipient"]])
        amount = numbers.dollars(first["military_usd"].iloc[0])
        text += f" {sentence_start(names)} had most military aid, {amount} ([[later_recipients_table]])."
    return Prose(f"{text} {_provisional(subject)}".rstrip())


def series(subject: Subject) -> Figure | None:
    """Return the kinds of aid by fiscal year in constant dollars, years over in the file; nothing for a single one."""
    frame = _years(subject)
    frame = frame[~frame["partial"] & (frame["fiscal_year"] >= subject.fiscal_year - subject.lookback_years)]
    if len(frame) < 2 or subject.fiscal_year not in set(frame["fiscal_year"]):
        return None
    had = {name: column for name, column in _KINDS.items() if frame[column].ne(0).any()}
    span = greenbook.years_label(frame)
    military = _KINDS["Military aid"]
    covered = Coverage(tuple(int(year) for year in frame["fiscal_year"]), (), (), ())
    found = trends.trend(frame, subject.fiscal_year, covered, military)
    filed = frame.drop(columns="partial").round(0)
    filed = filed.astype({name: "Int64" for name in filed if name != "fiscal_year"})
    filed = trends.with_five_year_averages(filed, covered, military)
    return figure(
        lambda key: lines(
            under_each_other(greenbook.above_zero(frame, *had.values()), had),
            key=key,
            report_year=subject.fiscal_year,
            kind="million",
            events=events.labels(subject),
        ),
        key="later_series",
        title=trend.title_with_year(
            f"Military aid in {fiscal.label(CONSTANT_FISCAL_YEAR)} dollars", found, numbers.dollars
        ),
        subtitle=f"Military and economic aid, all recipients, million US dollars, {constant_label(CONSTANT_FISCAL_YEAR)}, {span}",
        alt=f"Lines of military and economic aid by fiscal year, {span}",
        note=joined(aid_later.OBLIGATIONS_RULE, _apart_note(), _provisional(subject)),
        sources=(later.SOURCE, cite(DEFLATOR), *events.sources(subject)),
        csv=filed.assign(base_fiscal_year=CONSTANT_FISCAL_YEAR),
    )


def aid_years(subject: Subject) -> Table:
    """Return the kinds of aid by fiscal year from the lookback on, with the letters of what is provisional."""
    frame = _years(subject)
    return later.table_of(
        subject,
        frame[frame["fiscal_year"] >= subject.fiscal_year - subject.lookback_years].reset_index(drop=True),
    )


def top_recipients(subject: Subject) -> Figure | None:
    """Return the recipients with most military aid as bars; nothing where none had any."""
    frame = _recipients(subject)
    shown = frame[frame["rank"].notna()].head(subject.top_n)
    if shown.empty:
        return None
    first = shown.iloc[0]
    return figure(
        lambda key: ranked_bars(
            shown,
            key=key,
            report_year=subject.fiscal_year,
            label="recipient",
            value="military_usd",
            kind="million",
            label_head="Recipient",
        ),
        key="later_recipients",
        title=f"{sentence_start(str(first['recipient']))}: {numbers.dollars(first['military_usd'])} of military aid",
        subtitle=f"Military aid, million current US dollars, {cardinal(len(shown))} largest recipients, {subject.year_label}",
        alt=f"Bars of military aid by recipient, {subject.year_label}",
        note=joined(aid_later.OBLIGATIONS_RULE, _apart_note(), _RANKED_RULE, _provisional(subject)),
        sources=(later.SOURCE,),
        csv=shown[["rank", "recipient", "iso3", "military_usd"]].round({"military_usd": 0}),
    )


def recipients_table(subject: Subject) -> Table:
    """Return recipients with military and economic aid, what is of either kind or not known, and the share that is military."""
    frame = _recipients(subject)
    apart = bool(frame["apart_usd"].any())
    columns = [
        Column("rank", "Rank", "rank", emphasis="secondary"),
        Column("recipient", "Recipient"),
        Column("military_usd", "Military, USD", "usd", emphasis="main", sorted_descending=True),
        Column("economic_usd", "Economic, USD", "usd"),
        *([later.APART] if apart else []),
        Column("share_military", "Military, % of aid", "share"),
    ]
    whole = frame.astype(dict.fromkeys(aid_later.AMOUNTS, "float64")).round(
        dict.fromkeys(aid_later.AMOUNTS, 0)
    )
    whole = whole.astype(dict.fromkeys(aid_later.AMOUNTS, "Int64"))
    shown = whole.head(subject.top_n)
    known = shown["share_military"].notna()
    mostly = int((shown["share_military"] > 50).sum())
    return table_from_frame(
        whole,
        columns,
        key="later_recipients_table",
        title=f"More than half of the aid is military for {cardinal(mostly) if mostly else 'none'} of "
        f"{the(int(known.sum()), 'recipient')} shown",
        subtitle=f"Military and economic aid by recipient, current US dollars, {subject.year_label}",
        alt=f"Table of {the(len(shown), 'recipient')} with most military aid: military and economic aid, share that is military, "
        "and all other.",
        note=joined(aid_later.OBLIGATIONS_RULE, _apart_note(), _RANKED_RULE, _provisional(subject)),
        sources=(later.SOURCE,),
        top=subject.top_n,
        other_label="All other",
        total_label="All recipients",
        links={"recipient": links.country},
        rules={"share_military": no_sum},
    )


def accounts_table(subject: Subject) -> Table:
    """Return the largest accounts of the year with the kind of aid of each, and what that follows from."""
    frame = aid_later.accounts_of_year(store.load_foreignassistance(), subject.fiscal_year)
    frame = frame.assign(
        kind=frame["category"].fillna("either or not known"),
        basis=frame["category_basis"].map(_BASES).fillna(_NOT_KNOWN),
        obligations_usd=frame["obligations_usd"].round(0).astype("Int64"),
    )
    first = frame.iloc[0]
    return table_from_frame(
        frame,
        (
            Column("account", "Account"),
            Column("code", "Code", emphasis="secondary"),
            Column("kind", "Kind of aid"),
            Column("basis", "Kind from", emphasis="secondary"),
            Column("obligations_usd", "Obligations, USD", "usd", emphasis="main", sorted_descending=True),
        ),
        key="later_accounts",
        title=f"{first['account']}: {numbers.dollars(first['obligations_usd'])}",
        subtitle=f"Obligations by funding account, all recipients, current US dollars, {subject.year_label}",
        alt="Table of the largest funding accounts with kind of aid and obligations, and all other.",
        note=joined(aid_later.OBLIGATIONS_RULE, _apart_note(), _provisional(subject)),
        sources=(later.SOURCE,),
        top=subject.top_n,
        other_label="All other",
        total_label="All accounts",
    )


def definitions(subject: Subject) -> Definitions:
    """Return what is counted, what is not, and how years, dollars and letters are to be read."""
    items = [
        ("What is counted", escape(aid_later.OBLIGATIONS_RULE)),
        ("Kind of aid", escape(aid_later.APART_RULE)),
        (
            "Fiscal year",
            f"{fiscal.words(subject.fiscal_year).capitalize()} runs from {fiscal.period(subject.fiscal_year)}.",
        ),
        (
            "Provisional",
            f"The two newest years of the file are: {aid_later.PROVISIONAL_RULE}. A year that was not over in it is in no "
            "total of years.",
        ),
        (
            "Dollars",
            f"Current US dollars, and US dollars of {fiscal.label(CONSTANT_FISCAL_YEAR)} by the gross domestic product (GDP) deflator.",
        ),
        ("Training", "No report on training of this year is among the data."),
        *flagged.symbols(),
    ]
    return Definitions(tuple(items))


def sources(subject: Subject) -> Definitions:
    """Return the files that the report is made from, with links."""
    deflator = cite(DEFLATOR)
    return Definitions(
        tuple(
            (
                "Main source" if source is later.SOURCE else "Prices",
                f"{escape(source.text)}. [Link]({source.url})",
            )
            for source in (later.SOURCE, deflator)
        )
    )


@once
def _years(subject: Subject) -> pd.DataFrame:
    return later.years(subject, 0)


@once
def _recipients(subject: Subject) -> pd.DataFrame:
    return aid_later.recipients_of_year(store.load_foreignassistance(), subject.fiscal_year)


def _row(subject: Subject) -> pd.Series:
    return subject.in_year(_years(subject))


def _before(subject: Subject) -> pd.Series | None:
    frame = _years(subject)
    rows = frame[frame["fiscal_year"] == subject.fiscal_year - 1]
    return None if rows.empty else rows.iloc[0]


def _apart_note() -> str:
    return aid_later.APART_RULE if later.by_account() else ""


def _provisional(subject: Subject) -> str:
    """Return that the numbers of the year may change; "" for an older year of the file."""
    start = aid_later.provisional_from(store.load_foreignassistance())
    if start is None or subject.fiscal_year < start:
        return ""
    return f"{subject.year_label} is provisional ({flags.PROVISIONAL}): {aid_later.PROVISIONAL_RULE}."
