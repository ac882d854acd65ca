"""What a chart says in words, for readers who do not see it: trend, extremes and break first, then the values.

The words are made of what is drawn, with the numbers as the chart writes them, so that they are those of its file.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from milaid.blocks.words import and_list
from milaid.charts.formats import label as shown
from milaid.charts.formats import signed
from milaid.fiscal import label as year_label
from milaid.fiscal import span, spans

MOST_YEARS = 30
"""Of a longer series the values of every tenth year are said: the file has them all."""
MOST_ITEMS = 40
"""Of more rows the largest are said, and those that are named."""

Values = Mapping[int, float]


def over_years(
    series: Mapping[str, Values],
    kind: str | Mapping[str, str],
    breaks: Mapping[int, str] | None = None,
    events: Mapping[int, str] | None = None,
) -> str:
    """Return what series by fiscal year do, and their values.

    ``breaks`` maps first years of a new part to its name, ``events`` years to what happened in them.

    ``kind`` is that of all values or, as a mapping, of each series. What rises or falls is told apart on both sides of
    a break: ``FY1999–FY2003: up from 38,017 to 52,945; FY2004–FY2020: down from 40,842 to 29,645``.
    """
    kinds = {name: kind if isinstance(kind, str) else kind[name] for name in series}
    known = {name: dict(sorted(values.items())) for name, values in series.items() if values}
    years = {year for values in known.values() for year in values}
    marks = {year: text for year, text in (breaks or {}).items() if years and min(years) < year <= max(years)}
    leads = [_course(name, values, kinds[name], marks) for name, values in known.items()]
    broken = [f"Break in {year_label(year)}: {text}." if text else "" for year, text in marks.items()]
    happened = [
        f"{text} in {year_label(year)}"
        for year, text in (events or {}).items()
        if years and min(years) <= year <= max(years)
    ]
    marked = f"Marked: {and_list(happened)}." if happened else ""
    listed = [_listed(name, values, kinds[name]) for name, values in known.items()]
    return (
        " ".join(filter(None, [*leads, *broken, marked, "Values:", "; ".join(listed) + "."])) if known else ""
    )


def _course(name: str, values: Values, kind: str, breaks: Mapping[int, str]) -> str:
    """Return how a series moves and where it is highest and lowest."""
    head = f"{name}: " if name else ""
    if len(set(values.values())) == 1:
        [*years] = values
        each = f"{shown(values[years[0]], kind)} in "
        return f"{head}{each}{year_label(years[0]) if len(years) == 1 else 'each of these years'}."
    starts = [min(values), *breaks]
    moves = []
    for start, end in zip(starts, [*breaks, max(values) + 1], strict=True):
        part = [year for year in values if start <= year < end]
        if len(part) > 1:
            moves.append(_move(part[0], part[-1], values, kind))
    extremes = [
        f"{word} in {and_list(_when(values, value))}, {shown(value, kind)}"
        for word, value in (("highest", max(values.values())), ("lowest", min(values.values())))
    ]
    text = "; ".join([*moves, *extremes]) + "."
    return head + text if head else text[:1].upper() + text[1:]


def _move(first: int, last: int, values: Values, kind: str) -> str:
    before, now = shown(values[first], kind), shown(values[last], kind)
    if before == now:
        return f"{span(first, last)}: {now} at both ends"
    way = "up" if values[last] > values[first] else "down"
    return f"{span(first, last)}: {way} from {before} to {now}"


def _when(values: Values, value: float) -> list[str]:
    """Return the first three years with a value."""
    found = [year_label(year) for year, other in values.items() if other == value]
    return found if len(found) <= 3 else [*found[:3], "other years"]


def _listed(name: str, values: Values, kind: str) -> str:
    years = list(values)
    if len(years) > MOST_YEARS:
        years = [year for year in years if year % 10 == 0 or year in (years[0], years[-1])]
    text = ", ".join(f"{year_label(year)} {shown(values[year], kind)}" for year in years)
    return f"{name}: {text}" if name else text


def in_rows(
    rows: Sequence[tuple[str, float | None]],
    kind: str,
    previous: Mapping[str, float | None] | None = None,
    previous_year: int | None = None,
) -> str:
    """Return what bars, classes or places show: which is largest and which smallest, what rose and fell, all values.

    ``previous`` has the values of ``previous_year`` by name, where the chart shows them.
    """
    known = [(name, value) for name, value in rows if value is not None]
    if not known:
        return ""
    order = sorted(known, key=lambda row: -row[1])
    (top, most), (bottom, least) = order[0], order[-1]
    parts = []
    if most != least:
        parts.append(f"Largest: {top}, {shown(most, kind)}; smallest: {bottom}, {shown(least, kind)}.")
    elif len(known) > 1:
        parts.append(f"Each has {shown(most, kind)}.")
    if previous and previous_year:
        parts.append(_against(known, previous, previous_year))
    said = known if len(known) <= MOST_ITEMS else order[:MOST_ITEMS]
    rest = "" if len(known) <= MOST_ITEMS else " The file has the others."
    values = "; ".join(f"{name} {shown(value, kind)}" for name, value in said)
    return " ".join(filter(None, [*parts, f"Values: {values}.{rest}"]))


def _against(known: Sequence[tuple[str, float]], previous: Mapping[str, float | None], year: int) -> str:
    """Return which rows rose and which fell on the year before."""
    pairs = [(name, value, before) for name, value in known if (before := previous.get(name)) is not None]
    up = [name for name, value, before in pairs if value > before]
    down = [name for name, value, before in pairs if value < before]
    said = [f"{way} {and_list(names)}" for way, names in (("up", up), ("down", down)) if names]
    return f"On {year_label(year)}: {'; '.join(said)}." if said else ""


def changes(rows: Sequence[tuple[str, float]], kind: str) -> str:
    """Return which rows rise and which fall most, and the change of each."""
    order = sorted(rows, key=lambda row: -row[1])
    (top, most), (bottom, least) = order[0], order[-1]
    parts = [f"Largest rise: {top}, {signed(most, kind)}" if most > 0 else ""]
    parts.append(f"largest fall: {bottom}, {signed(least, kind)}" if least < 0 else "")
    lead = "; ".join(filter(None, parts))
    values = "; ".join(f"{name} {signed(change, kind)}" for name, change in rows)
    return f"{lead[:1].upper()}{lead[1:]}. Changes: {values}." if lead else f"Changes: {values}."


def pairs(
    points: Sequence[tuple[str, float, float]],
    across: tuple[str, str],
    up: tuple[str, str],
    named: Collection[str],
) -> str:
    """Return where two measures are highest and lowest, and both of each that is named; a measure is title and kind."""
    parts = []
    each = [(across, [(n, a) for n, a, _ in points]), (up, [(n, b) for n, _, b in points])]
    for (title, kind), measured in each:
        order = sorted(measured, key=lambda row: -row[1])
        (top, most), (bottom, least) = order[0], order[-1]
        text = f"{title}: highest {top}, {shown(most, kind)}"
        if len(order) > 1:
            text += f"; lowest {bottom}, {shown(least, kind)}"
        parts.append(f"{text}.")
    values = "; ".join(f"{n} {shown(a, across[1])}, {shown(b, up[1])}" for n, a, b in points if n in named)
    return " ".join([*parts, *([f"Values: {values}."] if values else [])])


def years_of(rows: Sequence[tuple[str, Collection[int]]]) -> str:
    """Return which rows have most and which fewest years, and the years of each."""
    counts = {name: len(set(years)) for name, years in rows}
    most, fewest = max(counts.values()), min(counts.values())
    ends = []
    if most != fewest:
        for word, count in (("Most", most), ("Fewest", fewest)):
            found = [name for name, years in counts.items() if years == count]
            named = and_list(found) if len(found) <= 3 else f"{and_list(found[:3])} and others"
            ends.append(f"{word} years: {named}.")
    return " ".join([*ends, f"Years: {'; '.join(f'{name} {spans(years)}' for name, years in rows)}."])


def when(marks: Sequence[tuple[str, str, int, int]]) -> str:
    """Return marks on years as they follow each other, breaks first; a mark is kind, label, first and last year."""
    broken = [
        f"Break in {span(first, last)}: {text}." for kind, text, first, last in marks if kind == "break"
    ]
    others = [f"{span(first, last)} {text}" for kind, text, first, last in marks if kind != "break"]
    return " ".join([*broken, *([f"By fiscal year: {'; '.join(others)}."] if others else [])])


def shares(
    columns: Mapping[str, str], rows: Sequence[str], cells: Mapping[tuple[str, str], float | None]
) -> str:
    """Return of each column of shares the first and the last, the lowest with its row, and where there is none."""
    parts = []
    for field, head in columns.items():
        known = [(row, share) for row in rows if (share := cells.get((row, field))) is not None]
        if not known:
            parts.append(f"{head}: no such column.")
            continue
        (first, before), (last, now) = known[0], known[-1]
        low, least = min(known, key=lambda cell: cell[1])
        lowest = f"lowest in {low}, {shown(least, 'share')}; " if least < min(before, now) else ""
        text = f"{head}: {lowest}{shown(before, 'share')} in {first}, {shown(now, 'share')} in {last}"
        absent = [row for row in rows if (row, field) in cells and cells[row, field] is None]
        text += f"; no such column in {and_list(absent)}" if absent else ""
        parts.append(f"{text}.")
    return " ".join(parts)
