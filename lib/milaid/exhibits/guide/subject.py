"""What the program guide is made from: all programs of the tables, with their years and newest figures."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from milaid.analysis import program_guide
from milaid.analysis.program_profile import UNREAD
from milaid.analysis.programs import department_name
from milaid.blocks.block import Source
from milaid.exhibits.opening import load_world
from milaid.exhibits.program.record import report_source
from milaid.tables import store
from milaid.tables.schemas_programs import PURPOSES


@dataclass(frozen=True)
class GuideSubject:
    """The activities of all years; from them and the reference tables everything in the guide is computed."""

    trainings: pd.DataFrame

    @cached_property
    def programs(self) -> pd.DataFrame:
        """Return the programs that Section IV lists, by purpose and newest figures: ``schemas.PROGRAMS`` and more.

        Further columns: those of :func:`milaid.analysis.program_guide.latest`, department, order. A label that cannot be
        read is no program, and neither is one that no year of data lists.
        """
        known = store.load_programs()
        known = known[known["code"] != UNREAD].rename(columns={"code": "program"})
        frame = known.merge(program_guide.latest(self.trainings), on="program")
        frame["department"] = frame["program"].map(program_guide.funders(self.trainings))
        frame["department"] = frame["department"].fillna(frame["funder"].map(department_name))
        frame["order"] = frame["category"].map(PURPOSES.index)
        return frame.sort_values(
            ["order", "last_year", "all_participants", "program"], ascending=[True, False, False, True]
        ).reset_index(drop=True)

    @cached_property
    def others(self) -> pd.DataFrame:
        """Return the programs that Section IV does not list, by purpose: ``schemas.GUIDE_PROGRAMS`` and order."""
        frame = store.load_guide_programs()
        frame["order"] = frame["category"].map(PURPOSES.index)
        return frame.sort_values(["order", "name"]).reset_index(drop=True)

    @property
    def years(self) -> tuple[int, ...]:
        """Return the fiscal years of data."""
        return store.available_years()

    @property
    def sources(self) -> tuple[Source, ...]:
        """Return the training report of all editions."""
        return (report_source(self.years),)


def open_survey() -> GuideSubject:
    """Return the survey of all programs."""
    return GuideSubject(load_world())
