"""Arms: agreements and excess articles, which are never added."""

from __future__ import annotations

import pandas as pd

from milaid.analysis import arms as measures
from milaid.api.asked import Door, Names, Years
from milaid.api.selection import condition, marked
from milaid.exhibits import other_sources
from milaid.tables import store

KINDS = ("agreements", "excess")


def arms(
    country: Names = None, *, years: Years = None, kind: str = "agreements", region: Names = None
) -> pd.DataFrame:
    """Return agreements of Foreign Military Sales, or excess defense articles (``kind="excess"``), by fiscal year and recipient.

    Agreements: fiscal_year, recipient, iso3, kind, region, fms_agreements_usd, fmf_funded_agreements_usd,
    total_agreements_usd, page of the book. The book gives FY1950 to FY2019 in one sum, which is left out. Excess articles:
    transfer_authority, requested_items, delivered_items, acquisition_value_usd, current_value_usd of what was delivered.

    >>> import milaid as m
    >>> m.arms("Saudi Arabia", years=2020)["total_agreements_usd"].to_list()
    [1175239148]
    >>> m.arms("Mali", kind="excess")[["fiscal_year", "delivered_items"]].values.tolist()
    [[2010, 5]]
    """
    door = Door("m.arms")
    door.one_of("kind", kind, KINDS)
    agreements = kind != "excess"
    table = store.load_arms_sales() if agreements else store.load_excess_defense_articles()
    frame = measures.agreements(table) if agreements else measures.excess_articles(table)
    door.recipient_of(country, "recipient_harmonised", frame["recipient"].unique())
    door.region(region)
    door.years(years, frame["fiscal_year"].unique())
    asked = door.close()
    columns = {"recipient_harmonised": "recipient", "region_harmonised": "region"}
    for name, values in asked.where.items():
        frame = frame[frame[columns[name]].isin(values)]
    if asked.years is not None:
        frame = frame[frame["fiscal_year"].isin(asked.years)]
    where = condition(asked.where, asked.years)
    rule = f"{measures.AGREEMENTS_RULE} {measures.BLOCK_RULE}" if agreements else measures.EXCESS_RULE
    return marked(
        frame.reset_index(drop=True),
        counted=rule,
        filters={"kind": kind, **asked.filters},
        sources=(
            other_sources.cite(other_sources.SALES_BOOK if agreements else other_sources.EXCESS_REPORT),
        ),
        said=asked.said,
        query=_AGREEMENTS.format(where=where) if agreements else _EXCESS.format(where=where),
    )


_AGREEMENTS = """select fiscal_year, recipient_harmonised as recipient, sum(fms_agreements_usd)::bigint as fms_agreements_usd,
  sum(fmf_funded_agreements_usd)::bigint as fmf_funded_agreements_usd,
  sum(total_agreements_usd)::bigint as total_agreements_usd
from (select *, max(edition_fiscal_year) over (partition by first_fiscal_year, last_fiscal_year) as newest
  from 'data/arms_sales.parquet')
where fiscal_year is not null and edition_fiscal_year = newest and {where}
group by 1, 2 order by 1, 2"""
_EXCESS = f"""select fiscal_year, recipient_harmonised as recipient, transfer_authority, count(*) as requested_items,
  count(*) filter (status = '{measures.DELIVERED}') as delivered_items,
  (sum(acquisition_value_usd) filter (status = '{measures.DELIVERED}'))::bigint as acquisition_value_usd,
  (sum(current_value_usd) filter (status = '{measures.DELIVERED}'))::bigint as current_value_usd
from 'data/excess_defense_articles.parquet'
where {{where}}
group by 1, 2, 3 order by 1, 2, 3"""
