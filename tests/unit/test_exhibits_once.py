"""Frames that several exhibits share: computed once for a subject, and never changed by who got one."""

from __future__ import annotations

import pandas as pd

from milaid.exhibits.once import once
from milaid.exhibits.subject import Subject
from training_frames import trainings


def test_a_frame_is_computed_once_and_each_caller_has_a_copy() -> None:
    asked = []

    @once
    def frame(subject: Subject, year: int) -> pd.DataFrame:
        asked.append(year)
        return pd.DataFrame({"year": [year]})

    subject = Subject(2014, 10, 10, trainings({}))
    changed = frame(subject, 2014)
    changed.loc[0, "year"] = 0
    assert frame(subject, 2014)["year"].tolist() == [2014]
    assert frame(subject, 2013)["year"].tolist() == [2013]
    assert asked == [2014, 2013]
    frame(Subject(2014, 10, 10, trainings({})), 2014)
    assert asked == [2014, 2013, 2014]
