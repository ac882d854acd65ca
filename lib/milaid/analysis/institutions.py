"""The institutions that train most participants."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from milaid.analysis.groups import of_year, percent_of, totals

INSTITUTIONS_RULE = (
    "Institutions are schools, colleges, academies and training centers, named from the US unit as printed or, "
    "where that names none, from the training location, with a table of names and abbreviations. A base, a "
    "town or a unit is no institution. Activities that name no institution of that table are left out and counted."
)


@dataclass(frozen=True)
class InstitutionTotals:
    """Institutions by participants (``frame``), and how many participants name one and how many none."""

    frame: pd.DataFrame
    identified: int
    unidentified: int

    @property
    def everyone(self) -> int:
        """All participants of the year."""
        return self.identified + self.unidentified

    @property
    def identified_share(self) -> float:
        """Participants with a known institution, in percent of all; 0 without participants."""
        return 100.0 * self.identified / self.everyone if self.everyone else 0.0


def institution_totals(
    trainings: pd.DataFrame, institutions: pd.DataFrame, fiscal_year: int, n: int | None = None
) -> InstitutionTotals:
    """Return the institutions of one fiscal year with most participants.

    In: institutions as ``schemas.INSTITUTIONS``. Out, most participants first, equal ones by name: institution,
    place, us_state and country (ISO3) of its seat, participants, activities, recipients (with a participant),
    share (percent of all participants of the year).
    """
    rows = of_year(trainings, fiscal_year)[["institution", "quantity", "cost_usd", "recipient"]]
    everyone = int(rows["quantity"].sum())
    rows = rows.dropna(subset=["institution"])
    seats = institutions[["institution", "place", "us_state", "country"]]
    frame = totals(rows, ["institution"]).merge(seats, on="institution", how="left")
    frame["share"] = percent_of(frame["participants"], everyone)
    identified = int(frame["participants"].sum())
    frame = frame.sort_values(["participants", "institution"], ascending=[False, True]).reset_index(drop=True)
    columns = [*seats.columns, "participants", "activities", "recipients", "share"]
    frame = frame[columns] if n is None else frame[columns].head(n)
    return InstitutionTotals(frame, identified, everyone - identified)
