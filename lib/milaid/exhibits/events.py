"""Events with a source that charts over the years mark, where they concern the subject."""

from __future__ import annotations

import pandas as pd

from milaid.blocks.block import Source
from milaid.exhibits.subject import Subject
from milaid.tables import store


def labels(subject: Subject) -> dict[int, str]:
    """Return a few words on each event of the subject's years by fiscal year, as charts take them."""
    shown = _shown(subject)
    return dict(zip(shown["fiscal_year"].astype(int), shown["label"], strict=True))


def sources(subject: Subject) -> tuple[Source, ...]:
    """Return the sources of the events that :func:`labels` names."""
    return tuple(Source(f"{row.label}: {row.source}", row.source_url) for row in _shown(subject).itertuples())


def _shown(subject: Subject) -> pd.DataFrame:
    events = subject.scope.events(store.load_events())
    return events[events["fiscal_year"].between(subject.coverage.first, subject.coverage.last)]
