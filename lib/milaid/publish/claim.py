"""``milaid claim``: where a published number may come from, or that nothing here gives it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

import pandas as pd

from milaid import fiscal, paths
from milaid.analysis.claim import EXACTLY, NEARLY, fitting, published_alike
from milaid.analysis.claim_sums import (
    MEASURES,
    OF,
    SALES,
    differing,
    of_aid,
    of_arms,
    of_printed_totals,
    of_training,
)
from milaid.analysis.claimed_number import Claimed, read_claimed
from milaid.analysis.programs import with_departments
from milaid.errors import RequestError, list_problems
from milaid.spelling import did_you_mean
from milaid.tables import store, subjects
from milaid.tables.columnwise import read_activities
from milaid.tables.naming.answers import wrong
from milaid.tables.naming.countries import resolve_country
from milaid.tables.naming.departments import DEPARTMENTS, resolve_department
from milaid.tables.naming.forms import Answer, Found, Missing, Named
from milaid.tables.naming.programs import resolve_program
from milaid.tables.naming.regions import resolve_region
from milaid.tables.naming.years import resolve_fiscal_year

WHY_OTHERS_DIFFER = (
    "Foreign Military Sales: Section III of the report, and many articles after it, count people trained under sales; Section IV, "
    "which is counted here, lists none.",
    "Section III is a summary by country with totals of its own, which need not be those of the activities in Section IV.",
    "Editions: an edition reports one fiscal year as done and, in some, the next as planned; a number may be of the plan, or be "
    "dated by the year in which the edition came out.",
    "People or places: a person on two courses is two participants here and one individual elsewhere.",
    "Not in Section IV: most members of NATO, Australia, Japan, New Zealand, classified activities, and most of the "
    "training under the Afghanistan Security Forces Fund.",
    "Years: a fiscal year begins on 1 October of the year before; a calendar year, a budget request or an appropriation is another sum "
    "than obligations.",
    "Dollars: of the year itself or of another; agreements, deliveries and notified offers of arms are three things.",
)
"""Why a figure of others need not be one of these tables."""
_NEEDED = (
    "fiscal_year", "status", "recipient", "region_harmonised", "program", "funder", "quantity", "cost_usd", "edition", "document",
    "page", "row_on_page", "country", "program_printed",
)  # fmt: skip
_SPAN = re.compile(r"(?:fy)?\s*(\d{4})\s*(?:-|–|:|to|\.\.)\s*(?:fy)?\s*(\d{4})", re.IGNORECASE)
_SECTION_IV = ("participants", "cost", "activities", "printed participants", "printed cost")
_ROWS_NAMED = 12
COMPARABLE = 95.0
"""In percent: what differs by more counts something else."""
_KINDS = ("recipient", "region", "program", "department")
_SALES_NAMES = ("fms", "foreign military sales", "sales", "arms sales")


@dataclass(frozen=True)
class Answered:
    """What may be the source of a number: sums that fit, most plausible first, and figures of others.

    ``sums`` has fit, difference_percent, measure, unit, value, first_year, last_year, status, rows, recipient, region, program,
    department, category, account, years, editions, definition, python (how to get its rows) and row_ids (the first of them).
    ``asked`` has the sums of just what the number is said to be about, whether they fit or not.
    """

    claimed: Claimed
    about: Mapping[str, str]
    years: tuple[int, int] | None
    sums: pd.DataFrame
    asked: pd.DataFrame
    compared: int
    published: pd.DataFrame
    said: tuple[str, ...]


def find_claim(number: str, about: Iterable[str] = (), year: str | int | None = None) -> Answered:
    """Return what may be the source of a number; RequestError with all that cannot be read of the request."""
    problems: list[str] = []
    said: list[str] = []
    claimed = None
    try:
        claimed = read_claimed(number)
    except ValueError as problem:
        problems.append(str(problem))
    fixed = _about(about, problems, said)
    years = None if year is None else _years(str(year), problems, said)
    if problems or claimed is None:
        raise RequestError(list_problems("The number cannot be looked for as asked:", problems))
    activities = activities_of_claims()
    spans = _spans(activities, years)
    money = _money_spans(years)
    found = fitting(
        claimed,
        chain(
            of_training(activities, fixed, spans),
            of_printed_totals(printed_totals(activities), fixed, spans),
            of_aid(store.load_aid(), fixed, money),
            of_arms(store.load_arms_sales(), fixed, money),
        ),
        years,
        len(fixed),
    )
    sums = _described(found.sums, activities)
    published = _published(published_alike(claimed, store.load_published_figures()), fixed, years)
    return Answered(claimed, fixed, years, sums, found.asked, found.compared, published, tuple(said))


def _about(given: Iterable[str], problems: list[str], said: list[str]) -> dict[str, str]:
    """Read what a number is about: recipients, regions, programs and departments, one of a kind."""
    known = {
        "recipient": [(each.code, each.name) for each in subjects.recipients()],
        "region": [(each.code, each.name) for each in subjects.regions()],
        "program": [(each.code, each.code) for each in subjects.programs()],
        "department": [(code, code) for code in DEPARTMENTS],
    }
    resolve = {
        "recipient": lambda text: resolve_country(text, tuple(each.named for each in subjects.recipients())),
        "region": lambda text: resolve_region(text, tuple(each.named for each in subjects.regions())),
        "program": resolve_program,
        "department": resolve_department,
    }
    found: dict[str, str] = {}
    for text in given:
        if text.strip().casefold() in ("world", "all", "global"):
            continue
        if text.strip().casefold() in _SALES_NAMES:
            found["program"] = SALES
            continue
        answers: dict[str, Answer] = {kind: resolve[kind](text) for kind in _KINDS}
        kind = next((kind for kind in _KINDS if isinstance(answers[kind], Found)), None)
        if kind is None:
            problems.append(_unknown(text, answers, known))
            continue
        answer = answers[kind]
        values = dict(known[kind])
        if not isinstance(answer, Found):
            continue
        if kind in found:
            problems.append(f"about: {text!r} and {found[kind]!r} are both a {kind}; name one")
        found[kind] = values.get(answer.code, answer.name)
        said += [answer.said] if answer.said else []
    return found


def _unknown(text: str, answers: Mapping[str, Answer], known: Mapping[str, list[tuple[str, str]]]) -> str:
    unclear = next((kind for kind in _KINDS if not isinstance(answers[kind], Missing)), None)
    if unclear:
        return f"about: {wrong(text, answers[unclear], dict(known[unclear]))}"
    near: list[Named] = [
        each for answer in answers.values() if isinstance(answer, Missing) for each in answer.near
    ]
    hint = did_you_mean([str(each) for each in near[:3]])
    return f"about: {text!r} is no country, region, program or department{hint}"


def _years(text: str, problems: list[str], said: list[str]) -> tuple[int, int] | None:
    answer = resolve_fiscal_year(text)
    if isinstance(answer, Found):
        said += [answer.said] if answer.said else []
        return int(answer.code), int(answer.code)
    match = _SPAN.fullmatch(text.strip())
    if match is None or int(match[1]) > int(match[2]):
        problems.append(
            f"year: {text!r} is no fiscal year; write 2012, FY2012, the edition 2012-2013, or several as 2010-2015"
        )
        return None
    return int(match[1]), int(match[2])


def activities_of_claims() -> pd.DataFrame:
    """Return all activities, done and planned, with region and department as sums are told apart by them."""
    files = [paths.trainings_dir() / f"fy{year}.parquet" for year in store.require_years()]
    rows = read_activities(files, _NEEDED, {})
    rows = with_departments(rows, store.load_programs())
    return rows.rename(columns={"region_harmonised": "region", "funder": "department"})


def printed_totals(activities: pd.DataFrame) -> pd.DataFrame:
    """Return printed totals of what is done or planned in one year that their rows do not give, with the names of the rows."""
    totals = store.load_totals()
    totals = totals[totals["level"].isin(["program", "country"]) & (totals["status"] != "both")]
    whose = activities.drop_duplicates(["edition", "country"])[["edition", "country", "recipient", "region"]]
    programs = activities.drop_duplicates("program_printed").set_index("program_printed")["program"]
    merged = totals.drop(columns="region").merge(whose, on=["edition", "country"], how="inner")
    return differing(merged.assign(program=merged["program_printed"].map(programs)), activities)


def _spans(activities: pd.DataFrame, years: tuple[int, int] | None) -> list[tuple[int, int]]:
    """Return the spans of fiscal years to add up: those said and the years beside one, else each year and all of them."""
    there = sorted(set(activities["fiscal_year"]))
    if years is None:
        return [*((int(year), int(year)) for year in there), (int(there[0]), int(there[-1]))]
    first, last = years
    return [years] if first != last else [(year, year) for year in (first, first - 1, first + 1)]


def _money_spans(years: tuple[int, int] | None) -> list[tuple[int, int]]:
    if years is not None:
        return (
            [years]
            if years[0] != years[1]
            else [(year, year) for year in (years[0], years[0] - 1, years[0] + 1)]
        )
    aid = store.load_aid()["fiscal_year"]
    sales = store.load_arms_sales()["fiscal_year"].dropna()
    there = sorted({*aid.unique().tolist(), *sales.astype("int64").unique().tolist()})
    return [(int(year), int(year)) for year in there]


def _described(sums: pd.DataFrame, activities: pd.DataFrame) -> pd.DataFrame:
    """Return sums with years and editions in words, what they are, and how to get their rows."""
    rows = sums.to_dict("records")
    section_iv = [row["measure"] in _SECTION_IV for row in rows]
    return sums.assign(
        years=[fiscal.spans(range(int(row["first_year"]), int(row["last_year"]) + 1)) for row in rows],
        editions=[_editions(row) if training else "" for row, training in zip(rows, section_iv, strict=True)],
        definition=[MEASURES[row["measure"]][1] for row in rows],
        python=[python_of(row) for row in rows],
        row_ids=[
            _row_ids(row, activities) if training and place < 2 * _ROWS_NAMED else ""
            for place, (row, training) in enumerate(zip(rows, section_iv, strict=True))
        ],
    )


def _editions(row: Mapping[str, object]) -> str:
    shift = 1 if row["status"] == "planned" else 0
    first, last = (fiscal.edition(int(str(row[name])) - shift) for name in ("first_year", "last_year"))
    return first if first == last else f"{first} to {last}"


def python_of(row: Mapping[str, object]) -> str:
    """Return the call of the front door that gives the rows of a sum."""
    said = {name: row[name] for name in OF if isinstance(row[name], str)}
    whose = repr(said["recipient"]) if "recipient" in said else ""
    first, last = int(str(row["first_year"])), int(str(row["last_year"]))
    parts = [whose] if whose else []
    parts.append(f"years={first}" if first == last else f"years=range({first}, {last + 1})")
    arms = row["measure"] in ("arms agreements", "FMS agreements")
    named = (
        ("region",)
        if arms
        else ("region", "category", "account")
        if row["measure"] not in _SECTION_IV
        else ("region", "program", "department")
    )
    parts += [f"{name}={said[name]!r}" for name in named if name in said]
    parts += ["status='planned'"] if row["status"] == "planned" else []
    call = "arms" if arms else "trainings" if row["measure"] in _SECTION_IV else "aid"
    return f"m.{call}({', '.join(parts)})"


def _row_ids(row: Mapping[str, object], activities: pd.DataFrame) -> str:
    chosen = activities["fiscal_year"].between(row["first_year"], row["last_year"]) & (
        activities["status"] == row["status"]
    )
    for name in _KINDS:
        if isinstance(row[name], str):
            chosen &= activities[name] == row[name]
    found = activities[chosen].head(_ROWS_NAMED)
    ids = [f"{each.edition}/{each.document}/p{each.page}/r{each.row_on_page}" for each in found.itertuples()]
    more = int(chosen.sum()) - len(ids)
    return " | ".join([*ids, *([f"and {more:,} more"] if more > 0 else [])])


def _published(frame: pd.DataFrame, fixed: Mapping[str, str], years: tuple[int, int] | None) -> pd.DataFrame:
    """Return figures of others with how they agree with what was asked, those that agree first."""
    whose = fixed.get("recipient") or fixed.get("region")
    same_place = (frame["place"] == whose) if whose else pd.Series(True, index=frame.index)
    wanted = None if years is None else str(years[0]) if years[0] == years[1] else f"{years[0]}-{years[1]}"
    same_year = (frame["fiscal_year"] == wanted) if wanted else pd.Series(True, index=frame.index)
    order = (~(same_place & same_year)).astype("int64")
    frame = frame.assign(_order=order, agrees=same_place & same_year)
    return frame.sort_values(["_order"], kind="stable").drop(columns="_order").reset_index(drop=True)


def text(answered: Answered, most: int = 10) -> Iterator[str]:
    """Yield the answer line by line, of sums the ``most`` plausible."""
    whose = ", ".join(answered.about.values()) or "anything"
    when = (
        "any fiscal year"
        if answered.years is None
        else fiscal.spans(range(answered.years[0], answered.years[1] + 1))
    )
    sums = answered.sums
    for fit in (EXACTLY, NEARLY):
        rows = sums[sums["fit"] == fit].head(most)
        count = int((sums["fit"] == fit).sum())
        if rows.empty:
            continue
        shown = f", the {len(rows)} most plausible" if count > len(rows) else ""
        yield f"{'Gives' if fit == EXACTLY else 'Within 2% of'} {answered.claimed.text}: {count:,} of {answered.compared:,} sums compared{shown}"
        for number, row in enumerate(rows.to_dict("records"), start=1):
            yield from _lines(number, row)
        yield ""
    if sums.empty:
        yield f"None: no sum of these tables gives {answered.claimed.text} about {whose} in {when}, or lies within 2% of it ({answered.compared:,} compared)."
        yield ""
    elif not (sums["fit"] == EXACTLY).any():
        yield f"None gives {answered.claimed.text} exactly as it is written."
        yield ""
    elif answered.compared > 500 and len(sums) > most:
        yield "So many sums were compared that some agree by chance: say what the number is about, and of which year."
        yield ""
    if not (sums["fit"] == EXACTLY).any():
        yield from _here(answered)
    yield from _of_others(answered)
    if sums.empty or not (sums["fit"] == EXACTLY).any():
        yield "Why figures of others differ:"
        yield from (f"  - {reason}" for reason in WHY_OTHERS_DIFFER)


def _lines(number: int, row: Mapping[str, object]) -> Iterator[str]:
    value = f"{float(str(row['value'])):,.0f} {row['unit']}"
    apart = (
        ""
        if row["fit"] == EXACTLY and not row["difference_percent"]
        else f" ({row['difference_percent']:+.2f}%)"
    )
    whose = ", ".join(f"{name} {row[name]}" for name in OF if isinstance(row[name], str)) or "all recipients"
    planned = ", planned" if row["status"] == "planned" else ""
    yield f"{number:3}. {value}{apart}: {row['measure']}, {whose}, {row['years']}{planned}"
    yield f"     {row['definition']}"
    edition = f"edition {row['editions']}; " if row["editions"] else ""
    yield f"     {edition}{int(str(row['rows'])):,} row{'' if row['rows'] == 1 else 's'}: {row['python']}"
    if row["row_ids"] and int(str(row["rows"])) <= _ROWS_NAMED:
        yield f"     {row['row_ids']}"


def _here(answered: Answered) -> Iterator[str]:
    """Yield what these tables give for just what was asked."""
    rows = (
        answered.asked[~answered.asked["measure"].str.startswith("printed")]
        if len(answered.asked)
        else answered.asked
    )
    if rows.empty and answered.years is not None:
        yield (
            f"These tables have no sum of just this: activities are of fiscal years {fiscal.spans(store.available_years())}, aid of "
            f"{_extent(store.load_aid())}, arms agreements by year of {_extent(store.load_arms_sales())}."
        )
        yield ""
    if rows.empty:
        return
    yield f"What these tables have of {', '.join(answered.about.values()) or 'all recipients'} in just these years:"
    for row in rows.to_dict("records"):
        apart = float(row["difference_percent"])
        beside = f" ({apart:+.1f}%)" if abs(apart) < COMPARABLE else ""
        yield f"  - {row['value']:,.0f} {row['unit']}{beside}: {row['measure']}"
    yield ""


def _extent(table: pd.DataFrame) -> str:
    """Return the fiscal years of a table in words."""
    years = table["fiscal_year"].dropna()
    return fiscal.spans(range(int(years.min()), int(years.max()) + 1)) if len(years) else "no year"


def _of_others(answered: Answered) -> Iterator[str]:
    rows = answered.published.to_dict("records")
    if not rows:
        return
    yield "Figures that others published:"
    for row in rows:
        other = "" if row["agrees"] else "; about something else than was asked"
        yield f"  - {row['publisher']}: {row['value']:,.0f} ({row['measure']}, {row['place']}, {row['fiscal_year']}; {row['fit']}{other})"
        yield f"    {row['definition']} {row['reason'] if isinstance(row['reason'], str) else ''}".rstrip()
        yield f"    {row['source_url']}"
    yield ""
