"""The dollars of the program's account in the Greenbook beside its participants and beside all aid."""

from __future__ import annotations

import pandas as pd

from milaid import fiscal
from milaid.analysis import program_profile
from milaid.analysis import trend as trends
from milaid.analysis.aid import NEGATIVE_RULE
from milaid.analysis.program_profile import OWN
from milaid.analysis.programs import department_name
from milaid.analysis.series import value, with_changes
from milaid.blocks import numbers
from milaid.blocks.block import Column, Fact, Figure, Prose, Source, Table, csv_text, escape
from milaid.blocks.words import and_list, counted, sentence_start
from milaid.exhibits import trend
from milaid.exhibits.aid import greenbook, imet
from milaid.exhibits.figures import figure
from milaid.exhibits.once import once
from milaid.exhibits.other_sources import greenbook_lines
from milaid.exhibits.subject import COUNTING_NOTE, Subject, joined
from milaid.exhibits.tables import table_from_frame
from milaid.exhibits.training import facts
from milaid.tables import store

APART_RULE = (
    "Obligations of an account and participants of the program come from different documents and are not divided by "
    "each other: the account may pay for other things than training."
)
_PARTS_RULE = "The obligations of the account are part of the aid beside them; they are not added to it."


def lead(subject: Subject) -> Prose:
    """Return the obligations of the account in the year beside all aid; or in one line why there is none."""
    if not own_codes(subject):
        return Prose(f"{escape(reason(subject))} There are no obligations of this program alone to show.")
    absent = greenbook.year_absence(subject)
    if absent is not None:
        return absent
    frame = _years(subject).set_index("fiscal_year")
    now = frame.loc[subject.fiscal_year]
    text = (
        f"{_average_sentence(subject)}In {fiscal.words(subject.fiscal_year)} they were "
        if _average_sentence(subject)
        else f"Obligations of {escape(names(subject))} in {fiscal.words(subject.fiscal_year)} were "
    )
    text += greenbook.against(frame["obligations_usd"], subject.fiscal_year)
    if pd.notna(now["share"]):
        text += f", {numbers.share(now['share'])} of all {_category(subject)} aid"
    people = value(subject.series, subject.fiscal_year) or 0
    text += (
        f". In the same year the training report lists {counted(int(people), 'participant')}{subject.scope.phrase}. "
        f"All military aid was {numbers.dollars(now['military_usd'])}, all economic aid "
        f"{numbers.dollars(now['economic_usd'])} ([[account_aid]]). {escape(reason(subject))}"
    )
    return Prose(text)


def _average_sentence(subject: Subject) -> str:
    """Return the average of five years with its change as a sentence; "" where it is not computed."""
    found = trend.average(_trend(subject), numbers.dollars)
    return f"Obligations of {escape(names(subject))}: {found[0]}. " if found else ""


def _trend(subject: Subject) -> trends.Trend:
    return trends.trend(_years(subject), subject.fiscal_year, greenbook.coverage(), "obligations_usd")


def fact(subject: Subject) -> Fact | None:
    """Return the obligations of the account in the report year as a key fact; None where there is none to show."""
    if not _shown(subject):
        return None
    frame = _years(subject).set_index("fiscal_year")["obligations_usd"]
    before = frame.get(subject.fiscal_year - 1)
    parts = [f"{numbers.dollars(before)} in {subject.previous_label}"] if before is not None else []
    over_years = [] if subject.is_small else trend.average(_trend(subject), numbers.dollars)
    compared = "; ".join([*over_years, *parts])
    return facts.dollars(frame[subject.fiscal_year], "obligations of the account", compared, "account_aid")


def dollars_and_participants(subject: Subject) -> Figure | None:
    """Return obligations and participants over the years, one panel below the other, each with its own scale."""
    if subject.scope.code == imet.CODE:
        return imet.dollars_and_participants(subject)
    if not _shown(subject):
        return None
    frame = _beside(subject)
    if not frame["obligations_usd"].fillna(0).ne(0).any():
        return None
    return figure(
        lambda key: imet.two_panels(subject, frame, key),
        key="account_years",
        title=trend.pair(
            (f"{subject.scope.label} obligations", _trend(subject), numbers.dollars),
            ("participants", subject.trend, numbers.integer),
        ),
        subtitle=f"{sentence_start(names(subject))}: obligations, million current US dollars, above; course participants"
        f"{subject.scope.phrase} below; {greenbook.years_label(frame)}",
        alt="Two bar charts by fiscal year, one below the other, obligations and participants",
        note=joined(
            APART_RULE,
            COUNTING_NOTE,
            "The two panels have different scales. A year without a bar has no line of the account in the Greenbook, or no "
            "participant.",
            greenbook.below_zero_note(frame, "obligations_usd"),
        ),
        sources=(*sources(subject, frame), *subject.series_sources()),
        csv=_with_averages(subject, frame),
    )


