"""Offers of arms sales told to Congress: those that count, by year. No offer is added to an agreement or a delivery."""

from __future__ import annotations

import pandas as pd

from milaid.tables.schemas_notifications import NOT_NAMED, OFFER

OFFERS_RULE = (
    "An offer is told to Congress before it is made: it is no agreement and no delivery, many never become one, and its value is a "
    "ceiling. Offers are in no sum with agreements, deliveries, licences or donated articles."
)
TRAINING_RULE = (
    "Training is named where the description of what is offered does: first where it stands in its first words, up to a comma or "
    "stop. How much of the value is training, notices do not say."
)
REPLACED_RULE = "A transmittal that was corrected counts as corrected; an enhancement refers to an earlier offer and is none of its own."


def current(notifications: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that count, newest first: texts that another one replaces are left out.

    In: ``schemas_notifications.ARMS_NOTIFICATIONS``. Out: its columns without replaced_by, recipient (display name, as printed
    for a purchaser that is not known), names_training (bool).
    """
    rows = notifications[notifications["replaced_by"].isna()].drop(columns="replaced_by")
    rows = rows.assign(
        recipient=rows["recipient_harmonised"].fillna(rows["purchaser"]),
        names_training=rows["training"] != NOT_NAMED,
    )
    return rows.sort_values(["delivered", "transmittal"], ascending=[False, True], ignore_index=True)


def offers_by_year(notifications: pd.DataFrame) -> pd.DataFrame:
    """Return the new offers by fiscal year in which they were told, ascending.

    Out: fiscal_year, offers, total_value_usd (Int64, current US dollars), offers_with_training, training_value_usd (the whole
    value of the offers that name training). Enhancements are left out: they repeat an offer. Rule: :data:`OFFERS_RULE`.
    """
    rows = current(notifications)
    rows = rows[rows["kind"] == OFFER]
    trained = rows["names_training"]
    rows = rows.assign(training_value_usd=rows["total_value_usd"].where(trained, 0))
    grouped = rows.groupby("fiscal_year", sort=True)
    frame = grouped.agg(
        offers=("transmittal", "size"),
        total_value_usd=("total_value_usd", "sum"),
        offers_with_training=("names_training", "sum"),
        training_value_usd=("training_value_usd", "sum"),
    ).reset_index()
    return frame.astype({name: "Int64" for name in frame.columns if name != "fiscal_year"}).astype(
        {"fiscal_year": "int64"}
    )
