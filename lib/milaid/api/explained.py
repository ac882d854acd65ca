"""How the numbers of a report's exhibit came about: what it says of itself, the filters of its subject, and a query.

A query is made of the columns of an exhibit and tried: it is given only where it gives the same numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import pandas as pd

from milaid import fiscal
from milaid.analysis import courses, places
from milaid.analysis.arms import DELIVERED
from milaid.api.selection import condition, quote
from milaid.blocks.block import Block, Exhibit, How, explained
from milaid.blocks.text_form import plain
from milaid.exhibits.scope import PROGRAM, RECIPIENT, REGION, Scope
from milaid.exhibits.subject import Subject
from milaid.paths import data_dir
from milaid.tables import locations


@dataclass(frozen=True)
class _Table:
    """A table that numbers may be sums of: what it can be grouped by and what can be added up, each as SQL.

    ``scopes`` are the columns of a recipient, region or program, ``always`` what rows must be.
    """

    rows: str
    always: str
    scopes: dict[str, str]
    keys: dict[str, str]
    measures: dict[str, str]


_DEPARTMENT = "if(funder = 'not stated', usual, funder)"
_NAMED = (
    f"case {_DEPARTMENT} when 'DoS' then 'Department of State' when 'DoD' then 'Department of Defense' "
    "when 'DHS' then 'Department of Homeland Security' else 'Department not readable' end"
)
_PLACE = (
    f"case when in_united_states then {quote(places.UNITED_STATES)} when location_country = iso3 then "
    f"{quote(places.OWN_COUNTRY)} when location_country is not null then {quote(places.OTHER_COUNTRY)} "
    f"when location_status = '{locations.ONLINE}' then '{places.ONLINE}' "
    f"when location_status = '{locations.NOT_STATED}' then '{places.NOT_STATED}' else '{places.NOT_RECOGNISED}' end"
)
_DAYS = "date_diff('day', start_date, end_date) + 1"
_LENGTH = (
    f"case when start_date is null or end_date is null then '{courses.NO_DATES}' when {_DAYS} < 1 then "
    f"'{courses.END_BEFORE_START}' "
    + " ".join(f"when {_DAYS} <= {most} then '{name}'" for name, _, most in courses.LENGTH_CLASSES if most)
    + f" else '{courses.LENGTH_CLASSES[-1][0]}' end"
)
_TRAINING = _Table(
    "'data/trainings/*.parquet'",
    "status = 'actual'",
    {RECIPIENT: "recipient", REGION: "region_harmonised", PROGRAM: "program"},
    {
        "fiscal_year": "fiscal_year", "year": "'FY' || fiscal_year", "recipient": "recipient", "region": "region_harmonised",
        "program": "program", "name": "name", "department": _NAMED, "funder": _DEPARTMENT,
        "program_printed": "program_printed", "label": "label", "short_name": "short_name", "place": _PLACE, "length": _LENGTH, "institution": "institution", "iso3": "iso3",
    },
    {
        "participants": "sum(quantity)::bigint", "cost_usd": "sum(cost_usd)::bigint", "activities": "count(*)",
        "recipients": "count(distinct recipient) filter (quantity > 0)",
        "programs": "count(distinct program) filter (quantity > 0)",
        "training_cost_usd": "sum(cost_usd)::bigint", "total": "sum(quantity)::bigint",
        "cost_per_participant": "sum(cost_usd) / nullif(sum(quantity) filter (cost_usd > 0), 0)",
        "recipients_trained": "count(distinct recipient) filter (quantity > 0)",
    },
)  # fmt: skip
_SHORT = replace(_TRAINING, keys={"fiscal_year": "fiscal_year", "program": "short_name"})
_PROGRAMS = (
    "\njoin (select code as program, funder as usual, name, short_name, label from 'data/reference/programs.csv') "
    "using (program)"
)
_OF_PROGRAMS = re.compile(r"\b(usual|name|short_name|label)\b")
_AID_YEARS = {"fiscal_year": "fiscal_year", "year": "'FY' || fiscal_year"}
_BOTH = {
    "military_usd": "coalesce(sum(obligations_usd) filter (category = 'Military'), 0)::bigint",
    "economic_usd": "coalesce(sum(obligations_usd) filter (category = 'Economic'), 0)::bigint",
    "military_aid_usd": "coalesce(sum(obligations_usd) filter (category = 'Military'), 0)::bigint",
    "economic_aid_usd": "coalesce(sum(obligations_usd) filter (category = 'Economic'), 0)::bigint",
}
_AID_SCOPES = {RECIPIENT: "recipient_harmonised", REGION: "region_harmonised"}
_AID_KEYS = {**_AID_YEARS, "recipient": "recipient_harmonised", "region": "region_harmonised"}
_AID = _Table("'data/aid.parquet'", "period = 'year'", _AID_SCOPES, _AID_KEYS, _BOTH)
_ACCOUNT = replace(
    _AID,
    always="period = 'year' and account_code = 'IMET'",
    measures={"obligations_usd": "sum(obligations_usd)::bigint"},
)
_PART = (
    "case when publication_row = 'Foreign Military Financing' then publication_row when account_code = 'ASFF' then "
    "'Afghanistan Security Forces Fund' when account_code = 'PKO' then 'Peacekeeping Operations' when account_code = 'IMET' "
    "then 'IMET' else 'Other military' end"
)
_ACCOUNTS = _Table(
    "'data/aid.parquet'\nleft join (select printed as account, name from 'data/reference/aid_accounts.csv') using (account)",
    "period = 'year' and category = 'Military'",
    _AID_SCOPES,
    {**_AID_YEARS, "part": _PART, "account": "coalesce(name, account)"},
    {"obligations_usd": "sum(obligations_usd)::bigint"},
)
_AGREEMENTS = _Table(
    "(select *, max(edition_fiscal_year) over (partition by first_fiscal_year, last_fiscal_year) as newest\n"
    "  from 'data/arms_sales.parquet')",
    "fiscal_year is not null and edition_fiscal_year = newest",
    _AID_SCOPES,
    _AID_KEYS,
    {
        name: f"sum({name})::bigint"
        for name in ("fms_agreements_usd", "fmf_funded_agreements_usd", "total_agreements_usd")
    },
)
_GIVEN = f"filter (status = {quote(DELIVERED)})"
_EXCESS = _Table(
    "'data/excess_defense_articles.parquet'",
    "true",
    _AID_SCOPES,
    {**_AID_KEYS, "transfer_authority": "transfer_authority"},
    {
        "requested_items": "count(*)",
        "delivered_items": f"count(*) {_GIVEN}",
        "acquisition_value_usd": f"coalesce(sum(acquisition_value_usd) {_GIVEN}, 0)::bigint",
        "current_value_usd": f"coalesce(sum(current_value_usd) {_GIVEN}, 0)::bigint",
    },
)
_TABLES = (_TRAINING, _SHORT, _AID, _ACCOUNT, _ACCOUNTS, _AGREEMENTS, _EXCESS)


def explanation(block: Block, subject: object) -> How:
    """Return how the numbers of a block of a subject came about; the query is one that gives them, tried here."""
    own = explained(block)
    said = replace(own, counted=plain(own.counted))
    if not isinstance(subject, Subject):
        return said
    filters = [("report year", fiscal.label(subject.fiscal_year))]
    if not subject.scope.is_world:
        filters.insert(0, (subject.scope.kind, subject.scope.name))
    said = replace(said, filters=tuple(filters))
    if not isinstance(block, Exhibit):
        return said
    frame = block.frame
    return next(
        (
            tried
            for query in _queries(frame, subject)
            if _gives(tried := replace(said, query=query, answer=ask), frame)
        ),
        said,
    )


def _queries(frame: pd.DataFrame, subject: Subject) -> Iterator[str]:
    """Yield the queries whose columns an exhibit has, those that give most of them first."""
    found = []
    for table, keys in _grouped(frame):
        measures = [name for name in table.measures if name in frame.columns]
        where = _where(table, subject.scope)
        by_year = {"fiscal_year", "year"} & set(keys)
        years = None if by_year else (subject.fiscal_year,)
        limits = " and ".join([table.always, *([where] if where else []), condition({}, years)]).removesuffix(
            " and true"
        )
        found.append((len(measures), _query(table, keys, measures, limits)))
        found += [(1, _query(table, keys, [name], limits)) for name in measures if len(measures) > 1]
    yield from (query for _, query in sorted(found, key=lambda each: -each[0]))


def _grouped(frame: pd.DataFrame) -> Iterator[tuple[_Table, tuple[str, ...]]]:
    """Yield the tables with what tells the rows of an exhibit apart; a name may mean something else there."""
    for table in _TABLES:
        there = [name for name in table.keys if name in frame.columns]
        if not any(name in frame.columns for name in table.measures):
            continue
        for size in range(len(there), max(len(there) - 3, 0), -1):
            for keys in combinations(there, size):
                if not frame.duplicated(list(keys)).any():
                    yield table, keys


def _where(table: _Table, scope: Scope) -> str:
    """Return the condition of a scope, "" for the world, and for a program among tables that know none."""
    column = table.scopes.get(scope.kind)
    return f"{column} = {quote(scope.value)}" if column else ""


def _query(table: _Table, keys: Sequence[str], measures: Sequence[str], where: str) -> str:
    columns = [f"{table.keys[key]} as {key}" if table.keys[key] != key else key for key in keys]
    columns += [f"{table.measures[name]} as {name}" for name in measures]
    numbered = ", ".join(str(place) for place in range(1, len(keys) + 1))
    named = any(_OF_PROGRAMS.search(table.keys[key]) for key in keys) and "trainings" in table.rows
    rows = f"{table.rows}{_PROGRAMS if named else ''}"
    return f"select {', '.join(columns)}\nfrom {rows}\nwhere {where}\ngroup by {numbered} order by {numbered}"


def ask(query: str) -> pd.DataFrame:
    """Return what a query over the files of data/ gives."""
    import duckdb

    with duckdb.connect() as connection:
        connection.execute(f"set file_search_path = {quote(data_dir().parent.as_posix())}")
        return connection.execute(query).df()


def _gives(how: How, frame: pd.DataFrame) -> bool:
    """Return whether a query gives the numbers of an exhibit, its keys and measures those of the query."""
    given = how.run()
    keys = [name for name in given.columns if name in _KEYS]
    return _agree(given, frame, keys, [name for name in given.columns if name not in _KEYS])


def gives(how: How, frame: pd.DataFrame, keys: Sequence[str], measures: Sequence[str]) -> bool:
    """Return whether a query gives the measures of a frame for its keys; those that follow from these are left out."""
    given = how.run()
    added = [name for name in measures if name in given.columns]
    return bool(keys and added) and {*keys} <= set(given.columns) and _agree(given, frame, keys, added)


def _agree(given: pd.DataFrame, frame: pd.DataFrame, keys: Sequence[str], measures: Sequence[str]) -> bool:
    """Return whether two frames agree in all rows that are no sum of others, and that these are most rows."""
    keys = list(keys)
    if given.duplicated(keys).any() or frame.duplicated(keys).any():
        return False
    given[keys] = given[keys].astype("str")
    both = (
        frame[[*keys, *measures]]
        .astype(dict.fromkeys(keys, "str"))
        .merge(given, on=keys, how="left", suffixes=("", "_given"), indicator="_in")
    )
    alone = both["_in"] == "left_only"
    # A zero that stands for no row at all is no row of the query, nor is the sum of all that are not shown.
    zero = alone & both[measures].fillna(0).eq(0).all(axis=1)
    rest = alone & both[keys].apply(lambda names: names.str.match(_REST)).any(axis=1)
    both = both[~zero & ~rest]
    if both.empty or (both["_in"] != "both").any() or (rest & ~zero).sum() * 3 > len(frame):
        return False
    return all(_same(both[name], both[f"{name}_given"]) for name in measures)


_REST = r"(All o|O)ther"
"""Begins the name of a row that stands for all that are not shown."""
_KEYS = {name for table in _TABLES for name in table.keys}


def _same(shown: pd.Series, given: pd.Series) -> bool:
    numbers = [pd.to_numeric(values, errors="coerce").astype("Float64") for values in (shown, given)]
    here, there = (values.fillna(0.0) for values in numbers)
    return bool((here - there).abs().le(1e-6 * there.abs().clip(lower=1.0)).all())
