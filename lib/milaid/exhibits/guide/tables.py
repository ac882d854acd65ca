"""The tables of the program guide: newest figures, laws, money, what came before and after, programs not in the reports."""

from __future__ import annotations

import pandas as pd

from milaid import fiscal
from milaid.analysis.program_guide import LATEST_RULE
from milaid.blocks import numbers
from milaid.blocks.block import Column, Source, Table, csv_text
from milaid.blocks.words import cardinal, sentence_start
from milaid.exhibits import links
from milaid.exhibits.frames import with_counts
from milaid.exhibits.guide.subject import GuideSubject
from milaid.exhibits.program.record import BY_TEXT, NOT_VERIFIED, codes, label
from milaid.exhibits.subject import COUNTING_NOTE, joined
from milaid.exhibits.tables import table_from_frame
from milaid.tables import store

_CHECKED = {
    BY_TEXT: "text of the law",
    "official page": "official page",
    "source page": "secondary source",
    NOT_VERIFIED: NOT_VERIFIED,
}
_MARK_NOTE = (
    "Checked against: the text of the law (US Code of 2016 or 2023), an official page, a secondary source; what is not "
    "verified is marked so. Status is as of the sources read."
)
_WRITTEN = "Reference tables of this project, written from the laws and pages named in them"


def newest_figures(survey: GuideSubject) -> Table:
    """Return every program by purpose with the years that list it and its newest figures, linked to its profile."""
    frame = survey.programs
    frame = frame.assign(
        listed=[fiscal.span(a, b) for a, b in zip(frame["first_year"], frame["last_year"], strict=True)],
        link=links.program(frame["program"]),
    )
    columns = (
        Column("label", "Program", width=0.14),
        Column("name", "Name", emphasis="secondary", width=0.31),
        Column("listed", "Listed", width=0.2),
        Column("participants", "Participants", "integer", emphasis="main", width=0.12),
        Column("recipients", "Recipients", "integer", width=0.1),
        Column("cost_usd", "Cost, USD", "usd", width=0.12),
    )
    last = survey.years[-1]
    now = frame[frame["last_year"] == last]
    top = now.loc[now["participants"].astype("int64").idxmax()]
    return table_from_frame(
        frame,
        columns,
        key="program_table",
        title=f"{top['label']} has most participants of {fiscal.label(last)}, {numbers.integer(top['participants'])}",
        subtitle="Programs by purpose: first and last year that list them, and participants, recipients and printed cost of the "
        "last, current US dollars",
        alt="Table of all programs by purpose with the years that list them and the figures of the newest year.",
        note=joined(
            LATEST_RULE,
            "Some years between the first and the last may be missing.",
            COUNTING_NOTE,
            "The newest years differ: the figures are not added up.",
        ),
        sources=survey.sources,
        group="category",
        csv=csv_text(
            with_counts(frame, "funder", "programs_of_funder")[
                [
                    "category", "program", "label", "name", "funder", "first_year", "last_year", "years", "participants",
                    "recipients", "cost_usd", "programs_of_funder",
                ]
            ]
        ),
        links={"label": "link"},
    )  # fmt: skip


def authorities(survey: GuideSubject) -> Table:
    """Return the law of every program by purpose, with what it was checked against, start and status."""
    frame = _marked(survey.programs)
    columns = (
        Column("label", "Program", width=0.13),
        Column("authority_shown", "Legal authority", width=0.36),
        Column("checked", "Checked against", emphasis="secondary", width=0.14),
        Column("start_shown", "Start", width=0.17),
        Column("status", "Status", emphasis="secondary", width=0.2),
    )
    by_text, open_law = (int((frame["authority_verified"] == v).sum()) for v in (BY_TEXT, NOT_VERIFIED))
    return table_from_frame(
        frame,
        columns,
        key="authorities",
        title=f"The law of {cardinal(by_text)} programs was checked against its text, that of {cardinal(open_law)} is not verified",
        subtitle="Programs by purpose: legal authority, what it was checked against, start and status",
        alt="Table of all programs by purpose with legal authority, its verification, start and status.",
        note=_MARK_NOTE,
        sources=_reference(),
        group="category",
        csv=csv_text(
            with_counts(frame, "authority_verified", "programs_verified_so")[
                [
                    "category", "program", "authority", "us_code", "authority_verified", "start", "start_verified", "status",
                    "programs_verified_so",
                ]
            ]
        ),
    )  # fmt: skip


