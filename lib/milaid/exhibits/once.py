"""Frames that several exhibits of one subject show, computed once."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Concatenate, ParamSpec

import pandas as pd

from milaid.exhibits.subject import Subject

Arguments = ParamSpec("Arguments")


def once(
    compute: Callable[Concatenate[Subject, Arguments], pd.DataFrame],
) -> Callable[Concatenate[Subject, Arguments], pd.DataFrame]:
    """Compute a frame of a subject once for the same arguments; each caller gets a copy of its own.

    A subject never changes, and what is kept goes with it: opened again, it is computed again.
    """

    @functools.wraps(compute)
    def kept(subject: Subject, *arguments: Arguments.args, **named: Arguments.kwargs) -> pd.DataFrame:
        frames: dict[object, pd.DataFrame] = subject.__dict__.setdefault("_frames", {})
        key = (compute, arguments, tuple(sorted(named.items())))
        if key not in frames:
            frames[key] = compute(subject, *arguments, **named)
        # What is done to it is done to a copy (pandas copies what is written to).
        return frames[key].copy(deep=False)

    return kept
