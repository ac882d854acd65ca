"""One year against another, where they may be compared."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from milaid import fiscal
from milaid.analysis.change import PERCENT_RULE
from milaid.analysis.two_years import beside_each_other
from milaid.api.asked import Names
from milaid.api.selection import marked
from milaid.api.totals import BY, MEASURES, counted, query_of, series_of, totals
from milaid.api.trainings import door_of, sources_of_years
from milaid.exhibits.figures import mark_notes
from milaid.spelling import hint_or_known
from milaid.tables import store


def change(
    first: int | str,
    last: int | str,
    by: str | Sequence[str] = "country",
    measure: str = "participants",
    *,
    country: Names = None,
    program: Names = None,
    region: Names = None,
) -> pd.DataFrame:
    """Return a measure in two fiscal years side by side, largest change first, by what ``m.totals`` adds up by.

    Columns: ``by``, the measure of both years (participants_2018 and so on), change, percent_change. A group that one
    year does not list has zero there; a cost that is not printed is missing. No change is computed across a gap or a break of the
    series, and no percent change on less than 50: ``attrs["notes"]`` says why.

    >>> import milaid as m
    >>> m.change(2019, 2020, by="program", country="Mali").head(1).values.tolist()
    [['PKO', 64, 140, 76, 118.75]]
    >>> bool(m.change(2003, 2004, by="region")["change"].isna().all())
    True
    """
    keys = [by] if isinstance(by, str) else list(by)
    door = door_of("m.change", country, [first, last], program, region)
    known = [name for name in BY if BY[name] not in ("fiscal_year", "status")]
    door.problems += [
        f"by: {key!r} is not allowed{hint_or_known(str(key), known)}" for key in keys if key not in known
    ]
    door.one_of("measure", measure, MEASURES)
    if not door.problems and len(door.chosen_years or ()) != 2:
        door.problems.append(f"first, last: {first!r} and {last!r} are not two years")
    asked = door.close()
    earlier, later = asked.years or (0, 0)
    names = {"country": country, "program": program, "region": region}
    sums = totals([*keys, "fiscal_year"], measure, years=[earlier, later], **names)  # type: ignore[arg-type]
    series = series_of(asked.filters, store.available_years())
    comparable = series.comparable(earlier, later)
    frame = beside_each_other(sums, keys, measure, (earlier, later), comparable)
    marks = series.window(earlier, later)
    why = f"Not compared: {mark_notes((*marks.gaps, *marks.breaks))}" if not comparable else ""
    return marked(
        frame,
        counted=f"{counted(keys, [measure], None, False)} {PERCENT_RULE}",
        filters={
            **asked.filters,
            "by": ", ".join(keys),
            "compared": f"{fiscal.label(earlier)}, {fiscal.label(later)}",
        },
        sources=sources_of_years(asked),
        notes=[why],
        said=asked.said,
        query=query_of(asked, keys, [measure], of_years=(earlier, later)),
    )
