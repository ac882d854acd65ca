"""ForeignAssistance.gov: all aid by country and fiscal year, and the complete file with every transaction."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from milaid.errors import SourceError, list_problems
from milaid.sources.greenbook import TRANSITION_QUARTER, YEAR

TRANSITION_YEAR = "1976tq"
"""How the publisher writes the transition quarter, July to September 1976."""

SAME_DOLLARS = 0.0001
"""Share by which constant dollars may differ from current ones in their base year: each is rounded by itself."""

_NAMES = {
    "Fiscal Year": "fiscal_year",
    "Country Code": "country_code",
    "Country Name": "country",
    "Region Name": "region",
    "Transaction Type Name": "transaction_type",
    "current_amount": "amount_usd",
    "constant_amount": "amount_usd_constant",
}
_AMOUNTS = ("amount_usd", "amount_usd_constant")
_NOTHING = "NULL"
_PATTERNS = {
    "fiscal_year": re.compile(rf"(19|20)\d\d|{TRANSITION_YEAR}"),
    "amount_usd": re.compile(r"-?\d+"),
    "amount_usd_constant": re.compile(r"-?\d+"),
}


def read_country_totals(path: Path) -> pd.DataFrame:
    """Return the country summary: one row a country, fiscal year and type of transaction.

    Columns: fiscal_year, period, partial (the last fiscal year of the file, to which the publisher still adds),
    country_code (missing for some former states), country, region, transaction_type (text as printed),
    amount_usd and amount_usd_constant (whole US dollars, current and of constant_base_fiscal_year, which plans and
    requests have another than obligations). Raises SourceError with every
    missing column, or every cell that holds no value of its kind.
    """
    read = _read(path)
    transition = read["fiscal_year"] == TRANSITION_YEAR
    years = read["fiscal_year"].str[:4].astype("int16")
    frame = pd.DataFrame(
        {
            "fiscal_year": years,
            "period": transition.map({False: YEAR, True: TRANSITION_QUARTER}),
            "partial": years == years.max(),
            "country_code": read["country_code"].where(read["country_code"] != _NOTHING),
            **{name: read[name] for name in ("country", "region", "transaction_type")},
            **{name: read[name].astype("int64") for name in _AMOUNTS},
        }
    )
    frame["constant_base_fiscal_year"] = frame["transaction_type"].map(base_years(frame)).astype("Int16")
    return frame.sort_values(["fiscal_year", "period", "country", "transaction_type"], ignore_index=True)


def base_years(frame: pd.DataFrame) -> dict[str, int]:
    """Return for each type of transaction the fiscal year whose constant dollars are the current ones, if just one."""
    change = (frame["amount_usd"] - frame["amount_usd_constant"]).abs()
    size = frame["amount_usd"].abs()
    keys = [frame["transaction_type"], frame["fiscal_year"]]
    share = change.groupby(keys).sum() / size.groupby(keys).sum()
    found = share[share <= SAME_DOLLARS].reset_index()
    single = found[~found["transaction_type"].duplicated(keep=False)]
    return dict(zip(single["transaction_type"], single["fiscal_year"], strict=True))


def _read(path: Path) -> pd.DataFrame:
    advice = "Download it again from its official address."
    try:
        raw = pd.read_csv(path, dtype="str", keep_default_na=False, encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        raise SourceError(
            f"{path}: cannot be read as the country file of ForeignAssistance.gov: {error}"
        ) from error
    if missing := [name for name in _NAMES if name not in raw.columns]:
        raise SourceError(
            f"{path}: not the country file of ForeignAssistance.gov: no column {', '.join(missing)}; "
            f"found: {', '.join(map(str, raw.columns))}. {advice}"
        )
    read = raw.rename(columns=_NAMES)[list(_NAMES.values())]
    problems = [] if len(read) else ["no row below the names of the columns"]
    for name in _NAMES.values():
        pattern = _PATTERNS.get(name)
        wrong = ~read[name].str.fullmatch(pattern) if pattern else read[name] == ""
        problems += [f"row {place + 2}, {name}: «{value}»" for place, value in read.loc[wrong, name].items()]
    if problems:
        raise SourceError(list_problems(f"{path}: cells that hold no value of their kind:", problems, advice))
    return read
