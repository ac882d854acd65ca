"""What region is meant: by its name, by its name with hyphens, or as it is called elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from milaid.tables.naming.forms import Answer, Candidates, Forms, Found, Missing, Named
from milaid.tables.naming.reading import Rows, rows_of
from milaid.tables.recipient_codes import slug


def resolve_region(text: str, listed: Iterable[Named] = ()) -> Answer:
    """Return which region a text means, in any case: one, several, or none.

    What is a part of a region, or more than one, is no name of it: the regions are then candidates. ``listed`` are
    regions that are known beside those of the reference table.
    """
    whole, parts = _forms(tuple(listed), rows_of("region_names.csv"))
    answer = whole.resolve(text)
    if not isinstance(answer, Missing):
        return answer
    match parts.resolve(text):
        case Found(what):
            return Candidates((what,))
        case Missing(near):
            return Missing(tuple(dict.fromkeys((*answer.near, *near))))
        case several:
            return several


@lru_cache(maxsize=4)
def _forms(listed: tuple[Named, ...], names: Rows) -> tuple[Forms, Forms]:
    regions = [Named(slug(row["region"]), row["region"]) for row in names]
    things = {thing.code: thing for thing in (*regions, *listed)}
    forms = {
        kind: [(row["form"], slug(row["region"])) for row in names if row["kind"] == kind]
        for kind in ("name", "part")
    }
    own = [(form, thing.code) for thing in things.values() for form in (thing.code, thing.name)]
    return Forms(things.values(), [own, forms["name"]]), Forms(things.values(), [forms["part"]])
