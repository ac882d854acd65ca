"""Arms: agreements, excess articles and offers told to Congress, which are never added."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from milaid.analysis import arms as measures
from milaid.analysis import notifications
from milaid.api.asked import Door, Names, Years
from milaid.api.selection import condition, marked
from milaid.blocks.block import Source
from milaid.errors import RequestError
from milaid.exhibits import other_sources
from milaid.exhibits.arms.notifications import SOURCE
from milaid.tables import store
from milaid.tables.schemas_notifications import NOT_NAMED

AGREEMENTS, EXCESS, NOTIFICATIONS = KINDS = ("agreements", "excess", "notifications")


def arms(
    country: Names = None, *, years: Years = None, kind: str = "agreements", region: Names = None
) -> pd.DataFrame:
    """Return agreements of Foreign Military Sales, or excess defense articles (``kind="excess"``), by fiscal year and recipient;
    or the offers told to Congress that ``milaid data add-notifications`` has added (``kind="notifications"``), a row a transmittal.

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
    of = _OF.get(kind, _OF[AGREEMENTS])
    frame = of.rows()
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
    return marked(
        frame.reset_index(drop=True),
        counted=of.rule,
        filters={"kind": kind, **asked.filters},
        sources=(of.source(),),
        said=asked.said,
        query=of.query.format(where=where),
    )


def _notified() -> pd.DataFrame:
    """Return the offers that count; RequestError where no notice was added."""
    table = store.load_arms_notifications()
    if table.empty:
        raise RequestError(
            "m.arms: kind: no notice of an arms sale was added; milaid data add-notifications --download --from 2005 adds them"
        )
    shown = notifications.current(table)
    return shown.drop(columns=["region_harmonised", "recipient_harmonised"]).assign(
        region=shown["region_harmonised"]
    )


@dataclass(frozen=True)
class _Kind:
    """What a kind of arms is made of: rows with recipient and region, the rule of counting, source and query."""

    rows: Callable[[], pd.DataFrame]
    rule: str
    source: Callable[[], Source]
    query: str


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
_NOTIFICATIONS = f"""select * exclude (replaced_by, recipient_harmonised, region_harmonised),
  coalesce(recipient_harmonised, purchaser) as recipient, training <> '{NOT_NAMED}' as names_training, region_harmonised as region
from 'data/arms_notifications.parquet'
where replaced_by is null and {{where}}
order by delivered desc, transmittal"""
_OF = {
    AGREEMENTS: _Kind(
        lambda: measures.agreements(store.load_arms_sales()),
        f"{measures.AGREEMENTS_RULE} {measures.BLOCK_RULE}",
        lambda: other_sources.cite(other_sources.SALES_BOOK),
        _AGREEMENTS,
    ),
    EXCESS: _Kind(
        lambda: measures.excess_articles(store.load_excess_defense_articles()),
        measures.EXCESS_RULE,
        lambda: other_sources.cite(other_sources.EXCESS_REPORT),
        _EXCESS,
    ),
    NOTIFICATIONS: _Kind(
        _notified,
        f"{notifications.OFFERS_RULE} {notifications.TRAINING_RULE} {notifications.REPLACED_RULE}",
        lambda: SOURCE,
        _NOTIFICATIONS,
    ),
}
