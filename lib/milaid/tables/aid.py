"""What the reference tables say of the rows on aid: recipients, regions, short codes of accounts."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from milaid.errors import DataError, list_problems
from milaid.tables import names, store


def with_reference(aid: pd.DataFrame) -> pd.DataFrame:
    """Return rows of the Greenbook with account_code and the columns of :func:`with_recipients`.

    Raises one DataError with every recipient and account that the reference tables do not know, and the nearest
    spellings.
    """
    return harmonised(aid, store.load_aid_recipients(), store.load_aid_accounts())


def with_recipients(totals: pd.DataFrame) -> pd.DataFrame:
    """Return rows with iso3, recipient_harmonised, recipient_kind and region_harmonised of their ``country``.

    Raises one DataError with every name that aid_recipients.csv does not have, and the nearest spellings.
    """
    recipients = store.load_aid_recipients()
    _require_known([unknown(totals["country"], recipients["printed"], "country", "aid_recipients.csv")])
    return named(totals, recipients, "country")


def harmonised(aid: pd.DataFrame, recipients: pd.DataFrame, accounts: pd.DataFrame) -> pd.DataFrame:
    """Return what :func:`with_reference` returns, with reference tables that are given.

    In: ``recipient`` and ``account`` as printed; ``schemas_aid.AID_RECIPIENTS`` and ``schemas_aid.AID_ACCOUNTS``.
    """
    _require_known(
        [
            unknown(aid["recipient"], recipients["printed"], "recipient", "aid_recipients.csv"),
            unknown(aid["account"], accounts["printed"], "account", "aid_accounts.csv"),
        ]
    )
    codes = accounts.set_index("printed")["code"]
    return named(aid, recipients, "recipient").assign(account_code=aid["account"].map(codes))


def named(frame: pd.DataFrame, recipients: pd.DataFrame, column: str) -> pd.DataFrame:
    """Return rows with what ``recipients`` says of the printed name in ``column``; missing for names it lacks."""
    known = recipients.set_index("printed")
    return frame.assign(
        iso3=frame[column].map(known["iso3"]),
        recipient_harmonised=frame[column].map(known["recipient"]),
        recipient_kind=frame[column].map(known["kind"]),
        region_harmonised=frame[column].map(known["region"]),
    )


def unknown(printed: Iterable[str], known: Iterable[str], kind: str, table: str) -> list[str]:
    """Return a sentence for each printed name that is not known, with the nearest spellings."""
    spellings = set(known)
    problems = []
    for name in sorted(set(printed) - spellings):
        near = names.listed(names.nearest(name, spellings))
        problems.append(f"{kind} «{name}» is not in {table}; {near}")
    return problems


def _require_known(found: Iterable[list[str]]) -> None:
    problems = [problem for some in found for problem in some]
    if problems:
        raise DataError(
            list_problems(
                "Names in the files on aid that the reference tables do not know:",
                problems,
                "Add each to the reference table named, with what it stands for. data/ was left as it was.",
            )
        )


def without_aggregates(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the lines of a World Bank file that are a country or territory: those of groups are left out."""
    groups = store.load_world_bank_aggregates()["code"]
    return frame[~frame["iso3"].isin(groups)].reset_index(drop=True)
