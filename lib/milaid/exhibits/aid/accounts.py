"""The accounts of military aid: over the years, and those of the report year."""

from __future__ import annotations

import pandas as pd

from milaid.analysis import aid
from milaid.analysis.aid import NEGATIVE_RULE, OTHER_ACCOUNTS, PARTS, ZERO_RULE
from milaid.analysis.amount_years import with_sums_over_the_years
from milaid.analysis.change import PERCENT_RULE
from milaid.blocks import numbers
from milaid.blocks.block import Column, Figure, Table, escape
from milaid.blocks.words import sentence_start
from milaid.charts.columns import columns_by_year
from milaid.exhibits import events
from milaid.exhibits.aid import greenbook
from milaid.exhibits.figures import figure
from milaid.exhibits.frames import in_order, with_sums_of_years
from milaid.exhibits.subject import Subject, joined
from milaid.exhibits.tables import Rule, Sums, percent_change_of, table_from_frame
from milaid.tables import store

_ROLES = dict(zip([*PARTS, OTHER_ACCOUNTS], ("accent", "m3", "ink2", "m5", "soft"), strict=True))
_PARTS_NOTE = (
    "Foreign Military Financing holds grants and direct loans. Other military: all other accounts that the Greenbook "
    "counts as military."
)
_EXCESS_NOTE = (
    "Excess Defense Articles are an account of the Greenbook and part of its military aid; the articles and agreements "
    "of the section on arms sales are other figures and are not added to it."
)


def accounts_years(subject: Subject) -> Figure | None:
    """Return military aid by account over the years, stacked; nothing without military aid in these years."""
    if not greenbook.given(subject):
        return None
    years = greenbook.window(subject)
    frame = aid.part_years(subject.aid, greenbook.covered())
    frame = frame[frame["fiscal_year"].isin(years)]
    used = [name for name in _ROLES if (frame.loc[frame["part"] == name, "obligations_usd"] != 0).any()]
    if not used:
        return None
    shown = with_sums_over_the_years(frame[frame["part"].isin(used)], "part", "obligations_usd")
    ordered = in_order(shown, "part", _ROLES).sort_values("fiscal_year", kind="stable")
    return figure(
        lambda key: columns_by_year(
            greenbook.above_zero(ordered, "obligations_usd"),
            key=key,
            report_year=subject.fiscal_year,
            value="obligations_usd",
            kind="million",
            roles=_ROLES,
            events=events.labels(subject),
        ),
        key="aid_accounts",
        title=_years_title(shown),
        subtitle=f"Military aid by account, {subject.scope.subtitle}, million current US dollars, "
        f"{greenbook.years_label(frame)}",
        alt=f"Stacked columns of military aid by account and fiscal year, {greenbook.years_label(frame)}",
        note=joined(
            greenbook.OBLIGATIONS_RULE,
            _PARTS_NOTE,
            greenbook.below_zero_note(shown, "obligations_usd", "part"),
        ),
        sources=(greenbook.source(subject, years[0], years[-1]),),
        csv=with_sums_of_years(shown, "obligations_usd")[
            [
                "fiscal_year", "part", "obligations_usd", "obligations_usd_over_the_years",
                "all_obligations_usd_over_the_years", "all_obligations_usd_of_year",
            ]
        ],
    )  # fmt: skip


def accounts_table(subject: Subject) -> Table | None:
    """Return every account of military aid of the year with the year before; nothing where neither has one."""
    if not greenbook.given(subject):
        return None
    frame = aid.accounts(subject.aid, store.load_aid_accounts(), subject.fiscal_year)
    if frame.empty:
        return None
    compared = subject.fiscal_year - 1 in aid.covered_years(subject.aid)
    columns = [
        Column("account", "Account"),
        Column("code", "Code", emphasis="secondary"),
        Column(
            "obligations_usd", f"{subject.year_label}, USD", "usd", emphasis="main", sorted_descending=True
        ),
    ]
    rules: dict[str, Rule] = {"share": _share}
    if compared:
        columns += [
            Column("previous_usd", f"{subject.previous_label}, USD", "usd"),
            Column("percent_change", "Change, %", "percent_change"),
        ]
        rules["percent_change"] = percent_change_of("obligations_usd", "previous_usd")
    columns.append(Column("share", "Share, %", "share"))
    return table_from_frame(
        frame,
        columns,
        key="aid_accounts_table",
        title=_table_title(frame),
        subtitle=f"Military aid by account, {subject.scope.subtitle}, current US dollars, {subject.year_label}",
        alt="Table of the accounts of military aid with obligations, the year before, change and share.",
        note=joined(
            greenbook.OBLIGATIONS_RULE,
            escape(PERCENT_RULE) if compared else "",
            ZERO_RULE,
            NEGATIVE_RULE,
            _EXCESS_NOTE if (frame["code"] == "EDA").any() else "",
        ),
        sources=(greenbook.year_source(subject, compared),),
        total_label="All military aid",
        rules=rules,
    )


def _years_title(frame: pd.DataFrame) -> str:
    """Return which part had most dollars in the years shown, of how many in all."""
    years = greenbook.years_label(frame)
    top = frame.loc[frame["obligations_usd_over_the_years"].idxmax()]
    most, total = (int(top[f"{of}obligations_usd_over_the_years"]) for of in ("", "all_"))
    if not 0 < most <= total:
        # Less than nothing has no parts.
        return f"Military aid in {years}, less what was taken back: {numbers.dollars(total)}"
    name = sentence_start(str(top["part"]))
    if most == total:
        return f"{name}: all {numbers.dollars(total)} of military aid in {years}"
    return f"{name}: {numbers.dollars(most)} of {numbers.dollars(total)} of military aid in {years}"


def _table_title(frame: pd.DataFrame) -> str:
    used = frame[frame["obligations_usd"] != 0]
    if used.empty:
        return "No military aid in the year"
    first = used.iloc[0]
    what = "The only account" if len(used) == 1 else "Largest account"
    share = "" if pd.isna(first["share"]) or len(used) == 1 else f", {numbers.share(first['share'])}"
    return f"{what} of military aid: {first['account']}, {numbers.dollars(first['obligations_usd'])}{share}"


def _share(sums: Sums, totals: Sums) -> float | None:
    part, whole = sums["obligations_usd"], totals["obligations_usd"]
    return None if part < 0 or whole <= 0 else 100.0 * part / whole
