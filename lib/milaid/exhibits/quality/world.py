"""World totals: the sum of all rows beside the sum of the printed totals, by fiscal year."""

from __future__ import annotations

import pandas as pd

from milaid import fiscal
from milaid.analysis.groups import percent_of
from milaid.blocks import numbers
from milaid.blocks.block import Column, Prose, Table, csv_text, escape
from milaid.blocks.words import and_list
from milaid.exhibits import links
from milaid.exhibits.frames import with_counts, with_sums
from milaid.exhibits.quality.subject import QualitySubject
from milaid.exhibits.subject import COUNTING_NOTE
from milaid.exhibits.tables import plain_sum, table_from_frame


def lead(survey: QualitySubject) -> Prose:
    """Return what is compared and why two sums can differ."""
    text = (
        "A world total is not printed in Section IV. The sum of the totals that are printed, of every program of every "
        "recipient, can stand in for it: [[world]] sets it beside the sum of our rows. The two differ where a row cannot "
        "be read or a total is lost, and by no more than these faults account for."
    )
    left = [_difference(survey, row) for row in survey.world.to_dict("records") if _differs(row)]
    if left:
        text += f"\n\nWhat remains, printed minus rows: {'; '.join(left)}. [[known_issues]] and [[other_faults]] have the cases."
    return Prose(text)


def _differs(row: dict) -> bool:
    return bool(row["participants_difference"] or row["cost_usd_difference"])


def _difference(survey: QualitySubject, row: dict) -> str:
    """Return the size of the difference of one year, and the kinds of faults that make it out."""
    people, dollars = row["participants_difference"], row["cost_usd_difference"]
    parts = [f"{numbers.signed(int(people))} people"] if people else []
    parts += [f"{numbers.signed(int(dollars))} US dollars"] if dollars else []
    issues = survey.known_issues[survey.known_issues["edition"] == row["edition"]]
    lost = issues[(issues["level"] == "page") & (issues["measure"] == "rows")]
    pages = and_list(sorted({survey.page(*at) for at in zip(lost["document"], lost["page"], strict=True)}))
    why = (
        f"lost rows, {escape(pages)}"
        if pages
        else "amounts printed rounded to whole dollars or a printed total at fault"
    )
    return f"{fiscal.label(int(row['fiscal_year']))} {and_list(parts)} ({why})"


def world_table(survey: QualitySubject) -> Table:
    """Return people and dollars of each year: sum of the rows, sum of the printed totals, difference, explained."""
    frame = survey.world.assign(year=survey.world["fiscal_year"].map(fiscal.label))
    columns = (
        Column("year", "Fiscal year"),
        Column("participants", "People, rows", "integer", emphasis="main"),
        Column("printed_participants", "printed", "integer"),
        Column("participants_difference", "difference", "change"),
        Column("cost_usd", "USD, rows", "usd", emphasis="main"),
        Column("printed_cost_usd", "printed", "usd"),
        Column("cost_usd_difference", "difference", "change"),
    )
    rest = int(frame[["participants_unexplained", "cost_usd_unexplained"]].abs().sum().sum())
    return table_from_frame(
        frame,
        columns,
        key="world",
        title=_title(survey),
        subtitle=f"Sum of all rows and sum of the printed totals by fiscal year, {survey.years_label}",
        alt="Table of people and dollars by fiscal year: sum of the rows, sum of the printed totals, difference.",
        note=(
            f"{COUNTING_NOTE} Difference: printed minus rows. "
            + (
                "The known faults of [[known_issues]] account for every difference, to the person and to the dollar. "
                if not rest
                else "The known faults do not account for every difference. "
            )
            + "Dollars are current US dollars."
        ),
        sources=survey.report_source("all printed totals"),
        total_label="All years",
        links={"year": links.annual},
        rules={name: plain_sum(name) for name in ("participants_difference", "cost_usd_difference")},
        csv=csv_text(_filed(survey.world)),
    )


def _filed(world: pd.DataFrame) -> pd.DataFrame:
    """Return the world totals with the difference in percent, whether the two are equal, and the sums of the rows.

    Added: participants_difference_share (percent of the printed people), equal (yes or no), years_so (how many years are
    equal, or are not), all_participants and all_cost_usd.
    """
    apart = (world["participants_difference"] != 0) | (world["cost_usd_difference"] != 0)
    frame = world.assign(
        participants_difference_share=_share_apart(world), equal=apart.map({True: "no", False: "yes"})
    )
    return with_sums(with_counts(frame, "equal", "years_so"), "participants", "cost_usd")


def _share_apart(world: pd.DataFrame) -> pd.Series:
    """Return the difference of people, without its sign, in percent of the printed ones."""
    return percent_of(world["participants_difference"].abs(), world["printed_participants"])


def _title(survey: QualitySubject) -> str:
    people = survey.world["participants_difference"].abs()
    if not people.max() and not survey.world["cost_usd_difference"].abs().max():
        return "Rows and printed totals give the same world totals in every year"
    share = _share_apart(survey.world).max()
    return (
        f"World totals of rows and of printed totals differ by at most {numbers.decimal(share, 2)}% of people"
    )
