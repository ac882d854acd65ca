"""Errors that say what is wrong, where, the value seen and what to do.

Every error carries an exit code; the command line prints the message and ends with that code.

=====  ==============================================================
code   meaning
=====  ==============================================================
1      the work failed: a cell of a report, a full disk, too little
       memory
2      the request was wrong: a parameter, an option, a missing
       table, a folder that is missing or cannot be written
3      a source document cannot be read or is not what it should be
4      tables are not as they were built, numbers do not add up, or a
       name is not in the reference tables
5      a file is not as its manifest says, or does not come about again
=====  ==============================================================
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence

WHOLE_TRACEBACK = "MILAID_WHOLE_TRACEBACK"
"""A variable that is set where a report is made, so that a failure is told with its traceback."""


class MilaidError(Exception):
    """Base of all errors that milaid raises on purpose; ``exit_code`` ends the command line."""

    exit_code = 1


class RequestError(MilaidError):
    """What was asked for cannot be done as asked."""

    exit_code = 2

    @property
    def _render_traceback_(self) -> Callable[[], list[str]]:
        """What a notebook in use shows: the message alone, as on the command line, and where to change it.

        IPython asks for it by this name; where a report is made it finds none, and the whole traceback is kept.
        """
        if os.environ.get(WHOLE_TRACEBACK):
            raise AttributeError("_render_traceback_")
        return lambda: [
            str(self),
            "",
            "Change the value in the cell of parameters near the top, then choose Run All.",
        ]


class SourceError(MilaidError):
    """A source document is missing, damaged or of another kind than expected."""

    exit_code = 3


class DataError(MilaidError):
    """Numbers do not add up or a name or label is unknown."""

    exit_code = 4


class VerificationError(MilaidError):
    """A file is not what its manifest says, or another one when it is made again."""

    exit_code = 5


class ReportError(MilaidError):
    """A report could not be made."""

    exit_code = 1


def list_problems(heading: str, problems: Sequence[str], advice: str = "", limit: int = 40) -> str:
    """Return one message for all ``problems`` of a kind: heading, one line each, advice."""
    shown = [f"  - {problem}" for problem in problems[:limit]]
    if len(problems) > limit:
        shown.append(f"  - and {len(problems) - limit} more of the same kind")
    return "\n".join([heading, *shown, *([advice] if advice else [])])
