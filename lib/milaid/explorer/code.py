"""A selection as Python of the front door: what the explorer runs, shows, and writes into a notebook."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from milaid.explorer.selection import CONSTANT_YEAR, YEAR, Selection

MOST_LINES, MOST_BARS, MOST_ROWS = 6, 20, 200
"""As many are drawn, and as many rows of a table are shown; files hold all."""
MOST_CITED = 50
NO_REGION = "No region"
"""Aid to the world as a whole, and to recipients of several regions."""

_COLUMNS = (
    "row_id", YEAR, "recipient", "program", "funder", "course_title", "student_unit", "quantity", "cost_usd", "edition",
    "region", "document", "page", "row_on_page", "printed_page",
)  # fmt: skip
"""Columns of activities that a reader looks for, and those that a citation is made of."""


def code_of(selection: Selection) -> str:
    """Return Python that gives what is selected: ``frame`` holds the numbers, ``exhibit`` shows them."""
    return (
        "\n\n".join(("import milaid as m", frame_code(selection), exhibit_code(selection), "exhibit")) + "\n"
    )


def frame_code(selection: Selection) -> str:
    """Return the lines that make ``frame``: the columns of ``by`` and the measure."""
    return "\n".join(_aid(selection) if selection.of.category else _totals(selection))


def exhibit_code(selection: Selection, shown: str | None = None) -> str:
    """Return the lines that make ``exhibit`` of ``frame``, as selected or ``shown`` otherwise."""
    make = {"chart": _chart, "table": _table, "map": _map}[shown or selection.shown]
    return "\n".join(make(selection))


def rows_code(selection: Selection, keys: Mapping[str, object]) -> str:
    """Return the lines that make ``rows``: what stands behind the number that has these values of ``by``."""
    lines = _lines_of_aid(selection, keys) if selection.of.category else _activities(selection, keys)
    return "\n".join(["import milaid as m", "", *lines, f"cited = m.cite(rows.head({MOST_CITED}))"]) + "\n"


def _totals(selection: Selection) -> list[str]:
    of, column = selection.of, selection.of.column
    keys = list(selection.by)
    if selection.measure == "per_million":
        keys = [YEAR, "country"]
    options = [_py(keys), _py(of.counts), *_names(selection), _years(selection)]
    if column == "cost_usd_constant":
        options.append(f"constant={CONSTANT_YEAR}")
    if selection.measure == "per_million":
        options.append("per_million=True")
    lines = [f"frame = m.totals({', '.join(options)})"]
    if of.share:
        lines += _share(selection)
    return [*lines, f"frame = frame[{_py([*selection.by, column])}]"]


def _share(selection: Selection) -> list[str]:
    counts = selection.of.counts
    whole = f'm.totals("fiscal_year", {_py(counts)}, {_years(selection)})'
    if YEAR in selection.by:
        every = f'frame["fiscal_year"].map(whole.set_index("fiscal_year")[{_py(counts)}])'
    else:
        every = f"whole[{_py(counts)}].sum()"
    return [f"whole = {whole}", f'frame["{counts}_share"] = 100 * frame[{_py(counts)}] / {every}']


def _aid(selection: Selection) -> list[str]:
    options = [*_names(selection), _years(selection), f"category={_py(selection.of.category)}"]
    lines = [f"frame = m.aid({', '.join([*options, f'by={_py(selection.by)}'])})"]
    if "region" in selection.by:
        lines.append(f'frame = frame.fillna({{"region": {_py(NO_REGION)}}})')
    return [*lines, f"frame = frame[{_py([*selection.by, selection.of.column])}]"]


def _chart(selection: Selection) -> list[str]:
    column = _py(selection.of.column)
    parts = [key for key in selection.by if key != YEAR]
    lines = [f"shown = frame.dropna(subset=[{column}])"]
    subtitle = ""
    if parts and YEAR in selection.by:
        part = _py(parts[0])
        lines.append(f"largest = shown.groupby({part})[{column}].sum().nlargest({MOST_LINES}).index")
        lines.append(f"shown = shown[shown[{part}].isin(largest)]")
        subtitle = f'subtitle=f"The {{len(largest)}} largest of {{frame[{part}].nunique()}}"'.replace(
            part, f"'{parts[0]}'"
        )
        axes = f'"fiscal_year", {column}, {part}'
    elif parts:
        lines.append(f"shown = shown[shown[{column}] > 0].nlargest({MOST_BARS}, {column})")
        subtitle = 'subtitle=f"The {len(shown)} largest of {len(frame)}"'
        axes = f"{_py(parts[0])}, {column}"
    else:
        axes = f'"fiscal_year", {column}'
    rest = [f"title={_py(selection.title)}", *([subtitle] if subtitle else []), 'note=frame.attrs["counted"]']
    return [*lines, _call(f"exhibit = m.chart(shown, {axes}", rest)]


def _table(selection: Selection) -> list[str]:
    column = _py(selection.of.column)
    # A key is made of the title: beside the chart of one notebook it must be another.
    title = selection.title if selection.shown == "table" else f"The numbers: {selection.title}"
    order = (
        f"[{_py(YEAR)}, {column}], ascending=[True, False]"
        if YEAR in selection.by
        else f"{column}, ascending=False"
    )
    lines = [f"shown = frame.sort_values({order}).head({MOST_ROWS})"]
    rest = [
        f"title={_py(title)}",
        'subtitle=f"{len(shown)} of {len(frame)} rows"',
        'note=" ".join([frame.attrs["counted"], *frame.attrs["notes"]])',
    ]
    return [*lines, _call("exhibit = m.table(shown", rest)]


def _map(selection: Selection) -> list[str]:
    rest = [
        f"value={_py(selection.of.column)}",
        f"title={_py(selection.title)}",
        f"label={_py(selection.of.label)}",
    ]
    return [
        "from milaid.explorer.country_map import country_map",
        "",
        _call("exhibit = country_map(frame", rest),
    ]


def _activities(selection: Selection, keys: Mapping[str, object]) -> list[str]:
    options = [*_names(selection, keys), _years(selection, keys), f"columns={_py(_COLUMNS)}"]
    lines = [f"rows = m.trainings({', '.join(options)})"]
    order = "cost_usd" if selection.of.counts == "cost_usd" else "quantity"
    return [
        *lines,
        f'rows = rows.sort_values("{order}", ascending=False, kind="stable").reset_index(drop=True)',
    ]


def _lines_of_aid(selection: Selection, keys: Mapping[str, object]) -> list[str]:
    # Lines of a region or of the world have names that are no country's: they are found in the rows themselves.
    options = [*_names(selection), _years(selection, keys), f"category={_py(selection.of.category)}"]
    lines = [f"rows = m.aid({', '.join(options)})"]
    columns = {"country": "recipient_harmonised", "region": "region_harmonised"}
    for key in keys:
        if keys[key] == NO_REGION:
            lines.append('rows = rows[rows["region_harmonised"].isna()]')
        elif key in columns:
            lines.append(f'rows = rows[rows["{columns[key]}"] == {_py(keys[key])}]')
    column = selection.of.column
    return [
        *lines,
        f'rows = rows.sort_values("{column}", ascending=False, kind="stable").reset_index(drop=True)',
    ]


def _names(selection: Selection, keys: Mapping[str, object] | None = None) -> list[str]:
    """Return the arguments that name what is selected, or the one of a number that has these values."""
    chosen = {
        "country": selection.countries,
        "region": selection.regions,
        "program": selection.programs,
        "department": selection.departments,
    }
    chosen |= {key: (str(value),) for key, value in (keys or {}).items() if key in chosen}
    return [f"{name}={_py(values)}" for name, values in chosen.items() if values]


def _years(selection: Selection, keys: Mapping[str, object] | None = None) -> str:
    first, last = selection.first_year, selection.last_year
    if keys and YEAR in keys:
        first = last = int(str(keys[YEAR]))
    return f"years={first}" if first == last else f"years=range({first}, {last + 1})"


def _call(start: str, arguments: Sequence[str]) -> str:
    return "\n".join([f"{start},", *(f"    {argument}," for argument in arguments), ")"])


def _py(value: object) -> str:
    """Return a text or a list of texts as Python."""
    return json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False)
