"""How the numbers of a report's exhibit came about: what it says of itself, the filters of its subject, and a query.

A query is made of the columns of an exhibit and tried: it is given only where it gives the same numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations

import pandas as pd

from milaid import fiscal
from milaid.api.selection import condition, quote
from milaid.api.summed import KEYS, OF_PROGRAMS, PROGRAMS, Summed, tables_of
from milaid.blocks.block import Block, Exhibit, How, explained
from milaid.blocks.text_form import plain
from milaid.blocks.words import and_list
from milaid.exhibits.comparison.subject import Comparison
from milaid.exhibits.scope import Scope
from milaid.exhibits.subject import Subject
from milaid.paths import data_dir


def explanation(block: Block, subject: object) -> How:
    """Return how the numbers of a block of a subject came about; the query is one that gives them, tried here."""
    own = explained(block)
    said = replace(own, counted=plain(own.counted))
    if not isinstance(subject, Subject | Comparison):
        return said
    said = replace(said, filters=(*_whose(subject), ("report year", fiscal.label(subject.fiscal_year))))
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


def _whose(subject: Subject | Comparison) -> list[tuple[str, str]]:
    """Return what part of the tables a subject is about, by its kind; nothing for the world."""
    if isinstance(subject, Comparison):
        return [(f"{subject.noun}s", and_list(subject.names))]
    return [] if subject.scope.is_world else [(subject.scope.kind, subject.scope.name)]


def _queries(frame: pd.DataFrame, subject: Subject | Comparison) -> Iterator[str]:
    """Yield the queries whose columns an exhibit has, those that give most of them first, of the report year before all years."""
    found = []
    for table, keys in _grouped(frame, subject):
        measures = [name for name in table.measures if name in frame.columns]
        where = "" if isinstance(subject, Comparison) else _where(table, subject.scope)
        by_year = {"fiscal_year", "year"} & set(keys)
        for years in [None] if by_year else [(subject.fiscal_year,), None]:
            parts = [table.always, *([where] if where else []), *([condition({}, years)] if years else [])]
            limits = " and ".join(parts)
            found.append((len(measures), _query(table, keys, measures, limits)))
            found += [(1, _query(table, keys, [name], limits)) for name in measures if len(measures) > 1]
    yield from (query for _, query in sorted(found, key=lambda each: -each[0]))


def _grouped(frame: pd.DataFrame, subject: Subject | Comparison) -> Iterator[tuple[Summed, tuple[str, ...]]]:
    """Yield the tables with what tells the rows of an exhibit apart; a name may mean something else there."""
    for table in tables_of(subject):
        there = [name for name in table.keys if name in frame.columns]
        if not any(name in frame.columns for name in table.measures):
            continue
        for size in range(len(there), max(len(there) - 3, 0), -1):
            for keys in combinations(there, size):
                if not frame.duplicated(list(keys)).any():
                    yield table, keys


def _where(table: Summed, scope: Scope) -> str:
    """Return the condition of a scope, "" for the world, and for a program among tables that know none."""
    column = table.scopes.get(scope.kind)
    return f"{column} = {quote(scope.value)}" if column else ""


def _query(table: Summed, keys: Sequence[str], measures: Sequence[str], where: str) -> str:
    columns = [f"{table.keys[key]} as {key}" if table.keys[key] != key else key for key in keys]
    columns += [f"{table.measures[name]} as {named(name)}" for name in measures]
    numbered = ", ".join(str(place) for place in range(1, len(keys) + 1))
    of_programs = any(OF_PROGRAMS.search(table.keys[key]) for key in keys) and "trainings" in table.rows
    rows = f"{table.rows}{PROGRAMS if of_programs else ''}"
    if "{where}" in rows:
        rows, where = rows.format(where=where), "true"
    return f"select {', '.join(columns)}\nfrom {rows}\nwhere {where}\ngroup by {numbered} order by {numbered}"


def named(column: str) -> str:
    """Return a name of a column as SQL takes it."""
    return column if re.fullmatch(r"[a-z_][a-z0-9_]*", column) else '"' + column.replace('"', '""') + '"'


def ask(query: str) -> pd.DataFrame:
    """Return what a query over the files of data/ gives."""
    import duckdb

    with duckdb.connect() as connection:
        connection.execute(f"set file_search_path = {quote(data_dir().parent.as_posix())}")
        return connection.execute(query).df()


def _gives(how: How, frame: pd.DataFrame) -> bool:
    """Return whether a query gives the numbers of an exhibit, its keys and measures those of the query."""
    given = how.run()
    keys = [name for name in given.columns if name in KEYS]
    return _agree(given, frame, keys, [name for name in given.columns if name not in KEYS])


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
    zero = alone & (both[measures].isna() | both[measures].eq(0)).all(axis=1)
    rest = alone & both[keys].apply(lambda names: names.str.match(_REST)).any(axis=1)
    both = both[~zero & ~rest]
    if both.empty or (both["_in"] != "both").any() or (rest & ~zero).sum() * 3 > len(frame):
        return False
    return all(_same(both[name], both[f"{name}_given"]) for name in measures)


_REST = r"(All o|O)ther"
"""Begins the name of a row that stands for all that are not shown."""


def _same(shown: pd.Series, given: pd.Series) -> bool:
    numbers = [pd.to_numeric(values, errors="coerce").astype("Float64") for values in (shown, given)]
    here, there = (values.fillna(0.0) for values in numbers)
    return bool((here - there).abs().le(1e-6 * there.abs().clip(lower=1.0)).all())
