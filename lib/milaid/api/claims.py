"""Where a number that others wrote may come from."""

from __future__ import annotations

import pandas as pd

from milaid.api.asked import Names
from milaid.api.selection import marked
from milaid.blocks.block import Source
from milaid.publish.claim import WHY_OTHERS_DIFFER, find_claim

_COUNTED = (
    "Sums of training (Section IV), of aid (Greenbook) and of arms agreements (Historical Sales Book) that give a number as it is "
    "written, or lie within 2% of it, the most plausible first: as written, of the year said, done and not planned, told apart by "
    "few things, of a usual measure."
)


def claim(number: str | int | float, about: Names = None, *, year: str | int | None = None) -> pd.DataFrame:
    """Return which sums of these tables a published number may be, the most plausible first.

    The number is as people write it: 528, "1,234", "$4.1 million"; it is as exact as it is written. ``about`` names a country,
    region, program or department, or several of different kinds; ``year`` is a fiscal year, an edition or a span
    ("2010-2015"). Columns: fit ("exactly" or "within 2%"), difference_percent, measure, unit, value, first_year, last_year,
    status, rows (how many), recipient, region, program, department, category, account (missing for all), years, editions,
    definition, python (the call that gives the rows), row_ids (the first of them). No row means that nothing here gives the
    number; ``frame.attrs["notes"]`` says why figures of others differ, and ``frame.attrs["published"]`` has those of others that
    are like it.

    >>> import milaid as m
    >>> found = m.claim(528, about="Uganda", year=2012)
    >>> found.loc[0, ["fit", "measure", "years"]].to_list()
    ['exactly', 'participants', 'FY2012']
    >>> m.claim("$999 billion", about="Uganda").empty
    True
    """
    given = [about] if isinstance(about, str) else list(about or ())
    answered = find_claim(str(number), given, year)
    frame = marked(
        answered.sums,
        counted=_COUNTED,
        filters={
            "number": answered.claimed.text,
            **answered.about,
            **({"year": str(year)} if year is not None else {}),
        },
        sources=(Source("Foreign Military Training Report, Section IV; Greenbook; Historical Sales Book"),),
        notes=WHY_OTHERS_DIFFER,
        said=answered.said,
    )
    frame.attrs["published"] = (
        answered.published.astype("object").where(answered.published.notna(), None).to_dict("records")
    )
    return frame
