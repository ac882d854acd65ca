"""The tables that the explorer holds: every activity that was done, aid, agreements, donated articles, and people."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import Any

import pandas as pd

from milaid.analysis.arms import DELIVERED, agreements
from milaid.analysis.obligations import years_only
from milaid.publish.explore.packing import Packing
from milaid.tables import store, subjects
from milaid.tables.recipient_codes import alphabetical, recipient_code

DAY_ZERO = pd.Timestamp("1970-01-01")
"""Days are counted from here."""

_ACTIVITY_GROUPS = {
    "source": ("document", "edition", "fiscal_year", "region"),
    "recipient": ("recipient", "country", "recipient_kind", "iso3", "region_harmonised"),
    "program": ("program", "program_printed", "funder"),
    "unit": ("student_unit", "student_unit_clean"),
    "course": ("course_title",),
    "where": (
        "location", "place", "us_state", "location_country", "in_united_states", "online", "location_status",
    ),
    "institution": ("institution",),
    "us_unit": ("us_unit",),
    "printed_page": ("printed_page",),
    "cost_form": ("cost_form",),
    "derived": ("derived",),
}  # fmt: skip
_ACTIVITY_NUMBERS = (
    "section", "page", "row_on_page", "quantity", "cost_usd", "start_date", "end_date",
)  # fmt: skip
_WHOSE = ("recipient", "recipient_kind", "iso3", "region_harmonised")
_AID_GROUPS = {
    "recipient": (*_WHOSE, "recipient_printed"),
    "account": ("category", "account", "account_code", "agency"),
}
_AID_NUMBERS = ("fiscal_year", "obligations_usd", "obligations_usd_constant", "sheet_row")
_AMOUNTS = ("fms_agreements_usd", "fmf_funded_agreements_usd", "total_agreements_usd")
_AT_ONCE = 20_000
SEPARATED, PLAIN = "$,", ""
"""How a cost is printed: as $1,234, as 1234, or in words of its own."""


def activities() -> pd.DataFrame:
    """Return recipient and fiscal_year of the activities, as the file has them."""
    return store.columns_of_activities("recipient", "fiscal_year")


def pack(packing: Packing, first: int) -> None:
    """Put all tables into ``packing``; ``first`` is the first fiscal year of activities, and of what stands beside them."""
    packing.table("trainings", Activities(), _ACTIVITY_GROUPS, _ACTIVITY_NUMBERS)
    packing.table(
        "aid", _aid(first, (*chain(*_AID_GROUPS.values()), *_AID_NUMBERS)), _AID_GROUPS, _AID_NUMBERS
    )
    sales = agreements(store.load_arms_sales()).rename(
        columns={"kind": "recipient_kind", "region": "region_harmonised"}
    )
    packing.table(
        "arms",
        sales[sales["fiscal_year"] >= first],
        {"recipient": _WHOSE},
        ("fiscal_year", *_AMOUNTS, "page"),
    )
    packing.table(
        "excess",
        _excess(first),
        {"recipient": _WHOSE, "item": ("item",)},
        ("fiscal_year", "current_value_usd", "quantity_delivered", "file_row"),
    )


class Activities:
    """The activities that were done, in the order of the tables, read column by column: all at once take half a gigabyte.

    Days are numbers from :data:`DAY_ZERO`. There is one column more, cost_form: :data:`SEPARATED`, :data:`PLAIN` or what is
    printed where it is neither.
    """

    def __init__(self) -> None:
        self._read = store.column_reader()
        self._length = len(self._read("fiscal_year"))

    def __len__(self) -> int:
        return self._length

    def __getitem__(self, name: str) -> pd.Series:
        if name == "cost_form":
            return _cost_form(self._read("cost_usd"), self._read("cost_printed"))
        column = self._read(name)
        if name in ("start_date", "end_date"):
            return (column - DAY_ZERO).dt.days.astype("Int64")
        return column


def _cost_form(cost: pd.Series, printed: pd.Series) -> pd.Series:
    # Part by part: the texts that costs are compared with take fifty times the room of the result.
    parts = [slice(first, first + _AT_ONCE) for first in range(0, len(cost), _AT_ONCE)]
    return pd.concat([_form_of(cost.iloc[part], printed.iloc[part]) for part in parts])


def _form_of(cost: pd.Series, printed: pd.Series) -> pd.Series:
    cost, printed = cost.astype("Int64"), printed.astype("object")
    plain = cost.astype("str")
    separated = "$" + cost.map("{:,}".format, na_action="ignore").astype("str")
    return printed.mask(printed == plain, PLAIN).mask(printed == separated, SEPARATED)


def _aid(first: int, columns: Iterable[str]) -> pd.DataFrame:
    """Return aid of fiscal years from ``first`` on with these columns."""
    named = {"recipient": "recipient_printed", "recipient_harmonised": "recipient"}
    table = store.load_aid().rename(columns=named)
    # Texts are copied with their rows: only those that are wanted.
    years = years_only(table[["period", "fiscal_year"]])
    rows = years.index[years["fiscal_year"] >= first]
    return table[[*columns]].loc[rows].reset_index(drop=True)


def _excess(first: int) -> pd.DataFrame:
    table = store.load_excess_defense_articles()
    table = table[(table["status"] == DELIVERED) & (table["fiscal_year"] >= first)].reset_index(drop=True)
    return table.drop(columns="recipient").rename(columns={"recipient_harmonised": "recipient"})


def recipients(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """Return what is known of each recipient of activities and aid, by name: name, code, iso3, kind, region.

    ``trained`` says whether an activity of it is listed; ``rows`` are the activities.
    """
    trained = set(rows["recipient"])
    found = {
        each.name: {
            "name": each.name, "code": each.code, "iso3": each.iso3, "kind": each.recipient_kind, "region": each.region,
            "trained": 1,
        }
        for each in subjects.recipients()
        if each.name in trained
    }  # fmt: skip
    others = (
        _aid(int(rows["fiscal_year"].min()), _WHOSE),
        agreements(store.load_arms_sales()).rename(
            columns={"kind": "recipient_kind", "region": "region_harmonised"}
        ),
        _excess(0),
    )
    for frame in others:
        for name, kind, iso3, region in (
            frame[list(_WHOSE)].drop_duplicates().astype("object").itertuples(index=False, name=None)
        ):
            iso3 = None if pd.isna(iso3) else iso3
            found.setdefault(
                name,
                {
                    "name": name, "code": recipient_code(name, iso3, kind), "iso3": iso3 or "", "kind": kind,
                    "region": "" if pd.isna(region) else region, "trained": 0,
                },
            )  # fmt: skip
    return [found[name] for name in sorted(found, key=alphabetical)]


def population(names: list[dict[str, Any]], first: int) -> dict[str, dict[str, int]]:
    """Return people by ISO code and calendar year from ``first`` on, of recipients that are no former state."""
    wanted = {each["iso3"] for each in names if each["iso3"] and each["kind"] != "former state"}
    people = store.load_population()
    people = people[people["iso3"].isin(wanted) & (people["year"] >= first)].dropna()
    return {
        str(iso3): {
            str(year): int(count) for year, count in zip(part["year"], part["population"], strict=True)
        }
        for iso3, part in people.groupby("iso3")
    }
