"""Events with a source that charts over the years mark, where they concern the subject."""

from __future__ import annotations

import pandas as pd

from milaid.blocks.block import Source
from milaid.exhibits.subject import Subject
from milaid.tables import store


def labels(*subjects: Subject) -> dict[int, str]:
    """Return a few words on each event of the years of any of the subjects by fiscal year, as charts take them."""
    shown = _shown(subjects)
    return dict(zip(shown["fiscal_year"].astype(int), shown["label"], strict=True))


def sources(*subjects: Subject) -> tuple[Source, ...]:
    """Return the sources of the events that :func:`labels` names; a report gives them with one figure."""
    return tuple(
        Source(f"{row.label}: {row.source}", row.source_url) for row in _shown(subjects).itertuples()
    )


def _shown(subjects: tuple[Subject, ...]) -> pd.DataFrame:
    events = store.load_events()
    parts = [subject.scope.events(events) for subject in subjects]
    years = [range(subject.coverage.first, subject.coverage.last + 1) for subject in subjects]
    kept = {
        row
        for part, known in zip(parts, years, strict=True)
        for row in part.index[part["fiscal_year"].isin(known)]
    }
    return events[events.index.isin(kept)]