def beside_all_aid(subject: Subject) -> Table | None:
    """Return the obligations of the account beside all military and economic aid, a row a year of the lookback."""
    if not _shown(subject):
        return None
    frame = _years(subject)
    frame = frame[frame["fiscal_year"].isin(greenbook.window(subject))]
    frame = frame.assign(label=frame["fiscal_year"].map(fiscal.label))
    share_of_aid = Column("share", f"Share of {_category(subject)} aid, %", "share")
    columns = (
        Column("label", "Fiscal year"),
        Column("obligations_usd", "Account, USD", "usd", emphasis="main"),
        *(() if subject.is_small else (share_of_aid,)),
        Column("military_usd", "All military aid, USD", "usd", emphasis="secondary"),
        Column("economic_usd", "All economic aid, USD", "usd", emphasis="secondary"),
    )
    now = subject.in_year(frame)
    share = f", {numbers.share(now['share'])} of {_category(subject)} aid" if pd.notna(now["share"]) else ""
    if subject.is_small:
        share = ""
    return table_from_frame(
        frame,
        columns,
        key="account_aid",
        title=f"{subject.scope.label} obligations in {subject.year_label}: {numbers.dollars(now['obligations_usd'])}{share}",
        subtitle=f"Obligations of {names(subject)} beside all military and economic aid, current US dollars, "
        f"{greenbook.years_label(frame)}",
        alt="Table of the obligations of the account, its share, and all military and economic aid by fiscal year.",
        note=joined(greenbook.OBLIGATIONS_RULE, _PARTS_RULE, NEGATIVE_RULE),
        sources=sources(subject, frame, all_rows=True),
        csv=csv_text(frame.drop(columns="label").round(4)),
    )


def own_codes(subject: Subject) -> list[str]:
    """Return the codes of the Greenbook accounts that are those of the program."""
    rows = _accounts(subject)
    return rows.loc[rows["relation"] == OWN, "account_code"].tolist()


def names(subject: Subject) -> str:
    """Return the program's own accounts by name: ``the account Peacekeeping Operations``."""
    known = (
        store.load_aid_accounts().dropna(subset=["code"]).drop_duplicates("code").set_index("code")["name"]
    )
    found = [str(known[code]) for code in own_codes(subject)]
    return f"the account{'' if len(found) == 1 else 's'} {and_list(found)}"


def reason(subject: Subject) -> str:
    """Return why the program has the accounts it has, or none, as plain sentences."""
    return " ".join(_accounts(subject)["reason"])


def department(funder: str) -> str:
    """Return the department of a program as a sentence."""
    return f"{department_name(funder)}."


def sources(
    subject: Subject, frame: pd.DataFrame | None = None, all_rows: bool = False
) -> tuple[Source, ...]:
    """Return the Greenbook with the rows of the account in the years of a frame, by default of the report year."""
    years = [subject.fiscal_year] if frame is None else [int(year) for year in frame["fiscal_year"]]
    aid = subject.aid
    own = aid[
        aid["fiscal_year"].between(min(years), max(years)) & aid["account_code"].isin(own_codes(subject))
    ]
    return (greenbook_lines(own.iloc[:0] if all_rows else own, min(years), max(years)),)


def _shown(subject: Subject) -> bool:
    return bool(own_codes(subject)) and greenbook.year_absence(subject) is None


def _accounts(subject: Subject) -> pd.DataFrame:
    accounts = store.load_program_accounts()
    return accounts[accounts["program"] == subject.scope.code]


def _category(subject: Subject) -> str:
    """Return the kind of aid as which the Greenbook counts the account, the larger one where it has both."""
    rows = subject.aid[subject.aid["account_code"].isin(own_codes(subject))]
    return "economic" if set(rows["category"]) == {"Economic"} else "military"


@once
def _years(subject: Subject) -> pd.DataFrame:
    """Return obligations beside all aid by fiscal year, with the change on the year before and averages of five years."""
    frame = program_profile.account_years(subject.aid, own_codes(subject), greenbook.covered())
    changed = with_changes(frame, greenbook.coverage(), ("obligations_usd",))[
        "obligations_usd_percent_change"
    ]
    # Of an amount below zero no change in percent is said.
    changed = changed.mask((frame["obligations_usd"] < 0).fillna(False).astype(bool))
    return trends.with_five_year_averages(
        frame.assign(obligations_usd_percent_change=changed), greenbook.coverage(), "obligations_usd"
    )


def _with_averages(subject: Subject, frame: pd.DataFrame) -> pd.DataFrame:
    """Return obligations and participants by fiscal year with their averages of five years and the changes of these."""
    kinds = (trends.AVERAGE, trends.AVERAGE_CHANGE)
    people = subject.series_with_trend[["fiscal_year", *(f"participants_{kind}" for kind in kinds)]]
    dollars = trends.with_five_year_averages(frame, greenbook.coverage(), "obligations_usd")
    columns = [
        "fiscal_year", "obligations_usd", "participants", *(f"obligations_usd_{kind}" for kind in kinds),
    ]  # fmt: skip
    return dollars[columns].merge(people, on="fiscal_year", how="left")


def _beside(subject: Subject) -> pd.DataFrame:
    """Return obligations beside participants in the years of the training report that the Greenbook covers."""
    frame = _years(subject)
    frame = frame[frame["fiscal_year"].isin(store.available_years())]
    people = subject.series.set_index("fiscal_year")["participants"]
    return frame.assign(participants=frame["fiscal_year"].map(people).astype("Int64").fillna(0))
