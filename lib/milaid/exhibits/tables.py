"""Tables from frames: the rows shown, the sum of all others, and the total, each computed from all rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd

from milaid.analysis.change import change, percent_change
from milaid.blocks.block import Column, Source, Table, csv_text
from milaid.blocks.words import and_list
from milaid.errors import ReportError, list_problems
from milaid.exhibits.flagged import NO_FLAGS, SAID_OF_ROWS, Flags, csv_with_flags, of_rows

Sums = Mapping[str, Any]
Targets = Callable[[pd.Series], pd.Series]
"""Gives for each value of a column what its cell links to, such as :func:`milaid.exhibits.links.country`."""

Rule = Callable[[Sums, Sums], Any]
"""Computes a cell of a sum row from the sums of its own rows and from those of the whole frame."""

ADDITIVE = ("integer", "usd", "million")
"""Kinds of columns that are added up unless there is a rule."""


def heads_in_words(columns: Sequence[Column]) -> str:
    """Return the heads of columns as part of a sentence: each once, without its unit, US dollars as a word."""
    names = [re.sub(r", (%|USD)$", "", column.label) for column in columns]
    names = [re.sub(r"^USD\b", "dollars", name) for name in names]
    return and_list(list(dict.fromkeys(name[:1].lower() + name[1:] for name in names)))


def no_sum(_: Sums, __: Sums) -> str:
    """The rule for a column whose sum means nothing, such as dollars per participant: a blank cell."""
    return ""


def plain_sum(column: str) -> Rule:
    """Return a rule that adds up a column of a kind that is not added up by itself, such as a signed difference."""
    return lambda sums, _: sums[column]


def ratio(numerator: str, denominator: str, factor: float = 1.0) -> Rule:
    """Return a rule for a quotient of two columns: cost per participant, or a percentage with factor 100."""

    def rule(sums: Sums, _: Sums) -> float | None:
        above, below = sums[numerator], sums[denominator]
        return None if above is None or not below else factor * above / below

    return rule


def share_of_total(column: str) -> Rule:
    """Return a rule for the share of a column in the total of the frame, in percent."""

    def rule(sums: Sums, totals: Sums) -> float | None:
        part, whole = sums[column], totals[column]
        return None if part is None or not whole else 100.0 * part / whole

    return rule


def change_of(now: str, before: str, comparable: bool = True) -> Rule:
    """Return a rule for the change between two columns; not computed where the years are not comparable."""
    return lambda sums, _: change(sums[now], sums[before], comparable)


def percent_change_of(now: str, before: str, comparable: bool = True) -> Rule:
    """Return a rule for the change in percent by :func:`milaid.analysis.change.percent_change`."""
    return lambda sums, _: percent_change(sums[now], sums[before], comparable)


def table_from_frame(
    frame: pd.DataFrame,
    columns: Sequence[Column],
    *,
    key: str,
    title: str,
    alt: str,
    sources: tuple[Source, ...],
    subtitle: str = "",
    note: str = "",
    top: int | None = None,
    other_label: str | None = None,
    total_label: str | None = None,
    rules: Mapping[str, Rule] | None = None,
    group: str | None = None,
    csv: str | None = None,
    appendix: bool = False,
    landscape: bool = False,
    links: Mapping[str, str | Targets] | None = None,
    pdf_rows: int | None = None,
    flags: Flags = NO_FLAGS,
) -> Table:
    """Return a table of the frame's rows in their order, then "All other" and a total.

    ``columns`` names the columns shown; the label of a row is the first column of kind text. ``top`` is the
    number of rows shown, the rest being summed up under ``other_label`` (left out when there is no rest). The
    row ``total_label`` sums all rows, shown or not. In both, columns in ``rules`` are computed, other integers
    and dollars added up (an average in dollars needs :func:`ratio` or :func:`no_sum`), and what has no sum
    (ranks, texts, pages, percentages without a rule) stays blank.
    ``group`` is a column whose value is written as a heading row whenever it changes. ``csv`` is the text of the
    file, by default the shown columns of all rows. ``links`` gives for a column shown what its cells link to: the
    name of a column of the frame that holds the targets, or a function of the column's values. ``flags`` is what the
    table knows of its years: letters beside values, in the file and in the note (:mod:`milaid.exhibits.flagged`). Raises ReportError for columns that the frame has not.
    """
    _check(frame, columns, rules or {}, group, key, top, other_label, links or {})
    shown = frame if top is None else frame.iloc[:top]
    rows, roles = _body(records := _records(shown, columns, group, flags), columns, group)
    targets = {name: _targets(shown, name, to) for name, to in (links or {}).items()}
    codes, legend = of_rows(records, columns, flags)
    rest = frame.iloc[len(shown) :]
    for label, role, part in ((other_label, "other", rest), (total_label, "total", frame)):
        rows += _sum_rows(part, frame, columns, label, rules or {})
        roles += [role] * (len(rows) - len(roles))
    return Table(
        key=key,
        title=title,
        subtitle=subtitle,
        alt=alt,
        note=f"{note} {legend}".strip(),
        sources=sources,
        csv=csv_with_flags(csv or csv_text(frame[_filed(columns, group)]), columns, flags),
        appendix=appendix,
        columns=tuple(columns),
        rows=tuple(rows),
        roles=tuple(roles),
        landscape=landscape,
        links=tuple((name, _by_row(found, roles)) for name, found in targets.items()),
        flags=tuple((name, _codes_by_row(found, roles)) for name, found in codes.items()),
        pdf_rows=pdf_rows,
    )


def _filed(columns: Sequence[Column], group: str | None) -> list[str]:
    names = [column.name for column in columns]
    return names if group is None or group in names else [group, *names]


def plain(value: Any) -> Any:
    """Return a cell as a plain Python value that JSON can hold: None for missing, no types of numpy."""
    if type(value) in (str, int, bool):
        return value
    if value is None or (pd.api.types.is_scalar(value) and pd.isna(value)):
        return None
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    unboxed = value.item() if hasattr(value, "item") else value
    return unboxed if isinstance(unboxed, int | float | str | bool) else str(unboxed)


def _check(
    frame: pd.DataFrame,
    columns: Sequence[Column],
    rules: Mapping[str, Rule],
    group: str | None,
    key: str,
    top: int | None,
    other_label: str | None,
    links: Mapping[str, str | Targets],
) -> None:
    names = [column.name for column in columns]
    wrong = [f"column {name!r} is not in the frame" for name in names if name not in frame.columns]
    wrong += [
        f"there is a rule for {name!r}, which is no column shown" for name in rules if name not in names
    ]
    for name, to in links.items():
        if name not in names:
            wrong.append(f"there are links for {name!r}, which is no column shown")
        if isinstance(to, str) and to not in frame.columns:
            wrong.append(f"the links of {name!r} are to be in {to!r}, which is not in the frame")
    if group is not None and group not in frame.columns:
        wrong.append(f"group column {group!r} is not in the frame")
    if not any(column.kind == "text" for column in columns):
        wrong.append("no column is of kind text, so rows have no label")
    if top is not None and top < len(frame) and other_label is None:
        wrong.append(f"{len(frame) - top} rows are not shown, but no other_label names their sum")
    if wrong:
        raise ReportError(
            list_problems(f"table {key!r} cannot be made:", wrong, f"the frame has {list(frame)}")
        )


def _records(
    frame: pd.DataFrame, columns: Sequence[Column], group: str | None, flags: Flags
) -> list[dict[Any, Any]]:
    """Return rows with the values that are shown and that flags follow from; of all their values where the table knows flags."""
    wanted = {*(column.name for column in columns), group, *SAID_OF_ROWS}
    names = [name for name in frame.columns if flags.columns or name in wanted]
    return [
        dict(zip(names, cells, strict=True))
        for cells in zip(*(_cells(frame[name]) for name in names), strict=True)
    ]


def _cells(values: pd.Series) -> list[Any]:
    """Return the cells of a column as plain values, NA as None; a missing text stays NaN."""
    return [None if value is pd.NA else value for value in values.tolist()]


def _body(
    records: Sequence[Mapping[Any, Any]], columns: Sequence[Column], group: str | None
) -> tuple[list[tuple[Any, ...]], list[str]]:
    rows: list[tuple[Any, ...]] = []
    roles: list[str] = []
    heading: Any = None
    for record in records:
        if group is not None and record[group] != heading:
            heading = record[group]
            rows.append((plain(heading), *[""] * (len(columns) - 1)))
            roles.append("group")
        rows.append(tuple(plain(record[column.name]) for column in columns))
        roles.append("")
    return rows, roles


def _targets(frame: pd.DataFrame, column: str, to: str | Targets) -> list[str | None]:
    found = frame[to] if isinstance(to, str) else to(frame[column])
    return [plain(target) for target in found]


def _by_row(targets: Sequence[str | None], roles: Sequence[str]) -> tuple[str | None, ...]:
    """Return a target for each row of the table; headings and sums have none."""
    left = iter(targets)
    return tuple(next(left) if role == "" else None for role in roles)


def _sum_rows(
    part: pd.DataFrame,
    frame: pd.DataFrame,
    columns: Sequence[Column],
    label: str | None,
    rules: Mapping[str, Rule],
) -> list[tuple[Any, ...]]:
    """Return the row that sums up a part of the frame under a label; none for no label or no rows."""
    return [_sum_row(_sums(part), _sums(frame), columns, label, rules)] if label and len(part) else []


def _codes_by_row(codes: Sequence[str], roles: Sequence[str]) -> tuple[str, ...]:
    return tuple(code or "" for code in _by_row(codes, roles))


def _sums(frame: pd.DataFrame) -> dict[str, Any]:
    """Return the sum of every column of numbers; None where all its values are missing."""
    numeric = frame.select_dtypes("number")
    return {str(name): plain(numeric[name].sum(min_count=1)) for name in numeric.columns}


def _sum_row(
    sums: Sums, totals: Sums, columns: Sequence[Column], label: str, rules: Mapping[str, Rule]
) -> tuple[Any, ...]:
    named = False
    row: list[Any] = []
    for column in columns:
        if column.kind == "text" and not named:
            row.append(label)
            named = True
        elif column.name in rules:
            row.append(plain(rules[column.name](sums, totals)))
        elif column.kind in ADDITIVE:
            row.append(sums.get(column.name))
        else:
            row.append("")
    return tuple(row)
