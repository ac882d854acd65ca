"""``m.notebook``: a copy of the notebook of a report, to work in."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from milaid.errors import RequestError
from milaid.publish.lab.copies import copy_of_report
from milaid.publish.registry.checking import check
from milaid.publish.registry.known import find_report
from milaid.publish.registry.parameter import Value


@dataclass(frozen=True)
class Copy:
    """A notebook in work/; a cell shows it as a link that opens it."""

    path: Path

    def __str__(self) -> str:
        return str(self.path)

    def _repr_markdown_(self) -> str:
        try:
            link = Path(os.path.relpath(self.path)).as_posix()
        except ValueError:  # on another drive of Windows
            return f"`{self.path}`"
        return f"[{self.path.parent.name}/{self.path.name}]({quote(link)})"


def notebook(report: str, subject: Value | None = None, **parameters: Value) -> Copy:
    """Return a copy of a report's notebook in work/, with its values in the first cell; a cell shows a link to it.

    ``report`` is a kind as on the command line, ``subject`` what it is about: a country, program, region, members of a
    comparison, or the year of an annual report. A copy that you changed is left alone: a new one gets the next number.
    Raises RequestError with all that is wrong.

    >>> import milaid as m
    >>> m.notebook("country", "Colombia", fiscal_year=2018).path.name.startswith("country-COL-2018")
    True
    """
    fields = find_report(report).fields
    if subject is not None and (not fields or fields[0] in parameters):
        about = f"{fields[0]} is given twice" if fields else "it is about no single subject"
        raise RequestError(f"the {report} report: {subject!r} cannot be taken: {about}")
    given = {fields[0]: subject} if subject is not None else {}
    return Copy(copy_of_report(check(report, {**given, **parameters})))
