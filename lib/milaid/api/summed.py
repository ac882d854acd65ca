"""What the numbers of exhibits may be sums of: the tables of data/, what groups them and what is added up, as SQL.

Which of them gives the numbers of an exhibit, :mod:`milaid.api.explained` tries.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from milaid.analysis import aid, courses, places
from milaid.analysis.arms import DELIVERED
from milaid.api.selection import quote
from milaid.exhibits.comparison.subject import Comparison
from milaid.exhibits.scope import PROGRAM, RECIPIENT, REGION
from milaid.exhibits.subject import Subject
from milaid.tables import locations


@dataclass(frozen=True)
class Summed:
    """A table that numbers may be sums of: what it can be grouped by and what can be added up, each as SQL.

    ``scopes`` are the columns of a recipient, region or program, ``always`` what rows must be. Where ``rows`` say
    ``{where}``, the condition stands there.
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
_TRAINING = Summed(
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
PROGRAMS = (
    "\njoin (select code as program, funder as usual, name, short_name, label from 'data/reference/programs.csv') "
    "using (program)"
)
OF_PROGRAMS = re.compile(r"\b(usual|name|short_name|label)\b")
_AID_YEARS = {"fiscal_year": "fiscal_year", "year": "'FY' || fiscal_year"}
_BOTH = {
    "military_usd": "coalesce(sum(obligations_usd) filter (category = 'Military'), 0)::bigint",
    "economic_usd": "coalesce(sum(obligations_usd) filter (category = 'Economic'), 0)::bigint",
    "military_aid_usd": "coalesce(sum(obligations_usd) filter (category = 'Military'), 0)::bigint",
    "economic_aid_usd": "coalesce(sum(obligations_usd) filter (category = 'Economic'), 0)::bigint",
}
_AID_SCOPES = {RECIPIENT: "recipient_harmonised", REGION: "region_harmonised"}
_AID_KEYS = {**_AID_YEARS, "recipient": "recipient_harmonised", "region": "region_harmonised"}
_AID = Summed("'data/aid.parquet'", "period = 'year'", _AID_SCOPES, _AID_KEYS, _BOTH)
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
_ACCOUNTS = Summed(
    "'data/aid.parquet'\nleft join (select printed as account, name from 'data/reference/aid_accounts.csv') using (account)",
    "period = 'year' and category = 'Military'",
    _AID_SCOPES,
    {**_AID_YEARS, "part": _PART, "account": "coalesce(name, account)"},
    {"obligations_usd": "sum(obligations_usd)::bigint"},
)
_AGREEMENTS = Summed(
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
_SPAN = "'FY' || coalesce(fiscal_year::varchar, first_fiscal_year || '–FY' || last_fiscal_year)"
_AGREEMENTS_AND_SPAN = replace(_AGREEMENTS, always="edition_fiscal_year = newest", keys={"year": _SPAN})
"""With the row that the book gives for many years together."""
_GIVEN = f"filter (status = {quote(DELIVERED)})"
_EXCESS = Summed(
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
_EACH = "sum(cost_usd) / nullif(sum(quantity) filter (cost_usd > 0), 0)"
_ROUNDED = replace(_TRAINING, measures={"cost_per_participant": f"round({_EACH}, 2)"})
"""Files of figures have cents."""
_PRINTED = replace(_TRAINING, keys={"region": "region"})
_UNITS = replace(_TRAINING, keys={"unit": "student_unit"})
_IMET_TRAINED = replace(_TRAINING, always="status = 'actual' and program = 'IMET'")
_BROAD = (
    f"case when in_united_states then {quote(places.UNITED_STATES)} when location_country is not null then 'Abroad' "
    f"when location_status = '{locations.ONLINE}' then '{places.ONLINE}' else 'Not stated or not recognised' end"
)
_BROADLY = replace(_TRAINING, keys={"fiscal_year": "fiscal_year", "place": _BROAD})
_EVERYWHERE = replace(
    _AID,
    rows=f"(from 'data/aid.parquet' union all by name select * replace ('{aid.WORLD}' as region_harmonised) from 'data/aid.parquet')",
    scopes={},
    keys={**_AID_YEARS, "region": "region_harmonised"},
)
_NO_REGION = replace(_AID, keys={"region": "coalesce(region_harmonised, 'Several regions or none')"})
_SPELLED = r"trim(regexp_replace(course_title, '\s+', ' ', 'g'))"
_COURSES = replace(
    _TRAINING,
    rows=f"""(select *, first_value(spelled) over (partition by title{{of}} order by n desc, spelled) as course from
  (select *, count(*) over (partition by title, spelled{{of}}) as n from
    (select *, {_SPELLED} as spelled, upper({_SPELLED}) as title from 'data/trainings/*.parquet' where {{{{where}}}})
  where title not in ('', '-', '–', 'N/A')))""",
    keys={"course": "course"},
)
_TABLES = (
    _TRAINING, _SHORT, _AID, _ACCOUNT, _ACCOUNTS, _AGREEMENTS, _AGREEMENTS_AND_SPAN, _EXCESS, _ROUNDED, _PRINTED, _UNITS, _IMET_TRAINED, _BROADLY,
    _EVERYWHERE, _NO_REGION, replace(_COURSES, rows=_COURSES.rows.format(of="")),
)  # fmt: skip
KEYS = {"member", "shown", *(name for table in _TABLES for name in table.keys)}
"""The names of all columns that tell rows apart."""


def tables_of(subject: Subject | Comparison) -> Iterator[Summed]:
    """Yield the tables that the numbers of a subject may be sums of."""
    if isinstance(subject, Comparison):
        yield from _of_members(subject)
        return
    yield from _TABLES
    yield _in_prices(subject.fiscal_year)
    if subject.scope.kind == RECIPIENT:
        own = quote(subject.scope.value)
        shown = f"if(recipient = {own}, {own} || ' (this report)', recipient)"
        yield replace(_TRAINING, scopes={}, keys={"shown": shown})


def _in_prices(fiscal_year: int) -> Summed:
    """Return dollars of training in prices of a fiscal year."""
    base = f"(select gdp_deflator from 'data/deflator.csv' where fiscal_year = {fiscal_year})"
    constant = f"sum(cost_usd * {base} / gdp_deflator)"
    return replace(
        _TRAINING,
        rows=f"{_TRAINING.rows}\njoin 'data/deflator.csv' using (fiscal_year)",
        keys={"fiscal_year": "fiscal_year"},
        measures={
            "cost_usd_constant": f"round({constant}, 2)",
            "cost_per_participant": f"round({_EACH}, 2)",
            "cost_per_participant_constant": f"round({constant} / nullif(sum(quantity) filter (cost_usd > 0), 0), 2)",
        },
    )


def _of_members(comparison: Comparison) -> Iterator[Summed]:
    """Yield the tables of members under each other (``member``) and beside each other, a column each."""
    scopes = [member.scope for member in comparison]
    kind = scopes[0].kind
    training = (
        _TRAINING,
        _in_prices(comparison.fiscal_year),
        replace(_COURSES, rows=_COURSES.rows.format(of=f", {_TRAINING.scopes[kind]}")),
    )
    for table in (*training, _AID, _ACCOUNT):
        if column := table.scopes.get(kind):
            named = " ".join(f"when {quote(scope.value)} then {quote(scope.label)}" for scope in scopes)
            listed = ", ".join(quote(scope.value) for scope in scopes)
            always = f"{table.always} and {column} in ({listed})"
            keys = {"member": f"case {column} {named} end"}
            keys |= {key: table.keys[key] for key in ("fiscal_year", "year", "course") if key in table.keys}
            yield replace(table, always=always, scopes={}, keys=keys)
    part = {"place": _PLACE, "name": "short_name" if kind == RECIPIENT else "recipient"}
    counts = {
        scope.label: f"sum(quantity) filter ({_TRAINING.scopes[kind]} = {quote(scope.value)})"
        for scope in scopes
    }
    shares = {name: f"100.0 * {count} / (sum({count}) over ())" for name, count in counts.items()}
    for measures in (counts, shares):
        yield replace(_TRAINING, scopes={}, keys=part, measures=measures)