def money_flow(survey: GuideSubject) -> Table:
    """Return who pays for every program and who administers it, by department, with its account in the Greenbook."""
    accounts = store.load_program_accounts()
    own = accounts[accounts["relation"] == "own"].groupby("program")["account_code"].agg(", ".join)
    within = accounts[accounts["relation"] == "within"].groupby("program")["account_code"].agg(", ".join)
    frame = survey.programs
    frame = frame.assign(
        greenbook=[
            own.get(code) or (f"part of {within[code]}" if code in within.index else None)
            for code in frame["program"]
        ],
        own_account=frame["program"].isin(own.index),
        account=frame["account"].fillna("not established"),
        agency=frame["agency"].fillna("not established"),
    )
    order = {"DoS": 0, "DoD": 1, "DHS": 2}
    frame = frame.assign(_at=frame["funder"].map(order).fillna(9)).sort_values(
        ["_at", "department", "order", "program"]
    )
    columns = (
        Column("label", "Program", width=0.15),
        Column("account", "Paid from", width=0.34),
        Column("greenbook", "Greenbook account", width=0.15),
        Column("agency", "Administered by", emphasis="secondary", width=0.36),
    )
    paid = int(frame["own_account"].sum())
    return table_from_frame(
        frame,
        columns,
        key="money_flow",
        title=f"{sentence_start(cardinal(paid))} of {len(frame)} programs have an account of their own in the Greenbook",
        subtitle="Programs by the department under whose heading they stand: account that pays, its code in the Greenbook, "
        "administering agency",
        alt="Table of all programs by department with the account that pays, its Greenbook code and the agency.",
        note="Department: the heading of the reports, of all years. Part of: the account pays for other things too. – no account "
        "of the program in the Greenbook.",
        sources=_reference(),
        group="department",
        csv=csv_text(frame[["department", "program", "account", "greenbook", "agency", "own_account"]]),
    )


def lineage(survey: GuideSubject) -> Table:
    """Return what every program is for, and what came before and after it."""
    frame = survey.programs
    frame = frame.assign(
        purpose=frame["purpose"].fillna("not established"),
        before_shown=[_joined(c, t) for c, t in zip(frame["predecessor"], frame["before"], strict=True)],
        after_shown=[_joined(c, t) for c, t in zip(frame["successor"], frame["after"], strict=True)],
    )
    columns = (
        Column("label", "Program", width=0.14),
        Column("purpose", "Purpose", width=0.36),
        Column("before_shown", "Before it", emphasis="secondary", width=0.25),
        Column("after_shown", "After it", emphasis="secondary", width=0.25),
    )
    frame["in_a_line"] = frame["successor"].notna() | frame["predecessor"].notna()
    followed = int(frame["in_a_line"].sum())
    return table_from_frame(
        frame,
        columns,
        key="lineage",
        title=f"{sentence_start(cardinal(followed))} programs follow, or are followed by, another of the reports",
        subtitle="Programs by purpose: what they are for, and the programs and laws before and after them",
        alt="Table of all programs with purpose, predecessor and successor.",
        note="Labels are those of the reports. – none known. What is not verified is marked.",
        sources=_reference(),
        group="category",
        csv=csv_text(
            frame[
                ["category", "program", "purpose", "predecessor", "before", "successor", "after", "in_a_line"]
            ]
        ),
    )


def others(survey: GuideSubject) -> Table:
    """Return the programs of the field that Section IV does not list, by purpose."""
    frame = _marked(survey.others)
    frame = frame.assign(
        shown=[f"{n} ({c})" if c.isupper() else n for n, c in zip(frame["name"], frame["code"], strict=True)]
    )
    columns = (
        Column("shown", "Program", width=0.22),
        Column("purpose", "Purpose", width=0.29),
        Column("authority_shown", "Legal authority", width=0.24),
        Column("checked", "Checked against", emphasis="secondary", width=0.1),
        Column("start_shown", "Start", width=0.15),
    )
    return table_from_frame(
        frame,
        columns,
        key="other_programs",
        title=f"{sentence_start(cardinal(len(frame)))} programs of the field have no heading in Section IV",
        subtitle="Programs by purpose that the reports to Congress do not list: purpose, legal authority, what it was checked "
        "against, start",
        alt="Table of programs that Section IV does not list, with purpose, authority, verification and start.",
        note=joined(_MARK_NOTE, "The CSV file has agency, account, status and notes too."),
        sources=_reference(),
        group="category",
        csv=csv_text(frame.drop(columns=["order", "shown", "authority_shown", "checked", "start_shown"])),
    )  # fmt: skip


def _marked(frame: pd.DataFrame) -> pd.DataFrame:
    """Return programs with law and start as shown; a start that is not verified says so."""
    return frame.assign(
        authority_shown=frame["authority"].fillna("not established"),
        checked=frame["authority_verified"].map(_CHECKED),
        start_shown=[
            "not established"
            if pd.isna(start)
            else f"{start} ({NOT_VERIFIED})"
            if verified == NOT_VERIFIED
            else start
            for start, verified in zip(frame["start"], frame["start_verified"], strict=True)
        ],
    )


def _joined(code: object, words: object) -> str | None:
    """Return programs by their labels and what is known beyond them; None for nothing."""
    parts = [", ".join(label(each) for each in codes(code))] if codes(code) else []
    parts += [str(words)] if pd.notna(words) else []
    return ". ".join(parts) or None


def _reference() -> tuple[Source, ...]:
    return (Source(_WRITTEN),)
