"""The aid beside a report on few participants, as one table of years."""

from __future__ import annotations

import pandas as pd

from milaid import fiscal
from milaid.analysis.aid import ZERO_RULE
from milaid.analysis.amount_years import with_sums_to_date
from milaid.blocks import numbers
from milaid.blocks.block import Column, Table, csv_text
from milaid.exhibits.aid import greenbook, imet, military_economic
from milaid.exhibits.scope import PROGRAM
from milaid.exhibits.subject import Subject, joined
from milaid.exhibits.tables import table_from_frame

KEY = "aid_years"


def years_table(subject: Subject) -> Table | None:
    """Return military and economic aid and IMET by fiscal year where participants are few; nothing without a line of aid.

    The years are those of the charts over the years.
    """
    if not subject.is_small or subject.scope.kind == PROGRAM:
        return None
    frame = _years(subject)
    if frame.empty:
        return None
    span = fiscal.span(int(frame["fiscal_year"].min()), int(frame["fiscal_year"].max()))
    columns = (
        Column("year", "Fiscal year"),
        Column("military_usd", "Military aid, USD", "usd", emphasis="main"),
        Column("imet_usd", "Of it IMET, USD", "usd"),
        Column("economic_usd", "Economic aid, USD", "usd"),
    )
    military, economic = (int(frame[f"{kind}_usd"].sum()) for kind in ("military", "economic"))
    return table_from_frame(
        frame,
        columns,
        key=KEY,
        title=f"Aid of {span}: {numbers.dollars(military)} military, {numbers.dollars(economic)} economic",
        subtitle=f"Obligations of military and economic aid by fiscal year, {subject.scope.subtitle}, current US dollars",
        alt="Table of military aid, IMET as a part of it, and economic aid by fiscal year.",
        note=joined(
            greenbook.OBLIGATIONS_RULE,
            "IMET: the account International Military Education and Training. Years without a line are left out.",
            ZERO_RULE,
        ),
        sources=(greenbook.source(subject, int(frame["fiscal_year"].min()), int(frame["fiscal_year"].max())),),
        csv=csv_text(
            with_sums_to_date(frame, "military_usd", "economic_usd")[
                [
                    "fiscal_year", "military_usd", "imet_usd", "economic_usd", "military_usd_to_date",
                    "economic_usd_to_date",
                ]
            ]
        ),
    )  # fmt: skip


def _years(subject: Subject) -> pd.DataFrame:
    """Return the years of the window that have a line of aid, with the obligations of the account IMET."""
    if subject.aid.empty:
        return pd.DataFrame(columns=["fiscal_year"])
    frame = military_economic.years(subject)
    frame = frame[frame["fiscal_year"].isin(greenbook.window(subject))]
    frame = frame[frame[["military_usd", "economic_usd"]].notna().any(axis=1)]
    rows = subject.aid[subject.aid["account_code"] == imet.CODE]
    paid = rows.groupby("fiscal_year")["obligations_usd"].sum()
    return frame.assign(
        year=frame["fiscal_year"].map(fiscal.label),
        imet_usd=frame["fiscal_year"].map(paid).astype("Int64"),
    ).reset_index(drop=True)
