"""How far participants are concentrated on few recipients."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import pandas as pd

from milaid.analysis.groups import totals
from milaid.analysis.other_countries import NONE_UNRANKED, Unranked
from milaid.errors import DataError

TOPS = (1, 5, 10, 20)
FEW_RECIPIENTS = 10
"""Recipients up to which the ten largest are all of them: the shares of the largest five and ten say nothing."""
HERFINDAHL_RULE = (
    "The Herfindahl index is the sum of the squared shares of all recipients, from near 0 (many recipients "
    "of equal size) to 1 (a single recipient)."
)


def concentration(trainings: pd.DataFrame, unranked: Unranked = NONE_UNRANKED) -> pd.DataFrame:
    """Return measures of concentration by fiscal year.

    In: fiscal_year, recipient, quantity, cost_usd. Out: fiscal_year, participants, recipients (with a
    participant), top_1_share, top_5_share, top_10_share, top_20_share (percent of the participants of the
    year; all recipients when there are fewer), herfindahl (0 to 1), largest_recipient (equal ones: the first
    by name), largest_participants, participants_without_largest. Shares and index are missing in a year
    without participants. Recipients ``unranked`` in a year count in it and are none of the largest.
    """
    frame = totals(trainings, ["fiscal_year", "recipient"])
    records = [
        _of_year(int(str(year)), rows, unranked.get(int(str(year)), ()))
        for year, rows in frame.groupby("fiscal_year", sort=True)
    ]
    columns = [
        "fiscal_year", "participants", "recipients", *[f"top_{n}_share" for n in TOPS], "herfindahl",
        "largest_recipient", "largest_participants", "participants_without_largest",
    ]  # fmt: skip
    counts = ["participants", "recipients", "largest_participants", "participants_without_largest"]
    return pd.DataFrame(records, columns=columns).astype(dict.fromkeys(counts, "Int64"))


def _of_year(fiscal_year: int, rows: pd.DataFrame, unranked: Collection[str]) -> tuple[object, ...]:
    each = zip(rows["recipient"].tolist(), rows["participants"].astype("int64").tolist(), strict=True)
    ordered = sorted(each, key=lambda one: (one[0] in unranked, -one[1], one[0]))
    name, largest = ordered[0]
    people = np.array([participants for _, participants in ordered])
    total = int(people.sum())
    tops = [100.0 * int(people[:n].sum()) / total if total else float("nan") for n in TOPS]
    index = float(((people / total) ** 2).sum()) if total else float("nan")
    return (fiscal_year, total, int((people > 0).sum()), *tops, index, name, largest, total - largest)


def with_and_without(trainings: pd.DataFrame, recipient: str) -> pd.DataFrame:
    """Return participants by fiscal year with and without one recipient.

    Out: fiscal_year, participants, recipient_participants (zero in a year that does not list the recipient),
    participants_without. Raises DataError when no row is of that recipient.
    """
    if not (trainings["recipient"] == recipient).any():
        raise DataError(f"no activity of recipient {recipient!r} among the {len(trainings)} rows given")
    everyone = trainings.groupby("fiscal_year")["quantity"].sum()
    own = trainings[trainings["recipient"] == recipient].groupby("fiscal_year")["quantity"].sum()
    frame = pd.DataFrame({"participants": everyone, "recipient_participants": own}).fillna(0).astype("Int64")
    frame["participants_without"] = frame["participants"] - frame["recipient_participants"]
    return frame.rename_axis("fiscal_year").reset_index()
